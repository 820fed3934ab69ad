/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-migrate-private.h"

G_BEGIN_DECLS

/* A schema that exists for its migrations: people, their notes, lengths of notes. The
 * second step is C and takes three batches. */
#define TEST_STEPS   "/com/example/UnifiedChat/test/"
#define TEST_N_NOTES 2500
#define TEST_N_CHAIN 3

extern const UcMigration test_chain[TEST_N_CHAIN];

UcDb     *test_open          (const char        *path) G_GNUC_WARN_UNUSED_RESULT;
/* In a temporary folder of its own. */
char     *test_dup_path      (void) G_GNUC_WARN_UNUSED_RESULT;
/* One integer. */
gint64    test_query         (UcDb              *db,
                              const char        *sql);
void      test_exec          (UcDb              *db,
                              const char        *sql);
void      test_migrate       (UcDb              *db,
                              const UcMigration *migrations,
                              guint              n_migrations);
/* A database of the first version with something in it. */
char     *test_make_old      (void) G_GNUC_WARN_UNUSED_RESULT;
/* It is at the end of the chain, or at its first version, with all its content. */
void      test_check_new     (UcDb              *db);
void      test_check_old     (UcDb              *db);
guint     test_count_backups (const char        *path);

G_END_DECLS
