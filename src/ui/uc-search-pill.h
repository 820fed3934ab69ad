/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UcSearchPill:
 *
 * A filter in the search field, as words with a way to remove it: by clicking, Enter,
 * Delete or Backspace.
 *
 * Signals: "remove" (UcSearchPill *)
 */
#define UC_TYPE_SEARCH_PILL (uc_search_pill_get_type ())
G_DECLARE_FINAL_TYPE (UcSearchPill, uc_search_pill, UC, SEARCH_PILL, GtkWidget)

GtkWidget  *uc_search_pill_new (const char *label) G_GNUC_WARN_UNUSED_RESULT;
const char *uc_search_pill_get_label (UcSearchPill *self);
void        uc_search_pill_set_label (UcSearchPill *self, const char *label);
/* Whether what is wrong with the search is wrong here. */
void uc_search_pill_set_wrong (UcSearchPill *self, gboolean is_wrong);

G_END_DECLS
