/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures of people, and emoji that people have added (protocol.md 4.2, 11). */

#include "config.h"

#include "uc-handlers.h"

#include "uc-avatar.h"
#include "uc-emoji-table.h"
#include "uc-id.h"
#include "uc-json.h"
#include "uc-limits.h"
#include "uc-refusal.h"
#include "uc-text.h"
#include "uc-user-service.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define MAX_EMOJI_BYTES   (1024 * 1024)
#define MAX_PICTURE_BYTES (16 * 1024 * 1024)

/* Names that everybody's keyboard has already. */
static const char *const standard_names[] = { "+1",
                                              "-1",
                                              "100",
                                              "angry",
                                              "blush",
                                              "broken_heart",
                                              "cake",
                                              "clap",
                                              "coffee",
                                              "cry",
                                              "eyes",
                                              "fire",
                                              "grin",
                                              "grinning",
                                              "heart",
                                              "heart_eyes",
                                              "hospital",
                                              "joy",
                                              "muscle",
                                              "ok",
                                              "ok_hand",
                                              "pray",
                                              "point_up",
                                              "rage",
                                              "raised_hands",
                                              "rocket",
                                              "rofl",
                                              "scream",
                                              "skull",
                                              "slightly_smiling_face",
                                              "smile",
                                              "smiley",
                                              "sob",
                                              "star",
                                              "sunglasses",
                                              "sweat_smile",
                                              "tada",
                                              "thinking",
                                              "thumbsdown",
                                              "thumbsup",
                                              "warning",
                                              "wave",
                                              "white_check_mark",
                                              "wink",
                                              "x",
                                              "yum",
                                              NULL };

static char *
dup_picture_path (UcTxn *txn, const char *name)
{
  return g_build_filename (txn->site->pictures_dir, name, NULL);
}

/* Only what a browser or a client shows without running anything. */
static gboolean
is_picture (const UcUploadPart *part)
{
  return part != NULL && part->path != NULL && part->image_type != NULL &&
         (gint64) part->width * part->height <= UC_LIMIT_IMAGE_PIXELS;
}

static gboolean
keep_picture (UcTxn *txn, UcUploadPart *part, const char *name, GError **error)
{
  g_autofree char *path = dup_picture_path (txn, name);

  if (g_rename (part->path, path) != 0) {
    g_warning ("Keeping a picture: %s", g_strerror (errno));
    uc_refuse (error, UC_REFUSAL_BUSY);
    return FALSE;
  }
  g_clear_pointer (&part->path, g_free);
  return TRUE;
}

static const char *
get_type (const char *extension)
{
  return g_str_equal (extension, "jpeg")   ? "image/jpeg"
         : g_str_equal (extension, "gif")  ? "image/gif"
         : g_str_equal (extension, "webp") ? "image/webp"
                                           : "image/png";
}

static void
answer_picture (UcCall *call, UcTxn *txn, const char *name, const char *cache)
{
  const char *dot = strrchr (name, '.');

  call->status = 200;
  call->content_type = get_type (dot != NULL ? dot + 1 : "");
  call->answer_path = dup_picture_path (txn, name);
  uc_call_add_header (call, "Cache-Control", cache);
}

/* -- People ------------------------------------------------------------------------ */

static void
answer_drawn (UcCall *call, UcAccount *account)
{
  UcUser          *user = account->user;
  g_autofree char *full = g_strstrip (g_strconcat (user->first_name, " ", user->last_name, NULL));

  uc_call_answer_bytes (call, "image/png",
                        uc_avatar_draw (user->id, *full != '\0' ? full : user->username));
}

gboolean
uc_pictures_get (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (UcAccount) account =
      uc_user_table_find (txn->db, uc_call_get_param (call, "user_id"), error);
  g_autofree char *etag = NULL;

  if (account == NULL)
    return FALSE;
  etag = g_strdup_printf ("%" G_GINT64_FORMAT, account->user->last_picture_update_ms);
  if (uc_call_check_etag (call, etag))
    return TRUE;
  if (*account->picture != '\0') {
    answer_picture (call, txn, account->picture, "max-age=86400, private");
    return TRUE;
  }
  answer_drawn (call, account);
  uc_call_add_header (call, "Cache-Control", "max-age=86400, private");
  return TRUE;
}

gboolean
uc_pictures_get_default (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (UcAccount) account =
      uc_user_table_find (txn->db, uc_call_get_param (call, "user_id"), error);

  if (account == NULL)
    return FALSE;
  answer_drawn (call, account);
  uc_call_add_header (call, "Cache-Control", "max-age=86400, private");
  return TRUE;
}

static gboolean
write_picture (UcCall *call, UcTxn *txn, UcAccount *account, const char *name, GError **error)
{
  g_autofree char *old =
      *account->picture != '\0' ? dup_picture_path (txn, account->picture) : NULL;

  g_set_str (&account->picture, name);
  account->user->last_picture_update_ms = *name != '\0' ? txn->now_ms : 0;
  if (!uc_user_service_update (txn, account, error))
    return FALSE;
  if (old != NULL)
    g_unlink (old);
  uc_call_answer_ok (call);
  return TRUE;
}

gboolean
uc_pictures_set (UcCall *call, UcTxn *txn, GError **error)
{
  UcUploadPart *part = uc_call_find_part (call, "image");
  g_autoptr (UcAccount) account = NULL;
  g_autofree char *id = uc_id_new ();
  g_autofree char *name = NULL;

  if (part == NULL) {
    uc_refuse (error, UC_REFUSAL_IMAGE_MISSING);
    return FALSE;
  }
  if (!is_picture (part) || part->size > MAX_PICTURE_BYTES) {
    uc_refuse (error, UC_REFUSAL_IMAGE_LIMITS);
    return FALSE;
  }
  account = uc_user_table_find (txn->db, uc_call_get_param (call, "user_id"), error);
  if (account == NULL)
    return FALSE;
  name = g_strconcat (id, ".", part->image_type + strlen ("image/"), NULL);
  return keep_picture (txn, part, name, error) && write_picture (call, txn, account, name, error);
}

gboolean
uc_pictures_clear (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (UcAccount) account =
      uc_user_table_find (txn->db, uc_call_get_param (call, "user_id"), error);

  return account != NULL && write_picture (call, txn, account, "", error);
}

/* -- Emoji ------------------------------------------------------------------------- */

static gboolean
answer_emoji_list (UcCall *call, GPtrArray *list)
{
  JsonArray *array;

  if (list == NULL)
    return FALSE;
  array = json_array_new ();
  for (guint i = 0; i < list->len; i++)
    json_array_add_object_element (array, uc_emoji_to_json (g_ptr_array_index (list, i)));
  uc_call_answer_array (call, 200, array);
  return TRUE;
}

gboolean
uc_emoji_list (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (GPtrArray) list = NULL;
  int offset;
  int limit;

  uc_call_get_page (call, &offset, &limit);
  list = uc_emoji_table_list (txn->db, "", FALSE, offset, limit, error);
  return answer_emoji_list (call, list);
}

gboolean
uc_emoji_search (UcCall *call, UcTxn *txn, GError **error)
{
  JsonObject *body = uc_call_need_object (call, "term", error);
  g_autoptr (GPtrArray) list = NULL;

  if (body == NULL)
    return FALSE;
  list = uc_emoji_table_list (txn->db, uc_json_get_string (body, "term", ""),
                              uc_json_get_boolean (body, "prefix_only", FALSE), 0, 200, error);
  return answer_emoji_list (call, list);
}

gboolean
uc_emoji_autocomplete (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (GPtrArray) list =
      uc_emoji_table_list (txn->db, uc_call_get_query (call, "name", ""), TRUE, 0, 100, error);

  return answer_emoji_list (call, list);
}

gboolean
uc_emoji_get (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (UcEmoji) emoji =
      uc_emoji_table_find (txn->db, uc_call_get_param (call, "emoji_id"), error);

  if (emoji == NULL)
    return FALSE;
  uc_call_answer_object (call, 200, uc_emoji_to_json (emoji));
  return TRUE;
}

gboolean
uc_emoji_get_by_name (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (UcEmoji) emoji = NULL;

  if (!uc_emoji_table_find_name (txn->db, uc_call_get_param (call, "name"), &emoji, error))
    return FALSE;
  if (emoji == NULL) {
    uc_refuse (error, UC_REFUSAL_EMOJI_NAME_UNKNOWN);
    return FALSE;
  }
  uc_call_answer_object (call, 200, uc_emoji_to_json (emoji));
  return TRUE;
}

gboolean
uc_emoji_get_image (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (UcEmoji) emoji =
      uc_emoji_table_find (txn->db, uc_call_get_param (call, "emoji_id"), error);
  g_autofree char *name = NULL;

  if (emoji == NULL)
    return FALSE;
  name = g_strconcat ("emoji-", emoji->id, ".", emoji->mime_type + strlen ("image/"), NULL);
  answer_picture (call, txn, name, "max-age=2592000, private");
  return TRUE;
}

/* NULL and a refusal unless the form says what the emoji is called and whose it is. */
static JsonObject *
read_emoji (UcCall *call, JsonNode **node, GError **error)
{
  UcUploadPart *part = uc_call_find_part (call, "emoji");
  g_autoptr (GBytes) bytes = NULL;
  JsonObject *fields;
  const char *name;

  if (part != NULL && part->value != NULL) {
    bytes = g_bytes_new (part->value, strlen (part->value));
    *node = uc_text_parse_body (bytes);
  }
  fields = *node != NULL && JSON_NODE_HOLDS_OBJECT (*node) ? json_node_get_object (*node) : NULL;
  name = uc_json_get_string (fields, "name", "");
  if (fields == NULL) {
    uc_refuse_body (error, "emoji");
    return NULL;
  }
  if (!uc_text_is_emoji_name (name) || g_strv_contains (standard_names, name)) {
    uc_refuse (error, UC_REFUSAL_EMOJI_NAME);
    return NULL;
  }
  if (!g_str_equal (uc_json_get_string (fields, "creator_id", ""), call->actor.user_id)) {
    uc_refuse (error, UC_REFUSAL_EMOJI_CREATOR);
    return NULL;
  }
  return fields;
}

static void
push_emoji (UcTxn *txn, const UcEmoji *emoji)
{
  g_autoptr (JsonObject) record = uc_emoji_to_json (emoji);
  g_autofree char *text = uc_json_object_to_text (record);
  JsonObject      *data = json_object_new ();

  json_object_set_string_member (data, "emoji", text);
  uc_txn_push_to_all (txn, "emoji_added", data);
}

gboolean
uc_emoji_create (UcCall *call, UcTxn *txn, GError **error)
{
  UcUploadPart *image = uc_call_find_part (call, "image");
  g_autoptr (JsonNode) node = NULL;
  JsonObject      *fields = read_emoji (call, &node, error);
  g_autofree char *id = uc_id_new ();
  g_autofree char *file_name = NULL;
  UcEmoji          emoji = {
             .id = id,
             .creator_id = (char *) call->actor.user_id,
             .create_at_ms = txn->now_ms,
             .update_at_ms = txn->now_ms,
  };

  if (fields == NULL)
    return FALSE;
  if (image != NULL && image->size > MAX_EMOJI_BYTES) {
    uc_refuse (error, UC_REFUSAL_EMOJI_LARGE);
    return FALSE;
  }
  emoji.name = (char *) uc_json_get_string (fields, "name", "");
  emoji.mime_type = image != NULL ? image->image_type : NULL;
  if (!is_picture (image) || g_str_equal (image->image_type, "image/webp")) {
    uc_refuse (error, UC_REFUSAL_EMOJI_IMAGE);
    return FALSE;
  }
  file_name = g_strconcat ("emoji-", id, ".", emoji.mime_type + strlen ("image/"), NULL);
  if (!uc_emoji_table_insert (txn->db, &emoji, error) ||
      !keep_picture (txn, image, file_name, error))
    return FALSE;
  push_emoji (txn, &emoji);
  uc_call_answer_object (call, 200, uc_emoji_to_json (&emoji));
  return TRUE;
}

gboolean
uc_emoji_delete (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (UcEmoji) emoji =
      uc_emoji_table_find (txn->db, uc_call_get_param (call, "emoji_id"), error);
  gboolean is_own;

  if (emoji == NULL)
    return FALSE;
  is_own = g_str_equal (emoji->creator_id, call->actor.user_id);
  if (!uc_access_need_system (&call->actor, is_own ? "delete_emojis" : "delete_others_emojis",
                              error) ||
      !uc_emoji_table_delete (txn->db, emoji->id, txn->now_ms, error))
    return FALSE;
  uc_call_answer_ok (call);
  return TRUE;
}
