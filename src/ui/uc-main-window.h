/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-sign-in.h"
#include "uc-window-account.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * UcMainWindow:
 *
 * The window of the program. It shows one thing at a time: the way in (welcome and
 * sign-in), work under way, a fault that needs the user, or an account. App tells it
 * which and hears what the user wants by its signals.
 *
 * |[
 *   UcMainWindow
 *     ├─ UcWelcomePage, UcSignInPage
 *     ├─ progress, fault
 *     └─ AdwNavigationSplitView
 *          ├─ UcSidebarPage, UcSearchPage, UcUnreadPage
 *          └─ UcConversationPage
 * ]|
 *
 * Signals:
 *   "demo" (UcMainWindow *)                    try the demo organisation
 *   "signed-in" (UcMainWindow *, UcSignIn *)   take the account over
 *   "sign-in-again" (UcMainWindow *)           of the account that is shown
 *   "sign-out" (UcMainWindow *)                of the account that is shown, confirmed
 *   "try-again" (UcMainWindow *)               the button of a fault
 *   "watched-changed" (UcMainWindow *)         see uc_main_window_get_watched()
 */
#define UC_TYPE_MAIN_WINDOW (uc_main_window_get_type ())
G_DECLARE_FINAL_TYPE (UcMainWindow, uc_main_window, UC, MAIN_WINDOW, AdwApplicationWindow)

UcMainWindow *uc_main_window_new (AdwApplication *application,
                                  GSettings      *settings) G_GNUC_WARN_UNUSED_RESULT;

void uc_main_window_set_has_demo (UcMainWindow *self, gboolean has_demo);
/* A #GListModel of the #UcWindowAccount that run; once. */
void uc_main_window_set_accounts (UcMainWindow *self, GListModel *accounts);
void uc_main_window_show_welcome (UcMainWindow *self);
/* @server (nullable) is looked at at once. With an account shown the page can be left
 * to it again. */
void uc_main_window_show_sign_in (UcMainWindow *self, const char *server, const char *login);
/* The sign-in that was handed over could not be taken. */
void uc_main_window_fail_sign_in (UcMainWindow *self, const GError *error);
/* @fraction below 0: no telling how long. */
void uc_main_window_show_progress (UcMainWindow *self, const char *text, double fraction);
/* The store is brought up to date; @step is what is being done to it. */
void uc_main_window_show_upgrade (UcMainWindow *self, const char *step, double fraction);
void uc_main_window_show_fault (UcMainWindow *self,
                                const char   *title,
                                const char   *text);
void uc_main_window_show_account (UcMainWindow *self, UcWindowAccount *account);
/* Nothing of the account is used any more after this. */
void uc_main_window_forget_account (UcMainWindow *self);

UcWindowAccount *uc_main_window_get_account (UcMainWindow *self); /* (nullable) */
/* What is on screen, "" for nothing. */
const char *uc_main_window_get_channel_id (UcMainWindow *self);
/* The conversation that somebody is looking at: open, not covered, in the active
 * window; "" for none. */
const char *uc_main_window_get_watched (UcMainWindow *self);
void        uc_main_window_open_channel (UcMainWindow *self, const char *channel_id);
void uc_main_window_open_message (UcMainWindow *self, const char *channel_id, const char *post_id);
void uc_main_window_toast (UcMainWindow *self, const char *text);
/* Closes it with whatever dialog stands over it. */
void uc_main_window_close (UcMainWindow *self);
/* Writes drafts down. */
void uc_main_window_flush (UcMainWindow *self);

G_END_DECLS
