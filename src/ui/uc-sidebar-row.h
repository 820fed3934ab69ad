/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-sidebar.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UcSidebarRow:
 *
 * A heading or a conversation in a list of #UcSidebarItem: sidebar and quick switcher.
 * Follows its item as long as it is bound.
 *
 * Properties: "summary" (string, read-only), all that the row shows in words, for
 * assistive technology
 */
#define UC_TYPE_SIDEBAR_ROW (uc_sidebar_row_get_type ())
G_DECLARE_FINAL_TYPE (UcSidebarRow, uc_sidebar_row, UC, SIDEBAR_ROW, GtkWidget)

GtkWidget *uc_sidebar_row_new (void);
/* "" for none; in the words for assistive technology too. */
void uc_sidebar_row_set_detail (UcSidebarRow *self, const char *detail);
/* NULL unbinds. */
void           uc_sidebar_row_set_item (UcSidebarRow *self, UcSidebarItem *item);
UcSidebarItem *uc_sidebar_row_get_item (UcSidebarRow *self);

G_END_DECLS
