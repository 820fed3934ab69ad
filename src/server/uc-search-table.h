/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-db.h"
#include "uc-post.h"

G_BEGIN_DECLS

/* Ids are space separated; an empty text asks for nothing. */
typedef struct {
  const char *user_id; /* whose channels are searched */
  const char *team_id; /* a team with all direct and group channels, or "" for all */
  const char *match;   /* full text expression, "" for all posts */
  const char *from;
  const char *not_from;
  const char *in;
  const char *not_in;
  gint64      since_ms;
  gint64      until_ms; /* 0: no bound */
  gboolean    with_archived;
  int         limit;
} UcSearchFilter;

/* (element-type UcPost), newest first. */
GPtrArray *uc_search_table_find (UcDb                 *db,
                                 const UcSearchFilter *filter,
                                 GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
