/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-migrate.h"

#include "uc-clock.h"

G_BEGIN_DECLS

/* For tests: called at every point at which a process may die ("backed-up", "begun",
 * "sql", "aside", "batch", "before-commit", "committed", "verified"). FALSE makes the
 * point fail. */
typedef gboolean (*UcMigrateHook) (const char *point,
                                   int         version,
                                   gpointer    user_data);

/* What a test puts in the place of the world. */
typedef struct
{
  UcMigrateHook  hook;       /* (nullable) */
  gpointer       hook_data;
  UcClock       *clock;      /* (nullable) */
  gint64         free_bytes; /* on the disk; 0: ask it */
} UcMigrateProbe;

gboolean _uc_migrate_probed   (UcDb                   *db,
                               const UcMigration      *migrations,
                               guint                   n_migrations,
                               const UcMigrateOptions *options,
                               const UcMigrateProbe   *probe,
                               GError                **error);

/* -- One run, inside the room ----------------------------------------------------------- */

typedef struct
{
  UcDb             *db; /* (unowned) */
  const UcMigration *migrations;
  guint             n_migrations;
  UcMigrateOptions  options;
  UcMigrateProbe    probe;

  int               from_version; /* where it stood */
  int               version;    /* where the database stands, but for the steps of this run */
  gboolean          is_resumed; /* an earlier call was cut off */
  int               resumed;    /* version of the step that it was in, or 0 */
  gint64            cursor;     /* of that one */
  gboolean          is_new;     /* there was nothing */
  gboolean          is_mended;  /* what referred to nothing was put aside */
  char             *backup;     /* (owned) (nullable) path; NULL for a fresh store */
  guint             n_phases;   /* that progress is told of */
  guint             n_done;
} UcMigrateRun;

gboolean _uc_migrate_pass     (UcMigrateRun   *run,
                               const char     *point,
                               int             version,
                               GError        **error);
/* @part: of the present phase. */
void     _uc_migrate_report   (UcMigrateRun   *run,
                               const char     *title,
                               double          part);
gint64   _uc_migrate_now_ms   (UcMigrateRun   *run);

/* -- uc-migrate-steps.c -- */

/* Runs the @i-th step, or what is left of it. */
gboolean _uc_migrate_run_step (UcMigrateRun   *run,
                               guint           i,
                               GError        **error);

/* -- uc-migrate-aside.c -- */

/* The tables of steps and errors, as this program wants them. */
gboolean _uc_migrate_make_log (UcDb           *db,
                               GError        **error);
/* As uc_migrate_put_aside(), by @references (element-type UcReference). */
gboolean _uc_migrate_put_aside (UcDb              *db,
                                GPtrArray         *references,
                                const char        *table,
                                const char *const *key,
                                const char        *reason,
                                GError           **error);

/* -- uc-migrate-mend.c -- */

/* Puts aside what referred to nothing before any step ran. */
gboolean _uc_migrate_mend     (UcDb           *db,
                               GError        **error);

/* -- uc-migrate-verify.c -- */

/* Compares the database with the backup it came from. */
gboolean _uc_migrate_verify   (UcMigrateRun   *run,
                               GError        **error);
/* References and integrity alone. */
gboolean _uc_migrate_check_integrity (UcDb     *db,
                                      GError  **error);

/* -- uc-migrate-backups.c: beside the file -- */

gboolean _uc_migrate_check_room      (const char      *path,
                                      gint64           free_bytes,
                                      GError         **error);
/* Its name sorts after all others by number, whatever the clock says. */
char    *_uc_migrate_dup_backup_path (const char      *path,
                                      int              version,
                                      gint64           now_ms) G_GNUC_WARN_UNUSED_RESULT;
/* The newest one of at most @max_version; NULL when there is none. */
char    *_uc_migrate_find_backup     (const char      *path,
                                      int              max_version) G_GNUC_WARN_UNUSED_RESULT;
void     _uc_migrate_prune_backups   (const char      *path);

G_END_DECLS
