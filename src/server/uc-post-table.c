/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The table `posts`, by key, page and change. The integer key carries the time, so
 * every page is one range of one index. Writing lies in uc-post-table-write.c, search in
 * uc-search-table.c. */

#include "config.h"

#include "uc-post-table.h"

#include "uc-message.h"
#include "uc-post-row.h"
#include "uc-query.h"
#include "uc-refusal.h"

/* What `since` gives at most; a client that gets as many has to distrust it. */
#define MAX_CHANGES 1000

#define SQL_FIND "SELECT " UC_POST_COLUMNS " FROM posts p WHERE p.id = :id"
#define SQL_FIND_PENDING                                                                           \
  "SELECT " UC_POST_COLUMNS " FROM posts p WHERE p.user_id = :user_id "                            \
  "AND p.channel_id = :channel_id AND p.pending_post_id = :value AND p.pending_post_id <> ''"
#define SQL_FIND_OP                                                                                \
  "SELECT " UC_POST_COLUMNS " FROM posts p WHERE p.user_id = :user_id "                            \
  "AND p.channel_id = :channel_id AND p.op = :value AND p.op <> ''"
#define SQL_FIND_SEQ "SELECT seq FROM posts WHERE id = :id AND channel_id = :channel_id"
#define SQL_FIND_SEQ_AFTER                                                                         \
  "SELECT seq FROM posts WHERE channel_id = :channel_id AND seq >= :seq AND delete_at = 0 "        \
  "AND (:only_roots = 0 OR root_id = '') ORDER BY seq LIMIT 1"
#define SQL_PAGE_BEFORE                                                                            \
  "SELECT " UC_POST_COLUMNS " FROM posts p WHERE p.channel_id = :channel_id AND p.seq < :seq "     \
  "AND p.delete_at = 0 AND (:only_roots = 0 OR p.root_id = '') "                                   \
  "ORDER BY p.seq DESC LIMIT :limit OFFSET :offset"
#define SQL_PAGE_AFTER                                                                             \
  "SELECT " UC_POST_COLUMNS " FROM posts p WHERE p.channel_id = :channel_id AND p.seq > :seq "     \
  "AND p.delete_at = 0 AND (:only_roots = 0 OR p.root_id = '') "                                   \
  "ORDER BY p.seq LIMIT :limit OFFSET :offset"
#define SQL_LIST_CHANGES                                                                           \
  "SELECT " UC_POST_COLUMNS " FROM posts p WHERE p.channel_id = :channel_id "                      \
  "AND p.update_at > :since ORDER BY p.seq DESC LIMIT :limit"
#define SQL_LIST_PINNED                                                                            \
  "SELECT " UC_POST_COLUMNS " FROM posts p WHERE p.channel_id = :channel_id AND p.is_pinned = 1 "  \
  "AND p.delete_at = 0 ORDER BY p.seq DESC"
#define SQL_LIST_FLAGGED                                                                           \
  "SELECT " UC_POST_COLUMNS " FROM preferences f JOIN posts p ON p.id = f.name "                   \
  "JOIN channels c ON c.id = p.channel_id "                                                        \
  "JOIN channel_members m ON m.channel_id = p.channel_id AND m.user_id = f.user_id "               \
  "WHERE f.user_id = :user_id AND f.category = 'flagged_post' AND f.value = 'true' "               \
  "AND p.delete_at = 0 AND (:channel_id = '' OR p.channel_id = :channel_id) "                      \
  "AND (:team_id = '' OR c.team_id IN ('', :team_id)) "                                            \
  "ORDER BY p.seq DESC LIMIT :limit OFFSET :offset"
#define SQL_LIST_REPLIES                                                                           \
  "SELECT " UC_POST_COLUMNS " FROM posts p WHERE p.root_id = :root_id AND p.root_id <> '' "        \
  "AND p.delete_at = 0 ORDER BY p.seq"
/* Who began it is one of them. */
#define SQL_LIST_WRITERS                                                                           \
  "SELECT user_id FROM posts WHERE delete_at = 0 AND (id = :root_id OR (root_id = :root_id "       \
  "AND root_id <> '')) GROUP BY user_id ORDER BY max (seq) DESC"
#define SQL_FIND_OLDER                                                                             \
  "SELECT id FROM posts WHERE channel_id = :channel_id AND seq < :seq AND delete_at = 0 "          \
  "AND (:only_roots = 0 OR root_id = '') ORDER BY seq DESC LIMIT 1"
#define SQL_FIND_NEWER                                                                             \
  "SELECT id FROM posts WHERE channel_id = :channel_id AND seq > :seq AND delete_at = 0 "          \
  "AND (:only_roots = 0 OR root_id = '') ORDER BY seq LIMIT 1"
#define SQL_FIND_CHANGE "SELECT max (update_at) FROM posts WHERE channel_id = :channel_id"
#define SQL_COUNT_PINNED                                                                           \
  "SELECT count (*) FROM posts WHERE channel_id = :channel_id AND is_pinned = 1 AND delete_at = 0"
/* Posts that were deleted stay counted, as in channels.total_msg_count. */
#define SQL_COUNT_FROM                                                                             \
  "SELECT count (*) FROM posts WHERE channel_id = :channel_id AND seq >= :seq "                    \
  "AND (:only_roots = 0 OR root_id = '') AND type NOT IN ('system_join_channel', "                 \
  "'system_leave_channel', 'system_add_to_channel', 'system_remove_from_channel', "                \
  "'system_join_team', 'system_leave_team', 'system_add_to_team', 'system_remove_from_team', "     \
  "'system_join_leave', 'system_add_remove')"

static UcPost *
find_one (UcDb *db, const char *sql, const UcBind *binds, GError **error)
{
  UcPost *post = NULL;

  if (!uc_query_one (db, sql, binds, _uc_post_row_read, (gpointer *) &post, error))
    return NULL;
  return post;
}

static GPtrArray *
list (UcDb *db, const char *sql, const UcBind *binds, GError **error)
{
  return uc_query_rows (db, sql, binds, _uc_post_row_read, (GDestroyNotify) uc_post_unref, error);
}

/**
 * uc_post_table_find:
 *
 * Returns: (transfer full) (nullable): the post
 */
UcPost *
uc_post_table_find (UcDb *db, const char *id, gboolean with_deleted, GError **error)
{
  UcPost *post = NULL;

  if (!uc_query_one (db, SQL_FIND, UC_BINDS (UC_TEXT (":id", id)), _uc_post_row_read,
                     (gpointer *) &post, error))
    return NULL;
  if (post == NULL || (post->delete_at_ms > 0 && !with_deleted)) {
    g_clear_pointer (&post, uc_post_unref);
    uc_refuse (error, UC_REFUSAL_POST_UNKNOWN);
  }
  return post;
}

/**
 * uc_post_table_find_earlier:
 * @post: what is to be written
 * @earlier: (out) (transfer full) (nullable): what an earlier try has written
 */
gboolean
uc_post_table_find_earlier (UcDb *db, const UcPost *post, UcPost **earlier, GError **error)
{
  g_autoptr (GError) local = NULL;

  *earlier = find_one (db, SQL_FIND_PENDING,
                       UC_BINDS (UC_TEXT (":user_id", post->user_id),
                                 UC_TEXT (":channel_id", post->channel_id),
                                 UC_TEXT (":value", post->pending_post_id)),
                       &local);
  if (*earlier == NULL && local == NULL)
    *earlier = find_one (db, SQL_FIND_OP,
                         UC_BINDS (UC_TEXT (":user_id", post->user_id),
                                   UC_TEXT (":channel_id", post->channel_id),
                                   UC_TEXT (":value", post->op_id)),
                         &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * uc_post_table_find_seq:
 * @seq: (out): the key of the post, deleted or not; 0 when it is not in the channel
 */
gboolean
uc_post_table_find_seq (UcDb       *db,
                        const char *channel_id,
                        const char *id,
                        gint64     *seq,
                        GError    **error)
{
  return uc_query_number (db, SQL_FIND_SEQ,
                          UC_BINDS (UC_TEXT (":id", id), UC_TEXT (":channel_id", channel_id)), seq,
                          error);
}

/**
 * uc_post_table_find_seq_after:
 * @seq: (out): the key of the first living post later than @time_ms, or 0
 */
gboolean
uc_post_table_find_seq_after (UcDb       *db,
                              const char *channel_id,
                              gint64      time_ms,
                              gboolean    only_roots,
                              gint64     *seq,
                              GError    **error)
{
  return uc_query_number (db, SQL_FIND_SEQ_AFTER,
                          UC_BINDS (UC_TEXT (":channel_id", channel_id),
                                    UC_INT (":seq", UC_SEQ_FROM_MS (time_ms + 1)),
                                    UC_INT (":only_roots", only_roots)),
                          seq, error);
}

static void
reverse (GPtrArray *posts)
{
  for (guint i = 0, j = posts->len; i + 1 < j; i++) {
    gpointer swapped = posts->pdata[i];

    j--;
    posts->pdata[i] = posts->pdata[j];
    posts->pdata[j] = swapped;
  }
}

/**
 * uc_post_table_list_page:
 *
 * Returns: (transfer full) (element-type UcPost) (nullable): newest first
 */
GPtrArray *
uc_post_table_list_page (UcDb *db, const UcPageQuery *query, GError **error)
{
  gboolean   is_after = query->kind == UC_PAGE_AFTER;
  gint64     seq = query->kind == UC_PAGE_NEWEST ? G_MAXINT64 : query->seq;
  GPtrArray *posts =
      list (db, is_after ? SQL_PAGE_AFTER : SQL_PAGE_BEFORE,
            UC_BINDS (UC_TEXT (":channel_id", query->channel_id), UC_INT (":seq", seq),
                      UC_INT (":only_roots", query->only_roots), UC_INT (":limit", query->limit),
                      UC_INT (":offset", query->offset)),
            error);

  if (posts != NULL && is_after)
    reverse (posts);
  return posts;
}

/**
 * uc_post_table_list_changes:
 *
 * Returns: (transfer full) (element-type UcPost) (nullable): what was changed since,
 *   deletions too, newest first
 */
GPtrArray *
uc_post_table_list_changes (UcDb *db, const char *channel_id, gint64 since_ms, GError **error)
{
  return list (db, SQL_LIST_CHANGES,
               UC_BINDS (UC_TEXT (":channel_id", channel_id), UC_INT (":since", since_ms),
                         UC_INT (":limit", MAX_CHANGES)),
               error);
}

/**
 * uc_post_table_list_pinned:
 *
 * Returns: (transfer full) (element-type UcPost) (nullable): newest first
 */
GPtrArray *
uc_post_table_list_pinned (UcDb *db, const char *channel_id, GError **error)
{
  return list (db, SQL_LIST_PINNED, UC_BINDS (UC_TEXT (":channel_id", channel_id)), error);
}

/**
 * uc_post_table_list_flagged:
 * @channel_id: a channel, or empty
 * @team_id: a team, or empty
 *
 * Returns: (transfer full) (element-type UcPost) (nullable): what a user has saved
 */
GPtrArray *
uc_post_table_list_flagged (UcDb       *db,
                            const char *user_id,
                            const char *channel_id,
                            const char *team_id,
                            int         offset,
                            int         limit,
                            GError    **error)
{
  return list (db, SQL_LIST_FLAGGED,
               UC_BINDS (UC_TEXT (":user_id", user_id), UC_TEXT (":channel_id", channel_id),
                         UC_TEXT (":team_id", team_id), UC_INT (":limit", limit),
                         UC_INT (":offset", offset)),
               error);
}

/**
 * uc_post_table_list_replies:
 *
 * Returns: (transfer full) (element-type UcPost) (nullable): oldest first
 */
GPtrArray *
uc_post_table_list_replies (UcDb *db, const char *root_id, GError **error)
{
  return list (db, SQL_LIST_REPLIES, UC_BINDS (UC_TEXT (":root_id", root_id)), error);
}

/**
 * uc_post_table_list_writers:
 *
 * Returns: (transfer full) (element-type utf8) (nullable): who wrote in it, newest first
 */
GPtrArray *
uc_post_table_list_writers (UcDb *db, const char *root_id, GError **error)
{
  return uc_query_texts (db, SQL_LIST_WRITERS, UC_BINDS (UC_TEXT (":root_id", root_id)), error);
}

static gboolean
find_neighbour (UcDb *db, const char *sql, const UcBind *binds, char **id, GError **error)
{
  g_autoptr (GPtrArray) ids = uc_query_texts (db, sql, binds, error);

  if (ids == NULL)
    return FALSE;
  *id = g_strdup (ids->len > 0 ? g_ptr_array_index (ids, 0) : "");
  return TRUE;
}

/**
 * uc_post_table_find_neighbours:
 * @older_id: (out) (transfer full): what comes before the oldest, or empty
 * @newer_id: (out) (transfer full): what comes after the newest, or empty
 */
gboolean
uc_post_table_find_neighbours (UcDb       *db,
                               const char *channel_id,
                               gint64      oldest_seq,
                               gint64      newest_seq,
                               gboolean    only_roots,
                               char      **older_id,
                               char      **newer_id,
                               GError    **error)
{
  g_autofree char *older = NULL;

  if (!find_neighbour (db, SQL_FIND_OLDER,
                       UC_BINDS (UC_TEXT (":channel_id", channel_id), UC_INT (":seq", oldest_seq),
                                 UC_INT (":only_roots", only_roots)),
                       &older, error) ||
      !find_neighbour (db, SQL_FIND_NEWER,
                       UC_BINDS (UC_TEXT (":channel_id", channel_id), UC_INT (":seq", newest_seq),
                                 UC_INT (":only_roots", only_roots)),
                       newer_id, error))
    return FALSE;
  *older_id = g_steal_pointer (&older);
  return TRUE;
}

/**
 * uc_post_table_find_change:
 * @update_at_ms: (out): 0 when nothing was ever written
 */
gboolean
uc_post_table_find_change (UcDb *db, const char *channel_id, gint64 *update_at_ms, GError **error)
{
  return uc_query_number (db, SQL_FIND_CHANGE, UC_BINDS (UC_TEXT (":channel_id", channel_id)),
                          update_at_ms, error);
}

/**
 * uc_post_table_count_pinned:
 */
gboolean
uc_post_table_count_pinned (UcDb *db, const char *channel_id, gint64 *count, GError **error)
{
  return uc_query_number (db, SQL_COUNT_PINNED, UC_BINDS (UC_TEXT (":channel_id", channel_id)),
                          count, error);
}

/**
 * uc_post_table_count_from:
 * @seq: the first post of those to be counted
 * @count: (out): how many counted posts there are from there on
 * @count_root: (out): those of them that are no replies
 */
gboolean
uc_post_table_count_from (UcDb       *db,
                          const char *channel_id,
                          gint64      seq,
                          gint64     *count,
                          gint64     *count_root,
                          GError    **error)
{
  return uc_query_number (db, SQL_COUNT_FROM,
                          UC_BINDS (UC_TEXT (":channel_id", channel_id), UC_INT (":seq", seq),
                                    UC_INT (":only_roots", 0)),
                          count, error) &&
         uc_query_number (db, SQL_COUNT_FROM,
                          UC_BINDS (UC_TEXT (":channel_id", channel_id), UC_INT (":seq", seq),
                                    UC_INT (":only_roots", 1)),
                          count_root, error);
}
