/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the parts of the engine say, and the network, the flags and the store, turned
 * into inputs of the state machine. */

#include "config.h"

#include "uc-engine-parts-private.h"

#include "uc-request-queue-private.h"

#include <glib/gi18n-lib.h>

/* However often the network comes and goes. */
#define MIN_TRY_INTERVAL_US (3 * G_USEC_PER_SEC)

static void
stream_ready_cb (UcStream *stream, gboolean is_resumed, UcEngine *self)
{
  _uc_engine_take_input (
      self, is_resumed ? UC_SYNC_INPUT_STREAM_RESUMED : UC_SYNC_INPUT_STREAM_FRESH, NULL);
}

static void
stream_lost_cb (UcStream *stream, gboolean was_ready, GError *error, UcEngine *self)
{
  if (was_ready)
    _uc_engine_take_input (self, UC_SYNC_INPUT_STREAM_LOST, error->message);
  else if (self->state == UC_SYNC_POLLING)
    _uc_engine_wait_for_socket (self);
  else
    _uc_engine_take_input (self, UC_SYNC_INPUT_STREAM_REFUSED, error->message);
}

void
_uc_engine_take_event (UcEvent *event, gpointer user_data)
{
  UcEngine *self = user_data;

  _uc_reader_take (self->reader, event);
}

static void
caught_up_cb (UcReader *reader, UcEngine *self)
{
  _uc_engine_take_input (self,
                         _uc_stream_is_ready (self->stream) ? UC_SYNC_INPUT_CAUGHT_UP_STREAM
                                                            : UC_SYNC_INPUT_CAUGHT_UP_ALONE,
                         NULL);
}

static void
reader_failed_cb (UcReader *reader, GError *error, UcEngine *self)
{
  /* With a stream the lists are a matter of the moment: the next ones will do. */
  _uc_engine_take_input (self, UC_SYNC_INPUT_UNREACHABLE, error->message);
}

static void
session_ended_cb (UcRequestQueue *requests, UcEngine *self)
{
  _uc_engine_take_input (
      self, UC_SYNC_INPUT_SESSION_ENDED,
      _ ("The server ended the session. Sign in again; nothing written is lost."));
}

static void
store_failed_cb (UcContext *context, GError *error, UcEngine *self)
{
  /* Something that was received is not stored. Receive it again, after a while. */
  _uc_reader_forget (self->reader);
  if (!_uc_stream_is_ready (self->stream))
    return;
  _uc_stream_close (self->stream);
  _uc_stream_forget (self->stream);
  _uc_engine_take_input (self, UC_SYNC_INPUT_STREAM_LOST, error->message);
}

static void
progress_cb (GObject *part, UcEngine *self)
{
  _uc_engine_tell_progress (self);
}

static void
arrived_cb (UcOutboxRunner *outbox, const char *channel_id, UcEngine *self)
{
  _uc_reader_look_at (self->reader, channel_id);
}

/* What is shown as read here the server does not have so. */
static void
counts_wanted_cb (UcOutboxRunner *outbox, const char *channel_id, UcEngine *self)
{
  _uc_reader_add_channel (self->reader, channel_id);
}

static void
flag_changed_cb (UcFlags *flags, guint flag_id, UcEngine *self)
{
  if (flag_id != UC_FLAG_realtime_features)
    return;

  if (!_uc_engine_wants_stream (self)) {
    g_clear_handle_id (&self->socket_id, g_source_remove);
    _uc_stream_close (self->stream);
    _uc_stream_forget (self->stream);
    if (self->state == UC_SYNC_CONNECTING && self->is_attempting)
      return;
    if (self->state == UC_SYNC_CONNECTING && self->try_id == 0)
      _uc_engine_take_input (self, UC_SYNC_INPUT_STREAM_REFUSED,
                             _ ("Live updates are switched off."));
    else
      _uc_engine_take_input (self, UC_SYNC_INPUT_REALTIME_OFF,
                             _ ("Live updates are switched off."));
  } else if (self->state == UC_SYNC_POLLING) {
    _uc_engine_try_socket_now (self);
  }
}

/* The monitor is only a hint, and one that may come many times: the next try is not put off
 * for it, and comes no sooner than a moment after the last. */
static void
try_soon (UcEngine *self)
{
  gint64 rest_ms = (self->last_try_us + MIN_TRY_INTERVAL_US - g_get_monotonic_time ()) / 1000;

  if (rest_ms <= 0)
    _uc_engine_try_now (self);
  else if (self->try_id != 0 &&
           self->next_try_ms > uc_clock_get_now_ms (self->context->clock) + rest_ms)
    _uc_engine_wait_to_try (self, rest_ms);
}

/* A server on this machine is there without any network. */
static void
network_changed_cb (GNetworkMonitor *monitor, gboolean is_available, UcEngine *self)
{
  if (self->state == UC_SYNC_LIVE)
    _uc_stream_check (self->stream);
  if (!is_available)
    return;
  if (self->state == UC_SYNC_OFFLINE || self->state == UC_SYNC_CONNECTING)
    try_soon (self);
  else if (self->state == UC_SYNC_POLLING && self->socket_id != 0 &&
           g_get_monotonic_time () - self->last_try_us >= MIN_TRY_INTERVAL_US)
    _uc_engine_try_socket_now (self);
}

void
_uc_engine_listen (UcEngine *self)
{
  UcContext *context = self->context;

  g_signal_connect_object (self->stream, "ready", G_CALLBACK (stream_ready_cb), self, 0);
  g_signal_connect_object (self->stream, "lost", G_CALLBACK (stream_lost_cb), self, 0);
  g_signal_connect_object (self->reader, "caught-up", G_CALLBACK (caught_up_cb), self, 0);
  g_signal_connect_object (self->reader, "failed", G_CALLBACK (reader_failed_cb), self, 0);
  g_signal_connect_object (self->reader, "progress", G_CALLBACK (progress_cb), self, 0);
  g_signal_connect_object (self->outbox, "progress", G_CALLBACK (progress_cb), self, 0);
  g_signal_connect_object (self->outbox, "arrived", G_CALLBACK (arrived_cb), self, 0);
  g_signal_connect_object (self->outbox, "counts-wanted", G_CALLBACK (counts_wanted_cb), self, 0);
  g_signal_connect_object (context->requests, "session-ended", G_CALLBACK (session_ended_cb), self,
                           0);
  g_signal_connect_object (context, "store-failed", G_CALLBACK (store_failed_cb), self, 0);
  g_signal_connect_object (context->flags, "changed", G_CALLBACK (flag_changed_cb), self, 0);
  g_signal_connect_object (g_network_monitor_get_default (), "network-changed",
                           G_CALLBACK (network_changed_cb), self, 0);
}
