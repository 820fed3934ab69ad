/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lists of posts with what is needed to draw them: files, reactions, the roots of
 * replies and, on request, what else was said in their threads. */

#include "config.h"

#include "uc-post-page.h"

#include "uc-json.h"
#include "uc-post-service.h"
#include "uc-post-table.h"
#include "uc-thread-service.h"

#define MAX_PARTICIPANTS 5

/* Here even less of a person is told than in threads. */
static JsonObject *
make_stub (const char *user_id)
{
  JsonObject *stub = uc_thread_service_make_stub (user_id);

  json_object_remove_member (stub, "auth_data");
  return stub;
}

/* What a thread is, beside its root: when it was written in, by whom, followed or not. */
static gboolean
add_thread (UcCall     *call,
            UcTxn      *txn,
            UcPost     *post,
            gint64      last_reply_at_ms,
            JsonObject *object,
            GError    **error)
{
  g_autoptr (GPtrArray) writers = NULL;
  g_autoptr (UcThread) thread = NULL;
  JsonArray *participants;

  if (!uc_thread_table_find (txn->db, post->id, call->actor.user_id, &thread, error))
    return FALSE;
  json_object_set_boolean_member (object, "is_following", thread != NULL && thread->is_following);
  if (post->reply_count == 0)
    return TRUE;
  writers = uc_post_table_list_writers (txn->db, post->id, error);
  if (writers == NULL)
    return FALSE;
  participants = json_array_new ();
  for (guint i = 0; i < writers->len && i < MAX_PARTICIPANTS; i++)
    json_array_add_object_element (participants, make_stub (g_ptr_array_index (writers, i)));
  json_object_set_array_member (object, "participants", participants);
  json_object_set_int_member (object, "last_reply_at", last_reply_at_ms);
  return TRUE;
}

static gboolean
add_post (UcCall           *call,
          UcTxn            *txn,
          const UcPostList *list,
          UcPost           *post,
          JsonObject       *posts,
          GError          **error)
{
  gint64    last_reply_at_ms = post->last_reply_at_ms;
  JsonNode *node;

  if (json_object_has_member (posts, post->id))
    return TRUE;
  if (!uc_post_service_fill (txn, post, error))
    return FALSE;
  node = uc_post_service_to_json (txn, post, error);
  if (node == NULL)
    return FALSE;
  json_object_set_member (posts, post->id, node);
  return !list->is_collapsed ||
         add_thread (call, txn, post, last_reply_at_ms, json_node_get_object (node), error);
}

static gboolean
add_replies (UcCall           *call,
             UcTxn            *txn,
             const UcPostList *list,
             const char       *root_id,
             JsonObject       *posts,
             GError          **error)
{
  g_autoptr (GPtrArray) replies = uc_post_table_list_replies (txn->db, root_id, error);

  for (guint i = 0; replies != NULL && i < replies->len; i++) {
    if (!add_post (call, txn, list, g_ptr_array_index (replies, i), posts, error))
      return FALSE;
  }
  return replies != NULL;
}

/* Roots of replies, and what else was said there. */
static gboolean
add_context (UcCall *call, UcTxn *txn, const UcPostList *list, JsonObject *posts, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < list->posts->len; i++) {
    UcPost     *post = g_ptr_array_index (list->posts, i);
    const char *root_id = *post->root_id != '\0' ? post->root_id : post->id;
    g_autoptr (UcPost) root = NULL;

    if ((*post->root_id == '\0' && post->reply_count == 0) ||
        !g_hash_table_add (seen, (gpointer) root_id))
      continue;
    root = uc_post_table_find (txn->db, root_id, TRUE, error);
    if (root == NULL)
      return FALSE;
    if (root->delete_at_ms == 0 && !add_post (call, txn, list, root, posts, error))
      return FALSE;
    if (list->with_threads && !add_replies (call, txn, list, root_id, posts, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * uc_post_page_answer:
 *
 * Answers with a list of posts.
 */
gboolean
uc_post_page_answer (UcCall *call, UcTxn *txn, const UcPostList *list, GError **error)
{
  g_autoptr (JsonObject) posts = json_object_new ();
  g_autoptr (JsonArray) order = json_array_new ();
  JsonObject *answer;

  for (guint i = 0; i < list->posts->len; i++) {
    UcPost *post = g_ptr_array_index (list->posts, i);

    json_array_add_string_element (order, post->id);
    if (!add_post (call, txn, list, post, posts, error))
      return FALSE;
  }
  if (list->with_roots && !add_context (call, txn, list, posts, error))
    return FALSE;

  answer = json_object_new ();
  json_object_set_array_member (answer, "order", g_steal_pointer (&order));
  json_object_set_object_member (answer, "posts", g_steal_pointer (&posts));
  json_object_set_string_member (answer, "next_post_id", list->next_post_id);
  json_object_set_string_member (answer, "prev_post_id", list->prev_post_id);
  uc_call_answer_object (call, 200, answer);
  return TRUE;
}
