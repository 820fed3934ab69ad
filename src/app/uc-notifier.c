/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which messages are notified, and what the notification says. */

#include "config.h"

#include "uc-notifier.h"

#include "uc-channel.h"
#include "uc-markdown.h"
#include "uc-message.h"
#include "uc-post.h"

#include <glib/gi18n.h>

struct _UcNotifier {
  GObject parent_instance;

  GApplication    *application; /* (unowned) outlives us */
  GSettings       *settings;    /* (owned) */
  UcWindowAccount *account;     /* (owned) */
  GHashTable      *shown;       /* (owned) (element-type utf8): channels with a notification */
  char            *watched;     /* (owned) */
};

G_DEFINE_FINAL_TYPE (UcNotifier, uc_notifier, G_TYPE_OBJECT)

static char *
dup_notification_id (UcNotifier *self, const char *channel_id)
{
  return g_strconcat (uc_window_account_get_id (self->account), "/", channel_id, NULL);
}

static void
withdraw (UcNotifier *self, const char *channel_id)
{
  g_autofree char *id = dup_notification_id (self, channel_id);

  if (g_hash_table_remove (self->shown, channel_id))
    g_application_withdraw_notification (self->application, id);
}

static gboolean
is_wanted (UcNotifier *self, const UcMessage *message, gboolean mentions_me)
{
  UcSession            *session = uc_window_account_get_session (self->account);
  const UcChannelState *state = uc_sidebar_get_state (uc_window_account_get_sidebar (self->account),
                                                      message->post->channel_id);
  gboolean              is_direct = state != NULL && (state->channel->type == UC_CHANNEL_DIRECT ||
                                         state->channel->type == UC_CHANNEL_GROUP);
  gboolean is_muted = state != NULL && state->member != NULL && state->member->is_muted;

  if (!g_settings_get_boolean (self->settings, "notifications") ||
      g_str_equal (message->post->channel_id, self->watched) || uc_post_is_system (message->post))
    return FALSE;
  if (uc_session_get_presence (session, uc_session_get_user_id (session)) == UC_PRESENCE_DND)
    return FALSE;

  return mentions_me || (is_direct && !is_muted);
}

static char *
dup_title (UcNotifier *self, const UcMessage *message)
{
  UcDirectory          *directory = uc_window_account_get_directory (self->account);
  const UcPost         *post = message->post;
  const UcChannelState *state =
      uc_sidebar_get_state (uc_window_account_get_sidebar (self->account), post->channel_id);
  g_autofree char *author = post->override_name != NULL
                                ? g_strdup (post->override_name)
                                : uc_directory_dup_name (directory, post->user_id);
  g_autofree char *channel = NULL;

  if (state == NULL || state->channel->type == UC_CHANNEL_DIRECT)
    return g_steal_pointer (&author);
  channel = uc_directory_dup_channel_name (directory, state->channel);

  /* Translators: title of a notification: author, channel. */
  return g_strdup_printf (_ ("%s in %s"), author, channel);
}

static void
posted_cb (UcNotifier *self, UcMessage *message, gboolean mentions_me)
{
  const UcPost *post = message->post;
  g_autoptr (GNotification) notification = NULL;
  g_autofree char *id = NULL, *title = NULL, *body = NULL;

  if (!is_wanted (self, message, mentions_me))
    return;

  title = dup_title (self, message);
  if (!g_settings_get_boolean (self->settings, "notification-preview"))
    body = g_strdup (_ ("New message"));
  else
    body = uc_markdown_to_plain (post->message);
  if (*body == '\0')
    g_set_str (&body, _ ("Sent a file"));

  notification = g_notification_new (title);
  g_notification_set_body (notification, body);
  g_notification_set_category (notification, "im.received");
  g_notification_set_priority (notification, G_NOTIFICATION_PRIORITY_HIGH);
  g_notification_set_default_action_and_target (notification, "app.open-message", "(sss)",
                                                uc_window_account_get_id (self->account),
                                                post->channel_id, post->id);
  id = dup_notification_id (self, post->channel_id);
  g_application_send_notification (self->application, id, notification);
  g_hash_table_add (self->shown, g_strdup (post->channel_id));
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcNotifier) self = user_data;
  g_autoptr (GPtrArray) states = uc_store_load_channels_finish (UC_STORE (source), result, NULL);
  const UcChannelState *state;

  if (states == NULL || states->len == 0)
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
  if (g_hash_table_size (self->shown) == 0)
    return;
  for (guint i = 0; i < changes->channel_ids->len; i++) {
    const char *channel_id = g_ptr_array_index (changes->channel_ids, i);

    if (g_hash_table_contains (self->shown, channel_id))
      uc_store_load_channels_async (store, channel_id, NULL, read_cb, g_object_ref (self));
  }
}

static void
uc_notifier_dispose (GObject *object)
{
  UcNotifier *self = UC_NOTIFIER (object);

  g_clear_object (&self->account);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (uc_notifier_parent_class)->dispose (object);
}

static void
uc_notifier_finalize (GObject *object)
{
  UcNotifier *self = UC_NOTIFIER (object);

  g_hash_table_unref (self->shown);
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
  self->shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
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
  g_signal_connect_object (uc_session_get_store (session), "changed", G_CALLBACK (store_changed_cb),
                           self, G_CONNECT_SWAPPED);

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
