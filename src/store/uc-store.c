/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The store as an object: it opens and closes. How it takes batches stands in
 * uc-store-apply.c, what a batch does to tables is the families'. */

#include "config.h"

#include "uc-store-parts-private.h"

#include "uc-error.h"
#include "uc-progress-private.h"
#include "uc-thread.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (UcStore, uc_store, G_TYPE_OBJECT)

static guint signals[UC_STORE_N_SIGNALS];

static void
uc_store_finalize (GObject *object)
{
  UcStore *self = UC_STORE (object);

  /* Readers first: the last connection empties the log. */
  g_clear_pointer (&self->searcher, uc_worker_free);
  g_clear_pointer (&self->reader, uc_worker_free);
  g_clear_pointer (&self->writer, uc_worker_free);
  if (self->lock_fd >= 0)
    _uc_store_unlock (self->lock_fd);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->reserve, _uc_reserve_free);
  g_clear_pointer (&self->early, _uc_early_free);
  g_free (self->notice);
  g_free (self->path);
  G_OBJECT_CLASS (uc_store_parent_class)->finalize (object);
}

static void
uc_store_class_init (UcStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = uc_store_finalize;

  /**
   * UcStore::changed:
   * @self: the store
   * @changes: (type UcChangeSet): what one batch changed
   *
   * After each commit that changed anything, on the main thread, in order.
   */
  signals[UC_STORE_SIGNAL_CHANGED] =
      g_signal_new ("changed", UC_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                    1, UC_TYPE_CHANGE_SET);

  /**
   * UcStore::condition-changed:
   * @self: the store
   *
   * What uc_store_get_condition() says has changed, on the main thread.
   */
  signals[UC_STORE_SIGNAL_CONDITION_CHANGED] = g_signal_new (
      "condition-changed", UC_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
uc_store_init (UcStore *self)
{
  self->lock_fd = -1;
  self->writer = uc_worker_new ("uc-writer");
  self->reader = uc_worker_new ("uc-reader");
  self->searcher = uc_worker_new ("uc-searcher");
}

/**
 * uc_store_new:
 * @path: of the database; its folder exists
 * @clock: tells the time of what is queued
 *
 * Returns: (transfer full): a store that is not open yet
 */
UcStore *
uc_store_new (const char *path, UcClock *clock)
{
  UcStore *self;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (UC_IS_CLOCK (clock), NULL);

  self = g_object_new (UC_TYPE_STORE, NULL);
  self->path = g_canonicalize_filename (path, NULL);
  self->clock = g_object_ref (clock);
  self->reserve = _uc_reserve_new (self->path);
  self->early = _uc_early_new ();
  return self;
}

/**
 * uc_store_new_reading:
 * @path: of a store that is there
 * @clock: tells the time
 *
 * Returns: (transfer full): a store that will be opened beside the program that has it,
 *   if any: without the lock, without bringing it up to date, for reads alone
 */
UcStore *
uc_store_new_reading (const char *path, UcClock *clock)
{
  UcStore *self = uc_store_new (path, clock);

  g_return_val_if_fail (self != NULL, NULL);

  self->is_read_only = TRUE;
  return self;
}

/* -- Opening and closing ---------------------------------------------------------------- */

typedef struct {
  UcStore      *store;       /* (unowned) the outer task holds it */
  UcProgress   *progress;    /* (owned) */
  GCancellable *cancellable; /* (owned) (nullable) */
} Open;

static void
open_free (gpointer data)
{
  Open *open = data;

  _uc_progress_free (open->progress);
  g_clear_object (&open->cancellable);
  g_free (open);
}

static void
open_in_worker (GTask *task, UcDb *db, gpointer task_data)
{
  Open            *open = task_data;
  UcMigrateOptions options = { _uc_progress_report, open->progress, open->cancellable };
  GError          *error = NULL;
  UcOpened        *opened;

  UC_ASSERT_WORKER (open->store->writer);

  opened = open->store->is_read_only ? _uc_store_open_to_read (open->store->path, &error)
                                     : _uc_store_open_db (open->store->path, &options, &error);
  if (opened == NULL) {
    g_task_return_error (task, error);
    return;
  }
  if (!opened->is_read_only)
    _uc_reserve_make (open->store->reserve);
  uc_worker_take_db (open->store->writer, g_steal_pointer (&opened->db));
  g_task_return_pointer (task, opened, (GDestroyNotify) _uc_opened_free);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UcStore *self = g_task_get_source_object (task);
  GError  *error = NULL;
  g_autoptr (UcOpened) opened = g_task_propagate_pointer (G_TASK (result), &error);

  if (opened == NULL) {
    g_task_return_error (task, error);
    return;
  }
  self->lock_fd = opened->lock_fd;
  opened->lock_fd = -1;
  self->is_read_only = opened->is_read_only;
  self->told = uc_store_get_condition (self);
  self->notice = g_steal_pointer (&opened->notice);
  self->is_open = TRUE;
  g_task_return_boolean (task, TRUE);
}

/**
 * uc_store_open_async:
 * @progress: (nullable): called on the calling thread while the schema is brought up
 *   to date
 *
 * Opens, migrates, turns what was being sent into what is in doubt. A file that is
 * damaged is set aside, with what can be saved of it brought over: see
 * uc_store_get_notice(). Cancelling stops a migration between two of its batches
 * (%G_IO_ERROR_CANCELLED); the next opening goes on there. It has no other effect.
 */
void
uc_store_open_async (UcStore            *self,
                     UcStoreProgress     progress,
                     gpointer            progress_data,
                     GCancellable       *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GTask) job = NULL;
  Open *open;

  g_return_if_fail (UC_IS_STORE (self));
  g_return_if_fail (!self->is_open);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, uc_store_open_async);
  g_task_set_check_cancellable (task, FALSE);
  open = g_new0 (Open, 1);
  open->store = self;
  g_set_object (&open->cancellable, cancellable);
  open->progress = _uc_progress_new (progress, progress_data, g_task_get_context (task));
  job = g_task_new (NULL, NULL, opened_cb, g_steal_pointer (&task));
  g_task_set_source_tag (job, open_in_worker);
  g_task_set_task_data (job, open, open_free);
  uc_worker_push (self->writer, job, open_in_worker);
}

/**
 * uc_store_open_finish:
 *
 * Returns: %FALSE with %UC_ERROR_CONFLICT (another process has it),
 *   %UC_ERROR_SCHEMA_TOO_NEW (left untouched) or %UC_ERROR_STORAGE
 */
gboolean
uc_store_open_finish (UcStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
close_in_worker (GTask *task, UcDb *db, gpointer task_data)
{
  uc_worker_take_db (task_data, NULL);
  g_task_return_boolean (task, TRUE);
}

static void
close_next (UcStore *self, UcWorker *worker, GAsyncReadyCallback callback, GTask *task)
{
  g_autoptr (GTask) job = g_task_new (NULL, NULL, callback, task);

  g_task_set_source_tag (job, close_in_worker);
  g_task_set_task_data (job, worker, NULL);
  uc_worker_push (worker, job, close_in_worker);
}

static void searcher_closed_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void reader_closed_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void writer_closed_cb (GObject *source, GAsyncResult *result, gpointer user_data);

/**
 * uc_store_close_async:
 *
 * What was given before is done first. The last connection empties the log.
 */
void
uc_store_close_async (UcStore *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;

  g_return_if_fail (UC_IS_STORE (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, uc_store_close_async);
  self->is_open = FALSE;
  close_next (self, self->searcher, searcher_closed_cb, task);
}

static void
searcher_closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  UcStore *self = g_task_get_source_object (user_data);

  close_next (self, self->reader, reader_closed_cb, user_data);
}

static void
reader_closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  UcStore *self = g_task_get_source_object (user_data);

  close_next (self, self->writer, writer_closed_cb, user_data);
}

static void
writer_closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UcStore *self = g_task_get_source_object (task);

  if (self->lock_fd >= 0)
    _uc_store_unlock (self->lock_fd);
  self->lock_fd = -1;
  g_task_return_boolean (task, TRUE);
}

gboolean
uc_store_close_finish (UcStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

const char *
uc_store_get_path (UcStore *self)
{
  return self->path;
}

/**
 * uc_store_is_read_only:
 *
 * Returns: whether it could only be opened for reading; batches are refused then
 */
gboolean
uc_store_is_read_only (UcStore *self)
{
  return self->is_read_only;
}

/**
 * uc_store_get_condition:
 *
 * Returns: whether what is given to it can be expected to stay
 */
UcStoreCondition
uc_store_get_condition (UcStore *self)
{
  if (self->is_read_only)
    return UC_STORE_READ_ONLY;
  return _uc_reserve_is_used (self->reserve) ? UC_STORE_FULL : UC_STORE_WRITABLE;
}

/**
 * uc_store_get_notice:
 *
 * Returns: (nullable): what a person should be told once about the opening
 */
const char *
uc_store_get_notice (UcStore *self)
{
  return self->notice;
}

/* -- For the room ------------------------------------------------------------------------ */

guint
_uc_store_get_committed (UcStore *self)
{
  return (guint) g_atomic_int_get (&self->committed);
}

guint
_uc_store_get_emitted (UcStore *self)
{
  return self->emitted;
}

UcWorker *
_uc_store_get_reader (UcStore *self, gboolean for_search)
{
  if (!self->is_open)
    return NULL;
  return for_search ? self->searcher : self->reader;
}

void
_uc_store_note_damage (UcStore *self)
{
  if (g_atomic_int_compare_and_exchange (&self->is_damaged, FALSE, TRUE) && self->lock_fd >= 0)
    _uc_store_mark_damaged (self->lock_fd);
}

void
_uc_store_emit (UcStore *self, guint signal, UcChangeSet *changes)
{
  if (signal == UC_STORE_SIGNAL_CHANGED)
    g_signal_emit (self, signals[signal], 0, changes);
  else
    g_signal_emit (self, signals[signal], 0);
}
