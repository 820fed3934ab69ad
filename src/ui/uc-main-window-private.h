/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-conversation-page.h"
#include "uc-search-page.h"
#include "uc-sidebar-page.h"
#include "uc-sign-in-page.h"
#include "uc-unread-page.h"
#include "uc-welcome-page.h"
#include "uc-main-window.h"

G_BEGIN_DECLS

struct _UcMainWindow {
  AdwApplicationWindow parent_instance;

  AdwToastOverlay        *toasts;
  GtkStack               *stack;
  GtkLabel               *progress_label;
  GtkProgressBar         *progress_bar;
  GtkLabel               *progress_detail;
  AdwStatusPage          *fault_page;
  AdwNavigationView      *way_in;
  AdwNavigationSplitView *split_view;
  AdwNavigationView      *sidebar_view;
  UcSidebarPage          *sidebar_page;

  /* Each (unowned) (nullable) until it is first wanted: see uc-main-window-pages.c. */
  UcWelcomePage *welcome_page;
  UcSignInPage  *sign_in_page;
  UcSearchPage  *search_page;
  UcUnreadPage  *unread_page;

  GSettings          *settings;          /* (owned) */
  GListModel         *accounts;          /* (owned) (nullable) all that run */
  UcWindowAccount    *account;           /* (owned) (nullable) */
  UcConversationPage *conversation_page; /* (unowned) (nullable) of the account */
  GCancellable       *cancellable;       /* (owned) (nullable) of what the account is asked */
  gboolean            has_demo;
  char               *search_origin;            /* (owned) (nullable) where a search was begun */
  gboolean            search_origin_is_content; /* narrow: that was on screen */
};

enum {
  UC_MAIN_WINDOW_SIGNAL_DEMO,
  UC_MAIN_WINDOW_SIGNAL_SIGNED_IN,
  UC_MAIN_WINDOW_SIGNAL_SIGN_IN_AGAIN,
  UC_MAIN_WINDOW_SIGNAL_SIGN_OUT,
  UC_MAIN_WINDOW_SIGNAL_TRY_AGAIN,
  UC_MAIN_WINDOW_SIGNAL_WATCHED_CHANGED,
  UC_MAIN_WINDOW_N_SIGNALS,
};

/* uc-main-window-actions.c */
void _uc_main_window_add_actions (UcMainWindow *self);
void _uc_main_window_update_actions (UcMainWindow *self);

/* uc-main-window-content.c */
void _uc_main_window_close_dialogs (UcMainWindow *self);
void _uc_main_window_open_first (UcMainWindow *self);
void _uc_main_window_update_narrow (UcMainWindow *self);
void _uc_main_window_update_show_flags (UcMainWindow *self);

/* uc-main-window-open.c */
void  _uc_main_window_open_person (UcMainWindow *self, const char *user_id);
void  _uc_main_window_open_link (UcMainWindow *self, const char *post_id);
void  _uc_main_window_open_by_name (UcMainWindow *self, const char *channel_name);
void  _uc_main_window_open_by_username (UcMainWindow *self, const char *username);
void  _uc_main_window_remember (UcMainWindow *self, const char *setting, const char *value);
char *_uc_main_window_dup_remembered (UcMainWindow *self,
                                      const char   *setting) G_GNUC_WARN_UNUSED_RESULT;

/* uc-main-window-search.c */
UcSearchPage *_uc_main_window_show_search (UcMainWindow *self); /* (transfer none) */
void          _uc_main_window_search (UcMainWindow *self, const char *query);
void          _uc_main_window_search_in (UcMainWindow *self, const char *channel_id);
void          _uc_main_window_leave_search (UcMainWindow *self);

/* uc-main-window-call.c */
void _uc_main_window_start_call (UcMainWindow *self);

/* uc-main-window-dialogs.c */
void _uc_main_window_ask_sign_out (UcMainWindow *self);
void _uc_main_window_ask_leave (UcMainWindow *self, const char *channel_id);
void _uc_main_window_explain_notification (UcMainWindow *self,
                                           const char   *message_key,
                                           gboolean      mentions_me);

/* uc-main-window-pages.c: each makes the page when it is not there. */
UcWelcomePage *_uc_main_window_need_welcome (UcMainWindow *self);
UcSignInPage  *_uc_main_window_need_sign_in (UcMainWindow *self);
UcSearchPage  *_uc_main_window_need_search (UcMainWindow *self);
UcUnreadPage  *_uc_main_window_need_unread (UcMainWindow *self);

/* uc-main-window.c */
void _uc_main_window_emit (UcMainWindow *self, guint signal);
void _uc_main_window_emit_signed_in (UcMainWindow *self, UcSignIn *sign_in);

G_END_DECLS
