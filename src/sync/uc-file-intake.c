/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Copies files that are to be sent, in a thread of GIO's, and waits until the disk has
 * them: a message that was taken must not lose its files to a power cut. The tasks have
 * no source object, since a thread may be the last to let go of them. */

#include "config.h"

#include "uc-file-intake-private.h"

#include "uc-error.h"
#include "uc-file-digest-private.h"
#include "uc-image.h"
#include "uc-limits.h"
#include "uc-sanitize.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* A copy is older than its row; one that was made just now may be about to get one. */
#define MIN_ORPHAN_AGE_S 600
/* What is looked at of a picture: headers may come after much of other data. */
#define MAX_PROBE_BYTES (1024 * 1024)

typedef struct {
  char  *folder;
  char  *op_id;
  char  *user_id;
  GStrv  paths;
  gint64 max_bytes;
} Job;

typedef struct {
  char       *folder;
  GHashTable *used; /* (owned) set of paths */
} Clean;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->folder);
  g_free (job->op_id);
  g_free (job->user_id);
  g_strfreev (job->paths);
  g_free (job);
}

static void
clean_free (gpointer data)
{
  Clean *clean = data;

  g_free (clean->folder);
  g_hash_table_unref (clean->used);
  g_free (clean);
}

static char *
dup_folder (UcContext *context)
{
  g_autofree char *beside = g_path_get_dirname (uc_store_get_path (context->store));

  return g_build_filename (beside, "files", NULL);
}

static gboolean
sync_to_disk (const char *path, GError **error)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);

  if (fd < 0 || fsync (fd) != 0) {
    g_set_error (error, UC_ERROR, UC_ERROR_STORAGE, "%s: %s", path, g_strerror (errno));
    if (fd >= 0)
      close (fd);
    return FALSE;
  }
  close (fd);
  return TRUE;
}

static gboolean
check (const char *path, gint64 max_bytes, GError **error)
{
  GStatBuf         info;
  g_autofree char *shown = g_filename_display_basename (path);

  if (g_stat (path, &info) != 0) {
    g_set_error (error, UC_ERROR, UC_ERROR_INVALID, "%s: %s", shown, g_strerror (errno));
    return FALSE;
  }
  if (!S_ISREG (info.st_mode)) {
    g_set_error (error, UC_ERROR, UC_ERROR_INVALID, _ ("“%s” is not a file."), shown);
    return FALSE;
  }
  if (info.st_size == 0) {
    g_set_error (error, UC_ERROR, UC_ERROR_INVALID, _ ("“%s” is empty."), shown);
    return FALSE;
  }
  if (max_bytes > 0 && info.st_size > max_bytes) {
    g_autofree char *limit = g_format_size ((guint64) max_bytes);

    /* Translators: a file name and a size, as “film.mp4”, “100 MB”. */
    g_set_error (error, UC_ERROR, UC_ERROR_INVALID, _ ("“%s” is too large: the server takes %s."),
                 shown, limit);
    return FALSE;
  }
  return TRUE;
}

/* So that its room can be reserved before the server has seen it. */
static void
probe (UcFile *file)
{
  g_autoptr (GMappedFile) mapped = g_mapped_file_new (file->local_path, FALSE, NULL);
  UcImageInfo info;

  if (mapped == NULL ||
      !uc_image_read_info ((const guint8 *) g_mapped_file_get_contents (mapped),
                           MIN (g_mapped_file_get_length (mapped), MAX_PROBE_BYTES), &info))
    return;
  file->width = info.width;
  file->height = info.height;
  g_set_str (&file->mime_type, info.type);
}

static UcFile *
make_file (Job *job, const char *name, const char *path, gint64 size_bytes)
{
  UcFile          *file = uc_file_new ();
  const char      *dot = strrchr (name, '.');
  g_autofree char *content_type = g_content_type_guess (name, NULL, 0, NULL);

  g_set_str (&file->name, name);
  g_set_str (&file->user_id, job->user_id);
  g_set_str (&file->extension, dot != NULL ? dot + 1 : "");
  g_free (file->mime_type);
  file->mime_type = g_content_type_get_mime_type (content_type);
  if (file->mime_type == NULL)
    file->mime_type = g_strdup ("application/octet-stream");
  file->local_path = g_strdup (path);
  file->size_bytes = size_bytes;
  probe (file);
  return file;
}

/* The copy gets its name when its digest is known. */
static UcFile *
take_in (Job *job, guint index, GCancellable *cancellable, GError **error)
{
  const char      *path = job->paths[index];
  g_autofree char *display_name = g_filename_display_basename (path);
  g_autofree char *name = uc_sanitize_file_name (display_name);
  g_autofree char *new_name = g_strdup_printf ("%s-%u.new", job->op_id, index);
  g_autofree char *new_path = g_build_filename (job->folder, new_name, NULL);
  g_autofree char *digest = NULL;
  g_autofree char *copy_name = NULL;
  g_autofree char *copy_path = NULL;
  gint64           size_bytes = 0;

  if (!check (path, job->max_bytes, error))
    return NULL;
  digest = _uc_file_digest_copy (path, new_path, &size_bytes, cancellable, error);
  if (digest == NULL) {
    g_prefix_error (error, _ ("Copying “%s”: "), display_name);
    return NULL;
  }
  copy_name = _uc_file_digest_dup_name (job->op_id, index, digest);
  copy_path = g_build_filename (job->folder, copy_name, NULL);
  if (g_rename (new_path, copy_path) != 0) {
    g_set_error (error, UC_ERROR, UC_ERROR_STORAGE, "%s: %s", display_name, g_strerror (errno));
    g_unlink (new_path);
    return NULL;
  }
  return make_file (job, name, copy_path, size_bytes);
}

static void
take_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job    *job = task_data;
  GError *error = NULL;
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_file_unref);

  if (g_mkdir_with_parents (job->folder, 0700) != 0)
    g_set_error (&error, UC_ERROR, UC_ERROR_STORAGE, "%s: %s", job->folder, g_strerror (errno));
  for (guint i = 0; error == NULL && job->paths[i] != NULL; i++) {
    UcFile *file = take_in (job, i, cancellable, &error);

    if (file != NULL)
      g_ptr_array_add (files, file);
  }
  if (error == NULL)
    sync_to_disk (job->folder, &error);

  if (error == NULL) {
    g_task_return_pointer (task, g_steal_pointer (&files), (GDestroyNotify) g_ptr_array_unref);
    return;
  }
  for (guint i = 0; i < files->len; i++)
    g_unlink (((UcFile *) g_ptr_array_index (files, i))->local_path);
  g_task_return_error (task, error);
}

void
_uc_file_intake_async (UcContext          *context,
                       const char         *op_id,
                       const char *const  *paths,
                       gint64              max_bytes,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job;

  g_task_set_source_tag (task, _uc_file_intake_async);
  if (g_strv_length ((GStrv) paths) > UC_LIMIT_FILES_PER_POST) {
    g_task_return_new_error (task, UC_ERROR, UC_ERROR_INVALID,
                             _ ("A message can carry at most %d files."), UC_LIMIT_FILES_PER_POST);
    return;
  }
  job = g_new0 (Job, 1);
  job->folder = dup_folder (context);
  job->op_id = g_strdup (op_id);
  job->user_id = g_strdup (context->my_user_id);
  job->paths = g_strdupv ((GStrv) paths);
  job->max_bytes = max_bytes;
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, take_in_thread);
}

GPtrArray *
_uc_file_intake_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
clean_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Clean *clean = task_data;
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (GDir) dir = g_dir_open (clean->folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (clean->folder, name, NULL);
    GStatBuf         info;

    if (!g_hash_table_contains (clean->used, path) && g_lstat (path, &info) == 0 &&
        S_ISREG (info.st_mode) && now_s - info.st_mtime > MIN_ORPHAN_AGE_S)
      g_unlink (path);
  }
  g_task_return_boolean (task, TRUE);
}

static void
outbox_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcContext) context = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = uc_store_load_outbox_finish (UC_STORE (source), result, &error);
  g_autoptr (GTask) task = NULL;
  Clean *clean;

  if (rows == NULL)
    return;
  clean = g_new0 (Clean, 1);
  clean->folder = dup_folder (context);
  clean->used = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < rows->len; i++) {
    UcOutboxRow *row = g_ptr_array_index (rows, i);

    for (guint j = 0; row->files != NULL && j < row->files->len; j++) {
      UcFile *file = g_ptr_array_index (row->files, j);

      if (file->local_path != NULL)
        g_hash_table_add (clean->used, g_strdup (file->local_path));
    }
  }

  task = g_task_new (NULL, NULL, NULL, NULL);
  g_task_set_source_tag (task, _uc_file_intake_clean);
  g_task_set_task_data (task, clean, clean_free);
  g_task_run_in_thread (task, clean_in_thread);
}

void
_uc_file_intake_clean (UcContext *context)
{
  uc_store_load_outbox_async (context->store, NULL, outbox_cb, g_object_ref (context));
}
