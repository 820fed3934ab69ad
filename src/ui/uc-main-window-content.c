/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The account in the window: its pages are joined with it here and parted again. */

#include "config.h"

#include "uc-main-window-private.h"

#include "uc-thread.h"

/* As the breakpoint in uc-main-window.ui has it. */
#define NARROW_WIDTH 720

void
_uc_main_window_update_show_flags (UcMainWindow *self)
{
  UcFlags *flags;
  gboolean show_flags;

  if (self->account == NULL)
    return;
  flags = uc_session_get_flags (uc_window_account_get_session (self->account));
  show_flags =
      g_settings_get_boolean (self->settings, "ai-mode") && uc_flags_is_on (flags, UC_FLAG_ai_mode);
  g_object_set (self->conversation_page, "show-flags", show_flags, NULL);
  if (self->search_page != NULL)
    g_object_set (self->search_page, "show-flags", show_flags, NULL);
}

/* Whether list and conversation stand side by side. Before the first layout the breakpoint
 * of the template has not been tried yet, and the width that is asked for has to do. */
static gboolean
is_wide (UcMainWindow *self)
{
  int width, height;

  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    return !adw_navigation_split_view_get_collapsed (self->split_view);
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);

  return gtk_window_is_maximized (GTK_WINDOW (self)) || width > NARROW_WIDTH;
}

/* While an account is read for the first time, what comes first is nothing to go by. */
static gboolean
is_settled (UcMainWindow *self)
{
  UcSyncState state = uc_session_get_state (uc_window_account_get_session (self->account));

  return state != UC_SYNC_CONNECTING && state != UC_SYNC_CATCHING_UP;
}

/* Wide, an empty content page is a waste: open something as soon as there is something. */
void
_uc_main_window_open_first (UcMainWindow *self)
{
  const char *channel_id;

  if (self->account == NULL || !is_wide (self) || !is_settled (self) ||
      *uc_main_window_get_channel_id (self) != '\0')
    return;
  channel_id = uc_sidebar_page_find_neighbour (self->sidebar_page, 1, FALSE);
  if (channel_id != NULL)
    uc_main_window_open_channel (self, channel_id);
}

static void
team_changed_cb (UcMainWindow *self)
{
  const char *team_id = uc_sidebar_get_team_id (uc_window_account_get_sidebar (self->account));

  if (*team_id != '\0')
    _uc_main_window_remember (self, "last-teams", team_id);
}

void
_uc_main_window_update_narrow (UcMainWindow *self)
{
  if (self->conversation_page != NULL)
    uc_conversation_page_set_narrow (self->conversation_page, !is_wide (self));
}

static void
add_conversation_page (UcMainWindow *self)
{
  UcWindowAccount *account = self->account;

  self->conversation_page = uc_conversation_page_new (uc_window_account_get_session (account),
                                                      uc_window_account_get_directory (account),
                                                      uc_window_account_get_sidebar (account));
  g_settings_bind (self->settings, "use-24h", self->conversation_page, "use-24h",
                   G_SETTINGS_BIND_GET);
  g_settings_bind (self->settings, "send-on-enter", self->conversation_page, "send-on-enter",
                   G_SETTINGS_BIND_GET);
  g_signal_connect_object (self->conversation_page, "open-channel",
                           G_CALLBACK (_uc_main_window_open_by_name), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->conversation_page, "open-user",
                           G_CALLBACK (_uc_main_window_open_by_username), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->conversation_page, "open-message",
                           G_CALLBACK (_uc_main_window_open_link), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->conversation_page, "search", G_CALLBACK (_uc_main_window_search),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->conversation_page, "notice", G_CALLBACK (uc_main_window_toast),
                           self, G_CONNECT_SWAPPED);
  adw_navigation_split_view_set_content (self->split_view,
                                         ADW_NAVIGATION_PAGE (self->conversation_page));
  _uc_main_window_update_narrow (self);
}

static void
state_changed_cb (UcMainWindow *self)
{
  _uc_main_window_update_actions (self);
  _uc_main_window_open_first (self);
}

static void
follow_account (UcMainWindow *self)
{
  UcSession *session = uc_window_account_get_session (self->account);
  UcSidebar *sidebar = uc_window_account_get_sidebar (self->account);

  g_signal_connect_object (session, "notice", G_CALLBACK (uc_main_window_toast), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "state-changed", G_CALLBACK (state_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "statuses-changed", G_CALLBACK (_uc_main_window_update_actions),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (uc_session_get_flags (session), "changed",
                           G_CALLBACK (_uc_main_window_update_show_flags), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sidebar, "notify::team-id", G_CALLBACK (team_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (sidebar, "items-changed", G_CALLBACK (_uc_main_window_open_first), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

/**
 * uc_main_window_show_account:
 * @account: a running account
 *
 * Shows @account from now on, beginning where it was left.
 */
void
uc_main_window_show_account (UcMainWindow *self, UcWindowAccount *account)
{
  g_autofree char *team_id = NULL, *channel_id = NULL;

  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_MAIN_WINDOW (self));
  g_return_if_fail (UC_IS_WINDOW_ACCOUNT (account));

  if (self->account == account) {
    gtk_stack_set_visible_child_name (self->stack, "account");
    return;
  }
  if (self->account != NULL)
    uc_main_window_forget_account (self);
  self->account = g_object_ref (account);
  self->cancellable = g_cancellable_new ();
  add_conversation_page (self);
  follow_account (self);

  team_id = _uc_main_window_dup_remembered (self, "last-teams");
  if (team_id != NULL)
    uc_sidebar_set_team_id (uc_window_account_get_sidebar (account), team_id);
  uc_sidebar_page_set_account (self->sidebar_page, account);
  if (self->search_page != NULL)
    uc_search_page_set_account (self->search_page, account);
  adw_navigation_view_pop_to_tag (self->sidebar_view, "sidebar");
  adw_navigation_split_view_set_show_content (self->split_view, FALSE);
  _uc_main_window_update_show_flags (self);
  _uc_main_window_update_actions (self);

  channel_id = _uc_main_window_dup_remembered (self, "last-channels");
  if (channel_id != NULL && is_wide (self)) {
    uc_conversation_page_open (self->conversation_page, channel_id);
    uc_sidebar_page_set_channel_id (self->sidebar_page, channel_id);
    uc_conversation_page_focus_composer (self->conversation_page);
  } else
    _uc_main_window_open_first (self);
  gtk_stack_set_visible_child_name (self->stack, "account");
}

/* They show the account too. */
void
_uc_main_window_close_dialogs (UcMainWindow *self)
{
  AdwDialog *dialog;

  while ((dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self))) !=
         NULL)
    adw_dialog_force_close (dialog);
}

/**
 * uc_main_window_forget_account:
 *
 * Lets go of the account that is shown; the window shows nothing of it any more.
 */
void
uc_main_window_forget_account (UcMainWindow *self)
{
  UcSession *session;

  g_return_if_fail (UC_IS_MAIN_WINDOW (self));

  if (self->account == NULL)
    return;

  uc_main_window_flush (self);
  _uc_main_window_close_dialogs (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  session = uc_window_account_get_session (self->account);
  g_signal_handlers_disconnect_by_data (session, self);
  g_signal_handlers_disconnect_by_data (uc_session_get_flags (session), self);
  g_signal_handlers_disconnect_by_data (uc_window_account_get_sidebar (self->account), self);
  if (self->search_page != NULL)
    uc_search_page_set_account (self->search_page, NULL);
  g_clear_pointer (&self->search_origin, g_free);
  uc_sidebar_page_set_account (self->sidebar_page, NULL);
  self->conversation_page = NULL;
  adw_navigation_split_view_set_content (self->split_view, NULL);
  g_clear_object (&self->account);
  _uc_main_window_update_actions (self);
}
