/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The files of messages: what is known of them, never their bytes. */

#include "config.h"

#include "uc-store-files-private.h"

#include "uc-row-private.h"
#include "uc-store-messages-private.h"

#define FILE_COLUMNS                                                                               \
  "id, user_id, post_id, channel_id, name, extension, mime_type, mini_preview, local_path, "       \
  "size_bytes, width, height, has_preview, create_at_ms, update_at_ms, delete_at_ms"

static const char *READ_SQL = "SELECT " FILE_COLUMNS " FROM files WHERE id = :id";
/* What is only known here (the path, the message) outlives news from the server. */
static const char *PUT_SQL =
    "INSERT INTO files (seq, " FILE_COLUMNS ")"
    " VALUES (:seq, :id, :user_id, :post_id, :channel_id, :name, :extension, :mime_type,"
    "         :mini_preview, :local_path, :size, :width, :height, :has_preview, :create_at,"
    "         :update_at, :delete_at)"
    " ON CONFLICT (id) DO UPDATE"
    "   SET seq = coalesce (excluded.seq, seq),"
    "       user_id = excluded.user_id,"
    "       post_id = excluded.post_id,"
    "       channel_id = excluded.channel_id,"
    "       name = excluded.name,"
    "       extension = excluded.extension,"
    "       mime_type = excluded.mime_type,"
    "       mini_preview = coalesce (excluded.mini_preview, mini_preview),"
    "       local_path = coalesce (excluded.local_path, local_path),"
    "       size_bytes = excluded.size_bytes,"
    "       width = excluded.width,"
    "       height = excluded.height,"
    "       has_preview = excluded.has_preview,"
    "       create_at_ms = excluded.create_at_ms,"
    "       update_at_ms = excluded.update_at_ms,"
    "       delete_at_ms = excluded.delete_at_ms";
static const char *IDS_SQL = "SELECT id FROM files WHERE seq = :seq ORDER BY file";
static const char *REMOVE_SQL = "DELETE FROM files WHERE id = :id";
static const char *ADOPT_SQL =
    "UPDATE files SET id = :file_id, local_path = NULL WHERE id = :local_id";

static UcFile *
read_file (UcStmt *stmt)
{
  UcFile *file = uc_file_new ();

  _uc_row_take_text (stmt, 0, &file->id);
  _uc_row_take_text (stmt, 1, &file->user_id);
  _uc_row_take_text (stmt, 2, &file->post_id);
  _uc_row_take_text (stmt, 3, &file->channel_id);
  _uc_row_take_text (stmt, 4, &file->name);
  _uc_row_take_text (stmt, 5, &file->extension);
  _uc_row_take_text (stmt, 6, &file->mime_type);
  _uc_row_take_nullable (stmt, 7, &file->mini_preview);
  _uc_row_take_nullable (stmt, 8, &file->local_path);
  file->size_bytes = uc_stmt_get_int64 (stmt, 9);
  file->width = (int) uc_stmt_get_int64 (stmt, 10);
  file->height = (int) uc_stmt_get_int64 (stmt, 11);
  file->has_preview = uc_stmt_get_int64 (stmt, 12) != 0;
  file->create_at_ms = uc_stmt_get_int64 (stmt, 13);
  file->update_at_ms = uc_stmt_get_int64 (stmt, 14);
  file->delete_at_ms = uc_stmt_get_int64 (stmt, 15);
  return file;
}

gboolean
_uc_files_read (UcDb *db, UcMessage *message, GError **error)
{
  UcPost *post = message->post;

  for (guint i = 0; post->file_ids[i] != NULL; i++) {
    UcStmt  *stmt = uc_db_prepare (db, READ_SQL, error);
    gboolean has_row;

    if (stmt == NULL)
      return FALSE;
    uc_stmt_bind_text (stmt, ":id", post->file_ids[i]);
    if (!uc_stmt_step (stmt, &has_row, error))
      return FALSE;
    if (has_row)
      g_ptr_array_add (post->files, read_file (stmt));
    uc_stmt_reset (stmt);
  }
  return TRUE;
}

static gboolean
put (UcWrite *write, UcFile *file, gint64 seq, GError **error)
{
  UcStmt *stmt = uc_db_prepare (write->db, PUT_SQL, error);

  if (stmt == NULL)
    return FALSE;
  if (seq != 0)
    uc_stmt_bind_int64 (stmt, ":seq", seq);
  uc_stmt_bind_text (stmt, ":id", file->id);
  uc_stmt_bind_text (stmt, ":user_id", file->user_id);
  uc_stmt_bind_text (stmt, ":post_id", file->post_id);
  uc_stmt_bind_text (stmt, ":channel_id", file->channel_id);
  uc_stmt_bind_text (stmt, ":name", file->name);
  uc_stmt_bind_text (stmt, ":extension", file->extension);
  uc_stmt_bind_text (stmt, ":mime_type", file->mime_type);
  _uc_row_bind_nullable (stmt, ":mini_preview", file->mini_preview);
  _uc_row_bind_nullable (stmt, ":local_path", file->local_path);
  uc_stmt_bind_int64 (stmt, ":size", file->size_bytes);
  uc_stmt_bind_int64 (stmt, ":width", file->width);
  uc_stmt_bind_int64 (stmt, ":height", file->height);
  uc_stmt_bind_int64 (stmt, ":has_preview", file->has_preview);
  uc_stmt_bind_int64 (stmt, ":create_at", file->create_at_ms);
  uc_stmt_bind_int64 (stmt, ":update_at", file->update_at_ms);
  uc_stmt_bind_int64 (stmt, ":delete_at", file->delete_at_ms);
  if (!uc_stmt_run (stmt, error))
    return FALSE;
  _uc_recorder_file (write->recorder, file->id);
  return TRUE;
}

static GPtrArray *
list_ids (UcDb *db, gint64 seq, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, seq);

  /* The column's affinity makes a number of the text. */
  return _uc_row_list (db, IDS_SQL, ":seq", text, error);
}

static gboolean
remove_file (UcWrite *write, const char *id, GError **error)
{
  _uc_recorder_file (write->recorder, id);
  return _uc_row_run (write->db, REMOVE_SQL, ":id", id, error);
}

gboolean
_uc_files_replace (UcWrite *write, gint64 seq, UcPost *post, GError **error)
{
  g_autoptr (GPtrArray) old_ids = list_ids (write->db, seq, error);

  if (old_ids == NULL)
    return FALSE;
  for (guint i = 0; i < old_ids->len; i++) {
    const char *id = g_ptr_array_index (old_ids, i);

    if (!g_strv_contains ((const char *const *) post->file_ids, id) &&
        !remove_file (write, id, error))
      return FALSE;
  }
  for (guint i = 0; i < post->files->len; i++) {
    if (!put (write, g_ptr_array_index (post->files, i), seq, error))
      return FALSE;
  }
  return TRUE;
}

gboolean
_uc_files_clear (UcWrite *write, gint64 seq, GError **error)
{
  g_autoptr (GPtrArray) ids = list_ids (write->db, seq, error);

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++) {
    if (!remove_file (write, g_ptr_array_index (ids, i), error))
      return FALSE;
  }
  return TRUE;
}

gboolean
_uc_files_adopt (UcWrite *write, const char *local_id, const char *file_id, GError **error)
{
  UcStmt *stmt;

  /* It may have been put under its id already. */
  if (!_uc_row_run (write->db, REMOVE_SQL, ":id", file_id, error) ||
      (stmt = uc_db_prepare (write->db, ADOPT_SQL, error)) == NULL)
    return FALSE;
  uc_stmt_bind_text (stmt, ":file_id", file_id);
  uc_stmt_bind_text (stmt, ":local_id", local_id);
  _uc_recorder_file (write->recorder, file_id);
  return uc_stmt_run (stmt, error);
}

gboolean
_uc_op_put_file (UcWrite *write, const UcOp *op, GError **error)
{
  UcFile *file = op->record;
  gint64  seq = 0;

  if (*file->post_id != '\0' && !_uc_message_find (write->db, file->post_id, &seq, error))
    return FALSE;
  if (seq != 0)
    _uc_recorder_message_changed (write->recorder, seq);
  return put (write, file, seq, error);
}
