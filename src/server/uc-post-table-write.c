/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What changes in the table `posts`. */

#include "config.h"

#include "uc-post-table.h"

#include "uc-message.h"
#include "uc-post-row.h"
#include "uc-query.h"

#define SQL_NEXT_SEQ                                                                               \
  "SELECT coalesce (max (seq) + 1, :first) FROM posts WHERE seq BETWEEN :first AND :last"
#define SQL_INSERT                                                                                 \
  "INSERT INTO posts (seq, id, channel_id, user_id, root_id, message, type, props, hashtags, "     \
  "  file_ids, is_pinned, has_reactions, reply_count, last_reply_at, pending_post_id, op, "        \
  "  create_at, update_at, edit_at, delete_at) "                                                   \
  "VALUES (:seq, :id, :channel_id, :user_id, :root_id, :message, :type, :props, :hashtags, "       \
  "  :file_ids, :is_pinned, 0, 0, 0, :pending_post_id, :op, :create_at, :update_at, 0, 0)"
#define SQL_UPDATE                                                                                 \
  "UPDATE posts SET message = :message, props = :props, hashtags = :hashtags, "                    \
  "  file_ids = :file_ids, is_pinned = :is_pinned, update_at = :update_at, edit_at = :edit_at "    \
  "WHERE id = :id"
/* Counters are counted, never added to: a repetition can't make them wrong. */
#define SQL_TOUCH                                                                                  \
  "UPDATE posts SET update_at = max (update_at + 1, :now), "                                       \
  "  has_reactions = EXISTS (SELECT 1 FROM reactions r WHERE r.post_id = posts.id), "              \
  "  reply_count = (SELECT count (*) FROM posts q WHERE q.root_id = :id AND q.root_id <> '' "      \
  "    AND q.delete_at = 0), "                                                                     \
  "  last_reply_at = coalesce ((SELECT max (q.create_at) FROM posts q WHERE q.root_id = :id "      \
  "    AND q.root_id <> '' AND q.delete_at = 0), 0) WHERE id = :id"
#define SQL_DELETE                                                                                 \
  "UPDATE posts SET message = '', props = json_object ('deleteBy', :user_id), hashtags = '', "     \
  "file_ids = '', is_pinned = 0, "                                                                 \
  "  has_reactions = 0, update_at = max (update_at + 1, :now), delete_at = :now "                  \
  "WHERE delete_at = 0 AND (id = :id OR (root_id = :id AND root_id <> ''))"

/**
 * uc_post_table_insert:
 *
 * Gives the post the next free key of its millisecond.
 */
gboolean
uc_post_table_insert (UcDb *db, const UcPost *post, GError **error)
{
  g_autofree char *file_ids = g_strjoinv (" ", post->file_ids);
  gint64           first = UC_SEQ_FROM_MS (post->create_at_ms);
  gint64           seq = 0;

  if (!uc_query_number (
          db, SQL_NEXT_SEQ,
          UC_BINDS (UC_INT (":first", first), UC_INT (":last", first + (1 << UC_SEQ_BITS) - 1)),
          &seq, error))
    return FALSE;

  return uc_query_run (
      db, SQL_INSERT,
      UC_BINDS (UC_INT (":seq", seq), UC_TEXT (":id", post->id),
                UC_TEXT (":channel_id", post->channel_id), UC_TEXT (":user_id", post->user_id),
                UC_TEXT (":root_id", post->root_id), UC_TEXT (":message", post->message),
                UC_TEXT (":type", post->type), UC_TEXT (":props", post->props),
                UC_TEXT (":hashtags", post->hashtags), UC_TEXT (":file_ids", file_ids),
                UC_INT (":is_pinned", post->is_pinned),
                UC_TEXT (":pending_post_id", post->pending_post_id), UC_TEXT (":op", post->op_id),
                UC_INT (":create_at", post->create_at_ms),
                UC_INT (":update_at", post->update_at_ms)),
      error);
}

/**
 * uc_post_table_update:
 */
gboolean
uc_post_table_update (UcDb *db, const UcPost *post, GError **error)
{
  g_autofree char *file_ids = g_strjoinv (" ", post->file_ids);

  return uc_query_run (
      db, SQL_UPDATE,
      UC_BINDS (UC_TEXT (":id", post->id), UC_TEXT (":message", post->message),
                UC_TEXT (":props", post->props), UC_TEXT (":hashtags", post->hashtags),
                UC_TEXT (":file_ids", file_ids), UC_INT (":is_pinned", post->is_pinned),
                UC_INT (":update_at", post->update_at_ms), UC_INT (":edit_at", post->edit_at_ms)),
      error);
}

/**
 * uc_post_table_touch:
 *
 * Marks a post as changed and counts its replies and reactions anew.
 */
gboolean
uc_post_table_touch (UcDb *db, const char *id, gint64 now_ms, GError **error)
{
  return uc_query_run (db, SQL_TOUCH, UC_BINDS (UC_TEXT (":id", id), UC_INT (":now", now_ms)),
                       error);
}

/**
 * uc_post_table_delete:
 * @user_id: who deletes it
 *
 * The rows of a post and its replies stay as marks, their text goes.
 */
gboolean
uc_post_table_delete (UcDb *db, const char *id, const char *user_id, gint64 now_ms, GError **error)
{
  return uc_query_run (
      db, SQL_DELETE,
      UC_BINDS (UC_TEXT (":id", id), UC_TEXT (":user_id", user_id), UC_INT (":now", now_ms)),
      error);
}
