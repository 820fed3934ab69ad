/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is on screen: read before all others, and marked as read while somebody looks
 * at it. */

#include "config.h"

#include "uc-session-private.h"

#include "uc-thread.h"

/* Messages that come in a burst are marked as read together. */
#define VIEW_DELAY_MS 400

static void visible_state_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
view_due_cb (gpointer user_data)
{
  UcSession *self = user_data;

  self->view_id = 0;
  if (self->visible_id != NULL && self->is_focused)
    uc_store_load_channels_async (self->context->store, self->visible_id, self->cancellable,
                                  visible_state_cb, g_object_ref (self));
}

static void
visible_state_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcSession) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) states = uc_store_load_channels_finish (UC_STORE (source), result, &error);
  UcChannelState *state;

  if (states == NULL || states->len == 0 || !self->is_focused)
    return;
  state = g_ptr_array_index (states, 0);
  if (state->member == NULL || g_strcmp0 (state->channel->id, self->visible_id) != 0)
    return;
  /* Not `unread`, which is 0 for a muted channel. */
  if (state->channel->total_msg_count > state->member->read_msg_count ||
      state->member->mention_count > 0)
    uc_session_mark_read (self, state->channel->id);
}

static void
schedule_view (UcSession *self)
{
  if (self->view_id == 0 && self->visible_id != NULL && self->is_focused)
    self->view_id = g_timeout_add_once (VIEW_DELAY_MS, view_due_cb, self);
}

static void
store_changed_cb (UcStore *store, UcChangeSet *changes, UcSession *self)
{
  if (self->visible_id != NULL && self->is_focused &&
      uc_change_set_has_channel (changes, self->visible_id))
    schedule_view (self);
}

void
_uc_session_watch_visible (UcSession *self)
{
  self->changed_id =
      g_signal_connect (self->context->store, "changed", G_CALLBACK (store_changed_cb), self);
}

/**
 * uc_session_set_visible:
 * @self: a session
 * @channel_id: (nullable): the conversation on screen
 * @is_focused: whether somebody is looking at it
 *
 * It is read before all others, and marked as read while somebody looks.
 */
void
uc_session_set_visible (UcSession *self, const char *channel_id, gboolean is_focused)
{
  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_SESSION (self));

  if (g_set_str (&self->visible_id, channel_id) && channel_id != NULL)
    _uc_file_ahead_take_channel (self->ahead, channel_id);
  self->is_focused = is_focused;
  _uc_reader_set_visible (_uc_engine_get_reader (self->engine), channel_id);
  schedule_view (self);
}
