/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The façade of an account: owns the parts, passes on what they say, answers what the
 * screen asks. What it may be told to do stands in uc-session-commands.c and the
 * files beside it. */

#include "config.h"

#include "uc-session-private.h"

#include "uc-file-intake-private.h"
#include "uc-request-queue-private.h"
#include "uc-thread.h"

#include <glib/gi18n-lib.h>

#define TROUBLE_INTERVAL_MS 60000

enum {
  STATE_CHANGED,
  TYPING_CHANGED,
  STATUSES_CHANGED,
  NOTICE,
  TRANSFER_CHANGED,
  POSTED,
  HOLE_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (UcSession, uc_session, G_TYPE_OBJECT)

void
_uc_session_notice (UcSession *self, const char *text)
{
  g_signal_emit (self, signals[NOTICE], 0, text);
}

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcSession) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!uc_store_apply_finish (UC_STORE (source), result, &error))
    _uc_session_notice (self, error->message);
}

void
_uc_session_apply (UcSession *self, UcBatch *batch)
{
  uc_store_apply_async (self->context->store, batch, applied_cb, g_object_ref (self));
}

/* -- What the parts say -------------------------------------------------------------------- */

static void
state_changed_cb (UcEngine *engine, UcSession *self)
{
  UcSyncState state = _uc_engine_get_state (engine);

  _uc_presence_watch_set_online (self->presence, state == UC_SYNC_LIVE || state == UC_SYNC_POLLING);
  _uc_session_announce_activity (self);
  g_signal_emit (self, signals[STATE_CHANGED], 0);
  _uc_session_check_settled (self);
}

static void
progress_cb (UcEngine *engine, UcSession *self)
{
  _uc_session_check_settled (self);
}

static void
config_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcSession) self = user_data;
  g_autoptr (GError) error = NULL;
  UcServerConfig *config =
      _uc_request_queue_send_finish (UC_REQUEST_QUEUE (source), result, &error);

  if (config == NULL) {
    g_debug ("The server's configuration was not read: %s", error->message);
    return;
  }
  g_clear_pointer (&self->config, uc_server_config_free);
  self->config = config;
  _uc_session_take_limits (self);
}

static void
fetch_config (UcSession *self)
{
  _uc_request_queue_send_async (self->context->requests, UC_LANE_NORMAL, uc_request_config (),
                                self->cancellable, config_cb, g_object_ref (self));
}

static void
me_cb (UcEngine *engine, gpointer me, UcSession *self)
{
  fetch_config (self);
}

static void
aside_cb (UcReader *reader, gpointer data, UcSession *self)
{
  UcEvent *event = data;

  if (event->kind == UC_EVENT_TYPING)
    _uc_typing_take (self->typing, event->channel_id, event->user_id);
  else if (event->kind == UC_EVENT_STATUS_CHANGE && event->status != NULL)
    _uc_presence_watch_take (self->presence, event->status->user_id, event->status->presence);
  else if (event->kind == UC_EVENT_FLAGS_CHANGED)
    _uc_flag_sync_take (_uc_engine_get_flag_sync (self->engine), event->text);
  else if (event->kind == UC_EVENT_CONFIG_CHANGED)
    fetch_config (self);
  else if (event->kind == UC_EVENT_EPHEMERAL_MESSAGE && event->post != NULL)
    _uc_session_notice (self, event->post->message);
  else if (event->kind == UC_EVENT_USER_UPDATED && event->user != NULL)
    uc_flags_set_user (self->context->flags, event->user->id, event->user->roles);
}

static void
hidden_state_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcSession) self = user_data;
  g_autoptr (GPtrArray) states = uc_store_load_channels_finish (UC_STORE (source), result, NULL);
  UcChannelState *state;

  if (states == NULL || states->len == 0)
    return;
  state = g_ptr_array_index (states, 0);
  if (state->is_hidden)
    uc_session_set_hidden (self, state->channel->id, FALSE);
}

static void
posted_cb (UcReader *reader, gpointer data, gboolean mentions_me, UcSession *self)
{
  UcMessage *message = data;

  _uc_typing_end (self->typing, message->post->channel_id, message->post->user_id);
  /* A conversation that was put away comes back when somebody writes in it. */
  uc_store_load_channels_async (self->context->store, message->post->channel_id, self->cancellable,
                                hidden_state_cb, g_object_ref (self));
  g_signal_emit (self, signals[POSTED], 0, message, mentions_me);
}

static void
typing_changed_cb (UcTyping *typing, const char *channel_id, UcSession *self)
{
  g_signal_emit (self, signals[TYPING_CHANGED], 0, channel_id);
}

static void
statuses_changed_cb (UcPresenceWatch *presence, UcSession *self)
{
  g_signal_emit (self, signals[STATUSES_CHANGED], 0);
}

/* A full disk fails at every turn; once a minute is enough to hear of it. */
static void
store_failed_cb (UcContext *context, GError *error, UcSession *self)
{
  gint64 now_ms = uc_clock_get_uptime_ms (context->clock);

  if (self->trouble_at_ms != 0 && now_ms - self->trouble_at_ms < TROUBLE_INTERVAL_MS)
    return;
  self->trouble_at_ms = MAX (now_ms, 1);
  _uc_session_notice (self, error->message);
}

static void
uc_session_dispose (GObject *object)
{
  UcSession *self = UC_SESSION (object);

  g_clear_handle_id (&self->view_id, g_source_remove);
  g_clear_handle_id (&self->activity_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  if (self->context != NULL)
    g_clear_signal_handler (&self->changed_id, self->context->store);
  if (self->engine != NULL)
    _uc_engine_stop (self->engine);
  g_clear_object (&self->engine);
  g_clear_object (&self->presence);
  g_clear_object (&self->search);
  g_clear_object (&self->typing);
  g_clear_object (&self->ahead);
  g_clear_object (&self->files);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (uc_session_parent_class)->dispose (object);
}

static void
uc_session_finalize (GObject *object)
{
  UcSession *self = UC_SESSION (object);

  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->settling);
  g_clear_pointer (&self->config, uc_server_config_free);
  g_free (self->visible_id);

  G_OBJECT_CLASS (uc_session_parent_class)->finalize (object);
}

static void
uc_session_class_init (UcSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType         type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = uc_session_dispose;
  object_class->finalize = uc_session_finalize;

  signals[STATE_CHANGED] =
      g_signal_new ("state-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[TYPING_CHANGED] = g_signal_new ("typing-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[STATUSES_CHANGED] = g_signal_new ("statuses-changed", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                            NULL, NULL, G_TYPE_NONE, 0);
  signals[NOTICE] = g_signal_new ("notice", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[TRANSFER_CHANGED] = g_signal_new ("transfer-changed", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                            NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[POSTED] = g_signal_new ("posted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_BOOLEAN);
  signals[HOLE_CHANGED] = g_signal_new ("hole-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_INT64);
}

static void
uc_session_init (UcSession *self)
{
  self->cancellable = g_cancellable_new ();
  self->settling = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * uc_session_new:
 * @store: an open store
 * @api: knows the site; without a token the one in @secrets is used
 * @secrets: where the token is
 * @flags: the flags of this account
 * @clock: the time
 * @my_user_id: whose account it is
 *
 * Returns: (transfer full): a session that is stopped
 */
UcSession *
uc_session_new (UcStore    *store,
                UcApi      *api,
                UcSecrets  *secrets,
                UcFlags    *flags,
                UcClock    *clock,
                const char *my_user_id)
{
  UcSession *self;
  UcReader  *reader;

  UC_ASSERT_MAIN_THREAD ();
  g_return_val_if_fail (UC_IS_STORE (store) && UC_IS_API (api), NULL);
  g_return_val_if_fail (my_user_id != NULL, NULL);

  self = g_object_new (UC_TYPE_SESSION, NULL);
  self->context = _uc_context_new (store, api, flags, clock, my_user_id);
  self->engine = _uc_engine_new (self->context, secrets);
  self->presence = _uc_presence_watch_new (self->context);
  self->typing = _uc_typing_new (self->context);
  _uc_session_watch_files (self);
  reader = _uc_engine_get_reader (self->engine);
  self->search = _uc_search_server_new (self->context, _uc_reader_get_people (reader));
  _uc_session_watch_visible (self);
  _uc_session_watch_holes (self);

  g_signal_connect_object (self->engine, "state-changed", G_CALLBACK (state_changed_cb), self, 0);
  g_signal_connect_object (self->engine, "progress", G_CALLBACK (progress_cb), self, 0);
  g_signal_connect_object (self->engine, "me", G_CALLBACK (me_cb), self, 0);
  g_signal_connect_object (reader, "aside", G_CALLBACK (aside_cb), self, 0);
  g_signal_connect_object (reader, "posted", G_CALLBACK (posted_cb), self, 0);
  g_signal_connect_object (self->typing, "changed", G_CALLBACK (typing_changed_cb), self, 0);
  g_signal_connect_object (self->presence, "changed", G_CALLBACK (statuses_changed_cb), self, 0);
  g_signal_connect_object (self->context, "store-failed", G_CALLBACK (store_failed_cb), self, 0);
  g_signal_connect_object (self->context, "trouble", G_CALLBACK (store_failed_cb), self, 0);
  return self;
}

/**
 * uc_session_start:
 * @self: a stopped session
 *
 * Connects, and stays connected until uc_session_stop(). A store that can only be
 * read is left as it is.
 */
void
uc_session_start (UcSession *self)
{
  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_SESSION (self));

  if (uc_store_is_read_only (self->context->store)) {
    _uc_session_notice (self, _ ("The local copy can only be read; nothing is sent or received."));
    return;
  }
  _uc_file_intake_clean (self->context);
  _uc_engine_start (self->engine);
}

/**
 * uc_session_stop:
 * @self: a session
 *
 * Disconnects. What is being sent stays open in the outbox and is looked for at the
 * next start.
 */
void
uc_session_stop (UcSession *self)
{
  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_SESSION (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  _uc_engine_stop (self->engine);
}

/**
 * uc_session_retry_now:
 * @self: a session
 *
 * Tries at once what waits for another try: the connection, a locked keyring, unsent
 * messages.
 */
void
uc_session_retry_now (UcSession *self)
{
  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_SESSION (self));

  _uc_engine_retry_now (self->engine);
}

void
uc_session_unlock (UcSession *self)
{
  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_SESSION (self));

  _uc_engine_unlock (self->engine);
}

UcStore *
uc_session_get_store (UcSession *self)
{
  g_return_val_if_fail (UC_IS_SESSION (self), NULL);

  return self->context->store;
}

UcFlags *
uc_session_get_flags (UcSession *self)
{
  g_return_val_if_fail (UC_IS_SESSION (self), NULL);

  return self->context->flags;
}

const char *
uc_session_get_user_id (UcSession *self)
{
  g_return_val_if_fail (UC_IS_SESSION (self), NULL);

  return self->context->my_user_id;
}

UcSyncState
uc_session_get_state (UcSession *self)
{
  g_return_val_if_fail (UC_IS_SESSION (self), UC_SYNC_STOPPED);

  return _uc_engine_get_state (self->engine);
}

const char *
uc_session_get_state_reason (UcSession *self)
{
  g_return_val_if_fail (UC_IS_SESSION (self), NULL);

  return _uc_engine_get_reason (self->engine);
}

gint64
uc_session_get_next_try_ms (UcSession *self)
{
  g_return_val_if_fail (UC_IS_SESSION (self), 0);

  return _uc_engine_get_next_try_ms (self->engine);
}

/**
 * uc_session_want_user:
 * @user_id: somebody the screen names
 *
 * Fetched unless stored or asked for before; the store's change set tells of it.
 */
void
uc_session_want_user (UcSession *self, const char *user_id)
{
  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_SESSION (self) && user_id != NULL);

  _uc_people_want (_uc_reader_get_people (_uc_engine_get_reader (self->engine)), user_id);
}

/**
 * uc_session_get_presence:
 * @self: a session
 * @user_id: somebody who is on screen
 *
 * Asking is what keeps somebody's presence up to date: ask again at each
 * "statuses-changed" for as long as it is shown.
 *
 * Returns: what is known; offline while nothing is
 */
UcPresence
uc_session_get_presence (UcSession *self, const char *user_id)
{
  UC_ASSERT_MAIN_THREAD ();
  g_return_val_if_fail (UC_IS_SESSION (self) && user_id != NULL, UC_PRESENCE_OFFLINE);

  return _uc_presence_watch_get (self->presence, user_id);
}

GPtrArray *
uc_session_dup_typing (UcSession *self, const char *channel_id)
{
  UC_ASSERT_MAIN_THREAD ();
  g_return_val_if_fail (UC_IS_SESSION (self) && channel_id != NULL, NULL);

  return _uc_typing_dup (self->typing, channel_id);
}
