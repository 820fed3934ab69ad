/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The actions of the window, `win.*`. Those of the account are off without one. */

#include "config.h"

#include "uc-main-window-private.h"

#include "uc-about.h"
#include "uc-preferences.h"
#include "uc-row-announce.h"
#include "uc-shortcuts.h"
#include "uc-sidebar-picker.h"
#include "uc-status-dialog.h"
#include "uc-switcher.h"

#include "uc-channel.h"

#include <glib/gi18n.h>

/* One dialog at a time: a second press of the keys must not stack them. */
static void
present_dialog (UcMainWindow *self, AdwDialog *dialog)
{
  if (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self)) != NULL) {
    g_object_ref_sink (dialog);
    g_object_unref (dialog);
    return;
  }
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
show_about_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UcMainWindow *self = user_data;

  present_dialog (self, uc_about_dialog_new (self->account));
}

static void
show_shortcuts_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  present_dialog (user_data, uc_shortcuts_dialog_new ());
}

static void
show_preferences_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UcMainWindow *self = user_data;

  present_dialog (self, uc_preferences_new (self->account, self->settings));
}

static void
show_switcher_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UcMainWindow *self = user_data;

  present_dialog (self, uc_switcher_new (self->account));
}

static void
set_status_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UcMainWindow *self = user_data;

  present_dialog (self, uc_status_dialog_new (self->account));
}

static void
start_call_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  _uc_main_window_start_call (user_data);
}

static void
new_direct_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UcMainWindow *self = user_data;

  present_dialog (self, uc_sidebar_picker_new (UC_PICK_PERSON, self->account));
}

static void
browse_channels_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UcMainWindow *self = user_data;

  present_dialog (self, uc_sidebar_picker_new (UC_PICK_CHANNEL, self->account));
}

static void
search_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  _uc_main_window_search_in (user_data, "");
}

static void
search_here_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  _uc_main_window_search_in (user_data, uc_main_window_get_channel_id (user_data));
}

static void
show_unread_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UcMainWindow *self = user_data;

  AdwNavigationPage *page = ADW_NAVIGATION_PAGE (_uc_main_window_need_unread (self));

  adw_navigation_split_view_set_show_content (self->split_view, FALSE);
  if (adw_navigation_view_get_visible_page (self->sidebar_view) != page)
    adw_navigation_view_push (self->sidebar_view, page);
}

/* Which one is shown is the application's to change. */
static void
show_account_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_widget_activate_action (GTK_WIDGET (user_data), "app.show-account", "s",
                              g_variant_get_string (parameter, NULL));
}

static void
open_channel_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  uc_main_window_open_channel (user_data, g_variant_get_string (parameter, NULL));
}

static void
open_found_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  const char *channel_id, *post_id;

  g_variant_get (parameter, "(&s&s)", &channel_id, &post_id);
  uc_main_window_open_message (user_data, channel_id, post_id);
  uc_conversation_page_focus_composer (UC_MAIN_WINDOW (user_data)->conversation_page);
}

/* The focus stays in the results. */
static void
preview_found_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  const char *channel_id, *post_id;

  g_variant_get (parameter, "(&s&s)", &channel_id, &post_id);
  uc_main_window_open_message (user_data, channel_id, post_id);
}

static void
open_person_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  _uc_main_window_open_person (user_data, g_variant_get_string (parameter, NULL));
}

static void
open_team_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UcMainWindow *self = user_data;

  uc_sidebar_set_team_id (uc_window_account_get_sidebar (self->account),
                          g_variant_get_string (parameter, NULL));
}

static void
open_neighbour (UcMainWindow *self, int step, gboolean only_unread)
{
  const char *channel_id = uc_sidebar_page_find_neighbour (self->sidebar_page, step, only_unread);

  if (channel_id != NULL)
    uc_main_window_open_channel (self, channel_id);
  else if (only_unread)
    uc_main_window_toast (self, _ ("Nothing else is unread."));
}

static void
previous_conversation_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  open_neighbour (user_data, -1, FALSE);
}

static void
next_conversation_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  open_neighbour (user_data, 1, FALSE);
}

static void
previous_unread_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  open_neighbour (user_data, -1, TRUE);
}

static void
next_unread_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  open_neighbour (user_data, 1, TRUE);
}

static void
mark_all_read_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UcMainWindow *self = user_data;
  UcSession    *session = uc_window_account_get_session (self->account);
  UcSidebar    *sidebar = uc_window_account_get_sidebar (self->account);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (sidebar));

  /* Marking may change the list that is walked over. */
  for (guint i = 0; i < n_items; i++) {
    g_autoptr (UcSidebarItem) item = g_list_model_get_item (G_LIST_MODEL (sidebar), i);

    if (uc_sidebar_item_get_unread (item) > 0 || uc_sidebar_item_get_mentions (item) > 0)
      g_ptr_array_add (ids, g_strdup (uc_sidebar_item_get_channel (item)->id));
  }
  for (guint i = 0; i < ids->len; i++)
    uc_session_mark_read (session, g_ptr_array_index (ids, i));
}

static void
focus_sidebar_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UcMainWindow *self = user_data;

  adw_navigation_split_view_set_show_content (self->split_view, FALSE);
  adw_navigation_view_pop_to_page (self->sidebar_view, ADW_NAVIGATION_PAGE (self->sidebar_page));
  uc_sidebar_page_focus (self->sidebar_page);
}

static void
focus_composer_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UcMainWindow *self = user_data;

  adw_navigation_split_view_set_show_content (self->split_view, TRUE);
  uc_conversation_page_focus_composer (self->conversation_page);
}

static void
go_to_day_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  uc_conversation_page_choose_day (((UcMainWindow *) user_data)->conversation_page);
}

static void
go_to_unread_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  uc_conversation_page_jump_unread (((UcMainWindow *) user_data)->conversation_page);
}

static void
go_to_newest_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  uc_conversation_page_jump_newest (((UcMainWindow *) user_data)->conversation_page);
}

static void
go_back_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  uc_conversation_page_go_back (((UcMainWindow *) user_data)->conversation_page);
}

static void
leave_search_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  _uc_main_window_leave_search (user_data);
}

static void
focus_results_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  uc_search_page_focus_results (_uc_main_window_show_search (user_data));
}

/* Pressed on and on at the end, it must not stack toasts. */
static void
open_next (UcMainWindow *self, int step)
{
  if (self->search_page != NULL && uc_search_page_open_next (self->search_page, step))
    return;
  gtk_widget_error_bell (GTK_WIDGET (self));
  uc_row_announce (GTK_WIDGET (self->split_view), _ ("There are no more results"));
}

static void
next_result_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  open_next (user_data, 1);
}

static void
previous_result_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  open_next (user_data, -1);
}

static void
set_presence_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UcMainWindow *self = user_data;

  uc_session_set_my_presence (uc_window_account_get_session (self->account),
                              uc_presence_from_string (g_variant_get_string (parameter, NULL)));
}

static void
retry_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UcMainWindow *self = user_data;

  uc_session_retry_now (uc_window_account_get_session (self->account));
}

static void
unlock_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UcMainWindow *self = user_data;

  uc_session_unlock (uc_window_account_get_session (self->account));
}

static void
sign_in_again_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  _uc_main_window_emit (user_data, UC_MAIN_WINDOW_SIGNAL_SIGN_IN_AGAIN);
}

static void
sign_out_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  _uc_main_window_ask_sign_out (user_data);
}

static void
leave_channel_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  _uc_main_window_ask_leave (user_data, g_variant_get_string (parameter, NULL));
}

static void
explain_notification_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  const char *message_key;
  gboolean    mentions_me;

  g_variant_get (parameter, "(&sb)", &message_key, &mentions_me);
  _uc_main_window_explain_notification (user_data, message_key, mentions_me);
}

static const GActionEntry always_entries[] = {
  { "show-about", show_about_cb },
  { "show-shortcuts", show_shortcuts_cb },
};

static const GActionEntry account_entries[] = {
  { "show-preferences", show_preferences_cb },
  { "show-switcher", show_switcher_cb },
  { "new-direct", new_direct_cb },
  { "browse-channels", browse_channels_cb },
  { "search", search_cb },
  { "search-here", search_here_cb },
  { "focus-results", focus_results_cb },
  { "next-result", next_result_cb },
  { "previous-result", previous_result_cb },
  { "show-unread", show_unread_cb },
  { "show-account", show_account_cb, "s", "''" },
  { "open-channel", open_channel_cb, "s" },
  { "open-found", open_found_cb, "(ss)" },
  { "preview-found", preview_found_cb, "(ss)" },
  { "open-person", open_person_cb, "s" },
  { "open-team", open_team_cb, "s" },
  { "previous-conversation", previous_conversation_cb },
  { "next-conversation", next_conversation_cb },
  { "previous-unread", previous_unread_cb },
  { "next-unread", next_unread_cb },
  { "mark-all-read", mark_all_read_cb },
  { "focus-sidebar", focus_sidebar_cb },
  { "focus-composer", focus_composer_cb },
  { "go-to-day", go_to_day_cb },
  { "go-to-unread", go_to_unread_cb },
  { "go-to-newest", go_to_newest_cb },
  { "go-back", go_back_cb },
  { "leave-search", leave_search_cb },
  { "set-presence", set_presence_cb, "s", "'offline'" },
  { "set-status", set_status_cb },
  { "start-call", start_call_cb },
  { "retry", retry_cb },
  { "unlock", unlock_cb },
  { "sign-in-again", sign_in_again_cb },
  { "sign-out", sign_out_cb },
  { "leave-channel", leave_channel_cb, "s" },
  { "explain-notification", explain_notification_cb, "(sb)" },
};

void
_uc_main_window_add_actions (UcMainWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), always_entries,
                                   G_N_ELEMENTS (always_entries), self);
  g_action_map_add_action_entries (G_ACTION_MAP (self), account_entries,
                                   G_N_ELEMENTS (account_entries), self);
  _uc_main_window_update_actions (self);
}

void
_uc_main_window_update_actions (UcMainWindow *self)
{
  UcSession *session = self->account != NULL ? uc_window_account_get_session (self->account) : NULL;
  gboolean   is_connected = session != NULL && (uc_session_get_state (session) == UC_SYNC_LIVE ||
                                              uc_session_get_state (session) == UC_SYNC_POLLING);

  for (guint i = 0; i < G_N_ELEMENTS (account_entries); i++) {
    GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), account_entries[i].name);

    g_simple_action_set_enabled (G_SIMPLE_ACTION (action), self->account != NULL);
  }
  if (session != NULL) {
    GAction   *action = g_action_map_lookup_action (G_ACTION_MAP (self), "set-presence");
    GAction   *shown = g_action_map_lookup_action (G_ACTION_MAP (self), "show-account");
    UcPresence presence = uc_session_get_presence (session, uc_session_get_user_id (session));

    g_simple_action_set_state (G_SIMPLE_ACTION (shown),
                               g_variant_new_string (uc_window_account_get_id (self->account)));
    g_simple_action_set_enabled (G_SIMPLE_ACTION (action), is_connected);
    g_simple_action_set_state (G_SIMPLE_ACTION (action),
                               g_variant_new_string (uc_presence_to_string (presence)));
  }
}
