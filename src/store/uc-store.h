/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-batch.h"
#include "uc-change-set.h"
#include "uc-clock.h"

G_BEGIN_DECLS

/**
 * UcStore:
 *
 * One account's database. Writes go through uc_store_apply_async() alone, one
 * batch a transaction, first in first out on the writer thread; reads have
 * threads and connections of their own. After each commit that changed anything
 * ::changed is emitted once on the main thread, before the batch's callback. A read
 * that comes back is never older than the last ::changed; it may be newer.
 *
 * It knows nothing of the server, of JSON and of the screen.
 *
 * Signals: "changed" (UcStore *, UcChangeSet *)
 *          "condition-changed" (UcStore *)
 */
#define UC_TYPE_STORE (uc_store_get_type ())
G_DECLARE_FINAL_TYPE (UcStore, uc_store, UC, STORE, GObject)

/**
 * UcStoreCondition:
 * @UC_STORE_WRITABLE: all is well
 * @UC_STORE_FULL: the disk is full; the room kept for that is in use, batches may fail
 * @UC_STORE_READ_ONLY: it could only be opened for reading; batches are refused
 */
typedef enum
{
  UC_STORE_WRITABLE,
  UC_STORE_FULL,
  UC_STORE_READ_ONLY,
} UcStoreCondition;

UcStore    *uc_store_new                   (const char          *path,
                                            UcClock             *clock) G_GNUC_WARN_UNUSED_RESULT;

/* For reads alone: opens beside the program that has the store. Neither migrates nor
 * mends; only a store of this version opens. */
UcStore    *uc_store_new_reading           (const char          *path,
                                            UcClock             *clock) G_GNUC_WARN_UNUSED_RESULT;

/* Opens, migrates, takes the lock file beside the store (UC_ERROR_CONFLICT when
 * another process holds it), turns SENDING into IN_DOUBT. A store that can only be
 * read opens read-only: see uc_store_is_read_only(). */
typedef void (*UcStoreProgress) (const char *step_name,
                                 double      fraction,
                                 gpointer    user_data);
void        uc_store_open_async            (UcStore             *self,
                                            UcStoreProgress      progress,
                                            gpointer             progress_data,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
gboolean    uc_store_open_finish           (UcStore             *self,
                                            GAsyncResult        *result,
                                            GError             **error);
void        uc_store_close_async           (UcStore             *self,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
gboolean    uc_store_close_finish          (UcStore             *self,
                                            GAsyncResult        *result,
                                            GError             **error);

const char *uc_store_get_path              (UcStore             *self);
gboolean    uc_store_is_read_only          (UcStore             *self);
UcStoreCondition uc_store_get_condition    (UcStore             *self);
/* (nullable): what a person should be told once about the opening, as that the file
 * was damaged and what could be saved. */
const char *uc_store_get_notice            (UcStore             *self);

/* Takes @batch. Cancelling does not undo: after the commit the answer is TRUE. */
void        uc_store_apply_async           (UcStore             *self,
                                            UcBatch             *batch,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
gboolean    uc_store_apply_finish          (UcStore             *self,
                                            GAsyncResult        *result,
                                            GError             **error);

G_END_DECLS
