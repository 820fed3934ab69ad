/* SPDX-License-Identifier: GPL-3.0-or-later */

/* People: their records, one by one and in lists (protocol.md 4). */

#include "config.h"

#include "uc-handlers.h"

#include "uc-channel-table.h"
#include "uc-id.h"
#include "uc-json.h"
#include "uc-member-table.h"
#include "uc-refusal.h"
#include "uc-server-auth.h"
#include "uc-user-service.h"

#define MAX_SEARCH 1000
#define ALL        G_MAXINT

static JsonArray *
make_list (GPtrArray *accounts)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < accounts->len; i++)
    json_array_add_object_element (array,
                                   uc_account_to_json (g_ptr_array_index (accounts, i), FALSE));
  return array;
}

static gboolean
answer_list (UcCall *call, GPtrArray *accounts)
{
  if (accounts == NULL)
    return FALSE;
  uc_call_answer_array (call, 200, make_list (accounts));
  return TRUE;
}

static gboolean
answer_account (UcCall *call, UcAccount *account)
{
  g_autofree char *etag = NULL;
  gboolean         is_self;

  if (account == NULL)
    return FALSE;
  is_self = g_str_equal (account->user->id, call->actor.user_id);
  etag = g_strdup_printf ("%s.%s.%" G_GINT64_FORMAT ".%d", UC_SITE_API_VERSION, account->user->id,
                          account->user->update_at_ms, is_self);
  if (!uc_call_check_etag (call, etag))
    uc_call_answer_object (call, 200, uc_account_to_json (account, is_self));
  return TRUE;
}

gboolean
uc_users_get (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (UcAccount) account =
      uc_user_table_find (txn->db, uc_call_get_param (call, "user_id"), error);

  return answer_account (call, account);
}

gboolean
uc_users_get_by_name (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (UcAccount) account =
      uc_user_table_find_name (txn->db, uc_call_get_param (call, "username"), error);

  return answer_account (call, account);
}

gboolean
uc_users_get_by_email (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (UcAccount) account =
      uc_user_table_find_email (txn->db, uc_call_get_param (call, "email"), error);

  return answer_account (call, account);
}

gboolean
uc_users_list_ids (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (GPtrArray) ids = uc_call_need_strings (call, "user_ids", error);
  g_autoptr (GPtrArray) accounts = NULL;

  if (ids == NULL)
    return FALSE;
  accounts = uc_user_table_list_ids (txn->db, ids, uc_call_get_query_int (call, "since", 0), error);
  return answer_list (call, accounts);
}

gboolean
uc_users_list_names (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (GPtrArray) names = uc_call_need_strings (call, "usernames", error);
  g_autoptr (GPtrArray) accounts =
      g_ptr_array_new_with_free_func ((GDestroyNotify) uc_account_free);

  if (names == NULL)
    return FALSE;
  for (guint i = 0; i < names->len; i++) {
    g_autoptr (GError) local = NULL;
    UcAccount *account = uc_user_table_find_name (txn->db, g_ptr_array_index (names, i), &local);

    if (account != NULL)
      g_ptr_array_add (accounts, account);
  }
  return answer_list (call, accounts);
}

/* What somebody may list: people of a team or a channel they are in themselves. */
static gboolean
check_places (UcCall *call, UcTxn *txn, const UcUserQuery *query, GError **error)
{
  const char *teams[] = { query->in_team, query->not_in_team };
  const char *channels[] = { query->in_channel, query->not_in_channel };

  for (guint i = 0; i < G_N_ELEMENTS (teams); i++) {
    if (teams[i] != NULL && *teams[i] != '\0' &&
        !uc_access_need_team (txn, &call->actor, teams[i], "view_team", error))
      return FALSE;
  }
  for (guint i = 0; i < G_N_ELEMENTS (channels); i++) {
    if (channels[i] != NULL && *channels[i] != '\0' &&
        !uc_access_need_channel (txn, &call->actor, channels[i], "read_channel", error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
check_sort (const UcUserQuery *query, GError **error)
{
  gboolean is_team =
      g_str_equal (query->sort, "last_activity_at") || g_str_equal (query->sort, "create_at");
  gboolean is_status = g_str_equal (query->sort, "status");

  if (*query->sort == '\0' || (is_team && *query->in_team != '\0') ||
      (is_status && *query->in_channel != '\0'))
    return TRUE;
  uc_refuse_url (error, "sort");
  return FALSE;
}

gboolean
uc_users_list (UcCall *call, UcTxn *txn, GError **error)
{
  UcUserQuery query = {
    .in_team = uc_call_get_query (call, "in_team", ""),
    .not_in_team = uc_call_get_query (call, "not_in_team", ""),
    .in_channel = uc_call_get_query (call, "in_channel", ""),
    .not_in_channel = uc_call_get_query (call, "not_in_channel", ""),
    .role = uc_call_get_query (call, "role", ""),
    .sort = uc_call_get_query (call, "sort", ""),
    .without_team = uc_call_get_query_flag (call, "without_team"),
    .only_inactive = uc_call_get_query_flag (call, "inactive"),
    .only_active = uc_call_get_query_flag (call, "active"),
  };
  g_autoptr (GPtrArray) accounts = NULL;

  if (*query.not_in_channel != '\0' && *query.in_team == '\0') {
    uc_refuse_url (error, "team_id");
    return FALSE;
  }
  if (!check_sort (&query, error) || !check_places (call, txn, &query, error))
    return FALSE;
  uc_call_get_page (call, &query.offset, &query.limit);
  accounts = uc_user_table_list (txn->db, &query, error);
  return answer_list (call, accounts);
}

/* A leading @ is what people type, not part of the name. */
static const char *
skip_at (const char *term)
{
  return *term == '@' ? term + 1 : term;
}

gboolean
uc_users_search (UcCall *call, UcTxn *txn, GError **error)
{
  JsonObject *body = uc_call_need_object (call, "props", error);
  UcUserQuery query = {
    .term = skip_at (uc_json_get_string (body, "term", "")),
    .in_team = uc_json_get_string (body, "team_id", ""),
    .not_in_team = uc_json_get_string (body, "not_in_team_id", ""),
    .in_channel = uc_json_get_string (body, "in_channel_id", ""),
    .not_in_channel = uc_json_get_string (body, "not_in_channel_id", ""),
    .only_active = !uc_json_get_boolean (body, "allow_inactive", FALSE),
    .limit = (int) CLAMP (uc_json_get_int (body, "limit", 100), 0, MAX_SEARCH),
  };
  g_autoptr (GPtrArray) accounts = NULL;

  if (body == NULL)
    return FALSE;
  if (*uc_json_get_string (body, "term", "") == '\0') {
    uc_refuse_body (error, "term");
    return FALSE;
  }
  if (!check_places (call, txn, &query, error))
    return FALSE;
  accounts = uc_user_table_list (txn->db, &query, error);
  return answer_list (call, accounts);
}

gboolean
uc_users_autocomplete (UcCall *call, UcTxn *txn, GError **error)
{
  UcUserQuery inside = {
    .term = skip_at (uc_call_get_query (call, "name", "")),
    .in_team = uc_call_get_query (call, "in_team", ""),
    .in_channel = uc_call_get_query (call, "in_channel", ""),
    .only_active = TRUE,
    .limit = (int) MIN (uc_call_get_query_int (call, "limit", 100), MAX_SEARCH),
  };
  UcUserQuery outside = inside;
  g_autoptr (GPtrArray) members = NULL;
  g_autoptr (GPtrArray) others = NULL;
  JsonObject *answer;

  if (!check_places (call, txn, &inside, error))
    return FALSE;
  members = uc_user_table_list (txn->db, &inside, error);
  if (members == NULL)
    return FALSE;
  if (*inside.in_channel != '\0') {
    outside.in_channel = "";
    outside.not_in_channel = inside.in_channel;
    others = uc_user_table_list (txn->db, &outside, error);
    if (others == NULL)
      return FALSE;
  }
  answer = json_object_new ();
  json_object_set_array_member (answer, "users", make_list (members));
  if (others != NULL && others->len > 0)
    json_object_set_array_member (answer, "out_of_channel", make_list (others));
  uc_call_answer_object (call, 200, answer);
  return TRUE;
}

gboolean
uc_users_list_known (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (GPtrArray) ids = uc_user_table_list_known (txn->db, call->actor.user_id, error);
  JsonArray *array;

  if (ids == NULL)
    return FALSE;
  array = json_array_new ();
  for (guint i = 0; i < ids->len; i++)
    json_array_add_string_element (array, g_ptr_array_index (ids, i));
  uc_call_answer_array (call, 200, array);
  return TRUE;
}

static gboolean
answer_count (UcCall *call, UcTxn *txn, gboolean with_deleted, gboolean with_bots, GError **error)
{
  gint64      count = 0;
  JsonObject *answer;

  if (!uc_user_table_count (txn->db, with_deleted, with_bots, &count, error))
    return FALSE;
  answer = json_object_new ();
  json_object_set_int_member (answer, "total_users_count", count);
  uc_call_answer_object (call, 200, answer);
  return TRUE;
}

gboolean
uc_users_get_stats (UcCall *call, UcTxn *txn, GError **error)
{
  return answer_count (call, txn, FALSE, FALSE, error);
}

gboolean
uc_users_get_filtered_stats (UcCall *call, UcTxn *txn, GError **error)
{
  return answer_count (call, txn, uc_call_get_query_flag (call, "include_deleted"),
                       uc_call_get_query_flag (call, "include_bots"), error);
}

/* People of group channels, by channel, without oneself. */
gboolean
uc_users_list_group_channels (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (GPtrArray) ids = uc_call_need_strings (call, "group_channel_ids", error);
  g_autoptr (JsonObject) answer = json_object_new ();

  for (guint i = 0; ids != NULL && i < ids->len; i++) {
    const char       *id = g_ptr_array_index (ids, i);
    const UcUserQuery query = { .in_channel = id, .limit = 8 };
    g_autoptr (UcChannel) channel = uc_channel_table_find (txn->db, id, NULL);
    g_autoptr (GPtrArray) accounts = NULL;
    gboolean may = FALSE;

    if (channel == NULL || channel->type != UC_CHANNEL_GROUP)
      continue;
    if (!uc_access_may_channel (txn, &call->actor, id, "read_channel", &may, error))
      return FALSE;
    if (!may)
      continue;
    accounts = uc_user_table_list (txn->db, &query, error);
    if (accounts == NULL)
      return FALSE;
    json_object_set_array_member (answer, id, make_list (accounts));
  }
  if (ids == NULL)
    return FALSE;
  uc_call_answer_object (call, 200, g_steal_pointer (&answer));
  return TRUE;
}
