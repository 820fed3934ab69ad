/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The table `channels`. Memberships lie in uc-member-table.c. */

#include "config.h"

#include "uc-channel-table.h"

#include "uc-error.h"
#include "uc-query.h"
#include "uc-refusal.h"

#define COLUMNS                                                                                    \
  "c.id, c.team_id, c.type, c.name, c.display_name, c.header, c.purpose, c.creator_id, "           \
  "c.last_post_at, c.total_msg_count, c.total_msg_count_root, c.create_at, c.update_at, "          \
  "c.delete_at"

#define SQL_FIND "SELECT " COLUMNS " FROM channels c WHERE c.id = :id"
#define SQL_FIND_NAME                                                                              \
  "SELECT " COLUMNS " FROM channels c WHERE c.team_id = :team_id AND c.name = :name"
#define SQL_LIST_NAMED                                                                             \
  "SELECT " COLUMNS " FROM channel_members m JOIN channels c ON c.id = m.channel_id "              \
  "WHERE m.user_id = :user_id AND c.name = :name ORDER BY c.id"
#define SQL_LIST_USER                                                                              \
  "SELECT " COLUMNS " FROM channel_members m JOIN channels c ON c.id = m.channel_id "              \
  "WHERE m.user_id = :user_id AND (:team_id = '' OR c.team_id IN ('', :team_id)) "                 \
  "AND (:with_deleted = 1 OR c.delete_at = 0) ORDER BY c.display_name, c.id"
#define SQL_LIST                                                                                   \
  "SELECT " COLUMNS " FROM channels c WHERE (:team_id = '' OR c.team_id = :team_id) "              \
  "AND ((c.type = 'O' AND :with_public = 1) OR (c.type = 'P' AND :with_private = 1 "               \
  "  AND (:with_all_private = 1 OR EXISTS (SELECT 1 FROM channel_members m "                       \
  "    WHERE m.channel_id = c.id AND m.user_id = :member_id)))) "                                  \
  "AND (:with_deleted = 1 OR c.delete_at = 0) AND (:only_deleted = 0 OR c.delete_at > 0) "         \
  "AND (:term = '' OR instr (lower (c.name), lower (:term)) > 0 "                                  \
  "  OR instr (lower (c.display_name), lower (:term)) > 0 "                                        \
  "  OR instr (lower (c.purpose), lower (:term)) > 0) "                                            \
  "ORDER BY c.display_name, c.id LIMIT :limit OFFSET :offset"
#define SQL_LIST_PEOPLE                                                                            \
  "SELECT " COLUMNS " FROM channel_members m JOIN channels c ON c.id = m.channel_id "              \
  "WHERE m.user_id = :user_id AND c.delete_at = 0 "                                                \
  "AND (c.type = 'G' OR (c.type = 'D' AND :only_groups = 0)) "                                     \
  "AND (:term = '' OR EXISTS (SELECT 1 FROM channel_members o JOIN users u ON u.id = o.user_id "   \
  "  WHERE o.channel_id = c.id AND instr (u.search_names, :term) > 0)) "                           \
  "ORDER BY c.last_post_at DESC, c.id LIMIT :limit"
#define SQL_INSERT                                                                                 \
  "INSERT INTO channels (id, team_id, type, name, display_name, header, purpose, creator_id, "     \
  "  last_post_at, total_msg_count, total_msg_count_root, extra_update_at, create_at, update_at, " \
  "  delete_at) "                                                                                  \
  "VALUES (:id, :team_id, :type, :name, :display_name, :header, :purpose, :creator_id, 0, 0, 0, "  \
  "  0, :create_at, :update_at, :delete_at)"
#define SQL_UPDATE                                                                                 \
  "UPDATE channels SET type = :type, name = :name, display_name = :display_name, "                 \
  "  header = :header, purpose = :purpose, update_at = :update_at, delete_at = :delete_at "        \
  "WHERE id = :id"
#define SQL_COUNT_POST                                                                             \
  "UPDATE channels SET last_post_at = max (last_post_at, :create_at), "                            \
  "  total_msg_count = total_msg_count + :counted, "                                               \
  "  total_msg_count_root = total_msg_count_root + :counted_root WHERE id = :id"

static void
take_text (char **field, UcStmt *stmt, int column)
{
  g_free (*field);
  *field = uc_stmt_dup_text (stmt, column);
}

static gpointer
read_row (UcStmt *stmt)
{
  UcChannel *self = uc_channel_new ();

  take_text (&self->id, stmt, 0);
  take_text (&self->team_id, stmt, 1);
  self->type = uc_channel_type_from_string (uc_stmt_get_text (stmt, 2));
  take_text (&self->name, stmt, 3);
  take_text (&self->display_name, stmt, 4);
  take_text (&self->header, stmt, 5);
  take_text (&self->purpose, stmt, 6);
  take_text (&self->creator_id, stmt, 7);
  self->last_post_at_ms = uc_stmt_get_int64 (stmt, 8);
  self->total_msg_count = uc_stmt_get_int64 (stmt, 9);
  self->total_msg_count_root = uc_stmt_get_int64 (stmt, 10);
  self->create_at_ms = uc_stmt_get_int64 (stmt, 11);
  self->update_at_ms = uc_stmt_get_int64 (stmt, 12);
  self->delete_at_ms = uc_stmt_get_int64 (stmt, 13);
  return self;
}

static UcChannel *
find_one (UcDb *db, const char *sql, const UcBind *binds, UcRefusal refusal, GError **error)
{
  UcChannel *self = NULL;

  if (uc_query_one (db, sql, binds, read_row, (gpointer *) &self, error) && self == NULL)
    uc_refuse (error, refusal);
  return self;
}

/**
 * uc_channel_table_find:
 *
 * Returns: (transfer full) (nullable): the channel, archived or not
 */
UcChannel *
uc_channel_table_find (UcDb *db, const char *id, GError **error)
{
  return find_one (db, SQL_FIND, UC_BINDS (UC_TEXT (":id", id)), UC_REFUSAL_CHANNEL_UNKNOWN, error);
}

/**
 * uc_channel_table_find_name:
 * @team_id: the team, or empty for direct and group channels
 *
 * Returns: (transfer full) (nullable): the channel, archived or not
 */
UcChannel *
uc_channel_table_find_name (UcDb *db, const char *team_id, const char *name, GError **error)
{
  return find_one (db, SQL_FIND_NAME,
                   UC_BINDS (UC_TEXT (":team_id", team_id), UC_TEXT (":name", name)),
                   UC_REFUSAL_CHANNEL_NAME_UNKNOWN, error);
}

/**
 * uc_channel_table_list_named:
 *
 * Returns: (transfer full) (element-type UcChannel) (nullable): of all teams those that
 *   @user_id is in, archived or not
 */
GPtrArray *
uc_channel_table_list_named (UcDb *db, const char *user_id, const char *name, GError **error)
{
  return uc_query_rows (db, SQL_LIST_NAMED,
                        UC_BINDS (UC_TEXT (":user_id", user_id), UC_TEXT (":name", name)), read_row,
                        (GDestroyNotify) uc_channel_unref, error);
}

/**
 * uc_channel_table_list_user:
 *
 * Returns: (transfer full) (element-type UcChannel) (nullable): by display name
 */
GPtrArray *
uc_channel_table_list_user (UcDb       *db,
                            const char *user_id,
                            const char *team_id,
                            gboolean    with_deleted,
                            GError    **error)
{
  return uc_query_rows (db, SQL_LIST_USER,
                        UC_BINDS (UC_TEXT (":user_id", user_id), UC_TEXT (":team_id", team_id),
                                  UC_INT (":with_deleted", with_deleted)),
                        read_row, (GDestroyNotify) uc_channel_unref, error);
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

/**
 * uc_channel_table_list:
 *
 * Returns: (transfer full) (element-type UcChannel) (nullable): by display name
 */
GPtrArray *
uc_channel_table_list (UcDb *db, const UcChannelQuery *query, GError **error)
{
  return uc_query_rows (db, SQL_LIST,
                        UC_BINDS (UC_TEXT (":team_id", or_empty (query->team_id)),
                                  UC_TEXT (":term", or_empty (query->term)),
                                  UC_TEXT (":member_id", or_empty (query->member_id)),
                                  UC_INT (":with_public", query->with_public),
                                  UC_INT (":with_private", query->with_private),
                                  UC_INT (":with_all_private", query->with_all_private),
                                  UC_INT (":with_deleted", query->with_deleted),
                                  UC_INT (":only_deleted", query->only_deleted),
                                  UC_INT (":limit", query->limit),
                                  UC_INT (":offset", query->offset)),
                        read_row, (GDestroyNotify) uc_channel_unref, error);
}

/**
 * uc_channel_table_list_people:
 *
 * Returns: (transfer full) (element-type UcChannel) (nullable): newest talk first
 */
GPtrArray *
uc_channel_table_list_people (UcDb       *db,
                              const char *user_id,
                              const char *term,
                              gboolean    only_groups,
                              int         limit,
                              GError    **error)
{
  g_autofree char *folded = g_utf8_casefold (term, -1);

  return uc_query_rows (db, SQL_LIST_PEOPLE,
                        UC_BINDS (UC_TEXT (":user_id", user_id), UC_TEXT (":term", folded),
                                  UC_INT (":only_groups", only_groups), UC_INT (":limit", limit)),
                        read_row, (GDestroyNotify) uc_channel_unref, error);
}

/* Names stay taken when a channel is archived: UNIQUE says so. */
static gboolean
take_conflict (GError *local, GError **error)
{
  if (g_error_matches (local, UC_ERROR, UC_ERROR_CONFLICT)) {
    uc_refuse (error, UC_REFUSAL_CHANNEL_EXISTS);
    g_error_free (local);
  } else {
    g_propagate_error (error, local);
  }
  return FALSE;
}

/**
 * uc_channel_table_insert:
 *
 * Errors: UC_REFUSAL_CHANNEL_EXISTS, UC_ERROR_STORAGE
 */
gboolean
uc_channel_table_insert (UcDb *db, const UcChannel *channel, GError **error)
{
  GError      *local = NULL;
  const UcBind binds[] = {
    UC_TEXT (":id", channel->id),
    UC_TEXT (":team_id", channel->team_id),
    UC_TEXT (":type", uc_channel_type_to_string (channel->type)),
    UC_TEXT (":name", channel->name),
    UC_TEXT (":display_name", channel->display_name),
    UC_TEXT (":header", channel->header),
    UC_TEXT (":purpose", channel->purpose),
    UC_TEXT (":creator_id", channel->creator_id),
    UC_INT (":create_at", channel->create_at_ms),
    UC_INT (":update_at", channel->update_at_ms),
    UC_INT (":delete_at", channel->delete_at_ms),
    { .name = NULL },
  };

  if (uc_query_run (db, SQL_INSERT, binds, &local))
    return TRUE;
  return take_conflict (local, error);
}

/**
 * uc_channel_table_update:
 *
 * Errors: UC_REFUSAL_CHANNEL_EXISTS, UC_ERROR_STORAGE
 */
gboolean
uc_channel_table_update (UcDb *db, const UcChannel *channel, GError **error)
{
  GError      *local = NULL;
  const UcBind binds[] = {
    UC_TEXT (":id", channel->id),
    UC_TEXT (":type", uc_channel_type_to_string (channel->type)),
    UC_TEXT (":name", channel->name),
    UC_TEXT (":display_name", channel->display_name),
    UC_TEXT (":header", channel->header),
    UC_TEXT (":purpose", channel->purpose),
    UC_INT (":update_at", channel->update_at_ms),
    UC_INT (":delete_at", channel->delete_at_ms),
    { .name = NULL },
  };

  if (uc_query_run (db, SQL_UPDATE, binds, &local))
    return TRUE;
  return take_conflict (local, error);
}

/**
 * uc_channel_table_count_post:
 * @is_counted: joins and leaves are not (protocol.md 19.2)
 *
 * A post was written: moves the channel's clock and its counters.
 */
gboolean
uc_channel_table_count_post (UcDb       *db,
                             const char *id,
                             gint64      create_at_ms,
                             gboolean    is_counted,
                             gboolean    is_root,
                             GError    **error)
{
  return uc_query_run (db, SQL_COUNT_POST,
                       UC_BINDS (UC_TEXT (":id", id), UC_INT (":create_at", create_at_ms),
                                 UC_INT (":counted", is_counted),
                                 UC_INT (":counted_root", is_counted && is_root)),
                       error);
}
