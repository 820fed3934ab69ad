/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Opens the file that is to be sent, or a piece of it. The size is asked of the open
 * file, so that it is that of the bytes that will be read. */

#include "config.h"

#include "uc-upload-private.h"

#include "uc-error.h"

#include <glib/gi18n-lib.h>

#define UC_TYPE_PIECE_STREAM (piece_stream_get_type ())
G_DECLARE_FINAL_TYPE (PieceStream, piece_stream, UC, PIECE_STREAM, GFilterInputStream)

/* Ends where the piece ends, whatever follows in the file. */
struct _PieceStream {
  GFilterInputStream parent_instance;

  gint64 left_bytes;
};

typedef struct {
  /* input */
  gint64 offset_bytes;
  gint64 length_bytes; /* 0: to the end */

  /* result */
  GFileInputStream *stream; /* (owned) (nullable) */
  gint64            size_bytes;
} Upload;

G_DEFINE_FINAL_TYPE (PieceStream, piece_stream, G_TYPE_FILTER_INPUT_STREAM)

static void open_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void query_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static gssize
piece_stream_read (GInputStream *stream,
                   void         *buffer,
                   gsize         count,
                   GCancellable *cancellable,
                   GError      **error)
{
  PieceStream  *self = UC_PIECE_STREAM (stream);
  GInputStream *base = g_filter_input_stream_get_base_stream (G_FILTER_INPUT_STREAM (stream));
  gssize        n_read =
      g_input_stream_read (base, buffer, MIN (count, (gsize) self->left_bytes), cancellable, error);

  if (n_read > 0)
    self->left_bytes -= n_read;
  return n_read;
}

static void
piece_stream_class_init (PieceStreamClass *klass)
{
  /* The asynchronous calls go by way of this one, on a thread. */
  G_INPUT_STREAM_CLASS (klass)->read_fn = piece_stream_read;
}

static void
piece_stream_init (PieceStream *self)
{
}

static void
upload_free (gpointer data)
{
  Upload *upload = data;

  g_clear_object (&upload->stream);
  g_free (upload);
}

static GError *
dup_error (const GError *cause)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (cause);
  return g_error_new (UC_ERROR, UC_ERROR_STORAGE, _ ("The file to send cannot be read (%s)."),
                      cause->message);
}

void
_uc_upload_open_async (const char         *path,
                       gint64              offset_bytes,
                       gint64              length_bytes,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  GTask  *task = g_task_new (NULL, cancellable, callback, user_data);
  Upload *upload = g_new0 (Upload, 1);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_task_set_source_tag (task, _uc_upload_open_async);
  upload->offset_bytes = offset_bytes;
  upload->length_bytes = length_bytes;
  g_task_set_task_data (task, upload, upload_free);
  g_file_read_async (file, G_PRIORITY_DEFAULT, cancellable, open_cb, task);
}

static void
open_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Upload *upload = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  upload->stream = g_file_read_finish (G_FILE (source), result, &error);
  if (upload->stream == NULL) {
    g_task_return_error (task, dup_error (error));
    return;
  }
  g_file_input_stream_query_info_async (
      upload->stream, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
      G_PRIORITY_DEFAULT, g_task_get_cancellable (task), query_cb, g_object_ref (task));
}

static GInputStream *
make_stream (Upload *upload, GError **error)
{
  PieceStream *piece;

  if (upload->offset_bytes == 0 && upload->length_bytes == 0)
    return g_object_ref (G_INPUT_STREAM (upload->stream));
  /* A place in a local file is only a number: this does not wait. */
  if (!g_seekable_seek (G_SEEKABLE (upload->stream), upload->offset_bytes, G_SEEK_SET, NULL, error))
    return NULL;
  piece = g_object_new (UC_TYPE_PIECE_STREAM, "base-stream", upload->stream, NULL);
  piece->left_bytes = upload->size_bytes;
  return G_INPUT_STREAM (piece);
}

static void
query_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Upload *upload = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info =
      g_file_input_stream_query_info_finish (G_FILE_INPUT_STREAM (source), result, &error);
  GInputStream *stream;

  if (info == NULL) {
    g_task_return_error (task, dup_error (error));
    return;
  }
  upload->size_bytes = g_file_info_get_size (info) - upload->offset_bytes;
  if (upload->length_bytes > upload->size_bytes) {
    g_task_return_new_error (task, UC_ERROR, UC_ERROR_STORAGE,
                             _ ("The file to send is shorter than it was."));
    return;
  }
  if (upload->length_bytes > 0)
    upload->size_bytes = upload->length_bytes;
  stream = make_stream (upload, &error);
  if (stream == NULL)
    g_task_return_error (task, dup_error (error));
  else
    g_task_return_pointer (task, stream, g_object_unref);
}

/* (transfer full) */
GInputStream *
_uc_upload_open_finish (GAsyncResult *result, gint64 *size_bytes, GError **error)
{
  Upload *upload = g_task_get_task_data (G_TASK (result));

  *size_bytes = upload->size_bytes;
  return g_task_propagate_pointer (G_TASK (result), error);
}
