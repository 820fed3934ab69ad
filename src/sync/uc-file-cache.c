/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keeps the bytes of files in a folder. What they show is not its matter. */

#include "config.h"

#include "uc-file-cache-private.h"

#include "uc-cache-folder.h"
#include "uc-error.h"
#include "uc-file-transfers-private.h"
#include "uc-id.h"
#include "uc-limits.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <utime.h>

#define DEFAULT_LIMIT_BYTES (G_GUINT64_CONSTANT (512) * 1024 * 1024)
/* Looked through again after so much more. */
#define TRIM_EVERY_BYTES (G_GUINT64_CONSTANT (32) * 1024 * 1024)

struct _UcFileCache {
  GObject parent_instance;

  UcContext  *context; /* (owned) */
  GHashTable *fetches; /* (owned) path to Fetch, freed when its answer came */
  guint64     limit_bytes;
  guint64     untrimmed_bytes; /* fetched since it was looked through */
};

typedef struct {
  UcFileCache  *self;        /* (owned) */
  GCancellable *cancellable; /* (owned) */
  char         *path;        /* (owned) */
  char         *file_id;     /* (owned) (nullable) when its progress is told */
  GPtrArray    *waiting;     /* (owned) (element-type Waiter) */
} Fetch;

/* Somebody who waits for a file. */
typedef struct {
  Fetch   *fetch;     /* (unowned) */
  GTask   *task;      /* (owned) */
  GSource *cancelled; /* (owned) (nullable) */
} Waiter;

/* What is done with the folder on a thread. */
typedef struct {
  char    *folder;
  guint64  max_bytes;
  gboolean do_trim;
} Care;

G_DEFINE_FINAL_TYPE (UcFileCache, uc_file_cache, G_TYPE_OBJECT)

static void
waiter_free (gpointer data)
{
  Waiter *waiter = data;

  if (waiter->cancelled != NULL)
    g_source_destroy (waiter->cancelled);
  g_clear_pointer (&waiter->cancelled, g_source_unref);
  g_clear_object (&waiter->task);
  g_free (waiter);
}

static void
fetch_free (Fetch *fetch)
{
  g_ptr_array_unref (fetch->waiting);
  g_object_unref (fetch->cancellable);
  g_object_unref (fetch->self);
  g_free (fetch->path);
  g_free (fetch->file_id);
  g_free (fetch);
}

static void
care_free (gpointer data)
{
  Care *care = data;

  g_free (care->folder);
  g_free (care);
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

/* -- Room -------------------------------------------------------------------------------- */

static void
care_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Care *care = task_data;

  if (care->do_trim) {
    _uc_file_cache_trim (care->folder, care->max_bytes);
    _uc_file_cache_clean_opened ();
  }
  g_task_return_int (task, (gssize) _uc_file_cache_measure (care->folder));
}

/* Without a source object: the thread may be the last to let go of the task. */
static void
take_care (UcFileCache        *self,
           gboolean            do_trim,
           guint64             max_bytes,
           GCancellable       *cancellable,
           GAsyncReadyCallback callback,
           gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Care *care = g_new0 (Care, 1);

  g_task_set_source_tag (task, take_care);
  care->folder = dup_folder (self->context);
  care->do_trim = do_trim;
  care->max_bytes = max_bytes;
  g_task_set_task_data (task, care, care_free);
  g_task_run_in_thread (task, care_in_thread);
}

static void
trim (UcFileCache *self)
{
  self->untrimmed_bytes = 0;
  take_care (self, TRUE, self->limit_bytes, NULL, NULL, NULL);
}

static void
count_fetched (UcFileCache *self, const char *path)
{
  GStatBuf info;

  if (g_stat (path, &info) == 0)
    self->untrimmed_bytes += (guint64) info.st_size;
  if (self->untrimmed_bytes >= MIN (TRIM_EVERY_BYTES, self->limit_bytes / 8))
    trim (self);
}

/* -- Fetching ------------------------------------------------------------------------------ */

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fetch *fetch = user_data;
  g_autoptr (UcFileCache) self = g_object_ref (fetch->self);
  g_autoptr (GError) error = NULL;

  /* The answer is no record but the file itself. */
  (void) !_uc_request_queue_send_finish (UC_REQUEST_QUEUE (source), result, &error);
  /* One that was given up may have a successor. */
  if (g_hash_table_lookup (self->fetches, fetch->path) == fetch) {
    g_hash_table_remove (self->fetches, fetch->path);
    if (fetch->file_id != NULL)
      _uc_file_transfers_end (self->context->transfers, fetch->file_id);
  }
  if (error == NULL)
    count_fetched (self, fetch->path);
  for (guint i = 0; i < fetch->waiting->len; i++) {
    Waiter *waiter = g_ptr_array_index (fetch->waiting, i);

    if (error != NULL)
      g_task_return_error (waiter->task, g_error_copy (error));
    else
      g_task_return_pointer (waiter->task, g_strdup (fetch->path), g_free);
  }
  fetch_free (fetch);
}

/* What has come stays for another time. */
static gboolean
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  Waiter *waiter = user_data;
  Fetch  *fetch = waiter->fetch;
  g_autoptr (GTask) task = g_object_ref (waiter->task);

  g_ptr_array_remove (fetch->waiting, waiter);
  if (fetch->waiting->len == 0) {
    UcFileCache *self = fetch->self;

    g_hash_table_remove (self->fetches, fetch->path);
    if (fetch->file_id != NULL)
      _uc_file_transfers_end (self->context->transfers, fetch->file_id);
    g_cancellable_cancel (fetch->cancellable);
  }
  g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

static void
wait_for (Fetch *fetch, GTask *task)
{
  Waiter       *waiter = g_new0 (Waiter, 1);
  GCancellable *cancellable = g_task_get_cancellable (task);

  waiter->fetch = fetch;
  waiter->task = g_object_ref (task);
  if (cancellable != NULL) {
    waiter->cancelled = g_cancellable_source_new (cancellable);
    g_source_set_callback (waiter->cancelled, G_SOURCE_FUNC (cancelled_cb), waiter, NULL);
    g_source_attach (waiter->cancelled, NULL);
  }
  g_ptr_array_add (fetch->waiting, waiter);
}

static void
progress_cb (gint64 done_bytes, gint64 total_bytes, gpointer user_data)
{
  Fetch *fetch = user_data;

  if (fetch->waiting->len > 0)
    _uc_file_transfers_step (fetch->self->context->transfers, fetch->file_id, done_bytes,
                             total_bytes);
}

static Fetch *
start_fetch (UcFileCache *self,
             const char  *file_id,
             const char  *variant,
             const char  *path,
             UcLane       lane)
{
  g_autofree char *folder = g_path_get_dirname (path);
  UcRequest       *request = uc_request_download_file (file_id, variant, path);
  Fetch           *fetch = g_new0 (Fetch, 1);

  g_mkdir_with_parents (folder, 0700);
  fetch->self = g_object_ref (self);
  fetch->cancellable = g_cancellable_new ();
  fetch->path = g_strdup (path);
  fetch->waiting = g_ptr_array_new_with_free_func (waiter_free);
  g_hash_table_insert (self->fetches, g_strdup (path), fetch);
  if (*variant == '\0') {
    fetch->file_id = g_strdup (file_id);
    _uc_file_transfers_begin (self->context->transfers, file_id, 0, NULL);
    uc_request_set_progress (request, progress_cb, fetch);
  }
  _uc_request_queue_send_async (self->context->requests, lane, request, fetch->cancellable,
                                fetched_cb, fetch);
  return fetch;
}

/* (nullable): where it lies. Touched, so that what is looked at stays. */
static char *
find (UcFileCache *self, const char *file_id, const char *variant)
{
  g_autofree char *path = dup_path (self->context, file_id, variant);
  GStatBuf         info;

  if (g_utime (path, NULL) == 0)
    return g_steal_pointer (&path);
  if (*variant == '\0')
    return NULL;
  g_free (path);
  path = dup_path (self->context, file_id, "");
  if (g_stat (path, &info) != 0 || info.st_size > UC_LIMIT_IMAGE_BYTES || g_utime (path, NULL) != 0)
    return NULL;
  return g_steal_pointer (&path);
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
  self->fetches = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->limit_bytes = DEFAULT_LIMIT_BYTES;
  /* The first thing that is fetched has the folder looked through. */
  self->untrimmed_bytes = TRIM_EVERY_BYTES;
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
                            UcLane              lane,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *path = NULL;
  Fetch           *fetch;

  g_task_set_source_tag (task, _uc_file_cache_fetch_async);
  if (!uc_id_is_valid (file_id)) {
    g_task_return_new_error (task, UC_ERROR, UC_ERROR_NOT_FOUND,
                             _ ("The file has not reached the server yet."));
    return;
  }
  path = find (self, file_id, variant);
  if (path != NULL) {
    g_task_return_pointer (task, g_steal_pointer (&path), g_free);
    return;
  }
  if (g_task_return_error_if_cancelled (task))
    return;

  path = dup_path (self->context, file_id, variant);
  fetch = g_hash_table_lookup (self->fetches, path);
  if (fetch == NULL)
    fetch = start_fetch (self, file_id, variant, path, lane);
  wait_for (fetch, task);
}

char *
_uc_file_cache_fetch_finish (UcFileCache *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
_uc_file_cache_set_limit (UcFileCache *self, guint64 max_bytes)
{
  gboolean is_less = max_bytes < self->limit_bytes;

  self->limit_bytes = max_bytes;
  if (is_less)
    trim (self);
}

void
_uc_file_cache_measure_async (UcFileCache        *self,
                              gboolean            do_clear,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  take_care (self, do_clear, 0, cancellable, callback, user_data);
}

guint64
_uc_file_cache_measure_finish (UcFileCache *self, GAsyncResult *result)
{
  gssize size_bytes = g_task_propagate_int (G_TASK (result), NULL);

  return (guint64) MAX (size_bytes, 0);
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
