/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Threads: what they are, and who is told when they grow. */

#include "config.h"

#include "uc-thread-service.h"

#include "uc-json.h"
#include "uc-post-service.h"
#include "uc-post-table.h"
#include "uc-preference-table.h"
#include "uc-user-table.h"

/**
 * uc_thread_service_make_stub:
 *
 * Returns: (transfer full): a user of whom only the id is told
 */
JsonObject *
uc_thread_service_make_stub (const char *user_id)
{
  static const char *const texts[] = { "username", "auth_data",  "auth_service", "email",
                                       "nickname", "first_name", "last_name",    "position",
                                       "roles",    "locale" };
  JsonObject              *stub = json_object_new ();

  json_object_set_string_member (stub, "id", user_id);
  json_object_set_int_member (stub, "delete_at", 0);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    json_object_set_string_member (stub, texts[i], "");
  json_object_set_null_member (stub, "timezone");
  json_object_set_boolean_member (stub, "disable_welcome_email", FALSE);
  return stub;
}

static JsonObject *
make_participant (UcTxn *txn, const char *user_id, gboolean is_extended)
{
  g_autoptr (UcAccount) account = is_extended ? uc_user_table_find (txn->db, user_id, NULL) : NULL;

  return account != NULL ? uc_account_to_json (account, FALSE)
                         : uc_thread_service_make_stub (user_id);
}

/**
 * uc_thread_service_to_json:
 *
 * Returns: (transfer full) (nullable): the thread
 */
JsonObject *
uc_thread_service_to_json (UcTxn *txn, const UcThread *thread, gboolean is_extended, GError **error)
{
  g_autoptr (UcPost) root = uc_post_table_find (txn->db, thread->root_id, FALSE, error);
  g_autoptr (GPtrArray) writers = NULL;
  JsonArray  *participants;
  JsonNode   *post;
  JsonObject *object;

  if (root == NULL)
    return NULL;
  writers = uc_post_table_list_writers (txn->db, root->id, error);
  post = writers != NULL ? uc_post_service_to_json (txn, root, error) : NULL;
  if (post == NULL)
    return NULL;
  participants = json_array_new ();
  for (guint i = 0; i < writers->len; i++)
    json_array_add_object_element (
        participants, make_participant (txn, g_ptr_array_index (writers, i), is_extended));

  object = json_object_new ();
  json_object_set_string_member (object, "id", thread->root_id);
  json_object_set_int_member (object, "reply_count", thread->reply_count);
  json_object_set_int_member (object, "last_reply_at", thread->last_reply_at_ms);
  json_object_set_int_member (object, "last_viewed_at", thread->last_viewed_at_ms);
  json_object_set_array_member (object, "participants", participants);
  json_object_set_member (object, "post", post);
  json_object_set_int_member (object, "unread_replies", thread->unread_replies);
  json_object_set_int_member (object, "unread_mentions", thread->unread_mentions);
  return object;
}

/* Off unless somebody has switched it on. */
static gboolean
shows_threads (UcTxn *txn, const char *user_id, gboolean *shows, GError **error)
{
  g_autoptr (UcPreference) row = NULL;

  if (!uc_preference_table_find (txn->db, user_id, "display_settings", "collapsed_reply_threads",
                                 &row, error))
    return FALSE;
  *shows = row != NULL && g_str_equal (row->value, "on");
  return TRUE;
}

static gboolean
tell (UcTxn *txn, const char *root_id, const char *team_id, const char *user_id, GError **error)
{
  g_autoptr (UcThread) thread = NULL;
  g_autoptr (JsonObject) object = NULL;
  g_autofree char *text = NULL;
  JsonObject      *data;

  if (!uc_thread_table_find (txn->db, root_id, user_id, &thread, error))
    return FALSE;
  object = thread != NULL ? uc_thread_service_to_json (txn, thread, TRUE, error) : NULL;
  if (object == NULL)
    return thread == NULL;
  text = uc_json_object_to_text (object);
  data = json_object_new ();
  json_object_set_string_member (data, "thread", text);
  uc_txn_push_about (txn, user_id, NULL, team_id, "thread_updated", data);
  return TRUE;
}

/**
 * uc_thread_service_announce:
 * @team_id: where it is, or empty
 */
gboolean
uc_thread_service_announce (UcTxn *txn, const char *root_id, const char *team_id, GError **error)
{
  g_autoptr (GPtrArray) followers = uc_thread_table_list_followers (txn->db, root_id, error);

  for (guint i = 0; followers != NULL && i < followers->len; i++) {
    const char *user_id = g_ptr_array_index (followers, i);
    gboolean    shows = FALSE;

    if (!shows_threads (txn, user_id, &shows, error) ||
        (shows && !tell (txn, root_id, team_id, user_id, error)))
      return FALSE;
  }
  return followers != NULL;
}

/**
 * uc_thread_service_view_channel:
 * @knows_threads: the client can show threads apart from the channel
 *
 * Who reads a channel has read its threads with it, unless they are shown apart.
 */
gboolean
uc_thread_service_view_channel (UcTxn      *txn,
                                const char *user_id,
                                const char *channel_id,
                                gboolean    knows_threads,
                                GError    **error)
{
  gboolean shows = FALSE;

  if (knows_threads && !shows_threads (txn, user_id, &shows, error))
    return FALSE;
  return shows || uc_thread_table_read_channel (txn->db, user_id, channel_id, txn->now_ms, error);
}
