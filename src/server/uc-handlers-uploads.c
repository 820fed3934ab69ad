/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files that come in pieces, so that a broken connection costs only the last one
 * (protocol.md 10, `/uploads`). */

#define _GNU_SOURCE /* copy_file_range */

#include "config.h"

#include "uc-handlers.h"

#include "uc-file-service.h"
#include "uc-id.h"
#include "uc-image.h"
#include "uc-json.h"
#include "uc-refusal.h"
#include "uc-wire-json.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define MIN_FIRST_BYTES (5 * 1024 * 1024)

static JsonObject *
make_upload (const UcUpload *upload)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", upload->id);
  json_object_set_string_member (object, "type", "attachment");
  json_object_set_int_member (object, "create_at", upload->create_at_ms);
  json_object_set_string_member (object, "user_id", upload->user_id);
  json_object_set_string_member (object, "channel_id", upload->channel_id);
  json_object_set_string_member (object, "filename", upload->name);
  json_object_set_int_member (object, "file_size", upload->size);
  json_object_set_int_member (object, "file_offset", upload->offset);
  json_object_set_string_member (object, "remote_id", "");
  json_object_set_string_member (object, "req_file_id", "");
  return object;
}

static UcUpload *
find_own (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (UcUpload) upload =
      uc_file_table_find_upload (txn->db, uc_call_get_param (call, "upload_id"), error);

  if (upload == NULL)
    return NULL;
  if (!g_str_equal (upload->user_id, call->actor.user_id)) {
    uc_refuse (error, UC_REFUSAL_PERMISSION);
    return NULL;
  }
  return g_steal_pointer (&upload);
}

gboolean
uc_uploads_create (UcCall *call, UcTxn *txn, GError **error)
{
  JsonObject      *body = uc_call_need_object (call, "upload", error);
  g_autofree char *id = uc_id_new ();
  const UcUpload   upload = {
      .id = id,
      .user_id = (char *) call->actor.user_id,
      .channel_id = (char *) uc_json_get_string (body, "channel_id", ""),
      .name = (char *) uc_json_get_string (body, "filename", ""),
      .size = uc_json_get_int (body, "file_size", 0),
      .create_at_ms = txn->now_ms,
  };

  if (body == NULL)
    return FALSE;
  if (*upload.name == '\0' || upload.size <= 0) {
    uc_refuse_body (error, "upload");
    return FALSE;
  }
  if (upload.size > UC_SITE_MAX_FILE_BYTES) {
    uc_refuse (error, UC_REFUSAL_UPLOAD_LARGE);
    return FALSE;
  }
  if (!uc_access_need_channel (txn, &call->actor, upload.channel_id, "upload_file", error) ||
      !uc_file_table_put_upload (txn->db, &upload, error))
    return FALSE;
  uc_call_answer_object (call, 201, make_upload (&upload));
  return TRUE;
}

gboolean
uc_uploads_get (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (UcUpload) upload = find_own (call, txn, error);

  if (upload == NULL)
    return FALSE;
  uc_call_answer_object (call, 200, make_upload (upload));
  return TRUE;
}

gboolean
uc_uploads_list (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (GPtrArray) uploads =
      uc_file_table_list_uploads (txn->db, uc_call_get_param (call, "user_id"), error);
  JsonArray *array;

  if (uploads == NULL)
    return FALSE;
  array = json_array_new ();
  for (guint i = 0; i < uploads->len; i++)
    json_array_add_object_element (array, make_upload (g_ptr_array_index (uploads, i)));
  uc_call_answer_array (call, 200, array);
  return TRUE;
}

gboolean
uc_uploads_prepare_send (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (UcUpload) upload = find_own (call, txn, error);

  return upload != NULL;
}

static gboolean
copy_bytes (int from, int to, gint64 offset, gint64 size)
{
  off_t at = offset;

  while (size > 0) {
    gssize n = copy_file_range (from, NULL, to, &at, (gsize) size, 0);

    if (n <= 0)
      return FALSE;
    size -= n;
  }
  return TRUE;
}

/* Writes a piece where it belongs. What lies behind the offset that was told last is
 * of a try that was not finished, and is written over. */
static gboolean
append_piece (const char *path, gint64 offset, UcUploadPart *part, GError **error)
{
  int      from = g_open (part->path, O_RDONLY | O_CLOEXEC, 0);
  int      to = g_open (path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
  gboolean is_done =
      from >= 0 && to >= 0 && copy_bytes (from, to, offset, part->size) && fsync (to) == 0;

  if (!is_done) {
    g_warning ("Putting an upload together: %s", g_strerror (errno));
    uc_refuse (error, UC_REFUSAL_BUSY);
  }
  if (from >= 0)
    close (from);
  if (to >= 0)
    close (to);
  return is_done;
}

static gboolean
finish_upload (UcCall *call, UcTxn *txn, UcUpload *upload, const char *path, GError **error)
{
  g_autoptr (GMappedFile) mapped = g_mapped_file_new (path, FALSE, NULL);
  /* The file goes on under the upload's id: who lost the last answer finds it by that,
   * and need not send it again. */
  UcNewFile fields = {
    .id = upload->id,
    .channel_id = upload->channel_id,
    .name = upload->name,
    .path = path,
    .size = upload->size,
  };
  g_autoptr (UcFile) file = NULL;
  UcImageInfo info;

  if (mapped != NULL && uc_image_read_info ((const guint8 *) g_mapped_file_get_contents (mapped),
                                            g_mapped_file_get_length (mapped), &info)) {
    fields.width = info.width;
    fields.height = info.height;
  }
  file = uc_file_service_create (txn, &call->actor, &fields, error);
  if (file == NULL || !uc_file_table_delete_upload (txn->db, upload->id, error))
    return FALSE;
  g_set_str (&file->channel_id, "");
  uc_call_answer_node (call, 200, uc_wire_file_to_json (file));
  return TRUE;
}

gboolean
uc_uploads_send (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (UcUpload) upload = find_own (call, txn, error);
  UcUploadPart    *part = call->parts->len > 0 ? g_ptr_array_index (call->parts, 0) : NULL;
  g_autofree char *path = NULL;

  if (upload == NULL)
    return FALSE;
  if (part == NULL || part->path == NULL || part->size == 0 ||
      part->size > upload->size - upload->offset) {
    uc_refuse (error, UC_REFUSAL_UPLOAD_LENGTH);
    return FALSE;
  }
  if (upload->offset == 0 && part->size < upload->size && part->size < MIN_FIRST_BYTES) {
    uc_refuse (error, UC_REFUSAL_UPLOAD_FIRST_PART);
    return FALSE;
  }
  path = g_strconcat (txn->site->incoming_dir, "/upload-", upload->id, NULL);
  if (!append_piece (path, upload->offset, part, error))
    return FALSE;
  upload->offset += part->size;
  if (upload->offset == upload->size)
    return finish_upload (call, txn, upload, path, error);
  if (!uc_file_table_put_upload (txn->db, upload, error))
    return FALSE;
  call->status = 204;
  return TRUE;
}
