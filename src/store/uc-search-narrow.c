/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Chooses the index that a search without words walks. The entries of each that would do
 * are counted, up to a bound: that reads no message, and knows what no rule would, that
 * this person wrote nothing, or that nothing was pinned this week. */

#include "config.h"

#include "uc-search-narrow-private.h"

#define COUNT(what) "SELECT count (*) FROM (SELECT 1 FROM " what " LIMIT :many)"
#define IN_TIME     " AND seq >= :lo AND seq < :hi"

/* By UcSearchBy; NULL: not by an index of messages. */
static const char *COUNT_SQL[] = {
  COUNT ("preferences WHERE category = 'flagged_post' AND value = 'true'"),
  COUNT ("messages INDEXED BY messages_pinned WHERE is_pinned = 1" IN_TIME),
  COUNT ("messages INDEXED BY messages_of_user WHERE user = :key AND delete_at_ms = 0" IN_TIME),
  COUNT ("messages INDEXED BY messages_with_files"
         " WHERE delete_at_ms = 0 AND file_ids <> ''" IN_TIME),
  COUNT ("messages INDEXED BY messages_with_reactions WHERE has_reactions = 1" IN_TIME),
  NULL,
  COUNT ("messages INDEXED BY messages_of_channel"
         " WHERE channel = :key AND delete_at_ms = 0" IN_TIME),
  COUNT ("annotations INDEXED BY annotations_by_category"
         " WHERE category = :key AND source > 0" IN_TIME),
  COUNT ("annotations INDEXED BY annotations_by_priority"
         " WHERE priority = :key AND source > 0" IN_TIME),
};
G_STATIC_ASSERT (G_N_ELEMENTS (COUNT_SQL) == UC_SEARCH_BY_NOTHING);

/* The number of the only bit that is set; 0 when there are none or several, which is
 * no category and no priority. */
static int
get_only_bit (guint bits)
{
  return bits != 0 && (bits & (bits - 1)) == 0 ? g_bit_nth_lsf (bits, -1) : 0;
}

/* Whether @query can be answered by it, and for which @key. */
static gboolean
is_asked_for (UcSearchBy by, const UcQuery *query, UcSearchNames *names, gint64 *key)
{
  *key = 0;
  switch (by) {
  case UC_SEARCH_BY_SAVED:
    return (query->wanted & UC_MARK_SAVED) != 0;
  case UC_SEARCH_BY_PINNED:
    return (query->wanted & UC_MARK_PINNED) != 0;
  case UC_SEARCH_BY_FILE:
    return (query->wanted & UC_MARK_FILE) != 0;
  case UC_SEARCH_BY_REACTION:
    return (query->wanted & UC_MARK_REACTION) != 0;
  case UC_SEARCH_BY_LINK:
    return (query->wanted & UC_MARK_LINK) != 0;
  case UC_SEARCH_BY_USER:
    *key = _uc_search_names_get_only_person (names);
    break;
  case UC_SEARCH_BY_CHANNEL:
    *key = _uc_search_names_get_only_channel (names);
    break;
  case UC_SEARCH_BY_CATEGORY:
    *key = get_only_bit (query->categories);
    break;
  case UC_SEARCH_BY_PRIORITY:
    *key = get_only_bit (query->priorities);
    break;
  case UC_SEARCH_BY_NOTHING:
  default:
    g_assert_not_reached ();
  }
  return *key != 0;
}

static gboolean
count (UcDb      *db,
       UcSearchBy by,
       gint64     key,
       gint64     lo_seq,
       gint64     hi_seq,
       gint64    *n_entries,
       GError   **error)
{
  UcStmt  *stmt;
  gboolean has_row;

  *n_entries = UC_SEARCH_MANY;
  if (COUNT_SQL[by] == NULL)
    return TRUE;
  stmt = uc_db_prepare (db, COUNT_SQL[by], error);
  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":many", UC_SEARCH_MANY);
  if (by != UC_SEARCH_BY_SAVED) {
    uc_stmt_bind_int64 (stmt, ":lo", lo_seq);
    uc_stmt_bind_int64 (stmt, ":hi", hi_seq);
  }
  if (key != 0)
    uc_stmt_bind_int64 (stmt, ":key", key);
  if (!uc_stmt_step (stmt, &has_row, error))
    return FALSE;
  *n_entries = uc_stmt_get_int64 (stmt, 0);
  uc_stmt_reset (stmt);
  return TRUE;
}

gboolean
_uc_search_find_narrowest (UcDb           *db,
                           const UcQuery  *query,
                           UcSearchNames  *names,
                           gint64          lo_seq,
                           gint64          hi_seq,
                           UcSearchNarrow *narrow,
                           GError        **error)
{
  *narrow = (UcSearchNarrow){ UC_SEARCH_BY_NOTHING, .n = G_MAXINT64 };
  for (UcSearchBy by = 0; by < UC_SEARCH_BY_NOTHING; by++) {
    gint64 key, n_entries;

    if (!is_asked_for (by, query, names, &key))
      continue;
    if (!count (db, by, key, lo_seq, hi_seq, &n_entries, error))
      return FALSE;
    if (n_entries < narrow->n)
      *narrow = (UcSearchNarrow){ by, key, n_entries };
  }
  return TRUE;
}
