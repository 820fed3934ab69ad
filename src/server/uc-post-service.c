/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Posts are written here, once each: a repetition is recognised by the id its author
 * gave it, however much later it comes, and answered with the first post. */

#include "config.h"

#include "uc-post-private.h"

#include "uc-channel-table.h"
#include "uc-file-table.h"
#include "uc-id.h"
#include "uc-json.h"
#include "uc-limits.h"
#include "uc-member-table.h"
#include "uc-post-table.h"
#include "uc-refusal.h"
#include "uc-status-service.h"
#include "uc-text.h"

#include <string.h>

#define MAX_PENDING_CHARS 100

static gboolean
refuse (GError **error, UcRefusal refusal)
{
  uc_refuse (error, refusal);
  return FALSE;
}

static gboolean
check_type (const char *type, GError **error)
{
  static const char *const known[] = { "", "me", "slack_attachment", "reminder", NULL };

  if (g_str_has_prefix (type, "system_")) {
    uc_refuse_named (error, UC_REFUSAL_PARAM, "post.type");
    return FALSE;
  }
  if (!g_strv_contains (known, type) && !g_str_has_prefix (type, "custom_"))
    return refuse (error, UC_REFUSAL_POST_TYPE);
  return uc_text_fits (type, 26) || refuse (error, UC_REFUSAL_POST_TYPE);
}

static gboolean
check_fields (const UcNewPost *fields, GError **error)
{
  if (!check_type (fields->type, error))
    return FALSE;
  if (!uc_text_fits (fields->message, UC_LIMIT_POST_CHARS))
    return refuse (error, UC_REFUSAL_POST_LONG);
  if (!uc_text_fits (fields->pending_post_id, MAX_PENDING_CHARS))
    return refuse (error, UC_REFUSAL_POST_PENDING);
  if (fields->file_ids != NULL && fields->file_ids->len > UC_LIMIT_FILES_PER_POST)
    return refuse (error, UC_REFUSAL_POST_FILE_IDS);
  return TRUE;
}

/* Threads have one level, and stay in their channel. */
static gboolean
check_root (UcTxn *txn, const UcNewPost *fields, GError **error)
{
  g_autoptr (UcPost) root = NULL;

  if (*fields->root_id == '\0')
    return TRUE;
  root = uc_post_table_find (txn->db, fields->root_id, FALSE, NULL);
  if (root == NULL || *root->root_id != '\0')
    return refuse (error, UC_REFUSAL_POST_ROOT);
  return g_str_equal (root->channel_id, fields->channel_id) ||
         refuse (error, UC_REFUSAL_POST_ROOT_CHANNEL);
}

static UcChannel *
need_channel (UcTxn *txn, const UcActor *actor, const char *channel_id, GError **error)
{
  g_autoptr (UcChannel) channel = NULL;

  if (!uc_access_need_channel (txn, actor, channel_id, "create_post", error))
    return NULL;
  channel = uc_channel_table_find (txn->db, channel_id, error);
  if (channel != NULL && channel->delete_at_ms > 0) {
    uc_refuse (error, UC_REFUSAL_POST_ARCHIVED);
    return NULL;
  }
  return g_steal_pointer (&channel);
}

static UcPost *
new_post (UcTxn *txn, const char *user_id, const char *channel_id, const char *message)
{
  UcPost *post = uc_post_new ();

  g_free (post->id);
  post->id = uc_id_new ();
  g_set_str (&post->user_id, user_id);
  g_set_str (&post->channel_id, channel_id);
  g_set_str (&post->message, message);
  g_free (post->hashtags);
  post->hashtags = uc_text_dup_hashtags (message);
  post->create_at_ms = txn->now_ms;
  post->update_at_ms = txn->now_ms;
  return post;
}

/* Files that are not the author's, or used already, are left out without a word. */
static gboolean
attach_files (UcTxn *txn, UcPost *post, GPtrArray *ids, GError **error)
{
  g_autoptr (GStrvBuilder) taken = g_strv_builder_new ();

  for (guint i = 0; ids != NULL && i < ids->len; i++) {
    const char *id = g_ptr_array_index (ids, i);
    gboolean    is_taken = FALSE;

    if (!uc_file_table_attach (txn->db, id, post, &is_taken, error))
      return FALSE;
    if (is_taken)
      g_strv_builder_add (taken, id);
  }
  g_strfreev (post->file_ids);
  post->file_ids = g_strv_builder_end (taken);
  return TRUE;
}

/* The row, the counters, the root, and the author who has read what they wrote. */
static gboolean
write_post (UcTxn *txn, UcPost *post, gboolean is_user, GError **error)
{
  gboolean is_root = *post->root_id == '\0';

  if (!uc_post_table_insert (txn->db, post, error) ||
      !uc_channel_table_count_post (txn->db, post->channel_id, post->create_at_ms,
                                    uc_post_is_counted (post), is_root, error) ||
      (!is_root && !uc_post_table_touch (txn->db, post->root_id, txn->now_ms, error)))
    return FALSE;
  return !is_user ||
         uc_member_table_view (txn->db, post->channel_id, post->user_id, txn->now_ms, error);
}

static UcPost *
read_again (UcTxn *txn, const UcPost *written, GError **error)
{
  UcPost *post = uc_post_table_find (txn->db, written->id, FALSE, error);

  if (post != NULL)
    g_set_str (&post->pending_post_id, written->pending_post_id);
  return post;
}

/**
 * uc_post_service_create:
 * @is_repeat: (out): whether it was written by an earlier try
 *
 * Errors: UC_REFUSAL_PERMISSION, _POST_…
 *
 * Returns: (transfer full) (nullable): the post as it is stored
 */
UcPost *
uc_post_service_create (UcTxn           *txn,
                        const UcActor   *actor,
                        const UcNewPost *fields,
                        gboolean        *is_repeat,
                        GError         **error)
{
  g_autoptr (UcChannel) channel = need_channel (txn, actor, fields->channel_id, error);
  g_autoptr (UcPost) post = NULL;
  g_autoptr (UcPost) earlier = NULL;
  g_autoptr (UcPost) stored = NULL;
  char *props;

  *is_repeat = FALSE;
  if (channel == NULL || !check_fields (fields, error) || !check_root (txn, fields, error))
    return NULL;

  post = new_post (txn, actor->user_id, channel->id, fields->message);
  g_set_str (&post->root_id, fields->root_id);
  g_set_str (&post->type, fields->type);
  g_set_str (&post->pending_post_id, fields->pending_post_id);
  post->is_pinned = fields->is_pinned;
  if (fields->create_at_ms > 0 && uc_access_may_system (actor, "manage_system"))
    post->create_at_ms = fields->create_at_ms;
  props = _uc_post_make_props (txn, actor, channel, fields->props, fields->message, &post->op_id,
                               error);
  if (props == NULL)
    return NULL;
  g_free (post->props);
  post->props = props;

  if (!uc_post_table_find_earlier (txn->db, post, &earlier, error))
    return NULL;
  if (earlier != NULL) {
    *is_repeat = TRUE;
    return g_steal_pointer (&earlier);
  }

  if (!attach_files (txn, post, fields->file_ids, error) || !write_post (txn, post, TRUE, error))
    return NULL;
  stored = read_again (txn, post, error);
  if (stored == NULL || !uc_post_service_fill (txn, stored, error) ||
      !_uc_post_announce (txn, actor, channel, stored, !fields->is_silent, error))
    return NULL;
  if (!fields->is_silent && !uc_status_service_be_active (txn, actor->user_id, error))
    return NULL;
  return g_steal_pointer (&stored);
}

/**
 * uc_post_service_create_system:
 * @props: (transfer full): what clients make their own words of
 */
gboolean
uc_post_service_create_system (UcTxn           *txn,
                               const char      *user_id,
                               const UcChannel *channel,
                               const char      *type,
                               const char      *message,
                               JsonObject      *props,
                               GError         **error)
{
  g_autoptr (UcPost) post = new_post (txn, user_id, channel->id, message);
  const UcActor system = { .user_id = user_id, .username = "System", .roles = "" };

  g_set_str (&post->type, type);
  g_set_str (&post->hashtags, "");
  g_free (post->props);
  post->props = uc_json_object_to_text (props);
  json_object_unref (props);
  post->has_metadata = TRUE;
  return write_post (txn, post, FALSE, error) &&
         _uc_post_announce (txn, &system, channel, post, TRUE, error);
}

/**
 * uc_post_service_say_ephemeral:
 * @props: (transfer full):
 *
 * Returns: (transfer full) (nullable): what the user sees
 */
UcPost *
uc_post_service_say_ephemeral (UcTxn      *txn,
                               const char *author_id,
                               const char *user_id,
                               const char *channel_id,
                               const char *root_id,
                               const char *message,
                               JsonObject *props,
                               GError    **error)
{
  g_autoptr (UcPost) post = new_post (txn, author_id, channel_id, message);
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;
  JsonObject      *data = json_object_new ();

  g_set_str (&post->root_id, root_id);
  g_set_str (&post->type, "system_ephemeral");
  g_free (post->props);
  post->props = uc_json_object_to_text (props);
  json_object_unref (props);
  post->update_at_ms = 0;
  post->has_metadata = TRUE;

  node = uc_post_service_to_json (txn, post, error);
  text = node != NULL ? uc_json_to_text (node) : NULL;
  json_object_set_string_member (data, "post", text != NULL ? text : "");
  uc_txn_push_about (txn, user_id, channel_id, NULL, "ephemeral_message", data);
  return node != NULL ? g_steal_pointer (&post) : NULL;
}
