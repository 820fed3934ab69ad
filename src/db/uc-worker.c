/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One thread with one connection and a queue that is strictly first in, first out.
 * When nothing is waiting it writes the log back into the database, so that no
 * commit ever has to. */

#include "config.h"

#include "uc-db-private.h"
#include "uc-worker.h"

#define IDLE_US         (250 * G_TIME_SPAN_MILLISECOND)
#define WAL_LIMIT_PAGES 8192

struct _UcWorker {
  GThread     *thread; /* (owned) */
  GAsyncQueue *jobs;   /* (owned) of Job */
  UcDb        *db;     /* (owned) (nullable) the worker's thread only */
};

typedef struct {
  GTask       *task; /* (owned) (nullable) NULL: the end */
  UcWorkerFunc func;
} Job;

static void
checkpoint (UcWorker *self)
{
  g_autoptr (GError) error = NULL;

  if (!uc_db_checkpoint (self->db, FALSE, &error))
    g_warning ("Checkpoint: %s", error->message);
}

/* @is_due: set when the log has something to write back. */
static Job *
wait_for_job (UcWorker *self, gboolean *is_due)
{
  Job *job;

  if (!*is_due)
    return g_async_queue_pop (self->jobs);

  job = g_async_queue_timeout_pop (self->jobs, IDLE_US);
  if (job != NULL)
    return job;
  /* Once a pause: what a reader holds back is done after the next write. Without
   * this an idle program would wake up for nothing. */
  checkpoint (self);
  *is_due = FALSE;
  return g_async_queue_pop (self->jobs);
}

static gboolean
released_cb (gpointer user_data)
{
  return G_SOURCE_REMOVE;
}

/* The last reference may be the worker's: the task, and whoever it is a task of, must
 * not end on this thread. Its owner would wait here for the thread it is on. */
static void
release_where_made (GTask *task)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_static_name (source, "UcWorker release");
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, released_cb, task, g_object_unref);
  g_source_attach (source, g_task_get_context (task));
}

static void
run_job (UcWorker *self, Job *job)
{
  GTask *task = g_steal_pointer (&job->task);

  /* What nobody waits for any more need not be read. Writes do not honour their
   * cancellable and are done in any case. */
  if (!g_task_get_check_cancellable (task) || !g_task_return_error_if_cancelled (task))
    job->func (task, self->db, g_task_get_task_data (task));
  release_where_made (task);
}

/* The log holds pages that the database file lacks. */
static gboolean
is_checkpoint_due (UcWorker *self)
{
  return self->db != NULL && _uc_db_get_wal_pages (self->db) > 0;
}

static gpointer
worker_thread (gpointer user_data)
{
  UcWorker *self = user_data;
  gboolean  is_due = FALSE;
  gboolean  is_over = FALSE;

  while (!is_over) {
    g_autofree Job *job = wait_for_job (self, &is_due);

    is_over = job->task == NULL;
    if (!is_over)
      run_job (self, job);
    is_due = is_checkpoint_due (self);
    /* Without any pause the log would grow for ever. */
    if (is_due && _uc_db_get_wal_pages (self->db) > WAL_LIMIT_PAGES)
      checkpoint (self);
  }
  g_clear_pointer (&self->db, uc_db_close);
  return NULL;
}

/**
 * uc_worker_new:
 * @name: of its thread, at most 15 characters
 *
 * Returns: (transfer full): a worker without a connection
 */
UcWorker *
uc_worker_new (const char *name)
{
  UcWorker *self = g_new0 (UcWorker, 1);

  self->jobs = g_async_queue_new ();
  self->thread = g_thread_new (name, worker_thread, self);
  return self;
}

/**
 * uc_worker_push:
 * @task: (transfer none): returned by @func, once
 *
 * Thread: any. A cancelled task that honours its cancellable is not run.
 */
void
uc_worker_push (UcWorker *self, GTask *task, UcWorkerFunc func)
{
  Job *job = g_new0 (Job, 1);

  job->task = g_object_ref (task);
  job->func = func;
  g_async_queue_push (self->jobs, job);
}

/**
 * uc_worker_take_db:
 * @db: (transfer full) (nullable): %NULL only closes
 */
void
uc_worker_take_db (UcWorker *self, UcDb *db)
{
  UC_ASSERT_WORKER (self);

  g_clear_pointer (&self->db, uc_db_close);
  self->db = db;
}

gboolean
uc_worker_is_here (UcWorker *self)
{
  return g_thread_self () == self->thread;
}

void
uc_worker_free (UcWorker *self)
{
  if (self == NULL)
    return;

  g_async_queue_push (self->jobs, g_new0 (Job, 1));
  g_thread_join (self->thread);
  g_async_queue_unref (self->jobs);
  g_free (self);
}
