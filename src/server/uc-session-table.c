/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The table `sessions`. A token is shown once, at sign-in; here lies only its
 * SHA-256, which needs no salt because the token is 256 random bits. */

#include "config.h"

#include "uc-session-table.h"

#include "uc-query.h"

#define COLUMNS                                                                                    \
  "sessions.id, csrf, user_id, username, roles, device_id, user_agent, access_token_id, is_bot, "  \
  "users.delete_at, sessions.create_at, expires_at, last_activity_at"
#define FROM "FROM sessions JOIN users ON users.id = sessions.user_id "

#define SQL_FIND "SELECT " COLUMNS " " FROM "WHERE token_hash = :hash AND expires_at > :now"
#define SQL_LIST                                                                                   \
  "SELECT " COLUMNS " " FROM "WHERE user_id = :user_id AND expires_at > :now "                     \
  "ORDER BY last_activity_at DESC, sessions.id"
#define SQL_INSERT                                                                                 \
  "INSERT INTO sessions (id, token_hash, csrf, user_id, device_id, user_agent, access_token_id, "  \
  "  create_at, expires_at, last_activity_at) "                                                    \
  "VALUES (:id, :hash, :csrf, :user_id, :device_id, :user_agent, :access_token_id, :create_at, "   \
  "  :expires_at, :last_activity_at)"
#define SQL_TOUCH                                                                                  \
  "UPDATE sessions SET last_activity_at = :now, expires_at = :expires_at WHERE id = :id"
#define SQL_SET_DEVICE  "UPDATE sessions SET device_id = :device_id WHERE id = :id"
#define SQL_DELETE      "DELETE FROM sessions WHERE id = :id AND user_id = :user_id"
#define SQL_DELETE_USER "DELETE FROM sessions WHERE user_id = :user_id"
#define SQL_LIST_TOKEN                                                                             \
  "SELECT id FROM sessions WHERE access_token_id = :id AND :id <> '' ORDER BY id"
#define SQL_DELETE_OLD "DELETE FROM sessions WHERE expires_at <= :now"

/**
 * uc_server_session_new:
 *
 * Returns: (transfer full): an empty row, for the caller to fill
 */
UcServerSession *
uc_server_session_new (void)
{
  return g_new0 (UcServerSession, 1);
}

/**
 * uc_server_session_free:
 * @self: (transfer full):
 */
void
uc_server_session_free (UcServerSession *self)
{
  g_free (self->id);
  g_free (self->csrf);
  g_free (self->user_id);
  g_free (self->username);
  g_free (self->roles);
  g_free (self->device_id);
  g_free (self->user_agent);
  g_free (self->access_token_id);
  g_free (self);
}

/**
 * uc_server_session_to_json:
 *
 * Returns: (transfer full): the record of protocol.md 3.3; the token stays blank
 */
JsonObject *
uc_server_session_to_json (UcServerSession *self)
{
  JsonObject *object = json_object_new ();
  JsonObject *props = json_object_new ();

  json_object_set_string_member (props, "browser", self->user_agent);
  json_object_set_string_member (props, "csrf", self->csrf);
  json_object_set_string_member (props, "isMobile", "false");
  json_object_set_string_member (props, "isOAuthUser", "false");
  json_object_set_string_member (props, "isSaml", "false");
  json_object_set_string_member (props, "is_guest", "false");
  json_object_set_string_member (props, "os", "");
  json_object_set_string_member (props, "platform", "");
  if (*self->access_token_id != '\0') {
    json_object_set_string_member (props, "type", "UserAccessToken");
    json_object_set_string_member (props, "user_access_token_id", self->access_token_id);
  }

  json_object_set_string_member (object, "id", self->id);
  json_object_set_string_member (object, "token", "");
  json_object_set_int_member (object, "create_at", self->create_at_ms);
  json_object_set_int_member (object, "expires_at", self->expires_at_ms);
  json_object_set_int_member (object, "last_activity_at", self->last_activity_at_ms);
  json_object_set_string_member (object, "user_id", self->user_id);
  json_object_set_string_member (object, "device_id", self->device_id);
  json_object_set_string_member (object, "roles", self->roles);
  json_object_set_boolean_member (object, "is_oauth", FALSE);
  json_object_set_boolean_member (object, "expired_notify", FALSE);
  json_object_set_object_member (object, "props", props);
  json_object_set_array_member (object, "team_members", json_array_new ());
  json_object_set_boolean_member (object, "local", FALSE);
  return object;
}

/**
 * uc_session_hash_token:
 *
 * Returns: (transfer full): what is stored of @token
 */
char *
uc_session_hash_token (const char *token)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, token, -1);
}

static gpointer
read_row (UcStmt *stmt)
{
  UcServerSession *self = uc_server_session_new ();

  self->id = uc_stmt_dup_text (stmt, 0);
  self->csrf = uc_stmt_dup_text (stmt, 1);
  self->user_id = uc_stmt_dup_text (stmt, 2);
  self->username = uc_stmt_dup_text (stmt, 3);
  self->roles = uc_stmt_dup_text (stmt, 4);
  self->device_id = uc_stmt_dup_text (stmt, 5);
  self->user_agent = uc_stmt_dup_text (stmt, 6);
  self->access_token_id = uc_stmt_dup_text (stmt, 7);
  self->is_bot = uc_stmt_get_int64 (stmt, 8) != 0;
  self->user_delete_at_ms = uc_stmt_get_int64 (stmt, 9);
  self->create_at_ms = uc_stmt_get_int64 (stmt, 10);
  self->expires_at_ms = uc_stmt_get_int64 (stmt, 11);
  self->last_activity_at_ms = uc_stmt_get_int64 (stmt, 12);
  return self;
}

/**
 * uc_session_table_find:
 * @token: what the client sent
 * @session: (out) (transfer full) (nullable): %NULL when no such session lives
 */
gboolean
uc_session_table_find (UcDb             *db,
                       const char       *token,
                       gint64            now_ms,
                       UcServerSession **session,
                       GError          **error)
{
  g_autofree char *hash = uc_session_hash_token (token);

  return uc_query_one (db, SQL_FIND, UC_BINDS (UC_TEXT (":hash", hash), UC_INT (":now", now_ms)),
                       read_row, (gpointer *) session, error);
}

/**
 * uc_session_table_list:
 *
 * Returns: (transfer full) (element-type UcServerSession) (nullable): newest use first
 */
GPtrArray *
uc_session_table_list (UcDb *db, const char *user_id, gint64 now_ms, GError **error)
{
  return uc_query_rows (db, SQL_LIST,
                        UC_BINDS (UC_TEXT (":user_id", user_id), UC_INT (":now", now_ms)), read_row,
                        (GDestroyNotify) uc_server_session_free, error);
}

/**
 * uc_session_table_insert:
 * @token: the secret; only its hash is kept
 */
gboolean
uc_session_table_insert (UcDb *db, UcServerSession *session, const char *token, GError **error)
{
  g_autofree char *hash = uc_session_hash_token (token);

  return uc_query_run (db, SQL_INSERT,
                       UC_BINDS (UC_TEXT (":id", session->id), UC_TEXT (":hash", hash),
                                 UC_TEXT (":csrf", session->csrf),
                                 UC_TEXT (":user_id", session->user_id),
                                 UC_TEXT (":device_id", session->device_id),
                                 UC_TEXT (":user_agent", session->user_agent),
                                 UC_TEXT (":access_token_id", session->access_token_id),
                                 UC_INT (":create_at", session->create_at_ms),
                                 UC_INT (":expires_at", session->expires_at_ms),
                                 UC_INT (":last_activity_at", session->last_activity_at_ms)),
                       error);
}

/**
 * uc_session_table_touch:
 *
 * Notes the use of a session and moves its end.
 */
gboolean
uc_session_table_touch (UcDb       *db,
                        const char *id,
                        gint64      now_ms,
                        gint64      expires_at_ms,
                        GError    **error)
{
  return uc_query_run (db, SQL_TOUCH,
                       UC_BINDS (UC_TEXT (":id", id), UC_INT (":now", now_ms),
                                 UC_INT (":expires_at", expires_at_ms)),
                       error);
}

/**
 * uc_session_table_set_device:
 */
gboolean
uc_session_table_set_device (UcDb *db, const char *id, const char *device_id, GError **error)
{
  return uc_query_run (db, SQL_SET_DEVICE,
                       UC_BINDS (UC_TEXT (":id", id), UC_TEXT (":device_id", device_id)), error);
}

/**
 * uc_session_table_delete:
 * @user_id: whose session it must be
 * @existed: (out): whether there was one
 */
gboolean
uc_session_table_delete (UcDb       *db,
                         const char *id,
                         const char *user_id,
                         gboolean   *existed,
                         GError    **error)
{
  if (!uc_query_run (db, SQL_DELETE, UC_BINDS (UC_TEXT (":id", id), UC_TEXT (":user_id", user_id)),
                     error))
    return FALSE;
  *existed = uc_db_get_changes (db) > 0;
  return TRUE;
}

/**
 * uc_session_table_delete_user:
 */
gboolean
uc_session_table_delete_user (UcDb *db, const char *user_id, GError **error)
{
  return uc_query_run (db, SQL_DELETE_USER, UC_BINDS (UC_TEXT (":user_id", user_id)), error);
}

/**
 * uc_session_table_list_access_token:
 *
 * Returns: (transfer full) (element-type utf8) (nullable): ids of the sessions that a
 *   personal access token has opened
 */
GPtrArray *
uc_session_table_list_access_token (UcDb *db, const char *access_token_id, GError **error)
{
  return uc_query_texts (db, SQL_LIST_TOKEN, UC_BINDS (UC_TEXT (":id", access_token_id)), error);
}

/**
 * uc_session_table_delete_expired:
 */
gboolean
uc_session_table_delete_expired (UcDb *db, gint64 now_ms, GError **error)
{
  return uc_query_run (db, SQL_DELETE_OLD, UC_BINDS (UC_INT (":now", now_ms)), error);
}
