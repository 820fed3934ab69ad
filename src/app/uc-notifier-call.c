/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A call that comes in rings: a note that stays up until it is answered, ended by who
 * began it, or has rung long enough; then it is a missed one. One rings at a time. */

#include "config.h"

#include "uc-notifier-private.h"

#include "uc-meeting.h"
#include "uc-channel.h"
#include "uc-message.h"
#include "uc-post.h"

#include <glib/gi18n.h>

#define RING_S 45

static gboolean
is_direct (const UcChannelState *state)
{
  return state != NULL &&
         (state->channel->type == UC_CHANNEL_DIRECT || state->channel->type == UC_CHANNEL_GROUP);
}

static void
forget (UcNotifier *self)
{
  g_clear_handle_id (&self->ring_id, g_source_remove);
  g_clear_pointer (&self->ringing, uc_message_unref);
}

/* It was not taken: that is told where it rang. */
static void
miss (UcNotifier *self)
{
  g_autoptr (UcMessage) message = uc_message_ref (self->ringing);
  g_autofree char *title = _uc_notifier_dup_title (self, message);
  g_autoptr (GNotification) note = g_notification_new (title);

  forget (self);
  g_notification_set_default_action_and_target (note, "app.open-message", "(sss)",
                                                uc_window_account_get_id (self->account),
                                                message->post->channel_id, message->post->id);
  g_notification_set_category (note, "call.unanswered");
  _uc_notifier_withdraw_id (self, "call");
  _uc_notifier_send (self, message->post->channel_id, title, _ ("Missed call"), note);
  g_hash_table_add (self->shown, g_strdup (message->post->channel_id));
}

static gboolean
rung_cb (gpointer user_data)
{
  UcNotifier *self = user_data;

  self->ring_id = 0;
  miss (self);

  return G_SOURCE_REMOVE;
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcNotifier) self = user_data;
  g_autoptr (UcMessage) message = uc_store_load_message_finish (UC_STORE (source), result, NULL);
  g_autofree char *address = NULL;

  if (self->account == NULL || self->ringing == NULL || message == NULL ||
      !g_str_equal (message->post->id, self->ringing->post->id))
    return;
  address = uc_meeting_dup_address (message->post, uc_window_account_get_now_ms (self->account));
  if (address == NULL)
    miss (self);
}

/* Something was written: perhaps the call that rings is over. */
void
_uc_notifier_check_call (UcNotifier *self, UcStore *store)
{
  if (self->ringing != NULL)
    uc_store_load_message_async (store, self->ringing->post->id, self->cancellable, ended_cb,
                                 g_object_ref (self));
}

/* It was answered, or the conversation is being looked at. */
void
_uc_notifier_stop_ringing (UcNotifier *self, const char *channel_id)
{
  if (self->ringing == NULL || !g_str_equal (self->ringing->post->channel_id, channel_id))
    return;
  forget (self);
  _uc_notifier_withdraw_id (self, "call");
}

/* FALSE when @message is no call that rings: it is then a message like others. */
gboolean
_uc_notifier_ring (UcNotifier *self, UcMessage *message)
{
  const UcPost    *post = message->post;
  const char      *id = uc_window_account_get_id (self->account);
  g_autofree char *address = NULL, *title = NULL;
  g_autoptr (GNotification) note = NULL;

  if (!is_direct (_uc_notifier_get_state (self, post->channel_id)))
    return FALSE;
  address = uc_meeting_dup_address (post, uc_window_account_get_now_ms (self->account));
  if (address == NULL)
    return FALSE;

  if (self->ringing != NULL)
    miss (self);
  self->ringing = uc_message_ref (message);
  self->ring_id = g_timeout_add_seconds (RING_S, rung_cb, self);
  title = _uc_notifier_dup_title (self, message);
  note = g_notification_new (title);
  g_notification_set_default_action_and_target (note, "app.open-message", "(sss)", id,
                                                post->channel_id, post->id);
  g_notification_add_button_with_target (note, _ ("Join"), "app.join-call", "(sss)", id,
                                         post->channel_id, address);
  g_notification_add_button_with_target (note, _ ("Decline"), "app.mark-read", "(ss)", id,
                                         post->channel_id);
  g_notification_set_category (note, "call.incoming");
  g_notification_set_priority (note, G_NOTIFICATION_PRIORITY_URGENT);
  _uc_notifier_send (self, "call", title, _ ("Incoming call"), note);

  return TRUE;
}
