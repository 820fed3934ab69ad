/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Group commit. A batch is whatever was pushed since the last batch began: while
 * one waits for the disk the next gathers by itself, so there is no timer and a
 * lone request is not kept waiting. */

#include "config.h"

#include "uc-dispatch.h"

#include "uc-error.h"

/* Bounds the time between two commits. What only reads is answered one by one: there
 * is no commit to share, and nobody waits for the slow search of another. */
#define MAX_BATCH 256

typedef struct {
  UcTxnFunc      run; /* input */
  UcTxnDone      done;
  gpointer       job; /* (owned) freed by @free_job */
  GDestroyNotify free_job;
  GPtrArray     *pushes; /* result */
  GError        *error;
} Entry;

struct _UcDispatch {
  UcWorker     *worker;  /* (unowned) */
  const UcSite *site;    /* (unowned) */
  UcPublishFunc publish; /* (nullable): of one that reads */
  gpointer      user_data;
  guint         limit_ms; /* of a job that reads */
  guint         max_batch;
  GPtrArray    *pending; /* (owned) (element-type Entry): for the next batch */
  gboolean      is_closed;
  guint         n_batches; /* under way */
  guint         n_jobs;    /* not yet answered */
};

typedef struct {
  UcDispatch   *dispatch; /* (owned): kept until the last batch has come back */
  const UcSite *site;
  GPtrArray    *entries;
  guint         limit_ms;
} Batch;

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  if (entry->free_job != NULL)
    entry->free_job (entry->job);
  g_clear_pointer (&entry->pushes, g_ptr_array_unref);
  g_clear_error (&entry->error);
  g_free (entry);
}

static void
batch_free (gpointer data)
{
  Batch *batch = data;

  g_ptr_array_unref (batch->entries);
  g_free (batch);
}

static gboolean
run_constant (UcDb *db, const char *sql, GError **error)
{
  UcStmt *stmt = uc_db_prepare (db, sql, error);

  return stmt != NULL && uc_stmt_run (stmt, error);
}

/* One job inside its own savepoint. FALSE only when the transaction is lost. */
static gboolean
run_entry (Entry *entry, UcDb *db, const UcSite *site, GError **error)
{
  UcTxn txn = { .db = db, .site = site, .now_ms = uc_clock_get_now_ms (site->clock) };

  if (!run_constant (db, "SAVEPOINT job", error))
    return FALSE;

  txn.pushes = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_push_unref);
  if (entry->run (&txn, entry->job, &entry->error)) {
    entry->pushes = txn.pushes;
    return run_constant (db, "RELEASE job", error);
  }

  g_ptr_array_unref (txn.pushes);
  return run_constant (db, "ROLLBACK TO job", error) && run_constant (db, "RELEASE job", error);
}

/* Nothing of the batch happened: every job that had not failed by itself says so. */
static void
fail_batch (GPtrArray *entries, const GError *error)
{
  for (guint i = 0; i < entries->len; i++) {
    Entry *entry = g_ptr_array_index (entries, i);

    g_clear_pointer (&entry->pushes, g_ptr_array_unref);
    if (entry->error == NULL)
      entry->error = g_error_copy (error);
  }
}

/* Nothing is written, so nothing is undone. */
static void
read_entry (Entry *entry, UcDb *db, const UcSite *site, guint limit_ms)
{
  UcTxn txn = { .db = db, .site = site, .now_ms = uc_clock_get_now_ms (site->clock) };

  if (!uc_db_begin_read (db, &entry->error))
    return;
  uc_db_set_limit (db, NULL, limit_ms);
  txn.pushes = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_push_unref);
  entry->run (&txn, entry->job, &entry->error);
  g_ptr_array_unref (txn.pushes);
  uc_db_set_limit (db, NULL, 0);
  uc_db_end_read (db);
}

static void
read_batch_in_worker (GTask *task, UcDb *db, gpointer task_data)
{
  Batch *batch = task_data;

  for (guint i = 0; i < batch->entries->len; i++)
    read_entry (g_ptr_array_index (batch->entries, i), db, batch->site, batch->limit_ms);
  g_task_return_boolean (task, TRUE);
}

static void
run_batch_in_worker (GTask *task, UcDb *db, gpointer task_data)
{
  Batch *batch = task_data;
  g_autoptr (GError) error = NULL;
  gboolean is_open = uc_db_begin (db, &error);

  for (guint i = 0; is_open && i < batch->entries->len; i++) {
    if (!run_entry (g_ptr_array_index (batch->entries, i), db, batch->site, &error))
      break;
  }
  if (error == NULL)
    uc_db_commit (db, &error);
  if (error != NULL) {
    g_warning ("A batch of %u jobs was not written: %s", batch->entries->len, error->message);
    if (is_open)
      uc_db_rollback (db);
    fail_batch (batch->entries, error);
  }
  g_task_return_boolean (task, TRUE);
}

static void start_batch (UcDispatch *self);

static void
batch_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Batch      *batch = g_task_get_task_data (G_TASK (result));
  UcDispatch *self = batch->dispatch;

  self->n_batches--;
  if (!self->is_closed && self->pending->len > 0)
    start_batch (self);

  for (guint i = 0; i < batch->entries->len; i++) {
    Entry *entry = g_ptr_array_index (batch->entries, i);

    self->n_jobs--;
    for (guint j = 0; !self->is_closed && entry->pushes != NULL && j < entry->pushes->len; j++)
      self->publish (g_ptr_array_index (entry->pushes, j), self->user_data);
    if (!self->is_closed)
      entry->done (entry->job, entry->error);
  }
  /* The worker may be the last to let the task go: jobs are freed here all the same. */
  g_ptr_array_set_size (batch->entries, 0);
  g_rc_box_release (self);
}

static void
start_batch (UcDispatch *self)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, batch_done_cb, NULL);
  Batch *batch = g_new0 (Batch, 1);

  g_task_set_source_tag (task, start_batch);
  g_task_set_check_cancellable (task, FALSE);
  batch->dispatch = g_rc_box_acquire (self);
  batch->site = self->site;
  batch->limit_ms = self->limit_ms;
  if (self->pending->len <= self->max_batch) {
    batch->entries = g_steal_pointer (&self->pending);
    self->pending = g_ptr_array_new_with_free_func (entry_free);
  } else {
    batch->entries = g_ptr_array_new_with_free_func (entry_free);
    for (guint i = 0; i < self->max_batch; i++)
      g_ptr_array_add (batch->entries, g_ptr_array_index (self->pending, i));
    g_ptr_array_set_free_func (self->pending, NULL);
    g_ptr_array_remove_range (self->pending, 0, self->max_batch);
    g_ptr_array_set_free_func (self->pending, entry_free);
  }
  self->n_batches++;
  g_task_set_task_data (task, batch, batch_free);
  uc_worker_push (self->worker, task,
                  self->publish != NULL ? run_batch_in_worker : read_batch_in_worker);
}

/**
 * uc_dispatch_new:
 * @worker: (transfer none): outlives this object; has its database
 * @site: (transfer none): outlives this object
 * @publish: gets every event that was committed
 */
UcDispatch *
uc_dispatch_new (UcWorker *worker, const UcSite *site, UcPublishFunc publish, gpointer user_data)
{
  UcDispatch *self = g_rc_box_new0 (UcDispatch);

  self->worker = worker;
  self->site = site;
  self->publish = publish;
  self->user_data = user_data;
  self->max_batch = MAX_BATCH;
  self->pending = g_ptr_array_new_with_free_func (entry_free);
  return self;
}

/**
 * uc_dispatch_new_reading:
 * @worker: (transfer none): outlives this object; has its database, open for reading
 * @site: (transfer none): outlives this object
 * @limit_ms: what takes longer ends with %UC_ERROR_TIMEOUT
 */
UcDispatch *
uc_dispatch_new_reading (UcWorker *worker, const UcSite *site, guint limit_ms)
{
  UcDispatch *self = uc_dispatch_new (worker, site, NULL, NULL);

  self->limit_ms = limit_ms;
  self->max_batch = 1;
  return self;
}

/**
 * uc_dispatch_push:
 * @run: what to do on the worker
 * @done: called when it is committed, or has failed
 * @job: (transfer full): their argument
 * @free_job: (nullable): frees it, after @done or when nobody waits any more
 */
void
uc_dispatch_push (UcDispatch    *self,
                  UcTxnFunc      run,
                  UcTxnDone      done,
                  gpointer       job,
                  GDestroyNotify free_job)
{
  Entry *entry = g_new0 (Entry, 1);

  g_return_if_fail (!self->is_closed);

  entry->run = run;
  entry->done = done;
  entry->job = job;
  entry->free_job = free_job;
  g_ptr_array_add (self->pending, entry);
  self->n_jobs++;
  if (self->n_batches == 0)
    start_batch (self);
}

/**
 * uc_dispatch_get_backlog:
 *
 * Returns: how many jobs are not answered yet
 */
guint
uc_dispatch_get_backlog (UcDispatch *self)
{
  return self->n_jobs;
}

/**
 * uc_dispatch_free:
 * @self: (transfer full):
 *
 * Ends the answers. What the worker has taken over it still finishes; what only
 * waited is dropped.
 */
void
uc_dispatch_free (UcDispatch *self)
{
  self->is_closed = TRUE;
  g_clear_pointer (&self->pending, g_ptr_array_unref);
  g_rc_box_release (self);
}
