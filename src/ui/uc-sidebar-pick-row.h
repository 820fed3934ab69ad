/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UcSidebarPickRow:
 *
 * Something to pick from a list, a person or a channel: picture, title and a quieter
 * second line.
 */
#define UC_TYPE_SIDEBAR_PICK_ROW (uc_sidebar_pick_row_get_type ())
G_DECLARE_FINAL_TYPE (UcSidebarPickRow, uc_sidebar_pick_row, UC, SIDEBAR_PICK_ROW, GtkWidget)

GtkWidget *uc_sidebar_pick_row_new (void);

/* @icon_name (nullable): NULL draws the person @user_id by the initials of @title. */
void uc_sidebar_pick_row_set (UcSidebarPickRow *self,
                              const char       *icon_name,
                              const char       *user_id,
                              const char       *title,
                              const char       *detail);

G_END_DECLS
