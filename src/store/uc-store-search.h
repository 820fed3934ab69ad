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

G_END_DECLS
