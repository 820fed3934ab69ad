/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-txn.h"
#include "uc-worker.h"

G_BEGIN_DECLS

/* Runs on the worker. FALSE undoes what this job did, and only that. */
typedef gboolean (*UcTxnFunc) (UcTxn *txn, gpointer job, GError **error);
/* Runs on the main thread, after the commit and after the job's events went out. */
typedef void (*UcTxnDone) (gpointer job, const GError *error);
/* Sends a committed event to the sockets. Main thread. */
typedef void (*UcPublishFunc) (UcPush *push, gpointer user_data);

/**
 * UcDispatch:
 *
 * Hands jobs to the database worker in batches: all that has gathered while the
 * last batch was written goes into the next transaction, so that one fsync answers
 * many (group commit). Jobs run in the order they came; each is undone on its own
 * when it fails; none is answered before the commit. Main thread.
 */
typedef struct _UcDispatch UcDispatch;

UcDispatch *uc_dispatch_new (UcWorker     *worker,
                             const UcSite *site,
                             UcPublishFunc publish,
                             gpointer      user_data) G_GNUC_WARN_UNUSED_RESULT;
/* One whose jobs only read, each in a state of its own and for so long at most: what
 * takes its time waits here, and keeps nobody from writing. */
UcDispatch *uc_dispatch_new_reading (UcWorker     *worker,
                                     const UcSite *site,
                                     guint         limit_ms) G_GNUC_WARN_UNUSED_RESULT;
void        uc_dispatch_push (UcDispatch    *self,
                              UcTxnFunc      run,
                              UcTxnDone      done,
                              gpointer       job,
                              GDestroyNotify free_job);
guint       uc_dispatch_get_backlog (UcDispatch *self);
/* No callback runs after this. */
void uc_dispatch_free (UcDispatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcDispatch, uc_dispatch_free)

G_END_DECLS
