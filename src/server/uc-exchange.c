/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The course of one HTTP request on this side of libsoup. Nothing here knows what a
 * call means: that begins at the router, on the worker. */

#include "config.h"

#include "uc-exchange-private.h"

#include "uc-router.h"

#include <string.h>

/* How long a client may take for the first headers on a connection, and how long a
 * connection may lie idle before the next ones. */
#define FIRST_HEADERS_S 30
#define NEXT_HEADERS_S  90

#define MAX_JSON_BYTES (2 * 1024 * 1024)
/* A form around a file. */
#define MAX_FORM_BYTES (64 * 1024)

static void
exchange_clear (gpointer data)
{
  UcExchange *self = data;

  g_clear_pointer (&self->call, uc_call_unref);
  g_clear_pointer (&self->body, g_byte_array_unref);
  g_clear_pointer (&self->receiver, uc_receiver_free);
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

void
_uc_exchange_set_deadline (UcExchange *self, guint seconds)
{
  self->deadline_us = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;
}

/* -- The way through the worker ---------------------------------------------------- */

static gboolean
is_login (UcCall *call)
{
  return g_str_has_suffix (call->route->pattern, "/users/login");
}

static gboolean
run_call (UcTxn *txn, gpointer job, GError **error)
{
  UcExchange *self = job;

  return uc_router_run (txn, self->call, error);
}

static void
dispatch (UcExchange *self, UcTxnDone done)
{
  UcCall  *call = self->call;
  gboolean is_reading = call->route->is_slow && call->is_prepared;

  uc_dispatch_push (is_reading ? self->front->readers : self->front->dispatch, run_call, done,
                    exchange_ref (self), (GDestroyNotify) uc_exchange_unref);
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

  if (error != NULL)
    uc_call_answer_error (self->call, error);
  note_failure (self);
  _uc_exchange_send (self);
}

static void
hashed_cb (UcPasswordJob *job, gpointer user_data)
{
  UcExchange *self = user_data;

  self->call->is_password_ok = job->is_ok;
  self->call->new_password_hash = g_steal_pointer (&job->new_hash);
  dispatch (self, call_done);
}

/* The first of two runs is over: now the slow part, in threads of its own. */
static void
prepared_done (gpointer job, const GError *error)
{
  UcExchange *self = job;
  UcCall     *call = self->call;
  UcExchange *held;

  if (error != NULL) {
    call_done (self, error);
    return;
  }
  if (call->password == NULL && call->new_password == NULL) {
    dispatch (self, call_done);
    return;
  }
  held = exchange_ref (self);
  if (uc_password_pool_push (self->front->passwords, call->password, call->password_hash,
                             call->new_password, hashed_cb, held,
                             (GDestroyNotify) uc_exchange_unref))
    return;
  uc_exchange_unref (held);
  _uc_exchange_refuse (self, UC_REFUSAL_BUSY);
  _uc_exchange_send (self);
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
  _uc_exchange_refuse (self, UC_REFUSAL_TOO_MANY);
  uc_call_add_header (self->call, "Retry-After", seconds);
  return TRUE;
}

/* -- Uploads ----------------------------------------------------------------------- */

static gboolean
is_upload (UcExchange *self)
{
  return self->call != NULL && self->call->route != NULL &&
         self->call->route->body == UC_BODY_UPLOAD;
}

/* Who sends it may: now the body can come. */
static void
authorised_done (gpointer job, const GError *error)
{
  UcExchange         *self = job;
  SoupMessageHeaders *headers;

  if (self->message == NULL)
    return;
  if (error != NULL) {
    uc_call_answer_error (self->call, error);
    _uc_exchange_cut_off (self);
    return;
  }
  headers = soup_server_message_get_request_headers (self->message);
  self->receiver =
      uc_receiver_new (self->front->site, soup_message_headers_get_one (headers, "Content-Type"));
  _uc_exchange_set_deadline (self, UC_PROGRESS_S);
  soup_server_message_unpause (self->message);
}

static void
settled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  UcExchange *self = user_data;
  g_autoptr (GError) error = NULL;

  self->call->parts = uc_receiver_settle_finish (result, &error);
  if (self->call->parts != NULL)
    dispatch (self, call_done);
  else
    call_done (self, error);
  uc_exchange_unref (self);
}

/* -- What libsoup tells ------------------------------------------------------------ */

static gint64
get_limit (UcExchange *self)
{
  return is_upload (self) ? UC_SITE_MAX_FILE_BYTES + MAX_FORM_BYTES : MAX_JSON_BYTES;
}

/* Beyond the bound nothing is kept, and the connection is not used again. */
static void
cut_off_large (UcExchange *self)
{
  _uc_exchange_refuse (self, is_upload (self) ? UC_REFUSAL_FILE_LARGE : UC_REFUSAL_BODY_LARGE);
  _uc_exchange_cut_off (self);
}

static void
got_chunk_cb (SoupServerMessage *message, GBytes *chunk, gpointer user_data)
{
  UcExchange   *self = user_data;
  gsize         length = 0;
  const guint8 *data = g_bytes_get_data (chunk, &length);

  if (self->is_over || self->call == NULL)
    return;
  _uc_exchange_set_deadline (self, UC_PROGRESS_S);
  self->n_received += (gint64) length;
  if (self->n_received > get_limit (self))
    cut_off_large (self);
  else if (self->receiver != NULL)
    uc_receiver_push (self->receiver, data, length);
  else
    g_byte_array_append (self->body, data, (guint) length);
}

static void
wrote_data_cb (SoupServerMessage *message, guint n_bytes, gpointer user_data)
{
  _uc_exchange_set_deadline (user_data, UC_PROGRESS_S);
}

/* A connection that ends before a request has come takes its message with it, and the
 * library says nothing. */
static void
message_gone_cb (gpointer user_data, GObject *message)
{
  UcExchange *self = user_data;

  g_clear_handle_id (&self->detach_id, g_source_remove);
  self->message = NULL;
  g_hash_table_remove (self->front->exchanges, message);
}

/* The message is not ours any more. */
static void
forget_message (UcExchange *self)
{
  SoupServerMessage *message = self->message;

  g_object_weak_unref (G_OBJECT (message), message_gone_cb, self);
  g_clear_handle_id (&self->detach_id, g_source_remove);
  g_signal_handlers_disconnect_by_data (message, self);
  self->message = NULL;
  g_hash_table_remove (self->front->exchanges, message);
}

static void
finished_cb (SoupServerMessage *message, gpointer user_data)
{
  forget_message (user_data);
}

static gboolean
detach_cb (gpointer user_data)
{
  UcExchange        *self = user_data;
  SoupServerMessage *message = self->message;
  UcExchange        *held = exchange_ref (self);

  self->detach_id = 0;
  forget_message (self);
  self->detach (self, message);
  uc_exchange_unref (held);
  return G_SOURCE_REMOVE;
}

void
_uc_exchange_detach (UcExchange *self, UcDetachFunc func)
{
  if (self->message == NULL || self->detach_id != 0)
    return;
  self->is_over = TRUE;
  self->detach = func;
  soup_server_message_pause (self->message);
  self->detach_id = g_idle_add_full (G_PRIORITY_DEFAULT, detach_cb, self, NULL);
}

/**
 * uc_exchange_begin:
 */
void
uc_exchange_begin (UcFront *front, SoupServerMessage *message)
{
  UcExchange *self;
  gboolean    is_known = FALSE;

  if (!uc_server_guard_admit (front->guard, message, &is_known))
    return;
  self = g_rc_box_new0 (UcExchange);
  self->front = front;
  self->message = message;
  self->body = g_byte_array_new ();
  _uc_exchange_set_deadline (self, is_known ? NEXT_HEADERS_S : FIRST_HEADERS_S);
  g_hash_table_insert (front->exchanges, message, self);
  g_object_weak_ref (G_OBJECT (message), message_gone_cb, self);
  g_signal_connect (message, "got-chunk", G_CALLBACK (got_chunk_cb), self);
  g_signal_connect (message, "wrote-body-data", G_CALLBACK (wrote_data_cb), self);
  g_signal_connect (message, "finished", G_CALLBACK (finished_cb), self);
}

static gboolean
is_too_long (UcExchange *self, SoupMessageHeaders *headers)
{
  return soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH &&
         soup_message_headers_get_content_length (headers) > get_limit (self);
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
  _uc_exchange_set_deadline (self, UC_PROGRESS_S);
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  status = uc_server_guard_check_headers (front->guard, message);
  if (status != 0) {
    self->is_over = TRUE;
    soup_message_headers_replace (soup_server_message_get_response_headers (message), "Connection",
                                  "close");
    soup_server_message_set_status (message, status, NULL);
    return;
  }
  self->call = _uc_exchange_make_call (front, message);
  soup_message_headers_remove (headers, "Range");
  if (is_too_long (self, headers)) {
    cut_off_large (self);
  } else if (is_upload (self)) {
    soup_server_message_pause (message);
    dispatch (self, authorised_done);
  }
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
  if (_uc_exchange_is_socket (self)) {
    _uc_exchange_open_socket (self);
    return;
  }
  if (self->call->route == NULL) {
    _uc_exchange_answer_unknown (message);
    return;
  }
  self->call->body = g_byte_array_free_to_bytes (g_steal_pointer (&self->body));
  soup_server_message_pause (message);
  if (self->receiver != NULL)
    uc_receiver_settle_async (self->receiver, settled_cb, exchange_ref (self));
  else if (is_limited (self))
    _uc_exchange_send (self);
  else
    dispatch (self, uc_route_runs_twice (self->call->route) ? prepared_done : call_done);
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
