/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Notifications of one account: a message that was just pushed is told by itself. What
 * came before that is told once, by uc-notifier-away.c. */

#include "config.h"

#include "uc-notifier-private.h"

#include "uc-channel.h"
#include "uc-markdown.h"
#include "uc-message.h"
#include "uc-notify-rule.h"
#include "uc-post.h"

#include <glib/gi18n.h>

/* A pushed message that is older came late: a stream that was resumed. */
#define LATE_MS (60 * 1000)

G_DEFINE_FINAL_TYPE (UcNotifier, uc_notifier, G_TYPE_OBJECT)

static char *
dup_notification_id (UcNotifier *self, const char *name)
{
  return g_strconcat (uc_window_account_get_id (self->account), "/", name, NULL);
}

void
_uc_notifier_withdraw_id (UcNotifier *self, const char *name)
{
  g_autofree char *id = dup_notification_id (self, name);

  g_application_withdraw_notification (self->application, id);
}

/* The digest goes when all that it told of has been read. */
static void
withdraw (UcNotifier *self, const char *channel_id)
{
  _uc_notifier_stop_ringing (self, channel_id);
  if (g_hash_table_remove (self->shown, channel_id))
    _uc_notifier_withdraw_id (self, channel_id);
  if (g_hash_table_remove (self->in_digest, channel_id) && g_hash_table_size (self->in_digest) == 0)
    _uc_notifier_withdraw_id (self, "digest");
}

void
_uc_notifier_send (UcNotifier    *self,
                   const char    *name,
                   const char    *title,
                   const char    *body,
                   GNotification *note)
{
  g_autofree char *id = dup_notification_id (self, name);

  g_notification_set_title (note, title);
  g_notification_set_body (note, body);
  g_application_send_notification (self->application, id, note);
}

const UcChannelState *
_uc_notifier_get_state (UcNotifier *self, const char *channel_id)
{
  return uc_sidebar_get_state (uc_window_account_get_sidebar (self->account), channel_id);
}

/* -- One message ------------------------------------------------------------------------- */

static gboolean
is_wanted (UcNotifier *self, const UcMessage *message, gboolean mentions_me)
{
  UcSession         *session = uc_window_account_get_session (self->account);
  const char        *my_id = uc_session_get_user_id (session);
  const UcNotifyCase one = {
    .post = message->post,
    .state = _uc_notifier_get_state (self, message->post->channel_id),
    .me = uc_window_account_get_me (self->account),
    .my_user_id = my_id,
    .presence = uc_session_get_presence (session, my_id),
    .mentions_me = mentions_me,
    .is_on_here = g_settings_get_boolean (self->settings, "notifications"),
    .is_watched = g_str_equal (message->post->channel_id, self->watched),
  };

  return uc_notify_reason_is_yes (uc_notify_decide (&one));
}

char *
_uc_notifier_dup_title (UcNotifier *self, const UcMessage *message)
{
  UcDirectory          *directory = uc_window_account_get_directory (self->account);
  const UcPost         *post = message->post;
  const UcChannelState *state = _uc_notifier_get_state (self, post->channel_id);
  g_autofree char      *author = post->override_name != NULL
                                     ? g_strdup (post->override_name)
                                     : uc_directory_dup_name (directory, post->user_id);
  g_autofree char      *channel = NULL;

  if (state == NULL || state->channel->type == UC_CHANNEL_DIRECT)
    return g_steal_pointer (&author);
  channel = uc_directory_dup_channel_name (directory, state->channel);

  /* Translators: title of a notification: author, channel. */
  return g_strdup_printf (_ ("%s in %s"), author, channel);
}

static char *
dup_body (UcNotifier *self, const UcPost *post)
{
  g_autofree char *body = NULL;

  if (!g_settings_get_boolean (self->settings, "notification-preview"))
    return g_strdup (_ ("New message"));
  body = uc_markdown_to_plain (post->message);

  return *body != '\0' ? g_steal_pointer (&body) : g_strdup (_ ("Sent a file"));
}

static void
add_actions (UcNotifier *self, GNotification *note, const UcPost *post)
{
  const char *id = uc_window_account_get_id (self->account);

  g_notification_set_default_action_and_target (note, "app.open-message", "(sss)", id,
                                                post->channel_id, post->id);
  g_notification_add_button_with_target (note, _ ("Reply"), "app.reply", "(sss)", id,
                                         post->channel_id, post->id);
  g_notification_add_button_with_target (note, _ ("Mark as Read"), "app.mark-read", "(ss)", id,
                                         post->channel_id);
  g_notification_add_button_with_target (note, _ ("Mute"), "app.mute", "(ss)", id,
                                         post->channel_id);
}

static void
posted_cb (UcNotifier *self, UcMessage *message, gboolean mentions_me)
{
  const UcPost *post = message->post;
  g_autoptr (GNotification) note = NULL;
  g_autofree char *title = NULL, *body = NULL;

  if (!is_wanted (self, message, mentions_me))
    return;
  if (uc_window_account_get_now_ms (self->account) - post->create_at_ms > LATE_MS) {
    _uc_notifier_queue_digest (self);
    return;
  }
  if (_uc_notifier_ring (self, message))
    return;
  title = _uc_notifier_dup_title (self, message);
  body = dup_body (self, post);
  note = g_notification_new (title);
  g_notification_set_category (note, "im.received");
  g_notification_set_priority (note, G_NOTIFICATION_PRIORITY_HIGH);
  add_actions (self, note, post);
  _uc_notifier_send (self, post->channel_id, title, body, note);
  g_hash_table_add (self->shown, g_strdup (post->channel_id));
  if (self->before != NULL)
    uc_notifier_counts_add (self->before, post->channel_id);
}

/* -- Reading -------------------------------------------------------------------------------- */

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcNotifier) self = user_data;
  g_autoptr (GPtrArray) states = uc_store_load_channels_finish (UC_STORE (source), result, NULL);
  const UcChannelState *state;

  if (states == NULL || states->len == 0 || self->account == NULL)
    return;
  state = g_ptr_array_index (states, 0);
  if (state->unread == 0 && state->mentions == 0)
    withdraw (self, state->channel->id);
}

/* Read here or on another device: the note has done its work. The sidebar has not heard
 * of the change yet, so the store is asked. */
static void
store_changed_cb (UcNotifier *self, UcChangeSet *changes, UcStore *store)
{
  _uc_notifier_check_call (self, store);
  for (guint i = 0; i < changes->channel_ids->len; i++) {
    const char *channel_id = g_ptr_array_index (changes->channel_ids, i);

    if (g_hash_table_contains (self->shown, channel_id) ||
        g_hash_table_contains (self->in_digest, channel_id) || self->ringing != NULL)
      uc_store_load_channels_async (store, channel_id, self->cancellable, read_cb,
                                    g_object_ref (self));
  }
}

/* -- The class ------------------------------------------------------------------------------- */

static void
uc_notifier_dispose (GObject *object)
{
  UcNotifier *self = UC_NOTIFIER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->digest_id, g_source_remove);
  g_clear_handle_id (&self->ring_id, g_source_remove);
  g_clear_pointer (&self->ringing, uc_message_unref);
  g_clear_object (&self->account);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (uc_notifier_parent_class)->dispose (object);
}

static void
uc_notifier_finalize (GObject *object)
{
  UcNotifier *self = UC_NOTIFIER (object);

  g_clear_pointer (&self->before, uc_notifier_counts_free);
  g_object_unref (self->cancellable);
  g_hash_table_unref (self->shown);
  g_hash_table_unref (self->in_digest);
  g_free (self->watched);

  G_OBJECT_CLASS (uc_notifier_parent_class)->finalize (object);
}

static void
uc_notifier_class_init (UcNotifierClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = uc_notifier_dispose;
  object_class->finalize = uc_notifier_finalize;
}

static void
uc_notifier_init (UcNotifier *self)
{
  self->cancellable = g_cancellable_new ();
  self->shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->in_digest = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->watched = g_strdup ("");
}

/**
 * uc_notifier_new:
 * @application: who sends the notifications
 * @settings: the program's settings
 * @account: a running account
 *
 * Returns: (transfer full): a notifier at work
 */
UcNotifier *
uc_notifier_new (GApplication *application, GSettings *settings, UcWindowAccount *account)
{
  UcNotifier *self;
  UcSession  *session;

  g_return_val_if_fail (G_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);
  g_return_val_if_fail (UC_IS_WINDOW_ACCOUNT (account), NULL);

  self = g_object_new (UC_TYPE_NOTIFIER, NULL);
  self->application = application;
  self->settings = g_object_ref (settings);
  self->account = g_object_ref (account);
  session = uc_window_account_get_session (account);
  g_signal_connect_object (session, "posted", G_CALLBACK (posted_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "state-changed", G_CALLBACK (_uc_notifier_state_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (uc_session_get_store (session), "changed", G_CALLBACK (store_changed_cb),
                           self, G_CONNECT_SWAPPED);
  _uc_notifier_state_changed_cb (self, session);

  return self;
}

/**
 * uc_notifier_set_watched:
 * @channel_id: the conversation that is being looked at, "" for none
 *
 * Keeps quiet about @channel_id from now on.
 */
void
uc_notifier_set_watched (UcNotifier *self, const char *channel_id)
{
  g_return_if_fail (UC_IS_NOTIFIER (self));
  g_return_if_fail (channel_id != NULL);

  if (!g_set_str (&self->watched, channel_id))
    return;
  if (*channel_id != '\0')
    withdraw (self, channel_id);
}
