/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tables `categories` and `category_channels`. */

#include "config.h"

#include "uc-category-table.h"

#include "uc-query.h"

#define SQL_LIST                                                                                   \
  "SELECT id, user_id, team_id, type, display_name, sorting, is_muted, is_collapsed, position "    \
  "FROM categories WHERE user_id = :user_id AND team_id = :team_id ORDER BY position, id"
#define SQL_PUT                                                                                    \
  "INSERT INTO categories (id, user_id, team_id, type, display_name, sorting, is_muted, "          \
  "  is_collapsed, position) "                                                                     \
  "VALUES (:id, :user_id, :team_id, :type, :display_name, :sorting, :is_muted, :is_collapsed, "    \
  "  :position) "                                                                                  \
  "ON CONFLICT (id) DO UPDATE SET display_name = :display_name, sorting = :sorting, "              \
  "  is_muted = :is_muted, is_collapsed = :is_collapsed, position = :position"
#define SQL_DELETE "DELETE FROM categories WHERE id = :id"
#define SQL_LIST_CHANNELS                                                                          \
  "SELECT channel_id FROM category_channels WHERE category_id = :id ORDER BY position, channel_id"
#define SQL_ADD_CHANNEL                                                                            \
  "INSERT OR REPLACE INTO category_channels (category_id, channel_id, position) "                  \
  "VALUES (:id, :channel_id, :position)"
#define SQL_TAKE_OUT                                                                               \
  "DELETE FROM category_channels WHERE channel_id = :channel_id "                                  \
  "AND category_id IN (SELECT id FROM categories WHERE user_id = :user_id)"
#define SQL_CLEAR "DELETE FROM category_channels WHERE category_id = :id"

/**
 * uc_sidebar_category_new:
 *
 * Returns: (transfer full): an empty row, for the caller to fill
 */
UcSidebarCategory *
uc_sidebar_category_new (void)
{
  return g_new0 (UcSidebarCategory, 1);
}

/**
 * uc_sidebar_category_free:
 * @self: (transfer full):
 */
void
uc_sidebar_category_free (UcSidebarCategory *self)
{
  g_free (self->id);
  g_free (self->user_id);
  g_free (self->team_id);
  g_free (self->type);
  g_free (self->display_name);
  g_free (self->sorting);
  g_free (self);
}

static gpointer
read_row (UcStmt *stmt)
{
  UcSidebarCategory *self = uc_sidebar_category_new ();

  self->id = uc_stmt_dup_text (stmt, 0);
  self->user_id = uc_stmt_dup_text (stmt, 1);
  self->team_id = uc_stmt_dup_text (stmt, 2);
  self->type = uc_stmt_dup_text (stmt, 3);
  self->display_name = uc_stmt_dup_text (stmt, 4);
  self->sorting = uc_stmt_dup_text (stmt, 5);
  self->is_muted = uc_stmt_get_int64 (stmt, 6) != 0;
  self->is_collapsed = uc_stmt_get_int64 (stmt, 7) != 0;
  self->position = (int) uc_stmt_get_int64 (stmt, 8);
  return self;
}

/**
 * uc_category_table_list:
 *
 * Returns: (transfer full) (element-type UcSidebarCategory) (nullable): in their order
 */
GPtrArray *
uc_category_table_list (UcDb *db, const char *user_id, const char *team_id, GError **error)
{
  return uc_query_rows (db, SQL_LIST,
                        UC_BINDS (UC_TEXT (":user_id", user_id), UC_TEXT (":team_id", team_id)),
                        read_row, (GDestroyNotify) uc_sidebar_category_free, error);
}

/**
 * uc_category_table_put:
 *
 * Writes a category, new or known.
 */
gboolean
uc_category_table_put (UcDb *db, const UcSidebarCategory *category, GError **error)
{
  return uc_query_run (
      db, SQL_PUT,
      UC_BINDS (UC_TEXT (":id", category->id), UC_TEXT (":user_id", category->user_id),
                UC_TEXT (":team_id", category->team_id), UC_TEXT (":type", category->type),
                UC_TEXT (":display_name", category->display_name),
                UC_TEXT (":sorting", category->sorting), UC_INT (":is_muted", category->is_muted),
                UC_INT (":is_collapsed", category->is_collapsed),
                UC_INT (":position", category->position)),
      error);
}

/**
 * uc_category_table_delete:
 */
gboolean
uc_category_table_delete (UcDb *db, const char *id, GError **error)
{
  return uc_query_run (db, SQL_DELETE, UC_BINDS (UC_TEXT (":id", id)), error);
}

/**
 * uc_category_table_list_channels:
 *
 * Returns: (transfer full) (element-type utf8) (nullable): channel ids
 */
GPtrArray *
uc_category_table_list_channels (UcDb *db, const char *category_id, GError **error)
{
  return uc_query_texts (db, SQL_LIST_CHANNELS, UC_BINDS (UC_TEXT (":id", category_id)), error);
}

/**
 * uc_category_table_add_channel:
 */
gboolean
uc_category_table_add_channel (UcDb       *db,
                               const char *category_id,
                               const char *channel_id,
                               int         position,
                               GError    **error)
{
  return uc_query_run (db, SQL_ADD_CHANNEL,
                       UC_BINDS (UC_TEXT (":id", category_id), UC_TEXT (":channel_id", channel_id),
                                 UC_INT (":position", position)),
                       error);
}

/**
 * uc_category_table_take_out:
 */
gboolean
uc_category_table_take_out (UcDb *db, const char *user_id, const char *channel_id, GError **error)
{
  return uc_query_run (
      db, SQL_TAKE_OUT,
      UC_BINDS (UC_TEXT (":user_id", user_id), UC_TEXT (":channel_id", channel_id)), error);
}

/**
 * uc_category_table_clear:
 */
gboolean
uc_category_table_clear (UcDb *db, const char *category_id, GError **error)
{
  return uc_query_run (db, SQL_CLEAR, UC_BINDS (UC_TEXT (":id", category_id)), error);
}
