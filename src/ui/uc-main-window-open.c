/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening: a conversation, a person, a message, by whatever names it. */

#include "config.h"

#include "uc-main-window-private.h"

#include "uc-channel.h"
#include "uc-error.h"
#include "uc-message.h"
#include "uc-post.h"
#include "uc-user.h"

#include <glib/gi18n.h>

/* A setting that holds one value an account. */
void
_uc_main_window_remember (UcMainWindow *self, const char *setting, const char *value)
{
  g_autoptr (GVariant) all = g_settings_get_value (self->settings, setting);
  const char     *account_id = uc_window_account_get_id (self->account);
  GVariantBuilder builder;
  GVariantIter    iter;
  const char     *id, *old;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  g_variant_iter_init (&iter, all);
  while (g_variant_iter_next (&iter, "{&s&s}", &id, &old)) {
    if (!g_str_equal (id, account_id))
      g_variant_builder_add (&builder, "{ss}", id, old);
  }
  g_variant_builder_add (&builder, "{ss}", account_id, value);
  g_settings_set_value (self->settings, setting, g_variant_builder_end (&builder));
}

char *
_uc_main_window_dup_remembered (UcMainWindow *self, const char *setting)
{
  g_autoptr (GVariant) all = g_settings_get_value (self->settings, setting);
  char *value = NULL;

  g_variant_lookup (all, uc_window_account_get_id (self->account), "s", &value);

  return value;
}

/* What was gone to may belong to another team. */
static void
show_conversation (UcMainWindow *self, const char *channel_id)
{
  UcSidebar      *sidebar = uc_window_account_get_sidebar (self->account);
  UcChannelState *state = uc_sidebar_get_state (sidebar, channel_id);

  if (state != NULL && *state->channel->team_id != '\0' &&
      !g_str_equal (state->channel->team_id, uc_sidebar_get_team_id (sidebar)))
    uc_sidebar_set_team_id (sidebar, state->channel->team_id);
  uc_sidebar_page_set_channel_id (self->sidebar_page, channel_id);
  adw_navigation_split_view_set_show_content (self->split_view, TRUE);
  gtk_stack_set_visible_child_name (self->stack, "account");
  _uc_main_window_remember (self, "last-channels", channel_id);
}

/**
 * uc_main_window_open_channel:
 * @channel_id: a conversation of the account
 *
 * Shows the conversation.
 */
void
uc_main_window_open_channel (UcMainWindow *self, const char *channel_id)
{
  g_return_if_fail (UC_IS_MAIN_WINDOW (self));
  g_return_if_fail (channel_id != NULL);

  if (self->account == NULL)
    return;
  show_conversation (self, channel_id);
  uc_conversation_page_open (self->conversation_page, channel_id);
  uc_conversation_page_focus_composer (self->conversation_page);
  _uc_main_window_emit (self, UC_MAIN_WINDOW_SIGNAL_WATCHED_CHANGED);
}

/**
 * uc_main_window_open_message:
 * @channel_id: a conversation of the account
 * @post_id: a message in it, by its id or its key
 *
 * Shows the message in its place.
 */
void
uc_main_window_open_message (UcMainWindow *self, const char *channel_id, const char *post_id)
{
  g_return_if_fail (UC_IS_MAIN_WINDOW (self));
  g_return_if_fail (channel_id != NULL && post_id != NULL);

  if (self->account == NULL)
    return;
  show_conversation (self, channel_id);
  uc_conversation_page_open_message (self->conversation_page, channel_id, post_id);
  _uc_main_window_emit (self, UC_MAIN_WINDOW_SIGNAL_WATCHED_CHANGED);
}

/**
 * uc_main_window_get_channel_id:
 *
 * Returns: (transfer none): the conversation on screen, "" for none
 */
const char *
uc_main_window_get_channel_id (UcMainWindow *self)
{
  g_return_val_if_fail (UC_IS_MAIN_WINDOW (self), "");

  return self->conversation_page != NULL
             ? uc_conversation_page_get_channel_id (self->conversation_page)
             : "";
}

/**
 * uc_main_window_get_watched:
 *
 * Returns: (transfer none): the conversation that somebody is looking at, "" for none;
 *   ::watched-changed tells when that changes
 */
const char *
uc_main_window_get_watched (UcMainWindow *self)
{
  g_return_val_if_fail (UC_IS_MAIN_WINDOW (self), "");

  if (!gtk_window_is_active (GTK_WINDOW (self)) ||
      g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "account") != 0 ||
      (adw_navigation_split_view_get_collapsed (self->split_view) &&
       !adw_navigation_split_view_get_show_content (self->split_view)))
    return "";

  return uc_main_window_get_channel_id (self);
}

static void
report (UcMainWindow *self, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (g_error_matches (error, UC_ERROR, UC_ERROR_OFFLINE))
    uc_main_window_toast (self, _ ("This needs the server, which cannot be reached now."));
  else
    uc_main_window_toast (self, error->message);
}

static void
direct_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcMainWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *channel_id = uc_session_open_direct_finish (UC_SESSION (source), result, &error);

  if (channel_id != NULL)
    uc_main_window_open_channel (self, channel_id);
  else
    report (self, error);
}

void
_uc_main_window_open_person (UcMainWindow *self, const char *user_id)
{
  UcSidebar *sidebar = uc_window_account_get_sidebar (self->account);
  guint      n_items = g_list_model_get_n_items (G_LIST_MODEL (sidebar));

  /* A conversation that is there needs no server. */
  for (guint i = 0; i < n_items; i++) {
    g_autoptr (UcSidebarItem) item = g_list_model_get_item (G_LIST_MODEL (sidebar), i);

    if (g_str_equal (uc_sidebar_item_get_partner_id (item), user_id)) {
      uc_main_window_open_channel (self, uc_sidebar_item_get_channel (item)->id);
      return;
    }
  }
  uc_session_open_direct_async (uc_window_account_get_session (self->account), user_id,
                                self->cancellable, direct_opened_cb, g_object_ref (self));
}

void
_uc_main_window_open_by_username (UcMainWindow *self, const char *username)
{
  const UcUser *user =
      uc_directory_get_by_username (uc_window_account_get_directory (self->account), username);

  if (user != NULL)
    _uc_main_window_open_person (self, user->id);
  else
    uc_main_window_toast (self, _ ("This person is not known here yet."));
}

/* ~channel names one of the present team. */
void
_uc_main_window_open_by_name (UcMainWindow *self, const char *channel_name)
{
  UcSidebar *sidebar = uc_window_account_get_sidebar (self->account);
  guint      n_items = g_list_model_get_n_items (G_LIST_MODEL (sidebar));

  for (guint i = 0; i < n_items; i++) {
    g_autoptr (UcSidebarItem) item = g_list_model_get_item (G_LIST_MODEL (sidebar), i);
    UcChannel *channel = uc_sidebar_item_get_channel (item);

    if (channel != NULL && g_str_equal (channel->name, channel_name)) {
      uc_main_window_open_channel (self, channel->id);
      return;
    }
  }
  uc_main_window_toast (self, _ ("You are not a member of this channel."));
}

static void
link_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcMainWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (UcMessage) message =
      uc_session_load_around_finish (UC_SESSION (source), result, &error);

  if (message != NULL)
    uc_main_window_open_message (self, message->post->channel_id, message->key);
  else
    report (self, error);
}

void
_uc_main_window_open_link (UcMainWindow *self, const char *post_id)
{
  uc_session_load_around_async (uc_window_account_get_session (self->account), post_id,
                                self->cancellable, link_loaded_cb, g_object_ref (self));
}
