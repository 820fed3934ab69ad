/* SPDX-License-Identifier: GPL-3.0-or-later */

/* HTTP on this side of libsoup. Nothing here knows what a call means: that begins at
 * the router, on the worker. */

#include "config.h"

#include "uc-exchange.h"

#include "uc-id.h"
#include "uc-refusal.h"
#include "uc-router.h"
#include "uc-ws-frame.h"

#include <string.h>

/* How long a client may take: for the first headers, for the next ones, for each
 * piece of a body or of an answer. */
#define FIRST_HEADERS_S 30
#define NEXT_HEADERS_S  90
#define PROGRESS_S      60

#define MAX_JSON_BYTES (2 * 1024 * 1024)

#define SOCKET_PATH "/api/v4/websocket"

struct _UcExchange {
  UcFront           *front;   /* (unowned) */
  SoupServerMessage *message; /* (unowned) (nullable): NULL once it is over */
  UcCall            *call;    /* (owned) (nullable): what it is in our words */
  GByteArray        *body;
  gint64             deadline_us;
  gboolean           is_over; /* answered by the guard: nothing more is done */
};

static void
exchange_clear (gpointer data)
{
  UcExchange *self = data;

  g_clear_pointer (&self->call, uc_call_unref);
  g_clear_pointer (&self->body, g_byte_array_unref);
}

static UcExchange *
exchange_ref (UcExchange *self)
{
  return g_rc_box_acquire (self);
}

/**
 * uc_exchange_unref:
 * @self: (transfer full):
 */
void
uc_exchange_unref (UcExchange *self)
{
  g_rc_box_release_full (self, exchange_clear);
}

static void
exchange_unref_cb (gpointer self)
{
  uc_exchange_unref (self);
}

static void
set_deadline (UcExchange *self, guint seconds)
{
  self->deadline_us = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;
}

/* -- The answer -------------------------------------------------------------------- */

static void
wrote_data_cb (SoupServerMessage *message, guint n_bytes, gpointer user_data)
{
  set_deadline (user_data, PROGRESS_S);
}

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

static void
set_body (UcExchange *self)
{
  UcCall             *call = self->call;
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (self->message);
  SoupMessageBody    *body = soup_server_message_get_response_body (self->message);

  if (call->answer == NULL)
    return;
  soup_message_headers_set_content_type (headers, call->content_type, NULL);
  soup_message_body_append_bytes (body, call->answer);
  soup_message_body_complete (body);
}

/* Sends what the call says, and lets the library go on. */
static void
send_answer (UcExchange *self)
{
  if (self->message == NULL)
    return;
  set_deadline (self, PROGRESS_S);
  add_common_headers (self, soup_server_message_get_response_headers (self->message));
  set_body (self);
  soup_server_message_set_status (self->message, self->call->status, NULL);
  soup_server_message_unpause (self->message);
}

static void
refuse (UcExchange *self, UcRefusal refusal)
{
  g_autoptr (GError) error = NULL;

  uc_refuse (&error, refusal);
  uc_call_answer_error (self->call, error);
}

/* What is in no table: plain, and without an id. */
static void
answer_unknown (SoupServerMessage *message)
{
  static const char body[] =
      "{\"id\":\"api.context.404.app_error\",\"message\":\"Sorry, we could not find the page.\","
      "\"detailed_error\":\"\",\"status_code\":404}";

  soup_server_message_set_status (message, 404, NULL);
  soup_server_message_set_response (message, "text/plain; charset=utf-8", SOUP_MEMORY_STATIC, body,
                                    strlen (body));
}

/* -- The way through the worker ---------------------------------------------------- */

static gboolean
is_login (UcCall *call)
{
  return g_str_has_suffix (call->route->pattern, "/users/login");
}

static void call_done (gpointer job, const GError *error);

static gboolean
run_call (UcTxn *txn, gpointer job, GError **error)
{
  UcExchange *self = job;

  return uc_router_run (txn, self->call, error);
}

static void
start_call (UcExchange *self)
{
  uc_dispatch_push (self->front->dispatch, run_call, call_done, exchange_ref (self),
                    exchange_unref_cb);
}

static void
hashed_cb (UcPasswordJob *job, gpointer user_data)
{
  UcExchange *self = user_data;

  self->call->is_password_ok = job->is_ok;
  self->call->new_password_hash = g_steal_pointer (&job->new_hash);
  start_call (self);
}

/* The first of two runs is over: now the slow part, in threads of its own. */
static void
start_hashing (UcExchange *self)
{
  UcCall     *call = self->call;
  UcExchange *held = exchange_ref (self);

  if (uc_password_pool_push (self->front->passwords, call->password, call->password_hash,
                             call->new_password, hashed_cb, held, exchange_unref_cb))
    return;
  uc_exchange_unref (held);
  refuse (self, UC_REFUSAL_BUSY);
  send_answer (self);
}

static void
note_failure (UcExchange *self)
{
  if (is_login (self->call) && self->call->status == 401)
    uc_login_limit_note_failure (self->front->login_limit, self->call->remote_address,
                                 uc_clock_get_now_ms (self->front->site->clock));
}

static void
call_done (gpointer job, const GError *error)
{
  UcExchange *self = job;
  UcCall     *call = self->call;

  if (error != NULL)
    uc_call_answer_error (call, error);
  else if (call->status == 0 && call->is_prepared) {
    if (call->password != NULL || call->new_password != NULL)
      start_hashing (self);
    else
      start_call (self);
    return;
  }
  note_failure (self);
  send_answer (self);
}

/* TRUE when this address has to wait before it may try another password. */
static gboolean
is_limited (UcExchange *self)
{
  g_autofree char *seconds = NULL;
  guint            wait_s;

  if (!is_login (self->call))
    return FALSE;
  wait_s = uc_login_limit_check (self->front->login_limit, self->call->remote_address,
                                 uc_clock_get_now_ms (self->front->site->clock));
  if (wait_s == 0)
    return FALSE;
  seconds = g_strdup_printf ("%u", wait_s);
  refuse (self, UC_REFUSAL_TOO_MANY);
  uc_call_add_header (self->call, "Retry-After", seconds);
  return TRUE;
}

/* -- The request ------------------------------------------------------------------- */

static const char *
skip_word (const char *text, const char *word)
{
  gsize length = strlen (word);

  return g_ascii_strncasecmp (text, word, length) == 0 && text[length] == ' ' ? text + length + 1
                                                                              : NULL;
}

static char *
dup_cookie (const char *cookies, const char *name)
{
  g_auto (GStrv) parts = g_strsplit (cookies != NULL ? cookies : "", ";", -1);
  gsize length = strlen (name);

  for (guint i = 0; parts[i] != NULL; i++) {
    const char *part = g_strchug (parts[i]);

    if (strncmp (part, name, length) == 0 && part[length] == '=')
      return g_strdup (part + length + 1);
  }
  return NULL;
}

static char *
dup_bearer (SoupMessageHeaders *headers)
{
  const char *header = soup_message_headers_get_one (headers, "Authorization");
  const char *token = NULL;

  if (header != NULL)
    token = skip_word (header, "Bearer");
  if (header != NULL && token == NULL)
    token = skip_word (header, "Token");
  return token != NULL && *token != '\0' ? g_strdup (token) : NULL;
}

static void
read_token (UcCall *call, SoupMessageHeaders *headers)
{
  call->token = dup_bearer (headers);
  if (call->token != NULL)
    return;
  call->token = dup_cookie (soup_message_headers_get_list (headers, "Cookie"), "MMAUTHTOKEN");
  call->is_cookie = call->token != NULL;
}

static char *
dup_valid (const char *text)
{
  return g_utf8_make_valid (text != NULL ? text : "", -1);
}

static UcCall *
make_call (UcFront *front, SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  GUri               *uri = soup_server_message_get_uri (message);
  UcCall             *call = uc_call_new ();
  const char         *with = soup_message_headers_get_one (headers, "X-Requested-With");

  call->method = g_strdup (soup_server_message_get_method (message));
  call->path = g_strdup (g_uri_get_path (uri));
  if (strlen (call->path) > 1 && g_str_has_suffix (call->path, "/"))
    call->path[strlen (call->path) - 1] = '\0';
  if (g_uri_get_query (uri) != NULL)
    call->query = soup_form_decode (g_uri_get_query (uri));
  call->request_id = uc_id_new ();
  call->remote_address = uc_server_guard_dup_address (front->guard, message);
  call->user_agent = dup_valid (soup_message_headers_get_one (headers, "User-Agent"));
  call->is_browser = with != NULL && g_ascii_strcasecmp (with, "XMLHttpRequest") == 0;
  call->csrf = g_strdup (soup_message_headers_get_one (headers, "X-CSRF-Token"));
  call->etag = g_strdup (soup_message_headers_get_one (headers, "If-None-Match"));
  read_token (call, headers);
  call->route = uc_router_find (call->method, call->path, call->params);
  return call;
}

/* -- WebSocket --------------------------------------------------------------------- */

static gboolean
is_upgrade (SoupMessageHeaders *headers)
{
  return soup_message_headers_header_contains (headers, "Upgrade", "websocket") &&
         soup_message_headers_header_contains (headers, "Connection", "Upgrade") &&
         soup_message_headers_header_equals (headers, "Sec-WebSocket-Version", "13");
}

static void
open_socket (UcExchange *self)
{
  SoupServerMessage  *message = self->message;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  UcFront            *front = self->front;
  g_autofree char    *accept =
      uc_ws_dup_accept (soup_message_headers_get_one (headers, "Sec-WebSocket-Key"));
  g_autofree char *greeting = NULL;
  g_autoptr (UcCall) call = uc_call_ref (self->call);
  GIOStream *stream;

  if (!uc_server_guard_check_origin (front->guard, message)) {
    soup_server_message_set_status (message, 403, NULL);
    return;
  }
  if (!is_upgrade (headers) || accept == NULL) {
    soup_server_message_set_status (message, 400, NULL);
    return;
  }
  greeting = g_strdup_printf ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                              "Connection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n",
                              accept);
  /* The message is gone after this. */
  stream = soup_server_message_steal_connection (message);
  uc_hub_accept (front->hub, stream, greeting, call->token,
                 uc_call_get_query (call, "connection_id", NULL),
                 uc_call_get_query (call, "sequence_number", NULL));
}

/* -- What libsoup tells ------------------------------------------------------------ */

/* Beyond the bound nothing is kept, and the connection is not used again. */
static void
cut_off_large (UcExchange *self)
{
  UcFront         *front = self->front;
  g_autofree char *body = NULL;

  self->is_over = TRUE;
  refuse (self, UC_REFUSAL_BODY_LARGE);
  body = g_strndup (g_bytes_get_data (self->call->answer, NULL),
                    g_bytes_get_size (self->call->answer));
  g_hash_table_steal (front->exchanges, self->message);
  uc_server_guard_cut_off (self->message, 413, "Request Entity Too Large", body);
  self->message = NULL;
  uc_exchange_unref (self);
}

static void
got_chunk_cb (SoupServerMessage *message, GBytes *chunk, gpointer user_data)
{
  UcExchange   *self = user_data;
  gsize         length = 0;
  const guint8 *data = g_bytes_get_data (chunk, &length);

  if (self->is_over || self->call == NULL)
    return;
  set_deadline (self, PROGRESS_S);
  if (self->body->len + length > MAX_JSON_BYTES) {
    cut_off_large (self);
    return;
  }
  g_byte_array_append (self->body, data, (guint) length);
}

static void
finished_cb (SoupServerMessage *message, gpointer user_data)
{
  UcExchange *self = user_data;
  UcFront    *front = self->front;

  self->message = NULL;
  g_hash_table_remove (front->exchanges, message);
}

/**
 * uc_exchange_begin:
 */
void
uc_exchange_begin (UcFront *front, SoupServerMessage *message)
{
  UcExchange *self;
  gboolean    is_known;

  if (!uc_server_guard_admit (front->guard, message, &is_known))
    return;
  self = g_rc_box_new0 (UcExchange);
  self->front = front;
  self->message = message;
  self->body = g_byte_array_new ();
  set_deadline (self, is_known ? NEXT_HEADERS_S : FIRST_HEADERS_S);
  g_hash_table_insert (front->exchanges, message, self);
  g_signal_connect (message, "got-chunk", G_CALLBACK (got_chunk_cb), self);
  g_signal_connect (message, "wrote-body-data", G_CALLBACK (wrote_data_cb), self);
  g_signal_connect (message, "finished", G_CALLBACK (finished_cb), self);
}

static gboolean
is_too_long (SoupMessageHeaders *headers)
{
  return soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH &&
         soup_message_headers_get_content_length (headers) > MAX_JSON_BYTES;
}

/**
 * uc_exchange_take_headers:
 */
void
uc_exchange_take_headers (UcFront *front, SoupServerMessage *message)
{
  UcExchange         *self = g_hash_table_lookup (front->exchanges, message);
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  guint               status;

  if (self == NULL)
    return;
  set_deadline (self, PROGRESS_S);
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  status = uc_server_guard_check_headers (front->guard, message);
  if (status != 0) {
    self->is_over = TRUE;
    soup_message_headers_replace (soup_server_message_get_response_headers (message), "Connection",
                                  "close");
    soup_server_message_set_status (message, status, NULL);
    return;
  }
  self->call = make_call (front, message);
  soup_message_headers_remove (headers, "Range");
  if (is_too_long (headers))
    cut_off_large (self);
}

/**
 * uc_exchange_take_request:
 */
void
uc_exchange_take_request (UcFront *front, SoupServerMessage *message)
{
  UcExchange *self = g_hash_table_lookup (front->exchanges, message);

  if (self == NULL || self->is_over || self->call == NULL)
    return;
  if (g_str_equal (self->call->path, SOCKET_PATH) && g_str_equal (self->call->method, "GET")) {
    open_socket (self);
    return;
  }
  if (self->call->route == NULL) {
    answer_unknown (message);
    return;
  }
  self->call->body = g_byte_array_free_to_bytes (g_steal_pointer (&self->body));
  soup_server_message_pause (message);
  if (is_limited (self))
    send_answer (self);
  else
    start_call (self);
}

/**
 * uc_exchange_sweep:
 */
void
uc_exchange_sweep (UcFront *front)
{
  g_autoptr (GPtrArray) exchanges = g_hash_table_get_values_as_ptr_array (front->exchanges);
  gint64 now_us = g_get_monotonic_time ();

  for (guint i = 0; i < exchanges->len; i++) {
    UcExchange *self = g_ptr_array_index (exchanges, i);
    GSocket    *connection = soup_server_message_get_socket (self->message);

    /* The library notices that the connection is gone, and ends the exchange. */
    if (now_us > self->deadline_us && connection != NULL)
      g_socket_shutdown (connection, TRUE, TRUE, NULL);
  }
}
