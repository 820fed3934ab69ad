/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tables `files` and `uploads`: what is known of files. Their bytes lie in the
 * data folder under their ids. */

#include "config.h"

#include "uc-file-table.h"

#include "uc-query.h"
#include "uc-refusal.h"

#define COLUMNS                                                                                    \
  "f.id, f.user_id, f.channel_id, f.post_id, f.name, f.extension, f.mime_type, f.size, f.width, "  \
  "f.height, f.create_at, f.update_at, f.delete_at"
#define UPLOAD_COLUMNS "id, user_id, channel_id, name, size, offset, create_at"

#define SQL_FIND "SELECT " COLUMNS " FROM files f WHERE f.id = :id AND f.delete_at = 0"
#define SQL_LIST_POST                                                                              \
  "SELECT " COLUMNS " FROM files f WHERE f.post_id = :post_id AND f.post_id <> '' "                \
  "AND f.delete_at = 0 ORDER BY f.create_at, f.id"
#define SQL_SEARCH                                                                                 \
  "SELECT " COLUMNS " FROM files f JOIN channels c ON c.id = f.channel_id "                        \
  "JOIN channel_members m ON m.channel_id = c.id AND m.user_id = :user_id "                        \
  "WHERE c.team_id IN ('', :team_id) AND c.delete_at = 0 AND f.delete_at = 0 "                     \
  "AND f.post_id <> '' AND instr (lower (f.name), lower (:term)) > 0 "                             \
  "ORDER BY f.create_at DESC, f.id LIMIT :limit"
#define SQL_INSERT                                                                                 \
  "INSERT INTO files (id, user_id, channel_id, post_id, name, extension, mime_type, size, width, " \
  "  height, create_at, update_at, delete_at) "                                                    \
  "VALUES (:id, :user_id, :channel_id, '', :name, :extension, :mime_type, :size, :width, "         \
  "  :height, :create_at, :create_at, 0)"
#define SQL_ATTACH                                                                                 \
  "UPDATE files SET post_id = :post_id WHERE id = :id AND user_id = :user_id "                     \
  "AND channel_id = :channel_id AND post_id = '' AND delete_at = 0"
#define SQL_DELETE_POST                                                                            \
  "UPDATE files SET delete_at = :now, update_at = :now WHERE delete_at = 0 "                       \
  "AND (post_id = :id OR post_id IN (SELECT id FROM posts WHERE root_id = :id AND root_id <> ''))"
#define SQL_LIST_WASTE                                                                             \
  "SELECT id FROM files WHERE delete_at > 0 OR (post_id = '' AND create_at < :before) "            \
  "ORDER BY create_at, id LIMIT :limit"
#define SQL_FORGET      "DELETE FROM files WHERE id = :id"
#define SQL_FIND_UPLOAD "SELECT " UPLOAD_COLUMNS " FROM uploads WHERE id = :id"
#define SQL_LIST_UPLOADS                                                                           \
  "SELECT " UPLOAD_COLUMNS " FROM uploads WHERE user_id = :user_id ORDER BY create_at, id"
#define SQL_PUT_UPLOAD                                                                             \
  "INSERT INTO uploads (id, user_id, channel_id, name, size, offset, create_at) "                  \
  "VALUES (:id, :user_id, :channel_id, :name, :size, :offset, :create_at) "                        \
  "ON CONFLICT (id) DO UPDATE SET offset = :offset"
#define SQL_DELETE_UPLOAD "DELETE FROM uploads WHERE id = :id"

static gpointer
read_file (UcStmt *stmt)
{
  UcFile *self = uc_file_new ();

  g_set_str (&self->id, uc_stmt_get_text (stmt, 0));
  g_set_str (&self->user_id, uc_stmt_get_text (stmt, 1));
  g_set_str (&self->channel_id, uc_stmt_get_text (stmt, 2));
  g_set_str (&self->post_id, uc_stmt_get_text (stmt, 3));
  g_set_str (&self->name, uc_stmt_get_text (stmt, 4));
  g_set_str (&self->extension, uc_stmt_get_text (stmt, 5));
  g_set_str (&self->mime_type, uc_stmt_get_text (stmt, 6));
  self->size_bytes = uc_stmt_get_int64 (stmt, 7);
  self->width = (int) uc_stmt_get_int64 (stmt, 8);
  self->height = (int) uc_stmt_get_int64 (stmt, 9);
  /* A GIF is its own preview. */
  self->has_preview = self->width > 0 && self->size_bytes <= UC_MAX_PREVIEW_BYTES &&
                      !g_str_equal (self->mime_type, "image/gif");
  self->create_at_ms = uc_stmt_get_int64 (stmt, 10);
  self->update_at_ms = uc_stmt_get_int64 (stmt, 11);
  self->delete_at_ms = uc_stmt_get_int64 (stmt, 12);
  return self;
}

static gpointer
read_upload (UcStmt *stmt)
{
  UcUpload *self = g_new0 (UcUpload, 1);

  self->id = uc_stmt_dup_text (stmt, 0);
  self->user_id = uc_stmt_dup_text (stmt, 1);
  self->channel_id = uc_stmt_dup_text (stmt, 2);
  self->name = uc_stmt_dup_text (stmt, 3);
  self->size = uc_stmt_get_int64 (stmt, 4);
  self->offset = uc_stmt_get_int64 (stmt, 5);
  self->create_at_ms = uc_stmt_get_int64 (stmt, 6);
  return self;
}

/**
 * uc_upload_free:
 * @self: (transfer full):
 */
void
uc_upload_free (UcUpload *self)
{
  g_free (self->id);
  g_free (self->user_id);
  g_free (self->channel_id);
  g_free (self->name);
  g_free (self);
}

/**
 * uc_file_table_find:
 *
 * Returns: (transfer full) (nullable): the file
 */
UcFile *
uc_file_table_find (UcDb *db, const char *id, GError **error)
{
  UcFile *file = NULL;

  if (uc_query_one (db, SQL_FIND, UC_BINDS (UC_TEXT (":id", id)), read_file, (gpointer *) &file,
                    error) &&
      file == NULL)
    uc_refuse (error, UC_REFUSAL_FILE_UNKNOWN);
  return file;
}

/**
 * uc_file_table_list_post:
 *
 * Returns: (transfer full) (element-type UcFile) (nullable): of one post
 */
GPtrArray *
uc_file_table_list_post (UcDb *db, const char *post_id, GError **error)
{
  return uc_query_rows (db, SQL_LIST_POST, UC_BINDS (UC_TEXT (":post_id", post_id)), read_file,
                        (GDestroyNotify) uc_file_unref, error);
}

/**
 * uc_file_table_search:
 *
 * Returns: (transfer full) (element-type UcFile) (nullable): newest first
 */
GPtrArray *
uc_file_table_search (UcDb       *db,
                      const char *user_id,
                      const char *team_id,
                      const char *term,
                      int         limit,
                      GError    **error)
{
  return uc_query_rows (db, SQL_SEARCH,
                        UC_BINDS (UC_TEXT (":user_id", user_id), UC_TEXT (":team_id", team_id),
                                  UC_TEXT (":term", term), UC_INT (":limit", limit)),
                        read_file, (GDestroyNotify) uc_file_unref, error);
}

/**
 * uc_file_table_insert:
 */
gboolean
uc_file_table_insert (UcDb *db, const UcFile *file, GError **error)
{
  return uc_query_run (
      db, SQL_INSERT,
      UC_BINDS (UC_TEXT (":id", file->id), UC_TEXT (":user_id", file->user_id),
                UC_TEXT (":channel_id", file->channel_id), UC_TEXT (":name", file->name),
                UC_TEXT (":extension", file->extension), UC_TEXT (":mime_type", file->mime_type),
                UC_INT (":size", file->size_bytes), UC_INT (":width", file->width),
                UC_INT (":height", file->height), UC_INT (":create_at", file->create_at_ms)),
      error);
}

/**
 * uc_file_table_attach:
 * @is_taken: (out): whether it is the post's now
 */
gboolean
uc_file_table_attach (UcDb         *db,
                      const char   *id,
                      const UcPost *post,
                      gboolean     *is_taken,
                      GError      **error)
{
  if (!uc_query_run (db, SQL_ATTACH,
                     UC_BINDS (UC_TEXT (":id", id), UC_TEXT (":post_id", post->id),
                               UC_TEXT (":user_id", post->user_id),
                               UC_TEXT (":channel_id", post->channel_id)),
                     error))
    return FALSE;
  *is_taken = uc_db_get_changes (db) > 0;
  return TRUE;
}

/**
 * uc_file_table_delete_post:
 */
gboolean
uc_file_table_delete_post (UcDb *db, const char *post_id, gint64 now_ms, GError **error)
{
  return uc_query_run (db, SQL_DELETE_POST,
                       UC_BINDS (UC_TEXT (":id", post_id), UC_INT (":now", now_ms)), error);
}

/**
 * uc_file_table_list_waste:
 *
 * Returns: (transfer full) (element-type utf8) (nullable): ids
 */
GPtrArray *
uc_file_table_list_waste (UcDb *db, gint64 before_ms, int limit, GError **error)
{
  return uc_query_texts (db, SQL_LIST_WASTE,
                         UC_BINDS (UC_INT (":before", before_ms), UC_INT (":limit", limit)), error);
}

/**
 * uc_file_table_forget:
 */
gboolean
uc_file_table_forget (UcDb *db, const char *id, GError **error)
{
  return uc_query_run (db, SQL_FORGET, UC_BINDS (UC_TEXT (":id", id)), error);
}

/**
 * uc_file_table_find_upload:
 *
 * Returns: (transfer full) (nullable): the upload
 */
UcUpload *
uc_file_table_find_upload (UcDb *db, const char *id, GError **error)
{
  UcUpload *upload = NULL;

  if (uc_query_one (db, SQL_FIND_UPLOAD, UC_BINDS (UC_TEXT (":id", id)), read_upload,
                    (gpointer *) &upload, error) &&
      upload == NULL)
    uc_refuse (error, UC_REFUSAL_UPLOAD_UNKNOWN);
  return upload;
}

/**
 * uc_file_table_list_uploads:
 *
 * Returns: (transfer full) (element-type UcUpload) (nullable): oldest first
 */
GPtrArray *
uc_file_table_list_uploads (UcDb *db, const char *user_id, GError **error)
{
  return uc_query_rows (db, SQL_LIST_UPLOADS, UC_BINDS (UC_TEXT (":user_id", user_id)), read_upload,
                        (GDestroyNotify) uc_upload_free, error);
}

/**
 * uc_file_table_put_upload:
 */
gboolean
uc_file_table_put_upload (UcDb *db, const UcUpload *upload, GError **error)
{
  return uc_query_run (db, SQL_PUT_UPLOAD,
                       UC_BINDS (UC_TEXT (":id", upload->id), UC_TEXT (":user_id", upload->user_id),
                                 UC_TEXT (":channel_id", upload->channel_id),
                                 UC_TEXT (":name", upload->name), UC_INT (":size", upload->size),
                                 UC_INT (":offset", upload->offset),
                                 UC_INT (":create_at", upload->create_at_ms)),
                       error);
}

/**
 * uc_file_table_delete_upload:
 */
gboolean
uc_file_table_delete_upload (UcDb *db, const char *id, GError **error)
{
  return uc_query_run (db, SQL_DELETE_UPLOAD, UC_BINDS (UC_TEXT (":id", id)), error);
}
