/* SPDX-License-Identifier: GPL-3.0-or-later */

/* People, and the words they can be found by. */

#include "config.h"

#include "uc-store-users-private.h"

#include "uc-keys-private.h"
#include "uc-row-private.h"

#define USER_COLUMNS                                                                               \
  "id, username, first_name, last_name, nickname, position, email, roles, locale, "                \
  "bot_description, custom_status_emoji, custom_status_text, custom_status_expires_ms, "           \
  "notify_props, timezone, create_at_ms, update_at_ms, delete_at_ms, last_picture_update_ms, "     \
  "is_bot, is_mfa_active"

static const char *ALL_SQL = "SELECT " USER_COLUMNS "  FROM users"
                             " WHERE is_known = 1"
                             " ORDER BY username, user";
static const char *ONE_SQL = "SELECT " USER_COLUMNS "  FROM users WHERE id = :id AND is_known = 1";
/* The name itself, then names that begin so, then anything that begins so. */
static const char *COMPLETE_SQL =
    "SELECT " USER_COLUMNS "  FROM users"
    " WHERE user IN (SELECT user FROM user_words"
    "                 WHERE word >= :prefix AND word < :prefix || char (1114111))"
    "   AND is_known = 1 AND delete_at_ms = 0"
    " ORDER BY username <> :prefix, substr (username, 1, length (:prefix)) <> :prefix,"
    "          username, user"
    " LIMIT :limit";
static const char *FIRST_SQL = "SELECT " USER_COLUMNS "  FROM users"
                               " WHERE is_known = 1 AND delete_at_ms = 0"
                               " ORDER BY username, user"
                               " LIMIT :limit";
/* The record that is pushed to everybody lacks what only oneself may see: that is
 * kept, and filled in when it comes with the same update_at. */
static const char *PUT_SQL =
    "INSERT INTO users (is_known, " USER_COLUMNS ")"
    " VALUES (1, :id, :username, :first_name, :last_name, :nickname, :position, :email, :roles,"
    "         :locale, :bot_description, :status_emoji, :status_text, :status_expires,"
    "         :notify_props, :timezone, :create_at, :update_at, :delete_at, :picture_at, :is_bot,"
    "         :is_mfa_active)"
    " ON CONFLICT (id) DO UPDATE"
    "   SET is_known = 1,"
    "       username = excluded.username,"
    "       first_name = excluded.first_name,"
    "       last_name = excluded.last_name,"
    "       nickname = excluded.nickname,"
    "       position = excluded.position,"
    "       email = CASE WHEN excluded.email <> '' THEN excluded.email ELSE email END,"
    "       roles = excluded.roles,"
    "       locale = excluded.locale,"
    "       bot_description = excluded.bot_description,"
    "       custom_status_emoji = excluded.custom_status_emoji,"
    "       custom_status_text = excluded.custom_status_text,"
    "       custom_status_expires_ms = excluded.custom_status_expires_ms,"
    "       notify_props = coalesce (excluded.notify_props, notify_props),"
    "       timezone = coalesce (excluded.timezone, timezone),"
    "       create_at_ms = excluded.create_at_ms,"
    "       update_at_ms = excluded.update_at_ms,"
    "       delete_at_ms = excluded.delete_at_ms,"
    "       last_picture_update_ms = excluded.last_picture_update_ms,"
    "       is_bot = excluded.is_bot,"
    "       is_mfa_active = excluded.is_mfa_active"
    " WHERE is_known = 0"
    "    OR excluded.update_at_ms > update_at_ms"
    "    OR (excluded.update_at_ms = update_at_ms"
    "        AND excluded.notify_props IS NOT NULL AND notify_props IS NULL)";
static const char *CLEAR_WORDS_SQL = "DELETE FROM user_words WHERE user = :user";
static const char *ADD_WORD_SQL =
    "INSERT INTO user_words (word, user) VALUES (:word, :user) ON CONFLICT DO NOTHING";

static UcUser *
read_user (UcStmt *stmt)
{
  UcUser *user = uc_user_new ();

  _uc_row_take_text (stmt, 0, &user->id);
  _uc_row_take_text (stmt, 1, &user->username);
  _uc_row_take_text (stmt, 2, &user->first_name);
  _uc_row_take_text (stmt, 3, &user->last_name);
  _uc_row_take_text (stmt, 4, &user->nickname);
  _uc_row_take_text (stmt, 5, &user->position);
  _uc_row_take_text (stmt, 6, &user->email);
  _uc_row_take_text (stmt, 7, &user->roles);
  _uc_row_take_text (stmt, 8, &user->locale);
  _uc_row_take_text (stmt, 9, &user->bot_description);
  _uc_row_take_text (stmt, 10, &user->custom_status_emoji);
  _uc_row_take_text (stmt, 11, &user->custom_status_text);
  user->custom_status_expires_ms = uc_stmt_get_int64 (stmt, 12);
  _uc_row_take_nullable (stmt, 13, &user->notify_props);
  _uc_row_take_nullable (stmt, 14, &user->timezone);
  user->create_at_ms = uc_stmt_get_int64 (stmt, 15);
  user->update_at_ms = uc_stmt_get_int64 (stmt, 16);
  user->delete_at_ms = uc_stmt_get_int64 (stmt, 17);
  user->last_picture_update_ms = uc_stmt_get_int64 (stmt, 18);
  user->is_bot = uc_stmt_get_int64 (stmt, 19) != 0;
  user->is_mfa_active = uc_stmt_get_int64 (stmt, 20) != 0;
  return user;
}

static gboolean
read_into (UcStmt *stmt, GPtrArray *users, GError **error)
{
  gboolean has_row;

  do {
    if (!uc_stmt_step (stmt, &has_row, error))
      return FALSE;
    if (has_row)
      g_ptr_array_add (users, read_user (stmt));
  } while (has_row);
  return TRUE;
}

GPtrArray *
_uc_users_load (UcDb *db, const char *const *ids, GError **error)
{
  g_autoptr (GPtrArray) users = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_user_unref);

  if (ids == NULL) {
    UcStmt *stmt = uc_db_prepare (db, ALL_SQL, error);

    return stmt != NULL && read_into (stmt, users, error) ? g_steal_pointer (&users) : NULL;
  }
  for (guint i = 0; ids[i] != NULL; i++) {
    UcStmt *stmt = uc_db_prepare (db, ONE_SQL, error);

    if (stmt == NULL)
      return NULL;
    uc_stmt_bind_text (stmt, ":id", ids[i]);
    if (!read_into (stmt, users, error))
      return NULL;
  }
  return g_steal_pointer (&users);
}

static char *
fold (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);

  return normal != NULL ? g_utf8_casefold (normal, -1) : g_strdup ("");
}

GPtrArray *
_uc_users_complete (UcDb *db, const char *prefix, guint limit, GError **error)
{
  g_autoptr (GPtrArray) users = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_user_unref);
  g_autofree char *folded = fold (*prefix == '@' ? prefix + 1 : prefix);
  UcStmt          *stmt = uc_db_prepare (db, *folded != '\0' ? COMPLETE_SQL : FIRST_SQL, error);

  if (stmt == NULL)
    return NULL;
  if (*folded != '\0')
    uc_stmt_bind_text (stmt, ":prefix", folded);
  uc_stmt_bind_int64 (stmt, ":limit", limit);
  return read_into (stmt, users, error) ? g_steal_pointer (&users) : NULL;
}

static gboolean
add_word (UcDb *db, gint64 user, const char *word, GError **error)
{
  UcStmt *stmt;

  if (*word == '\0')
    return TRUE;
  stmt = uc_db_prepare (db, ADD_WORD_SQL, error);
  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_text (stmt, ":word", word);
  uc_stmt_bind_int64 (stmt, ":user", user);
  return uc_stmt_run (stmt, error);
}

/* The whole name, so that "anna ma" goes on finding, and each word of it. */
static gboolean
add_name (UcDb *db, gint64 user, const char *name, const char *separators, GError **error)
{
  g_autofree char *folded = fold (name);
  g_auto (GStrv) words = g_strsplit_set (folded, separators, -1);

  if (!add_word (db, user, g_strstrip (folded), error))
    return FALSE;
  for (guint i = 0; words[i] != NULL; i++) {
    if (!add_word (db, user, words[i], error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
write_words (UcDb *db, UcUser *user, GError **error)
{
  g_autofree char *full_name = g_strconcat (user->first_name, " ", user->last_name, NULL);
  gint64           key;

  return _uc_key_of_user (db, user->id, &key, error) &&
         _uc_row_run_int64 (db, CLEAR_WORDS_SQL, ":user", key, error) &&
         add_name (db, key, user->username, "._-", error) &&
         add_name (db, key, full_name, " -", error) &&
         add_name (db, key, user->nickname, " -", error);
}

gboolean
_uc_op_put_user (UcWrite *write, const UcOp *op, GError **error)
{
  UcUser *user = op->record;
  UcStmt *stmt = uc_db_prepare (write->db, PUT_SQL, error);

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_text (stmt, ":id", user->id);
  uc_stmt_bind_text (stmt, ":username", user->username);
  uc_stmt_bind_text (stmt, ":first_name", user->first_name);
  uc_stmt_bind_text (stmt, ":last_name", user->last_name);
  uc_stmt_bind_text (stmt, ":nickname", user->nickname);
  uc_stmt_bind_text (stmt, ":position", user->position);
  uc_stmt_bind_text (stmt, ":email", user->email);
  uc_stmt_bind_text (stmt, ":roles", user->roles);
  uc_stmt_bind_text (stmt, ":locale", user->locale);
  uc_stmt_bind_text (stmt, ":bot_description", user->bot_description);
  uc_stmt_bind_text (stmt, ":status_emoji", user->custom_status_emoji);
  uc_stmt_bind_text (stmt, ":status_text", user->custom_status_text);
  uc_stmt_bind_int64 (stmt, ":status_expires", user->custom_status_expires_ms);
  _uc_row_bind_nullable (stmt, ":notify_props", user->notify_props);
  _uc_row_bind_nullable (stmt, ":timezone", user->timezone);
  uc_stmt_bind_int64 (stmt, ":create_at", user->create_at_ms);
  uc_stmt_bind_int64 (stmt, ":update_at", user->update_at_ms);
  uc_stmt_bind_int64 (stmt, ":delete_at", user->delete_at_ms);
  uc_stmt_bind_int64 (stmt, ":picture_at", user->last_picture_update_ms);
  uc_stmt_bind_int64 (stmt, ":is_bot", user->is_bot);
  uc_stmt_bind_int64 (stmt, ":is_mfa_active", user->is_mfa_active);
  if (!uc_stmt_run (stmt, error))
    return FALSE;
  if (uc_db_get_changes (write->db) == 0)
    return TRUE;
  _uc_recorder_user (write->recorder, user->id);
  return write_words (write->db, user, error);
}
