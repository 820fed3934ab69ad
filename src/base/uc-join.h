/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * UcJoin:
 *
 * Joins the parallel parts of one #GTask: the task returns when the last part
 * is done, %TRUE when all succeeded, else with the first error. One reference a
 * part; main thread. uc_join_done() takes the error over.
 *
 * |[<!-- language="C" -->
 *   UcJoin *join = uc_join_new (g_steal_pointer (&task));
 *   first_async (..., first_cb, uc_join_part (join));
 *   second_async (..., second_cb, uc_join_part (join));
 *   uc_join_release (join);   // the starter's own part
 * ]|
 */
typedef struct _UcJoin UcJoin;

UcJoin *uc_join_new       (GTask  *task) G_GNUC_WARN_UNUSED_RESULT;
UcJoin *uc_join_part      (UcJoin *self) G_GNUC_WARN_UNUSED_RESULT;
GTask  *uc_join_get_task  (UcJoin *self);
void    uc_join_done      (UcJoin *self,
                           GError *error);
void    uc_join_release   (UcJoin *self);

G_END_DECLS
