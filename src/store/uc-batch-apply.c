/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Carries out a batch: all of it in one transaction, or nothing. */

#include "config.h"

#include "uc-write-private.h"

static gboolean
run_ops (UcWrite *write, UcBatch *batch, GError **error)
{
  GPtrArray *ops = _uc_batch_get_ops (batch);

  for (guint i = 0; i < ops->len; i++) {
    const UcOp *op = g_ptr_array_index (ops, i);

    if (!op->func (write, op, error))
      return FALSE;
  }
  return TRUE;
}

UcChangeSet *
_uc_batch_apply (UcBatch *self, UcDb *db, UcEarly *early, gint64 now_ms, GError **error)
{
  g_autoptr (UcRecorder) recorder = _uc_recorder_new ();
  g_autoptr (UcChangeSet) changes = NULL;
  UcWrite  write = { .db = db, .recorder = recorder, .now_ms = now_ms, .early = early };
  gboolean is_committed;

  if (!uc_db_begin (db, error))
    return NULL;
  if (!run_ops (&write, self, error) ||
      (changes = _uc_recorder_finish (recorder, db, error)) == NULL) {
    uc_db_rollback (db);
    _uc_early_settle (early, FALSE);
    return NULL;
  }
  is_committed = uc_db_commit (db, error);
  _uc_early_settle (early, is_committed);
  return is_committed ? g_steal_pointer (&changes) : NULL;
}
