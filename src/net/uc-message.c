/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A request as libsoup sends it, with everything switched off that the library would
 * do on its own (safety.md 1.2). */

#include "config.h"

#include "uc-message-private.h"

#include <string.h>

/* Larger bodies wait for the server's word that it wants them: one that refuses a
 * file answers before the body and closes, and the answer would be lost in a broken
 * pipe. */
#define EXPECT_FROM_BYTES (256 * 1024)

static void
set_headers (SoupMessageHeaders *headers, UcRequest *request, const char *token)
{
  if (token != NULL && !request->is_login) {
    g_autofree char *bearer = g_strconcat ("Bearer ", token, NULL);

    soup_message_headers_replace (headers, "Authorization", bearer);
    explicit_bzero (bearer, strlen (bearer));
  }
  /* A file should come as it is; what does not, is unpacked under the same limit. */
  if (request->download_path == NULL) {
    soup_message_headers_replace (headers, "Accept", "application/json");
    soup_message_headers_replace (headers, "Accept-Encoding", "gzip");
  } else {
    soup_message_headers_replace (headers, "Accept-Encoding", "identity");
  }
}

/* @token and @upload: (nullable); @resume_bytes: so much is there already */
SoupMessage *
_uc_message_new (UcRequest    *request,
                 GUri         *uri,
                 const char   *token,
                 GInputStream *upload,
                 gint64        upload_bytes,
                 gint64        resume_bytes)
{
  SoupMessage        *self = soup_message_new_from_uri (request->method, uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (self);

  /* Redirects are followed by hand and only within the origin: the library would
   * take the token along. HTTP/2 uploads are use-after-free in versions we meet. */
  soup_message_add_flags (self, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_DO_NOT_USE_AUTH_CACHE);
  soup_message_set_force_http1 (self, TRUE);
  set_headers (headers, request, token);
  if (resume_bytes > 0)
    soup_message_headers_set_range (headers, resume_bytes, -1);

  if (upload != NULL) {
    soup_message_set_request_body (self, "application/octet-stream", upload, upload_bytes);
    if (upload_bytes >= EXPECT_FROM_BYTES)
      soup_message_headers_set_expectations (headers, SOUP_EXPECTATION_CONTINUE);
  } else if (request->body != NULL) {
    soup_message_set_request_body_from_bytes (self, "application/json", request->body);
  }
  return self;
}

UcAnswer
_uc_message_get_answer (SoupMessage *self, UcRequest *request, GBytes *body, gboolean has_token)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (self);

  return (UcAnswer){
    .status = soup_message_get_status (self),
    .content_type = soup_message_headers_get_one (headers, "Content-Type"),
    .retry_after = soup_message_headers_get_one (headers, "Retry-After"),
    .body = body,
    .is_login = request->is_login,
    .is_me = request->is_me && has_token,
    .is_extension = request->is_extension,
  };
}

gint64
_uc_message_get_server_time_ms (SoupMessage *self)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (self);
  const char         *text = soup_message_headers_get_one (headers, "Date");
  g_autoptr (GDateTime) date = text != NULL ? soup_date_time_new_from_http_string (text) : NULL;

  /* The header is cut to whole seconds: half a second is its mean error. */
  return date != NULL ? g_date_time_to_unix (date) * 1000 + 500 : 0;
}

/* The server gives HTML files as text: what comes as a page is not the file. */
gboolean
_uc_message_is_page (SoupMessage *self)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (self);
  const char         *type = soup_message_headers_get_one (headers, "Content-Type");

  return type != NULL && g_ascii_strncasecmp (type, "text/html", strlen ("text/html")) == 0;
}
