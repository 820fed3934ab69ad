/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Search in posts (protocol.md 14). */

#include "config.h"

#include "uc-handlers.h"

#include "uc-channel-table.h"
#include "uc-json.h"
#include "uc-post-service.h"
#include "uc-refusal.h"
#include "uc-search-query.h"
#include "uc-search-table.h"
#include "uc-user-table.h"

#include <string.h>

#define MAX_FOUND 100

typedef struct {
  GString *from;
  GString *not_from;
  GString *in;
  GString *not_in;
} Ids;

static void
ids_clear (Ids *ids)
{
  g_string_free (ids->from, TRUE);
  g_string_free (ids->not_from, TRUE);
  g_string_free (ids->in, TRUE);
  g_string_free (ids->not_in, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Ids, ids_clear)

static void
add_id (GString *ids, const char *id)
{
  g_string_append_printf (ids, "%s%s", ids->len > 0 ? " " : "", id);
}

static void
add_users (UcTxn *txn, GPtrArray *names, GString *ids)
{
  for (guint i = 0; i < names->len; i++) {
    g_autoptr (UcAccount) account =
        uc_user_table_find_name (txn->db, g_ptr_array_index (names, i), NULL);

    if (account != NULL)
      add_id (ids, account->user->id);
  }
}

/* "@user" is the direct channel with that person. */
static UcChannel *
find_direct (UcCall *call, UcTxn *txn, const char *username)
{
  g_autoptr (UcAccount) account = uc_user_table_find_name (txn->db, username, NULL);
  const char      *me = call->actor.user_id;
  g_autofree char *name = NULL;
  gboolean         is_first;

  if (account == NULL)
    return NULL;
  is_first = strcmp (me, account->user->id) <= 0;
  name = g_strconcat (is_first ? me : account->user->id, "__", is_first ? account->user->id : me,
                      NULL);
  return uc_channel_table_find_name (txn->db, "", name, NULL);
}

/* Of all teams: each has a channel of that name, perhaps. */
static void
add_named (UcCall *call, UcTxn *txn, const char *name, GString *ids)
{
  g_autoptr (GPtrArray) channels =
      uc_channel_table_list_named (txn->db, call->actor.user_id, name, NULL);

  for (guint i = 0; channels != NULL && i < channels->len; i++)
    add_id (ids, ((UcChannel *) g_ptr_array_index (channels, i))->id);
}

/* @team_id empty: of all. */
static void
add_channels (UcCall *call, UcTxn *txn, const char *team_id, GPtrArray *names, GString *ids)
{
  for (guint i = 0; i < names->len; i++) {
    const char *name = g_ptr_array_index (names, i);
    g_autoptr (UcChannel) channel = NULL;

    if (*name == '@')
      channel = find_direct (call, txn, name + 1);
    else if (*team_id == '\0')
      add_named (call, txn, name, ids);
    else
      channel = uc_channel_table_find_name (txn->db, team_id, name, NULL);
    if (channel != NULL)
      add_id (ids, channel->id);
  }
}

static gboolean
answer_found (UcCall *call, UcTxn *txn, GPtrArray *posts, GError **error)
{
  g_autoptr (JsonObject) map = json_object_new ();
  g_autoptr (JsonArray) order = json_array_new ();
  JsonObject *answer;

  for (guint i = 0; i < posts->len; i++) {
    UcPost   *post = g_ptr_array_index (posts, i);
    JsonNode *node = NULL;

    if (uc_post_service_fill (txn, post, error))
      node = uc_post_service_to_json (txn, post, error);
    if (node == NULL)
      return FALSE;
    json_array_add_string_element (order, post->id);
    json_object_set_member (map, post->id, node);
  }
  answer = json_object_new ();
  json_object_set_array_member (answer, "order", g_steal_pointer (&order));
  json_object_set_object_member (answer, "posts", g_steal_pointer (&map));
  json_object_set_string_member (answer, "next_post_id", "");
  json_object_set_string_member (answer, "prev_post_id", "");
  json_object_set_null_member (answer, "matches");
  uc_call_answer_object (call, 200, answer);
  return TRUE;
}

static gboolean
search (UcCall *call, UcTxn *txn, const char *team_id, GError **error)
{
  JsonObject *body = uc_call_need_object (call, "terms", error);
  const char *terms = uc_json_get_string (body, "terms", "");
  g_autoptr (UcSearchQuery) query = uc_search_query_new (
      terms, uc_json_get_boolean (body, "is_or_search", FALSE),
      (int) CLAMP (uc_json_get_int (body, "time_zone_offset", 0), -86400, 86400));
  g_auto (Ids)
      ids = { g_string_new (NULL), g_string_new (NULL), g_string_new (NULL), g_string_new (NULL) };
  UcSearchFilter filter = { .user_id = call->actor.user_id,
                            .team_id = team_id,
                            .limit = MAX_FOUND };
  g_autoptr (GPtrArray) posts = NULL;

  if (body == NULL)
    return FALSE;
  if (*terms == '\0') {
    uc_refuse_body (error, "terms");
    return FALSE;
  }
  add_users (txn, query->from, ids.from);
  add_users (txn, query->not_from, ids.not_from);
  add_channels (call, txn, team_id, query->in, ids.in);
  add_channels (call, txn, team_id, query->not_in, ids.not_in);
  filter.match = query->match;
  filter.from = ids.from->str;
  filter.not_from = ids.not_from->str;
  filter.in = ids.in->str;
  filter.not_in = ids.not_in->str;
  filter.since_ms = query->since_ms;
  filter.until_ms = query->until_ms;
  filter.with_archived = uc_json_get_boolean (body, "include_deleted_channels", FALSE);

  /* Names nobody has find nothing; and there is only one page. */
  if (query->finds_nothing || (query->from->len > 0 && ids.from->len == 0) ||
      (query->in->len > 0 && ids.in->len == 0) || uc_json_get_int (body, "page", 0) > 0)
    posts = g_ptr_array_new ();
  else
    posts = uc_search_table_find (txn->db, &filter, error);
  return posts != NULL && answer_found (call, txn, posts, error);
}

gboolean
uc_search_team (UcCall *call, UcTxn *txn, GError **error)
{
  return search (call, txn, uc_call_get_param (call, "team_id"), error);
}

/* Newer servers have it: all teams at once. */
gboolean
uc_search_all (UcCall *call, UcTxn *txn, GError **error)
{
  return search (call, txn, "", error);
}
