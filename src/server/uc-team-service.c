/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Teams: made, changed, archived, joined and left. */

#include "config.h"

#include "uc-team-service.h"

#include "uc-channel-service.h"
#include "uc-id.h"
#include "uc-json.h"
#include "uc-membership-private.h"
#include "uc-post-service.h"
#include "uc-refusal.h"
#include "uc-text.h"
#include "uc-user-table.h"
#include "uc-wire-json.h"

#define MAX_DISPLAY_NAME 64
#define MAX_DESCRIPTION  255

/* Names that could be taken for pages of the server. */
static const char *const reserved[] = { "admin",  "api",       "channel", "claim", "error",
                                        "files",  "help",      "landing", "login", "mfa",
                                        "oauth",  "plug",      "plugins", "post",  "signup",
                                        "boards", "playbooks", NULL };

static const char *const default_channels[][2] = { { UC_DEFAULT_CHANNEL, "Town Square" },
                                                   { "off-topic", "Off-Topic" } };

static gboolean
check_team (const UcTeam *team, GError **error)
{
  UcRefusal refusal;

  if (*team->display_name == '\0' || !uc_text_fits (team->display_name, MAX_DISPLAY_NAME) ||
      !uc_text_fits (team->description, MAX_DESCRIPTION))
    refusal = UC_REFUSAL_TEAM_DISPLAY_NAME;
  else if (g_strv_contains (reserved, team->name))
    refusal = UC_REFUSAL_TEAM_RESERVED;
  else if (!uc_text_is_name (team->name))
    refusal = UC_REFUSAL_TEAM_NAME;
  else if (team->type != 'O' && team->type != 'I')
    refusal = UC_REFUSAL_TEAM_TYPE;
  else
    return TRUE;
  uc_refuse (error, refusal);
  return FALSE;
}

static JsonObject *
new_team_data (const UcTeam *team)
{
  g_autoptr (JsonNode) node = uc_wire_team_to_json (team, FALSE);
  g_autofree char *text = uc_json_to_text (node);
  JsonObject      *data = json_object_new ();

  json_object_set_string_member (data, "team", text);
  return data;
}

/**
 * uc_team_service_create:
 *
 * The creator becomes its administrator; town-square and off-topic appear.
 *
 * Returns: (transfer full) (nullable): the new team
 */
UcTeam *
uc_team_service_create (UcTxn         *txn,
                        const UcActor *actor,
                        const char    *name,
                        const char    *display_name,
                        const char    *description,
                        char           type,
                        gboolean       allow_open_invite,
                        GError       **error)
{
  g_autoptr (UcTeam) team = uc_team_new ();
  g_autoptr (UcTeamMember) member = NULL;
  g_autoptr (UcAccount) account = uc_user_table_find (txn->db, actor->user_id, error);

  if (account == NULL)
    return NULL;
  g_free (team->id);
  team->id = uc_id_new ();
  g_free (team->invite_id);
  team->invite_id = uc_id_new ();
  g_set_str (&team->name, name);
  g_set_str (&team->display_name, display_name);
  g_set_str (&team->description, description);
  g_set_str (&team->email, account->user->email);
  team->type = type;
  team->allow_open_invite = allow_open_invite;
  team->create_at_ms = txn->now_ms;
  team->update_at_ms = txn->now_ms;
  if (!check_team (team, error) || !uc_team_table_insert (txn->db, team, error))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (default_channels); i++) {
    g_autoptr (UcChannel) channel = uc_channel_service_create_default (
        txn, team->id, default_channels[i][0], default_channels[i][1], error);

    if (channel == NULL)
      return NULL;
  }
  member = uc_team_service_add (txn, actor, team, actor->user_id, TRUE, error);
  return member != NULL ? g_steal_pointer (&team) : NULL;
}

/**
 * uc_team_service_change:
 *
 * Returns: (transfer full) (nullable): the team as it is now
 */
UcTeam *
uc_team_service_change (UcTxn *txn, UcTeam *team, JsonObject *patch, GError **error)
{
  g_autoptr (UcTeam) changed = uc_team_table_find (txn->db, team->id, error);

  if (changed == NULL)
    return NULL;
  g_set_str (&changed->display_name,
             uc_json_get_string (patch, "display_name", changed->display_name));
  g_set_str (&changed->description,
             uc_json_get_string (patch, "description", changed->description));
  g_set_str (&changed->company_name,
             uc_json_get_string (patch, "company_name", changed->company_name));
  changed->allow_open_invite =
      uc_json_get_boolean (patch, "allow_open_invite", changed->allow_open_invite);
  changed->update_at_ms = MAX (changed->update_at_ms + 1, txn->now_ms);
  if (!check_team (changed, error) || !uc_team_table_update (txn->db, changed, error))
    return NULL;
  if (!uc_txn_push_to_team (txn, changed->id, "update_team", new_team_data (changed), error))
    return NULL;
  return g_steal_pointer (&changed);
}

/**
 * uc_team_service_renew_invite:
 *
 * Returns: (transfer full) (nullable): the team with another invitation
 */
UcTeam *
uc_team_service_renew_invite (UcTxn *txn, UcTeam *team, GError **error)
{
  g_autoptr (UcTeam) changed = uc_team_table_find (txn->db, team->id, error);

  if (changed == NULL)
    return NULL;
  g_free (changed->invite_id);
  changed->invite_id = uc_id_new ();
  changed->update_at_ms = MAX (changed->update_at_ms + 1, txn->now_ms);
  if (!uc_team_table_update (txn->db, changed, error))
    return NULL;
  if (!uc_txn_push_to_team (txn, changed->id, "update_team", new_team_data (changed), error))
    return NULL;
  return g_steal_pointer (&changed);
}

/**
 * uc_team_service_archive:
 * @is_archived: %FALSE restores it
 *
 * Returns: (transfer full) (nullable): the team as it is now
 */
UcTeam *
uc_team_service_archive (UcTxn *txn, UcTeam *team, gboolean is_archived, GError **error)
{
  g_autoptr (UcTeam) changed = uc_team_table_find (txn->db, team->id, error);

  if (changed == NULL)
    return NULL;
  changed->delete_at_ms = is_archived ? txn->now_ms : 0;
  changed->update_at_ms = MAX (changed->update_at_ms + 1, txn->now_ms);
  if (!uc_team_table_update (txn->db, changed, error))
    return NULL;
  /* To those who know it: for all others it never was there. */
  if (!uc_txn_push_to_team (txn, team->id, is_archived ? "delete_team" : "restore_team",
                            new_team_data (changed), error))
    return NULL;
  return g_steal_pointer (&changed);
}

static gboolean
post_in_town_square (UcTxn         *txn,
                     const UcActor *actor,
                     UcChannel     *channel,
                     UcAccount     *account,
                     gboolean       is_coming,
                     GError       **error)
{
  const char      *username = account->user->username;
  gboolean         is_self = g_str_equal (actor->user_id, account->user->id);
  g_autofree char *message = NULL;
  const char      *type;
  JsonObject      *props = json_object_new ();

  json_object_set_string_member (props, "username", username);
  if (!is_coming) {
    message =
        g_strdup_printf (is_self ? "%s left the team." : "%s removed from the team.", username);
    type = is_self ? "system_leave_team" : "system_remove_from_team";
  } else if (is_self) {
    message = g_strdup_printf ("%s joined the team.", username);
    type = "system_join_team";
  } else {
    message = g_strdup_printf ("%s added to the team by %s.", username, actor->username);
    type = "system_add_to_team";
    json_object_set_string_member (props, "userId", actor->user_id);
    json_object_set_string_member (props, "username", actor->username);
    json_object_set_string_member (props, "addedUserId", account->user->id);
    json_object_set_string_member (props, "addedUsername", username);
  }
  return uc_post_service_create_system (txn, is_coming ? actor->user_id : account->user->id,
                                        channel, type, message, props, error);
}

/* town-square takes everybody, and says who has come to the team. */
static gboolean
join_default (UcTxn         *txn,
              const UcActor *actor,
              UcTeam        *team,
              UcAccount     *account,
              const char    *name,
              gboolean       is_admin,
              GError       **error)
{
  g_autoptr (UcChannel) channel = uc_channel_table_find_name (txn->db, team->id, name, NULL);
  JsonObject *data;

  if (channel == NULL || channel->delete_at_ms > 0 || channel->type != UC_CHANNEL_OPEN)
    return TRUE;
  if (!_uc_membership_put (txn, channel->id, account->user->id, is_admin, error))
    return FALSE;
  if (g_str_equal (name, UC_DEFAULT_CHANNEL)
          ? !post_in_town_square (txn, actor, channel, account, TRUE, error)
          : !_uc_membership_post_join (txn, actor, channel, account->user->id,
                                       account->user->username, error))
    return FALSE;
  data = json_object_new ();
  json_object_set_string_member (data, "user_id", account->user->id);
  json_object_set_string_member (data, "team_id", team->id);
  return uc_txn_push_to_channel (txn, channel->id, NULL, "user_added", data, error);
}

static JsonObject *
new_place (const char *team_id, const char *user_id)
{
  JsonObject *data = json_object_new ();

  json_object_set_string_member (data, "team_id", team_id);
  json_object_set_string_member (data, "user_id", user_id);
  return data;
}

/**
 * uc_team_service_add:
 *
 * Returns: (transfer full) (nullable): the membership
 */
UcTeamMember *
uc_team_service_add (UcTxn         *txn,
                     const UcActor *actor,
                     UcTeam        *team,
                     const char    *user_id,
                     gboolean       is_admin,
                     GError       **error)
{
  g_autoptr (UcAccount) account = uc_user_table_find (txn->db, user_id, error);
  g_autoptr (UcTeamMember) member = NULL;
  const UcTeamMember fresh = {
    .team_id = team->id,
    .user_id = (char *) user_id,
    .is_scheme_user = TRUE,
    .is_scheme_admin = is_admin,
    .create_at_ms = txn->now_ms,
  };

  if (account == NULL || !uc_team_table_find_member (txn->db, team->id, user_id, &member, error))
    return NULL;
  if (member != NULL && member->delete_at_ms == 0)
    return g_steal_pointer (&member);
  g_clear_pointer (&member, uc_team_member_free);
  if (!uc_team_table_put_member (txn->db, &fresh, error))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (default_channels); i++) {
    if (!join_default (txn, actor, team, account, default_channels[i][0], is_admin, error))
      return NULL;
  }
  uc_txn_push_to_user (txn, user_id, "added_to_team", new_place (team->id, user_id));
  if (!uc_team_table_find_member (txn->db, team->id, user_id, &member, error))
    return NULL;
  return g_steal_pointer (&member);
}

/**
 * uc_team_service_remove:
 *
 * With the team its channels are left.
 */
gboolean
uc_team_service_remove (UcTxn         *txn,
                        const UcActor *actor,
                        UcTeam        *team,
                        const char    *user_id,
                        GError       **error)
{
  g_autoptr (UcAccount) account = uc_user_table_find (txn->db, user_id, error);
  g_autoptr (UcTeamMember) member = NULL;
  g_autoptr (GPtrArray) channels = NULL;

  if (account == NULL || !uc_team_table_find_member (txn->db, team->id, user_id, &member, error))
    return FALSE;
  if (member == NULL || member->delete_at_ms > 0) {
    uc_refuse (error, UC_REFUSAL_TEAM_MEMBER_UNKNOWN);
    return FALSE;
  }
  channels = uc_channel_table_list_user (txn->db, user_id, team->id, TRUE, error);
  if (channels == NULL)
    return FALSE;
  for (guint i = 0; i < channels->len; i++) {
    UcChannel *channel = g_ptr_array_index (channels, i);

    if (*channel->team_id == '\0')
      continue;
    if (!uc_member_table_delete (txn->db, channel->id, user_id, error))
      return FALSE;
    if (g_str_equal (channel->name, UC_DEFAULT_CHANNEL) &&
        !post_in_town_square (txn, actor, channel, account, FALSE, error))
      return FALSE;
  }
  /* Pushed while they still count as one of the team. */
  if (!uc_txn_push_to_team (txn, team->id, "leave_team", new_place (team->id, user_id), error))
    return FALSE;
  member->delete_at_ms = txn->now_ms;
  member->is_scheme_admin = FALSE;
  return uc_team_table_put_member (txn->db, member, error);
}

/**
 * uc_team_service_set_roles:
 */
gboolean
uc_team_service_set_roles (UcTxn      *txn,
                           const char *team_id,
                           const char *user_id,
                           gboolean    is_user,
                           gboolean    is_admin,
                           GError    **error)
{
  g_autoptr (UcTeamMember) member = NULL;
  g_autoptr (JsonObject) record = NULL;
  g_autofree char *text = NULL;
  JsonObject      *data;

  if (!uc_team_table_find_member (txn->db, team_id, user_id, &member, error))
    return FALSE;
  if (member == NULL || member->delete_at_ms > 0) {
    uc_refuse (error, UC_REFUSAL_TEAM_MEMBER_UNKNOWN);
    return FALSE;
  }
  member->is_scheme_user = is_user;
  member->is_scheme_admin = is_admin;
  if (!uc_team_table_put_member (txn->db, member, error))
    return FALSE;
  record = uc_team_member_to_json (member);
  text = uc_json_object_to_text (record);
  data = json_object_new ();
  json_object_set_string_member (data, "member", text);
  uc_txn_push_to_user (txn, user_id, "memberrole_updated", data);
  return TRUE;
}
