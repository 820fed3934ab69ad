/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The table `thread_members`: who follows which thread, and how far they have read. */

#include "config.h"

#include "uc-thread-table.h"

#include "uc-query.h"

#define UNREAD                                                                                     \
  "(SELECT count (*) FROM posts q WHERE q.root_id = t.root_id AND q.root_id <> '' "                \
  "AND q.delete_at = 0 AND q.user_id <> t.user_id AND q.create_at > t.last_viewed_at)"
#define COLUMNS                                                                                    \
  "t.root_id, t.is_following, t.last_viewed_at, p.last_reply_at, p.reply_count, " UNREAD           \
  ", t.mention_count"
#define FROM "FROM thread_members t JOIN posts p ON p.id = t.root_id "
/* Direct and group threads appear under every team. */
#define IN_TEAM                                                                                    \
  "JOIN channels c ON c.id = p.channel_id "                                                        \
  "JOIN channel_members m ON m.channel_id = c.id AND m.user_id = t.user_id "                       \
  "WHERE t.user_id = :user_id AND t.is_following = 1 AND p.delete_at = 0 AND p.reply_count > 0 "   \
  "AND c.delete_at = 0 AND c.team_id IN ('', :team_id) "

#define SQL_FIND "SELECT " COLUMNS " " FROM "WHERE t.root_id = :root_id AND t.user_id = :user_id"
#define SQL_LIST                                                                                   \
  "SELECT " COLUMNS " " FROM IN_TEAM "AND p.update_at > :since "                                   \
  "AND (:only_unread = 0 OR " UNREAD " > 0) "                                                      \
  "AND (:before = '' OR p.last_reply_at < (SELECT b.last_reply_at FROM posts b "                   \
  "  WHERE b.id = :before)) "                                                                      \
  "AND (:after = '' OR p.last_reply_at > (SELECT a.last_reply_at FROM posts a "                    \
  "  WHERE a.id = :after)) "                                                                       \
  "ORDER BY p.last_reply_at DESC, t.root_id LIMIT :limit"
#define SQL_COUNT         "SELECT count (*) " FROM IN_TEAM
#define SQL_COUNT_UNREAD  "SELECT count (*) " FROM IN_TEAM "AND " UNREAD " > 0"
#define SQL_COUNT_MENTION "SELECT coalesce (sum (t.mention_count), 0) " FROM IN_TEAM
#define SQL_FOLLOWERS                                                                              \
  "SELECT user_id FROM thread_members WHERE root_id = :root_id AND is_following = 1 "              \
  "ORDER BY user_id"
#define SQL_JOIN                                                                                   \
  "INSERT INTO thread_members (root_id, user_id, is_following, last_viewed_at, mention_count) "    \
  "VALUES (:root_id, :user_id, 1, :viewed, 0) "                                                    \
  "ON CONFLICT (root_id, user_id) DO UPDATE "                                                      \
  "  SET last_viewed_at = max (last_viewed_at, :viewed)"
#define SQL_FOLLOW                                                                                 \
  "INSERT INTO thread_members (root_id, user_id, is_following, last_viewed_at, mention_count) "    \
  "VALUES (:root_id, :user_id, :following, :now, 0) "                                              \
  "ON CONFLICT (root_id, user_id) DO UPDATE SET is_following = :following"
#define SQL_MENTION                                                                                \
  "UPDATE thread_members SET mention_count = mention_count + 1 "                                   \
  "WHERE root_id = :root_id AND user_id = :user_id"
#define SQL_READ                                                                                   \
  "UPDATE thread_members SET last_viewed_at = :time, mention_count = 0 "                           \
  "WHERE root_id = :root_id AND user_id = :user_id"
#define SQL_READ_ALL                                                                               \
  "UPDATE thread_members SET last_viewed_at = :time, mention_count = 0 "                           \
  "WHERE user_id = :user_id AND root_id IN (SELECT p.id FROM posts p "                             \
  "  JOIN channels c ON c.id = p.channel_id WHERE c.team_id IN ('', :team_id))"
#define SQL_READ_CHANNEL                                                                           \
  "UPDATE thread_members AS t SET last_viewed_at = :time, mention_count = 0 "                      \
  "WHERE t.user_id = :user_id AND EXISTS (SELECT 1 FROM posts p WHERE p.id = t.root_id "           \
  "  AND p.channel_id = :channel_id AND (p.last_reply_at > t.last_viewed_at "                      \
  "    OR t.mention_count > 0))"

/**
 * uc_thread_free:
 * @self: (transfer full):
 */
void
uc_thread_free (UcThread *self)
{
  g_free (self->root_id);
  g_free (self);
}

static gpointer
read_row (UcStmt *stmt)
{
  UcThread *self = g_new0 (UcThread, 1);

  self->root_id = uc_stmt_dup_text (stmt, 0);
  self->is_following = uc_stmt_get_int64 (stmt, 1) != 0;
  self->last_viewed_at_ms = uc_stmt_get_int64 (stmt, 2);
  self->last_reply_at_ms = uc_stmt_get_int64 (stmt, 3);
  self->reply_count = uc_stmt_get_int64 (stmt, 4);
  self->unread_replies = uc_stmt_get_int64 (stmt, 5);
  self->unread_mentions = uc_stmt_get_int64 (stmt, 6);
  return self;
}

/**
 * uc_thread_table_find:
 * @thread: (out) (transfer full) (nullable):
 */
gboolean
uc_thread_table_find (UcDb       *db,
                      const char *root_id,
                      const char *user_id,
                      UcThread  **thread,
                      GError    **error)
{
  return uc_query_one (db, SQL_FIND,
                       UC_BINDS (UC_TEXT (":root_id", root_id), UC_TEXT (":user_id", user_id)),
                       read_row, (gpointer *) thread, error);
}

/**
 * uc_thread_table_list:
 *
 * Returns: (transfer full) (element-type UcThread) (nullable): last reply first
 */
GPtrArray *
uc_thread_table_list (UcDb *db, const UcThreadQuery *query, GError **error)
{
  return uc_query_rows (
      db, SQL_LIST,
      UC_BINDS (UC_TEXT (":user_id", query->user_id), UC_TEXT (":team_id", query->team_id),
                UC_TEXT (":before", query->before), UC_TEXT (":after", query->after),
                UC_INT (":since", query->since_ms), UC_INT (":only_unread", query->only_unread),
                UC_INT (":limit", query->limit)),
      read_row, (GDestroyNotify) uc_thread_free, error);
}

/**
 * uc_thread_table_count:
 * @totals: (out): of all followed threads
 */
gboolean
uc_thread_table_count (UcDb           *db,
                       const char     *user_id,
                       const char     *team_id,
                       UcThreadTotals *totals,
                       GError        **error)
{
  const UcBind *binds = UC_BINDS (UC_TEXT (":user_id", user_id), UC_TEXT (":team_id", team_id));

  return uc_query_number (db, SQL_COUNT, binds, &totals->n_threads, error) &&
         uc_query_number (db, SQL_COUNT_UNREAD, binds, &totals->n_unread, error) &&
         uc_query_number (db, SQL_COUNT_MENTION, binds, &totals->n_mentions, error);
}

/**
 * uc_thread_table_list_followers:
 *
 * Returns: (transfer full) (element-type utf8) (nullable): user ids
 */
GPtrArray *
uc_thread_table_list_followers (UcDb *db, const char *root_id, GError **error)
{
  return uc_query_texts (db, SQL_FOLLOWERS, UC_BINDS (UC_TEXT (":root_id", root_id)), error);
}

/**
 * uc_thread_table_join:
 * @last_viewed_at_ms: up to when they have read it
 *
 * Somebody wrote in a thread, or is called there.
 */
gboolean
uc_thread_table_join (UcDb       *db,
                      const char *root_id,
                      const char *user_id,
                      gint64      last_viewed_at_ms,
                      GError    **error)
{
  return uc_query_run (db, SQL_JOIN,
                       UC_BINDS (UC_TEXT (":root_id", root_id), UC_TEXT (":user_id", user_id),
                                 UC_INT (":viewed", last_viewed_at_ms)),
                       error);
}

/**
 * uc_thread_table_follow:
 *
 * By hand.
 */
gboolean
uc_thread_table_follow (UcDb       *db,
                        const char *root_id,
                        const char *user_id,
                        gboolean    is_following,
                        gint64      now_ms,
                        GError    **error)
{
  return uc_query_run (db, SQL_FOLLOW,
                       UC_BINDS (UC_TEXT (":root_id", root_id), UC_TEXT (":user_id", user_id),
                                 UC_INT (":following", is_following), UC_INT (":now", now_ms)),
                       error);
}

/**
 * uc_thread_table_mention:
 */
gboolean
uc_thread_table_mention (UcDb *db, const char *root_id, const char *user_id, GError **error)
{
  return uc_query_run (db, SQL_MENTION,
                       UC_BINDS (UC_TEXT (":root_id", root_id), UC_TEXT (":user_id", user_id)),
                       error);
}

/**
 * uc_thread_table_read:
 */
gboolean
uc_thread_table_read (UcDb       *db,
                      const char *root_id,
                      const char *user_id,
                      gint64      time_ms,
                      GError    **error)
{
  return uc_query_run (db, SQL_READ,
                       UC_BINDS (UC_TEXT (":root_id", root_id), UC_TEXT (":user_id", user_id),
                                 UC_INT (":time", time_ms)),
                       error);
}

/**
 * uc_thread_table_read_all:
 */
gboolean
uc_thread_table_read_all (UcDb       *db,
                          const char *user_id,
                          const char *team_id,
                          gint64      time_ms,
                          GError    **error)
{
  return uc_query_run (db, SQL_READ_ALL,
                       UC_BINDS (UC_TEXT (":user_id", user_id), UC_TEXT (":team_id", team_id),
                                 UC_INT (":time", time_ms)),
                       error);
}

/**
 * uc_thread_table_read_channel:
 */
gboolean
uc_thread_table_read_channel (UcDb       *db,
                              const char *user_id,
                              const char *channel_id,
                              gint64      time_ms,
                              GError    **error)
{
  return uc_query_run (db, SQL_READ_CHANNEL,
                       UC_BINDS (UC_TEXT (":user_id", user_id), UC_TEXT (":channel_id", channel_id),
                                 UC_INT (":time", time_ms)),
                       error);
}
