/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done with a conversation from the sidebar. Each action takes the
 * conversation's id, so that the menu needs no state of its own. */

#include "config.h"

#include "uc-sidebar-menu.h"

#include "uc-channel.h"

#include <glib/gi18n.h>

static void
append (GMenu *menu, const char *label, const char *action, const char *channel_id)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", channel_id);
  g_menu_append_item (menu, item);
}

/**
 * uc_sidebar_menu_new_model:
 * @item: a conversation
 *
 * Returns: (transfer full): what can be done with it now
 */
GMenuModel *
uc_sidebar_menu_new_model (UcSidebarItem *item)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) marks = g_menu_new ();
  g_autoptr (GMenu) leaving = g_menu_new ();
  UcChannel *channel = uc_sidebar_item_get_channel (item);

  g_return_val_if_fail (channel != NULL, G_MENU_MODEL (menu));

  if (uc_sidebar_item_get_unread (item) > 0 || uc_sidebar_item_get_mentions (item) > 0)
    append (marks, _ ("Mark as _Read"), "sidebar.mark-read", channel->id);
  if (uc_sidebar_item_is_favourite (item))
    append (marks, _ ("Remove from _Favourites"), "sidebar.remove-favourite", channel->id);
  else
    append (marks, _ ("Add to _Favourites"), "sidebar.add-favourite", channel->id);
  if (uc_sidebar_item_is_muted (item))
    append (marks, _ ("Un_mute"), "sidebar.unmute", channel->id);
  else
    append (marks, _ ("_Mute"), "sidebar.mute", channel->id);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (marks));

  if (channel->type == UC_CHANNEL_DIRECT || channel->type == UC_CHANNEL_GROUP)
    append (leaving, _ ("_Close Conversation"), "sidebar.hide", channel->id);
  else
    append (leaving, _ ("_Leave Channel…"), "win.leave-channel", channel->id);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (leaving));

  return G_MENU_MODEL (menu);
}

static void
mark_read_cb (GSimpleAction *action, GVariant *channel_id, gpointer session)
{
  uc_session_mark_read (session, g_variant_get_string (channel_id, NULL));
}

static void
add_favourite_cb (GSimpleAction *action, GVariant *channel_id, gpointer session)
{
  uc_session_set_favourite (session, g_variant_get_string (channel_id, NULL), TRUE);
}

static void
remove_favourite_cb (GSimpleAction *action, GVariant *channel_id, gpointer session)
{
  uc_session_set_favourite (session, g_variant_get_string (channel_id, NULL), FALSE);
}

static void
mute_cb (GSimpleAction *action, GVariant *channel_id, gpointer session)
{
  uc_session_set_muted (session, g_variant_get_string (channel_id, NULL), TRUE);
}

static void
unmute_cb (GSimpleAction *action, GVariant *channel_id, gpointer session)
{
  uc_session_set_muted (session, g_variant_get_string (channel_id, NULL), FALSE);
}

static void
hide_cb (GSimpleAction *action, GVariant *channel_id, gpointer session)
{
  uc_session_set_hidden (session, g_variant_get_string (channel_id, NULL), TRUE);
}

static const GActionEntry entries[] = {
  { "mark-read", mark_read_cb, "s" },
  { "add-favourite", add_favourite_cb, "s" },
  { "remove-favourite", remove_favourite_cb, "s" },
  { "mute", mute_cb, "s" },
  { "unmute", unmute_cb, "s" },
  { "hide", hide_cb, "s" },
};

/**
 * uc_sidebar_menu_add_actions:
 * @session: whom the actions command; must outlive them
 *
 * Adds the actions behind the menu.
 */
void
uc_sidebar_menu_add_actions (GSimpleActionGroup *actions, UcSession *session)
{
  g_return_if_fail (G_IS_SIMPLE_ACTION_GROUP (actions));
  g_return_if_fail (UC_IS_SESSION (session));

  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, G_N_ELEMENTS (entries),
                                   session);
}

/**
 * uc_sidebar_menu_remove_actions:
 *
 * Takes the actions away again.
 */
void
uc_sidebar_menu_remove_actions (GSimpleActionGroup *actions)
{
  g_return_if_fail (G_IS_SIMPLE_ACTION_GROUP (actions));

  g_action_map_remove_action_entries (G_ACTION_MAP (actions), entries, G_N_ELEMENTS (entries));
}
