/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Carries questions to the readers' threads and answers back. An answer that was
 * overtaken by a commit whose changes have been told of meanwhile is asked for again:
 * whoever shows it would otherwise miss that change for good. */

#include "config.h"

#include "uc-read-job-private.h"

#include "uc-error.h"
#include "uc-store-private.h"

#include <glib/gi18n-lib.h>

/* Each repeat needs a commit in just that moment; this only rules out for ever. */
#define MAX_REPEATS 20

typedef struct {
  UcStore  *store;    /* (unowned) the outer task holds it */
  UcRead   *read;     /* (owned) */
  UcWorker *worker;   /* (unowned) the store's */
  guint     snapshot; /* batches that were committed when it was read */
  guint     repeats;
} Job;

static void
read_free (UcRead *read)
{
  g_free (read->id);
  g_free (read->text);
  g_strfreev (read->ids);
  g_free (read);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  read_free (job->read);
  g_free (job);
}

UcRead *
_uc_read_new (UcReadFunc func, gpointer free_result)
{
  UcRead *read = g_new0 (UcRead, 1);

  read->func = func;
  read->free_result = (GDestroyNotify) free_result;
  return read;
}

static UcDb *
open_reader (Job *job, GError **error)
{
  UcDb *db = uc_db_open (uc_store_get_path (job->store), UC_DB_READ_ONLY, error);

  if (db != NULL)
    uc_worker_take_db (job->worker, db);
  return db;
}

static gpointer
run_read (UcDb *db, UcRead *read, GError **error)
{
  gpointer answer;

  if (!uc_db_begin_read (db, error))
    return NULL;
  answer = read->func (db, read, error);
  uc_db_end_read (db);
  return answer;
}

static void
read_in_worker (GTask *task, UcDb *db, gpointer task_data)
{
  Job     *job = task_data;
  GError  *error = NULL;
  gpointer answer;

  UC_ASSERT_WORKER (job->worker);

  if (db == NULL && (db = open_reader (job, &error)) == NULL) {
    g_task_return_error (task, error);
    return;
  }
  /* Taken before the snapshot, so that it is never newer than that. */
  job->snapshot = _uc_store_get_committed (job->store);
  job->read->cancellable = g_task_get_cancellable (task);
  uc_db_set_limit (db, job->read->cancellable, job->read->limit_ms);
  answer = run_read (db, job->read, &error);
  uc_db_set_limit (db, NULL, 0);
  if (uc_db_is_damaged (db))
    _uc_store_note_damage (job->store);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, answer, answer != NULL ? job->read->free_result : NULL);
}

static void push_job (Job *job, GTask *task);

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job     *job = g_task_get_task_data (task);
  GError  *error = NULL;
  gpointer answer = g_task_propagate_pointer (G_TASK (result), &error);

  if (error != NULL) {
    g_task_return_error (task, error);
    return;
  }
  if ((gint) (job->snapshot - _uc_store_get_emitted (job->store)) < 0 &&
      job->repeats++ < MAX_REPEATS) {
    if (answer != NULL)
      job->read->free_result (answer);
    push_job (job, g_steal_pointer (&task));
    return;
  }
  g_task_return_pointer (task, answer, answer != NULL ? job->read->free_result : NULL);
}

static void
push_job (Job *job, GTask *task)
{
  g_autoptr (GTask) inner = g_task_new (NULL, g_task_get_cancellable (task), read_cb, task);

  g_task_set_source_tag (inner, read_in_worker);
  /* The outer task owns the job and outlives this one. */
  g_task_set_task_data (inner, job, NULL);
  uc_worker_push (job->worker, inner, read_in_worker);
}

void
_uc_read_start (UcStore            *store,
                UcRead             *read,
                gpointer            tag,
                GCancellable       *cancellable,
                GAsyncReadyCallback callback,
                gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  g_task_set_source_tag (task, tag);
  job->store = store;
  job->read = read;
  job->worker = _uc_store_get_reader (store, read->is_search);
  g_task_set_task_data (task, job, job_free);
  if (job->worker == NULL) {
    /* Closing calls off what is still being read, for whoever has not heard of it yet. */
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("The store is closed"));
    return;
  }
  push_job (job, g_steal_pointer (&task));
}

gpointer
_uc_read_finish (UcStore *store, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
