/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Accounts: made, changed, switched off. */

#include "config.h"

#include "uc-user-service.h"

#include "uc-id.h"
#include "uc-json.h"
#include "uc-refusal.h"
#include "uc-role.h"
#include "uc-server-auth.h"
#include "uc-text.h"

#define DEFAULT_NOTIFY_PROPS                                                                       \
  "{\"channel\":\"true\",\"comments\":\"never\",\"desktop\":\"mention\",\"desktop_sound\":"        \
  "\"true\",\"email\":\"true\",\"first_name\":\"false\",\"mention_keys\":\"\",\"push\":"           \
  "\"mention\",\"push_status\":\"away\"}"
#define DEFAULT_TIMEZONE                                                                           \
  "{\"automaticTimezone\":\"\",\"manualTimezone\":\"\",\"useAutomaticTimezone\":\"true\"}"

#define MAX_NAME     64
#define MAX_POSITION 128
#define MAX_LOCALE   5
/* A person's own JSON: settings and the like. */
#define MAX_PROPS_BYTES 8192

static gboolean
check_length (const char *value, glong max_chars, const char *field, GError **error)
{
  if (uc_text_fits (value, max_chars))
    return TRUE;
  uc_refuse_named (error, UC_REFUSAL_USER_FIELD, field);
  return FALSE;
}

static gboolean
check_account (UcAccount *account, GError **error)
{
  UcUser *user = account->user;

  if (!uc_text_is_username (user->username)) {
    uc_refuse (error, UC_REFUSAL_USERNAME);
    return FALSE;
  }
  if (!uc_text_is_email (user->email)) {
    uc_refuse (error, UC_REFUSAL_EMAIL);
    return FALSE;
  }
  return check_length (user->first_name, MAX_NAME, "first_name", error) &&
         check_length (user->last_name, MAX_NAME, "last_name", error) &&
         check_length (user->nickname, MAX_NAME, "nickname", error) &&
         check_length (user->position, MAX_POSITION, "position", error) &&
         check_length (user->locale, MAX_LOCALE, "locale", error) &&
         check_length (user->notify_props, MAX_PROPS_BYTES, "notify_props", error) &&
         check_length (user->timezone, MAX_PROPS_BYTES, "timezone", error) &&
         check_length (account->props, MAX_PROPS_BYTES, "props", error);
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

static JsonObject *
new_user_id (UcAccount *account)
{
  JsonObject *data = json_object_new ();

  json_object_set_string_member (data, "user_id", account->user->id);
  return data;
}

/**
 * uc_user_service_create:
 *
 * The first account of a server becomes its administrator.
 *
 * Errors: UC_REFUSAL_USERNAME, _EMAIL, _USER_FIELD, _USERNAME_TAKEN, _EMAIL_TAKEN
 *
 * Returns: (transfer full) (nullable): the new account
 */
UcAccount *
uc_user_service_create (UcTxn *txn, const UcNewUser *fields, GError **error)
{
  g_autoptr (UcAccount) account = uc_account_new ();
  UcUser *user = account->user;
  gint64  count = 0;

  if (!uc_user_table_count (txn->db, TRUE, TRUE, &count, error))
    return NULL;

  user->is_bot = fields->bot_owner_id != NULL;
  g_free (user->id);
  user->id = uc_id_new ();
  g_set_str (&user->username, fields->username);
  g_free (user->email);
  user->email = g_utf8_strdown (fields->email, -1);
  g_set_str (&user->first_name, or_empty (fields->first_name));
  g_set_str (&user->last_name, or_empty (fields->last_name));
  g_set_str (&user->nickname, or_empty (fields->nickname));
  g_set_str (&user->position, or_empty (fields->position));
  g_set_str (&user->locale, fields->locale != NULL && *fields->locale ? fields->locale : "en");
  g_set_str (&user->roles, count == 0 ? "system_admin system_user" : "system_user");
  g_set_str (&user->notify_props, DEFAULT_NOTIFY_PROPS);
  g_set_str (&user->timezone, DEFAULT_TIMEZONE);
  g_set_str (&account->password_hash, or_empty (fields->password_hash));
  g_set_str (&account->bot_owner_id, or_empty (fields->bot_owner_id));
  g_set_str (&user->bot_description, or_empty (fields->bot_description));
  user->create_at_ms = txn->now_ms;
  user->update_at_ms = txn->now_ms;
  user->last_password_update_ms = txn->now_ms;

  if (!check_account (account, error) || !uc_user_table_insert (txn->db, account, error))
    return NULL;
  uc_txn_push_to_all (txn, "new_user", new_user_id (account));
  return g_steal_pointer (&account);
}

/**
 * uc_user_service_update:
 *
 * Moves the time of change. Others get the record without what is private.
 */
gboolean
uc_user_service_update (UcTxn *txn, UcAccount *account, GError **error)
{
  JsonObject *data;

  if (!check_account (account, error))
    return FALSE;
  account->user->update_at_ms = MAX (account->user->update_at_ms + 1, txn->now_ms);
  if (!uc_user_table_update (txn->db, account, error))
    return FALSE;

  data = json_object_new ();
  json_object_set_object_member (data, "user", uc_account_to_json (account, FALSE));
  uc_txn_push_to_all (txn, "user_updated", data);
  return TRUE;
}

static void
take_text (JsonObject *patch, const char *member, char **field)
{
  const char *value = uc_json_get_string (patch, member, NULL);

  if (value != NULL)
    g_set_str (field, value);
}

static void
take_json (JsonObject *patch, const char *member, char **field)
{
  JsonObject *value = uc_json_get_object (patch, member);

  if (value != NULL) {
    g_free (*field);
    *field = uc_json_object_to_text (value);
  }
}

/**
 * uc_user_service_apply_patch:
 * @patch: the members to change; unknown ones are left alone
 */
gboolean
uc_user_service_apply_patch (UcAccount *account, JsonObject *patch, GError **error)
{
  UcUser *user = account->user;

  take_text (patch, "username", &user->username);
  take_text (patch, "email", &user->email);
  take_text (patch, "first_name", &user->first_name);
  take_text (patch, "last_name", &user->last_name);
  take_text (patch, "nickname", &user->nickname);
  take_text (patch, "position", &user->position);
  take_text (patch, "locale", &user->locale);
  take_json (patch, "notify_props", &user->notify_props);
  take_json (patch, "timezone", &user->timezone);
  take_json (patch, "props", &account->props);
  return check_account (account, error);
}

/**
 * uc_user_service_set_active:
 *
 * Switching an account off ends its sessions and sockets.
 */
gboolean
uc_user_service_set_active (UcTxn *txn, UcAccount *account, gboolean is_active, GError **error)
{
  account->user->delete_at_ms = is_active ? 0 : txn->now_ms;
  if (!uc_user_service_update (txn, account, error))
    return FALSE;
  if (!is_active && !uc_server_auth_end_all (txn, account->user->id, error))
    return FALSE;
  uc_txn_push_to_all (txn, "user_activation_status_change", json_object_new ());
  return TRUE;
}

/**
 * uc_user_service_set_roles:
 *
 * Errors: UC_REFUSAL_ROLE_UNKNOWN
 */
gboolean
uc_user_service_set_roles (UcTxn *txn, UcAccount *account, const char *roles, GError **error)
{
  g_auto (GStrv) names = g_strsplit (roles, " ", -1);
  JsonObject *data;

  for (guint i = 0; names[i] != NULL; i++) {
    if (*names[i] != '\0' && !uc_role_exists (names[i])) {
      uc_refuse (error, UC_REFUSAL_ROLE_UNKNOWN);
      return FALSE;
    }
  }
  g_set_str (&account->user->roles, roles);
  if (!uc_user_service_update (txn, account, error))
    return FALSE;

  data = new_user_id (account);
  json_object_set_string_member (data, "roles", roles);
  uc_txn_push_to_user (txn, account->user->id, "user_role_updated", data);
  return TRUE;
}
