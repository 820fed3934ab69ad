/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a new post causes: mentions counted, threads followed, and the events that tell
 * of it (protocol.md 18.6, 19.2). */

#include "config.h"

#include "uc-post-private.h"

#include "uc-json.h"
#include "uc-member-table.h"
#include "uc-post-table.h"
#include "uc-thread-service.h"
#include "uc-user-table.h"

typedef struct {
  UcTxn           *txn;
  const UcActor   *actor;
  const UcChannel *channel;
  UcPost          *post;
  UcCalled         called;
} Notice;

static gboolean
count_mentions (Notice *notice, GError **error)
{
  gboolean is_root = *notice->post->root_id == '\0';

  for (guint i = 0; i < notice->called.user_ids->len; i++) {
    if (!uc_member_table_mention (notice->txn->db, notice->channel->id,
                                  g_ptr_array_index (notice->called.user_ids, i), is_root,
                                  notice->txn->now_ms, error))
      return FALSE;
  }
  return TRUE;
}

/* Who begins a thread, writes in it or is called there follows it. */
static gboolean
update_thread (Notice *notice, GError **error)
{
  const UcPost *post = notice->post;
  UcDb         *db = notice->txn->db;
  g_autoptr (UcPost) root = NULL;

  if (*post->root_id == '\0' || uc_post_is_system (post))
    return TRUE;
  root = uc_post_table_find (db, post->root_id, FALSE, error);
  if (root == NULL || !uc_thread_table_join (db, root->id, root->user_id, 0, error) ||
      !uc_thread_table_join (db, root->id, post->user_id, post->create_at_ms, error))
    return FALSE;
  for (guint i = 0; i < notice->called.user_ids->len; i++) {
    const char *user_id = g_ptr_array_index (notice->called.user_ids, i);

    if (!uc_thread_table_join (db, root->id, user_id, 0, error) ||
        !uc_thread_table_mention (db, root->id, user_id, error))
      return FALSE;
  }
  return uc_thread_service_announce (notice->txn, root->id, notice->channel->team_id, error);
}

static void
add_file_marks (JsonObject *data, const UcPost *post)
{
  for (guint i = 0; i < post->files->len; i++) {
    UcFile *file = g_ptr_array_index (post->files, i);

    json_object_set_string_member (data, "otherFile", "true");
    if (g_str_has_prefix (file->mime_type, "image/"))
      json_object_set_string_member (data, "image", "true");
  }
}

static char *
dup_json_list (GPtrArray *texts)
{
  g_autoptr (JsonArray) array = json_array_new ();

  for (guint i = 0; i < texts->len; i++)
    json_array_add_string_element (array, g_ptr_array_index (texts, i));
  return uc_json_array_to_text (array);
}

static gboolean
push_posted (Notice *notice, gboolean sets_online, GError **error)
{
  const UcChannel *channel = notice->channel;
  UcPost          *post = notice->post;
  g_autoptr (JsonNode) node = uc_post_service_to_json (notice->txn, post, error);
  gboolean         is_system = uc_post_is_system (post);
  g_autofree char *text = NULL;
  g_autofree char *sender = NULL;
  JsonObject      *data;

  if (node == NULL)
    return FALSE;
  text = uc_json_to_text (node);
  sender = g_strconcat (is_system ? "" : "@", notice->actor->username, NULL);
  data = json_object_new ();
  json_object_set_string_member (data, "channel_display_name", channel->display_name);
  json_object_set_string_member (data, "channel_name", channel->name);
  json_object_set_string_member (data, "channel_type", uc_channel_type_to_string (channel->type));
  add_file_marks (data, post);
  if (notice->called.user_ids->len > 0) {
    g_autofree char *mentions = dup_json_list (notice->called.user_ids);

    json_object_set_string_member (data, "mentions", mentions);
  }
  json_object_set_string_member (data, "post", text);
  json_object_set_string_member (data, "sender_name", is_system ? "System" : sender);
  json_object_set_boolean_member (data, "set_online", sets_online);
  json_object_set_string_member (data, "team_id", channel->team_id);
  return uc_txn_push_to_channel (notice->txn, channel->id, NULL, "posted", data, error);
}

static JsonArray *
make_outsiders (GPtrArray *accounts, gboolean names)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < accounts->len; i++) {
    UcUser *user = ((UcAccount *) g_ptr_array_index (accounts, i))->user;

    json_array_add_string_element (array, names ? user->username : user->id);
  }
  return array;
}

/* The author learns that somebody they named does not see this. */
static gboolean
tell_outsiders (Notice *notice, GError **error)
{
  g_autoptr (UcPost) said = NULL;
  g_autoptr (GString) message = g_string_new (NULL);
  JsonObject *props;
  JsonObject *add;

  if (notice->called.outside->len == 0)
    return TRUE;
  for (guint i = 0; i < notice->called.outside->len; i++) {
    UcUser *user = ((UcAccount *) g_ptr_array_index (notice->called.outside, i))->user;

    g_string_append_printf (message, "%s@%s", i > 0 ? ", " : "", user->username);
  }
  g_string_append (message, notice->called.outside->len == 1
                                ? " was mentioned but does not see this: not in the channel."
                                : " were mentioned but do not see this: not in the channel.");
  add = json_object_new ();
  json_object_set_string_member (add, "post_id", notice->post->id);
  json_object_set_array_member (add, "usernames", make_outsiders (notice->called.outside, TRUE));
  json_object_set_array_member (add, "not_in_channel_usernames",
                                make_outsiders (notice->called.outside, TRUE));
  json_object_set_array_member (add, "user_ids", make_outsiders (notice->called.outside, FALSE));
  json_object_set_array_member (add, "not_in_channel_user_ids",
                                make_outsiders (notice->called.outside, FALSE));
  json_object_set_array_member (add, "not_in_groups_usernames", json_array_new ());
  json_object_set_array_member (add, "not_in_groups_user_ids", json_array_new ());
  props = json_object_new ();
  json_object_set_object_member (props, "add_channel_member", add);
  said = uc_post_service_say_ephemeral (notice->txn, "", notice->post->user_id, notice->channel->id,
                                        notice->post->root_id, message->str, props, error);
  return said != NULL;
}

/**
 * _uc_post_announce:
 * @sets_online: what the event says about the author's status
 */
gboolean
_uc_post_announce (UcTxn           *txn,
                   const UcActor   *actor,
                   const UcChannel *channel,
                   UcPost          *post,
                   gboolean         sets_online,
                   GError         **error)
{
  Notice   notice = { .txn = txn, .actor = actor, .channel = channel, .post = post };
  gboolean is_told = _uc_post_find_called (txn, actor, channel, post, &notice.called, error) &&
                     count_mentions (&notice, error) && update_thread (&notice, error) &&
                     push_posted (&notice, sets_online, error);

  if (is_told && !uc_post_is_system (post)) {
    JsonObject *data = json_object_new ();

    json_object_set_string_member (data, "channel_id", channel->id);
    uc_txn_push_to_user (txn, post->user_id, "channel_viewed", data);
  }
  is_told = is_told && tell_outsiders (&notice, error);
  _uc_called_clear (&notice.called);
  return is_told;
}

/**
 * _uc_post_push:
 * @event: `post_edited` or `post_deleted`
 */
gboolean
_uc_post_push (UcTxn *txn, UcPost *post, const char *event, GError **error)
{
  g_autoptr (JsonNode) node = uc_post_service_to_json (txn, post, error);
  g_autofree char *text = NULL;
  JsonObject      *data;

  if (node == NULL)
    return FALSE;
  text = uc_json_to_text (node);
  data = json_object_new ();
  json_object_set_string_member (data, "post", text);
  return uc_txn_push_to_channel (txn, post->channel_id, NULL, event, data, error);
}
