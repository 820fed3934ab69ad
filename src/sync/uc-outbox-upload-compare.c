/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether a file arrived as it was sent: fetched back and compared. Rare and dear, done
 * only after a server may have been killed while it put a piece away. */

#include "config.h"

#include "uc-outbox-upload-private.h"

#include "uc-error.h"
#include "uc-file-digest-private.h"
#include "uc-request-queue-private.h"

#include <glib/gstdio.h>

typedef struct {
  /* input */
  char   *file_id; /* (owned) */
  UcFile *file;    /* (owned) as it lies here */
  char   *digest;  /* (owned) (nullable) */
  char   *path;    /* (owned) where it is fetched to */

  /* result */
  gboolean is_same;
} Job;

static void fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void checked_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
job_free (gpointer data)
{
  Job *job = data;

  g_unlink (job->path);
  uc_file_unref (job->file);
  g_free (job->file_id);
  g_free (job->digest);
  g_free (job->path);
  g_free (job);
}

void
_uc_outbox_upload_compare_async (UcContext          *context,
                                 const char         *file_id,
                                 UcFile             *file,
                                 const char         *digest,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  g_task_set_source_tag (task, _uc_outbox_upload_compare_async);
  job->file_id = g_strdup (file_id);
  job->file = uc_file_ref (file);
  job->digest = g_strdup (digest);
  job->path = g_strconcat (file->local_path, ".check", NULL);
  g_task_set_task_data (task, job, job_free);
  _uc_request_queue_send_async (context->requests, UC_LANE_OUTBOX,
                                uc_request_download_file (file_id, "", job->path), cancellable,
                                fetched_cb, g_object_ref (task));
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job    *job = g_task_get_task_data (task);
  GError *error = NULL;

  /* The answer is the file itself. */
  (void) !_uc_request_queue_send_finish (UC_REQUEST_QUEUE (source), result, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    _uc_file_digest_check_async (job->path, job->file->size_bytes, job->digest,
                                 g_task_get_cancellable (task), checked_cb, g_object_ref (task));
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job    *job = g_task_get_task_data (task);
  GError *error = NULL;

  job->is_same = _uc_file_digest_check_finish (result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_task_return_error (task, error);
    return;
  }
  if (error != NULL)
    g_message ("A file arrived otherwise than it was sent: it is sent again");
  g_clear_error (&error);
  g_task_return_pointer (task, g_strdup (job->file_id), g_free);
}

char *
_uc_outbox_upload_compare_finish (GAsyncResult *result, gboolean *is_same, GError **error)
{
  Job *job = g_task_get_task_data (G_TASK (result));

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  *is_same = job->is_same;
  return g_task_propagate_pointer (G_TASK (result), error);
}
