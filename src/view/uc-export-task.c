/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An export on a thread of its own, for who must not wait: the thread has its own copy
 * of what to do, and tells how far it is on the thread that asked. */

#include "config.h"

#include "uc-export.h"

typedef struct {
  /* input */
  UcExportOptions  options; /* its texts are owned */
  UcExportProgress progress;
  gpointer         progress_data;
  GMainContext    *context; /* (owned) */

  /* result */
  UcExportResult result;
} Job;

typedef struct {
  GTask *task; /* (owned) */
  gint64 n_done;
  gint64 n_total;
} Telling;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free ((char *) job->options.store_path);
  g_free ((char *) job->options.folder);
  g_free ((char *) job->options.format);
  g_free ((char *) job->options.channel_id);
  g_free ((char *) job->options.cache_folder);
  g_main_context_unref (job->context);
  g_free (job);
}

static void
telling_free (gpointer data)
{
  Telling *telling = data;

  g_object_unref (telling->task);
  g_free (telling);
}

static gboolean
tell_cb (gpointer user_data)
{
  Telling *telling = user_data;
  Job     *job = g_task_get_task_data (telling->task);

  /* Whoever has the answer wants no more news. */
  if (!g_task_get_completed (telling->task))
    job->progress (telling->n_done, telling->n_total, job->progress_data);
  return G_SOURCE_REMOVE;
}

static void
progress_in_thread (gint64 n_done, gint64 n_total, gpointer user_data)
{
  Job     *job = g_task_get_task_data (user_data);
  Telling *telling = g_new0 (Telling, 1);

  telling->task = g_object_ref (user_data);
  telling->n_done = n_done;
  telling->n_total = n_total;
  g_main_context_invoke_full (job->context, G_PRIORITY_DEFAULT, tell_cb, telling, telling_free);
}

static void
run_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job    *job = task_data;
  GError *error = NULL;

  if (uc_export_run (&job->options, job->progress != NULL ? progress_in_thread : NULL, task,
                     &job->result, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
uc_export_run_async (const UcExportOptions *options,
                     UcExportProgress       progress,
                     gpointer               progress_data,
                     GCancellable          *cancellable,
                     GAsyncReadyCallback    callback,
                     gpointer               user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  g_task_set_source_tag (task, uc_export_run_async);
  /* Whether it was cut off, the thread says: the last line may be written already. */
  g_task_set_check_cancellable (task, FALSE);
  job->options = (UcExportOptions){
    g_strdup (options->store_path), g_strdup (options->folder),       g_strdup (options->format),
    g_strdup (options->channel_id), g_strdup (options->cache_folder), options->with_files,
  };
  job->progress = progress;
  job->progress_data = progress_data;
  job->context = g_main_context_ref (g_task_get_context (task));
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, run_in_thread);
}

gboolean
uc_export_run_finish (GAsyncResult *result, UcExportResult *export_result, GError **error)
{
  Job *job = g_task_get_task_data (G_TASK (result));

  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  *export_result = job->result;
  return g_task_propagate_boolean (G_TASK (result), error);
}
