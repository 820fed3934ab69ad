/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Channels: found, made, changed, archived (protocol.md 6). */

#include "config.h"

#include "uc-handlers.h"

#include "uc-channel-service.h"
#include "uc-json.h"
#include "uc-post-table.h"
#include "uc-refusal.h"
#include "uc-team-table.h"

static gboolean
answer_channel (UcCall *call, guint status, const UcChannel *channel)
{
  if (channel == NULL)
    return FALSE;
  uc_call_answer_node (call, status, uc_channel_service_to_json (channel));
  return TRUE;
}

static UcChannel *
find (UcCall *call, UcTxn *txn, GError **error)
{
  return uc_channel_table_find (txn->db, uc_call_get_param (call, "channel_id"), error);
}

/* @public and @private name the permission for either kind. People's channels have
 * neither: who is in one may. */
static gboolean
need_by_type (UcCall          *call,
              UcTxn           *txn,
              const UcChannel *channel,
              const char      *for_public,
              const char      *for_private,
              GError         **error)
{
  const char *permission = channel->type == UC_CHANNEL_OPEN      ? for_public
                           : channel->type == UC_CHANNEL_PRIVATE ? for_private
                                                                 : "read_channel";

  return uc_access_need_channel (txn, &call->actor, channel->id, permission, error);
}

gboolean
uc_channels_get (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (UcChannel) channel = find (call, txn, error);

  return channel != NULL && uc_access_need_reading (txn, &call->actor, channel, error) &&
         answer_channel (call, 200, channel);
}

static gboolean
answer_by_name (UcCall *call, UcTxn *txn, const char *team_id, GError **error)
{
  const char *name = uc_call_get_param (call, "channel_name");
  gboolean    with_deleted = uc_call_get_query_flag (call, "include_deleted");
  g_autoptr (UcChannel) channel = uc_channel_table_find_name (txn->db, team_id, name, NULL);

  /* Direct channels are found under any team. */
  if (channel == NULL)
    channel = uc_channel_table_find_name (txn->db, "", name, error);
  if (channel == NULL)
    return FALSE;
  if (channel->delete_at_ms > 0 && !with_deleted) {
    uc_refuse (error, UC_REFUSAL_CHANNEL_NAME_UNKNOWN);
    return FALSE;
  }
  return uc_access_need_reading (txn, &call->actor, channel, error) &&
         answer_channel (call, 200, channel);
}

gboolean
uc_channels_get_by_name (UcCall *call, UcTxn *txn, GError **error)
{
  return answer_by_name (call, txn, uc_call_get_param (call, "team_id"), error);
}

gboolean
uc_channels_get_by_names (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (UcTeam) team =
      uc_team_table_find_name (txn->db, uc_call_get_param (call, "team_name"), error);

  return team != NULL && answer_by_name (call, txn, team->id, error);
}

gboolean
uc_channels_create (UcCall *call, UcTxn *txn, GError **error)
{
  JsonObject        *body = uc_call_need_object (call, "channel", error);
  const UcNewChannel fields = {
    .team_id = uc_json_get_string (body, "team_id", ""),
    .name = uc_json_get_string (body, "name", ""),
    .display_name = uc_json_get_string (body, "display_name", ""),
    .purpose = uc_json_get_string (body, "purpose", ""),
    .header = uc_json_get_string (body, "header", ""),
    .type = uc_channel_type_from_string (uc_json_get_string (body, "type", "")),
  };
  g_autoptr (UcChannel) channel = NULL;

  if (body == NULL)
    return FALSE;
  if (fields.type == UC_CHANNEL_DIRECT || fields.type == UC_CHANNEL_GROUP) {
    uc_refuse (error, UC_REFUSAL_CHANNEL_IS_DIRECT);
    return FALSE;
  }
  if (fields.type == UC_CHANNEL_UNKNOWN) {
    uc_refuse (error, UC_REFUSAL_CHANNEL_TYPE);
    return FALSE;
  }
  if (*fields.team_id == '\0') {
    uc_refuse (error, UC_REFUSAL_PERMISSION);
    return FALSE;
  }
  if (!uc_access_need_team (txn, &call->actor, fields.team_id,
                            fields.type == UC_CHANNEL_OPEN ? "create_public_channel"
                                                           : "create_private_channel",
                            error))
    return FALSE;
  channel = uc_channel_service_create (txn, &call->actor, &fields, error);
  return answer_channel (call, 201, channel);
}

gboolean
uc_channels_open_direct (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (GPtrArray) ids = uc_call_need_strings (call, "user_ids", error);
  g_autoptr (UcChannel) channel = NULL;
  const char *other;
  gboolean    is_first;

  if (ids == NULL)
    return FALSE;
  if (ids->len != 2) {
    uc_refuse_body (error, "user_ids");
    return FALSE;
  }
  is_first = g_str_equal (g_ptr_array_index (ids, 0), call->actor.user_id);
  other = g_ptr_array_index (ids, is_first ? 1 : 0);
  if (!is_first && !g_str_equal (g_ptr_array_index (ids, 1), call->actor.user_id)) {
    uc_refuse (error, UC_REFUSAL_PERMISSION);
    return FALSE;
  }
  channel = uc_channel_service_open_direct (txn, &call->actor, other, error);
  return answer_channel (call, 201, channel);
}

gboolean
uc_channels_open_group (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (GPtrArray) ids = uc_call_need_strings (call, "user_ids", error);
  g_autoptr (UcChannel) channel =
      ids != NULL ? uc_channel_service_open_group (txn, &call->actor, ids, error) : NULL;

  return answer_channel (call, 201, channel);
}

gboolean
uc_channels_change (UcCall *call, UcTxn *txn, GError **error)
{
  JsonObject *body = uc_call_need_object (call, "channel", error);
  g_autoptr (UcChannel) channel = body != NULL ? find (call, txn, error) : NULL;
  g_autoptr (UcChannel) changed = NULL;

  if (channel == NULL || !need_by_type (call, txn, channel, "manage_public_channel_properties",
                                        "manage_private_channel_properties", error))
    return FALSE;
  changed = uc_channel_service_change (txn, &call->actor, channel, body, error);
  return answer_channel (call, 200, changed);
}

static gboolean
set_privacy (UcCall *call, UcTxn *txn, UcChannelType type, GError **error)
{
  g_autoptr (UcChannel) channel = find (call, txn, error);
  g_autoptr (UcChannel) changed = NULL;

  if (channel == NULL ||
      !uc_access_need_channel (txn, &call->actor, channel->id,
                               type == UC_CHANNEL_PRIVATE ? "convert_public_channel_to_private"
                                                          : "convert_private_channel_to_public",
                               error))
    return FALSE;
  changed = uc_channel_service_set_privacy (txn, &call->actor, channel, type, error);
  return answer_channel (call, 200, changed);
}

gboolean
uc_channels_set_privacy (UcCall *call, UcTxn *txn, GError **error)
{
  JsonObject   *body = uc_call_need_object (call, "privacy", error);
  UcChannelType type = uc_channel_type_from_string (uc_json_get_string (body, "privacy", ""));

  if (body == NULL)
    return FALSE;
  if (type != UC_CHANNEL_OPEN && type != UC_CHANNEL_PRIVATE) {
    uc_refuse_body (error, "privacy");
    return FALSE;
  }
  return set_privacy (call, txn, type, error);
}

gboolean
uc_channels_convert (UcCall *call, UcTxn *txn, GError **error)
{
  return set_privacy (call, txn, UC_CHANNEL_PRIVATE, error);
}

gboolean
uc_channels_archive (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (UcChannel) channel = find (call, txn, error);

  if (channel == NULL ||
      !need_by_type (call, txn, channel, "delete_public_channel", "delete_private_channel",
                     error) ||
      !uc_channel_service_archive (txn, &call->actor, channel, error))
    return FALSE;
  uc_call_answer_ok (call);
  return TRUE;
}

gboolean
uc_channels_restore (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (UcChannel) channel = find (call, txn, error);
  g_autoptr (UcChannel) changed = NULL;

  if (channel == NULL ||
      !uc_access_need_team (txn, &call->actor, channel->team_id, "manage_team", error))
    return FALSE;
  changed = uc_channel_service_restore (txn, &call->actor, channel, error);
  return answer_channel (call, 200, changed);
}

gboolean
uc_channels_get_stats (UcCall *call, UcTxn *txn, GError **error)
{
  const char *channel_id = uc_call_get_param (call, "channel_id");
  gint64      n_members = 0;
  gint64      n_pinned = 0;
  JsonObject *answer;

  if (!uc_member_table_count (txn->db, channel_id, &n_members, error) ||
      !uc_post_table_count_pinned (txn->db, channel_id, &n_pinned, error))
    return FALSE;
  answer = json_object_new ();
  json_object_set_string_member (answer, "channel_id", channel_id);
  json_object_set_int_member (answer, "member_count", n_members);
  json_object_set_int_member (answer, "guest_count", 0);
  json_object_set_int_member (answer, "pinnedpost_count", n_pinned);
  uc_call_answer_object (call, 200, answer);
  return TRUE;
}

gboolean
uc_channels_list_zones (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (GPtrArray) zones =
      uc_member_table_list_zones (txn->db, uc_call_get_param (call, "channel_id"), error);
  JsonArray *array;

  if (zones == NULL)
    return FALSE;
  array = json_array_new ();
  for (guint i = 0; i < zones->len; i++)
    json_array_add_string_element (array, g_ptr_array_index (zones, i));
  uc_call_answer_array (call, 200, array);
  return TRUE;
}

gboolean
uc_channels_refuse_moderation (UcCall *call, UcTxn *txn, GError **error)
{
  uc_refuse (error, UC_REFUSAL_CHANNEL_MODERATION);
  return FALSE;
}
