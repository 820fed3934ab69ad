/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening a conversation, or a message in it. What was on screen before stays there until
 * the store has answered. */

#include "config.h"

#include "uc-conversation-pane-private.h"

static void opened_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void jumped_cb (GObject *source, GAsyncResult *result, gpointer user_data);

void
_uc_conversation_pane_set_timeline (UcConversationPane *self, UcTimeline *timeline)
{
  if (self->timeline == timeline)
    return;
  if (self->timeline != NULL)
    g_signal_handlers_disconnect_by_func (self->timeline, _uc_conversation_pane_show_unread, self);
  g_set_object (&self->timeline, timeline);
  g_ptr_array_set_size (self->places, 0);
  if (timeline != NULL)
    g_signal_connect_object (timeline, "notify::n-skipped",
                             G_CALLBACK (_uc_conversation_pane_show_unread), self,
                             G_CONNECT_SWAPPED);
  _uc_conversation_pane_show_unread (self);
}

static void
finish_open (UcConversationPane *self, UcTimeline *timeline, int position)
{
  _uc_conversation_pane_set_timeline (self, timeline);
  self->n_missed = 0;
  uc_conversation_list_set_timeline (self->list, timeline, position);
  _uc_conversation_pane_show_jump (self);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  UcConversationPane *self = user_data;
  g_autoptr (GError) error = NULL;
  int position = -1;

  if (uc_timeline_open_finish (UC_TIMELINE (source), result, &position, &error))
    finish_open (self, UC_TIMELINE (source), position);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit_by_name (self, "notice", error->message);
}

static void
jumped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  UcConversationPane *self = user_data;
  UcTimeline         *timeline = UC_TIMELINE (source);
  g_autoptr (GError) error = NULL;
  const int position = uc_timeline_jump_finish (timeline, result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error != NULL) {
    g_signal_emit_by_name (self, "notice", error->message);
    /* The conversation, at least. */
    if (self->timeline != timeline)
      uc_timeline_open_async (timeline, self->cancellable, opened_cb, self);
    return;
  }
  if (self->timeline != timeline)
    finish_open (self, timeline, position);
  if (position >= 0)
    uc_conversation_list_show_message (self->list, position);
}

static void
jump (UcConversationPane *self, UcTimeline *timeline, const char *post_id)
{
  uc_timeline_jump_async (timeline, post_id, self->cancellable, jumped_cb, self);
}

/**
 * uc_conversation_pane_open:
 * @self: a pane
 * @channel_id: (nullable): the conversation, %NULL for none
 * @root_id: the thread, "" for the channel as a whole
 * @post_id: (nullable): a message to show in its place, fetched when it must be
 *
 * Shows a conversation from the store; when it is there already, at most moves in it.
 */
void
uc_conversation_pane_open (UcConversationPane *self,
                           const char         *channel_id,
                           const char         *root_id,
                           const char         *post_id)
{
  g_autoptr (UcTimeline) timeline = NULL;
  gboolean is_same;

  g_return_if_fail (UC_IS_CONVERSATION_PANE (self));

  if (channel_id == NULL)
    channel_id = "";
  is_same = g_str_equal (self->channel_id, channel_id) && g_str_equal (self->root_id, root_id);
  if (is_same && (post_id == NULL || *channel_id == '\0'))
    return;

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (is_same && self->timeline != NULL) {
    _uc_conversation_pane_keep_place (self);
    jump (self, self->timeline, post_id);
    return;
  }

  g_set_str (&self->channel_id, channel_id);
  g_set_str (&self->root_id, root_id);
  uc_composer_set_target (self->composer, *channel_id != '\0' ? channel_id : NULL, root_id);
  _uc_conversation_pane_show_typing (self);
  if (*channel_id == '\0') {
    _uc_conversation_pane_set_timeline (self, NULL);
    uc_conversation_list_set_timeline (self->list, NULL, -1);
    return;
  }

  timeline = uc_timeline_new (self->session, self->directory, channel_id, root_id);
  if (post_id != NULL)
    jump (self, timeline, post_id);
  else
    uc_timeline_open_async (timeline, self->cancellable, opened_cb, self);
}
