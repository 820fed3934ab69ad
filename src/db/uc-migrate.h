/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-db.h"

G_BEGIN_DECLS

/**
 * UcMigration:
 * @version: the schema this step arrives at; steps count 1, 2, 3 …
 * @name: "0001-traditional-chat"
 * @resource: path of its SQL in the program's resources
 * @step: (nullable): work on data, called again until @done, one batch of at most
 *   1,000 rows a call; its progress is kept in @cursor, in the same transaction
 * @work_table: (nullable): the table @step goes through, to tell how far it is
 * @rewrites: (nullable): tables whose content the step changes on purpose, with a
 *   space between; every other table must hold the same rows before and after
 */
typedef struct
{
  int          version;
  const char  *name;
  const char  *resource;
  gboolean   (*step) (UcDb     *db,
                      gint64   *cursor,
                      gboolean *done,
                      GError  **error);
  const char  *work_table;
  const char  *rewrites;
} UcMigration;

/* Called on the migrating thread. @fraction in [0,1]. */
typedef void (*UcMigrateProgress) (const char *step_name,
                                   double      fraction,
                                   gpointer    user_data);

/**
 * uc_migrate:
 *
 * Brings @db to the last of @migrations: refuses a newer schema untouched
 * (UC_ERROR_SCHEMA_TOO_NEW), backs up an older one beside the file first
 * ("<file>.<time>-v<version>.backup", the newest three stay), runs each step in one
 * transaction and its @step in one a batch, checks references, integrity and content
 * against the backup, and on any failure puts the backup back and says so
 * (UC_ERROR_STORAGE). What was cut off goes on where it was at the next call.
 */
gboolean uc_migrate                 (UcDb               **db,
                                     const UcMigration   *migrations,
                                     guint                n_migrations,
                                     UcMigrateProgress    progress,
                                     gpointer             user_data,
                                     GError             **error);

G_END_DECLS
