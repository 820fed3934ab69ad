/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What happens to a post after it was written: changed, pinned, reacted to, deleted. */

#include "config.h"

#include "uc-post-private.h"

#include "uc-channel-table.h"
#include "uc-file-table.h"
#include "uc-json.h"
#include "uc-limits.h"
#include "uc-post-table.h"
#include "uc-reaction-table.h"
#include "uc-refusal.h"
#include "uc-text.h"
#include "uc-wire-json.h"

#include <string.h>

/* A post somebody may not touch looks like one that is not there: 403. */
static UcPost *
find_or_refuse (UcTxn *txn, const char *post_id, GError **error)
{
  g_autoptr (GError) local = NULL;
  UcPost *post = uc_post_table_find (txn->db, post_id, FALSE, &local);

  if (post == NULL && g_error_matches (local, UC_REFUSAL, UC_REFUSAL_POST_UNKNOWN))
    uc_refuse (error, UC_REFUSAL_PERMISSION);
  else if (post == NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return post;
}

/* An own post needs @own, somebody else's @others. */
static gboolean
need_for_author (UcTxn         *txn,
                 const UcActor *actor,
                 const UcPost  *post,
                 const char    *own,
                 const char    *others,
                 GError       **error)
{
  gboolean is_own = g_str_equal (post->user_id, actor->user_id);

  return uc_access_need_channel (txn, actor, post->channel_id, is_own ? own : others, error);
}

static gboolean
need_living_channel (UcTxn *txn, const UcPost *post, UcRefusal refusal, GError **error)
{
  g_autoptr (UcChannel) channel = uc_channel_table_find (txn->db, post->channel_id, error);

  if (channel != NULL && channel->delete_at_ms > 0) {
    uc_refuse (error, refusal);
    return FALSE;
  }
  return channel != NULL;
}

static gboolean
take_message (UcTxn *txn, UcPost *post, JsonObject *patch, GError **error)
{
  const char *message = uc_json_get_string (patch, "message", NULL);

  if (message == NULL || g_str_equal (message, post->message))
    return TRUE;
  if (!uc_text_fits (message, UC_LIMIT_POST_CHARS)) {
    uc_refuse (error, UC_REFUSAL_POST_LONG);
    return FALSE;
  }
  g_set_str (&post->message, message);
  g_free (post->hashtags);
  post->hashtags = uc_text_dup_hashtags (message);
  post->edit_at_ms = txn->now_ms;
  return TRUE;
}

static gboolean
take_props (UcTxn *txn, const UcActor *actor, UcPost *post, JsonObject *patch, GError **error)
{
  JsonObject *props = uc_json_get_object (patch, "props");
  g_autoptr (UcChannel) channel = NULL;
  g_autofree char *op_id = NULL;
  char            *made;

  if (props == NULL)
    return TRUE;
  channel = uc_channel_table_find (txn->db, post->channel_id, error);
  if (channel == NULL)
    return FALSE;
  made = _uc_post_make_props (txn, actor, channel, props, post->message, &op_id, error);
  if (made == NULL)
    return FALSE;
  g_free (post->props);
  post->props = made;
  return TRUE;
}

static UcPost *
write_changed (UcTxn *txn, UcPost *post, GError **error)
{
  post->update_at_ms = MAX (post->update_at_ms + 1, txn->now_ms);
  if (post->edit_at_ms == txn->now_ms)
    post->edit_at_ms = post->update_at_ms;
  if (!uc_post_table_update (txn->db, post, error) || !uc_post_service_fill (txn, post, error) ||
      !_uc_post_push (txn, post, "post_edited", error))
    return NULL;
  return uc_post_ref (post);
}

/**
 * uc_post_service_change:
 * @patch: `message`, `props` and `is_pinned` of it are taken
 *
 * Errors: UC_REFUSAL_PERMISSION, _POST_SYSTEM, _POST_LONG, _POST_PROPS
 *
 * Returns: (transfer full) (nullable): the post as it is now
 */
UcPost *
uc_post_service_change (UcTxn         *txn,
                        const UcActor *actor,
                        const char    *post_id,
                        JsonObject    *patch,
                        GError       **error)
{
  g_autoptr (UcPost) post = find_or_refuse (txn, post_id, error);

  if (post == NULL || !need_for_author (txn, actor, post, "edit_post", "edit_others_posts", error))
    return NULL;
  if (uc_post_is_system (post)) {
    uc_refuse (error, UC_REFUSAL_POST_SYSTEM);
    return NULL;
  }
  if (!need_living_channel (txn, post, UC_REFUSAL_POST_ARCHIVED, error) ||
      !take_message (txn, post, patch, error) || !take_props (txn, actor, post, patch, error))
    return NULL;
  post->is_pinned = uc_json_get_boolean (patch, "is_pinned", post->is_pinned);
  return write_changed (txn, post, error);
}

/**
 * uc_post_service_set_pinned:
 *
 * Any member may.
 */
gboolean
uc_post_service_set_pinned (UcTxn         *txn,
                            const UcActor *actor,
                            const char    *post_id,
                            gboolean       is_pinned,
                            GError       **error)
{
  g_autoptr (UcPost) post = find_or_refuse (txn, post_id, error);
  g_autoptr (UcPost) changed = NULL;

  if (post == NULL ||
      !uc_access_need_channel (txn, actor, post->channel_id, "read_channel", error) ||
      !need_living_channel (txn, post, UC_REFUSAL_POST_ARCHIVED, error))
    return FALSE;
  if (post->is_pinned == is_pinned)
    return TRUE;
  post->is_pinned = is_pinned;
  changed = write_changed (txn, post, error);
  return changed != NULL;
}

/**
 * uc_post_service_delete:
 *
 * With a root its replies go, and with them all their files; text and reactions are
 * gone for good, marks of the deletion stay for those who catch up.
 */
gboolean
uc_post_service_delete (UcTxn *txn, const UcActor *actor, const char *post_id, GError **error)
{
  g_autoptr (UcPost) post = find_or_refuse (txn, post_id, error);

  if (post == NULL ||
      !need_for_author (txn, actor, post, "delete_post", "delete_others_posts", error) ||
      !uc_post_service_fill (txn, post, error))
    return FALSE;
  /* The event shows the post as it was. */
  if (!_uc_post_push (txn, post, "post_deleted", error) ||
      !uc_reaction_table_delete_post (txn->db, post_id, error) ||
      !uc_file_table_delete_post (txn->db, post_id, txn->now_ms, error) ||
      !uc_post_table_delete (txn->db, post_id, actor->user_id, txn->now_ms, error))
    return FALSE;
  return *post->root_id == '\0' || uc_post_table_touch (txn->db, post->root_id, txn->now_ms, error);
}

static gboolean
push_reaction (UcTxn            *txn,
               const UcPost     *post,
               const UcReaction *reaction,
               const char       *event,
               GError          **error)
{
  g_autoptr (JsonNode) node = uc_wire_reaction_to_json (reaction);
  g_autofree char *text = NULL;
  JsonObject      *data = json_object_new ();

  json_object_set_int_member (json_node_get_object (node), "update_at",
                              MAX (reaction->create_at_ms, txn->now_ms));
  text = uc_json_to_text (node);
  json_object_set_string_member (data, "reaction", text);
  return uc_txn_push_to_channel (txn, post->channel_id, NULL, event, data, error);
}

static UcPost *
find_for_reaction (UcTxn         *txn,
                   const UcActor *actor,
                   UcReaction    *reaction,
                   const char    *permission,
                   GError       **error)
{
  g_autoptr (UcPost) post = find_or_refuse (txn, reaction->post_id, error);

  if (post == NULL || !uc_access_need_channel (txn, actor, post->channel_id, permission, error) ||
      !need_living_channel (txn, post, UC_REFUSAL_REACTION_ARCHIVED, error))
    return NULL;
  return g_steal_pointer (&post);
}

/**
 * uc_post_service_react:
 * @reaction: of @actor
 */
gboolean
uc_post_service_react (UcTxn *txn, const UcActor *actor, UcReaction *reaction, GError **error)
{
  g_autoptr (UcPost) post = NULL;

  if (!uc_text_is_emoji_name (reaction->emoji_name)) {
    uc_refuse (error, UC_REFUSAL_REACTION_NAME);
    return FALSE;
  }
  post = find_for_reaction (txn, actor, reaction, "add_reaction", error);
  if (post == NULL)
    return FALSE;
  /* The time of the post that shows it, so that nobody takes an answer with the post from
   * the same millisecond for one that knows of it. */
  reaction->create_at_ms = MAX (post->update_at_ms + 1, txn->now_ms);
  return uc_reaction_table_put (txn->db, reaction, reaction->create_at_ms, error) &&
         uc_post_table_touch (txn->db, post->id, reaction->create_at_ms, error) &&
         push_reaction (txn, post, reaction, "reaction_added", error);
}

/**
 * uc_post_service_unreact:
 * @reaction: of @actor; one that is not there is no error
 */
gboolean
uc_post_service_unreact (UcTxn *txn, const UcActor *actor, UcReaction *reaction, GError **error)
{
  g_autoptr (UcPost) post = find_for_reaction (txn, actor, reaction, "remove_reaction", error);
  gboolean existed = FALSE;

  if (post == NULL || !uc_reaction_table_delete (txn->db, reaction, &existed, error))
    return FALSE;
  reaction->create_at_ms = 0;
  return !existed || (uc_post_table_touch (txn->db, post->id, txn->now_ms, error) &&
                      push_reaction (txn, post, reaction, "reaction_removed", error));
}

/**
 * uc_post_service_find:
 *
 * Errors: UC_REFUSAL_POST_UNKNOWN, _PERMISSION
 *
 * Returns: (transfer full) (nullable): the post
 */
UcPost *
uc_post_service_find (UcTxn *txn, const UcActor *actor, const char *post_id, GError **error)
{
  g_autoptr (UcPost) post = uc_post_table_find (txn->db, post_id, FALSE, error);
  g_autoptr (UcChannel) channel = NULL;

  if (post == NULL)
    return NULL;
  channel = uc_channel_table_find (txn->db, post->channel_id, error);
  if (channel == NULL || !uc_access_need_reading (txn, actor, channel, error))
    return NULL;
  return g_steal_pointer (&post);
}

/**
 * uc_post_service_fill:
 *
 * Only posts that say they have files or reactions cost a query.
 */
gboolean
uc_post_service_fill (UcTxn *txn, UcPost *post, GError **error)
{
  post->has_metadata = TRUE;
  if (post->delete_at_ms > 0)
    return TRUE;
  if (post->file_ids[0] != NULL) {
    g_ptr_array_unref (post->files);
    post->files = uc_file_table_list_post (txn->db, post->id, error);
    if (post->files == NULL) {
      post->files = g_ptr_array_new ();
      return FALSE;
    }
    /* The API keeps the channel of a file to itself. */
    for (guint i = 0; i < post->files->len; i++)
      g_set_str (&((UcFile *) g_ptr_array_index (post->files, i))->channel_id, "");
  }
  if (post->has_reactions) {
    g_ptr_array_unref (post->reactions);
    post->reactions = uc_reaction_table_list (txn->db, post->id, error);
    if (post->reactions == NULL) {
      post->reactions = g_ptr_array_new ();
      return FALSE;
    }
  }
  return TRUE;
}
