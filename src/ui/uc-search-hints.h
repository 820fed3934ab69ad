/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-search-recent.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UcSearchHints:
 *
 * What is shown before anything is typed: what was searched for lately, and what a
 * search can be narrowed by.
 *
 * Properties: "advanced" (FALSE: words alone), "show-flags" (whether categories and
 * priorities are among the filters)
 *
 * Signals:
 *   "query-wanted" (UcSearchHints *, const char *query)     one of lately
 *   "filter-wanted" (UcSearchHints *, const char *name)     of an operator
 */
#define UC_TYPE_SEARCH_HINTS (uc_search_hints_get_type ())
G_DECLARE_FINAL_TYPE (UcSearchHints, uc_search_hints, UC, SEARCH_HINTS, GtkWidget)

/* NULL: none. */
void uc_search_hints_set_recent (UcSearchHints *self, UcSearchRecent *recent);

G_END_DECLS
