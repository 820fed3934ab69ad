/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Drives the connection. Every turn goes through the transition function; what a state
 * means is done when it is entered. */

#include "config.h"

#include "uc-engine-parts-private.h"

#include "uc-credentials-private.h"
#include "uc-error.h"
#include "uc-request-queue-private.h"

#include <glib/gi18n-lib.h>

#define TOKEN_RETRY_MS 30000
/* A stream that was there a moment ago is looked for soon, however often it broke. */
#define MAX_FIRST_WAIT_MS 10000

enum {
  STATE_CHANGED,
  PROGRESS,
  ME,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (UcEngine, uc_engine, G_TYPE_OBJECT)

static void checked_cb (GObject *source, GAsyncResult *result, gpointer user_data);

gboolean
_uc_engine_wants_stream (UcEngine *self)
{
  return uc_flags_is_on (self->context->flags, UC_FLAG_realtime_features);
}

/* -- Connecting, step by step --------------------------------------------------------------- */

static void
end_attempt (UcEngine *self)
{
  g_cancellable_cancel (self->attempt);
  g_clear_object (&self->attempt);
  self->attempt = g_cancellable_new ();
  self->is_attempting = FALSE;
  _uc_request_queue_set_waiting (self->context->requests, FALSE);
}

static void
check_credentials (UcEngine *self)
{
  _uc_credentials_check_async (self->context, self->secrets, self->attempt, checked_cb,
                               g_object_ref (self));
}

/* The last known flags say already whether there is to be a stream. */
static void
flags_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcEngine) self = user_data;

  _uc_flag_sync_load_finish (UC_FLAG_SYNC (source), result);
  self->has_flags = TRUE;
  if (self->is_attempting)
    check_credentials (self);
}

void
_uc_engine_attempt (UcEngine *self)
{
  if (self->is_attempting)
    return;
  end_attempt (self);
  self->is_attempting = TRUE;
  _uc_request_queue_set_waiting (self->context->requests, TRUE);
  self->last_try_us = g_get_monotonic_time ();
  if (self->has_flags)
    check_credentials (self);
  else
    _uc_flag_sync_load_async (self->flag_sync, flags_loaded_cb, g_object_ref (self));
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcEngine) self = user_data;
  g_autoptr (GError) error = NULL;
  UcSyncInput failure = UC_SYNC_INPUT_UNREACHABLE;
  g_autoptr (UcUser) me =
      _uc_credentials_check_finish (UC_CONTEXT (source), result, &failure, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->is_attempting = FALSE;
  if (me == NULL) {
    if (self->is_unlocked && failure == UC_SYNC_INPUT_TOKEN_MISSING &&
        g_error_matches (error, UC_ERROR, UC_ERROR_NOT_FOUND))
      failure = UC_SYNC_INPUT_SESSION_ENDED;
    _uc_engine_take_input (self, failure, error->message);
    return;
  }
  self->is_unlocked = FALSE;

  uc_flags_set_user (self->context->flags, me->id, me->roles);
  _uc_reader_set_me (self->reader, me);
  g_signal_emit (self, signals[ME], 0, me);
  _uc_flag_sync_fetch (self->flag_sync);
  if (_uc_engine_wants_stream (self))
    _uc_stream_open (self->stream);
  else
    _uc_engine_take_input (self, UC_SYNC_INPUT_STREAM_REFUSED,
                           _ ("Live updates are switched off."));
}

/* -- States ------------------------------------------------------------------------------------ */

static gboolean
is_connected (UcSyncState state)
{
  return state == UC_SYNC_LIVE || state == UC_SYNC_POLLING;
}

static void
leave_state (UcEngine *self, UcSyncState old, UcSyncState new)
{
  _uc_engine_stop_clocks (self);
  if (old == UC_SYNC_CONNECTING)
    end_attempt (self);

  if (_uc_sync_state_is_online (old) && !_uc_sync_state_is_online (new))
    _uc_reader_pause (self->reader);
  /* What was held back is lost with the catching up, so the stream cannot go on. */
  if (old == UC_SYNC_CATCHING_UP && !is_connected (new))
    _uc_stream_forget (self->stream);
}

static void
drop_connection (UcEngine *self)
{
  _uc_stream_close (self->stream);
  _uc_stream_forget (self->stream);
  _uc_reader_stop (self->reader);
}

static void
enter_state (UcEngine *self, UcSyncState old)
{
  gboolean has_stream = _uc_stream_is_ready (self->stream);
  gint64   wait_ms;

  _uc_outbox_runner_set_online (self->outbox, _uc_sync_state_is_online (self->state));

  switch (self->state) {
  case UC_SYNC_CONNECTING:
    /* Many clients lose one server at the same moment. */
    if (old == UC_SYNC_LIVE || old == UC_SYNC_CATCHING_UP) {
      wait_ms = _uc_engine_next_wait_ms (self);
      _uc_engine_wait_to_try (self, MIN (wait_ms, MAX_FIRST_WAIT_MS));
    } else {
      _uc_engine_attempt (self);
    }
    break;

  case UC_SYNC_CATCHING_UP:
    _uc_reader_catch_up (self->reader,
                         has_stream ? _uc_stream_get_connection_id (self->stream) : NULL);
    break;

  case UC_SYNC_LIVE:
    _uc_engine_start_clocks (self);
    _uc_reader_go_live (self->reader);
    break;

  case UC_SYNC_POLLING:
    _uc_engine_start_clocks (self);
    _uc_reader_go_polling (self->reader);
    _uc_engine_wait_for_socket (self);
    break;

  case UC_SYNC_OFFLINE:
    _uc_stream_close (self->stream);
    _uc_engine_wait_to_try (self, _uc_engine_next_wait_ms (self));
    break;

  case UC_SYNC_NEEDS_TOKEN:
    _uc_engine_wait_to_try (self, TOKEN_RETRY_MS);
    break;

  case UC_SYNC_NEEDS_LOGIN:
    uc_api_set_token (self->context->api, NULL);
    drop_connection (self);
    break;

  case UC_SYNC_STOPPED:
  default:
    drop_connection (self);
    _uc_outbox_runner_stop (self->outbox);
    _uc_request_queue_resume (self->context->requests);
    break;
  }
}

void
_uc_engine_take_input (UcEngine *self, UcSyncInput input, const char *reason)
{
  g_autoptr (UcEngine) hold = g_object_ref (self);
  UcSyncState old = self->state;
  UcSyncState new = _uc_sync_state_next (old, input);

  if (new == old)
    return;

  g_debug ("%s -> %s%s%s", _uc_sync_state_to_string (old), _uc_sync_state_to_string (new),
           reason != NULL ? ": " : "", reason != NULL ? reason : "");
  leave_state (self, old, new);
  self->state = new;
  /* Why there is no stream stays of interest while one lives without it. */
  if (new == UC_SYNC_LIVE || new == UC_SYNC_STOPPED || reason != NULL)
    g_set_str (&self->reason, new == UC_SYNC_LIVE ? NULL : reason);
  enter_state (self, old);
  if (self->state == new)
    g_signal_emit (self, signals[STATE_CHANGED], 0);
}

static void
uc_engine_dispose (GObject *object)
{
  UcEngine *self = UC_ENGINE (object);

  _uc_engine_stop_clocks (self);
  g_cancellable_cancel (self->attempt);
  if (self->stream != NULL)
    _uc_stream_close (self->stream);
  g_clear_object (&self->stream);
  g_clear_object (&self->outbox);
  g_clear_object (&self->reader);
  g_clear_object (&self->flag_sync);
  g_clear_object (&self->secrets);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (uc_engine_parent_class)->dispose (object);
}

static void
uc_engine_finalize (GObject *object)
{
  UcEngine *self = UC_ENGINE (object);

  g_object_unref (self->attempt);
  g_free (self->reason);

  G_OBJECT_CLASS (uc_engine_parent_class)->finalize (object);
}

static void
uc_engine_class_init (UcEngineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType         type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = uc_engine_dispose;
  object_class->finalize = uc_engine_finalize;

  signals[STATE_CHANGED] =
      g_signal_new ("state-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[PROGRESS] =
      g_signal_new ("progress", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ME] = g_signal_new ("me", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                              G_TYPE_POINTER);
}

static void
uc_engine_init (UcEngine *self)
{
  self->attempt = g_cancellable_new ();
  _uc_engine_init_clocks (self);
}

UcEngine *
_uc_engine_new (UcContext *context, UcSecrets *secrets)
{
  UcEngine *self = g_object_new (UC_TYPE_ENGINE, NULL);

  self->context = g_object_ref (context);
  self->secrets = g_object_ref (secrets);
  self->stream = _uc_stream_new (context, _uc_engine_take_event, self);
  self->reader = _uc_reader_new (context);
  self->outbox = _uc_outbox_runner_new (context);
  self->flag_sync = _uc_flag_sync_new (context);

  _uc_engine_listen (self);
  return self;
}

void
_uc_engine_start (UcEngine *self)
{
  _uc_engine_take_input (self, UC_SYNC_INPUT_START, NULL);
}

void
_uc_engine_stop (UcEngine *self)
{
  _uc_engine_take_input (self, UC_SYNC_INPUT_STOP, NULL);
}

void
_uc_engine_retry_now (UcEngine *self)
{
  _uc_request_queue_resume (self->context->requests);
  _uc_outbox_runner_retry_now (self->outbox);
  _uc_reader_retry_now (self->reader);
  if (self->state == UC_SYNC_LIVE)
    _uc_stream_check (self->stream);
  else if (self->state == UC_SYNC_POLLING && self->socket_id != 0)
    _uc_engine_try_socket_now (self);
  else
    _uc_engine_try_now (self);
}

static void
unlocked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcEngine) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!uc_secrets_unlock_finish (UC_SECRETS (source), result, &error))
    g_message ("Unlocking the keyring: %s", error->message);
  else
    self->is_unlocked = TRUE;
  if (self->state == UC_SYNC_NEEDS_TOKEN)
    _uc_engine_retry_now (self);
}

void
_uc_engine_unlock (UcEngine *self)
{
  uc_secrets_unlock_async (self->secrets, NULL, unlocked_cb, g_object_ref (self));
}

UcSyncState
_uc_engine_get_state (UcEngine *self)
{
  return self->state;
}

const char *
_uc_engine_get_reason (UcEngine *self)
{
  return self->reason;
}

void
_uc_engine_tell_progress (UcEngine *self)
{
  g_signal_emit (self, signals[PROGRESS], 0);
}

gint64
_uc_engine_get_next_try_ms (UcEngine *self)
{
  return self->next_try_ms;
}

UcReader *
_uc_engine_get_reader (UcEngine *self)
{
  return self->reader;
}

UcOutboxRunner *
_uc_engine_get_outbox (UcEngine *self)
{
  return self->outbox;
}

UcFlagSync *
_uc_engine_get_flag_sync (UcEngine *self)
{
  return self->flag_sync;
}

void
_uc_engine_send_typing (UcEngine *self, const char *channel_id, const char *root_id)
{
  _uc_stream_send_typing (self->stream, channel_id, root_id);
}

void
_uc_engine_send_active (UcEngine *self, gboolean is_active)
{
  _uc_stream_send_active (self->stream, is_active);
}

gboolean
_uc_engine_is_settled (UcEngine *self)
{
  return is_connected (self->state) && _uc_reader_is_idle (self->reader) &&
         _uc_outbox_runner_is_idle (self->outbox);
}
