/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The table `reactions`. */

#include "config.h"

#include "uc-reaction-table.h"

#include "uc-query.h"

#define SQL_LIST                                                                                   \
  "SELECT post_id, user_id, emoji_name, create_at FROM reactions WHERE post_id = :post_id "        \
  "ORDER BY create_at, user_id, emoji_name"
#define SQL_PUT                                                                                    \
  "INSERT INTO reactions (post_id, user_id, emoji_name, create_at, update_at) "                    \
  "VALUES (:post_id, :user_id, :emoji_name, :now, :now) "                                          \
  "ON CONFLICT (post_id, user_id, emoji_name) DO UPDATE SET update_at = :now"
#define SQL_DELETE                                                                                 \
  "DELETE FROM reactions WHERE post_id = :post_id AND user_id = :user_id "                         \
  "AND emoji_name = :emoji_name"
#define SQL_DELETE_POST                                                                            \
  "DELETE FROM reactions WHERE post_id = :id "                                                     \
  "OR post_id IN (SELECT id FROM posts WHERE root_id = :id AND root_id <> '')"

static gpointer
read_row (UcStmt *stmt)
{
  UcReaction *self = uc_reaction_new ();

  g_set_str (&self->post_id, uc_stmt_get_text (stmt, 0));
  g_set_str (&self->user_id, uc_stmt_get_text (stmt, 1));
  g_set_str (&self->emoji_name, uc_stmt_get_text (stmt, 2));
  self->create_at_ms = uc_stmt_get_int64 (stmt, 3);
  return self;
}

/**
 * uc_reaction_table_list:
 *
 * Returns: (transfer full) (element-type UcReaction) (nullable): of one post
 */
GPtrArray *
uc_reaction_table_list (UcDb *db, const char *post_id, GError **error)
{
  return uc_query_rows (db, SQL_LIST, UC_BINDS (UC_TEXT (":post_id", post_id)), read_row,
                        (GDestroyNotify) uc_reaction_unref, error);
}

/**
 * uc_reaction_table_put:
 */
gboolean
uc_reaction_table_put (UcDb *db, const UcReaction *reaction, gint64 now_ms, GError **error)
{
  return uc_query_run (
      db, SQL_PUT,
      UC_BINDS (UC_TEXT (":post_id", reaction->post_id), UC_TEXT (":user_id", reaction->user_id),
                UC_TEXT (":emoji_name", reaction->emoji_name), UC_INT (":now", now_ms)),
      error);
}

/**
 * uc_reaction_table_delete:
 * @existed: (out): whether there was one
 */
gboolean
uc_reaction_table_delete (UcDb *db, const UcReaction *reaction, gboolean *existed, GError **error)
{
  if (!uc_query_run (db, SQL_DELETE,
                     UC_BINDS (UC_TEXT (":post_id", reaction->post_id),
                               UC_TEXT (":user_id", reaction->user_id),
                               UC_TEXT (":emoji_name", reaction->emoji_name)),
                     error))
    return FALSE;
  *existed = uc_db_get_changes (db) > 0;
  return TRUE;
}

/**
 * uc_reaction_table_delete_post:
 *
 * Those of a post and of its replies.
 */
gboolean
uc_reaction_table_delete_post (UcDb *db, const char *post_id, GError **error)
{
  return uc_query_run (db, SQL_DELETE_POST, UC_BINDS (UC_TEXT (":id", post_id)), error);
}
