/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-window-account.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UcSidebarMe:
 *
 * Oneself at the foot of the sidebar: name, presence and where the account stands, and
 * what waits in other accounts; a menu to change the presence by `win.set-presence` and
 * the account by `win.show-account`.
 */
#define UC_TYPE_SIDEBAR_ME (uc_sidebar_me_get_type ())
G_DECLARE_FINAL_TYPE (UcSidebarMe, uc_sidebar_me, UC, SIDEBAR_ME, GtkWidget)

/* A #GListModel of the #UcWindowAccount that run; once. */
void uc_sidebar_me_set_accounts (UcSidebarMe *self, GListModel *accounts);
void uc_sidebar_me_set_account (UcSidebarMe *self, UcWindowAccount *account);

G_END_DECLS
