/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who is called by a post (protocol.md 19.1): by name, by words of their own, with all
 * others of the channel, or by being the other one in it. */

#include "config.h"

#include "uc-post-private.h"

#include "uc-json.h"
#include "uc-member-table.h"
#include "uc-mentions.h"
#include "uc-post-table.h"
#include "uc-team-table.h"
#include "uc-user-table.h"

#include <string.h>

/* In larger channels nobody is called by @all. */
#define MAX_CALLED 1000

typedef struct {
  UcTxn           *txn;
  const UcActor   *actor;
  const UcChannel *channel;
  const UcPost    *post;
  UcMentions      *words;  /* (owned) (nullable) */
  UcCalled        *called; /* (unowned) result */
} Search;

void
_uc_called_clear (UcCalled *called)
{
  g_clear_pointer (&called->user_ids, g_ptr_array_unref);
  g_clear_pointer (&called->outside, g_ptr_array_unref);
}

static void
call_user (Search *search, const char *user_id)
{
  GPtrArray *user_ids = search->called->user_ids;

  if (g_str_equal (user_id, search->post->user_id) ||
      g_ptr_array_find_with_equal_func (user_ids, user_id, g_str_equal, NULL))
    return;
  g_ptr_array_add (user_ids, g_strdup (user_id));
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
concerns_thread (Search *search, const UcListener *listener, const char *comments, GError **error)
{
  g_autoptr (UcPost) root = NULL;
  g_autoptr (GPtrArray) writers = NULL;

  if (*search->post->root_id == '\0' || g_str_equal (comments, "never"))
    return FALSE;
  root = uc_post_table_find (search->txn->db, search->post->root_id, FALSE, error);
  if (root == NULL)
    return FALSE;
  if (g_str_equal (root->user_id, listener->user_id))
    return TRUE;
  if (!g_str_equal (comments, "any"))
    return FALSE;
  writers = uc_post_table_list_writers (search->txn->db, search->post->root_id, error);
  return writers != NULL &&
         g_ptr_array_find_with_equal_func (writers, listener->user_id, g_str_equal, NULL);
}

static gboolean
calls_by_keyword (Search *search, const UcListener *listener)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject *props = parse_props (listener->notify_props, &node);
  g_auto (GStrv) keys = NULL;

  if (props == NULL)
    return FALSE;
  if (g_str_equal (uc_json_get_string (props, "first_name", "false"), "true") &&
      uc_mentions_calls_first_name (search->words, listener->first_name))
    return TRUE;
  keys = g_strsplit (uc_json_get_string (props, "mention_keys", ""), ",", -1);
  for (guint i = 0; keys[i] != NULL; i++) {
    if (uc_mentions_calls_keyword (search->words, keys[i]))
      return TRUE;
  }
  return concerns_thread (search, listener, uc_json_get_string (props, "comments", "never"), NULL);
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
call_keywords (Search *search, GError **error)
{
  g_autoptr (GPtrArray) listeners =
      uc_member_table_list_listeners (search->txn->db, search->channel->id, FALSE, error);

  for (guint i = 0; listeners != NULL && i < listeners->len; i++) {
    const UcListener *listener = g_ptr_array_index (listeners, i);

    if (calls_by_keyword (search, listener))
      call_user (search, listener->user_id);
  }
  return listeners != NULL;
}

static gboolean
call_everybody (Search *search, GError **error)
{
  gboolean all = uc_mentions_calls_all (search->words);
  gboolean here = uc_mentions_calls_here (search->words);
  g_autoptr (GPtrArray) listeners = NULL;
  gboolean may = FALSE;

  if (!all && !here)
    return TRUE;
  if (!uc_access_may_channel (search->txn, search->actor, search->channel->id,
                              "use_channel_mentions", &may, error))
    return FALSE;
  if (!may)
    return TRUE;
  listeners = uc_member_table_list_listeners (search->txn->db, search->channel->id, TRUE, error);
  if (listeners == NULL)
    return FALSE;
  for (guint i = 0; listeners->len <= MAX_CALLED && i < listeners->len; i++) {
    const UcListener *listener = g_ptr_array_index (listeners, i);

    if ((all || listener->is_online) && wants_channel_calls (listener))
      call_user (search, listener->user_id);
  }
  return TRUE;
}

/* -- Names ------------------------------------------------------------------------- */

/* Somebody of the team who could be here, but is not. */
static gboolean
note_outsider (Search *search, const char *name, GError **error)
{
  g_autoptr (UcAccount) account = uc_user_table_find_name (search->txn->db, name, NULL);
  g_autoptr (UcTeamMember) member = NULL;

  if (account == NULL || account->user->delete_at_ms > 0 || *search->channel->team_id == '\0')
    return TRUE;
  if (!uc_team_table_find_member (search->txn->db, search->channel->team_id, account->user->id,
                                  &member, error))
    return FALSE;
  if (member != NULL && member->delete_at_ms == 0)
    g_ptr_array_add (search->called->outside, g_steal_pointer (&account));
  return TRUE;
}

static gboolean
call_names (Search *search, GError **error)
{
  GPtrArray *names = uc_mentions_get_names (search->words);

  for (guint i = 0; i < names->len; i++) {
    const char *name = g_ptr_array_index (names, i);
    g_autoptr (UcListener) listener = NULL;

    if (!uc_member_table_find_listener (search->txn->db, search->channel->id, name, &listener,
                                        error))
      return FALSE;
    if (listener != NULL)
      call_user (search, listener->user_id);
    else if (!note_outsider (search, name, error))
      return FALSE;
  }
  return TRUE;
}

/* The partner of a direct channel is always meant. */
static void
call_partner (Search *search)
{
  g_autofree char *partner = uc_channel_dup_partner_id (search->channel, search->post->user_id);

  if (partner != NULL && *partner != '\0')
    call_user (search, partner);
}

/* Who was added to a channel learns it from this post. */
static void
call_added (Search *search)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject *props = parse_props (search->post->props, &node);
  const char *added = uc_json_get_string (props, "addedUserId", "");

  if (*added != '\0')
    call_user (search, added);
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

/* NULL for posts that call nobody by their text. */
static UcMentions *
read_words (const UcPost *post)
{
  g_autofree char *text = NULL;

  if (uc_post_is_system (post))
    return NULL;
  text = dup_called_text (post);
  return uc_mentions_new (text);
}

/**
 * _uc_post_find_called:
 * @called: (out): whom it calls
 */
gboolean
_uc_post_find_called (UcTxn           *txn,
                      const UcActor   *actor,
                      const UcChannel *channel,
                      const UcPost    *post,
                      UcCalled        *called,
                      GError         **error)
{
  Search   search = { .txn = txn, .actor = actor, .channel = channel, .post = post };
  gboolean is_found = TRUE;

  called->user_ids = g_ptr_array_new_with_free_func (g_free);
  called->outside = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_account_free);
  search.called = called;
  search.words = read_words (post);
  if (g_str_equal (post->type, "system_add_to_channel"))
    call_added (&search);
  if (search.words != NULL) {
    if (channel->type == UC_CHANNEL_DIRECT)
      call_partner (&search);
    is_found = call_names (&search, error) && call_keywords (&search, error) &&
               call_everybody (&search, error);
  }
  g_clear_pointer (&search.words, uc_mentions_free);
  return is_found;
}

/**
 * _uc_post_calls:
 *
 * Returns: whether @post calls this one member
 */
gboolean
_uc_post_calls (UcTxn            *txn,
                const UcChannel  *channel,
                const UcPost     *post,
                const UcListener *listener)
{
  Search   search = { .txn = txn, .channel = channel, .post = post };
  gboolean is_called;

  if (g_str_equal (post->user_id, listener->user_id))
    return FALSE;
  search.words = read_words (post);
  if (search.words == NULL)
    return FALSE;
  is_called = channel->type == UC_CHANNEL_DIRECT ||
              g_ptr_array_find_with_equal_func (uc_mentions_get_names (search.words),
                                                listener->username, g_str_equal, NULL) ||
              calls_by_keyword (&search, listener) ||
              (uc_mentions_calls_all (search.words) && wants_channel_calls (listener));
  g_clear_pointer (&search.words, uc_mentions_free);
  return is_called;
}
