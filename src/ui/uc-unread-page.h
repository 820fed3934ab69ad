/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-window-account.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * UcUnreadPage:
 *
 * What is unread in all accounts that run, in one list. A conversation is opened by the
 * action `app.open-message` with account and channel, and leaves the list when it is read.
 */
#define UC_TYPE_UNREAD_PAGE (uc_unread_page_get_type ())
G_DECLARE_FINAL_TYPE (UcUnreadPage, uc_unread_page, UC, UNREAD_PAGE, AdwNavigationPage)

/* A #GListModel of #UcWindowAccount that it follows; once. */
void uc_unread_page_set_accounts (UcUnreadPage *self, GListModel *accounts);

G_END_DECLS
