/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Changes of accounts: one's own record, and what administrators decide. */

#include "config.h"

#include "uc-handlers.h"

#include "uc-json.h"
#include "uc-refusal.h"
#include "uc-role.h"
#include "uc-user-service.h"

/* Only fields of the record; rights and passwords have calls of their own. */
static gboolean
apply (UcCall *call, UcTxn *txn, JsonObject *patch, GError **error)
{
  g_autoptr (UcAccount) account =
      uc_user_table_find (txn->db, uc_call_get_param (call, "user_id"), error);

  if (account == NULL || !uc_user_service_apply_patch (account, patch, error) ||
      !uc_user_service_update (txn, account, error))
    return FALSE;
  uc_call_answer_object (call, 200, uc_account_to_json (account, TRUE));
  return TRUE;
}

/* A new address could take the account over, so it needs the password. */
gboolean
uc_profile_prepare_patch (UcCall *call, UcTxn *txn, GError **error)
{
  JsonObject *body = uc_call_need_object (call, "user", error);
  const char *email = uc_json_get_string (body, "email", NULL);
  const char *password = uc_json_get_string (body, "password", "");
  g_autoptr (UcAccount) account = NULL;

  if (body == NULL)
    return FALSE;
  account = uc_user_table_find (txn->db, uc_call_get_param (call, "user_id"), error);
  if (account == NULL)
    return FALSE;
  if (email == NULL || g_ascii_strcasecmp (email, account->user->email) == 0 ||
      !g_str_equal (account->user->id, call->actor.user_id))
    return TRUE;
  if (*password == '\0') {
    uc_refuse_body (error, "password");
    return FALSE;
  }
  call->password = g_strdup (password);
  call->password_hash = g_strdup (account->password_hash);
  return TRUE;
}

gboolean
uc_profile_patch (UcCall *call, UcTxn *txn, GError **error)
{
  if (call->password != NULL && !call->is_password_ok) {
    uc_refuse_body (error, "password");
    return FALSE;
  }
  return apply (call, txn, json_node_get_object (call->json), error);
}

/* The whole record comes back: the one that was fetched, with its times. */
gboolean
uc_profile_put (UcCall *call, UcTxn *txn, GError **error)
{
  JsonObject *body = json_node_get_object (call->json);

  if (!g_str_equal (uc_json_get_string (body, "id", ""), uc_call_get_param (call, "user_id"))) {
    uc_refuse_body (error, "id");
    return FALSE;
  }
  if (uc_json_get_int (body, "create_at", 0) == 0) {
    uc_refuse (error, UC_REFUSAL_USER_CREATE_AT);
    return FALSE;
  }
  return uc_profile_patch (call, txn, error);
}

gboolean
uc_profile_set_active (UcCall *call, UcTxn *txn, GError **error)
{
  JsonObject *body = uc_call_need_object (call, "active", error);
  g_autoptr (UcAccount) account = NULL;

  if (body == NULL)
    return FALSE;
  if (!json_object_has_member (body, "active")) {
    uc_refuse_body (error, "active");
    return FALSE;
  }
  if (!uc_access_may_system (&call->actor, "manage_system")) {
    uc_refuse (error, UC_REFUSAL_ACTIVE_OTHER);
    return FALSE;
  }
  account = uc_user_table_find (txn->db, uc_call_get_param (call, "user_id"), error);
  if (account == NULL || !uc_user_service_set_active (
                             txn, account, uc_json_get_boolean (body, "active", FALSE), error))
    return FALSE;
  uc_call_answer_ok (call);
  return TRUE;
}

gboolean
uc_profile_set_roles (UcCall *call, UcTxn *txn, GError **error)
{
  JsonObject *body = uc_call_need_object (call, "roles", error);
  const char *roles = uc_json_get_string (body, "roles", NULL);
  g_autoptr (UcAccount) account = NULL;

  if (body == NULL)
    return FALSE;
  if (roles == NULL) {
    uc_refuse_body (error, "roles");
    return FALSE;
  }
  account = uc_user_table_find (txn->db, uc_call_get_param (call, "user_id"), error);
  if (account == NULL || !uc_user_service_set_roles (txn, account, roles, error))
    return FALSE;
  uc_call_answer_ok (call);
  return TRUE;
}
