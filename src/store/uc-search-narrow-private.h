/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-db.h"
#include "uc-query-private.h"
#include "uc-search-names-private.h"

G_BEGIN_DECLS

/* Fewer than that are all looked at in less than a frame. */
#define UC_SEARCH_MANY 4000

/* The indexes that an operator of a query can be answered by, those that are usually
 * the narrowest first. */
typedef enum
{
  UC_SEARCH_BY_SAVED,
  UC_SEARCH_BY_PINNED,
  UC_SEARCH_BY_USER,
  UC_SEARCH_BY_FILE,
  UC_SEARCH_BY_REACTION,
  UC_SEARCH_BY_LINK,
  UC_SEARCH_BY_CHANNEL,
  UC_SEARCH_BY_CATEGORY,
  UC_SEARCH_BY_PRIORITY,
  UC_SEARCH_BY_NOTHING,
} UcSearchBy;

typedef struct
{
  UcSearchBy by;
  gint64     key; /* of the person, the channel, ...; 0: of nothing */
  gint64     n;   /* how many it holds; UC_SEARCH_MANY: or more */
} UcSearchNarrow;

/* Which of @query's operators leaves the fewest messages from @lo_seq to before @hi_seq. */
gboolean _uc_search_find_narrowest (UcDb            *db,
                                    const UcQuery   *query,
                                    UcSearchNames   *names,
                                    gint64           lo_seq,
                                    gint64           hi_seq,
                                    UcSearchNarrow  *narrow,
                                    GError         **error);

G_END_DECLS
