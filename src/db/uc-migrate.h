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
} UcMigration;

/* Called on the migrating thread. @fraction in [0,1]. */
typedef void (*UcMigrateProgress) (const char *step_name,
                                   double      fraction,
                                   gpointer    user_data);

/**
 * uc_migrate:
 *
 * Brings @db to the last of @migrations: refuses a newer schema untouched
 * (UC_ERROR_SCHEMA_TOO_NEW), backs up an older one beside the file first, runs
 * each step in one transaction, checks foreign keys and integrity, and on any
 * failure puts the backup back and says so (UC_ERROR_STORAGE).
 */
gboolean uc_migrate                 (UcDb               **db,
                                     const UcMigration   *migrations,
                                     guint                n_migrations,
                                     UcMigrateProgress    progress,
                                     gpointer             user_data,
                                     GError             **error);

G_END_DECLS
