/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-window-account.h"

#include "uc-search.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UcSearchRow:
 *
 * One found message: who, where, when, the text around what was found, its flag when
 * flags are shown, and whether only the server had it.
 *
 * Properties: "summary" (string, read-only), all of it in words
 */
#define UC_TYPE_SEARCH_ROW (uc_search_row_get_type ())
G_DECLARE_FINAL_TYPE (UcSearchRow, uc_search_row, UC, SEARCH_ROW, GtkWidget)

GtkWidget *uc_search_row_new (void);
/* NULL lets go. */
void uc_search_row_set_item (UcSearchRow     *self,
                             UcSearchItem    *item,
                             UcWindowAccount *account,
                             gboolean         use_24h,
                             gboolean         show_flags);

/* A snippet without its marks (U+0002 and U+0003), and where the found words stand in
 * it. Pure. */
char *uc_search_row_dup_snippet (const char     *snippet,
                                 PangoAttrList **attributes) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
