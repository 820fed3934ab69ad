/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who is in a team: joining, adding, leaving (protocol.md 5). */

#include "config.h"

#include "uc-handlers.h"

#include "uc-json.h"
#include "uc-refusal.h"
#include "uc-team-service.h"

#define MAX_BATCH 100

static JsonArray *
make_members (GPtrArray *members)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < members->len; i++)
    json_array_add_object_element (array, uc_team_member_to_json (g_ptr_array_index (members, i)));
  return array;
}

static gboolean
answer_members (UcCall *call, GPtrArray *members)
{
  if (members == NULL)
    return FALSE;
  uc_call_answer_array (call, 200, make_members (members));
  return TRUE;
}

gboolean
uc_team_members_list_mine (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (GPtrArray) members =
      uc_team_table_list_memberships (txn->db, uc_call_get_param (call, "user_id"), error);

  return answer_members (call, members);
}

gboolean
uc_team_members_list (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (GPtrArray) members = NULL;
  int offset;
  int limit;

  uc_call_get_page (call, &offset, &limit);
  members = uc_team_table_list_members (txn->db, uc_call_get_param (call, "team_id"), offset, limit,
                                        error);
  return answer_members (call, members);
}

static gboolean
find_member (UcTxn         *txn,
             const char    *team_id,
             const char    *user_id,
             UcTeamMember **member,
             GError       **error)
{
  if (!uc_team_table_find_member (txn->db, team_id, user_id, member, error))
    return FALSE;
  if (*member != NULL)
    return TRUE;
  uc_refuse (error, UC_REFUSAL_TEAM_MEMBER_UNKNOWN);
  return FALSE;
}

gboolean
uc_team_members_get (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (UcTeamMember) member = NULL;

  if (!find_member (txn, uc_call_get_param (call, "team_id"), uc_call_get_param (call, "user_id"),
                    &member, error))
    return FALSE;
  uc_call_answer_object (call, 200, uc_team_member_to_json (member));
  return TRUE;
}

gboolean
uc_team_members_list_ids (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (GPtrArray) ids = uc_call_need_strings (call, "user_ids", error);
  g_autoptr (GPtrArray) members =
      g_ptr_array_new_with_free_func ((GDestroyNotify) uc_team_member_free);

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++) {
    UcTeamMember *member = NULL;

    if (!uc_team_table_find_member (txn->db, uc_call_get_param (call, "team_id"),
                                    g_ptr_array_index (ids, i), &member, error))
      return FALSE;
    if (member != NULL)
      g_ptr_array_add (members, member);
  }
  return answer_members (call, members);
}

/* Joining oneself needs an open team, adding others the right to. */
static gboolean
check_may_add (UcCall *call, UcTxn *txn, const UcTeam *team, const char *user_id, GError **error)
{
  gboolean is_self = g_str_equal (user_id, call->actor.user_id);
  gboolean may = FALSE;

  if (!is_self)
    return uc_access_need_team (txn, &call->actor, team->id, "add_user_to_team", error);
  if (!uc_access_may_team (txn, &call->actor, team->id, "add_user_to_team", &may, error))
    return FALSE;
  return may || uc_access_need_system (
                    &call->actor,
                    team->allow_open_invite ? "join_public_teams" : "join_private_teams", error);
}

static UcTeamMember *
add (UcCall *call, UcTxn *txn, const char *user_id, GError **error)
{
  g_autoptr (UcTeam) team =
      uc_team_table_find (txn->db, uc_call_get_param (call, "team_id"), error);

  if (team == NULL || !check_may_add (call, txn, team, user_id, error))
    return NULL;
  return uc_team_service_add (txn, &call->actor, team, user_id, FALSE, error);
}

gboolean
uc_team_members_add (UcCall *call, UcTxn *txn, GError **error)
{
  JsonObject *body = uc_call_need_object (call, "team_member", error);
  const char *user_id = uc_json_get_string (body, "user_id", "");
  g_autoptr (UcTeamMember) member = NULL;

  if (body == NULL)
    return FALSE;
  if (*user_id == '\0') {
    uc_refuse_body (error, "user_id");
    return FALSE;
  }
  member = add (call, txn, user_id, error);
  if (member == NULL)
    return FALSE;
  uc_call_answer_object (call, 201, uc_team_member_to_json (member));
  return TRUE;
}

static JsonObject *
make_failure (const GError *error)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", uc_refusal_get_id (error));
  json_object_set_string_member (object, "message", uc_refusal_get_text (error));
  json_object_set_string_member (object, "detailed_error", "");
  json_object_set_int_member (object, "status_code", uc_refusal_get_status (error));
  return object;
}

static JsonObject *
make_graceful (const char *user_id, UcTeamMember *member, const GError *error)
{
  JsonObject *row = json_object_new ();

  json_object_set_string_member (row, "user_id", user_id);
  if (member != NULL)
    json_object_set_object_member (row, "member", uc_team_member_to_json (member));
  else
    json_object_set_null_member (row, "member");
  if (error != NULL)
    json_object_set_object_member (row, "error", make_failure (error));
  else
    json_object_set_null_member (row, "error");
  return row;
}

gboolean
uc_team_members_add_batch (UcCall *call, UcTxn *txn, GError **error)
{
  gboolean is_graceful = uc_call_get_query_flag (call, "graceful");
  g_autoptr (JsonArray) answer = json_array_new ();
  JsonArray *rows = NULL;

  if (call->json != NULL && JSON_NODE_HOLDS_ARRAY (call->json))
    rows = json_node_get_array (call->json);
  if (rows == NULL || json_array_get_length (rows) == 0 ||
      json_array_get_length (rows) > MAX_BATCH) {
    uc_refuse_body (error, "too many members in batch");
    return FALSE;
  }
  for (guint i = 0; i < json_array_get_length (rows); i++) {
    JsonObject *row = uc_json_as_object (json_array_get_element (rows, i), "members", NULL);
    const char *user_id = uc_json_get_string (row, "user_id", "");
    g_autoptr (UcTeamMember) member = NULL;
    g_autoptr (GError) local = NULL;

    member = add (call, txn, user_id, &local);
    if (member == NULL && (!is_graceful || local->domain != UC_REFUSAL)) {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
    json_array_add_object_element (answer, is_graceful ? make_graceful (user_id, member, local)
                                                       : uc_team_member_to_json (member));
  }
  uc_call_answer_array (call, 201, g_steal_pointer (&answer));
  return TRUE;
}

gboolean
uc_team_members_join_by_invite (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (UcTeam) team =
      uc_team_table_find_invite (txn->db, uc_call_get_query (call, "invite_id", ""), error);
  g_autoptr (UcTeamMember) member = NULL;

  if (team == NULL)
    return FALSE;
  member = uc_team_service_add (txn, &call->actor, team, call->actor.user_id, FALSE, error);
  if (member == NULL)
    return FALSE;
  uc_call_answer_object (call, 201, uc_team_member_to_json (member));
  return TRUE;
}

gboolean
uc_team_members_remove (UcCall *call, UcTxn *txn, GError **error)
{
  const char *user_id = uc_call_get_param (call, "user_id");
  g_autoptr (UcTeam) team = NULL;

  if (!g_str_equal (user_id, call->actor.user_id) &&
      !uc_access_need_team (txn, &call->actor, uc_call_get_param (call, "team_id"),
                            "remove_user_from_team", error))
    return FALSE;
  team = uc_team_table_find (txn->db, uc_call_get_param (call, "team_id"), error);
  if (team == NULL || !uc_team_service_remove (txn, &call->actor, team, user_id, error))
    return FALSE;
  uc_call_answer_ok (call);
  return TRUE;
}

gboolean
uc_team_members_set_scheme_roles (UcCall *call, UcTxn *txn, GError **error)
{
  JsonObject *body = uc_call_need_object (call, "scheme_roles", error);

  if (body == NULL ||
      !uc_team_service_set_roles (txn, uc_call_get_param (call, "team_id"),
                                  uc_call_get_param (call, "user_id"),
                                  uc_json_get_boolean (body, "scheme_user", FALSE),
                                  uc_json_get_boolean (body, "scheme_admin", FALSE), error))
    return FALSE;
  uc_call_answer_ok (call);
  return TRUE;
}
