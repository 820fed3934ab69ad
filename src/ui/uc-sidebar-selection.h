/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-sidebar.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UcSidebarSelection:
 *
 * The sidebar's model with the open conversation as its one selected row. The row
 * follows its conversation through every re-sort. Of a long sidebar the first rows are
 * there at once and the others a moment later. The list itself cannot select:
 * passing over a row or walking by keyboard opens nothing.
 */
#define UC_TYPE_SIDEBAR_SELECTION (uc_sidebar_selection_get_type ())
G_DECLARE_FINAL_TYPE (UcSidebarSelection, uc_sidebar_selection, UC, SIDEBAR_SELECTION, GObject)

UcSidebarSelection *uc_sidebar_selection_new (UcSidebar *sidebar) G_GNUC_WARN_UNUSED_RESULT;

/* "" for none. */
void        uc_sidebar_selection_set_channel_id (UcSidebarSelection *self, const char *channel_id);
const char *uc_sidebar_selection_get_channel_id (UcSidebarSelection *self);
void        uc_sidebar_selection_need           (UcSidebarSelection *self, guint position);

G_END_DECLS
