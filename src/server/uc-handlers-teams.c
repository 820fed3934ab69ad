/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Teams: their records and what has to be read in them (protocol.md 5). */

#include "config.h"

#include "uc-handlers.h"

#include "uc-json.h"
#include "uc-member-table.h"
#include "uc-refusal.h"
#include "uc-team-service.h"
#include "uc-wire-json.h"

/* How to invite is for those who may. */
static JsonNode *
make_team (UcCall *call, UcTxn *txn, const UcTeam *team)
{
  gboolean may = FALSE;

  if (!uc_access_may_team (txn, &call->actor, team->id, "manage_team", &may, NULL))
    may = FALSE;
  return uc_wire_team_to_json (team, may);
}

static gboolean
answer_team (UcCall *call, UcTxn *txn, guint status, const UcTeam *team)
{
  if (team == NULL)
    return FALSE;
  uc_call_answer_node (call, status, make_team (call, txn, team));
  return TRUE;
}

static JsonArray *
make_teams (UcCall *call, UcTxn *txn, GPtrArray *teams)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < teams->len; i++)
    json_array_add_element (array, make_team (call, txn, g_ptr_array_index (teams, i)));
  return array;
}

/* Open teams are readable by all, others by their members. */
static gboolean
check_visible (UcCall *call, UcTxn *txn, const UcTeam *team, GError **error)
{
  return (team->allow_open_invite && team->delete_at_ms == 0) ||
         uc_access_need_team (txn, &call->actor, team->id, "view_team", error);
}

gboolean
uc_teams_create (UcCall *call, UcTxn *txn, GError **error)
{
  JsonObject *body = uc_call_need_object (call, "team", error);
  const char *type = uc_json_get_string (body, "type", "");
  g_autoptr (UcTeam) team = NULL;

  if (body == NULL)
    return FALSE;
  team = uc_team_service_create (txn, &call->actor, uc_json_get_string (body, "name", ""),
                                 uc_json_get_string (body, "display_name", ""),
                                 uc_json_get_string (body, "description", ""), *type,
                                 uc_json_get_boolean (body, "allow_open_invite", FALSE), error);
  return answer_team (call, txn, 201, team);
}

gboolean
uc_teams_get (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (UcTeam) team =
      uc_team_table_find (txn->db, uc_call_get_param (call, "team_id"), error);

  return team != NULL && check_visible (call, txn, team, error) &&
         answer_team (call, txn, 200, team);
}

gboolean
uc_teams_get_by_name (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (UcTeam) team =
      uc_team_table_find_name (txn->db, uc_call_get_param (call, "name"), error);

  return team != NULL && check_visible (call, txn, team, error) &&
         answer_team (call, txn, 200, team);
}

gboolean
uc_teams_exists (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (UcTeam) team =
      uc_team_table_find_name (txn->db, uc_call_get_param (call, "name"), NULL);
  JsonObject *answer = json_object_new ();

  json_object_set_boolean_member (answer, "exists", team != NULL);
  uc_call_answer_object (call, 200, answer);
  return TRUE;
}

gboolean
uc_teams_get_by_invite (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (UcTeam) team =
      uc_team_table_find_invite (txn->db, uc_call_get_param (call, "invite_id"), error);
  JsonObject *answer;

  if (team == NULL)
    return FALSE;
  answer = json_object_new ();
  json_object_set_string_member (answer, "id", team->id);
  json_object_set_string_member (answer, "name", team->name);
  json_object_set_string_member (answer, "display_name", team->display_name);
  json_object_set_string_member (answer, "description", team->description);
  uc_call_answer_object (call, 200, answer);
  return TRUE;
}

gboolean
uc_teams_list (UcCall *call, UcTxn *txn, GError **error)
{
  gboolean only_open = !uc_access_may_system (&call->actor, "list_private_teams");
  g_autoptr (GPtrArray) teams = NULL;
  JsonObject *answer;
  gint64      count = 0;
  int         offset;
  int         limit;

  uc_call_get_page (call, &offset, &limit);
  teams = uc_team_table_list (txn->db, "", only_open, offset, limit, error);
  if (teams == NULL)
    return FALSE;
  if (!uc_call_get_query_flag (call, "include_total_count")) {
    uc_call_answer_array (call, 200, make_teams (call, txn, teams));
    return TRUE;
  }
  if (!uc_team_table_count (txn->db, only_open, &count, error))
    return FALSE;
  answer = json_object_new ();
  json_object_set_array_member (answer, "teams", make_teams (call, txn, teams));
  json_object_set_int_member (answer, "total_count", count);
  uc_call_answer_object (call, 200, answer);
  return TRUE;
}

gboolean
uc_teams_search (UcCall *call, UcTxn *txn, GError **error)
{
  JsonObject *body = uc_call_need_object (call, "team_search", error);
  gboolean    only_open = !uc_access_may_system (&call->actor, "list_private_teams");
  g_autoptr (GPtrArray) teams = NULL;

  if (body == NULL)
    return FALSE;
  teams =
      uc_team_table_list (txn->db, uc_json_get_string (body, "term", ""), only_open, 0, 100, error);
  if (teams == NULL)
    return FALSE;
  uc_call_answer_array (call, 200, make_teams (call, txn, teams));
  return TRUE;
}

gboolean
uc_teams_list_mine (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (GPtrArray) teams =
      uc_team_table_list_user (txn->db, uc_call_get_param (call, "user_id"), error);

  if (teams == NULL)
    return FALSE;
  uc_call_answer_array (call, 200, make_teams (call, txn, teams));
  return TRUE;
}

gboolean
uc_teams_change (UcCall *call, UcTxn *txn, GError **error)
{
  JsonObject *body = uc_call_need_object (call, "team", error);
  g_autoptr (UcTeam) team = NULL;
  g_autoptr (UcTeam) changed = NULL;

  if (body == NULL)
    return FALSE;
  team = uc_team_table_find (txn->db, uc_call_get_param (call, "team_id"), error);
  changed = team != NULL ? uc_team_service_change (txn, team, body, error) : NULL;
  return answer_team (call, txn, 200, changed);
}

gboolean
uc_teams_archive (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (UcTeam) team = NULL;
  g_autoptr (UcTeam) changed = NULL;

  if (uc_call_get_query_flag (call, "permanent")) {
    uc_refuse (error, UC_REFUSAL_TEAM_PERMANENT);
    return FALSE;
  }
  team = uc_team_table_find (txn->db, uc_call_get_param (call, "team_id"), error);
  changed = team != NULL ? uc_team_service_archive (txn, team, TRUE, error) : NULL;
  if (changed == NULL)
    return FALSE;
  uc_call_answer_ok (call);
  return TRUE;
}

gboolean
uc_teams_restore (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (UcTeam) team =
      uc_team_table_find (txn->db, uc_call_get_param (call, "team_id"), error);
  g_autoptr (UcTeam) changed =
      team != NULL ? uc_team_service_archive (txn, team, FALSE, error) : NULL;

  return answer_team (call, txn, 200, changed);
}

/* Who has the old invitation can't use it any more. */
gboolean
uc_teams_renew_invite (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (UcTeam) team =
      uc_team_table_find (txn->db, uc_call_get_param (call, "team_id"), error);
  g_autoptr (UcTeam) changed =
      team != NULL ? uc_team_service_renew_invite (txn, team, error) : NULL;

  return answer_team (call, txn, 200, changed);
}

gboolean
uc_teams_get_stats (UcCall *call, UcTxn *txn, GError **error)
{
  const char *team_id = uc_call_get_param (call, "team_id");
  gint64      n_all = 0;
  gint64      n_active = 0;
  JsonObject *answer;

  if (!uc_team_table_count_members (txn->db, team_id, FALSE, &n_all, error) ||
      !uc_team_table_count_members (txn->db, team_id, TRUE, &n_active, error))
    return FALSE;
  answer = json_object_new ();
  json_object_set_string_member (answer, "team_id", team_id);
  json_object_set_int_member (answer, "total_member_count", n_all);
  json_object_set_int_member (answer, "active_member_count", n_active);
  uc_call_answer_object (call, 200, answer);
  return TRUE;
}

static JsonObject *
make_unread (const UcUnread *unread)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "team_id", unread->team_id);
  json_object_set_int_member (object, "msg_count", unread->msg_count);
  json_object_set_int_member (object, "mention_count", unread->mention_count);
  json_object_set_int_member (object, "mention_count_root", unread->mention_count_root);
  json_object_set_int_member (object, "msg_count_root", unread->msg_count_root);
  return object;
}

/* Direct and group channels have no team: their row comes only beside an excluded
 * one, as clients that ask so expect. */
gboolean
uc_teams_list_unread (UcCall *call, UcTxn *txn, GError **error)
{
  const char *excluded = uc_call_get_query (call, "exclude_team", "");
  g_autoptr (GPtrArray) rows =
      uc_member_table_list_unread (txn->db, uc_call_get_param (call, "user_id"), NULL, error);
  JsonArray *array;

  if (rows == NULL)
    return FALSE;
  array = json_array_new ();
  for (guint i = 0; i < rows->len; i++) {
    UcUnread *unread = g_ptr_array_index (rows, i);

    if (g_str_equal (unread->team_id, excluded))
      continue;
    json_array_add_object_element (array, make_unread (unread));
  }
  uc_call_answer_array (call, 200, array);
  return TRUE;
}

gboolean
uc_teams_get_unread (UcCall *call, UcTxn *txn, GError **error)
{
  const char *team_id = uc_call_get_param (call, "team_id");
  g_autoptr (GPtrArray) rows =
      uc_member_table_list_unread (txn->db, uc_call_get_param (call, "user_id"), NULL, error);
  const UcUnread none = { .team_id = (char *) team_id };

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++) {
    UcUnread *unread = g_ptr_array_index (rows, i);

    if (g_str_equal (unread->team_id, team_id)) {
      uc_call_answer_object (call, 200, make_unread (unread));
      return TRUE;
    }
  }
  uc_call_answer_object (call, 200, make_unread (&none));
  return TRUE;
}

gboolean
uc_teams_get_icon (UcCall *call, UcTxn *txn, GError **error)
{
  uc_refuse (error, UC_REFUSAL_TEAM_ICON_NONE);
  return FALSE;
}
