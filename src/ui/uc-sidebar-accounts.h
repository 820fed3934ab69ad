/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-window-account.h"

G_BEGIN_DECLS

/* The accounts beside the one that is shown, as its foot tells of them. @accounts is a
 * #GListModel of #UcWindowAccount. */

/* A section that switches by `win.show-account` and adds one by `app.add-account`. */
GMenuModel *uc_sidebar_accounts_new_menu (GListModel *accounts) G_GNUC_WARN_UNUSED_RESULT;
/* What waits in all but @shown (nullable): mentions, or else whether anything is unread. */
void uc_sidebar_accounts_count (GListModel      *accounts,
                                UcWindowAccount *shown,
                                gint64          *mentions,
                                gint64          *unread);

G_END_DECLS
