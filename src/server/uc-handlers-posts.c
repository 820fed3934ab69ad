/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Posts one by one: written, read, changed, deleted, reacted to (protocol.md 7, 9). */

#include "config.h"

#include "uc-handlers.h"

#include "uc-channel-table.h"
#include "uc-file-table.h"
#include "uc-id.h"
#include "uc-json.h"
#include "uc-post-page.h"
#include "uc-post-service.h"
#include "uc-post-table.h"
#include "uc-reaction-table.h"
#include "uc-refusal.h"
#include "uc-wire-json.h"

static gboolean
answer_post (UcCall *call, UcTxn *txn, guint status, UcPost *post, GError **error)
{
  JsonNode *node = post != NULL ? uc_post_service_to_json (txn, post, error) : NULL;

  if (node == NULL)
    return FALSE;
  uc_call_answer_node (call, status, node);
  return TRUE;
}

gboolean
uc_posts_create (UcCall *call, UcTxn *txn, GError **error)
{
  JsonObject *body = uc_call_need_object (call, "post", error);
  g_auto (GStrv) file_ids = uc_json_dup_strings (body, "file_ids");
  g_autoptr (GPtrArray) files = g_ptr_array_new ();
  gboolean is_repeat = FALSE;
  g_autoptr (UcPost) post = NULL;
  const UcNewPost fields = {
    .channel_id = uc_json_get_string (body, "channel_id", ""),
    .root_id = uc_json_get_string (body, "root_id", ""),
    .message = uc_json_get_string (body, "message", ""),
    .type = uc_json_get_string (body, "type", ""),
    .pending_post_id = uc_json_get_string (body, "pending_post_id", ""),
    .props = uc_json_get_object (body, "props"),
    .file_ids = files,
    .create_at_ms = uc_json_get_int (body, "create_at", 0),
    .is_pinned = uc_json_get_boolean (body, "is_pinned", FALSE),
    .is_silent = g_str_equal (uc_call_get_query (call, "set_online", "true"), "false"),
  };

  if (body == NULL)
    return FALSE;
  if (*uc_json_get_string (body, "id", "") != '\0') {
    uc_refuse (error, UC_REFUSAL_POST_EXISTS);
    return FALSE;
  }
  if (*fields.root_id == '\0' && *uc_json_get_string (body, "parent_id", "") != '\0') {
    uc_refuse (error, UC_REFUSAL_POST_ROOT_PARENT);
    return FALSE;
  }
  for (guint i = 0; file_ids[i] != NULL; i++)
    g_ptr_array_add (files, file_ids[i]);
  post = uc_post_service_create (txn, &call->actor, &fields, &is_repeat, error);
  return answer_post (call, txn, 201, post, error);
}

gboolean
uc_posts_create_ephemeral (UcCall *call, UcTxn *txn, GError **error)
{
  JsonObject *body = uc_call_need_object (call, "body", error);
  JsonObject *fields = uc_json_get_object (body, "post");
  const char *user_id = uc_json_get_string (body, "user_id", "");
  const char *channel_id = uc_json_get_string (fields, "channel_id", "");
  g_autoptr (UcPost) post = NULL;

  if (body == NULL)
    return FALSE;
  if (!uc_id_is_valid (user_id) || !uc_id_is_valid (channel_id)) {
    uc_refuse_body (error, "user_id");
    return FALSE;
  }
  post = uc_post_service_say_ephemeral (
      txn, call->actor.user_id, user_id, channel_id, uc_json_get_string (fields, "root_id", ""),
      uc_json_get_string (fields, "message", ""), json_object_new (), error);
  return answer_post (call, txn, 201, post, error);
}

gboolean
uc_posts_get (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (UcPost) post =
      uc_post_service_find (txn, &call->actor, uc_call_get_param (call, "post_id"), error);
  g_autofree char *etag = NULL;

  if (post == NULL)
    return FALSE;
  etag = g_strdup_printf ("%s.%s.%" G_GINT64_FORMAT, UC_SITE_API_VERSION, post->id,
                          post->update_at_ms);
  if (uc_call_check_etag (call, etag))
    return TRUE;
  return uc_post_service_fill (txn, post, error) && answer_post (call, txn, 200, post, error);
}

gboolean
uc_posts_patch (UcCall *call, UcTxn *txn, GError **error)
{
  JsonObject *body = uc_call_need_object (call, "post", error);
  g_autoptr (UcPost) post = NULL;

  if (body == NULL)
    return FALSE;
  post =
      uc_post_service_change (txn, &call->actor, uc_call_get_param (call, "post_id"), body, error);
  return answer_post (call, txn, 200, post, error);
}

/* As a patch, but what is absent is reset. */
gboolean
uc_posts_put (UcCall *call, UcTxn *txn, GError **error)
{
  JsonObject *body = uc_call_need_object (call, "post", error);
  g_autoptr (UcPost) post = NULL;

  if (body == NULL)
    return FALSE;
  if (!g_str_equal (uc_json_get_string (body, "id", ""), uc_call_get_param (call, "post_id"))) {
    uc_refuse_body (error, "id");
    return FALSE;
  }
  if (!json_object_has_member (body, "is_pinned"))
    json_object_set_boolean_member (body, "is_pinned", FALSE);
  if (!json_object_has_member (body, "props"))
    json_object_set_object_member (body, "props", json_object_new ());
  if (!json_object_has_member (body, "message"))
    json_object_set_string_member (body, "message", "");
  post =
      uc_post_service_change (txn, &call->actor, uc_call_get_param (call, "post_id"), body, error);
  return answer_post (call, txn, 200, post, error);
}

gboolean
uc_posts_delete (UcCall *call, UcTxn *txn, GError **error)
{
  if (!uc_post_service_delete (txn, &call->actor, uc_call_get_param (call, "post_id"), error))
    return FALSE;
  uc_call_answer_ok (call);
  return TRUE;
}

static gboolean
set_pinned (UcCall *call, UcTxn *txn, gboolean is_pinned, GError **error)
{
  if (!uc_post_service_set_pinned (txn, &call->actor, uc_call_get_param (call, "post_id"),
                                   is_pinned, error))
    return FALSE;
  uc_call_answer_ok (call);
  return TRUE;
}

gboolean
uc_posts_pin (UcCall *call, UcTxn *txn, GError **error)
{
  return set_pinned (call, txn, TRUE, error);
}

gboolean
uc_posts_unpin (UcCall *call, UcTxn *txn, GError **error)
{
  return set_pinned (call, txn, FALSE, error);
}

gboolean
uc_posts_list_files (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (UcPost) post =
      uc_post_service_find (txn, &call->actor, uc_call_get_param (call, "post_id"), error);
  JsonArray *array;

  if (post == NULL || !uc_post_service_fill (txn, post, error))
    return FALSE;
  array = json_array_new ();
  for (guint i = 0; i < post->files->len; i++)
    json_array_add_element (array, uc_wire_file_to_json (g_ptr_array_index (post->files, i)));
  uc_call_answer_array (call, 200, array);
  return TRUE;
}

/* -- Reactions --------------------------------------------------------------------- */

gboolean
uc_reactions_add (UcCall *call, UcTxn *txn, GError **error)
{
  JsonObject *body = uc_call_need_object (call, "reaction", error);
  g_autoptr (UcReaction) reaction = uc_reaction_new ();

  if (body == NULL)
    return FALSE;
  g_set_str (&reaction->user_id, uc_json_get_string (body, "user_id", ""));
  g_set_str (&reaction->post_id, uc_json_get_string (body, "post_id", ""));
  g_set_str (&reaction->emoji_name, uc_json_get_string (body, "emoji_name", ""));
  if (!g_str_equal (reaction->user_id, call->actor.user_id)) {
    uc_refuse (error, UC_REFUSAL_REACTION_OTHER);
    return FALSE;
  }
  if (!uc_post_service_react (txn, &call->actor, reaction, error))
    return FALSE;
  uc_call_answer_node (call, 200, uc_wire_reaction_to_json (reaction));
  return TRUE;
}

gboolean
uc_reactions_remove (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (UcReaction) reaction = uc_reaction_new ();

  if (!g_str_equal (uc_call_get_param (call, "user_id"), call->actor.user_id)) {
    uc_refuse (error, UC_REFUSAL_PERMISSION);
    return FALSE;
  }
  g_set_str (&reaction->user_id, call->actor.user_id);
  g_set_str (&reaction->post_id, uc_call_get_param (call, "post_id"));
  g_set_str (&reaction->emoji_name, uc_call_get_param (call, "emoji_name"));
  if (!uc_post_service_unreact (txn, &call->actor, reaction, error))
    return FALSE;
  uc_call_answer_ok (call);
  return TRUE;
}

static JsonArray *
make_reactions (UcTxn *txn, const char *post_id, GError **error)
{
  g_autoptr (GPtrArray) reactions = uc_reaction_table_list (txn->db, post_id, error);
  JsonArray *array;

  if (reactions == NULL)
    return NULL;
  array = json_array_new ();
  for (guint i = 0; i < reactions->len; i++)
    json_array_add_element (array, uc_wire_reaction_to_json (g_ptr_array_index (reactions, i)));
  return array;
}

gboolean
uc_reactions_list (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (UcPost) post =
      uc_post_service_find (txn, &call->actor, uc_call_get_param (call, "post_id"), error);
  JsonArray *array = post != NULL ? make_reactions (txn, post->id, error) : NULL;

  if (array == NULL)
    return FALSE;
  uc_call_answer_array (call, 200, array);
  return TRUE;
}

gboolean
uc_reactions_list_bulk (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (GPtrArray) ids = uc_call_need_strings (call, "post_ids", error);
  g_autoptr (JsonObject) answer = json_object_new ();

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++) {
    g_autoptr (UcPost) post = uc_post_table_find (txn->db, g_ptr_array_index (ids, i), FALSE, NULL);
    JsonArray *array;

    if (post == NULL ||
        !uc_access_need_channel (txn, &call->actor, post->channel_id, "read_channel", NULL)) {
      uc_refuse (error, UC_REFUSAL_PERMISSION);
      return FALSE;
    }
    array = make_reactions (txn, post->id, error);
    if (array == NULL)
      return FALSE;
    json_object_set_array_member (answer, post->id, array);
  }
  uc_call_answer_object (call, 200, g_steal_pointer (&answer));
  return TRUE;
}
