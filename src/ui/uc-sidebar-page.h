/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-window-account.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * UcSidebarPage:
 *
 * The sidebar of the window: team switcher, conversations, oneself. A conversation is
 * opened by the action `win.open-channel`, what its menu offers by `sidebar.*`.
 */
#define UC_TYPE_SIDEBAR_PAGE (uc_sidebar_page_get_type ())
G_DECLARE_FINAL_TYPE (UcSidebarPage, uc_sidebar_page, UC, SIDEBAR_PAGE, AdwNavigationPage)

/* NULL: empty. */
void uc_sidebar_page_set_account (UcSidebarPage *self, UcWindowAccount *account);
/* A #GListModel of the #UcWindowAccount that run; once. */
void uc_sidebar_page_set_accounts (UcSidebarPage *self, GListModel *accounts);
/* The conversation that is marked as open; "" for none. */
void uc_sidebar_page_set_channel_id (UcSidebarPage *self, const char *channel_id);
/* Moves the keyboard focus to the open conversation's row. */
void uc_sidebar_page_focus (UcSidebarPage *self);
/* The next conversation below (@step 1) or above (-1) the open one, or with
 * @only_unread the next unread one, all around; NULL when there is none. */
const char *uc_sidebar_page_find_neighbour (UcSidebarPage *self, int step, gboolean only_unread);

G_END_DECLS
