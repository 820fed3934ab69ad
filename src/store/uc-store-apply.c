/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The store takes batches: each is applied on the writer's thread in one transaction, and
 * what it changed is told on the main thread. */

#include "config.h"

#include "uc-store-parts-private.h"

#include "uc-error.h"
#include "uc-thread.h"
#include "uc-write-private.h"

#include <glib/gi18n-lib.h>

typedef struct {
  UcStore *store; /* (unowned) the outer task holds it */
  UcBatch *batch; /* (owned) */
  gint64   now_ms;
} Apply;

static void
apply_free (gpointer data)
{
  Apply *apply = data;

  uc_batch_free (apply->batch);
  g_free (apply);
}

static void
apply_in_worker (GTask *task, UcDb *db, gpointer task_data)
{
  Apply       *apply = task_data;
  GError      *error = NULL;
  UcChangeSet *changes;

  UC_ASSERT_WORKER (apply->store->writer);

  if (db == NULL) {
    g_task_return_new_error (task, UC_ERROR, UC_ERROR_STORAGE, _ ("The store is not open"));
    return;
  }
  changes = _uc_reserve_apply (apply->store->reserve, apply->batch, db, apply->store->early,
                               apply->now_ms, &error);
  if (changes == NULL) {
    if (uc_db_is_damaged (db))
      _uc_store_note_damage (apply->store);
    g_task_return_error (task, error);
    return;
  }
  g_atomic_int_inc (&apply->store->committed);
  g_task_return_pointer (task, changes, (GDestroyNotify) uc_change_set_unref);
}

static void
tell_condition (UcStore *self)
{
  UcStoreCondition condition = uc_store_get_condition (self);

  if (condition == self->told)
    return;
  self->told = condition;
  _uc_store_emit (self, UC_STORE_SIGNAL_CONDITION_CHANGED, NULL);
}

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UcStore *self = g_task_get_source_object (task);
  GError  *error = NULL;
  g_autoptr (UcChangeSet) changes = g_task_propagate_pointer (G_TASK (result), &error);

  tell_condition (self);
  if (changes == NULL) {
    g_task_return_error (task, error);
    return;
  }
  self->emitted++;
  if (!_uc_change_set_is_empty (changes))
    _uc_store_emit (self, UC_STORE_SIGNAL_CHANGED, changes);
  g_task_return_boolean (task, TRUE);
}

/**
 * uc_store_apply_async:
 * @batch: (transfer full): applied as a whole or not at all
 *
 * Batches are applied in the order they are given. #UcStore::changed is emitted
 * before @callback.
 */
void
uc_store_apply_async (UcStore            *self,
                      UcBatch            *batch,
                      GAsyncReadyCallback callback,
                      gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GTask) job = NULL;
  Apply *apply;

  g_return_if_fail (UC_IS_STORE (self));
  g_return_if_fail (batch != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, uc_store_apply_async);
  g_task_set_check_cancellable (task, FALSE);
  if (self->is_read_only) {
    uc_batch_free (batch);
    g_task_return_new_error (task, UC_ERROR, UC_ERROR_STORAGE,
                             _ ("The store can be read but not written"));
    return;
  }
  apply = g_new0 (Apply, 1);
  apply->store = self;
  apply->batch = batch;
  apply->now_ms = uc_clock_get_now_ms (self->clock);
  job = g_task_new (NULL, NULL, applied_cb, g_steal_pointer (&task));
  g_task_set_source_tag (job, apply_in_worker);
  g_task_set_task_data (job, apply, apply_free);
  uc_worker_push (self->writer, job, apply_in_worker);
}

/**
 * uc_store_apply_finish:
 *
 * Returns: %TRUE when it is on the disk; %FALSE with %UC_ERROR_STORAGE when nothing
 *   of it is
 */
gboolean
uc_store_apply_finish (UcStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
