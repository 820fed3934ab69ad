/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Accounts and sessions: sign up, sign in, sign out (protocol.md 3). */

#include "config.h"

#include "uc-handlers.h"

#include "uc-json.h"
#include "uc-refusal.h"
#include "uc-server-auth.h"
#include "uc-text.h"
#include "uc-user-service.h"

#include <string.h>

#define MAX_ATTEMPTS  10
#define COOKIE_AGE_S  (30 * 24 * 3600)
#define MAX_DEVICE_ID 512

/* The first account of a server is anybody's, all others an administrator's to make. */
static gboolean
check_may_create (UcCall *call, UcTxn *txn, GError **error)
{
  gint64 count = 0;

  if (!uc_user_table_count (txn->db, TRUE, TRUE, &count, error))
    return FALSE;
  if (count == 0 || (call->session != NULL && uc_access_may_system (&call->actor, "manage_system")))
    return TRUE;
  uc_refuse (error, UC_REFUSAL_SIGNUP_CLOSED);
  return FALSE;
}

static gboolean
take_new_password (UcCall *call, const char *password, GError **error)
{
  if (!uc_text_is_password (password)) {
    uc_refuse (error, UC_REFUSAL_PASSWORD_WEAK);
    return FALSE;
  }
  call->new_password = g_strdup (password);
  return TRUE;
}

gboolean
uc_accounts_prepare_create (UcCall *call, UcTxn *txn, GError **error)
{
  JsonObject *body = uc_call_need_object (call, "user", error);

  return body != NULL && check_may_create (call, txn, error) &&
         take_new_password (call, uc_json_get_string (body, "password", ""), error);
}

gboolean
uc_accounts_create (UcCall *call, UcTxn *txn, GError **error)
{
  JsonObject     *body = uc_call_need_object (call, "user", error);
  const UcNewUser fields = {
    .username = uc_json_get_string (body, "username", ""),
    .email = uc_json_get_string (body, "email", ""),
    .password_hash = call->new_password_hash,
    .first_name = uc_json_get_string (body, "first_name", ""),
    .last_name = uc_json_get_string (body, "last_name", ""),
    .nickname = uc_json_get_string (body, "nickname", ""),
    .position = uc_json_get_string (body, "position", ""),
    .locale = uc_json_get_string (body, "locale", ""),
  };
  g_autoptr (UcAccount) account = NULL;

  if (body == NULL || !check_may_create (call, txn, error))
    return FALSE;
  account = uc_user_service_create (txn, &fields, error);
  if (account == NULL)
    return FALSE;
  uc_call_answer_object (call, 201, uc_account_to_json (account, TRUE));
  return TRUE;
}

/* By name, by address, or by id; NULL without an error when there is nobody. */
static gboolean
find_login (UcTxn *txn, JsonObject *body, UcAccount **account, GError **error)
{
  const char      *id = uc_json_get_string (body, "id", "");
  g_autofree char *login = g_utf8_strdown (uc_json_get_string (body, "login_id", ""), -1);
  g_autoptr (GError) local = NULL;

  if (*id != '\0')
    *account = uc_user_table_find (txn->db, id, &local);
  else if (strchr (login, '@') != NULL)
    *account = uc_user_table_find_email (txn->db, login, &local);
  else
    *account = uc_user_table_find_name (txn->db, login, &local);
  if (*account != NULL || local->domain == UC_REFUSAL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* An unknown user takes the same way, with the same work, as a wrong password. */
gboolean
uc_accounts_prepare_login (UcCall *call, UcTxn *txn, GError **error)
{
  JsonObject *body = call->json != NULL && JSON_NODE_HOLDS_OBJECT (call->json)
                         ? json_node_get_object (call->json)
                         : NULL;
  const char *password = uc_json_get_string (body, "password", "");
  g_autoptr (UcAccount) account = NULL;

  if (*password == '\0') {
    uc_refuse (error, UC_REFUSAL_LOGIN_BLANK);
    return FALSE;
  }
  if (!find_login (txn, body, &account, error))
    return FALSE;
  if (account != NULL && account->user->is_bot) {
    uc_refuse (error, UC_REFUSAL_LOGIN_BOT);
    return FALSE;
  }
  if (account != NULL && account->failed_attempts >= MAX_ATTEMPTS) {
    uc_refuse (error, UC_REFUSAL_LOGIN_LOCKED);
    return FALSE;
  }
  call->password = g_strdup (password);
  call->password_hash = account != NULL ? g_strdup (account->password_hash) : NULL;
  return TRUE;
}

static void
add_cookie (UcCall *call, const char *name, const char *value, gboolean is_hidden)
{
  g_autofree char *cookie = g_strdup_printf ("%s=%s; Path=/; Max-Age=%d; SameSite=Lax%s", name,
                                             value, COOKIE_AGE_S, is_hidden ? "; HttpOnly" : "");

  uc_call_add_header (call, "Set-Cookie", cookie);
}

/* A wrong try is written down, so the refusal is an answer and not an error. */
static gboolean
answer_wrong (UcCall *call, UcTxn *txn, UcAccount *account, GError **error)
{
  g_autoptr (GError) refusal = NULL;

  if (account != NULL) {
    account->failed_attempts++;
    if (!uc_user_table_update (txn->db, account, error))
      return FALSE;
  }
  uc_refuse (&refusal, UC_REFUSAL_LOGIN_CREDENTIALS);
  uc_call_answer_error (call, refusal);
  return TRUE;
}

gboolean
uc_accounts_login (UcCall *call, UcTxn *txn, GError **error)
{
  JsonObject *body = uc_call_need_object (call, "login", error);
  g_autoptr (UcAccount) account = NULL;
  g_autoptr (UcServerSession) session = NULL;
  g_autofree char *token = NULL;

  if (body == NULL || !find_login (txn, body, &account, error))
    return FALSE;
  if (account == NULL || !call->is_password_ok)
    return answer_wrong (call, txn, account, error);
  if (account->user->delete_at_ms > 0) {
    uc_refuse (error, UC_REFUSAL_LOGIN_INACTIVE);
    return FALSE;
  }

  uc_call_answer_object (call, 200, uc_account_to_json (account, TRUE));
  if (account->failed_attempts > 0) {
    account->failed_attempts = 0;
    if (!uc_user_table_update (txn->db, account, error))
      return FALSE;
  }
  session = uc_server_auth_open (txn, account, uc_json_get_string (body, "device_id", ""),
                                 call->user_agent, &token, error);
  if (session == NULL)
    return FALSE;
  uc_call_add_header (call, "Token", token);
  if (call->is_browser) {
    add_cookie (call, "MMAUTHTOKEN", token, TRUE);
    add_cookie (call, "MMUSERID", session->user_id, FALSE);
    add_cookie (call, "MMCSRF", session->csrf, FALSE);
  }
  explicit_bzero (token, strlen (token));
  return TRUE;
}

gboolean
uc_accounts_logout (UcCall *call, UcTxn *txn, GError **error)
{
  gboolean existed = FALSE;

  /* A personal access token outlives it: it is revoked, not signed out. */
  if (call->session != NULL && *call->session->access_token_id == '\0' &&
      !uc_server_auth_end (txn, call->session->id, call->session->user_id, &existed, error))
    return FALSE;
  uc_call_answer_ok (call);
  uc_call_add_header (call, "Set-Cookie", "MMAUTHTOKEN=; Path=/; Max-Age=0; HttpOnly");
  return TRUE;
}

gboolean
uc_accounts_list_sessions (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (GPtrArray) sessions =
      uc_session_table_list (txn->db, uc_call_get_param (call, "user_id"), txn->now_ms, error);
  JsonArray *array;

  if (sessions == NULL)
    return FALSE;
  array = json_array_new ();
  for (guint i = 0; i < sessions->len; i++)
    json_array_add_object_element (array,
                                   uc_server_session_to_json (g_ptr_array_index (sessions, i)));
  uc_call_answer_array (call, 200, array);
  return TRUE;
}

gboolean
uc_accounts_revoke_session (UcCall *call, UcTxn *txn, GError **error)
{
  JsonObject *body = uc_call_need_object (call, "session_id", error);
  const char *id = uc_json_get_string (body, "session_id", "");
  gboolean    existed = FALSE;

  if (body == NULL)
    return FALSE;
  if (*id == '\0') {
    uc_refuse_body (error, "session_id");
    return FALSE;
  }
  if (!uc_server_auth_end (txn, id, uc_call_get_param (call, "user_id"), &existed, error))
    return FALSE;
  if (!existed) {
    uc_refuse (error, UC_REFUSAL_SESSION_UNKNOWN);
    return FALSE;
  }
  uc_call_answer_ok (call);
  return TRUE;
}

gboolean
uc_accounts_revoke_all (UcCall *call, UcTxn *txn, GError **error)
{
  if (!uc_server_auth_end_all (txn, uc_call_get_param (call, "user_id"), error))
    return FALSE;
  uc_call_answer_ok (call);
  return TRUE;
}

gboolean
uc_accounts_set_device (UcCall *call, UcTxn *txn, GError **error)
{
  JsonObject *body = uc_call_need_object (call, "device_id", error);
  const char *device_id = uc_json_get_string (body, "device_id", "");

  if (body == NULL)
    return FALSE;
  if (*device_id == '\0' || !uc_text_fits (device_id, MAX_DEVICE_ID)) {
    uc_refuse_body (error, "device_id");
    return FALSE;
  }
  if (!uc_session_table_set_device (txn->db, call->session->id, device_id, error))
    return FALSE;
  uc_call_answer_ok (call);
  return TRUE;
}

gboolean
uc_accounts_check_mfa (UcCall *call, UcTxn *txn, GError **error)
{
  JsonObject *answer = json_object_new ();

  json_object_set_boolean_member (answer, "mfa_required", FALSE);
  uc_call_answer_object (call, 200, answer);
  return TRUE;
}

gboolean
uc_accounts_refuse_mfa (UcCall *call, UcTxn *txn, GError **error)
{
  uc_refuse (error, UC_REFUSAL_MFA_OFF);
  return FALSE;
}

/* One's own needs the present password; an administrator sets others', which also
 * unlocks them. */
gboolean
uc_accounts_prepare_password (UcCall *call, UcTxn *txn, GError **error)
{
  JsonObject *body = uc_call_need_object (call, "new_password", error);
  const char *user_id = uc_call_get_param (call, "user_id");
  g_autoptr (UcAccount) account = NULL;

  if (body == NULL ||
      !take_new_password (call, uc_json_get_string (body, "new_password", ""), error))
    return FALSE;
  account = uc_user_table_find (txn->db, user_id, error);
  if (account == NULL)
    return FALSE;
  if (g_str_equal (user_id, call->actor.user_id)) {
    call->password = g_strdup (uc_json_get_string (body, "current_password", ""));
    call->password_hash = g_strdup (account->password_hash);
  }
  return TRUE;
}

gboolean
uc_accounts_set_password (UcCall *call, UcTxn *txn, GError **error)
{
  const char *user_id = uc_call_get_param (call, "user_id");
  g_autoptr (UcAccount) account = uc_user_table_find (txn->db, user_id, error);

  if (account == NULL)
    return FALSE;
  if (call->new_password_hash == NULL) {
    uc_refuse (error, UC_REFUSAL_PASSWORD_WRONG);
    return FALSE;
  }
  g_set_str (&account->password_hash, call->new_password_hash);
  account->user->last_password_update_ms = txn->now_ms;
  account->failed_attempts = 0;
  if (!uc_user_service_update (txn, account, error))
    return FALSE;
  /* Who knew the old password is out; oneself stays. */
  if (!g_str_equal (user_id, call->actor.user_id) && !uc_server_auth_end_all (txn, user_id, error))
    return FALSE;
  uc_call_answer_ok (call);
  return TRUE;
}
