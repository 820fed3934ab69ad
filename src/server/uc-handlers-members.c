/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Memberships of channels: who is in, their roles and settings, what they have read
 * (protocol.md 6.2). */

#include "config.h"

#include "uc-handlers.h"

#include "uc-channel-service.h"
#include "uc-id.h"
#include "uc-json.h"
#include "uc-refusal.h"
#include "uc-role.h"

static gboolean
answer_list (UcCall *call, GPtrArray *members)
{
  JsonArray *array;

  if (members == NULL)
    return FALSE;
  array = json_array_new ();
  for (guint i = 0; i < members->len; i++)
    json_array_add_object_element (array,
                                   uc_channel_member_to_json (g_ptr_array_index (members, i)));
  uc_call_answer_array (call, 200, array);
  return TRUE;
}

static UcChannelMember *
find (UcCall *call, UcTxn *txn, GError **error)
{
  UcChannelMember *member = NULL;

  if (uc_member_table_find (txn->db, uc_call_get_param (call, "channel_id"),
                            uc_call_get_param (call, "user_id"), &member, error) &&
      member == NULL)
    uc_refuse (error, UC_REFUSAL_CHANNEL_MEMBER_UNKNOWN);
  return member;
}

gboolean
uc_members_list (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (GPtrArray) members = NULL;
  int offset;
  int limit;

  uc_call_get_page (call, &offset, &limit);
  members =
      uc_member_table_list (txn->db, uc_call_get_param (call, "channel_id"), offset, limit, error);
  return answer_list (call, members);
}

gboolean
uc_members_list_mine (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (GPtrArray) members = NULL;

  if (!uc_access_need_team (txn, &call->actor, uc_call_get_param (call, "team_id"), "view_team",
                            error))
    return FALSE;
  members = uc_member_table_list_user (txn->db, uc_call_get_param (call, "user_id"),
                                       uc_call_get_param (call, "team_id"), error);
  return answer_list (call, members);
}

gboolean
uc_members_list_all_mine (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (GPtrArray) members =
      uc_member_table_list_user (txn->db, uc_call_get_param (call, "user_id"), "", error);

  return answer_list (call, members);
}

gboolean
uc_members_list_ids (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (GPtrArray) ids = uc_call_need_strings (call, "user_ids", error);
  g_autoptr (GPtrArray) members =
      g_ptr_array_new_with_free_func ((GDestroyNotify) uc_channel_member_free);

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++) {
    UcChannelMember *member = NULL;

    if (!uc_member_table_find (txn->db, uc_call_get_param (call, "channel_id"),
                               g_ptr_array_index (ids, i), &member, error))
      return FALSE;
    if (member != NULL)
      g_ptr_array_add (members, member);
  }
  return answer_list (call, members);
}

gboolean
uc_members_get (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (UcChannelMember) member = find (call, txn, error);

  if (member == NULL)
    return FALSE;
  uc_call_answer_object (call, 200, uc_channel_member_to_json (member));
  return TRUE;
}

/* Joining a public channel oneself, or managing members; into a private one only who
 * is in it already brings somebody. */
static gboolean
check_may_add (UcCall          *call,
               UcTxn           *txn,
               const UcChannel *channel,
               const char      *user_id,
               GError         **error)
{
  gboolean is_open = channel->type == UC_CHANNEL_OPEN;

  if (channel->type == UC_CHANNEL_DIRECT || channel->type == UC_CHANNEL_GROUP)
    return uc_access_need_channel (txn, &call->actor, channel->id, "read_channel", error);
  if (is_open && g_str_equal (user_id, call->actor.user_id))
    return uc_access_need_team (txn, &call->actor, channel->team_id, "join_public_channels", error);
  return uc_access_need_channel (
      txn, &call->actor, channel->id,
      is_open ? "manage_public_channel_members" : "manage_private_channel_members", error);
}

gboolean
uc_members_add (UcCall *call, UcTxn *txn, GError **error)
{
  JsonObject *body = uc_call_need_object (call, "channel_member", error);
  const char *user_id = uc_json_get_string (body, "user_id", "");
  g_autoptr (UcChannel) channel = NULL;
  g_autoptr (UcChannelMember) member = NULL;

  if (body == NULL)
    return FALSE;
  if (!uc_id_is_valid (user_id)) {
    uc_refuse_body (error, "user_id");
    return FALSE;
  }
  channel = uc_channel_table_find (txn->db, uc_call_get_param (call, "channel_id"), error);
  if (channel == NULL || !check_may_add (call, txn, channel, user_id, error))
    return FALSE;
  member = uc_channel_service_add (txn, &call->actor, channel, user_id, error);
  if (member == NULL)
    return FALSE;
  uc_call_answer_object (call, 201, uc_channel_member_to_json (member));
  return TRUE;
}

gboolean
uc_members_remove (UcCall *call, UcTxn *txn, GError **error)
{
  const char *user_id = uc_call_get_param (call, "user_id");
  g_autoptr (UcChannel) channel =
      uc_channel_table_find (txn->db, uc_call_get_param (call, "channel_id"), error);

  if (channel == NULL)
    return FALSE;
  if (!g_str_equal (user_id, call->actor.user_id) &&
      !uc_access_need_channel (txn, &call->actor, channel->id,
                               channel->type == UC_CHANNEL_OPEN ? "manage_public_channel_members"
                                                                : "manage_private_channel_members",
                               error))
    return FALSE;
  if (!uc_channel_service_remove (txn, &call->actor, channel, user_id, error))
    return FALSE;
  uc_call_answer_ok (call);
  return TRUE;
}

static gboolean
write_member (UcCall *call, UcTxn *txn, UcChannelMember *member, GError **error)
{
  g_autoptr (JsonObject) record = NULL;
  g_autofree char *text = NULL;
  JsonObject      *data;

  member->last_update_at_ms = txn->now_ms;
  if (!uc_member_table_put (txn->db, member, error))
    return FALSE;
  record = uc_channel_member_to_json (member);
  text = uc_json_object_to_text (record);
  data = json_object_new ();
  json_object_set_string_member (data, "channelMember", text);
  uc_txn_push_to_user (txn, member->user_id, "channel_member_updated", data);
  uc_call_answer_ok (call);
  return TRUE;
}

gboolean
uc_members_set_scheme_roles (UcCall *call, UcTxn *txn, GError **error)
{
  JsonObject *body = uc_call_need_object (call, "scheme_roles", error);
  g_autoptr (UcChannelMember) member = body != NULL ? find (call, txn, error) : NULL;

  if (member == NULL)
    return FALSE;
  member->is_scheme_user = uc_json_get_boolean (body, "scheme_user", FALSE);
  member->is_scheme_admin = uc_json_get_boolean (body, "scheme_admin", FALSE);
  return write_member (call, txn, member, error);
}

gboolean
uc_members_set_roles (UcCall *call, UcTxn *txn, GError **error)
{
  JsonObject *body = uc_call_need_object (call, "roles", error);
  const char *roles = uc_json_get_string (body, "roles", NULL);
  g_autoptr (UcChannelMember) member = NULL;

  if (body == NULL)
    return FALSE;
  if (roles == NULL) {
    uc_refuse_body (error, "roles");
    return FALSE;
  }
  member = find (call, txn, error);
  if (member == NULL)
    return FALSE;
  member->is_scheme_user = uc_roles_contain (roles, "channel_user");
  member->is_scheme_admin = uc_roles_contain (roles, "channel_admin");
  return write_member (call, txn, member, error);
}

static gboolean
check_notify (const char *name, const char *value)
{
  static const char *const levels[] = { "default", "all", "mention", "none", NULL };
  static const char *const marks[] = { "all", "mention", NULL };
  static const char *const ignores[] = { "default", "on", "off", NULL };

  if (g_str_equal (name, "mark_unread"))
    return g_strv_contains (marks, value);
  if (g_str_equal (name, "ignore_channel_mentions"))
    return g_strv_contains (ignores, value);
  return g_strv_contains (levels, value);
}

gboolean
uc_members_set_notify_props (UcCall *call, UcTxn *txn, GError **error)
{
  static const char *const names[] = { "desktop", "push", "email", "mark_unread",
                                       "ignore_channel_mentions" };
  JsonObject              *body = uc_call_need_object (call, "notify_props", error);
  g_autoptr (UcChannelMember) member = body != NULL ? find (call, txn, error) : NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *props;

  if (member == NULL)
    return FALSE;
  node = uc_json_parse (member->notify_props, -1, error);
  if (node == NULL)
    return FALSE;
  props = json_node_get_object (node);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    const char *value = uc_json_get_string (body, names[i], NULL);

    if (value == NULL)
      continue;
    if (!check_notify (names[i], value)) {
      uc_refuse (error, UC_REFUSAL_CHANNEL_NOTIFY);
      return FALSE;
    }
    json_object_set_string_member (props, names[i], value);
  }
  g_free (member->notify_props);
  member->notify_props = uc_json_object_to_text (props);
  return write_member (call, txn, member, error);
}

gboolean
uc_members_view (UcCall *call, UcTxn *txn, GError **error)
{
  JsonObject *body = uc_call_need_object (call, "channel_view", error);
  const char *ids[2] = { uc_json_get_string (body, "channel_id", ""),
                         uc_json_get_string (body, "prev_channel_id", "") };
  gboolean    knows_threads = uc_json_get_boolean (body, "collapsed_threads_supported", FALSE);
  g_autoptr (JsonObject) times = json_object_new ();
  JsonObject *answer;

  if (body == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    gint64 viewed_at_ms = 0;

    if (*ids[i] == '\0')
      continue;
    if (!uc_id_is_valid (ids[i])) {
      uc_refuse_body (error, i == 0 ? "channel_view.channel_id" : "channel_view.prev_channel_id");
      return FALSE;
    }
    if (!uc_channel_service_view (txn, uc_call_get_param (call, "user_id"), ids[i], knows_threads,
                                  &viewed_at_ms, error))
      return FALSE;
    if (viewed_at_ms > 0)
      json_object_set_int_member (times, ids[i], viewed_at_ms);
  }
  answer = json_object_new ();
  json_object_set_string_member (answer, "status", "OK");
  json_object_set_object_member (answer, "last_viewed_at_times", g_steal_pointer (&times));
  uc_call_answer_object (call, 200, answer);
  return TRUE;
}

gboolean
uc_members_get_unread (UcCall *call, UcTxn *txn, GError **error)
{
  const char *channel_id = uc_call_get_param (call, "channel_id");
  g_autoptr (GPtrArray) rows = NULL;
  JsonObject *answer;
  UcUnread   *unread;

  if (!uc_access_need_channel (txn, &call->actor, channel_id, "read_channel", error))
    return FALSE;
  rows =
      uc_member_table_list_unread (txn->db, uc_call_get_param (call, "user_id"), channel_id, error);
  if (rows == NULL)
    return FALSE;
  if (rows->len == 0) {
    uc_refuse (error, UC_REFUSAL_CHANNEL_MEMBER_UNKNOWN);
    return FALSE;
  }
  unread = g_ptr_array_index (rows, 0);
  answer = json_object_new ();
  json_object_set_string_member (answer, "team_id", unread->team_id);
  json_object_set_string_member (answer, "channel_id", channel_id);
  json_object_set_int_member (answer, "msg_count", unread->msg_count);
  json_object_set_int_member (answer, "mention_count", unread->mention_count);
  json_object_set_int_member (answer, "mention_count_root", unread->mention_count_root);
  json_object_set_int_member (answer, "msg_count_root", unread->msg_count_root);
  uc_call_answer_object (call, 200, answer);
  return TRUE;
}
