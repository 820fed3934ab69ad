/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-migrate.h"
#include "uc-store.h"
#include "uc-worker.h"

G_BEGIN_DECLS

/* -- uc-store.c, for the reads ------------------------------------------------------- */

/* How many batches have been committed; any thread. */
guint     _uc_store_get_committed   (UcStore   *self);
/* How many of them have been told of; main thread. */
guint     _uc_store_get_emitted     (UcStore   *self);
/* The thread for reads of the screen, or the one for searches. NULL when the store is
 * not open. */
UcWorker *_uc_store_get_reader      (UcStore   *self,
                                     gboolean   for_search);
/* SQLite met damage: noted beside the store for the next opening. Any thread. */
void      _uc_store_note_damage     (UcStore   *self);

/* -- uc-store-open.c, on the writer's thread ------------------------------------------- */

typedef struct
{
  UcDb    *db;      /* (owned) */
  int      lock_fd; /* -1: read-only, without a lock */
  gboolean is_read_only;
  char    *notice; /* (owned) (nullable) for a person */
} UcOpened;

void      _uc_opened_free           (UcOpened          *self);
/* Locks, opens, migrates, mends; UC_ERROR_CONFLICT when another process has it. */
UcOpened *_uc_store_open_db         (const char              *path,
                                     const UcMigrateOptions  *options,
                                     GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
/* Without a lock, beside whoever has it; only a store of this version. */
UcOpened *_uc_store_open_to_read    (const char        *path,
                                     GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* The lock file beside the store; -1 with @error. */
int       _uc_store_lock            (const char        *path,
                                     GError           **error);
void      _uc_store_unlock          (int                lock_fd);
/* The lock file also says whether damage was met. */
void      _uc_store_mark_damaged    (int                lock_fd);
gboolean  _uc_store_is_marked       (int                lock_fd);

/* -- uc-store-salvage.c -------------------------------------------------------------- */

/* Sets the damaged file aside, makes a new store at @path and brings over what can be
 * read of what only exists here. @notice (out) tells a person. */
UcDb     *_uc_store_salvage         (const char              *path,
                                     const UcMigrateOptions  *options,
                                     char                   **notice,
                                     GError                 **error) G_GNUC_WARN_UNUSED_RESULT;

/* Goes on where a salvage was cut off between two renames. */
gboolean  _uc_store_finish_salvage  (const char        *path,
                                     GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcOpened, _uc_opened_free)

G_END_DECLS
