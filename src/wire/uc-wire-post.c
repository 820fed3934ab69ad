/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Posts, with the files and reactions that hang on them. */

#include "config.h"

#include "uc-wire-private.h"

#include "uc-error.h"
#include "uc-id.h"
#include "uc-json.h"

#include <string.h>

/**
 * uc_wire_reaction_from_json:
 * @node: (nullable): a reaction record
 * @path: what errors call it
 *
 * Any thread.
 *
 * Errors: %UC_ERROR_PROTOCOL
 *
 * Returns: (transfer full): the reaction
 */
UcReaction *
uc_wire_reaction_from_json (JsonNode *node, const char *path, GError **error)
{
  JsonObject *object = uc_json_as_object (node, path, error);
  g_autoptr (UcReaction) reaction = NULL;

  if (object == NULL)
    return NULL;
  reaction = uc_reaction_new ();
  if (!_uc_wire_need_id (object, path, "user_id", &reaction->user_id, error) ||
      !_uc_wire_need_id (object, path, "post_id", &reaction->post_id, error) ||
      !_uc_wire_need_text (object, path, "emoji_name", &reaction->emoji_name, error))
    return NULL;

  reaction->create_at_ms = _uc_wire_get_time (object, "create_at");
  return g_steal_pointer (&reaction);
}

/**
 * uc_wire_reaction_to_json:
 * @reaction: a reaction
 *
 * Any thread.
 *
 * Returns: (transfer full): the record as a server answers it
 */
JsonNode *
uc_wire_reaction_to_json (const UcReaction *reaction)
{
  JsonObject *object = json_object_new ();
  JsonNode   *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (object, "user_id", reaction->user_id);
  json_object_set_string_member (object, "post_id", reaction->post_id);
  json_object_set_string_member (object, "emoji_name", reaction->emoji_name);
  json_object_set_int_member (object, "create_at", reaction->create_at_ms);
  json_object_set_int_member (object, "update_at", reaction->create_at_ms);
  json_object_set_int_member (object, "delete_at", 0);
  json_object_set_string_member (object, "remote_id", "");

  json_node_take_object (node, object);
  return node;
}

/**
 * uc_wire_file_from_json:
 * @node: (nullable): a file's record
 * @path: what errors call it
 *
 * Any thread.
 *
 * Errors: %UC_ERROR_PROTOCOL
 *
 * Returns: (transfer full): the file
 */
UcFile *
uc_wire_file_from_json (JsonNode *node, const char *path, GError **error)
{
  JsonObject *object = uc_json_as_object (node, path, error);
  g_autoptr (UcFile) file = NULL;

  if (object == NULL)
    return NULL;
  file = uc_file_new ();
  if (!_uc_wire_need_id (object, path, "id", &file->id, error))
    return NULL;

  _uc_wire_set_id (object, "user_id", &file->user_id);
  _uc_wire_set_id (object, "post_id", &file->post_id);
  _uc_wire_set_id (object, "channel_id", &file->channel_id);
  _uc_wire_set_text (object, "name", &file->name);
  _uc_wire_set_text (object, "extension", &file->extension);
  _uc_wire_set_text (object, "mime_type", &file->mime_type);
  _uc_wire_set_text (object, "mini_preview", &file->mini_preview);
  file->size_bytes = _uc_wire_get_count (object, "size");
  file->width = _uc_wire_get_small (object, "width");
  file->height = _uc_wire_get_small (object, "height");
  file->has_preview = uc_json_get_boolean (object, "has_preview_image", FALSE);
  file->create_at_ms = _uc_wire_get_time (object, "create_at");
  file->update_at_ms = _uc_wire_get_time (object, "update_at");
  file->delete_at_ms = _uc_wire_get_time (object, "delete_at");
  return g_steal_pointer (&file);
}

/**
 * uc_wire_file_to_json:
 * @file: a file
 *
 * Any thread.
 *
 * Returns: (transfer full): the record as a server answers it
 */
JsonNode *
uc_wire_file_to_json (const UcFile *file)
{
  JsonObject *object = json_object_new ();
  JsonNode   *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (object, "id", file->id);
  json_object_set_string_member (object, "user_id", file->user_id);
  if (*file->post_id != '\0')
    json_object_set_string_member (object, "post_id", file->post_id);
  json_object_set_string_member (object, "channel_id", file->channel_id);
  json_object_set_int_member (object, "create_at", file->create_at_ms);
  json_object_set_int_member (object, "update_at", file->update_at_ms);
  json_object_set_int_member (object, "delete_at", file->delete_at_ms);
  json_object_set_string_member (object, "name", file->name);
  json_object_set_string_member (object, "extension", file->extension);
  json_object_set_int_member (object, "size", file->size_bytes);
  json_object_set_string_member (object, "mime_type", file->mime_type);
  if (file->width > 0 && file->height > 0) {
    json_object_set_int_member (object, "width", file->width);
    json_object_set_int_member (object, "height", file->height);
  }
  if (file->has_preview)
    json_object_set_boolean_member (object, "has_preview_image", TRUE);
  if (file->mini_preview != NULL)
    json_object_set_string_member (object, "mini_preview", file->mini_preview);
  else
    json_object_set_null_member (object, "mini_preview");
  json_object_set_string_member (object, "remote_id", "");

  json_node_take_object (node, object);
  return node;
}

/* metadata.files is in no order; file_ids is in the order of the author. */
static void
sort_files (UcPost *post)
{
  guint n_sorted = 0;

  for (guint i = 0; post->file_ids[i] != NULL; i++) {
    for (guint j = n_sorted; j < post->files->len; j++) {
      UcFile *file = post->files->pdata[j];

      if (strcmp (file->id, post->file_ids[i]) == 0) {
        post->files->pdata[j] = post->files->pdata[n_sorted];
        post->files->pdata[n_sorted++] = file;
        break;
      }
    }
  }
}

/* Only ids may come near a path. */
static char **
dup_ids (JsonObject *object, const char *member)
{
  g_auto (GStrv) texts = uc_json_dup_strings (object, member);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; texts[i] != NULL; i++) {
    if (uc_id_is_valid (texts[i]))
      g_strv_builder_add (ids, texts[i]);
  }
  return g_strv_builder_end (ids);
}

static void
read_metadata (UcPost *post, JsonObject *metadata)
{
  JsonArray *files = uc_json_get_array (metadata, "files");
  JsonArray *reactions = uc_json_get_array (metadata, "reactions");

  post->has_metadata = metadata != NULL;
  if (files != NULL)
    _uc_wire_read_members (post->files, files, "metadata.files",
                           (UcWireReader) uc_wire_file_from_json);
  if (reactions != NULL)
    _uc_wire_read_members (post->reactions, reactions, "metadata.reactions",
                           (UcWireReader) uc_wire_reaction_from_json);
  sort_files (post);
}

/**
 * uc_wire_post_from_json:
 * @node: (nullable): a post
 * @path: what errors call it
 *
 * Takes `unified_chat` out of the props of @node. Any thread.
 *
 * Errors: %UC_ERROR_PROTOCOL
 *
 * Returns: (transfer full): the post
 */
UcPost *
uc_wire_post_from_json (JsonNode *node, const char *path, GError **error)
{
  JsonObject *object = uc_json_as_object (node, path, error);
  g_autoptr (UcPost) post = NULL;

  if (object == NULL)
    return NULL;
  post = uc_post_new ();
  if (!_uc_wire_need_id (object, path, "id", &post->id, error) ||
      !_uc_wire_need_id (object, path, "channel_id", &post->channel_id, error))
    return NULL;
  post->create_at_ms = _uc_wire_get_time (object, "create_at");
  if (post->create_at_ms == 0) {
    g_set_error (error, UC_ERROR, UC_ERROR_PROTOCOL, "%s.create_at: not a time", path);
    return NULL;
  }

  /* A hint of the server has no author. */
  _uc_wire_set_id (object, "user_id", &post->user_id);
  _uc_wire_set_id (object, "root_id", &post->root_id);
  _uc_wire_set_id (object, "original_id", &post->original_id);
  _uc_wire_set_text (object, "message", &post->message);
  _uc_wire_set_text (object, "type", &post->type);
  _uc_wire_set_text (object, "hashtags", &post->hashtags);
  _uc_wire_set_text (object, "pending_post_id", &post->pending_post_id);
  post->update_at_ms = _uc_wire_get_time (object, "update_at");
  post->edit_at_ms = _uc_wire_get_time (object, "edit_at");
  post->delete_at_ms = _uc_wire_get_time (object, "delete_at");
  post->last_reply_at_ms = _uc_wire_get_time (object, "last_reply_at");
  post->reply_count = _uc_wire_get_small (object, "reply_count");
  post->is_pinned = uc_json_get_boolean (object, "is_pinned", FALSE);
  post->has_reactions = uc_json_get_boolean (object, "has_reactions", FALSE);
  g_strfreev (post->file_ids);
  post->file_ids = dup_ids (object, "file_ids");
  read_metadata (post, uc_json_get_object (object, "metadata"));
  _uc_wire_take_props (post, uc_json_get_object (object, "props"));
  return g_steal_pointer (&post);
}

static JsonObject *
make_metadata (const UcPost *post)
{
  JsonObject *metadata = json_object_new ();

  if (post->files->len > 0) {
    JsonArray *files = json_array_new ();

    for (guint i = 0; i < post->files->len; i++)
      json_array_add_element (files, uc_wire_file_to_json (post->files->pdata[i]));
    json_object_set_array_member (metadata, "files", files);
  }
  if (post->reactions->len > 0) {
    JsonArray *reactions = json_array_new ();

    for (guint i = 0; i < post->reactions->len; i++)
      json_array_add_element (reactions, uc_wire_reaction_to_json (post->reactions->pdata[i]));
    json_object_set_array_member (metadata, "reactions", reactions);
  }
  return metadata;
}

/**
 * uc_wire_post_to_json:
 * @post: a post
 *
 * `metadata` is there when @post has_metadata; the answer to a repeated create goes
 * without. Any thread.
 *
 * Returns: (transfer full): the record as a server answers it
 */
JsonNode *
uc_wire_post_to_json (const UcPost *post)
{
  JsonObject *object = json_object_new ();
  JsonNode   *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (object, "id", post->id);
  json_object_set_int_member (object, "create_at", post->create_at_ms);
  json_object_set_int_member (object, "update_at", post->update_at_ms);
  json_object_set_int_member (object, "edit_at", post->edit_at_ms);
  json_object_set_int_member (object, "delete_at", post->delete_at_ms);
  json_object_set_boolean_member (object, "is_pinned", post->is_pinned);
  json_object_set_string_member (object, "user_id", post->user_id);
  json_object_set_string_member (object, "channel_id", post->channel_id);
  json_object_set_string_member (object, "root_id", post->root_id);
  json_object_set_string_member (object, "parent_id", post->root_id);
  json_object_set_string_member (object, "original_id", post->original_id);
  json_object_set_string_member (object, "message", post->message);
  json_object_set_string_member (object, "type", post->type);
  json_object_set_object_member (object, "props", _uc_wire_make_props (post, TRUE));
  json_object_set_string_member (object, "hashtags", post->hashtags);
  if (post->file_ids[0] != NULL) {
    JsonArray *ids = json_array_new ();

    for (guint i = 0; post->file_ids[i] != NULL; i++)
      json_array_add_string_element (ids, post->file_ids[i]);
    json_object_set_array_member (object, "file_ids", ids);
  }
  json_object_set_string_member (object, "pending_post_id", post->pending_post_id);
  if (post->has_reactions)
    json_object_set_boolean_member (object, "has_reactions", TRUE);
  json_object_set_int_member (object, "reply_count", post->reply_count);
  json_object_set_int_member (object, "last_reply_at", post->last_reply_at_ms);
  json_object_set_null_member (object, "participants");
  if (post->has_metadata)
    json_object_set_object_member (object, "metadata", make_metadata (post));

  json_node_take_object (node, object);
  return node;
}

/**
 * uc_wire_parse_post:
 * @body: an answer with one post
 *
 * Returns: (transfer full): the post
 */
UcPost *
uc_wire_parse_post (GBytes *body, GError **error)
{
  return _uc_wire_read_one (body, "post", (UcWireReader) uc_wire_post_from_json, error);
}

/**
 * uc_wire_parse_reactions:
 * @body: a list of reactions
 *
 * Returns: (transfer full) (element-type UcReaction): all of them
 */
GPtrArray *
uc_wire_parse_reactions (GBytes *body, GError **error)
{
  return _uc_wire_read_list (body, "reactions", NULL, (UcWireReader) uc_wire_reaction_from_json,
                             (GDestroyNotify) uc_reaction_unref, error);
}

/**
 * uc_wire_parse_file_infos:
 * @body: the answer to an upload, or a list of files
 *
 * Returns: (transfer full) (element-type UcFile): all of them
 */
GPtrArray *
uc_wire_parse_file_infos (GBytes *body, GError **error)
{
  return _uc_wire_read_list (body, "file_infos", "file_infos",
                             (UcWireReader) uc_wire_file_from_json, (GDestroyNotify) uc_file_unref,
                             error);
}
