/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keeps the bytes of files in a folder. What they show is not its matter. */

#include "config.h"

#include "uc-file-cache-private.h"

#include "uc-cache-folder.h"
#include "uc-error.h"
#include "uc-id.h"
#include "uc-request-queue-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <utime.h>

#define MAX_CACHE_BYTES (G_GUINT64_CONSTANT (512) * 1024 * 1024)

struct _UcFileCache {
  GObject parent_instance;

  UcContext  *context; /* (owned) */
  GHashTable *fetches; /* (owned) path to GPtrArray of GTask that wait for it */
  gboolean    is_trimmed;
};

typedef struct {
  UcFileCache *self; /* (owned) */
  char        *path;
} Fetch;

typedef struct {
  char   *path;
  guint64 size_bytes;
  gint64  used_at_s;
} Entry;

G_DEFINE_FINAL_TYPE (UcFileCache, uc_file_cache, G_TYPE_OBJECT)

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->path);
  g_free (entry);
}

static char *
dup_folder (UcContext *context)
{
  return uc_cache_folder_dup (uc_api_get_site (context->api), context->my_user_id);
}

static char *
dup_path (UcContext *context, const char *file_id, const char *variant)
{
  g_autofree char *folder = dup_folder (context);
  g_autofree char *name =
      *variant != '\0' ? g_strconcat (file_id, "-", variant, NULL) : g_strdup (file_id);

  return g_build_filename (folder, name, NULL);
}

static int
compare_by_use (gconstpointer a, gconstpointer b)
{
  const Entry *left = *(Entry *const *) a;
  const Entry *right = *(Entry *const *) b;

  return (left->used_at_s > right->used_at_s) - (left->used_at_s < right->used_at_s);
}

void
_uc_file_cache_trim (const char *folder, guint64 max_bytes)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (entry_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint64     total_bytes = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    GStatBuf         info;
    Entry           *entry;

    if (g_lstat (path, &info) != 0 || !S_ISREG (info.st_mode))
      continue;
    entry = g_new0 (Entry, 1);
    entry->path = g_steal_pointer (&path);
    entry->size_bytes = (guint64) info.st_size;
    entry->used_at_s = info.st_mtime;
    total_bytes += entry->size_bytes;
    g_ptr_array_add (entries, entry);
  }

  g_ptr_array_sort (entries, compare_by_use);
  for (guint i = 0; i < entries->len && total_bytes > max_bytes; i++) {
    Entry *entry = g_ptr_array_index (entries, i);

    if (g_unlink (entry->path) == 0)
      total_bytes -= entry->size_bytes;
  }
}

static void
trim_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  _uc_file_cache_trim (task_data, MAX_CACHE_BYTES);
  g_task_return_boolean (task, TRUE);
}

static void
trim_once (UcFileCache *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->is_trimmed)
    return;
  self->is_trimmed = TRUE;
  /* Without a source object: the thread may be the last to let go of the task. */
  task = g_task_new (NULL, NULL, NULL, NULL);
  g_task_set_source_tag (task, trim_once);
  g_task_set_task_data (task, dup_folder (self->context), g_free);
  g_task_run_in_thread (task, trim_in_thread);
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fetch *fetch = user_data;
  g_autoptr (UcFileCache) self = fetch->self;
  g_autofree char *path = fetch->path;
  g_autofree char *key = NULL;
  g_autoptr (GPtrArray) tasks = NULL;
  g_autoptr (GError) error = NULL;

  g_free (fetch);
  /* The answer is no record but the file itself. */
  (void) !_uc_request_queue_send_finish (UC_REQUEST_QUEUE (source), result, &error);
  g_hash_table_steal_extended (self->fetches, path, (gpointer *) &key, (gpointer *) &tasks);
  for (guint i = 0; i < tasks->len; i++) {
    GTask *task = g_ptr_array_index (tasks, i);

    if (error != NULL)
      g_task_return_error (task, g_error_copy (error));
    else
      g_task_return_pointer (task, g_strdup (path), g_free);
  }
}

static void
start_fetch (UcFileCache *self, const char *file_id, const char *variant, const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  Fetch           *fetch = g_new0 (Fetch, 1);
  /* Small pictures queue with what else is on screen; a file somebody asked for does
   * not, since it could hold the others up for minutes. */
  UcLane lane = *variant == '\0' ? UC_LANE_COMMAND : UC_LANE_VISIBLE;

  g_mkdir_with_parents (folder, 0700);
  trim_once (self);
  fetch->self = g_object_ref (self);
  fetch->path = g_strdup (path);
  _uc_request_queue_send_async (self->context->requests, lane,
                                uc_request_download_file (file_id, variant, path), NULL, fetched_cb,
                                fetch);
}

static void
uc_file_cache_dispose (GObject *object)
{
  UcFileCache *self = UC_FILE_CACHE (object);

  g_clear_object (&self->context);

  G_OBJECT_CLASS (uc_file_cache_parent_class)->dispose (object);
}

static void
uc_file_cache_finalize (GObject *object)
{
  UcFileCache *self = UC_FILE_CACHE (object);

  g_hash_table_unref (self->fetches);

  G_OBJECT_CLASS (uc_file_cache_parent_class)->finalize (object);
}

static void
uc_file_cache_class_init (UcFileCacheClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = uc_file_cache_dispose;
  object_class->finalize = uc_file_cache_finalize;
}

static void
uc_file_cache_init (UcFileCache *self)
{
  self->fetches =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
}

UcFileCache *
_uc_file_cache_new (UcContext *context)
{
  UcFileCache *self = g_object_new (UC_TYPE_FILE_CACHE, NULL);

  self->context = g_object_ref (context);
  return self;
}

void
_uc_file_cache_fetch_async (UcFileCache        *self,
                            const char         *file_id,
                            const char         *variant,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *path = NULL;
  GPtrArray       *waiting;

  g_task_set_source_tag (task, _uc_file_cache_fetch_async);
  if (!uc_id_is_valid (file_id)) {
    g_task_return_new_error (task, UC_ERROR, UC_ERROR_NOT_FOUND,
                             _ ("The file has not reached the server yet."));
    return;
  }

  path = dup_path (self->context, file_id, variant);
  /* Touched, so that what is looked at stays. */
  if (g_utime (path, NULL) == 0) {
    g_task_return_pointer (task, g_steal_pointer (&path), g_free);
    return;
  }

  waiting = g_hash_table_lookup (self->fetches, path);
  if (waiting == NULL) {
    waiting = g_ptr_array_new_with_free_func (g_object_unref);
    g_hash_table_insert (self->fetches, g_strdup (path), waiting);
    g_ptr_array_add (waiting, g_steal_pointer (&task));
    start_fetch (self, file_id, variant, path);
  } else {
    g_ptr_array_add (waiting, g_steal_pointer (&task));
  }
}

char *
_uc_file_cache_fetch_finish (UcFileCache *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
_uc_file_cache_adopt (UcContext *context, const char *file_id, const char *path)
{
  g_autofree char *folder = dup_folder (context);
  g_autofree char *cached = dup_path (context, file_id, "");

  g_mkdir_with_parents (folder, 0700);
  /* On another file system it cannot be moved; then it is fetched when it is looked at. */
  if (g_rename (path, cached) != 0)
    g_unlink (path);
}
