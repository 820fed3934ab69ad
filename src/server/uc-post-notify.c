/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a new post causes: who is called by it, who follows its thread, and the events
 * that tell so (protocol.md 18.6, 19). */

#include "config.h"

#include "uc-post-private.h"

#include "uc-json.h"
#include "uc-member-table.h"
#include "uc-mentions.h"
#include "uc-post-table.h"
#include "uc-team-table.h"
#include "uc-thread-table.h"
#include "uc-user-table.h"

#include <string.h>

/* In larger channels nobody is called by @all. */
#define MAX_CALLED 1000

typedef struct {
  UcTxn           *txn;
  const UcActor   *actor;
  const UcChannel *channel;
  UcPost          *post;
  UcMentions      *words;
  GHashTable      *called;  /* (owned) (element-type utf8): user ids */
  GPtrArray       *order;   /* (owned): the same, as they were found; borrowed */
  GPtrArray       *outside; /* (owned) (element-type UcAccount): named, but not here */
} Notice;

static void
notice_clear (Notice *notice)
{
  g_clear_pointer (&notice->words, uc_mentions_free);
  g_clear_pointer (&notice->order, g_ptr_array_unref);
  g_clear_pointer (&notice->called, g_hash_table_unref);
  g_clear_pointer (&notice->outside, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Notice, notice_clear)

static void
call_user (Notice *notice, const char *user_id)
{
  char *id;

  if (g_str_equal (user_id, notice->post->user_id) ||
      g_hash_table_contains (notice->called, user_id))
    return;
  id = g_strdup (user_id);
  g_hash_table_add (notice->called, id);
  g_ptr_array_add (notice->order, id);
}

static JsonObject *
parse_props (const char *text, JsonNode **node)
{
  *node = uc_json_parse (text, -1, NULL);
  return *node != NULL && JSON_NODE_HOLDS_OBJECT (*node) ? json_node_get_object (*node) : NULL;
}

/* -- Words ------------------------------------------------------------------------- */

/* Wrote in this thread, or began it. */
static gboolean
concerns_thread (Notice *notice, const UcListener *listener, const char *comments, GError **error)
{
  g_autoptr (UcPost) root = NULL;
  g_autoptr (GPtrArray) writers = NULL;

  if (*notice->post->root_id == '\0' || g_str_equal (comments, "never"))
    return FALSE;
  root = uc_post_table_find (notice->txn->db, notice->post->root_id, FALSE, error);
  if (root == NULL)
    return FALSE;
  if (g_str_equal (root->user_id, listener->user_id))
    return TRUE;
  if (!g_str_equal (comments, "any"))
    return FALSE;
  writers = uc_post_table_list_writers (notice->txn->db, notice->post->root_id, error);
  return writers != NULL &&
         g_ptr_array_find_with_equal_func (writers, listener->user_id, g_str_equal, NULL);
}

static gboolean
calls_by_keyword (Notice *notice, const UcListener *listener)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject *props = parse_props (listener->notify_props, &node);
  g_auto (GStrv) keys = NULL;

  if (props == NULL)
    return FALSE;
  if (g_str_equal (uc_json_get_string (props, "first_name", "false"), "true") &&
      uc_mentions_calls_first_name (notice->words, listener->first_name))
    return TRUE;
  keys = g_strsplit (uc_json_get_string (props, "mention_keys", ""), ",", -1);
  for (guint i = 0; keys[i] != NULL; i++) {
    if (uc_mentions_calls_keyword (notice->words, keys[i]))
      return TRUE;
  }
  return concerns_thread (notice, listener, uc_json_get_string (props, "comments", "never"), NULL);
}

static gboolean
wants_channel_calls (const UcListener *listener)
{
  g_autoptr (JsonNode) user_node = NULL;
  g_autoptr (JsonNode) member_node = NULL;
  JsonObject *user = parse_props (listener->notify_props, &user_node);
  JsonObject *member = parse_props (listener->member_notify_props, &member_node);

  return g_str_equal (uc_json_get_string (user, "channel", "true"), "true") &&
         !g_str_equal (uc_json_get_string (member, "ignore_channel_mentions", "default"), "on");
}

static gboolean
call_keywords (Notice *notice, GError **error)
{
  g_autoptr (GPtrArray) listeners =
      uc_member_table_list_listeners (notice->txn->db, notice->channel->id, FALSE, error);

  for (guint i = 0; listeners != NULL && i < listeners->len; i++) {
    const UcListener *listener = g_ptr_array_index (listeners, i);

    if (calls_by_keyword (notice, listener))
      call_user (notice, listener->user_id);
  }
  return listeners != NULL;
}

static gboolean
call_everybody (Notice *notice, GError **error)
{
  gboolean all = uc_mentions_calls_all (notice->words);
  gboolean here = uc_mentions_calls_here (notice->words);
  g_autoptr (GPtrArray) listeners = NULL;
  gboolean may = FALSE;

  if (!all && !here)
    return TRUE;
  if (!uc_access_may_channel (notice->txn, notice->actor, notice->channel->id,
                              "use_channel_mentions", &may, error))
    return FALSE;
  if (!may)
    return TRUE;
  listeners = uc_member_table_list_listeners (notice->txn->db, notice->channel->id, TRUE, error);
  if (listeners == NULL)
    return FALSE;
  for (guint i = 0; listeners->len <= MAX_CALLED && i < listeners->len; i++) {
    const UcListener *listener = g_ptr_array_index (listeners, i);

    if ((all || listener->is_online) && wants_channel_calls (listener))
      call_user (notice, listener->user_id);
  }
  return TRUE;
}

/* -- Names ------------------------------------------------------------------------- */

/* Somebody of the team who could be here, but is not. */
static gboolean
note_outsider (Notice *notice, const char *name, GError **error)
{
  g_autoptr (UcAccount) account = uc_user_table_find_name (notice->txn->db, name, NULL);
  g_autoptr (UcTeamMember) member = NULL;

  if (account == NULL || account->user->delete_at_ms > 0 || *notice->channel->team_id == '\0')
    return TRUE;
  if (!uc_team_table_find_member (notice->txn->db, notice->channel->team_id, account->user->id,
                                  &member, error))
    return FALSE;
  if (member != NULL && member->delete_at_ms == 0)
    g_ptr_array_add (notice->outside, g_steal_pointer (&account));
  return TRUE;
}

static gboolean
call_names (Notice *notice, GError **error)
{
  GPtrArray *names = uc_mentions_get_names (notice->words);

  for (guint i = 0; i < names->len; i++) {
    const char *name = g_ptr_array_index (names, i);
    g_autoptr (UcListener) listener = NULL;

    if (!uc_member_table_find_listener (notice->txn->db, notice->channel->id, name, &listener,
                                        error))
      return FALSE;
    if (listener != NULL)
      call_user (notice, listener->user_id);
    else if (!note_outsider (notice, name, error))
      return FALSE;
  }
  return TRUE;
}

/* The partner of a direct channel is always meant. */
static void
call_partner (Notice *notice)
{
  g_autofree char *partner = uc_channel_dup_partner_id (notice->channel, notice->post->user_id);

  if (partner != NULL && *partner != '\0')
    call_user (notice, partner);
}

/* Who was added to a channel learns it from this post. */
static void
call_added (Notice *notice)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject *props = parse_props (notice->post->props, &node);
  const char *added = uc_json_get_string (props, "addedUserId", "");

  if (*added != '\0')
    call_user (notice, added);
}

/* The text people can be called in: the message and that of its attachments. */
static char *
dup_called_text (const UcPost *post)
{
  g_autoptr (JsonNode) node = NULL;
  GString    *text = g_string_new (post->message);
  JsonObject *props;
  JsonArray  *attachments;

  if (strstr (post->props, "\"attachments\"") == NULL)
    return g_string_free (text, FALSE);
  props = parse_props (post->props, &node);
  attachments = uc_json_get_array (props, "attachments");
  for (guint i = 0; attachments != NULL && i < json_array_get_length (attachments); i++) {
    JsonNode   *element = json_array_get_element (attachments, i);
    JsonObject *attachment =
        JSON_NODE_HOLDS_OBJECT (element) ? json_node_get_object (element) : NULL;

    g_string_append_printf (text, "\n%s\n%s", uc_json_get_string (attachment, "pretext", ""),
                            uc_json_get_string (attachment, "text", ""));
  }
  return g_string_free (text, FALSE);
}

static gboolean
find_called (Notice *notice, GError **error)
{
  g_autofree char *text = NULL;

  if (g_str_equal (notice->post->type, "system_add_to_channel")) {
    call_added (notice);
    return TRUE;
  }
  if (uc_post_is_system (notice->post))
    return TRUE;
  text = dup_called_text (notice->post);
  notice->words = uc_mentions_new (text);
  if (notice->channel->type == UC_CHANNEL_DIRECT)
    call_partner (notice);
  return call_names (notice, error) && call_keywords (notice, error) &&
         call_everybody (notice, error);
}

/* -- Consequences ------------------------------------------------------------------ */

static gboolean
count_mentions (Notice *notice, GError **error)
{
  gboolean is_root = *notice->post->root_id == '\0';

  for (guint i = 0; i < notice->order->len; i++) {
    if (!uc_member_table_mention (notice->txn->db, notice->channel->id,
                                  g_ptr_array_index (notice->order, i), is_root,
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
  for (guint i = 0; i < notice->order->len; i++) {
    const char *user_id = g_ptr_array_index (notice->order, i);

    if (!uc_thread_table_join (db, root->id, user_id, 0, error) ||
        !uc_thread_table_mention (db, root->id, user_id, error))
      return FALSE;
  }
  return TRUE;
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
  if (notice->order->len > 0) {
    g_autofree char *mentions = dup_json_list (notice->order);

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

  if (notice->outside->len == 0)
    return TRUE;
  for (guint i = 0; i < notice->outside->len; i++) {
    UcUser *user = ((UcAccount *) g_ptr_array_index (notice->outside, i))->user;

    g_string_append_printf (message, "%s@%s", i > 0 ? ", " : "", user->username);
  }
  g_string_append (message, notice->outside->len == 1
                                ? " was mentioned but does not see this: not in the channel."
                                : " were mentioned but do not see this: not in the channel.");
  add = json_object_new ();
  json_object_set_string_member (add, "post_id", notice->post->id);
  json_object_set_array_member (add, "usernames", make_outsiders (notice->outside, TRUE));
  json_object_set_array_member (add, "not_in_channel_usernames",
                                make_outsiders (notice->outside, TRUE));
  json_object_set_array_member (add, "user_ids", make_outsiders (notice->outside, FALSE));
  json_object_set_array_member (add, "not_in_channel_user_ids",
                                make_outsiders (notice->outside, FALSE));
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
  g_auto (Notice) notice = { .txn = txn, .actor = actor, .channel = channel, .post = post };

  notice.called = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  notice.order = g_ptr_array_new ();
  notice.outside = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_account_free);
  if (!find_called (&notice, error) || !count_mentions (&notice, error) ||
      !update_thread (&notice, error) || !push_posted (&notice, sets_online, error))
    return FALSE;
  if (!uc_post_is_system (post)) {
    JsonObject *data = json_object_new ();

    json_object_set_string_member (data, "channel_id", channel->id);
    uc_txn_push_to_user (txn, post->user_id, "channel_viewed", data);
  }
  return tell_outsiders (&notice, error);
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
