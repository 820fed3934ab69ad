/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The store's public searches: each packs its question for the thread that takes what
 * may take long. */

#include "config.h"

#include "uc-store-search.h"

#include "uc-read-job-private.h"
#include "uc-search-hits-private.h"
#include "uc-search-judge-private.h"
#include "uc-search-resolve-private.h"
#include "uc-search-run-private.h"

/* What no index helps with ends here, with what was found until then. */
#define SEARCH_LIMIT_MS 1500

static gpointer
read_search (UcDb *db, UcRead *read, GError **error)
{
  return _uc_search_run (db, read->text, read->id, read->order, read->seq, read->limit,
                         read->cancellable, error);
}

/**
 * uc_store_search_async:
 * @query: as the person typed it; while it is being typed, what uc_query_dup_typed()
 *   makes of it
 * @my_user_id: (nullable): whom "me" stands for
 * @order: what comes first
 * @before_seq: only what is older than this key; 0: from the newest. Always 0 with
 *   %UC_SEARCH_RELEVANT, which has one page
 * @limit: at most so many
 *
 * finish: (element-type UcSearchHit). Messages that wait to be sent are found; deleted
 * ones, also those of which the server has not heard yet, are not. Channels that were
 * left are searched when "in:" names them.
 *
 * Errors: UC_ERROR_INVALID, which names the place in @query (see uc_query_check());
 * UC_ERROR_TIMEOUT: too much to look through, and nothing found until then
 */
void
uc_store_search_async (UcStore            *self,
                       const char         *query,
                       const char         *my_user_id,
                       UcSearchOrder       order,
                       gint64              before_seq,
                       guint               limit,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  UcRead *read = _uc_read_new (read_search, g_ptr_array_unref);

  read->is_search = TRUE;
  read->limit_ms = SEARCH_LIMIT_MS;
  read->text = g_strdup (query);
  read->id = g_strdup (my_user_id);
  read->order = order;
  read->seq = before_seq;
  read->limit = limit;
  _uc_read_start (self, read, uc_store_search_async, cancellable, callback, user_data);
}

GPtrArray *
uc_store_search_finish (UcStore *self, GAsyncResult *result, GError **error)
{
  return _uc_read_finish (self, result, error);
}

static gpointer
read_hits (UcDb *db, UcRead *read, GError **error)
{
  return _uc_search_load_hits (db, read->text, (const char *const *) read->ids, error);
}

/**
 * uc_store_load_hits_async:
 * @query: what is marked in the snippets; one that cannot be read marks nothing
 * @post_ids: (array zero-terminated=1): the server's ids
 *
 * For what somebody else found, the server that is. finish: (element-type UcSearchHit):
 * those that are stored and not deleted, newest first, with the place where words of
 * @query stand, else the beginning of the text.
 */
void
uc_store_load_hits_async (UcStore            *self,
                          const char         *query,
                          const char *const  *post_ids,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  UcRead *read = _uc_read_new (read_hits, g_ptr_array_unref);

  read->is_search = TRUE;
  read->limit_ms = SEARCH_LIMIT_MS;
  read->text = g_strdup (query);
  read->ids = g_strdupv ((char **) post_ids);
  _uc_read_start (self, read, uc_store_load_hits_async, cancellable, callback, user_data);
}

GPtrArray *
uc_store_load_hits_finish (UcStore *self, GAsyncResult *result, GError **error)
{
  return _uc_read_finish (self, result, error);
}

static gpointer
read_verdicts (UcDb *db, UcRead *read, GError **error)
{
  return _uc_search_judge (db, read->text, read->id, (const char *const *) read->ids, error);
}

/**
 * uc_store_judge_hits_async:
 * @query: as the person typed it
 * @my_user_id: (nullable): whom "me" stands for
 * @post_ids: (array zero-terminated=1): the server's ids
 *
 * What @query says of messages that somebody else found. finish: (element-type
 * UcSearchVerdict), one for each of @post_ids.
 *
 * Errors: UC_ERROR_INVALID, as of a search
 */
void
uc_store_judge_hits_async (UcStore            *self,
                           const char         *query,
                           const char         *my_user_id,
                           const char *const  *post_ids,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  UcRead *read = _uc_read_new (read_verdicts, g_array_unref);

  read->is_search = TRUE;
  read->limit_ms = SEARCH_LIMIT_MS;
  read->text = g_strdup (query);
  read->id = g_strdup (my_user_id);
  read->ids = g_strdupv ((char **) post_ids);
  _uc_read_start (self, read, uc_store_judge_hits_async, cancellable, callback, user_data);
}

GArray *
uc_store_judge_hits_finish (UcStore *self, GAsyncResult *result, GError **error)
{
  return _uc_read_finish (self, result, error);
}

static gpointer
read_names (UcDb *db, UcRead *read, GError **error)
{
  return _uc_search_resolve (db, read->text, read->id, error);
}

/**
 * uc_store_resolve_query_async:
 * @query: as the person typed it
 * @my_user_id: (nullable): whom "me" stands for
 *
 * Whom "from:" and what "in:" means. finish: (element-type GStrv): one for each token of
 * uc_query_scan(): user names, or names of channels and "@user" for direct ones; empty
 * when nobody is known by that name, %NULL for what is neither operator.
 */
void
uc_store_resolve_query_async (UcStore            *self,
                              const char         *query,
                              const char         *my_user_id,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  UcRead *read = _uc_read_new (read_names, g_ptr_array_unref);

  read->text = g_strdup (query);
  read->id = g_strdup (my_user_id);
  _uc_read_start (self, read, uc_store_resolve_query_async, cancellable, callback, user_data);
}

GPtrArray *
uc_store_resolve_query_finish (UcStore *self, GAsyncResult *result, GError **error)
{
  return _uc_read_finish (self, result, error);
}
