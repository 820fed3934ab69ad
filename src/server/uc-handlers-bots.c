/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Bots, and the tokens that programs sign in with (protocol.md 17). */

#include "config.h"

#include "uc-handlers.h"

#include "uc-id.h"
#include "uc-json.h"
#include "uc-refusal.h"
#include "uc-server-auth.h"
#include "uc-text.h"
#include "uc-token-table.h"
#include "uc-user-service.h"

#define MAX_DESCRIPTION 1024
#define MAX_TOKEN_TEXT  255

/* -- Bots -------------------------------------------------------------------------- */

static JsonObject *
make_bot (UcAccount *account)
{
  UcUser     *user = account->user;
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "user_id", user->id);
  json_object_set_string_member (object, "username", user->username);
  json_object_set_string_member (object, "display_name", user->first_name);
  json_object_set_string_member (object, "description", user->bot_description);
  json_object_set_string_member (object, "owner_id", account->bot_owner_id);
  json_object_set_int_member (object, "create_at", user->create_at_ms);
  json_object_set_int_member (object, "update_at", user->update_at_ms);
  json_object_set_int_member (object, "delete_at", user->delete_at_ms);
  return object;
}

static UcAccount *
find_bot (UcCall *call, UcTxn *txn, gboolean with_deleted, GError **error)
{
  g_autoptr (UcAccount) account =
      uc_user_table_find (txn->db, uc_call_get_param (call, "user_id"), NULL);

  if (account != NULL && account->user->is_bot &&
      (with_deleted || account->user->delete_at_ms == 0))
    return g_steal_pointer (&account);
  uc_refuse (error, UC_REFUSAL_BOT_UNKNOWN);
  return NULL;
}

gboolean
uc_bots_create (UcCall *call, UcTxn *txn, GError **error)
{
  JsonObject      *body = uc_call_need_object (call, "bot", error);
  const char      *username = uc_json_get_string (body, "username", "");
  g_autofree char *email = g_strconcat (username, "@localhost", NULL);
  const UcNewUser  fields = {
     .username = username,
     .email = email,
     .first_name = uc_json_get_string (body, "display_name", ""),
     .bot_owner_id = call->actor.user_id,
     .bot_description = uc_json_get_string (body, "description", ""),
  };
  g_autoptr (UcAccount) account = NULL;

  if (body == NULL)
    return FALSE;
  if (!uc_text_fits (fields.bot_description, MAX_DESCRIPTION)) {
    uc_refuse_body (error, "description");
    return FALSE;
  }
  account = uc_user_service_create (txn, &fields, error);
  if (account == NULL)
    return FALSE;
  uc_call_answer_object (call, 201, make_bot (account));
  return TRUE;
}

gboolean
uc_bots_list (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (GPtrArray) accounts = NULL;
  JsonArray *array;
  int        offset;
  int        limit;

  uc_call_get_page (call, &offset, &limit);
  accounts = uc_user_table_list_bots (txn->db, uc_call_get_query_flag (call, "include_deleted"),
                                      offset, limit, error);
  if (accounts == NULL)
    return FALSE;
  array = json_array_new ();
  for (guint i = 0; i < accounts->len; i++)
    json_array_add_object_element (array, make_bot (g_ptr_array_index (accounts, i)));
  uc_call_answer_array (call, 200, array);
  return TRUE;
}

gboolean
uc_bots_get (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (UcAccount) account =
      find_bot (call, txn, uc_call_get_query_flag (call, "include_deleted"), error);

  if (account == NULL)
    return FALSE;
  uc_call_answer_object (call, 200, make_bot (account));
  return TRUE;
}

gboolean
uc_bots_change (UcCall *call, UcTxn *txn, GError **error)
{
  JsonObject *body = uc_call_need_object (call, "bot", error);
  g_autoptr (UcAccount) account = body != NULL ? find_bot (call, txn, FALSE, error) : NULL;
  UcUser *user;

  if (account == NULL)
    return FALSE;
  user = account->user;
  g_set_str (&user->username, uc_json_get_string (body, "username", user->username));
  g_set_str (&user->first_name, uc_json_get_string (body, "display_name", user->first_name));
  g_set_str (&user->bot_description,
             uc_json_get_string (body, "description", user->bot_description));
  if (!uc_user_service_update (txn, account, error))
    return FALSE;
  uc_call_answer_object (call, 200, make_bot (account));
  return TRUE;
}

static gboolean
set_active (UcCall *call, UcTxn *txn, gboolean is_active, GError **error)
{
  g_autoptr (UcAccount) account = find_bot (call, txn, TRUE, error);

  if (account == NULL || !uc_user_service_set_active (txn, account, is_active, error))
    return FALSE;
  uc_call_answer_object (call, 200, make_bot (account));
  return TRUE;
}

gboolean
uc_bots_disable (UcCall *call, UcTxn *txn, GError **error)
{
  return set_active (call, txn, FALSE, error);
}

gboolean
uc_bots_enable (UcCall *call, UcTxn *txn, GError **error)
{
  return set_active (call, txn, TRUE, error);
}

/* -- Tokens ------------------------------------------------------------------------ */

/* One's own need the role for it, a bot's or somebody else's an administrator. */
static gboolean
need_tokens (UcCall *call, const char *user_id, const char *permission, GError **error)
{
  return uc_access_need_system (&call->actor, permission, error) &&
         uc_access_need_self (&call->actor, user_id, "edit_other_users", error);
}

gboolean
uc_tokens_create (UcCall *call, UcTxn *txn, GError **error)
{
  JsonObject      *body = uc_call_need_object (call, "token", error);
  const char      *user_id = uc_call_get_param (call, "user_id");
  g_autofree char *id = uc_id_new ();
  g_autofree char *secret = uc_server_auth_new_token ();
  UcAccessToken    token = {
       .id = id,
       .user_id = (char *) user_id,
       .description = (char *) uc_json_get_string (body, "description", ""),
       .is_active = TRUE,
  };
  g_autoptr (UcAccount) account = NULL;
  JsonObject *answer;

  if (body == NULL || !need_tokens (call, user_id, "create_user_access_token", error))
    return FALSE;
  if (*token.description == '\0' || !uc_text_fits (token.description, MAX_TOKEN_TEXT)) {
    uc_refuse_body (error, "description");
    return FALSE;
  }
  account = uc_user_table_find (txn->db, user_id, error);
  if (account == NULL || !uc_token_table_insert (txn->db, &token, secret, txn->now_ms, error))
    return FALSE;
  answer = uc_access_token_to_json (&token);
  json_object_set_string_member (answer, "token", secret);
  uc_call_answer_object (call, 200, answer);
  return TRUE;
}

gboolean
uc_tokens_list (UcCall *call, UcTxn *txn, GError **error)
{
  const char *user_id = uc_call_get_param (call, "user_id");
  g_autoptr (GPtrArray) tokens = NULL;
  JsonArray *array;
  int        offset;
  int        limit;

  if (!need_tokens (call, user_id, "read_user_access_token", error))
    return FALSE;
  uc_call_get_page (call, &offset, &limit);
  tokens = uc_token_table_list (txn->db, user_id, offset, limit, error);
  if (tokens == NULL)
    return FALSE;
  array = json_array_new ();
  for (guint i = 0; i < tokens->len; i++)
    json_array_add_object_element (array, uc_access_token_to_json (g_ptr_array_index (tokens, i)));
  uc_call_answer_array (call, 200, array);
  return TRUE;
}

static UcAccessToken *
find_token (UcCall *call, UcTxn *txn, const char *id, const char *permission, GError **error)
{
  g_autoptr (UcAccessToken) token = NULL;

  if (!uc_token_table_find_id (txn->db, id, &token, error))
    return NULL;
  if (token == NULL) {
    uc_refuse (error, UC_REFUSAL_TOKEN_UNKNOWN);
    return NULL;
  }
  return need_tokens (call, token->user_id, permission, error) ? g_steal_pointer (&token) : NULL;
}

gboolean
uc_tokens_get (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (UcAccessToken) token =
      find_token (call, txn, uc_call_get_param (call, "token_id"), "read_user_access_token", error);

  if (token == NULL)
    return FALSE;
  uc_call_answer_object (call, 200, uc_access_token_to_json (token));
  return TRUE;
}

static UcAccessToken *
find_named_token (UcCall *call, UcTxn *txn, const char *permission, GError **error)
{
  JsonObject *body = uc_call_need_object (call, "token_id", error);
  const char *id = uc_json_get_string (body, "token_id", "");

  if (body == NULL)
    return NULL;
  if (*id == '\0') {
    uc_refuse_body (error, "token_id");
    return NULL;
  }
  return find_token (call, txn, id, permission, error);
}

gboolean
uc_tokens_disable (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (UcAccessToken) token = find_named_token (call, txn, "revoke_user_access_token", error);

  if (token == NULL || !uc_token_table_set_active (txn->db, token->id, FALSE, error) ||
      !uc_server_auth_end_access_token (txn, token->id, error))
    return FALSE;
  uc_call_answer_ok (call);
  return TRUE;
}

gboolean
uc_tokens_enable (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (UcAccessToken) token = find_named_token (call, txn, "create_user_access_token", error);

  if (token == NULL || !uc_token_table_set_active (txn->db, token->id, TRUE, error))
    return FALSE;
  uc_call_answer_ok (call);
  return TRUE;
}

gboolean
uc_tokens_revoke (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (UcAccessToken) token = find_named_token (call, txn, "revoke_user_access_token", error);

  if (token == NULL || !uc_server_auth_end_access_token (txn, token->id, error) ||
      !uc_token_table_delete (txn->db, token->id, error))
    return FALSE;
  uc_call_answer_ok (call);
  return TRUE;
}
