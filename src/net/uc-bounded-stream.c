/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A GIOStream around another one, with a counting input half. The output half is the
 * other stream's own. */

#include "config.h"

#include "uc-bounded-stream-private.h"

#include <string.h>

/* A peer that sends without pause is answered "no more for now" after so much, so
 * that the main loop gets its turn. */
#define TURN_BYTES (256 * 1024)

#define UC_TYPE_BOUNDED_INPUT (uc_bounded_input_get_type ())
G_DECLARE_FINAL_TYPE (UcBoundedInput, uc_bounded_input, UC, BOUNDED_INPUT, GInputStream)

struct _UcBoundedInput {
  GInputStream parent_instance;

  GPollableInputStream *base;        /* (owned) */
  GBytes               *pushed_back; /* (owned) (nullable) read first */
  gsize                 limit_bytes;
  gsize                 n_bytes; /* since the last reset */
  gsize                 n_turn;  /* since the last pause */
  gboolean              is_paused;
  gboolean              is_exceeded;
};

struct _UcBoundedStream {
  GIOStream parent_instance;

  GIOStream      *base;  /* (owned) */
  UcBoundedInput *input; /* (owned) */
};

static void uc_bounded_input_iface_init (GPollableInputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (UcBoundedInput,
                               uc_bounded_input,
                               G_TYPE_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM,
                                                      uc_bounded_input_iface_init))
G_DEFINE_FINAL_TYPE (UcBoundedStream, _uc_bounded_stream, G_TYPE_IO_STREAM)

/* -- The input half ------------------------------------------------------------------ */

static gssize
take_pushed_back (UcBoundedInput *self, void *buffer, gsize count)
{
  gsize         length;
  gconstpointer data = g_bytes_get_data (self->pushed_back, &length);
  gsize         n = MIN (count, length);
  GBytes *rest = n < length ? g_bytes_new_from_bytes (self->pushed_back, n, length - n) : NULL;

  memcpy (buffer, data, n);
  g_bytes_unref (self->pushed_back);
  self->pushed_back = rest;
  return (gssize) n;
}

static gboolean
count_read (UcBoundedInput *self, gsize n, GError **error)
{
  self->n_bytes += n;
  self->n_turn += n;
  if (self->n_bytes <= self->limit_bytes)
    return TRUE;

  self->is_exceeded = TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, "message too large");
  return FALSE;
}

static gssize
uc_bounded_input_read (GInputStream *stream,
                       void         *buffer,
                       gsize         count,
                       GCancellable *cancellable,
                       GError      **error)
{
  UcBoundedInput *self = UC_BOUNDED_INPUT (stream);
  gssize          n;

  if (self->pushed_back != NULL)
    n = take_pushed_back (self, buffer, count);
  else
    n = g_input_stream_read (G_INPUT_STREAM (self->base), buffer, count, cancellable, error);
  if (n > 0 && !count_read (self, (gsize) n, error))
    return -1;
  return n;
}

static gboolean
uc_bounded_input_is_readable (GPollableInputStream *stream)
{
  UcBoundedInput *self = UC_BOUNDED_INPUT (stream);

  return self->pushed_back != NULL || g_pollable_input_stream_is_readable (self->base);
}

static GSource *
uc_bounded_input_create_source (GPollableInputStream *stream, GCancellable *cancellable)
{
  UcBoundedInput *self = UC_BOUNDED_INPUT (stream);
  g_autoptr (GSource) child = NULL;

  /* After a pause the other stream may have more in its own buffers than its source
   * tells of: this one lets other things in the loop pass first, then fires. */
  if (self->pushed_back != NULL || self->is_paused)
    child = g_timeout_source_new (0);
  else
    child = g_pollable_input_stream_create_source (self->base, NULL);
  return g_pollable_source_new_full (self, child, cancellable);
}

static gssize
uc_bounded_input_read_nonblocking (GPollableInputStream *stream,
                                   void                 *buffer,
                                   gsize                 count,
                                   GError              **error)
{
  UcBoundedInput *self = UC_BOUNDED_INPUT (stream);
  gssize          n;

  if (self->n_turn >= TURN_BYTES) {
    self->n_turn = 0;
    self->is_paused = TRUE;
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK, "a pause for others");
    return -1;
  }
  self->is_paused = FALSE;
  if (self->pushed_back != NULL) {
    n = take_pushed_back (self, buffer, count);
  } else {
    n = g_pollable_input_stream_read_nonblocking (self->base, buffer, count, NULL, error);
    if (n < 0)
      self->n_turn = 0;
  }
  if (n > 0 && !count_read (self, (gsize) n, error))
    return -1;
  return n;
}

static void
uc_bounded_input_dispose (GObject *object)
{
  UcBoundedInput *self = UC_BOUNDED_INPUT (object);

  g_clear_object (&self->base);
  g_clear_pointer (&self->pushed_back, g_bytes_unref);

  G_OBJECT_CLASS (uc_bounded_input_parent_class)->dispose (object);
}

static void
uc_bounded_input_class_init (UcBoundedInputClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = uc_bounded_input_dispose;
  G_INPUT_STREAM_CLASS (klass)->read_fn = uc_bounded_input_read;
}

static void
uc_bounded_input_iface_init (GPollableInputStreamInterface *iface)
{
  iface->is_readable = uc_bounded_input_is_readable;
  iface->create_source = uc_bounded_input_create_source;
  iface->read_nonblocking = uc_bounded_input_read_nonblocking;
}

static void
uc_bounded_input_init (UcBoundedInput *self)
{
}

/* -- The stream ---------------------------------------------------------------------- */

static GInputStream *
uc_bounded_stream_get_input_stream (GIOStream *stream)
{
  return G_INPUT_STREAM (UC_BOUNDED_STREAM (stream)->input);
}

static GOutputStream *
uc_bounded_stream_get_output_stream (GIOStream *stream)
{
  return g_io_stream_get_output_stream (UC_BOUNDED_STREAM (stream)->base);
}

static gboolean
uc_bounded_stream_close_fn (GIOStream *stream, GCancellable *cancellable, GError **error)
{
  return g_io_stream_close (UC_BOUNDED_STREAM (stream)->base, cancellable, error);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!g_io_stream_close_finish (G_IO_STREAM (source), result, &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
uc_bounded_stream_close_async (GIOStream          *stream,
                               int                 io_priority,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (stream, cancellable, callback, user_data);

  g_task_set_source_tag (task, uc_bounded_stream_close_async);
  g_io_stream_close_async (UC_BOUNDED_STREAM (stream)->base, io_priority, cancellable, closed_cb,
                           g_steal_pointer (&task));
}

static gboolean
uc_bounded_stream_close_finish (GIOStream *stream, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
uc_bounded_stream_dispose (GObject *object)
{
  UcBoundedStream *self = UC_BOUNDED_STREAM (object);

  /* The parent closes the stream here, and asks for its halves. */
  G_OBJECT_CLASS (_uc_bounded_stream_parent_class)->dispose (object);

  g_clear_object (&self->input);
  g_clear_object (&self->base);
}

static void
_uc_bounded_stream_class_init (UcBoundedStreamClass *klass)
{
  GIOStreamClass *stream_class = G_IO_STREAM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = uc_bounded_stream_dispose;
  stream_class->get_input_stream = uc_bounded_stream_get_input_stream;
  stream_class->get_output_stream = uc_bounded_stream_get_output_stream;
  stream_class->close_fn = uc_bounded_stream_close_fn;
  stream_class->close_async = uc_bounded_stream_close_async;
  stream_class->close_finish = uc_bounded_stream_close_finish;
}

static void
_uc_bounded_stream_init (UcBoundedStream *self)
{
}

/* @base: both halves pollable. @pushed_back: (nullable): read before the rest of it. */
UcBoundedStream *
_uc_bounded_stream_new (GIOStream *base, GBytes *pushed_back, gsize limit_bytes)
{
  UcBoundedStream *self = g_object_new (UC_TYPE_BOUNDED_STREAM, NULL);
  UcBoundedInput  *input = g_object_new (UC_TYPE_BOUNDED_INPUT, NULL);

  self->base = g_object_ref (base);
  self->input = input;
  input->base = G_POLLABLE_INPUT_STREAM (g_object_ref (g_io_stream_get_input_stream (base)));
  if (pushed_back != NULL && g_bytes_get_size (pushed_back) > 0)
    input->pushed_back = g_bytes_ref (pushed_back);
  input->limit_bytes = limit_bytes;
  return self;
}

void
_uc_bounded_stream_reset (UcBoundedStream *self)
{
  self->input->n_bytes = 0;
}

gboolean
_uc_bounded_stream_is_exceeded (UcBoundedStream *self)
{
  return self->input->is_exceeded;
}
