/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-search.h"
#include "uc-window-account.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UcSearchList:
 *
 * The results: conversations and people whose names fit, then the messages, as one list
 * that makes rows for what is seen and loads further as its end is neared. What was
 * opened last stays selected.
 *
 * Properties: "use-24h", "show-flags"
 *
 * Signals:
 *   "opened" (UcSearchList *)      something of it was opened
 *   "move-up" (UcSearchList *)     Up, on the first row
 */
#define UC_TYPE_SEARCH_LIST (uc_search_list_get_type ())
G_DECLARE_FINAL_TYPE (UcSearchList, uc_search_list, UC, SEARCH_LIST, GtkWidget)

/* NULL, NULL: none. */
void uc_search_list_set_search (UcSearchList *self, UcWindowAccount *account, UcSearch *search);
/* What names are looked for, "" for none. */
void     uc_search_list_set_names (UcSearchList *self, const char *text);
gboolean uc_search_list_is_empty (UcSearchList *self);
void     uc_search_list_scroll_up (UcSearchList *self);
/* On what is selected, or the first row. FALSE when there is none. */
gboolean uc_search_list_focus (UcSearchList *self);
void     uc_search_list_open_first (UcSearchList *self);
/* The message after the one that is selected, or before it, with the focus where it is. */
gboolean uc_search_list_open_next (UcSearchList *self, int step);

G_END_DECLS
