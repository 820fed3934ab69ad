/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The statements of a search. Each walks one index backwards, so that the newest come
 * first and the first page costs the first page. */

#include "config.h"

#include "uc-search-plan-private.h"

#include "uc-keys-private.h"
#include "uc-search-match-private.h"

/* These numbers stand in SQL. */
G_STATIC_ASSERT (UC_MARK_FILE == 1 && UC_MARK_LINK == 2 && UC_MARK_REACTION == 4 &&
                 UC_MARK_PINNED == 8 && UC_MARK_SAVED == 16 && UC_MARK_THREAD == 32 &&
                 UC_MARK_UNREAD == 64);

/* What every row must pass, the narrowest first; a mark is only worked out when it is asked
 * for. A channel that was left is searched when it is named, and only then; the CASE also
 * keeps SQLite from going channel by channel and sorting it all. */
#define FILTERS                                                                                    \
  " AND (:from IS NULL OR m.user IN (SELECT value FROM json_each (:from)))"                        \
  " AND (:not_from IS NULL OR m.user NOT IN (SELECT value FROM json_each (:not_from)))"            \
  " AND m.delete_at_ms = 0 AND m.type NOT LIKE 'system\\_%' ESCAPE '\\'"                           \
  " AND CASE WHEN :in IS NULL"                                                                     \
  "          THEN m.channel IN (SELECT channel FROM channels WHERE is_joined = 1)"                 \
  "          ELSE m.channel IN (SELECT value FROM json_each (:in)) END"                            \
  " AND (:not_in IS NULL OR m.channel NOT IN (SELECT value FROM json_each (:not_in)))"             \
  " AND (:categories = 0 OR (:categories >> coalesce (a.category, 0)) & 1 = 1)"                    \
  " AND (:not_categories >> coalesce (a.category, 0)) & 1 = 0"                                     \
  " AND (:priorities = 0 OR (:priorities >> coalesce (a.priority, 0)) & 1 = 1)"                    \
  " AND (:not_priorities >> coalesce (a.priority, 0)) & 1 = 0"                                     \
  " AND (:marks & 1 = 0 OR (m.file_ids <> '') = ((:wanted & 1) <> 0))"                             \
  " AND (:marks & 2 = 0 OR (m.message LIKE '%http://%' OR m.message LIKE '%https://%')"            \
  "                        = ((:wanted & 2) <> 0))"                                                \
  " AND (:marks & 4 = 0 OR m.has_reactions = ((:wanted & 4) <> 0))"                                \
  " AND (:marks & 8 = 0 OR m.is_pinned = ((:wanted & 8) <> 0))"                                    \
  " AND (:marks & 16 = 0 OR EXISTS (SELECT 1 FROM preferences p"                                   \
  "                                  WHERE p.category = 'flagged_post' AND p.name = m.id"          \
  "                                    AND p.value = 'true') = ((:wanted & 16) <> 0))"             \
  " AND (:marks & 32 = 0 OR (m.root_id <> '' OR m.reply_count > 0) = ((:wanted & 32) <> 0))"       \
  " AND (:marks & 64 = 0"                                                                          \
  "      OR (m.user <> :me"                                                                        \
  "          AND m.create_at_ms > coalesce ((SELECT mb.last_viewed_at_ms FROM members mb"          \
  "                                           WHERE mb.channel = m.channel), 0))"                  \
  "         = ((:wanted & 64) <> 0))"

#define ROW(snippet, places)                                                                       \
  "SELECT m.seq, " snippet ", m.message, " places ", m.is_pinned, m.has_reactions, m.reply_count"
#define FROM_MESSAGES(index)                                                                       \
  ROW ("''", "''")                                                                                 \
  "  FROM messages m" index "  LEFT JOIN annotations a ON a.seq = m.seq AND a.source > 0"          \
  " WHERE m.seq >= :lo AND m.seq < :hi"
#define FROM_ANNOTATIONS                                                                           \
  ROW ("''", "''")                                                                                 \
  "  FROM annotations a"                                                                           \
  " CROSS JOIN messages m ON m.seq = a.seq"                                                        \
  " WHERE a.seq >= :lo AND a.seq < :hi AND a.source > 0"
#define NEWEST_FIRST " ORDER BY m.seq DESC"

#define FROM_WORDS                                                                                 \
  "  FROM message_words"                                                                           \
  " CROSS JOIN messages m ON m.seq = message_words.rowid"                                          \
  "  LEFT JOIN annotations a ON a.seq = m.seq AND a.source > 0"                                    \
  " WHERE message_words.rowid >= :lo AND message_words.rowid < :hi"                                \
  "   AND message_words MATCH :match" FILTERS " ORDER BY message_words.rowid DESC"

/* In the order of UcSearchRead. */
static const char *WORDS_SQL[] = {
  ROW (UC_SNIPPET, "''") FROM_WORDS,
  ROW (UC_SNIPPET, "uc_places (message_words)") FROM_WORDS,
  ROW ("''", "''") FROM_WORDS,
};
/* Who has a link has one of these words. */
#define LINK_MATCH "\"http\" OR \"https\""

/* By UcSearchBy; a search for a link is one for words. */
static const char *NARROW_SQL[] = {
  ROW ("''", "''") "  FROM preferences s"
                   " CROSS JOIN messages m ON m.id = s.name"
                   "  LEFT JOIN annotations a ON a.seq = m.seq AND a.source > 0"
                   " WHERE s.category = 'flagged_post' AND s.value = 'true'"
                   "   AND m.seq >= :lo AND m.seq < :hi" FILTERS                    NEWEST_FIRST,
  FROM_MESSAGES (" INDEXED BY messages_pinned") " AND m.is_pinned = 1" FILTERS      NEWEST_FIRST,
  FROM_MESSAGES (" INDEXED BY messages_of_user") " AND m.user = :narrow" FILTERS    NEWEST_FIRST,
  FROM_MESSAGES (" INDEXED BY messages_with_files") " AND m.file_ids <> ''" FILTERS NEWEST_FIRST,
  FROM_MESSAGES (
      " INDEXED BY messages_with_reactions") " AND m.has_reactions = 1" FILTERS NEWEST_FIRST,
  NULL,
  FROM_MESSAGES (" INDEXED BY messages_of_channel") " AND m.channel = :narrow" FILTERS NEWEST_FIRST,
  FROM_ANNOTATIONS " AND a.category = :narrow" FILTERS " ORDER BY a.seq DESC",
  FROM_ANNOTATIONS " AND a.priority = :narrow" FILTERS " ORDER BY a.seq DESC",
  FROM_MESSAGES ("") FILTERS NEWEST_FIRST,
};
G_STATIC_ASSERT (G_N_ELEMENTS (NARROW_SQL) == UC_SEARCH_BY_NOTHING + 1);
/* Looking through texts the filters are the dearer part, and few rows come that far. */
static const char *TEXTS_SQL =
    ROW ("''", "''") " FROM messages m WHERE m.seq >= :lo AND m.seq < :hi" NEWEST_FIRST;
/* Nothing before this is unread in any channel; NULL: nothing at all is. */
static const char *UNREAD_SQL =
    "SELECT min (coalesce (mb.last_viewed_at_ms, 0))"
    "  FROM channels c"
    "  LEFT JOIN members mb ON mb.channel = c.channel"
    " WHERE EXISTS (SELECT 1 FROM messages m"
    "                WHERE m.channel = c.channel AND m.delete_at_ms = 0"
    "                  AND m.seq >= (coalesce (mb.last_viewed_at_ms, 0) + 1) << 12)";
static const char *PASSES_SQL = FROM_MESSAGES ("") " AND m.seq = :seq" FILTERS;

static const char *
choose (UcSearchPlan *plan)
{
  plan->is_unfiltered = FALSE;
  if (plan->match != NULL)
    return WORDS_SQL[plan->read];
  if (plan->narrow.by == UC_SEARCH_BY_LINK)
    return WORDS_SQL[UC_SEARCH_READ_TEXT];
  plan->is_unfiltered = plan->has_text && plan->narrow.by == UC_SEARCH_BY_NOTHING;
  return plan->is_unfiltered ? TEXTS_SQL : NARROW_SQL[plan->narrow.by];
}

/* So that a search for what is unread ends where nothing is. */
static gboolean
find_unread (UcDb *db, UcSearchPlan *plan, gint64 *lo_seq, GError **error)
{
  UcStmt  *stmt;
  gboolean has_row;

  *lo_seq = 0;
  if ((plan->query->wanted & UC_MARK_UNREAD) == 0)
    return TRUE;
  stmt = uc_db_prepare (db, UNREAD_SQL, error);
  if (stmt == NULL || !uc_stmt_step (stmt, &has_row, error))
    return FALSE;
  *lo_seq = uc_stmt_is_null (stmt, 0) ? G_MAXINT64 : _uc_key_of_ms (uc_stmt_get_int64 (stmt, 0));
  uc_stmt_reset (stmt);
  return TRUE;
}

static gint64
get_hi_seq (UcSearchPlan *plan)
{
  const UcQuery *query = plan->query;
  gint64         hi_seq = query->to_ms < G_MAXINT64 ? _uc_key_of_ms (query->to_ms) : G_MAXINT64;

  return plan->before_seq > 0 ? MIN (hi_seq, plan->before_seq) : hi_seq;
}

static void
bind_range (UcStmt *stmt, UcSearchPlan *plan, gint64 lo_seq)
{
  uc_stmt_bind_int64 (stmt, ":lo", MAX (lo_seq, _uc_key_of_ms (plan->query->from_ms)));
  uc_stmt_bind_int64 (stmt, ":hi", get_hi_seq (plan));
}

static void
bind_filters (UcStmt *stmt, UcSearchPlan *plan)
{
  const UcQuery *query = plan->query;

  uc_stmt_bind_int64 (stmt, ":categories", query->categories);
  uc_stmt_bind_int64 (stmt, ":not_categories", query->not_categories);
  uc_stmt_bind_int64 (stmt, ":priorities", query->priorities);
  uc_stmt_bind_int64 (stmt, ":not_priorities", query->not_priorities);
  uc_stmt_bind_int64 (stmt, ":marks", query->wanted | query->refused);
  uc_stmt_bind_int64 (stmt, ":wanted", query->wanted);
  _uc_search_names_bind (plan->names, stmt);
}

gboolean
_uc_search_narrow (UcDb *db, UcSearchPlan *plan, GError **error)
{
  return _uc_search_find_narrowest (db, plan->query, plan->names,
                                    _uc_key_of_ms (plan->query->from_ms), get_hi_seq (plan),
                                    &plan->narrow, error);
}

UcStmt *
_uc_search_prepare (UcDb *db, UcSearchPlan *plan, GError **error)
{
  gint64      lo_seq;
  const char *sql = choose (plan);
  UcStmt     *stmt;

  if (!find_unread (db, plan, &lo_seq, error))
    return NULL;
  stmt = uc_db_prepare (db, sql, error);
  if (stmt == NULL)
    return NULL;
  bind_range (stmt, plan, lo_seq);
  if (!plan->is_unfiltered)
    bind_filters (stmt, plan);
  if (plan->match != NULL)
    uc_stmt_bind_text (stmt, ":match", plan->match);
  else if (sql == WORDS_SQL[UC_SEARCH_READ_TEXT])
    uc_stmt_bind_text (stmt, ":match", LINK_MATCH);
  else if (plan->narrow.key != 0)
    uc_stmt_bind_int64 (stmt, ":narrow", plan->narrow.key);
  return stmt;
}

gboolean
_uc_search_passes (UcDb *db, UcSearchPlan *plan, gint64 seq, gboolean *passes, GError **error)
{
  UcStmt *stmt;

  *passes = TRUE;
  if (!plan->is_unfiltered)
    return TRUE;
  stmt = uc_db_prepare (db, PASSES_SQL, error);
  if (stmt == NULL)
    return FALSE;
  bind_range (stmt, plan, 0);
  bind_filters (stmt, plan);
  uc_stmt_bind_int64 (stmt, ":seq", seq);
  if (!uc_stmt_step (stmt, passes, error))
    return FALSE;
  uc_stmt_reset (stmt);
  return TRUE;
}
