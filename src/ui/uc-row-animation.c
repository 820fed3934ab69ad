/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A GIF that moves. All its frames are decoded on a thread of GIO's, so that showing one
 * costs nothing; how many pixels that may be is bounded, for a small file may claim
 * gigabytes. */

#include "config.h"

#include "uc-row-animation.h"

#include "uc-error.h"
#include "uc-image.h"
#include "uc-limits.h"

#include <glib/gi18n.h>
#include <string.h>

/* Of all frames together: 80 MB. */
#define MAX_PIXELS (20 * 1000 * 1000)
#define MAX_FRAMES 2000
/* What browsers make of less. */
#define MIN_DELAY_MS 20
#define DELAY_MS     100

typedef struct {
  GdkTexture *texture; /* (owned) */
  guint       delay_ms;
} Frame;

struct _UcRowAnimation {
  GObject parent_instance;

  GPtrArray *frames; /* (owned) (element-type Frame) */
  guint      current;
  gboolean   is_playing;
  guint      timeout_id;
};

static void paintable_init (GdkPaintableInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (UcRowAnimation,
                               uc_row_animation,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GDK_TYPE_PAINTABLE, paintable_init))

static void
frame_free (gpointer data)
{
  Frame *frame = data;

  g_object_unref (frame->texture);
  g_free (frame);
}

/* -- Playing --------------------------------------------------------------------------- */

static void schedule (UcRowAnimation *self);

static void
next_cb (gpointer user_data)
{
  UcRowAnimation *self = user_data;

  self->timeout_id = 0;
  self->current = (self->current + 1) % self->frames->len;
  gdk_paintable_invalidate_contents (GDK_PAINTABLE (self));
  schedule (self);
}

static void
schedule (UcRowAnimation *self)
{
  const Frame *frame = g_ptr_array_index (self->frames, self->current);

  self->timeout_id = g_timeout_add_once (frame->delay_ms, next_cb, self);
}

static void
snapshot (GdkPaintable *paintable, GdkSnapshot *snap, double width, double height)
{
  UcRowAnimation *self = UC_ROW_ANIMATION (paintable);

  gdk_paintable_snapshot (GDK_PAINTABLE (uc_row_animation_get_frame (self)), snap, width, height);
}

static int
get_intrinsic_width (GdkPaintable *paintable)
{
  return gdk_texture_get_width (uc_row_animation_get_frame (UC_ROW_ANIMATION (paintable)));
}

static int
get_intrinsic_height (GdkPaintable *paintable)
{
  return gdk_texture_get_height (uc_row_animation_get_frame (UC_ROW_ANIMATION (paintable)));
}

static GdkPaintableFlags
get_flags (GdkPaintable *paintable)
{
  return GDK_PAINTABLE_STATIC_SIZE;
}

static void
paintable_init (GdkPaintableInterface *iface)
{
  iface->snapshot = snapshot;
  iface->get_intrinsic_width = get_intrinsic_width;
  iface->get_intrinsic_height = get_intrinsic_height;
  iface->get_flags = get_flags;
}

static void
uc_row_animation_dispose (GObject *object)
{
  UcRowAnimation *self = UC_ROW_ANIMATION (object);

  g_clear_handle_id (&self->timeout_id, g_source_remove);

  G_OBJECT_CLASS (uc_row_animation_parent_class)->dispose (object);
}

static void
uc_row_animation_finalize (GObject *object)
{
  g_ptr_array_unref (UC_ROW_ANIMATION (object)->frames);

  G_OBJECT_CLASS (uc_row_animation_parent_class)->finalize (object);
}

static void
uc_row_animation_class_init (UcRowAnimationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = uc_row_animation_dispose;
  object_class->finalize = uc_row_animation_finalize;
}

static void
uc_row_animation_init (UcRowAnimation *self)
{
  self->frames = g_ptr_array_new_with_free_func (frame_free);
}

/* -- Loading ---------------------------------------------------------------------------- */

static Frame *
new_frame (GdkPixbufAnimationIter *iter)
{
  GdkPixbuf *pixbuf = gdk_pixbuf_animation_iter_get_pixbuf (iter);
  /* The iterator draws the next frame over this one. */
  g_autoptr (GdkPixbuf) own = gdk_pixbuf_copy (pixbuf);
  g_autoptr (GBytes) bytes = NULL;
  Frame    *frame = g_new0 (Frame, 1);
  const int delay_ms = gdk_pixbuf_animation_iter_get_delay_time (iter);

  bytes = gdk_pixbuf_read_pixel_bytes (own);
  frame->texture = gdk_memory_texture_new (gdk_pixbuf_get_width (own), gdk_pixbuf_get_height (own),
                                           gdk_pixbuf_get_has_alpha (own) ? GDK_MEMORY_R8G8B8A8
                                                                          : GDK_MEMORY_R8G8B8,
                                           bytes, gdk_pixbuf_get_rowstride (own));
  frame->delay_ms = delay_ms >= MIN_DELAY_MS ? (guint) delay_ms : DELAY_MS;
  return frame;
}

static gboolean
refuse (GError **error)
{
  g_set_error_literal (error, UC_ERROR, UC_ERROR_INVALID,
                       _ ("This moving picture is too long to be played: it stands still"));
  return FALSE;
}

/* The library knows time by a kind of clock that is not made any more, and goes round
 * for ever: it is stepped as often as there are frames. */
G_GNUC_BEGIN_IGNORE_DEPRECATIONS
static gboolean
collect_frames (GdkPixbufAnimation *animation,
                GPtrArray          *frames,
                guint               n_frames,
                GCancellable       *cancellable,
                GError            **error)
{
  GTimeVal time = { 0, 0 };
  g_autoptr (GdkPixbufAnimationIter) iter = gdk_pixbuf_animation_get_iter (animation, &time);

  while (frames->len < n_frames) {
    const int delay_ms = gdk_pixbuf_animation_iter_get_delay_time (iter);

    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    g_ptr_array_add (frames, new_frame (iter));
    if (delay_ms < 0)
      break;
    g_time_val_add (&time, delay_ms * 1000);
    gdk_pixbuf_animation_iter_advance (iter, &time);
  }
  return TRUE;
}
G_GNUC_END_IGNORE_DEPRECATIONS

static char *
load_bytes (const char *path, gsize *length, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info =
      g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, 0, cancellable, error);
  char *bytes = NULL;

  if (info == NULL)
    return NULL;
  if (g_file_info_get_size (info) > UC_LIMIT_IMAGE_BYTES) {
    refuse (error);
    return NULL;
  }
  g_file_load_contents (file, cancellable, &bytes, length, NULL, error);
  return bytes;
}

/* Frames as the file has them, each a block of its own: the library repeats them for ever,
 * and does not say how many there are. 0: it does not move. */
static guint
count_frames (const guint8 *bytes, gsize length)
{
  gsize at = 13;
  guint n = 0;

  if (length < at)
    return 0;
  if (bytes[10] & 0x80)
    at += 3 * ((gsize) 1 << ((bytes[10] & 7) + 1));
  while (at < length && (bytes[at] == 0x21 || bytes[at] == 0x2c)) {
    if (bytes[at] == 0x2c) {
      n++;
      if (at + 10 > length)
        return n;
      at += 10 + ((bytes[at + 9] & 0x80) ? 3 * ((gsize) 1 << ((bytes[at + 9] & 7) + 1)) : 0) + 1;
    } else {
      at += 2;
    }
    while (at < length && bytes[at] != 0)
      at += (gsize) bytes[at] + 1;
    at++;
  }
  return n;
}

static void
load_in_worker (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  gsize            length = 0;
  GError          *error = NULL;
  g_autofree char *bytes = load_bytes (task_data, &length, cancellable, &error);
  guint            n_frames;
  UcImageInfo      info;
  g_autoptr (GdkPixbufLoader) loader = NULL;
  g_autoptr (UcRowAnimation) self = NULL;

  if (bytes == NULL) {
    g_task_return_error (task, error);
    return;
  }
  if (!uc_image_read_info ((const guint8 *) bytes, length, &info) ||
      strcmp (info.type, "image/gif") != 0) {
    g_task_return_pointer (task, NULL, NULL);
    return;
  }
  n_frames = count_frames ((const guint8 *) bytes, length);
  if (n_frames <= 1) {
    g_task_return_pointer (task, NULL, NULL);
    return;
  }
  /* Before a pixel is decoded. */
  if (n_frames > MAX_FRAMES || (gint64) n_frames * info.width * info.height > MAX_PIXELS) {
    refuse (&error);
    g_task_return_error (task, error);
    return;
  }
  loader = gdk_pixbuf_loader_new_with_type ("gif", &error);
  if (loader != NULL) {
    const gboolean is_written =
        gdk_pixbuf_loader_write (loader, (const guchar *) bytes, length, &error);

    if (!gdk_pixbuf_loader_close (loader, is_written ? &error : NULL) && error == NULL)
      g_set_error_literal (&error, UC_ERROR, UC_ERROR_INVALID, _ ("The picture is damaged"));
  }
  self = g_object_new (UC_TYPE_ROW_ANIMATION, NULL);
  if (error != NULL || !collect_frames (gdk_pixbuf_loader_get_animation (loader), self->frames,
                                        n_frames, cancellable, &error))
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&self), g_object_unref);
}

/**
 * uc_row_animation_load_async:
 * @path: a local file
 * @cancellable: (nullable): cancels
 * @callback: called on the main thread
 * @user_data: for @callback
 *
 * Errors: %UC_ERROR_INVALID for what is too long to be kept, else those of reading and
 * decoding.
 */
void
uc_row_animation_load_async (const char         *path,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, uc_row_animation_load_async);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, load_in_worker);
}

/**
 * uc_row_animation_load_finish:
 * @result: the result
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the animation, standing still; %NULL without an
 *   error for a picture that does not move
 */
UcRowAnimation *
uc_row_animation_load_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * uc_row_animation_set_playing:
 * @self: an animation
 * @is_playing: whether it moves
 */
void
uc_row_animation_set_playing (UcRowAnimation *self, gboolean is_playing)
{
  g_return_if_fail (UC_IS_ROW_ANIMATION (self));

  if (self->is_playing == is_playing)
    return;
  self->is_playing = is_playing;
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  if (is_playing)
    schedule (self);
}

gboolean
uc_row_animation_is_playing (UcRowAnimation *self)
{
  g_return_val_if_fail (UC_IS_ROW_ANIMATION (self), FALSE);

  return self->is_playing;
}

guint
uc_row_animation_get_n_frames (UcRowAnimation *self)
{
  g_return_val_if_fail (UC_IS_ROW_ANIMATION (self), 0);

  return self->frames->len;
}

GdkTexture *
uc_row_animation_get_frame (UcRowAnimation *self)
{
  g_return_val_if_fail (UC_IS_ROW_ANIMATION (self), NULL);

  return ((Frame *) g_ptr_array_index (self->frames, self->current))->texture;
}
