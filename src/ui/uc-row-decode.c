/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the bytes of a picture to a texture no larger than it is shown. Only the kinds
 * that people send, told by their first bytes; the size is looked at before a pixel is
 * decoded, for a small file may claim gigabytes. Decoding runs on a thread of GIO's. */

#include "config.h"

#include "uc-row-decode.h"

#include "uc-error.h"
#include "uc-limits.h"

#include <glib/gi18n.h>

#include <string.h>

/* A mini preview is a few hundred bytes for sixteen pixels. */
#define MAX_MINI_BYTES  8192
#define MAX_MINI_PIXELS (64 * 64)

typedef struct {
  /* input */
  char *path; /* (owned) */
  int   max_width;
  int   max_height;
} DecodeJob;

typedef struct {
  gint64   max_pixels;
  int      max_width;
  int      max_height;
  gboolean is_refused;
} Bounds;

static void
decode_job_free (gpointer data)
{
  DecodeJob *job = data;

  g_free (job->path);
  g_free (job);
}

static const char *
get_kind (const guint8 *bytes, gsize length)
{
  static const struct {
    const char *kind;
    const char *magic;
    gsize       length;
  } kinds[] = {
    { "png", "\x89PNG\r\n\x1a\n", 8 },
    { "jpeg", "\xff\xd8\xff", 3 },
    { "gif", "GIF8", 4 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    if (length > kinds[i].length && memcmp (bytes, kinds[i].magic, kinds[i].length) == 0)
      return kinds[i].kind;
  }

  return NULL;
}

static void
size_prepared_cb (GdkPixbufLoader *loader, int width, int height, Bounds *bounds)
{
  double scale;

  if (width <= 0 || height <= 0 || (gint64) width * height > bounds->max_pixels) {
    bounds->is_refused = TRUE;
    /* Nothing of its size is ever allocated. */
    gdk_pixbuf_loader_set_size (loader, 1, 1);
    return;
  }

  scale = MIN (1.0, MIN ((double) bounds->max_width / width, (double) bounds->max_height / height));
  gdk_pixbuf_loader_set_size (loader, MAX ((int) (width * scale + 0.5), 1),
                              MAX ((int) (height * scale + 0.5), 1));
}

static GdkTexture *
make_texture (GdkPixbuf *pixbuf)
{
  g_autoptr (GBytes) bytes = gdk_pixbuf_read_pixel_bytes (pixbuf);

  return gdk_memory_texture_new (gdk_pixbuf_get_width (pixbuf), gdk_pixbuf_get_height (pixbuf),
                                 gdk_pixbuf_get_has_alpha (pixbuf) ? GDK_MEMORY_R8G8B8A8
                                                                   : GDK_MEMORY_R8G8B8,
                                 bytes, gdk_pixbuf_get_rowstride (pixbuf));
}

static GdkTexture *
decode (const guint8 *bytes, gsize length, Bounds *bounds, GError **error)
{
  const char *kind = get_kind (bytes, length);
  g_autoptr (GdkPixbufLoader) loader = NULL;
  g_autoptr (GdkPixbuf) turned = NULL;
  GdkPixbuf *pixbuf;
  gboolean   is_written;

  if (kind == NULL) {
    g_set_error_literal (error, UC_ERROR, UC_ERROR_INVALID,
                         _ ("This kind of picture is not shown"));
    return NULL;
  }
  loader = gdk_pixbuf_loader_new_with_type (kind, error);
  if (loader == NULL)
    return NULL;

  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), bounds);
  is_written = gdk_pixbuf_loader_write (loader, bytes, length, error);
  /* Closing tells of a picture that is cut short; of one already refused it need not. */
  if (!gdk_pixbuf_loader_close (loader, is_written ? error : NULL) || !is_written)
    return NULL;
  pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  if (bounds->is_refused || pixbuf == NULL) {
    g_set_error_literal (error, UC_ERROR, UC_ERROR_INVALID, _ ("The picture is too large to show"));
    return NULL;
  }
  turned = gdk_pixbuf_apply_embedded_orientation (pixbuf);

  return make_texture (turned);
}

static void
decode_in_worker (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const DecodeJob *job = task_data;
  Bounds           bounds = {
              .max_pixels = UC_LIMIT_IMAGE_PIXELS,
              .max_width = job->max_width,
              .max_height = job->max_height,
  };
  g_autoptr (GFile) file = g_file_new_for_path (job->path);
  g_autoptr (GFileInfo) info = NULL;
  g_autofree char *bytes = NULL;
  gsize            length;
  GError          *error = NULL;
  GdkTexture      *texture;

  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, 0, cancellable, &error);
  if (info == NULL) {
    g_task_return_error (task, error);
    return;
  }
  if (g_file_info_get_size (info) > UC_LIMIT_IMAGE_BYTES) {
    g_task_return_new_error_literal (task, UC_ERROR, UC_ERROR_INVALID,
                                     _ ("The picture is too large to show"));
    return;
  }
  if (!g_file_load_contents (file, cancellable, &bytes, &length, NULL, &error)) {
    g_task_return_error (task, error);
    return;
  }

  texture = decode ((const guint8 *) bytes, length, &bounds, &error);
  if (texture != NULL)
    g_task_return_pointer (task, texture, g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * uc_row_decode_async:
 * @path: a local file
 * @max_width: what it is shown in, in device pixels
 * @max_height: the same
 * @cancellable: (nullable): cancels
 * @callback: called on the main thread
 * @user_data: for @callback
 *
 * Decodes a picture no larger than wanted. Errors: %UC_ERROR_INVALID for what is no
 * picture of a kind that is shown or claims too many pixels, else those of reading.
 */
void
uc_row_decode_async (const char         *path,
                     int                 max_width,
                     int                 max_height,
                     GCancellable       *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  DecodeJob *job = g_new0 (DecodeJob, 1);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, uc_row_decode_async);
  job->path = g_strdup (path);
  job->max_width = max_width;
  job->max_height = max_height;
  g_task_set_task_data (task, job, decode_job_free);
  g_task_run_in_thread (task, decode_in_worker);
}

/**
 * uc_row_decode_finish:
 * @result: the result
 * @error: return location
 *
 * Returns: (transfer full): the picture, or %NULL with @error set
 */
GdkTexture *
uc_row_decode_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * uc_row_decode_mini:
 * @base64: a mini preview as the server sends it
 *
 * Decodes a handful of pixels, at once.
 *
 * Returns: (transfer full) (nullable): the picture, %NULL when it is no small picture
 */
GdkTexture *
uc_row_decode_mini (const char *base64)
{
  Bounds             bounds = { .max_pixels = MAX_MINI_PIXELS, .max_width = 64, .max_height = 64 };
  g_autofree guint8 *bytes = NULL;
  gsize              length;

  if (strlen (base64) > MAX_MINI_BYTES)
    return NULL;
  bytes = g_base64_decode (base64, &length);

  return decode (bytes, length, &bounds, NULL);
}
