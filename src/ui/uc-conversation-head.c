/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands above a conversation, in words. */

#include "config.h"

#include "uc-conversation-head.h"

#include "uc-format.h"
#include "uc-markdown.h"
#include "uc-sidebar-presence.h"

struct _UcConversationHead {
  GObject         parent_instance;
  UcSession      *session;     /* (owned) */
  UcDirectory    *directory;   /* (owned) */
  GCancellable   *cancellable; /* (owned) (nullable) of reading; cancelled in dispose */
  char           *channel_id;  /* (owned) "" for none */
  UcChannelState *state;       /* (owned) (nullable) until it is read */
  char           *title;       /* (owned) */
  char           *subtitle;    /* (owned) */
};

G_DEFINE_FINAL_TYPE (UcConversationHead, uc_conversation_head, G_TYPE_OBJECT)

enum {
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static char *
dup_partner_id (UcConversationHead *self)
{
  if (self->state == NULL || self->state->channel->type != UC_CHANNEL_DIRECT)
    return NULL;

  return uc_channel_dup_partner_id (self->state->channel, uc_session_get_user_id (self->session));
}

static char *
dup_subtitle (UcConversationHead *self)
{
  g_autofree char *partner_id = dup_partner_id (self);
  g_autofree char *status = NULL;
  const char      *presence;

  if (self->state == NULL)
    return g_strdup ("");
  if (partner_id == NULL)
    return uc_markdown_to_plain (*self->state->channel->header != '\0'
                                     ? self->state->channel->header
                                     : self->state->channel->purpose);

  presence = uc_sidebar_presence_word (uc_session_get_presence (self->session, partner_id));
  status = uc_format_custom_status (uc_directory_get_user (self->directory, partner_id),
                                    g_get_real_time () / 1000);

  return status != NULL ? g_strdup_printf ("%s · %s", presence, status) : g_strdup (presence);
}

static void
update (UcConversationHead *self)
{
  g_autofree char *title = NULL;
  g_autofree char *subtitle = dup_subtitle (self);

  title = self->state != NULL
              ? uc_directory_dup_channel_name (self->directory, self->state->channel)
              : g_strdup ("");
  g_set_str (&self->title, title);
  g_set_str (&self->subtitle, subtitle);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  UcConversationHead *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) states = uc_store_load_channels_finish (UC_STORE (source), result, &error);

  if (states == NULL) {
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      g_warning ("Reading a channel: %s", error->message);
    return;
  }
  g_clear_pointer (&self->state, uc_channel_state_free);
  if (states->len > 0)
    self->state = g_ptr_array_steal_index (states, 0);
  update (self);
}

static void
load (UcConversationHead *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (*self->channel_id == '\0')
    return;

  self->cancellable = g_cancellable_new ();
  uc_store_load_channels_async (uc_session_get_store (self->session), self->channel_id,
                                self->cancellable, loaded_cb, self);
}

static void
store_changed_cb (UcConversationHead *self, UcChangeSet *changes)
{
  if (*self->channel_id != '\0' &&
      (changes->preferences || uc_change_set_has_channel (changes, self->channel_id)))
    load (self);
}

static void
people_changed_cb (UcConversationHead *self)
{
  if (self->state != NULL)
    update (self);
}

static void
uc_conversation_head_dispose (GObject *object)
{
  UcConversationHead *self = UC_CONVERSATION_HEAD (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->directory);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (uc_conversation_head_parent_class)->dispose (object);
}

static void
uc_conversation_head_finalize (GObject *object)
{
  UcConversationHead *self = UC_CONVERSATION_HEAD (object);

  g_free (self->channel_id);
  g_free (self->title);
  g_free (self->subtitle);
  g_clear_pointer (&self->state, uc_channel_state_free);

  G_OBJECT_CLASS (uc_conversation_head_parent_class)->finalize (object);
}

static void
uc_conversation_head_class_init (UcConversationHeadClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = uc_conversation_head_dispose;
  object_class->finalize = uc_conversation_head_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
uc_conversation_head_init (UcConversationHead *self)
{
  self->channel_id = g_strdup ("");
  self->title = g_strdup ("");
  self->subtitle = g_strdup ("");
}

/**
 * uc_conversation_head_new:
 * @session: the account
 * @directory: its people
 *
 * Returns: (transfer full): the head of no conversation
 */
UcConversationHead *
uc_conversation_head_new (UcSession *session, UcDirectory *directory)
{
  UcConversationHead *self = g_object_new (UC_TYPE_CONVERSATION_HEAD, NULL);

  self->session = g_object_ref (session);
  self->directory = g_object_ref (directory);
  g_signal_connect_object (uc_session_get_store (session), "changed", G_CALLBACK (store_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "statuses-changed", G_CALLBACK (people_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (directory, "user-changed", G_CALLBACK (people_changed_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}

/**
 * uc_conversation_head_set_channel:
 * @self: a head
 * @channel_id: the conversation, "" for none
 *
 * Tells of another conversation, once it is read.
 */
void
uc_conversation_head_set_channel (UcConversationHead *self, const char *channel_id)
{
  g_return_if_fail (UC_IS_CONVERSATION_HEAD (self));

  if (!g_set_str (&self->channel_id, channel_id))
    return;

  load (self);
  if (*channel_id == '\0') {
    g_clear_pointer (&self->state, uc_channel_state_free);
    update (self);
  }
}

/**
 * uc_conversation_head_get_title:
 * @self: a head
 *
 * Returns: (transfer none): its name, "" while it is not known
 */
const char *
uc_conversation_head_get_title (UcConversationHead *self)
{
  g_return_val_if_fail (UC_IS_CONVERSATION_HEAD (self), "");

  return self->title;
}

/**
 * uc_conversation_head_get_subtitle:
 * @self: a head
 *
 * Returns: (transfer none): the topic, or whether the other one is there; may be ""
 */
const char *
uc_conversation_head_get_subtitle (UcConversationHead *self)
{
  g_return_val_if_fail (UC_IS_CONVERSATION_HEAD (self), "");

  return self->subtitle;
}

/**
 * uc_conversation_head_get_presence:
 * @self: a head
 * @presence: (out): whether the other one is there
 *
 * Returns: whether it is a direct conversation, which has another one
 */
gboolean
uc_conversation_head_get_presence (UcConversationHead *self, UcPresence *presence)
{
  g_autofree char *partner_id = NULL;

  g_return_val_if_fail (UC_IS_CONVERSATION_HEAD (self), FALSE);

  partner_id = dup_partner_id (self);
  if (partner_id == NULL)
    return FALSE;
  *presence = uc_session_get_presence (self->session, partner_id);

  return TRUE;
}

/**
 * uc_conversation_head_is_favourite:
 * @self: a head
 *
 * Returns: whether the user has it among the favourites
 */
gboolean
uc_conversation_head_is_favourite (UcConversationHead *self)
{
  g_return_val_if_fail (UC_IS_CONVERSATION_HEAD (self), FALSE);

  return self->state != NULL && self->state->is_favourite;
}
