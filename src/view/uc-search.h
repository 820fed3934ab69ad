/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-directory.h"

G_BEGIN_DECLS

/**
 * UcSearchItem:
 *
 * One found message as the list of results shows it.
 */
#define UC_TYPE_SEARCH_ITEM (uc_search_item_get_type ())
G_DECLARE_FINAL_TYPE (UcSearchItem, uc_search_item, UC, SEARCH_ITEM, GObject)

UcMessage  *uc_search_item_get_message (UcSearchItem *self);
/* Found words stand between U+0002 and U+0003. */
const char *uc_search_item_get_snippet (UcSearchItem *self);

/**
 * UcSearch:
 *
 * The results of a query as a #GListModel of #UcSearchItem, newest first, from the
 * store alone. Setting a query cancels the one before; results replace the old
 * ones when they are there, so that nothing flickers. Main thread.
 *
 * Properties: "searching", "error" (nullable text that points at the place)
 */
#define UC_TYPE_SEARCH (uc_search_get_type ())
G_DECLARE_FINAL_TYPE (UcSearch, uc_search, UC, SEARCH, GObject)

UcSearch   *uc_search_new       (UcSession *session) G_GNUC_WARN_UNUSED_RESULT;
void        uc_search_set_query (UcSearch  *self,
                                 const char *query);
void        uc_search_load_more (UcSearch  *self);
gboolean    uc_search_has_more  (UcSearch  *self);
const char *uc_search_get_error (UcSearch  *self);

G_END_DECLS
