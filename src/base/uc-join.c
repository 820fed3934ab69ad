/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Counts the parallel parts of a task and returns it once, after the last. It does
 * not cancel the parts that are left when one fails: they share the task's
 * cancellable, and who wants that cancels it. */

#include "config.h"

#include "uc-join.h"

struct _UcJoin {
  GTask  *task;  /* (owned) */
  GError *error; /* (owned) (nullable) the first */
  guint   n_open;
};

/**
 * uc_join_new:
 * @task: (transfer full): what returns in the end, %TRUE or an error
 *
 * Returns: (transfer full): a join with one part, the starter's own
 */
UcJoin *
uc_join_new (GTask *task)
{
  UcJoin *self;

  g_return_val_if_fail (G_IS_TASK (task), NULL);

  self = g_new0 (UcJoin, 1);
  self->task = task;
  self->n_open = 1;
  return self;
}

/**
 * uc_join_part:
 * @self: a #UcJoin that has an open part
 *
 * Opens one more part.
 *
 * Returns: @self, as user data of the part's callback, which calls uc_join_done()
 */
UcJoin *
uc_join_part (UcJoin *self)
{
  g_return_val_if_fail (self != NULL && self->n_open > 0, NULL);

  self->n_open++;
  return self;
}

/**
 * uc_join_get_task:
 * @self: a #UcJoin
 *
 * Returns: (transfer none): the task, for its data and its cancellable
 */
GTask *
uc_join_get_task (UcJoin *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->task;
}

/**
 * uc_join_done:
 * @self: (transfer full): one part of a #UcJoin
 * @error: (transfer full) (nullable): how the part failed
 *
 * Closes a part; with the last one the task returns and @self is gone. Of several
 * errors the first is returned and the others are logged.
 */
void
uc_join_done (UcJoin *self, GError *error)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) first = NULL;

  g_return_if_fail (self != NULL && self->n_open > 0);

  if (error != NULL && self->error == NULL) {
    self->error = error;
  } else if (error != NULL) {
    g_debug ("A further part failed: %s", error->message);
    g_error_free (error);
  }

  self->n_open--;
  if (self->n_open > 0)
    return;

  task = g_steal_pointer (&self->task);
  first = g_steal_pointer (&self->error);
  g_free (self);
  if (first != NULL)
    g_task_return_error (task, g_steal_pointer (&first));
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * uc_join_release:
 * @self: (transfer full): the starter's own part
 *
 * Closes the part that uc_join_new() opened: all others have been started.
 */
void
uc_join_release (UcJoin *self)
{
  uc_join_done (self, NULL);
}
