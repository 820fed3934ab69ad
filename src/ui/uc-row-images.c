/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pictures of a list. A row that comes back finds its picture here at once; memory
 * for what is not on screen is bounded. */

#include "config.h"

#include "uc-row-images.h"

#include "uc-error.h"
#include "uc-limits.h"
#include "uc-row-decode.h"
#include "uc-row-file.h"

/* Bytes of pixels kept beyond what rows hold. */
#define BUDGET_BYTES (8 * 1024 * 1024)

typedef struct {
  char       *key;     /* (owned) */
  GdkTexture *texture; /* (owned) */
  gsize       size_bytes;
} Entry;

typedef struct {
  /* input */
  UcFile *file; /* (owned) */
  int     max_width;
  int     max_height;
} LoadJob;

struct _UcRowImages {
  GObject     parent_instance;
  UcSession  *session; /* (owned) */
  GQueue      entries; /* (owned) (element-type Entry) the one used last in front */
  GHashTable *links;   /* (owned) key -> GList of @entries */
  gsize       size_bytes;
};

G_DEFINE_FINAL_TYPE (UcRowImages, uc_row_images, G_TYPE_OBJECT)

static void preview_fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void path_fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void decoded_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->key);
  g_object_unref (entry->texture);
  g_free (entry);
}

static void
load_job_free (gpointer data)
{
  LoadJob *job = data;

  uc_file_unref (job->file);
  g_free (job);
}

/* A file that waits to be sent has no id yet. */
static const char *
get_key (UcFile *file)
{
  return *file->id != '\0' || file->local_path == NULL ? file->id : file->local_path;
}

static void
keep (UcRowImages *self, UcFile *file, GdkTexture *texture)
{
  Entry *entry;

  if (g_hash_table_contains (self->links, get_key (file)))
    return;

  entry = g_new0 (Entry, 1);
  entry->key = g_strdup (get_key (file));
  entry->texture = g_object_ref (texture);
  entry->size_bytes = 4 * gdk_texture_get_width (texture) * gdk_texture_get_height (texture);
  g_queue_push_head (&self->entries, entry);
  g_hash_table_insert (self->links, entry->key, self->entries.head);
  self->size_bytes += entry->size_bytes;

  while (self->size_bytes > BUDGET_BYTES && self->entries.length > 1) {
    Entry *oldest = g_queue_pop_tail (&self->entries);

    g_hash_table_remove (self->links, oldest->key);
    self->size_bytes -= oldest->size_bytes;
    entry_free (oldest);
  }
}

static void
uc_row_images_dispose (GObject *object)
{
  g_clear_object (&UC_ROW_IMAGES (object)->session);

  G_OBJECT_CLASS (uc_row_images_parent_class)->dispose (object);
}

static void
uc_row_images_finalize (GObject *object)
{
  UcRowImages *self = UC_ROW_IMAGES (object);

  g_hash_table_unref (self->links);
  g_queue_clear_full (&self->entries, entry_free);

  G_OBJECT_CLASS (uc_row_images_parent_class)->finalize (object);
}

static void
uc_row_images_class_init (UcRowImagesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = uc_row_images_dispose;
  object_class->finalize = uc_row_images_finalize;
}

static void
uc_row_images_init (UcRowImages *self)
{
  g_queue_init (&self->entries);
  self->links = g_hash_table_new (g_str_hash, g_str_equal);
}

/**
 * uc_row_images_new:
 * @session: what fetches
 *
 * Returns: (transfer full): no pictures yet
 */
UcRowImages *
uc_row_images_new (UcSession *session)
{
  UcRowImages *self = g_object_new (UC_TYPE_ROW_IMAGES, NULL);

  self->session = g_object_ref (session);

  return self;
}

/**
 * uc_row_images_peek:
 * @self: pictures
 * @file: one of them
 *
 * Returns: (transfer none) (nullable): the picture, if it is here
 */
GdkTexture *
uc_row_images_peek (UcRowImages *self, UcFile *file)
{
  GList *link;

  g_return_val_if_fail (UC_IS_ROW_IMAGES (self), NULL);

  link = g_hash_table_lookup (self->links, get_key (file));
  if (link == NULL)
    return NULL;

  g_queue_unlink (&self->entries, link);
  g_queue_push_head_link (&self->entries, link);

  return ((Entry *) link->data)->texture;
}

/**
 * uc_row_images_load_async:
 * @self: pictures
 * @file: the one to load
 * @max_width: what it is shown in, in device pixels
 * @max_height: the same
 * @cancellable: (nullable): cancels; what was fetched stays in the cache folder
 * @callback: called on the main thread
 * @user_data: for @callback
 *
 * Fetches and decodes. Errors: those of uc_session_fetch_file_async() and of
 * uc_row_decode_async().
 */
void
uc_row_images_load_async (UcRowImages        *self,
                          UcFile             *file,
                          int                 max_width,
                          int                 max_height,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  LoadJob *job;

  g_return_if_fail (UC_IS_ROW_IMAGES (self));

  job = g_new0 (LoadJob, 1);
  job->file = uc_file_ref (file);
  job->max_width = max_width;
  job->max_height = max_height;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, uc_row_images_load_async);
  g_task_set_task_data (task, job, load_job_free);

  if (uc_row_file_is_local (file))
    uc_row_decode_async (file->local_path, max_width, max_height, cancellable, decoded_cb,
                         g_steal_pointer (&task));
  else if (file->has_preview)
    uc_session_fetch_file_async (self->session, file->id, "preview", cancellable,
                                 preview_fetched_cb, g_steal_pointer (&task));
  else
    uc_session_fetch_file_async (self->session, file->id, "", cancellable, path_fetched_cb,
                                 g_steal_pointer (&task));
}

/* Servers promise previews that they do not have: then all of it, if it is no giant. */
static void
preview_fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const LoadJob   *job = g_task_get_task_data (task);
  GError          *error = NULL;
  g_autofree char *path = uc_session_fetch_file_finish (UC_SESSION (source), result, &error);

  if (path != NULL) {
    uc_row_decode_async (path, job->max_width, job->max_height, g_task_get_cancellable (task),
                         decoded_cb, g_object_ref (task));
  } else if ((g_error_matches (error, UC_ERROR, UC_ERROR_INVALID) ||
              g_error_matches (error, UC_ERROR, UC_ERROR_NOT_FOUND)) &&
             job->file->size_bytes <= UC_LIMIT_IMAGE_BYTES) {
    g_error_free (error);
    uc_session_fetch_file_async (UC_SESSION (source), job->file->id, "",
                                 g_task_get_cancellable (task), path_fetched_cb,
                                 g_object_ref (task));
  } else {
    g_task_return_error (task, error);
  }
}

static void
path_fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const LoadJob   *job = g_task_get_task_data (task);
  GError          *error = NULL;
  g_autofree char *path = uc_session_fetch_file_finish (UC_SESSION (source), result, &error);

  if (path == NULL) {
    g_task_return_error (task, error);
    return;
  }
  uc_row_decode_async (path, job->max_width, job->max_height, g_task_get_cancellable (task),
                       decoded_cb, g_object_ref (task));
}

static void
decoded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const LoadJob *job = g_task_get_task_data (task);
  GError        *error = NULL;
  GdkTexture    *texture = uc_row_decode_finish (result, &error);

  if (texture == NULL) {
    g_task_return_error (task, error);
    return;
  }
  keep (g_task_get_source_object (task), job->file, texture);
  g_task_return_pointer (task, texture, g_object_unref);
}

/**
 * uc_row_images_load_finish:
 * @self: pictures
 * @result: the result
 * @error: return location
 *
 * Returns: (transfer full): the picture, or %NULL with @error set
 */
GdkTexture *
uc_row_images_load_finish (UcRowImages *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
