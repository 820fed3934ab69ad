/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lists of channels: one's own, those of a team, and what a search finds
 * (protocol.md 6.2). */

#include "config.h"

#include "uc-handlers.h"

#include "uc-channel-service.h"
#include "uc-json.h"
#include "uc-refusal.h"
#include "uc-team-table.h"

#define MAX_FOUND 100

static JsonArray *
make_list (GPtrArray *channels)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < channels->len; i++)
    json_array_add_element (array, uc_channel_service_to_json (g_ptr_array_index (channels, i)));
  return array;
}

static gboolean
answer_list (UcCall *call, GPtrArray *channels)
{
  if (channels == NULL)
    return FALSE;
  uc_call_answer_array (call, 200, make_list (channels));
  return TRUE;
}

/* A tag of what is in the list; two lists that differ have different ones. */
static char *
dup_etag (GPtrArray *channels)
{
  gint64 newest = 0;
  gint64 posts = 0;

  for (guint i = 0; i < channels->len; i++) {
    UcChannel *channel = g_ptr_array_index (channels, i);

    newest = MAX (newest, MAX (channel->update_at_ms, channel->last_post_at_ms));
    posts += channel->total_msg_count;
  }
  return g_strdup_printf ("%s.%" G_GINT64_FORMAT ".%" G_GINT64_FORMAT ".%u", UC_SITE_API_VERSION,
                          newest, posts, channels->len);
}

static gboolean
answer_mine (UcCall *call, GPtrArray *channels)
{
  g_autofree char *etag = NULL;

  if (channels == NULL)
    return FALSE;
  etag = dup_etag (channels);
  if (!uc_call_check_etag (call, etag))
    uc_call_answer_array (call, 200, make_list (channels));
  return TRUE;
}

gboolean
uc_channels_list_mine (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (GPtrArray) channels = NULL;

  if (!uc_access_need_team (txn, &call->actor, uc_call_get_param (call, "team_id"), "view_team",
                            error))
    return FALSE;
  channels = uc_channel_table_list_user (txn->db, uc_call_get_param (call, "user_id"),
                                         uc_call_get_param (call, "team_id"),
                                         uc_call_get_query_flag (call, "include_deleted"), error);
  return answer_mine (call, channels);
}

gboolean
uc_channels_list_all_mine (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (GPtrArray) channels =
      uc_channel_table_list_user (txn->db, uc_call_get_param (call, "user_id"), "",
                                  uc_call_get_query_flag (call, "include_deleted"), error);

  return answer_mine (call, channels);
}

static gboolean
answer_query (UcCall *call, UcTxn *txn, UcChannelQuery *query, gboolean is_paged, GError **error)
{
  g_autoptr (GPtrArray) channels = NULL;

  query->member_id = call->actor.user_id;
  query->limit = MAX_FOUND;
  if (is_paged)
    uc_call_get_page (call, &query->offset, &query->limit);
  channels = uc_channel_table_list (txn->db, query, error);
  return answer_list (call, channels);
}

gboolean
uc_channels_list_public (UcCall *call, UcTxn *txn, GError **error)
{
  UcChannelQuery query = { .team_id = uc_call_get_param (call, "team_id"), .with_public = TRUE };

  return answer_query (call, txn, &query, TRUE, error);
}

gboolean
uc_channels_list_deleted (UcCall *call, UcTxn *txn, GError **error)
{
  UcChannelQuery query = {
    .team_id = uc_call_get_param (call, "team_id"),
    .with_public = TRUE,
    .with_private = TRUE,
    .with_deleted = TRUE,
    .only_deleted = TRUE,
  };

  return answer_query (call, txn, &query, TRUE, error);
}

gboolean
uc_channels_list_private (UcCall *call, UcTxn *txn, GError **error)
{
  UcChannelQuery query = {
    .team_id = uc_call_get_param (call, "team_id"),
    .with_private = TRUE,
    .with_all_private = TRUE,
  };

  return answer_query (call, txn, &query, TRUE, error);
}

gboolean
uc_channels_search (UcCall *call, UcTxn *txn, GError **error)
{
  JsonObject    *body = uc_call_need_object (call, "channel_search", error);
  UcChannelQuery query = {
    .team_id = uc_call_get_param (call, "team_id"),
    .term = uc_json_get_string (body, "term", ""),
    .with_public = TRUE,
  };

  return body != NULL && answer_query (call, txn, &query, FALSE, error);
}

gboolean
uc_channels_search_archived (UcCall *call, UcTxn *txn, GError **error)
{
  JsonObject    *body = uc_call_need_object (call, "channel_search", error);
  UcChannelQuery query = {
    .team_id = uc_call_get_param (call, "team_id"),
    .term = uc_json_get_string (body, "term", ""),
    .with_public = TRUE,
    .with_private = TRUE,
    .with_deleted = TRUE,
    .only_deleted = TRUE,
  };

  return body != NULL && answer_query (call, txn, &query, FALSE, error);
}

gboolean
uc_channels_autocomplete (UcCall *call, UcTxn *txn, GError **error)
{
  UcChannelQuery query = {
    .team_id = uc_call_get_param (call, "team_id"),
    .term = uc_call_get_query (call, "name", ""),
    .with_public = TRUE,
    .with_private = TRUE,
  };

  return answer_query (call, txn, &query, FALSE, error);
}

/* For `in:` of a search: also direct and group channels. */
gboolean
uc_channels_search_autocomplete (UcCall *call, UcTxn *txn, GError **error)
{
  const UcChannelQuery query = {
    .team_id = uc_call_get_param (call, "team_id"),
    .term = uc_call_get_query (call, "name", ""),
    .member_id = call->actor.user_id,
    .with_public = TRUE,
    .with_private = TRUE,
    .limit = MAX_FOUND,
  };
  g_autoptr (GPtrArray) channels = uc_channel_table_list (txn->db, &query, error);
  g_autoptr (GPtrArray) people = NULL;

  if (channels == NULL)
    return FALSE;
  people = uc_channel_table_list_people (txn->db, call->actor.user_id, query.term, FALSE, MAX_FOUND,
                                         error);
  if (people == NULL)
    return FALSE;
  for (guint i = 0; i < people->len; i++)
    g_ptr_array_add (channels, uc_channel_ref (g_ptr_array_index (people, i)));
  return answer_list (call, channels);
}

gboolean
uc_channels_search_groups (UcCall *call, UcTxn *txn, GError **error)
{
  JsonObject *body = uc_call_need_object (call, "channel_search", error);
  g_autoptr (GPtrArray) channels = NULL;

  if (body == NULL)
    return FALSE;
  channels = uc_channel_table_list_people (
      txn->db, call->actor.user_id, uc_json_get_string (body, "term", ""), TRUE, MAX_FOUND, error);
  return answer_list (call, channels);
}

/* For administrators: all channels of all teams, with their team beside them. */
gboolean
uc_channels_search_all (UcCall *call, UcTxn *txn, GError **error)
{
  JsonObject          *body = uc_call_need_object (call, "channel_search", error);
  const UcChannelQuery query = {
    .term = uc_json_get_string (body, "term", ""),
    .with_public = TRUE,
    .with_private = TRUE,
    .with_all_private = TRUE,
    .limit = MAX_FOUND,
  };
  g_autoptr (GPtrArray) channels = NULL;
  JsonObject *answer;
  JsonArray  *array;

  if (body == NULL)
    return FALSE;
  channels = uc_channel_table_list (txn->db, &query, error);
  if (channels == NULL)
    return FALSE;
  array = json_array_new ();
  for (guint i = 0; i < channels->len; i++) {
    UcChannel *channel = g_ptr_array_index (channels, i);
    JsonNode  *node = uc_channel_service_to_json (channel);
    g_autoptr (UcTeam) team = uc_team_table_find (txn->db, channel->team_id, NULL);

    if (team != NULL) {
      JsonObject *object = json_node_get_object (node);

      json_object_set_string_member (object, "team_display_name", team->display_name);
      json_object_set_string_member (object, "team_name", team->name);
      json_object_set_int_member (object, "team_update_at", team->update_at_ms);
    }
    json_array_add_element (array, node);
  }
  if (!json_object_has_member (body, "page")) {
    uc_call_answer_array (call, 200, array);
    return TRUE;
  }
  answer = json_object_new ();
  json_object_set_array_member (answer, "channels", array);
  json_object_set_int_member (answer, "total_count", channels->len);
  uc_call_answer_object (call, 200, answer);
  return TRUE;
}

gboolean
uc_channels_list_ids (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (GPtrArray) ids = uc_call_need_strings (call, "channel_ids", error);
  g_autoptr (GPtrArray) channels =
      g_ptr_array_new_with_free_func ((GDestroyNotify) uc_channel_unref);

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++) {
    g_autoptr (UcChannel) channel =
        uc_channel_table_find (txn->db, g_ptr_array_index (ids, i), NULL);

    if (channel != NULL && channel->type == UC_CHANNEL_OPEN && channel->delete_at_ms == 0 &&
        g_str_equal (channel->team_id, uc_call_get_param (call, "team_id")))
      g_ptr_array_add (channels, g_steal_pointer (&channel));
  }
  return answer_list (call, channels);
}
