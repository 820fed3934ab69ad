/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-call.h"
#include "uc-post.h"

G_BEGIN_DECLS

/* Lists of posts as the API answers them: `order` and `posts`. */

typedef struct {
  GPtrArray  *posts;        /* (element-type UcPost), newest first: the page */
  const char *next_post_id; /* "" */
  const char *prev_post_id; /* "" */
  gboolean    with_roots;   /* roots of the replies come along */
  gboolean    with_threads; /* and all replies of threads that are touched */
  gboolean    is_collapsed; /* threads are shown by their root */
} UcPostList;

gboolean uc_post_page_answer (UcCall *call, UcTxn *txn, const UcPostList *list, GError **error);
G_END_DECLS
