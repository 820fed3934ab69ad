/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Places: teams, channels, and memberships of channels. */

#include "config.h"

#include "uc-wire-private.h"

#include "uc-json.h"

#include <string.h>

/**
 * uc_wire_team_from_json:
 * @node: (nullable): a team record
 * @path: what errors call it
 *
 * Any thread.
 *
 * Errors: %UC_ERROR_PROTOCOL
 *
 * Returns: (transfer full): the team
 */
UcTeam *
uc_wire_team_from_json (JsonNode *node, const char *path, GError **error)
{
  JsonObject *object = uc_json_as_object (node, path, error);
  g_autoptr (UcTeam) team = NULL;

  if (object == NULL)
    return NULL;
  team = uc_team_new ();
  if (!_uc_wire_need_id (object, path, "id", &team->id, error) ||
      !_uc_wire_need_text (object, path, "name", &team->name, error))
    return NULL;

  _uc_wire_set_text (object, "display_name", &team->display_name);
  _uc_wire_set_text (object, "description", &team->description);
  _uc_wire_set_text (object, "email", &team->email);
  _uc_wire_set_text (object, "company_name", &team->company_name);
  _uc_wire_set_text (object, "allowed_domains", &team->allowed_domains);
  _uc_wire_set_id (object, "invite_id", &team->invite_id);
  team->type = strcmp (uc_json_get_string (object, "type", ""), "I") == 0 ? 'I' : 'O';
  team->allow_open_invite = uc_json_get_boolean (object, "allow_open_invite", FALSE);
  team->create_at_ms = _uc_wire_get_time (object, "create_at");
  team->update_at_ms = _uc_wire_get_time (object, "update_at");
  team->delete_at_ms = _uc_wire_get_time (object, "delete_at");
  return g_steal_pointer (&team);
}

/**
 * uc_wire_team_to_json:
 * @team: a team
 * @with_secrets: whether the reader may know its address and how to invite
 *
 * Any thread.
 *
 * Returns: (transfer full): the record as a server answers it
 */
JsonNode *
uc_wire_team_to_json (const UcTeam *team, gboolean with_secrets)
{
  const char  type[] = { team->type, '\0' };
  JsonObject *object = json_object_new ();
  JsonNode   *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (object, "id", team->id);
  json_object_set_int_member (object, "create_at", team->create_at_ms);
  json_object_set_int_member (object, "update_at", team->update_at_ms);
  json_object_set_int_member (object, "delete_at", team->delete_at_ms);
  json_object_set_string_member (object, "display_name", team->display_name);
  json_object_set_string_member (object, "name", team->name);
  json_object_set_string_member (object, "description", team->description);
  json_object_set_string_member (object, "email", with_secrets ? team->email : "");
  json_object_set_string_member (object, "type", type);
  json_object_set_string_member (object, "company_name", team->company_name);
  json_object_set_string_member (object, "allowed_domains", team->allowed_domains);
  json_object_set_string_member (object, "invite_id", with_secrets ? team->invite_id : "");
  json_object_set_boolean_member (object, "allow_open_invite", team->allow_open_invite);
  json_object_set_null_member (object, "scheme_id");
  json_object_set_null_member (object, "group_constrained");
  json_object_set_null_member (object, "policy_id");

  json_node_take_object (node, object);
  return node;
}

/**
 * uc_wire_channel_from_json:
 * @node: (nullable): a channel record
 * @path: what errors call it
 *
 * Any thread.
 *
 * Errors: %UC_ERROR_PROTOCOL
 *
 * Returns: (transfer full): the channel
 */
UcChannel *
uc_wire_channel_from_json (JsonNode *node, const char *path, GError **error)
{
  JsonObject *object = uc_json_as_object (node, path, error);
  g_autoptr (UcChannel) channel = NULL;
  g_autofree char *type = NULL;

  if (object == NULL)
    return NULL;
  channel = uc_channel_new ();
  if (!_uc_wire_need_id (object, path, "id", &channel->id, error) ||
      !_uc_wire_need_text (object, path, "type", &type, error))
    return NULL;

  channel->type = uc_channel_type_from_string (type);
  _uc_wire_set_id (object, "team_id", &channel->team_id);
  _uc_wire_set_text (object, "name", &channel->name);
  _uc_wire_set_text (object, "display_name", &channel->display_name);
  _uc_wire_set_text (object, "header", &channel->header);
  _uc_wire_set_text (object, "purpose", &channel->purpose);
  _uc_wire_set_id (object, "creator_id", &channel->creator_id);
  channel->create_at_ms = _uc_wire_get_time (object, "create_at");
  channel->update_at_ms = _uc_wire_get_time (object, "update_at");
  channel->delete_at_ms = _uc_wire_get_time (object, "delete_at");
  channel->last_post_at_ms = _uc_wire_get_time (object, "last_post_at");
  channel->total_msg_count = _uc_wire_get_count (object, "total_msg_count");
  channel->total_msg_count_root = _uc_wire_get_count (object, "total_msg_count_root");
  return g_steal_pointer (&channel);
}

/**
 * uc_wire_channel_to_json:
 * @channel: a channel
 *
 * Any thread.
 *
 * Returns: (transfer full): the record as a server answers it
 */
JsonNode *
uc_wire_channel_to_json (const UcChannel *channel)
{
  JsonObject *object = json_object_new ();
  JsonNode   *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (object, "id", channel->id);
  json_object_set_int_member (object, "create_at", channel->create_at_ms);
  json_object_set_int_member (object, "update_at", channel->update_at_ms);
  json_object_set_int_member (object, "delete_at", channel->delete_at_ms);
  json_object_set_string_member (object, "team_id", channel->team_id);
  json_object_set_string_member (object, "type", uc_channel_type_to_string (channel->type));
  json_object_set_string_member (object, "display_name", channel->display_name);
  json_object_set_string_member (object, "name", channel->name);
  json_object_set_string_member (object, "header", channel->header);
  json_object_set_string_member (object, "purpose", channel->purpose);
  json_object_set_int_member (object, "last_post_at", channel->last_post_at_ms);
  json_object_set_int_member (object, "total_msg_count", channel->total_msg_count);
  json_object_set_int_member (object, "extra_update_at", 0);
  json_object_set_string_member (object, "creator_id", channel->creator_id);
  json_object_set_null_member (object, "scheme_id");
  json_object_set_null_member (object, "props");
  json_object_set_null_member (object, "group_constrained");
  json_object_set_boolean_member (object, "shared", FALSE);
  json_object_set_int_member (object, "total_msg_count_root", channel->total_msg_count_root);
  json_object_set_null_member (object, "policy_id");

  json_node_take_object (node, object);
  return node;
}

/**
 * uc_wire_member_from_json:
 * @node: (nullable): a membership of a channel
 * @path: what errors call it
 *
 * Any thread.
 *
 * Errors: %UC_ERROR_PROTOCOL
 *
 * Returns: (transfer full): the membership
 */
UcMember *
uc_wire_member_from_json (JsonNode *node, const char *path, GError **error)
{
  JsonObject *object = uc_json_as_object (node, path, error);
  g_autoptr (UcMember) member = NULL;
  JsonObject *notify;

  if (object == NULL)
    return NULL;
  member = uc_member_new ();
  if (!_uc_wire_need_id (object, path, "channel_id", &member->channel_id, error) ||
      !_uc_wire_need_id (object, path, "user_id", &member->user_id, error))
    return NULL;

  _uc_wire_set_text (object, "roles", &member->roles);
  notify = uc_json_get_object (object, "notify_props");
  _uc_wire_set_text (notify, "desktop", &member->notify_desktop);
  _uc_wire_set_text (notify, "push", &member->notify_push);
  _uc_wire_set_text (notify, "email", &member->notify_email);
  _uc_wire_set_text (notify, "ignore_channel_mentions", &member->ignore_channel_mentions);
  member->is_muted = strcmp (uc_json_get_string (notify, "mark_unread", ""), "mention") == 0;
  member->last_viewed_at_ms = _uc_wire_get_time (object, "last_viewed_at");
  member->last_update_at_ms = _uc_wire_get_time (object, "last_update_at");
  member->read_msg_count = _uc_wire_get_count (object, "msg_count");
  member->read_msg_count_root = _uc_wire_get_count (object, "msg_count_root");
  member->mention_count = _uc_wire_get_count (object, "mention_count");
  member->mention_count_root = _uc_wire_get_count (object, "mention_count_root");
  return g_steal_pointer (&member);
}

static const char *
or_default (const char *word)
{
  return *word != '\0' ? word : "default";
}

/**
 * uc_wire_member_to_json:
 * @member: a membership
 *
 * Any thread.
 *
 * Returns: (transfer full): the record as a server answers it
 */
JsonNode *
uc_wire_member_to_json (const UcMember *member)
{
  g_auto (GStrv) roles = g_strsplit (member->roles, " ", -1);
  g_autoptr (GString) explicit_roles = g_string_new (NULL);
  JsonObject *object = json_object_new ();
  JsonObject *notify = json_object_new ();
  JsonNode   *node = json_node_new (JSON_NODE_OBJECT);
  gboolean    is_guest = FALSE;
  gboolean    is_user = FALSE;
  gboolean    is_admin = FALSE;

  for (guint i = 0; roles[i] != NULL; i++) {
    if (strcmp (roles[i], "channel_guest") == 0)
      is_guest = TRUE;
    else if (strcmp (roles[i], "channel_user") == 0)
      is_user = TRUE;
    else if (strcmp (roles[i], "channel_admin") == 0)
      is_admin = TRUE;
    else if (*roles[i] != '\0')
      g_string_append_printf (explicit_roles, "%s%s", explicit_roles->len > 0 ? " " : "", roles[i]);
  }

  json_object_set_string_member (notify, "desktop", or_default (member->notify_desktop));
  json_object_set_string_member (notify, "email", or_default (member->notify_email));
  json_object_set_string_member (notify, "ignore_channel_mentions",
                                 or_default (member->ignore_channel_mentions));
  json_object_set_string_member (notify, "mark_unread", member->is_muted ? "mention" : "all");
  json_object_set_string_member (notify, "push", or_default (member->notify_push));

  json_object_set_string_member (object, "channel_id", member->channel_id);
  json_object_set_string_member (object, "user_id", member->user_id);
  json_object_set_string_member (object, "roles", member->roles);
  json_object_set_int_member (object, "last_viewed_at", member->last_viewed_at_ms);
  json_object_set_int_member (object, "msg_count", member->read_msg_count);
  json_object_set_int_member (object, "mention_count", member->mention_count);
  json_object_set_int_member (object, "mention_count_root", member->mention_count_root);
  json_object_set_int_member (object, "msg_count_root", member->read_msg_count_root);
  json_object_set_object_member (object, "notify_props", notify);
  json_object_set_int_member (object, "last_update_at", member->last_update_at_ms);
  json_object_set_boolean_member (object, "scheme_guest", is_guest);
  json_object_set_boolean_member (object, "scheme_user", is_user);
  json_object_set_boolean_member (object, "scheme_admin", is_admin);
  json_object_set_string_member (object, "explicit_roles", explicit_roles->str);

  json_node_take_object (node, object);
  return node;
}

/**
 * uc_wire_parse_teams:
 * @body: a list of teams, also one with a total count
 *
 * Returns: (transfer full) (element-type UcTeam): all of them
 */
GPtrArray *
uc_wire_parse_teams (GBytes *body, GError **error)
{
  return _uc_wire_read_list (body, "teams", "teams", (UcWireReader) uc_wire_team_from_json,
                             (GDestroyNotify) uc_team_unref, error);
}

/**
 * uc_wire_parse_channel:
 * @body: an answer with one channel
 *
 * Returns: (transfer full): the channel
 */
UcChannel *
uc_wire_parse_channel (GBytes *body, GError **error)
{
  return _uc_wire_read_one (body, "channel", (UcWireReader) uc_wire_channel_from_json, error);
}

/**
 * uc_wire_parse_channels:
 * @body: a list of channels, also one with a total count
 *
 * Returns: (transfer full) (element-type UcChannel): all of them
 */
GPtrArray *
uc_wire_parse_channels (GBytes *body, GError **error)
{
  return _uc_wire_read_list (body, "channels", "channels", (UcWireReader) uc_wire_channel_from_json,
                             (GDestroyNotify) uc_channel_unref, error);
}

/**
 * uc_wire_parse_member:
 * @body: an answer with one membership of a channel
 *
 * Returns: (transfer full): the membership
 */
UcMember *
uc_wire_parse_member (GBytes *body, GError **error)
{
  return _uc_wire_read_one (body, "member", (UcWireReader) uc_wire_member_from_json, error);
}

/**
 * uc_wire_parse_members:
 * @body: a list of memberships of channels
 *
 * Returns: (transfer full) (element-type UcMember): all of them
 */
GPtrArray *
uc_wire_parse_members (GBytes *body, GError **error)
{
  return _uc_wire_read_list (body, "members", NULL, (UcWireReader) uc_wire_member_from_json,
                             (GDestroyNotify) uc_member_unref, error);
}
