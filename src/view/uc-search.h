/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-directory.h"
#include "uc-store-search.h"

G_BEGIN_DECLS

/**
 * UcSearchItem:
 *
 * One found message as the list of results shows it.
 */
#define UC_TYPE_SEARCH_ITEM (uc_search_item_get_type ())
G_DECLARE_FINAL_TYPE (UcSearchItem, uc_search_item, UC, SEARCH_ITEM, GObject)

UcMessage *uc_search_item_get_message (UcSearchItem *self);
/* Found words stand between U+0002 and U+0003. */
const char *uc_search_item_get_snippet (UcSearchItem *self);
/* Whether only the server had it. */
gboolean uc_search_item_is_from_server (UcSearchItem *self);

/**
 * UcSearchServer:
 * @UC_SEARCH_SERVER_NONE: it is not asked: nothing to look for, or the flag is off
 * @UC_SEARCH_SERVER_OFFLINE: it cannot be reached; asked as soon as it can be
 * @UC_SEARCH_SERVER_ASKED: it will be asked, or was
 * @UC_SEARCH_SERVER_DONE: what it knows is among the results
 * @UC_SEARCH_SERVER_FAILED: it did not answer, or would not
 *
 * How far the server's part of a search is.
 */
typedef enum {
  UC_SEARCH_SERVER_NONE,
  UC_SEARCH_SERVER_OFFLINE,
  UC_SEARCH_SERVER_ASKED,
  UC_SEARCH_SERVER_DONE,
  UC_SEARCH_SERVER_FAILED,
} UcSearchServer;

/**
 * UcSearch:
 *
 * The results of a query as a #GListModel of #UcSearchItem: from the store a page at a
 * time and, once typing pauses, from the server, which are put where they belong in
 * time. A query waits a moment for the next letter. Setting one cancels the one before;
 * results replace the old ones when they are there, so that nothing flickers. Main
 * thread.
 *
 * With the flag advanced_search off: words alone, newest first, from the store.
 *
 * Properties (read-only): "searching" (the store's part), "error" (nullable text),
 * "server" (of UcSearchServer), "advanced" (whether the flag is on)
 */
#define UC_TYPE_SEARCH (uc_search_get_type ())
G_DECLARE_FINAL_TYPE (UcSearch, uc_search, UC, SEARCH, GObject)

UcSearch     *uc_search_new (UcSession *session) G_GNUC_WARN_UNUSED_RESULT;
void          uc_search_set_query (UcSearch *self, const char *query);
const char   *uc_search_get_query (UcSearch *self);
void          uc_search_set_order (UcSearch *self, UcSearchOrder order);
UcSearchOrder uc_search_get_order (UcSearch *self);
/* Without waiting for another letter. */
void     uc_search_hurry (UcSearch *self);
void     uc_search_load_more (UcSearch *self);
gboolean uc_search_has_more (UcSearch *self);
/* Whether the results are those of the query, to the first page at least. */
gboolean uc_search_is_settled (UcSearch *self);
gboolean uc_search_is_advanced (UcSearch *self);

/* (nullable): what is wrong with the query, for a person. */
const char *uc_search_get_error (UcSearch *self);
/* Where in the query, in bytes; FALSE when that is not known. */
gboolean uc_search_get_error_place (UcSearch *self, gsize *start, gsize *end);

UcSearchServer uc_search_get_server (UcSearch *self);
/* How many of the results only the server had. */
guint uc_search_get_n_from_server (UcSearch *self);
/* Asks again after a failure. */
void uc_search_retry_server (UcSearch *self);

G_END_DECLS
