/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-store.h"

G_BEGIN_DECLS

/* Finding messages. Runs on a thread of its own, so that a search that takes long
 * delays no screen. Lists are (transfer full). */

/**
 * UcSearchHit:
 *
 * One found message. @snippet has the found words between U+0002 and U+0003.
 */
typedef struct
{
  UcMessage *message;
  char      *snippet;
} UcSearchHit;

void         uc_search_hit_free                  (UcSearchHit         *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcSearchHit, uc_search_hit_free)

/**
 * UcSearchOrder:
 * @UC_SEARCH_NEWEST: by time, page after page
 * @UC_SEARCH_RELEVANT: the best of what is newest, in one page that has no further
 */
typedef enum
{
  UC_SEARCH_NEWEST,
  UC_SEARCH_RELEVANT,
} UcSearchOrder;

void         uc_store_search_async               (UcStore             *self,
                                                  const char          *query,
                                                  const char          *my_user_id,
                                                  UcSearchOrder        order,
                                                  gint64               before_seq,
                                                  guint                limit,
                                                  GCancellable        *cancellable,
                                                  GAsyncReadyCallback  callback,
                                                  gpointer             user_data);
GPtrArray   *uc_store_search_finish              (UcStore             *self,
                                                  GAsyncResult        *result,
                                                  GError             **error);
void         uc_store_load_hits_async            (UcStore             *self,
                                                  const char          *query,
                                                  const char * const  *post_ids,
                                                  GCancellable        *cancellable,
                                                  GAsyncReadyCallback  callback,
                                                  gpointer             user_data);
GPtrArray   *uc_store_load_hits_finish           (UcStore             *self,
                                                  GAsyncResult        *result,
                                                  GError             **error);

/* For what the server finds. */

/**
 * UcSearchVerdict:
 * @UC_VERDICT_REFUSED: an operator, or a word that must not be there, says no; or the
 *   message is not stored
 * @UC_VERDICT_FOUND: our own search finds it too
 * @UC_VERDICT_MISSED: nothing speaks against it, but our search has not the words there
 */
typedef enum
{
  UC_VERDICT_REFUSED,
  UC_VERDICT_FOUND,
  UC_VERDICT_MISSED,
} UcSearchVerdict;

void         uc_store_judge_hits_async           (UcStore             *self,
                                                  const char          *query,
                                                  const char          *my_user_id,
                                                  const char * const  *post_ids,
                                                  GCancellable        *cancellable,
                                                  GAsyncReadyCallback  callback,
                                                  gpointer             user_data);
GArray      *uc_store_judge_hits_finish          (UcStore             *self,
                                                  GAsyncResult        *result,
                                                  GError             **error);
void         uc_store_resolve_query_async        (UcStore             *self,
                                                  const char          *query,
                                                  const char          *my_user_id,
                                                  GCancellable        *cancellable,
                                                  GAsyncReadyCallback  callback,
                                                  gpointer             user_data);
GPtrArray   *uc_store_resolve_query_finish       (UcStore             *self,
                                                  GAsyncResult        *result,
                                                  GError             **error);

G_END_DECLS
