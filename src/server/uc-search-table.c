/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The full text index `posts_text`. Newest first is the order of its keys, so nothing
 * is ranked or sorted and a search ends when it has enough. */

#include "config.h"

#include "uc-search-table.h"

#include "uc-message.h"
#include "uc-post-row.h"
#include "uc-query.h"

#define CONDITIONS                                                                                 \
  "p.delete_at = 0 AND p.type NOT LIKE 'system_%' "                                                \
  "AND p.seq >= :since AND p.seq < :until "                                                        \
  "AND (:from = '' OR instr (:from, p.user_id) > 0) "                                              \
  "AND (:not_from = '' OR instr (:not_from, p.user_id) = 0) "                                      \
  "AND (:in = '' OR instr (:in, p.channel_id) > 0) "                                               \
  "AND (:not_in = '' OR instr (:not_in, p.channel_id) = 0) "                                       \
  "AND EXISTS (SELECT 1 FROM channel_members m JOIN channels c ON c.id = m.channel_id "            \
  "  WHERE m.channel_id = p.channel_id AND m.user_id = :user_id "                                  \
  "  AND (:team_id = '' OR c.team_id IN ('', :team_id)) "                                          \
  "  AND (:with_archived = 1 OR c.delete_at = 0)) "

#define SQL_FIND                                                                                   \
  "SELECT " UC_POST_COLUMNS " FROM posts_text t CROSS JOIN posts p ON p.seq = t.rowid "            \
  "WHERE posts_text MATCH :match AND t.rowid >= :since AND t.rowid < :until AND " CONDITIONS       \
  "ORDER BY t.rowid DESC LIMIT :limit"
#define SQL_LIST                                                                                   \
  "SELECT " UC_POST_COLUMNS " FROM posts p WHERE :match = '' AND " CONDITIONS                      \
  "ORDER BY p.seq DESC LIMIT :limit"

/**
 * uc_search_table_find:
 *
 * Returns: (transfer full) (element-type UcPost) (nullable): newest first
 */
GPtrArray *
uc_search_table_find (UcDb *db, const UcSearchFilter *filter, GError **error)
{
  gint64       until = filter->until_ms > 0 ? UC_SEQ_FROM_MS (filter->until_ms) : G_MAXINT64;
  const UcBind binds[] = {
    UC_TEXT (":match", filter->match),
    UC_TEXT (":user_id", filter->user_id),
    UC_TEXT (":team_id", filter->team_id),
    UC_TEXT (":from", filter->from),
    UC_TEXT (":not_from", filter->not_from),
    UC_TEXT (":in", filter->in),
    UC_TEXT (":not_in", filter->not_in),
    UC_INT (":since", UC_SEQ_FROM_MS (filter->since_ms)),
    UC_INT (":until", until),
    UC_INT (":with_archived", filter->with_archived),
    UC_INT (":limit", filter->limit),
    { .name = NULL },
  };

  return uc_query_rows (db, *filter->match != '\0' ? SQL_FIND : SQL_LIST, binds, _uc_post_row_read,
                        (GDestroyNotify) uc_post_unref, error);
}
