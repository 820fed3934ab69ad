/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Threads somebody follows (protocol.md 8). */

#include "config.h"

#include "uc-handlers.h"

#include "uc-json.h"
#include "uc-post-service.h"
#include "uc-post-table.h"
#include "uc-refusal.h"
#include "uc-thread-service.h"

#define DEFAULT_THREADS 30
#define MAX_THREADS     200

/* -- One thread -------------------------------------------------------------------- */

/* The root a thread is known by: a reply stands for its own. */
static UcPost *
find_root (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (UcPost) post =
      uc_post_service_find (txn, &call->actor, uc_call_get_param (call, "post_id"), error);

  if (post == NULL || *post->root_id == '\0')
    return g_steal_pointer (&post);
  return uc_post_table_find (txn->db, post->root_id, FALSE, error);
}

static UcThread *
find_thread (UcCall *call, UcTxn *txn, const char *root_id, GError **error)
{
  g_autoptr (UcThread) thread = NULL;

  if (!uc_thread_table_find (txn->db, root_id, uc_call_get_param (call, "user_id"), &thread, error))
    return NULL;
  if (thread == NULL || !thread->is_following) {
    uc_refuse (error, UC_REFUSAL_THREAD_UNKNOWN);
    return NULL;
  }
  return g_steal_pointer (&thread);
}

static gboolean
answer_thread (UcCall *call, UcTxn *txn, const char *root_id, GError **error)
{
  g_autoptr (UcThread) thread = find_thread (call, txn, root_id, error);
  JsonObject *object = NULL;

  if (thread != NULL)
    object =
        uc_thread_service_to_json (txn, thread, uc_call_get_query_flag (call, "extended"), error);
  if (object == NULL)
    return FALSE;
  uc_call_answer_object (call, 200, object);
  return TRUE;
}

gboolean
uc_threads_get (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (UcPost) root = find_root (call, txn, error);

  return root != NULL && answer_thread (call, txn, root->id, error);
}

/* -- Lists ------------------------------------------------------------------------- */

gboolean
uc_threads_list (UcCall *call, UcTxn *txn, GError **error)
{
  const char         *user_id = uc_call_get_param (call, "user_id");
  const char         *team_id = uc_call_get_param (call, "team_id");
  gboolean            is_extended = uc_call_get_query_flag (call, "extended");
  gint64              per_page = uc_call_get_query_int (call, "per_page", DEFAULT_THREADS);
  const UcThreadQuery query = {
    .user_id = user_id,
    .team_id = team_id,
    .before = uc_call_get_query (call, "before", ""),
    .after = uc_call_get_query (call, "after", ""),
    .since_ms = uc_call_get_query_int (call, "since", 0),
    .only_unread = uc_call_get_query_flag (call, "unread"),
    .limit = (int) MIN (uc_call_get_query_int (call, "pageSize", per_page), MAX_THREADS),
  };
  UcThreadTotals totals = { 0 };
  g_autoptr (GPtrArray) threads = NULL;
  g_autoptr (JsonArray) array = json_array_new ();
  JsonObject *answer;

  if (!uc_access_need_team (txn, &call->actor, team_id, "view_team", error) ||
      !uc_thread_table_count (txn->db, user_id, team_id, &totals, error))
    return FALSE;
  threads = uc_thread_table_list (txn->db, &query, error);
  if (threads == NULL)
    return FALSE;
  for (guint i = 0; i < threads->len; i++) {
    JsonObject *object =
        uc_thread_service_to_json (txn, g_ptr_array_index (threads, i), is_extended, error);

    if (object == NULL)
      return FALSE;
    json_array_add_object_element (array, object);
  }
  answer = json_object_new ();
  json_object_set_int_member (answer, "total", totals.n_threads);
  json_object_set_int_member (answer, "total_unread_threads", totals.n_unread);
  json_object_set_int_member (answer, "total_unread_mentions", totals.n_mentions);
  json_object_set_array_member (answer, "threads", g_steal_pointer (&array));
  uc_call_answer_object (call, 200, answer);
  return TRUE;
}

/* -- Following and reading --------------------------------------------------------- */

static gboolean
set_following (UcCall *call, UcTxn *txn, gboolean is_following, GError **error)
{
  const char *user_id = uc_call_get_param (call, "user_id");
  g_autoptr (UcPost) root = find_root (call, txn, error);
  JsonObject *data;

  if (root == NULL ||
      !uc_thread_table_follow (txn->db, root->id, user_id, is_following, txn->now_ms, error))
    return FALSE;
  data = json_object_new ();
  json_object_set_string_member (data, "thread_id", root->id);
  json_object_set_boolean_member (data, "state", is_following);
  json_object_set_int_member (data, "reply_count", root->reply_count);
  uc_txn_push_about (txn, user_id, NULL, uc_call_get_param (call, "team_id"),
                     "thread_follow_changed", data);
  uc_call_answer_ok (call);
  return TRUE;
}

gboolean
uc_threads_follow (UcCall *call, UcTxn *txn, GError **error)
{
  return set_following (call, txn, TRUE, error);
}

gboolean
uc_threads_unfollow (UcCall *call, UcTxn *txn, GError **error)
{
  return set_following (call, txn, FALSE, error);
}

gboolean
uc_threads_read (UcCall *call, UcTxn *txn, GError **error)
{
  const char *user_id = uc_call_get_param (call, "user_id");
  g_autoptr (UcPost) root = NULL;
  g_autoptr (UcThread) thread = NULL;
  JsonObject *data;
  gint64      time_ms = 0;

  if (!g_ascii_string_to_signed (uc_call_get_param (call, "timestamp"), 10, 0, G_MAXINT64, &time_ms,
                                 NULL)) {
    uc_refuse_url (error, "timestamp");
    return FALSE;
  }
  root = find_root (call, txn, error);
  if (root == NULL || !uc_thread_table_read (txn->db, root->id, user_id, time_ms, error))
    return FALSE;
  thread = find_thread (call, txn, root->id, error);
  if (thread == NULL)
    return FALSE;
  data = json_object_new ();
  json_object_set_string_member (data, "thread_id", root->id);
  json_object_set_string_member (data, "channel_id", root->channel_id);
  json_object_set_int_member (data, "timestamp", time_ms);
  json_object_set_int_member (data, "unread_replies", thread->unread_replies);
  json_object_set_int_member (data, "unread_mentions", thread->unread_mentions);
  uc_txn_push_about (txn, user_id, NULL, uc_call_get_param (call, "team_id"), "thread_read_changed",
                     data);
  return answer_thread (call, txn, root->id, error);
}

gboolean
uc_threads_read_all (UcCall *call, UcTxn *txn, GError **error)
{
  const char *user_id = uc_call_get_param (call, "user_id");
  const char *team_id = uc_call_get_param (call, "team_id");

  if (!uc_thread_table_read_all (txn->db, user_id, team_id, txn->now_ms, error))
    return FALSE;
  uc_txn_push_about (txn, user_id, NULL, team_id, "thread_read_changed", json_object_new ());
  uc_call_answer_ok (call);
  return TRUE;
}
