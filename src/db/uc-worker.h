/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-db.h"

G_BEGIN_DECLS

/**
 * UcWorker:
 *
 * One thread with one connection. Jobs run strictly first in, first out; each
 * answers its #GTask, whose callback runs where the task was made.
 */
typedef struct _UcWorker UcWorker;

/* Runs on the worker; must return @task exactly once. @db is NULL before a job
 * has opened it. */
typedef void (*UcWorkerFunc) (GTask   *task,
                              UcDb    *db,
                              gpointer task_data);

UcWorker *uc_worker_new     (const char   *name) G_GNUC_WARN_UNUSED_RESULT;
void      uc_worker_push    (UcWorker     *self,
                             GTask        *task,
                             UcWorkerFunc  func);

/* On the worker's own thread: takes over @db (closes the one before). */
void      uc_worker_take_db (UcWorker     *self,
                             UcDb         *db);
gboolean  uc_worker_is_here (UcWorker     *self);

/* Waits for the jobs already pushed, closes the connection, ends the thread. */
void      uc_worker_free    (UcWorker     *self);

#define UC_ASSERT_WORKER(worker) g_assert (uc_worker_is_here (worker))

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcWorker, uc_worker_free)

G_END_DECLS
