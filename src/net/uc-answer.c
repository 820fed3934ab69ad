/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an answer, or the lack of one, means: statuses, error ids, HTML where JSON
 * belongs and failures of the connection, all turned into UcError. Pure. */

#include "config.h"

#include "uc-answer-private.h"

#include "uc-sanitize.h"
#include "uc-wire.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#include <string.h>

#define WAIT_MIN_S     1
#define WAIT_MAX_S     300
#define WAIT_UNKNOWN_S 5

/* Servers in front of the chat server speak for a person, not for a program. */
#define MESSAGE_MAX_CHARS 300

#define SESSION_EXPIRED "api.context.session_expired.app_error"
#define DEDUPLICATING   "api.post.deduplicate_create_post.pending"

/* The first byte that is not white space; 0 in an empty body. */
static char
first_byte (GBytes *body)
{
  gsize       length = 0;
  const char *text = body != NULL ? g_bytes_get_data (body, &length) : NULL;

  for (gsize i = 0; i < length; i++) {
    if (!g_ascii_isspace (text[i]))
      return text[i];
  }
  return '\0';
}

static gboolean
is_null (GBytes *body)
{
  gsize       length = 0;
  const char *text = body != NULL ? g_bytes_get_data (body, &length) : NULL;

  return length >= strlen ("null") && length < 16 && g_strstr_len (text, (gssize) length, "null");
}

GError *
_uc_answer_new_login_page (void)
{
  return g_error_new_literal (UC_ERROR, UC_ERROR_PROTOCOL,
                              _ ("A login page is in the way: something else than the chat server "
                                 "answered with a web page."));
}

/* A web page: what hotel networks and broken proxies answer, whatever was asked. */
gboolean
_uc_answer_is_html (const UcAnswer *self)
{
  if (first_byte (self->body) == '<')
    return TRUE;
  return self->content_type != NULL &&
         (g_ascii_strncasecmp (self->content_type, "text/html", strlen ("text/html")) == 0 ||
          g_ascii_strncasecmp (self->content_type, "application/xhtml", 17) == 0) &&
         first_byte (self->body) != '{' && first_byte (self->body) != '[';
}

/* A good status is believed only with a JSON body, or with none where the status
 * says so: a login page must not pass for a message that was sent. */
gboolean
_uc_answer_check_good (const UcAnswer *self, GError **error)
{
  char first = first_byte (self->body);

  if (first == '{' || first == '[' || is_null (self->body))
    return TRUE;
  if (first == '\0' && self->status == SOUP_STATUS_NO_CONTENT)
    return TRUE;

  if (_uc_answer_is_html (self)) {
    if (self->is_extension)
      g_set_error_literal (error, UC_ERROR, UC_ERROR_NOT_FOUND,
                           _ ("The server does not have the extension."));
    else
      g_propagate_error (error, _uc_answer_new_login_page ());
  } else {
    g_set_error (error, UC_ERROR, UC_ERROR_PROTOCOL,
                 _ ("The answer of the server cannot be read (HTTP %u, no JSON)."), self->status);
  }
  return FALSE;
}

/* Retry-After is seconds or a date; nonsense and its absence mean a short wait. */
int
_uc_answer_get_wait_s (const char *retry_after, gint64 now_s)
{
  gint64      wait_s = WAIT_UNKNOWN_S;
  const char *end = NULL;

  if (retry_after != NULL) {
    gint64 number = g_ascii_strtoll (retry_after, (char **) &end, 10);

    while (g_ascii_isspace (*end))
      end++;
    if (end != retry_after && *end == '\0') {
      wait_s = number;
    } else {
      g_autoptr (GDateTime) date = soup_date_time_new_from_http_string (retry_after);

      if (date != NULL)
        wait_s = g_date_time_to_unix (date) - now_s;
    }
  }
  return (int) CLAMP (wait_s, WAIT_MIN_S, WAIT_MAX_S);
}

static UcErrorCode
code_for_status (const UcAnswer *self, const char *error_id, gboolean is_html)
{
  /* A page of some proxy about an address it does not know says nothing about the
   * thing that was asked for: nobody may give up a message because of it. */
  gboolean is_foreign = is_html && !self->is_extension;

  if (strcmp (error_id, DEDUPLICATING) == 0)
    return UC_ERROR_CONFLICT;

  switch (self->status) {
  case SOUP_STATUS_UNAUTHORIZED:
    if (self->is_login || self->is_me || strcmp (error_id, SESSION_EXPIRED) == 0)
      return is_foreign ? UC_ERROR_PROTOCOL : UC_ERROR_AUTH;
    return is_foreign ? UC_ERROR_PROTOCOL : UC_ERROR_FORBIDDEN;
  case SOUP_STATUS_FORBIDDEN:
    return is_foreign ? UC_ERROR_PROTOCOL : UC_ERROR_FORBIDDEN;
  case SOUP_STATUS_NOT_FOUND:
  case SOUP_STATUS_GONE:
    return is_foreign ? UC_ERROR_PROTOCOL : UC_ERROR_NOT_FOUND;
  case SOUP_STATUS_PROXY_AUTHENTICATION_REQUIRED:
    return UC_ERROR_OFFLINE;
  case SOUP_STATUS_REQUEST_TIMEOUT:
  case SOUP_STATUS_GATEWAY_TIMEOUT:
    return UC_ERROR_TIMEOUT;
  case SOUP_STATUS_CONFLICT:
    return UC_ERROR_CONFLICT;
  case SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE:
    return UC_ERROR_INVALID;
  case 429:
    return UC_ERROR_RATE_LIMITED;
  case 511: /* Network Authentication Required */
    return UC_ERROR_PROTOCOL;
  case SOUP_STATUS_NOT_IMPLEMENTED:
    return self->is_extension ? UC_ERROR_NOT_FOUND : UC_ERROR_DISABLED;
  default:
    break;
  }
  if (self->status >= 500)
    return UC_ERROR_SERVER;
  if (self->status >= 400)
    return is_foreign ? UC_ERROR_PROTOCOL : UC_ERROR_INVALID;
  return UC_ERROR_PROTOCOL;
}

static char *
dup_default_message (const UcAnswer *self, UcErrorCode code)
{
  switch ((int) code) {
  case UC_ERROR_RATE_LIMITED:
    return g_strdup (_ ("The server asks to wait a little."));
  case UC_ERROR_SERVER:
    return g_strdup (_ ("The server has a problem."));
  case UC_ERROR_AUTH:
    return g_strdup (_ ("The sign-in is no longer valid."));
  case UC_ERROR_FORBIDDEN:
    return g_strdup (_ ("The server does not allow that."));
  case UC_ERROR_NOT_FOUND:
    return g_strdup (self->is_extension ? _ ("The server does not have the extension.")
                                        : _ ("The server does not know that."));
  case UC_ERROR_DISABLED:
    return g_strdup (_ ("The server has that switched off."));
  case UC_ERROR_TIMEOUT:
    return g_strdup (_ ("The server did not answer in time."));
  case UC_ERROR_OFFLINE:
    return g_strdup (_ ("The proxy asks for a sign-in."));
  case UC_ERROR_INVALID:
    return g_strdup (self->status == SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE
                         ? _ ("That is too large for the server.")
                         : _ ("The server does not take that."));
  default:
    return g_strdup (_ ("The server answered something unexpected."));
  }
}

/* @error_id: (out): the server's id of the refusal, "" when it names none. */
GError *
_uc_answer_dup_refusal (const UcAnswer *self, char **error_id)
{
  gboolean    is_html = _uc_answer_is_html (self);
  UcErrorCode code;
  g_autoptr (UcWireError) wire = is_html ? NULL : uc_wire_parse_error (self->body);
  g_autofree char *message = NULL;

  *error_id = g_strdup (wire != NULL ? wire->id : "");
  code = code_for_status (self, *error_id, is_html);
  if (is_html && code == UC_ERROR_PROTOCOL)
    return _uc_answer_new_login_page ();

  if (wire != NULL && *wire->message != '\0') {
    g_autofree char *safe = uc_sanitize_text (wire->message, -1);

    g_strdelimit (safe, "\r\n\t", ' ');
    message = g_utf8_substring (safe, 0, MIN (g_utf8_strlen (safe, -1), MESSAGE_MAX_CHARS));
  }
  if (message == NULL || *message == '\0')
    message = dup_default_message (self, code);

  return g_error_new (UC_ERROR, code, "%s (HTTP %u)", message, self->status);
}

static gboolean
is_proxy_trouble (const GError *cause)
{
  return g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_PROXY_FAILED) ||
         g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_PROXY_AUTH_FAILED) ||
         g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_PROXY_NEED_AUTH) ||
         g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_PROXY_NOT_ALLOWED);
}

/* A certificate that was refused; nothing of ours has been sent then. */
GError *
_uc_answer_new_unproven (GTlsCertificateFlags why)
{
  const char *reason = _ ("its certificate is not acceptable");

  if (why & G_TLS_CERTIFICATE_BAD_IDENTITY)
    reason = _ ("its certificate is for another server");
  else if (why & G_TLS_CERTIFICATE_EXPIRED)
    reason = _ ("its certificate has expired");
  else if (why & G_TLS_CERTIFICATE_NOT_ACTIVATED)
    reason = _ ("its certificate is not valid yet; is the clock right?");
  else if (why & G_TLS_CERTIFICATE_REVOKED)
    reason = _ ("its certificate was revoked");
  else if (why & G_TLS_CERTIFICATE_UNKNOWN_CA)
    reason = _ ("its certificate is signed by nobody this computer trusts");
  return g_error_new (UC_ERROR, UC_ERROR_PROTOCOL,
                      _ ("The server could not prove who it is: %s. Nothing was sent."), reason);
}

/* What libsoup and GIO say about a connection, in our words. A change that was on its
 * way when the connection broke may have happened: that is TIMEOUT, never OFFLINE.
 * Cancelling stays G_IO_ERROR_CANCELLED. */
GError *
_uc_answer_dup_transport (const GError *cause, UcPhase phase, gboolean is_timed_out)
{
  if (is_timed_out || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_TIMED_OUT)) {
    if (phase == UC_PHASE_CONNECTING)
      return g_error_new_literal (UC_ERROR, UC_ERROR_OFFLINE,
                                  _ ("The server cannot be reached: no connection in time."));
    return g_error_new_literal (UC_ERROR, UC_ERROR_TIMEOUT,
                                _ ("The server did not answer in time."));
  }
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (cause);
  if (g_error_matches (cause, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    return _uc_answer_new_unproven (0);
  if (cause->domain == G_TLS_ERROR && cause->code != G_TLS_ERROR_EOF)
    return g_error_new (UC_ERROR, UC_ERROR_PROTOCOL, _ ("No secure connection could be made (%s)."),
                        cause->message);
  if (cause->domain == SOUP_SESSION_ERROR ||
      g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    return g_error_new (UC_ERROR, UC_ERROR_PROTOCOL,
                        _ ("What answers there does not speak as a chat server does (%s)."),
                        cause->message);
  if (is_proxy_trouble (cause))
    return g_error_new (UC_ERROR, UC_ERROR_OFFLINE, _ ("The proxy does not let us through (%s)."),
                        cause->message);
  if (phase == UC_PHASE_IN_DOUBT)
    return g_error_new (UC_ERROR, UC_ERROR_TIMEOUT,
                        _ ("The connection broke before the answer came (%s)."), cause->message);
  return g_error_new (UC_ERROR, UC_ERROR_OFFLINE, _ ("The server cannot be reached (%s)."),
                      cause->message);
}
