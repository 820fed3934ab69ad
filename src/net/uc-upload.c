/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Opens the file that is to be sent. The size is asked of the open file, so that it is
 * that of the bytes that will be read. */

#include "config.h"

#include "uc-upload-private.h"

#include "uc-error.h"

#include <glib/gi18n-lib.h>

typedef struct {
  GFileInputStream *stream; /* (owned) (nullable) */
  gint64            size_bytes;
} Upload;

static void open_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void query_cb (GObject *source, GAsyncResult *result, gpointer user_data);

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
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_task_set_source_tag (task, _uc_upload_open_async);
  g_task_set_task_data (task, g_new0 (Upload, 1), upload_free);
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

static void
query_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Upload *upload = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info =
      g_file_input_stream_query_info_finish (G_FILE_INPUT_STREAM (source), result, &error);

  if (info == NULL) {
    g_task_return_error (task, dup_error (error));
    return;
  }
  upload->size_bytes = g_file_info_get_size (info);
  g_task_return_pointer (task, g_object_ref (upload->stream), g_object_unref);
}

/* (transfer full) */
GInputStream *
_uc_upload_open_finish (GAsyncResult *result, gint64 *size_bytes, GError **error)
{
  Upload *upload = g_task_get_task_data (G_TASK (result));

  *size_bytes = upload->size_bytes;
  return g_task_propagate_pointer (G_TASK (result), error);
}
