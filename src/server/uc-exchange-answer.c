/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the answer of a call to HTTP. Files go out by memory map; of a range only one
 * is served, by ourselves: the library's own way can be made to answer with many times
 * the file. */

#include "config.h"

#include "uc-exchange-private.h"

#include <string.h>

static void
add_common_headers (UcExchange *self, SoupMessageHeaders *headers)
{
  UcCall *call = self->call;

  soup_message_headers_append (headers, "X-Request-Id", call->request_id);
  soup_message_headers_append (headers, "X-Version-Id", self->front->site->version_id);
  soup_message_headers_append (headers, "Vary", "Accept-Encoding");
  soup_message_headers_append (headers, "X-Content-Type-Options", "nosniff");
  if (g_str_equal (call->method, "GET"))
    soup_message_headers_append (headers, "Expires", "0");
  for (guint i = 0; i + 1 < call->headers->len; i += 2)
    soup_message_headers_append (headers, g_ptr_array_index (call->headers, i),
                                 g_ptr_array_index (call->headers, i + 1));
}

/* "bytes=0-99", "bytes=100-" or "bytes=-100"; FALSE for anything else: the whole file
 * is an answer to that too. */
static gboolean
parse_range (const char *text, guint64 size, guint64 *first, guint64 *last)
{
  const char *from;
  char       *to;
  guint64     number;

  if (text == NULL || size == 0 || !g_str_has_prefix (text, "bytes=") || strchr (text, ',') != NULL)
    return FALSE;
  from = text + strlen ("bytes=");
  if (*from == '-') {
    number = g_ascii_strtoull (from + 1, &to, 10);
    *first = size - MIN (number, size);
    *last = size - 1;
    return to > from + 1 && *to == '\0' && number > 0;
  }
  if (!g_ascii_isdigit (*from))
    return FALSE;
  *first = g_ascii_strtoull (from, &to, 10);
  if (*to != '-')
    return FALSE;
  from = to + 1;
  *last = size - 1;
  if (*from != '\0') {
    if (!g_ascii_isdigit (*from))
      return FALSE;
    *last = MIN (g_ascii_strtoull (from, &to, 10), size - 1);
    if (*to != '\0')
      return FALSE;
  }
  return *first <= *last;
}

/* Puts the file, or the part that was asked for, into the call's answer. */
static void
map_file (UcCall *call)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GMappedFile) file = g_mapped_file_new (call->answer_path, FALSE, &error);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *range = NULL;
  guint64          first = 0;
  guint64          last = 0;
  gsize            size;

  if (file == NULL) {
    g_autoptr (GError) refusal = NULL;

    g_warning ("Reading a file: %s", error->message);
    uc_refuse (&refusal, UC_REFUSAL_FILE_UNKNOWN);
    uc_call_answer_error (call, refusal);
    return;
  }
  bytes = g_mapped_file_get_bytes (file);
  size = g_bytes_get_size (bytes);
  uc_call_add_header (call, "Accept-Ranges", "bytes");
  if (!parse_range (call->range, size, &first, &last)) {
    call->answer = g_steal_pointer (&bytes);
    return;
  }
  call->status = 206;
  call->answer = g_bytes_new_from_bytes (bytes, (gsize) first, (gsize) (last - first + 1));
  range =
      g_strdup_printf ("bytes %" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT "/%zu", first, last, size);
  uc_call_add_header (call, "Content-Range", range);
}

void
_uc_exchange_refuse (UcExchange *self, UcRefusal refusal)
{
  g_autoptr (GError) error = NULL;

  uc_refuse (&error, refusal);
  uc_call_answer_error (self->call, error);
}

void
_uc_exchange_send (UcExchange *self)
{
  UcCall             *call = self->call;
  SoupMessageHeaders *headers;
  SoupMessageBody    *body;

  if (self->message == NULL)
    return;
  if (call->answer_path != NULL)
    map_file (call);
  headers = soup_server_message_get_response_headers (self->message);
  body = soup_server_message_get_response_body (self->message);
  _uc_exchange_set_deadline (self, UC_PROGRESS_S);
  add_common_headers (self, headers);
  if (call->answer != NULL) {
    soup_message_headers_replace (headers, "Content-Type", call->content_type);
    if (g_bytes_get_size (call->answer) > 0)
      soup_message_body_append_bytes (body, call->answer);
    soup_message_body_complete (body);
  }
  soup_server_message_set_status (self->message, call->status, NULL);
  soup_server_message_unpause (self->message);
}

static void
cut_off_cb (UcExchange *self, SoupServerMessage *message)
{
  UcCall          *call = self->call;
  g_autofree char *body =
      g_strndup (g_bytes_get_data (call->answer, NULL), g_bytes_get_size (call->answer));

  uc_server_guard_cut_off (message, call->status, soup_status_get_phrase (call->status), body);
}

void
_uc_exchange_cut_off (UcExchange *self)
{
  _uc_exchange_detach (self, cut_off_cb);
}

/* What is in no table: plain, and without an id. */
void
_uc_exchange_answer_unknown (SoupServerMessage *message)
{
  static const char body[] =
      "{\"id\":\"api.context.404.app_error\",\"message\":\"Sorry, we could not find the page.\","
      "\"detailed_error\":\"\",\"status_code\":404}";

  soup_server_message_set_status (message, 404, NULL);
  soup_server_message_set_response (message, "text/plain; charset=utf-8", SOUP_MEMORY_STATIC, body,
                                    strlen (body));
}
