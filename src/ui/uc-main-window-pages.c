/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pages that are not seen at every start. Each is made when it is first wanted and
 * then kept, so that the window comes up with what it shows and nothing else. */

#include "config.h"

#include "uc-main-window-private.h"

static void
sign_in_wanted_cb (UcMainWindow *self)
{
  uc_main_window_show_sign_in (self, NULL, NULL);
}

static void
demo_wanted_cb (UcMainWindow *self)
{
  _uc_main_window_emit (self, UC_MAIN_WINDOW_SIGNAL_DEMO);
}

/* (transfer none) */
UcWelcomePage *
_uc_main_window_need_welcome (UcMainWindow *self)
{
  if (self->welcome_page == NULL) {
    self->welcome_page = g_object_new (UC_TYPE_WELCOME_PAGE, NULL);
    uc_welcome_page_set_has_demo (self->welcome_page, self->has_demo);
    g_signal_connect_object (self->welcome_page, "sign-in", G_CALLBACK (sign_in_wanted_cb), self,
                             G_CONNECT_SWAPPED);
    g_signal_connect_object (self->welcome_page, "demo", G_CALLBACK (demo_wanted_cb), self,
                             G_CONNECT_SWAPPED);
    adw_navigation_view_add (self->way_in, ADW_NAVIGATION_PAGE (self->welcome_page));
  }

  return self->welcome_page;
}

UcSignInPage *
_uc_main_window_need_sign_in (UcMainWindow *self)
{
  if (self->sign_in_page == NULL) {
    /* The page one comes back to, and the first that is added is the one that is shown. */
    _uc_main_window_need_welcome (self);
    self->sign_in_page = g_object_new (UC_TYPE_SIGN_IN_PAGE, NULL);
    g_signal_connect_object (self->sign_in_page, "signed-in",
                             G_CALLBACK (_uc_main_window_emit_signed_in), self, G_CONNECT_SWAPPED);
    adw_navigation_view_add (self->way_in, ADW_NAVIGATION_PAGE (self->sign_in_page));
  }

  return self->sign_in_page;
}

UcSearchPage *
_uc_main_window_need_search (UcMainWindow *self)
{
  if (self->search_page == NULL) {
    self->search_page = g_object_new (UC_TYPE_SEARCH_PAGE, NULL);
    g_settings_bind (self->settings, "use-24h", self->search_page, "use-24h", G_SETTINGS_BIND_GET);
    uc_search_page_set_account (self->search_page, self->account);
    adw_navigation_view_add (self->sidebar_view, ADW_NAVIGATION_PAGE (self->search_page));
    _uc_main_window_update_show_flags (self);
  }

  return self->search_page;
}

UcUnreadPage *
_uc_main_window_need_unread (UcMainWindow *self)
{
  if (self->unread_page == NULL) {
    self->unread_page = g_object_new (UC_TYPE_UNREAD_PAGE, NULL);
    if (self->accounts != NULL)
      uc_unread_page_set_accounts (self->unread_page, self->accounts);
    adw_navigation_view_add (self->sidebar_view, ADW_NAVIGATION_PAGE (self->unread_page));
  }

  return self->unread_page;
}
