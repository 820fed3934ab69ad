/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The waiting of the engine: until the next try, until the socket is asked for again,
 * until a connection counts as good. */

#include "config.h"

#include "uc-engine-parts-private.h"

#include "uc-request-queue-private.h"

#define RETRY_BASE_MS 1000
#define RETRY_MAX_MS  120000
/* The server answers, only the socket is not to be had: no hurry. */
#define SOCKET_RETRY_BASE_MS 5000
#define SOCKET_RETRY_MAX_MS  300000
/* A connection that held so long was a good one. */
#define STABLE_AFTER_MS  10000
#define FLAGS_INTERVAL_S 600

static void
try_cb (gpointer user_data)
{
  UcEngine *self = user_data;

  self->try_id = 0;
  self->next_try_ms = 0;
  if (self->state == UC_SYNC_CONNECTING)
    _uc_engine_attempt (self);
  else
    _uc_engine_take_input (self, UC_SYNC_INPUT_TRY, NULL);
}

void
_uc_engine_wait_to_try (UcEngine *self, gint64 wait_ms)
{
  g_clear_handle_id (&self->try_id, g_source_remove);
  self->next_try_ms = uc_clock_get_now_ms (self->context->clock) + wait_ms;
  self->try_id = g_timeout_add_once ((guint) wait_ms, try_cb, self);
}

gint64
_uc_engine_next_wait_ms (UcEngine *self)
{
  gint64 wait_ms = uc_backoff_next (&self->backoff);

  return MAX (wait_ms, _uc_request_queue_get_pause_ms (self->context->requests));
}

void
_uc_engine_try_now (UcEngine *self)
{
  if (self->state == UC_SYNC_CONNECTING && self->try_id == 0)
    return;
  g_clear_handle_id (&self->try_id, g_source_remove);
  try_cb (self);
}

static void
socket_due_cb (gpointer user_data)
{
  UcEngine *self = user_data;

  self->socket_id = 0;
  _uc_stream_open (self->stream);
}

void
_uc_engine_wait_for_socket (UcEngine *self)
{
  g_clear_handle_id (&self->socket_id, g_source_remove);
  if (_uc_engine_wants_stream (self))
    self->socket_id =
        g_timeout_add_once (uc_backoff_next (&self->socket_backoff), socket_due_cb, self);
}

void
_uc_engine_try_socket_now (UcEngine *self)
{
  g_clear_handle_id (&self->socket_id, g_source_remove);
  _uc_stream_open (self->stream);
}

static void
stable_cb (gpointer user_data)
{
  UcEngine *self = user_data;

  self->stable_id = 0;
  uc_backoff_reset (&self->backoff);
  if (self->state == UC_SYNC_LIVE)
    uc_backoff_reset (&self->socket_backoff);
}

/* Flags whose time has come. */
static gboolean
flags_cb (gpointer user_data)
{
  UcEngine *self = user_data;

  uc_flags_refresh (self->context->flags, uc_clock_get_now_ms (self->context->clock));
  return G_SOURCE_CONTINUE;
}

void
_uc_engine_init_clocks (UcEngine *self)
{
  uc_backoff_init (&self->backoff, RETRY_BASE_MS, RETRY_MAX_MS, NULL);
  uc_backoff_init (&self->socket_backoff, SOCKET_RETRY_BASE_MS, SOCKET_RETRY_MAX_MS, NULL);
}

void
_uc_engine_start_clocks (UcEngine *self)
{
  self->stable_id = g_timeout_add_once (STABLE_AFTER_MS, stable_cb, self);
  self->flags_id = g_timeout_add_seconds (FLAGS_INTERVAL_S, flags_cb, self);
}

void
_uc_engine_stop_clocks (UcEngine *self)
{
  g_clear_handle_id (&self->try_id, g_source_remove);
  g_clear_handle_id (&self->socket_id, g_source_remove);
  g_clear_handle_id (&self->stable_id, g_source_remove);
  g_clear_handle_id (&self->flags_id, g_source_remove);
  self->next_try_ms = 0;
}
