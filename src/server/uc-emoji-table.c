/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The table `emoji`. */

#include "config.h"

#include "uc-emoji-table.h"

#include "uc-error.h"
#include "uc-query.h"
#include "uc-refusal.h"

#define COLUMNS "id, name, creator_id, mime_type, create_at, update_at, delete_at"

#define SQL_FIND      "SELECT " COLUMNS " FROM emoji WHERE id = :id AND delete_at = 0"
#define SQL_FIND_NAME "SELECT " COLUMNS " FROM emoji WHERE name = :name AND delete_at = 0"
#define SQL_LIST                                                                                   \
  "SELECT " COLUMNS " FROM emoji WHERE delete_at = 0 AND (:term = '' "                             \
  "OR (:is_prefix = 0 AND instr (name, :term) > 0) "                                               \
  "OR (:is_prefix = 1 AND substr (name, 1, length (:term)) = :term)) "                             \
  "ORDER BY name LIMIT :limit OFFSET :offset"
#define SQL_INSERT                                                                                 \
  "INSERT INTO emoji (id, name, creator_id, mime_type, create_at, update_at, delete_at) "          \
  "VALUES (:id, :name, :creator_id, :mime_type, :create_at, :create_at, 0)"
#define SQL_DELETE "UPDATE emoji SET delete_at = :now, update_at = :now WHERE id = :id"

/**
 * uc_emoji_free:
 * @self: (transfer full):
 */
void
uc_emoji_free (UcEmoji *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->creator_id);
  g_free (self->mime_type);
  g_free (self);
}

/**
 * uc_emoji_to_json:
 *
 * Returns: (transfer full): the record of protocol.md 11
 */
JsonObject *
uc_emoji_to_json (const UcEmoji *self)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", self->id);
  json_object_set_int_member (object, "create_at", self->create_at_ms);
  json_object_set_int_member (object, "update_at", self->update_at_ms);
  json_object_set_int_member (object, "delete_at", self->delete_at_ms);
  json_object_set_string_member (object, "creator_id", self->creator_id);
  json_object_set_string_member (object, "name", self->name);
  return object;
}

static gpointer
read_row (UcStmt *stmt)
{
  UcEmoji *self = g_new0 (UcEmoji, 1);

  self->id = uc_stmt_dup_text (stmt, 0);
  self->name = uc_stmt_dup_text (stmt, 1);
  self->creator_id = uc_stmt_dup_text (stmt, 2);
  self->mime_type = uc_stmt_dup_text (stmt, 3);
  self->create_at_ms = uc_stmt_get_int64 (stmt, 4);
  self->update_at_ms = uc_stmt_get_int64 (stmt, 5);
  self->delete_at_ms = uc_stmt_get_int64 (stmt, 6);
  return self;
}

/**
 * uc_emoji_table_find:
 *
 * Returns: (transfer full) (nullable): the emoji
 */
UcEmoji *
uc_emoji_table_find (UcDb *db, const char *id, GError **error)
{
  UcEmoji *emoji = NULL;

  if (uc_query_one (db, SQL_FIND, UC_BINDS (UC_TEXT (":id", id)), read_row, (gpointer *) &emoji,
                    error) &&
      emoji == NULL)
    uc_refuse (error, UC_REFUSAL_EMOJI_UNKNOWN);
  return emoji;
}

/**
 * uc_emoji_table_find_name:
 * @emoji: (out) (transfer full) (nullable):
 */
gboolean
uc_emoji_table_find_name (UcDb *db, const char *name, UcEmoji **emoji, GError **error)
{
  return uc_query_one (db, SQL_FIND_NAME, UC_BINDS (UC_TEXT (":name", name)), read_row,
                       (gpointer *) emoji, error);
}

/**
 * uc_emoji_table_list:
 * @term: part of the name, or empty for all
 *
 * Returns: (transfer full) (element-type UcEmoji) (nullable): by name
 */
GPtrArray *
uc_emoji_table_list (UcDb       *db,
                     const char *term,
                     gboolean    is_prefix,
                     int         offset,
                     int         limit,
                     GError    **error)
{
  return uc_query_rows (db, SQL_LIST,
                        UC_BINDS (UC_TEXT (":term", term), UC_INT (":is_prefix", is_prefix),
                                  UC_INT (":limit", limit), UC_INT (":offset", offset)),
                        read_row, (GDestroyNotify) uc_emoji_free, error);
}

/**
 * uc_emoji_table_insert:
 *
 * Errors: UC_REFUSAL_EMOJI_EXISTS, UC_ERROR_STORAGE
 */
gboolean
uc_emoji_table_insert (UcDb *db, const UcEmoji *emoji, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (uc_query_run (db, SQL_INSERT,
                    UC_BINDS (UC_TEXT (":id", emoji->id), UC_TEXT (":name", emoji->name),
                              UC_TEXT (":creator_id", emoji->creator_id),
                              UC_TEXT (":mime_type", emoji->mime_type),
                              UC_INT (":create_at", emoji->create_at_ms)),
                    &local))
    return TRUE;
  if (g_error_matches (local, UC_ERROR, UC_ERROR_CONFLICT))
    uc_refuse (error, UC_REFUSAL_EMOJI_EXISTS);
  else
    g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * uc_emoji_table_delete:
 */
gboolean
uc_emoji_table_delete (UcDb *db, const char *id, gint64 now_ms, GError **error)
{
  return uc_query_run (db, SQL_DELETE, UC_BINDS (UC_TEXT (":id", id), UC_INT (":now", now_ms)),
                       error);
}
