/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files: sent, looked up, fetched (protocol.md 10). There is no library for pictures
 * here: of small pictures the original serves as preview, larger ones have none. */

#include "config.h"

#include "uc-handlers.h"

#include "uc-file-service.h"
#include "uc-id.h"
#include "uc-json.h"
#include "uc-mime.h"
#include "uc-refusal.h"
#include "uc-wire-json.h"

#define MAX_FOUND 100

/* -- Sending ----------------------------------------------------------------------- */

/* The channel can come in the address or in the form. */
static const char *
get_channel_id (UcCall *call)
{
  UcUploadPart *part = uc_call_find_part (call, "channel_id");

  return part != NULL && part->value != NULL ? part->value
                                             : uc_call_get_query (call, "channel_id", "");
}

/* Before the bytes come: who may not send them here need not. */
gboolean
uc_files_prepare_upload (UcCall *call, UcTxn *txn, GError **error)
{
  const char *channel_id = uc_call_get_query (call, "channel_id", "");

  return *channel_id == '\0' ||
         uc_access_need_channel (txn, &call->actor, channel_id, "upload_file", error);
}

static JsonNode *
make_info (UcFile *file)
{
  g_set_str (&file->channel_id, "");
  return uc_wire_file_to_json (file);
}

static JsonNode *
take_part (UcCall       *call,
           UcTxn        *txn,
           UcUploadPart *part,
           const char   *channel_id,
           const char   *name,
           GError      **error)
{
  const UcNewFile fields = {
    .channel_id = channel_id,
    .name = name,
    .path = part->path,
    .size = part->size,
    .width = part->width,
    .height = part->height,
  };
  g_autoptr (UcFile) file = uc_file_service_create (txn, &call->actor, &fields, error);

  if (file == NULL)
    return NULL;
  g_clear_pointer (&part->path, g_free);
  return make_info (file);
}

static void
answer_upload (UcCall *call, JsonArray *infos, JsonArray *client_ids)
{
  JsonObject *answer = json_object_new ();

  json_object_set_array_member (answer, "file_infos", infos);
  if (client_ids != NULL)
    json_object_set_array_member (answer, "client_ids", client_ids);
  else
    json_object_set_null_member (answer, "client_ids");
  uc_call_answer_object (call, 201, answer);
}

static gboolean
upload_simple (UcCall *call, UcTxn *txn, UcUploadPart *part, GError **error)
{
  const char *channel_id = uc_call_get_query (call, "channel_id", "");
  const char *name = uc_call_get_query (call, "filename", "");
  const char *client_id = uc_call_get_query (call, "client_id", "");
  JsonArray  *infos;
  JsonArray  *client_ids = NULL;
  JsonNode   *info;

  if (*channel_id == '\0' || *name == '\0') {
    uc_refuse_url (error, *channel_id == '\0' ? "channel_id" : "filename");
    return FALSE;
  }
  if (part->size == 0) {
    uc_refuse (error, UC_REFUSAL_FILE_READ);
    return FALSE;
  }
  info = take_part (call, txn, part, channel_id, name, error);
  if (info == NULL)
    return FALSE;
  infos = json_array_new ();
  json_array_add_element (infos, info);
  if (*client_id != '\0') {
    client_ids = json_array_new ();
    json_array_add_string_element (client_ids, client_id);
  }
  answer_upload (call, infos, client_ids);
  return TRUE;
}

static gboolean
check_client_ids (guint n_files, guint n_client_ids, GError **error)
{
  g_autofree char *counts = NULL;

  if (n_client_ids == 0 || n_client_ids == n_files)
    return TRUE;
  counts = g_strdup_printf ("%u client_ids for %u", n_client_ids, n_files);
  uc_refuse_named (error, UC_REFUSAL_FILE_CLIENT_IDS, counts);
  return FALSE;
}

static gboolean
upload_form (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (JsonArray) infos = json_array_new ();
  g_autoptr (JsonArray) client_ids = json_array_new ();
  const char *channel_id = get_channel_id (call);
  guint       n_files = 0;

  for (guint i = 0; i < call->parts->len; i++) {
    UcUploadPart *part = g_ptr_array_index (call->parts, i);

    if (part->path != NULL)
      n_files++;
    else if (g_str_equal (part->field, "client_ids"))
      json_array_add_string_element (client_ids, part->value);
  }
  if (!check_client_ids (n_files, json_array_get_length (client_ids), error) ||
      !uc_access_need_channel (txn, &call->actor, channel_id, "upload_file", error))
    return FALSE;
  for (guint i = 0; i < call->parts->len; i++) {
    UcUploadPart *part = g_ptr_array_index (call->parts, i);
    JsonNode     *info;

    if (part->path == NULL)
      continue;
    info = take_part (call, txn, part, channel_id, part->file_name, error);
    if (info == NULL)
      return FALSE;
    json_array_add_element (infos, info);
  }
  answer_upload (call, g_steal_pointer (&infos), g_steal_pointer (&client_ids));
  return TRUE;
}

gboolean
uc_files_upload (UcCall *call, UcTxn *txn, GError **error)
{
  UcUploadPart *first = call->parts->len > 0 ? g_ptr_array_index (call->parts, 0) : NULL;

  /* A raw body is one part without a field. */
  if (first != NULL && first->path != NULL && *first->field == '\0')
    return upload_simple (call, txn, first, error);
  return upload_form (call, txn, error);
}

/* -- Fetching ---------------------------------------------------------------------- */

static void
add_disposition (UcCall *call, const UcFile *file, gboolean is_inline)
{
  g_autofree char *name = g_uri_escape_string (file->name, NULL, FALSE);
  g_autofree char *header = g_strdup_printf ("%s;filename=\"%s\"; filename*=UTF-8''%s",
                                             is_inline ? "inline" : "attachment", name, name);

  uc_call_add_header (call, "Content-Disposition", header);
}

static void
add_times (UcCall *call, const UcFile *file)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (file->update_at_ms / 1000);
  g_autofree char *text = NULL;

  if (time == NULL)
    return;
  text = g_date_time_format (time, "%a, %d %b %Y %H:%M:%S GMT");
  uc_call_add_header (call, "Last-Modified", text);
}

/* What people have sent is never run: not by its type, not in a frame, not as script. */
static void
answer_bytes (UcCall *call, UcTxn *txn, const UcFile *file, gboolean may_be_inline)
{
  call->status = 200;
  call->content_type = uc_mime_get_served (file->mime_type);
  call->answer_path = uc_file_service_dup_path (txn, file->id);
  add_disposition (call, file, may_be_inline && uc_mime_is_inline (file->mime_type));
  add_times (call, file);
  uc_call_add_header (call, "Cache-Control", "private, no-cache");
  uc_call_add_header (call, "Content-Security-Policy",
                      "default-src 'none'; sandbox; frame-ancestors 'none'");
}

static UcFile *
find (UcCall *call, UcTxn *txn, GError **error)
{
  return uc_file_service_find (txn, &call->actor, uc_call_get_param (call, "file_id"), error);
}

gboolean
uc_files_get (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (UcFile) file = find (call, txn, error);
  const char *download = uc_call_get_query (call, "download", "");

  if (file == NULL)
    return FALSE;
  answer_bytes (call, txn, file, !g_str_equal (download, "1") && !g_str_equal (download, "true"));
  return TRUE;
}

static gboolean
answer_preview (UcCall *call, UcTxn *txn, UcRefusal refusal, GError **error)
{
  g_autoptr (UcFile) file = find (call, txn, error);

  if (file == NULL)
    return FALSE;
  if (file->width == 0 || file->size_bytes > UC_MAX_PREVIEW_BYTES) {
    uc_refuse (error, refusal);
    return FALSE;
  }
  answer_bytes (call, txn, file, TRUE);
  return TRUE;
}

gboolean
uc_files_get_thumbnail (UcCall *call, UcTxn *txn, GError **error)
{
  return answer_preview (call, txn, UC_REFUSAL_FILE_NO_THUMBNAIL, error);
}

gboolean
uc_files_get_preview (UcCall *call, UcTxn *txn, GError **error)
{
  return answer_preview (call, txn, UC_REFUSAL_FILE_NO_PREVIEW, error);
}

gboolean
uc_files_get_info (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (UcFile) file = find (call, txn, error);

  if (file == NULL)
    return FALSE;
  uc_call_add_header (call, "Cache-Control", "max-age=2592000, private");
  uc_call_answer_node (call, 200, make_info (file));
  return TRUE;
}

gboolean
uc_files_refuse_link (UcCall *call, UcTxn *txn, GError **error)
{
  uc_refuse (error, UC_REFUSAL_FILE_LINKS_OFF);
  return FALSE;
}

gboolean
uc_files_search (UcCall *call, UcTxn *txn, GError **error)
{
  JsonObject *body = uc_call_need_object (call, "terms", error);
  const char *terms = uc_json_get_string (body, "terms", "");
  g_autoptr (GPtrArray) files = NULL;
  JsonObject *answer;
  JsonObject *infos;
  JsonArray  *order;

  if (body == NULL)
    return FALSE;
  if (*terms == '\0') {
    uc_refuse_body (error, "terms");
    return FALSE;
  }
  files = uc_file_table_search (txn->db, call->actor.user_id, uc_call_get_param (call, "team_id"),
                                terms, MAX_FOUND, error);
  if (files == NULL)
    return FALSE;
  order = json_array_new ();
  infos = json_object_new ();
  for (guint i = 0; i < files->len; i++) {
    UcFile *file = g_ptr_array_index (files, i);

    json_array_add_string_element (order, file->id);
    json_object_set_member (infos, file->id, uc_wire_file_to_json (file));
  }
  answer = json_object_new ();
  json_object_set_array_member (answer, "order", order);
  json_object_set_object_member (answer, "file_infos", infos);
  json_object_set_string_member (answer, "next_file_info_id", "");
  json_object_set_string_member (answer, "prev_file_info_id", "");
  uc_call_answer_object (call, 200, answer);
  return TRUE;
}
