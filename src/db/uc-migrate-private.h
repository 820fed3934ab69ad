/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-migrate.h"

G_BEGIN_DECLS

/* For tests: called at every point at which a process may die ("backed-up", "begun",
 * "sql", "batch", "before-commit", "committed", "verified"). FALSE makes the point
 * fail. */
typedef gboolean (*UcMigrateHook) (const char *point,
                                   int         version,
                                   gpointer    user_data);

gboolean _uc_migrate_hooked   (UcDb               **db,
                               const UcMigration   *migrations,
                               guint                n_migrations,
                               UcMigrateProgress    progress,
                               gpointer             user_data,
                               UcMigrateHook        hook,
                               gpointer             hook_data,
                               GError             **error);

/* Compares @db with the backup it came from: every table of both, by the columns
 * that both have, but those in @rewrites. Then references and integrity. */
gboolean _uc_migrate_verify   (UcDb                *db,
                               const char          *backup_path,
                               GHashTable          *rewrites,
                               GError             **error);

/* Beside the file: makes room for a backup, names it, keeps the newest three. */
gboolean _uc_migrate_check_room    (const char *path,
                                    GError    **error);
char    *_uc_migrate_dup_backup_path (const char *path,
                                    int         version) G_GNUC_WARN_UNUSED_RESULT;
void     _uc_migrate_prune_backups (const char *path);

G_END_DECLS
