/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-db.h"
#include "uc-migrate-report.h"

G_BEGIN_DECLS

/**
 * UcMigration:
 * @version: the schema this step arrives at; steps count 1, 2, 3 …
 * @name: "0001-traditional-chat"
 * @title: (nullable): what it does, for a person who waits; marked with N_()
 * @resource: path of its SQL in the program's resources
 * @step: (nullable): work on data, called again until @done, one batch of at most
 *   1,000 rows a call; its progress is kept in @cursor, in the same transaction. What
 *   fails here fails the migration
 * @record: (nullable): instead of @step, work on one row of @work_table, in batches of
 *   1,000. %FALSE because of the row's own content (%UC_ERROR_INVALID,
 *   %UC_ERROR_PROTOCOL, %UC_ERROR_CONFLICT, a broken constraint) undoes what was done
 *   for it and puts the row aside; the rest goes on
 * @work_table: (nullable): the table they go through, by rowid
 * @rewrites: (nullable): what the steps' content may differ in afterwards, with spaces
 *   between: "table.column" for one column, "table" for all of it, which then wants
 *   @check. Of every other table the same rows must be there before and after
 * @check: (nullable): whether what was rewritten came out right; sees the store as it
 *   was and as it is
 */
typedef struct
{
  int          version;
  const char  *name;
  const char  *title;
  const char  *resource;
  gboolean   (*step)   (UcDb     *db,
                        gint64   *cursor,
                        gboolean *done,
                        GError  **error);
  gboolean   (*record) (UcDb     *db,
                        gint64    key,
                        GError  **error);
  const char  *work_table;
  const char  *rewrites;
  gboolean   (*check)  (UcDb     *before,
                        UcDb     *after,
                        GError  **error);
} UcMigration;

/* Called on the migrating thread. @title is in the person's language; @fraction of the
 * whole is in [0,1] and never falls. */
typedef void (*UcMigrateProgress) (const char *title,
                                   double      fraction,
                                   gpointer    user_data);

/**
 * UcMigrateOptions:
 * @progress: (nullable): told how far it is; not for a store that is new
 * @cancellable: (nullable): stops between two batches, leaving a store that goes on
 *   there at the next call
 * @report: (nullable): filled with what was done
 */
typedef struct
{
  UcMigrateProgress  progress;
  gpointer           user_data;
  GCancellable      *cancellable;
  UcMigrateReport   *report;
} UcMigrateOptions;

/**
 * uc_migrate:
 * @options: (nullable): how it tells of itself
 *
 * Brings @db to the last of @migrations: refuses a newer schema untouched
 * (UC_ERROR_SCHEMA_TOO_NEW), backs up an older one beside the file first
 * ("<file>.<time>-v<version>-n<number>.backup", the newest three stay), runs each step
 * in one transaction and its @step or @record in one a batch, compares with the backup
 * (rows and digest of every table, those put aside counted in; references; integrity),
 * and on any failure puts the backup back and says so (UC_ERROR_STORAGE). What was cut
 * off, or cancelled (G_IO_ERROR_CANCELLED), goes on where it was at the next call.
 */
gboolean uc_migrate                 (UcDb                   *db,
                                     const UcMigration      *migrations,
                                     guint                   n_migrations,
                                     const UcMigrateOptions *options,
                                     GError                **error);

/**
 * uc_migrate_read_version:
 * @version: (out): where @db stands
 *
 * Also refuses what this program does not know (UC_ERROR_SCHEMA_TOO_NEW), telling who
 * wrote it and what helps.
 */
gboolean uc_migrate_read_version    (UcDb                   *db,
                                     const UcMigration      *migrations,
                                     guint                   n_migrations,
                                     int                    *version,
                                     GError                **error);

/**
 * uc_migrate_put_aside:
 * @table: where the record is
 * @key: its key, one text for each of uc_db_list_keys()
 * @reason: why it cannot be carried over, for a person
 *
 * For a @step: moves a record with all its content to the log, and whatever refers to
 * it. Inside the step's transaction.
 */
gboolean uc_migrate_put_aside       (UcDb                   *db,
                                     const char             *table,
                                     const char *const      *key,
                                     const char             *reason,
                                     GError                **error);

G_END_DECLS
