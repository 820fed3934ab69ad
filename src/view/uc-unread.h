/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-sidebar.h"

G_BEGIN_DECLS

/**
 * UcUnreadItem:
 *
 * A conversation with something unread, and the account that it is of.
 */
#define UC_TYPE_UNREAD_ITEM (uc_unread_item_get_type ())
G_DECLARE_FINAL_TYPE (UcUnreadItem, uc_unread_item, UC, UNREAD_ITEM, GObject)

const char    *uc_unread_item_get_account_id   (UcUnreadItem *self);
const char    *uc_unread_item_get_account_name (UcUnreadItem *self);
UcSidebarItem *uc_unread_item_get_conversation (UcUnreadItem *self);

/**
 * UcUnread:
 *
 * What is unread in several accounts as one #GListModel of #UcUnreadItem, over all
 * their teams: mentions and direct messages first, then the newest. Follows the
 * accounts' sidebars, at most once a turn of the main loop. Main thread.
 */
#define UC_TYPE_UNREAD (uc_unread_get_type ())
G_DECLARE_FINAL_TYPE (UcUnread, uc_unread, UC, UNREAD, GObject)

UcUnread *uc_unread_new            (void) G_GNUC_WARN_UNUSED_RESULT;
void      uc_unread_add_account    (UcUnread   *self,
                                    const char *id,
                                    const char *name,
                                    UcSidebar  *sidebar);
void      uc_unread_remove_account (UcUnread   *self,
                                    const char *id);

G_END_DECLS
