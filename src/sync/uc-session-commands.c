/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Commands that write the store first and come back at once; the server hears of them
 * through the outbox, or, for settings, right away. */

#include "config.h"

#include "uc-session-private.h"

#include "uc-id.h"
#include "uc-request-queue-private.h"
#include "uc-thread.h"

#include <glib/gi18n-lib.h>

/* A server that names no interval means this one (protocol.md 2). */
#define TYPING_INTERVAL_MS 5000

typedef struct {
  UcSession    *self;       /* (owned) */
  UcPreference *preference; /* (owned) */
} Setting;

typedef struct {
  UcSession *self; /* (owned) */
  char      *op_id;
} Retry;

typedef struct {
  UcSession *self; /* (owned) */
  gboolean   is_hidden;
} Hide;

typedef struct {
  UcSession *self; /* (owned) */
  UcPresence presence;
} Presence;

/* -- Messages ---------------------------------------------------------------------------- */

/**
 * uc_session_edit:
 * @self: a session
 * @message: one's own
 * @text: what it is to say
 *
 * A message that still waits is rewritten in place, and a refused one is tried again
 * with the new text; otherwise the change is queued behind what was sent.
 */
void
uc_session_edit (UcSession *self, UcMessage *message, const char *text)
{
  g_autofree char *op_id = uc_id_new ();
  UcBatch         *batch;

  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_SESSION (self) && message != NULL && text != NULL);

  batch = uc_batch_new ();
  uc_batch_queue_edit (batch, op_id, message->key, text);
  _uc_session_apply (self, batch);
}

/**
 * uc_session_delete:
 * @self: a session
 * @message: any
 *
 * A message that still waits is discarded and never sent.
 */
void
uc_session_delete (UcSession *self, UcMessage *message)
{
  g_autofree char *op_id = uc_id_new ();
  UcBatch         *batch;

  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_SESSION (self) && message != NULL);

  batch = uc_batch_new ();
  uc_batch_queue_delete (batch, op_id, message->key);
  _uc_session_apply (self, batch);
}

void
uc_session_react (UcSession *self, UcMessage *message, const char *emoji_name, gboolean add)
{
  g_autofree char *op_id = uc_id_new ();
  UcBatch         *batch;

  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_SESSION (self) && message != NULL && emoji_name != NULL);

  batch = uc_batch_new ();
  uc_batch_queue_reaction (batch, op_id, message->key, self->context->my_user_id, emoji_name, add);
  _uc_session_apply (self, batch);
}

void
uc_session_pin (UcSession *self, UcMessage *message, gboolean pin)
{
  g_autofree char *op_id = uc_id_new ();
  UcBatch         *batch;

  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_SESSION (self) && message != NULL);

  batch = uc_batch_new ();
  uc_batch_queue_pin (batch, op_id, message->key, pin);
  _uc_session_apply (self, batch);
}

void
uc_session_save (UcSession *self, UcMessage *message, gboolean save)
{
  g_autofree char *op_id = uc_id_new ();
  UcBatch         *batch;

  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_SESSION (self) && message != NULL);

  batch = uc_batch_new ();
  uc_batch_queue_save (batch, op_id, message->key, self->context->my_user_id, save);
  _uc_session_apply (self, batch);
}

void
uc_session_mark_read (UcSession *self, const char *channel_id)
{
  g_autofree char *op_id = uc_id_new ();
  UcBatch         *batch;

  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_SESSION (self) && channel_id != NULL);

  batch = uc_batch_new ();
  uc_batch_queue_view (batch, op_id, channel_id);
  _uc_session_apply (self, batch);
}

void
uc_session_mark_unread (UcSession *self, UcMessage *message)
{
  g_autofree char *op_id = uc_id_new ();
  UcBatch         *batch;

  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_SESSION (self) && message != NULL);

  batch = uc_batch_new ();
  uc_batch_queue_set_unread (batch, op_id, message->key);
  _uc_session_apply (self, batch);
}

static void
retry_rows_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Retry *retry = user_data;
  g_autoptr (UcSession) self = retry->self;
  g_autofree char *op_id = retry->op_id;
  g_autoptr (GPtrArray) rows = uc_store_load_outbox_finish (UC_STORE (source), result, NULL);
  UcBatch *batch = uc_batch_new ();

  g_free (retry);
  /* One that may have arrived stays in doubt: only looking for it settles that. */
  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    UcOutboxRow *row = g_ptr_array_index (rows, i);

    if (g_str_equal (row->op_id, op_id) && row->state == UC_SEND_FAILED)
      uc_batch_outbox_set (batch, op_id, UC_SEND_QUEUED, NULL, 0);
  }
  if (uc_batch_is_empty (batch))
    uc_batch_free (batch);
  else
    _uc_session_apply (self, batch);
  _uc_outbox_runner_retry_now (_uc_engine_get_outbox (self->engine));
}

void
uc_session_retry (UcSession *self, const char *op_id)
{
  Retry *retry;

  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_SESSION (self) && op_id != NULL);

  retry = g_new0 (Retry, 1);
  retry->self = g_object_ref (self);
  retry->op_id = g_strdup (op_id);
  uc_store_load_outbox_async (self->context->store, NULL, retry_rows_cb, retry);
}

void
uc_session_discard (UcSession *self, const char *op_id)
{
  UcBatch *batch;

  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_SESSION (self) && op_id != NULL);

  batch = uc_batch_new ();
  uc_batch_outbox_discard (batch, op_id);
  _uc_session_apply (self, batch);
}

void
uc_session_put_draft (UcSession  *self,
                      const char *channel_id,
                      const char *root_id,
                      const char *text)
{
  UcBatch *batch;

  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_SESSION (self) && channel_id != NULL);

  batch = uc_batch_new ();
  uc_batch_put_draft (batch, channel_id, root_id != NULL ? root_id : "", text);
  _uc_session_apply (self, batch);
}

/**
 * uc_session_type:
 * @self: a session
 * @channel_id: where somebody is typing here
 * @root_id: (nullable): in which thread
 *
 * Call it at every key: it is announced as often as the server likes, and only where
 * there is a stream.
 */
void
uc_session_type (UcSession *self, const char *channel_id, const char *root_id)
{
  int interval_ms;

  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_SESSION (self) && channel_id != NULL);

  if (uc_session_get_state (self) != UC_SYNC_LIVE ||
      (self->config != NULL && !self->config->has_typing))
    return;
  interval_ms = self->config != NULL && self->config->typing_interval_ms > 0
                    ? self->config->typing_interval_ms
                    : TYPING_INTERVAL_MS;
  if (_uc_typing_may_announce (self->typing, channel_id, interval_ms))
    _uc_engine_send_typing (self->engine, channel_id, root_id != NULL ? root_id : "");
}

/* -- Settings ------------------------------------------------------------------------------ */

static void
setting_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Setting *setting = user_data;
  g_autoptr (UcSession) self = setting->self;
  g_autoptr (UcPreference) preference = setting->preference;
  g_autoptr (GError) error = NULL;

  g_free (setting);
  (void) !_uc_request_queue_send_finish (UC_REQUEST_QUEUE (source), result, &error);
  if (error == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  /* The next catching up brings back what the server has. */
  g_message ("A setting was not stored on the server: %s", error->message);
  _uc_session_notice (self, _ ("The server could not be told of this setting."));
}

void
_uc_session_put_preference (UcSession  *self,
                            const char *category,
                            const char *name,
                            const char *value)
{
  const char *me = self->context->my_user_id;
  Setting    *setting = g_new0 (Setting, 1);
  UcBatch    *batch = uc_batch_new ();
  g_autoptr (GPtrArray) list = g_ptr_array_new ();

  setting->self = g_object_ref (self);
  setting->preference = uc_preference_new (me, category, name, value);
  uc_batch_put_preference (batch, setting->preference);
  _uc_session_apply (self, batch);

  g_ptr_array_add (list, setting->preference);
  _uc_request_queue_send_async (self->context->requests, UC_LANE_COMMAND,
                                uc_request_put_preferences (me, list), self->cancellable,
                                setting_cb, setting);
}

void
uc_session_set_favourite (UcSession *self, const char *channel_id, gboolean is_favourite)
{
  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_SESSION (self) && channel_id != NULL);

  _uc_session_put_preference (self, "favorite_channel", channel_id,
                              is_favourite ? "true" : "false");
}

static void
hide_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Hide *hide = user_data;
  g_autoptr (UcSession) self = hide->self;
  const char *value = hide->is_hidden ? "false" : "true";
  g_autoptr (GPtrArray) states = uc_store_load_channels_finish (UC_STORE (source), result, NULL);
  UcChannel       *channel;
  g_autofree char *partner_id = NULL;

  g_free (hide);
  if (states == NULL || states->len == 0)
    return;
  channel = ((UcChannelState *) g_ptr_array_index (states, 0))->channel;
  partner_id = uc_channel_dup_partner_id (channel, self->context->my_user_id);
  if (partner_id != NULL)
    _uc_session_put_preference (self, "direct_channel_show", partner_id, value);
  else if (channel->type == UC_CHANNEL_GROUP)
    _uc_session_put_preference (self, "group_channel_show", channel->id, value);
}

void
uc_session_set_hidden (UcSession *self, const char *channel_id, gboolean is_hidden)
{
  Hide *hide;

  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_SESSION (self) && channel_id != NULL);

  hide = g_new0 (Hide, 1);
  hide->self = g_object_ref (self);
  hide->is_hidden = is_hidden;
  uc_store_load_channels_async (self->context->store, channel_id, self->cancellable, hide_cb, hide);
}

static void
my_presence_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Presence *presence = user_data;
  g_autoptr (UcSession) self = presence->self;
  g_autoptr (GError) error = NULL;

  (void) !_uc_request_queue_send_finish (UC_REQUEST_QUEUE (source), result, &error);
  if (error == NULL)
    _uc_presence_watch_take (self->presence, self->context->my_user_id, presence->presence);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    _uc_session_notice (self, error->message);
  g_free (presence);
}

void
uc_session_set_my_presence (UcSession *self, UcPresence value)
{
  Presence *presence;

  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_SESSION (self));

  presence = g_new0 (Presence, 1);
  presence->self = g_object_ref (self);
  presence->presence = value;
  _uc_request_queue_send_async (self->context->requests, UC_LANE_COMMAND,
                                uc_request_set_status (self->context->my_user_id, value),
                                self->cancellable, my_presence_cb, presence);
}
