/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The table `users` and nothing else. Who may read or change what is decided above. */

#include "config.h"

#include "uc-user-table.h"

#include "uc-error.h"
#include "uc-json.h"
#include "uc-query.h"
#include "uc-refusal.h"
#include "uc-wire-json.h"

#define COLUMNS                                                                                    \
  "users.id, username, email, first_name, last_name, nickname, position, roles, locale, "          \
  "notify_props, timezone, props, password_hash, last_password_update, failed_attempts, is_bot, "  \
  "bot_description, bot_owner_id, picture, last_picture_update, users.create_at, "                 \
  "users.update_at, users.delete_at"

#define SQL_FIND       "SELECT " COLUMNS " FROM users WHERE id = :id"
#define SQL_FIND_NAME  "SELECT " COLUMNS " FROM users WHERE username = :username"
#define SQL_FIND_EMAIL "SELECT " COLUMNS " FROM users WHERE email = :email COLLATE NOCASE"

#define SQL_LIST                                                                                   \
  "SELECT " COLUMNS " FROM users LEFT JOIN statuses ON statuses.user_id = users.id "               \
  "WHERE (:in_team = '' OR EXISTS (SELECT 1 FROM team_members m WHERE m.team_id = :in_team "       \
  "       AND m.user_id = users.id AND m.delete_at = 0)) "                                         \
  "  AND (:not_in_team = '' OR NOT EXISTS (SELECT 1 FROM team_members m WHERE "                    \
  "       m.team_id = :not_in_team AND m.user_id = users.id AND m.delete_at = 0)) "                \
  "  AND (:in_channel = '' OR EXISTS (SELECT 1 FROM channel_members m WHERE "                      \
  "       m.channel_id = :in_channel AND m.user_id = users.id)) "                                  \
  "  AND (:not_in_channel = '' OR NOT EXISTS (SELECT 1 FROM channel_members m WHERE "              \
  "       m.channel_id = :not_in_channel AND m.user_id = users.id)) "                              \
  "  AND (:without_team = 0 OR NOT EXISTS (SELECT 1 FROM team_members m WHERE "                    \
  "       m.user_id = users.id AND m.delete_at = 0)) "                                             \
  "  AND (:role = '' OR instr (' ' || roles || ' ', ' ' || :role || ' ') > 0) "                    \
  "  AND (:term = '' OR instr (search_names, char (10) || :term) > 0) "                            \
  "  AND (:only_inactive = 0 OR users.delete_at > 0) "                                             \
  "  AND (:only_active = 0 OR users.delete_at = 0) "                                               \
  "  AND (:no_bots = 0 OR is_bot = 0) "                                                            \
  "ORDER BY CASE :sort WHEN 'last_activity_at' THEN -coalesce (statuses.last_activity_at, 0) "     \
  "  WHEN 'create_at' THEN -users.create_at "                                                      \
  "  WHEN 'status' THEN CASE coalesce (statuses.status, 'offline') WHEN 'online' THEN 0 "          \
  "    WHEN 'away' THEN 1 WHEN 'dnd' THEN 2 ELSE 3 END "                                           \
  "  ELSE 0 END, username LIMIT :limit OFFSET :offset"

#define SQL_LIST_BOTS                                                                              \
  "SELECT " COLUMNS " FROM users WHERE is_bot = 1 AND (:with_deleted = 1 OR delete_at = 0) "       \
  "ORDER BY create_at, id LIMIT :limit OFFSET :offset"

#define SQL_LIST_KNOWN                                                                             \
  "SELECT DISTINCT b.user_id FROM channel_members a "                                              \
  "JOIN channel_members b ON b.channel_id = a.channel_id "                                         \
  "WHERE a.user_id = :id AND b.user_id <> :id ORDER BY b.user_id"

#define SQL_COUNT                                                                                  \
  "SELECT count (*) FROM users WHERE (:with_deleted = 1 OR delete_at = 0) "                        \
  "AND (:with_bots = 1 OR is_bot = 0)"

#define SQL_INSERT                                                                                 \
  "INSERT INTO users (id, username, email, first_name, last_name, nickname, position, roles, "     \
  "  locale, notify_props, timezone, props, search_names, has_keywords, password_hash, "           \
  "last_password_update, "                                                                         \
  "  failed_attempts, is_bot, bot_description, bot_owner_id, picture, last_picture_update, "       \
  "  create_at, update_at, delete_at) "                                                            \
  "VALUES (:id, :username, :email, :first_name, :last_name, :nickname, :position, :roles, "        \
  "  :locale, :notify_props, :timezone, :props, :search_names, :has_keywords, :password_hash, "    \
  "  :last_password_update, :failed_attempts, :is_bot, :bot_description, :bot_owner_id, "          \
  "  :picture, :last_picture_update, :create_at, :update_at, :delete_at)"

#define SQL_UPDATE                                                                                 \
  "UPDATE users SET username = :username, email = :email, first_name = :first_name, "              \
  "  last_name = :last_name, nickname = :nickname, position = :position, roles = :roles, "         \
  "  locale = :locale, notify_props = :notify_props, timezone = :timezone, props = :props, "       \
  "  search_names = :search_names, has_keywords = :has_keywords, password_hash = :password_hash, " \
  "  last_password_update = :last_password_update, failed_attempts = :failed_attempts, "           \
  "  is_bot = :is_bot, bot_description = :bot_description, bot_owner_id = :bot_owner_id, "         \
  "  picture = :picture, last_picture_update = :last_picture_update, create_at = :create_at, "     \
  "  update_at = :update_at, delete_at = :delete_at WHERE id = :id"

/**
 * uc_account_new:
 *
 * Returns: (transfer full): an empty row
 */
UcAccount *
uc_account_new (void)
{
  UcAccount *self = g_new0 (UcAccount, 1);

  self->user = uc_user_new ();
  self->props = g_strdup ("{}");
  self->password_hash = g_strdup ("");
  self->bot_owner_id = g_strdup ("");
  self->picture = g_strdup ("");
  return self;
}

/**
 * uc_account_free:
 * @self: (transfer full):
 */
void
uc_account_free (UcAccount *self)
{
  uc_user_unref (self->user);
  g_free (self->props);
  g_free (self->password_hash);
  g_free (self->bot_owner_id);
  g_free (self->picture);
  g_free (self);
}

/**
 * uc_account_to_json:
 * @for_self: add what only the user's own record shows
 *
 * Returns: (transfer full): the record of protocol.md 4.1
 */
JsonObject *
uc_account_to_json (UcAccount *self, gboolean for_self)
{
  g_autoptr (JsonNode) node = uc_wire_user_to_json (self->user, for_self);
  g_autoptr (JsonNode) props = uc_json_parse (self->props, -1, NULL);
  JsonObject *object = json_object_ref (json_node_get_object (node));

  /* The text that was stored goes out, not what this version understood of it. */
  json_object_remove_member (object, "props");
  if (props != NULL && JSON_NODE_HOLDS_OBJECT (props) &&
      json_object_get_size (json_node_get_object (props)) > 0)
    json_object_set_member (object, "props", g_steal_pointer (&props));
  if (for_self && self->failed_attempts > 0)
    json_object_set_int_member (object, "failed_attempts", self->failed_attempts);
  return object;
}

static void
take_text (char **field, UcStmt *stmt, int column)
{
  g_free (*field);
  *field = uc_stmt_dup_text (stmt, column);
}

static gpointer
read_row (UcStmt *stmt)
{
  UcAccount *self = uc_account_new ();
  UcUser    *user = self->user;

  take_text (&user->id, stmt, 0);
  take_text (&user->username, stmt, 1);
  take_text (&user->email, stmt, 2);
  take_text (&user->first_name, stmt, 3);
  take_text (&user->last_name, stmt, 4);
  take_text (&user->nickname, stmt, 5);
  take_text (&user->position, stmt, 6);
  take_text (&user->roles, stmt, 7);
  take_text (&user->locale, stmt, 8);
  take_text (&user->notify_props, stmt, 9);
  take_text (&user->timezone, stmt, 10);
  take_text (&self->props, stmt, 11);
  take_text (&self->password_hash, stmt, 12);
  user->last_password_update_ms = uc_stmt_get_int64 (stmt, 13);
  self->failed_attempts = (int) uc_stmt_get_int64 (stmt, 14);
  user->is_bot = uc_stmt_get_int64 (stmt, 15) != 0;
  take_text (&user->bot_description, stmt, 16);
  take_text (&self->bot_owner_id, stmt, 17);
  take_text (&self->picture, stmt, 18);
  user->last_picture_update_ms = uc_stmt_get_int64 (stmt, 19);
  user->create_at_ms = uc_stmt_get_int64 (stmt, 20);
  user->update_at_ms = uc_stmt_get_int64 (stmt, 21);
  user->delete_at_ms = uc_stmt_get_int64 (stmt, 22);
  return self;
}

static UcAccount *
find_one (UcDb *db, const char *sql, const UcBind *binds, UcRefusal refusal, GError **error)
{
  UcAccount *self = NULL;

  if (uc_query_one (db, sql, binds, read_row, (gpointer *) &self, error) && self == NULL)
    uc_refuse (error, refusal);
  return self;
}

/**
 * uc_user_table_find:
 *
 * Returns: (transfer full) (nullable): the user with this id
 */
UcAccount *
uc_user_table_find (UcDb *db, const char *id, GError **error)
{
  return find_one (db, SQL_FIND, UC_BINDS (UC_TEXT (":id", id)), UC_REFUSAL_USER_UNKNOWN, error);
}

/**
 * uc_user_table_find_name:
 *
 * Returns: (transfer full) (nullable): the user with exactly this name
 */
UcAccount *
uc_user_table_find_name (UcDb *db, const char *username, GError **error)
{
  return find_one (db, SQL_FIND_NAME, UC_BINDS (UC_TEXT (":username", username)),
                   UC_REFUSAL_USERNAME_UNKNOWN, error);
}

/**
 * uc_user_table_find_email:
 *
 * Returns: (transfer full) (nullable): the user with this address, in any case
 */
UcAccount *
uc_user_table_find_email (UcDb *db, const char *email, GError **error)
{
  return find_one (db, SQL_FIND_EMAIL, UC_BINDS (UC_TEXT (":email", email)),
                   UC_REFUSAL_USER_UNKNOWN, error);
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

/**
 * uc_user_table_list:
 *
 * Returns: (transfer full) (element-type UcAccount) (nullable): the users asked for
 */
GPtrArray *
uc_user_table_list (UcDb *db, const UcUserQuery *query, GError **error)
{
  g_autofree char *term = g_utf8_casefold (or_empty (query->term), -1);

  return uc_query_rows (
      db, SQL_LIST,
      UC_BINDS (UC_TEXT (":in_team", or_empty (query->in_team)),
                UC_TEXT (":not_in_team", or_empty (query->not_in_team)),
                UC_TEXT (":in_channel", or_empty (query->in_channel)),
                UC_TEXT (":not_in_channel", or_empty (query->not_in_channel)),
                UC_TEXT (":role", or_empty (query->role)),
                UC_TEXT (":sort", or_empty (query->sort)), UC_TEXT (":term", term),
                UC_INT (":without_team", query->without_team),
                UC_INT (":only_inactive", query->only_inactive),
                UC_INT (":only_active", query->only_active), UC_INT (":no_bots", query->no_bots),
                UC_INT (":limit", query->limit), UC_INT (":offset", query->offset)),
      read_row, (GDestroyNotify) uc_account_free, error);
}

/**
 * uc_user_table_list_ids:
 * @ids: (element-type utf8): in any order; unknown ones are left out
 * @since_ms: only those changed later; 0 for all
 *
 * Returns: (transfer full) (element-type UcAccount) (nullable): by user name
 */
GPtrArray *
uc_user_table_list_ids (UcDb *db, GPtrArray *ids, gint64 since_ms, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_account_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < ids->len; i++) {
    g_autoptr (GError) local = NULL;
    g_autoptr (UcAccount) self = NULL;
    const char *id = g_ptr_array_index (ids, i);

    if (!g_hash_table_add (seen, (gpointer) id))
      continue;
    self = uc_user_table_find (db, id, &local);
    if (self == NULL && !g_error_matches (local, UC_REFUSAL, UC_REFUSAL_USER_UNKNOWN)) {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
    if (self != NULL && self->user->update_at_ms > since_ms)
      g_ptr_array_add (list, g_steal_pointer (&self));
  }
  return g_steal_pointer (&list);
}

/**
 * uc_user_table_list_bots:
 *
 * Returns: (transfer full) (element-type UcAccount) (nullable): oldest first
 */
GPtrArray *
uc_user_table_list_bots (UcDb *db, gboolean with_deleted, int offset, int limit, GError **error)
{
  return uc_query_rows (db, SQL_LIST_BOTS,
                        UC_BINDS (UC_INT (":with_deleted", with_deleted), UC_INT (":limit", limit),
                                  UC_INT (":offset", offset)),
                        read_row, (GDestroyNotify) uc_account_free, error);
}

/**
 * uc_user_table_list_known:
 *
 * Returns: (transfer full) (element-type utf8) (nullable): ids
 */
GPtrArray *
uc_user_table_list_known (UcDb *db, const char *user_id, GError **error)
{
  return uc_query_texts (db, SQL_LIST_KNOWN, UC_BINDS (UC_TEXT (":id", user_id)), error);
}

/**
 * uc_user_table_count:
 * @count: (out): how many there are
 */
gboolean
uc_user_table_count (UcDb    *db,
                     gboolean with_deleted,
                     gboolean with_bots,
                     gint64  *count,
                     GError **error)
{
  return uc_query_number (
      db, SQL_COUNT,
      UC_BINDS (UC_INT (":with_deleted", with_deleted), UC_INT (":with_bots", with_bots)), count,
      error);
}

static char *
dup_search_names (const UcUser *user)
{
  g_autofree char *names =
      g_strdup_printf ("\n%s\n%s\n%s\n%s\n%s", user->username, user->first_name, user->last_name,
                       user->nickname, user->email);

  return g_utf8_casefold (names, -1);
}

/* Whether a post can call this user by more than the user name and @all. Most have
 * no such words, and a post then need not look at them. */
static gboolean
has_keywords (const UcUser *user)
{
  g_autoptr (JsonNode) node = uc_json_parse (or_empty (user->notify_props), -1, NULL);
  JsonObject *props;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;
  props = json_node_get_object (node);
  return *uc_json_get_string (props, "mention_keys", "") != '\0' ||
         g_str_equal (uc_json_get_string (props, "first_name", "false"), "true") ||
         !g_str_equal (uc_json_get_string (props, "comments", "never"), "never");
}

/* Binds a whole row and turns a broken UNIQUE into the refusal that names it. */
static gboolean
write_row (UcDb *db, const char *sql, UcAccount *self, GError **error)
{
  UcUser          *user = self->user;
  g_autofree char *search_names = dup_search_names (user);
  g_autoptr (GError) local = NULL;
  const UcBind binds[] = {
    UC_TEXT (":id", user->id),
    UC_TEXT (":username", user->username),
    UC_TEXT (":email", user->email),
    UC_TEXT (":first_name", user->first_name),
    UC_TEXT (":last_name", user->last_name),
    UC_TEXT (":nickname", user->nickname),
    UC_TEXT (":position", user->position),
    UC_TEXT (":roles", user->roles),
    UC_TEXT (":locale", user->locale),
    UC_TEXT (":notify_props", or_empty (user->notify_props)),
    UC_TEXT (":timezone", or_empty (user->timezone)),
    UC_TEXT (":props", self->props),
    UC_TEXT (":search_names", search_names),
    UC_INT (":has_keywords", has_keywords (user)),
    UC_TEXT (":password_hash", self->password_hash),
    UC_INT (":last_password_update", user->last_password_update_ms),
    UC_INT (":failed_attempts", self->failed_attempts),
    UC_INT (":is_bot", user->is_bot),
    UC_TEXT (":bot_description", user->bot_description),
    UC_TEXT (":bot_owner_id", self->bot_owner_id),
    UC_TEXT (":picture", self->picture),
    UC_INT (":last_picture_update", user->last_picture_update_ms),
    UC_INT (":create_at", user->create_at_ms),
    UC_INT (":update_at", user->update_at_ms),
    UC_INT (":delete_at", user->delete_at_ms),
    { .name = NULL },
  };

  if (uc_query_run (db, sql, binds, &local))
    return TRUE;

  if (g_error_matches (local, UC_ERROR, UC_ERROR_CONFLICT)) {
    g_autoptr (UcAccount) other = uc_user_table_find_name (db, user->username, NULL);

    uc_refuse (error, other != NULL && !g_str_equal (other->user->id, user->id)
                          ? UC_REFUSAL_USERNAME_TAKEN
                          : UC_REFUSAL_EMAIL_TAKEN);
    return FALSE;
  }
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * uc_user_table_insert:
 *
 * Errors: UC_REFUSAL_USERNAME_TAKEN, UC_REFUSAL_EMAIL_TAKEN, UC_ERROR_STORAGE
 */
gboolean
uc_user_table_insert (UcDb *db, UcAccount *account, GError **error)
{
  return write_row (db, SQL_INSERT, account, error);
}

/**
 * uc_user_table_update:
 *
 * Errors: UC_REFUSAL_USERNAME_TAKEN, UC_REFUSAL_EMAIL_TAKEN, UC_ERROR_STORAGE
 */
gboolean
uc_user_table_update (UcDb *db, UcAccount *account, GError **error)
{
  return write_row (db, SQL_UPDATE, account, error);
}
