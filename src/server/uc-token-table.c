/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The table `access_tokens`: secrets that programs sign in with. Only their hashes
 * are kept; a token in use has a row in `sessions` too. */

#include "config.h"

#include "uc-token-table.h"

#include "uc-query.h"
#include "uc-session-table.h"

#define COLUMNS "id, user_id, description, is_active"

#define SQL_FIND    "SELECT " COLUMNS " FROM access_tokens WHERE token_hash = :hash"
#define SQL_FIND_ID "SELECT " COLUMNS " FROM access_tokens WHERE id = :id"
#define SQL_LIST                                                                                   \
  "SELECT " COLUMNS " FROM access_tokens WHERE (:user_id = '' OR user_id = :user_id) "             \
  "ORDER BY create_at, id LIMIT :limit OFFSET :offset"
#define SQL_INSERT                                                                                 \
  "INSERT INTO access_tokens (id, token_hash, user_id, description, is_active, create_at) "        \
  "VALUES (:id, :hash, :user_id, :description, :is_active, :now)"
#define SQL_SET_ACTIVE "UPDATE access_tokens SET is_active = :is_active WHERE id = :id"
#define SQL_DELETE     "DELETE FROM access_tokens WHERE id = :id"

/**
 * uc_access_token_free:
 * @self: (transfer full):
 */
void
uc_access_token_free (UcAccessToken *self)
{
  g_free (self->id);
  g_free (self->user_id);
  g_free (self->description);
  g_free (self);
}

/**
 * uc_access_token_to_json:
 *
 * Returns: (transfer full): the record of protocol.md 17, without the secret
 */
JsonObject *
uc_access_token_to_json (UcAccessToken *self)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", self->id);
  json_object_set_string_member (object, "user_id", self->user_id);
  json_object_set_string_member (object, "description", self->description);
  json_object_set_boolean_member (object, "is_active", self->is_active);
  return object;
}

static gpointer
read_row (UcStmt *stmt)
{
  UcAccessToken *self = g_new0 (UcAccessToken, 1);

  self->id = uc_stmt_dup_text (stmt, 0);
  self->user_id = uc_stmt_dup_text (stmt, 1);
  self->description = uc_stmt_dup_text (stmt, 2);
  self->is_active = uc_stmt_get_int64 (stmt, 3) != 0;
  return self;
}

/**
 * uc_token_table_find:
 * @token: (out) (transfer full) (nullable): the token of this secret
 */
gboolean
uc_token_table_find (UcDb *db, const char *secret, UcAccessToken **token, GError **error)
{
  g_autofree char *hash = uc_session_hash_token (secret);

  return uc_query_one (db, SQL_FIND, UC_BINDS (UC_TEXT (":hash", hash)), read_row,
                       (gpointer *) token, error);
}

/**
 * uc_token_table_find_id:
 * @token: (out) (transfer full) (nullable): the token with this id
 */
gboolean
uc_token_table_find_id (UcDb *db, const char *id, UcAccessToken **token, GError **error)
{
  return uc_query_one (db, SQL_FIND_ID, UC_BINDS (UC_TEXT (":id", id)), read_row,
                       (gpointer *) token, error);
}

/**
 * uc_token_table_list:
 *
 * Returns: (transfer full) (element-type UcAccessToken) (nullable): oldest first
 */
GPtrArray *
uc_token_table_list (UcDb *db, const char *user_id, int offset, int limit, GError **error)
{
  return uc_query_rows (db, SQL_LIST,
                        UC_BINDS (UC_TEXT (":user_id", user_id), UC_INT (":limit", limit),
                                  UC_INT (":offset", offset)),
                        read_row, (GDestroyNotify) uc_access_token_free, error);
}

/**
 * uc_token_table_insert:
 * @secret: only its hash is kept
 */
gboolean
uc_token_table_insert (UcDb          *db,
                       UcAccessToken *token,
                       const char    *secret,
                       gint64         now_ms,
                       GError       **error)
{
  g_autofree char *hash = uc_session_hash_token (secret);

  return uc_query_run (db, SQL_INSERT,
                       UC_BINDS (UC_TEXT (":id", token->id), UC_TEXT (":hash", hash),
                                 UC_TEXT (":user_id", token->user_id),
                                 UC_TEXT (":description", token->description),
                                 UC_INT (":is_active", token->is_active), UC_INT (":now", now_ms)),
                       error);
}

/**
 * uc_token_table_set_active:
 */
gboolean
uc_token_table_set_active (UcDb *db, const char *id, gboolean is_active, GError **error)
{
  return uc_query_run (db, SQL_SET_ACTIVE,
                       UC_BINDS (UC_TEXT (":id", id), UC_INT (":is_active", is_active)), error);
}

/**
 * uc_token_table_delete:
 */
gboolean
uc_token_table_delete (UcDb *db, const char *id, GError **error)
{
  return uc_query_run (db, SQL_DELETE, UC_BINDS (UC_TEXT (":id", id)), error);
}
