/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Brings a database from any version to the newest, or leaves it as it was. A backup
 * is made first, every step commits together with its version number, long work goes
 * in batches that can be taken up again, and at the end the content is compared with
 * the backup. What does not pass is put back. */

#include "config.h"

#include "uc-db-private.h"
#include "uc-error.h"
#include "uc-migrate-private.h"

#include <glib/gi18n-lib.h>

static const char *HAS_STEPS_SQL =
    "SELECT count (*) FROM sqlite_schema WHERE name = 'schema_steps'";
/* A backup is named until the content has been compared with it. */
static const char *UNFINISHED_SQL = "SELECT version, cursor, backup, finished_at_ms = 0"
                                    "  FROM schema_steps"
                                    " WHERE finished_at_ms = 0 OR backup <> ''"
                                    " ORDER BY version";
static const char *VERIFIED_SQL = "UPDATE schema_steps SET backup = '' WHERE backup <> ''";
static const char *PROGRAM_SQL =
    "SELECT program FROM schema_steps WHERE program <> '' ORDER BY version DESC LIMIT 1";

gboolean
_uc_migrate_pass (UcMigrateRun *run, const char *point, int version, GError **error)
{
  if (run->probe.hook == NULL || run->probe.hook (point, version, run->probe.hook_data))
    return TRUE;
  g_set_error (error, UC_ERROR, UC_ERROR_STORAGE, "stopped at “%s”", point);
  return FALSE;
}

void
_uc_migrate_report (UcMigrateRun *run, const char *title, double part)
{
  if (run->options.progress != NULL && run->n_phases > 0)
    run->options.progress (title, MIN (1, (run->n_done + part) / run->n_phases),
                           run->options.user_data);
}

/* Zero means "not yet" in the tables; a clock may say it all the same. */
gint64
_uc_migrate_now_ms (UcMigrateRun *run)
{
  gint64 now_ms =
      run->probe.clock != NULL ? uc_clock_get_now_ms (run->probe.clock) : g_get_real_time () / 1000;

  return MAX (now_ms, 1);
}

static int
get_last_version (UcMigrateRun *run)
{
  return run->migrations[run->n_migrations - 1].version;
}

/* -- What is there ----------------------------------------------------------------------- */

/* Where it was when it was made, or beside the store if that was moved since. */
static char *
find_backup_again (UcMigrateRun *run, const char *path)
{
  g_autofree char *folder = g_path_get_dirname (uc_db_get_path (run->db));
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *moved = g_build_filename (folder, name, NULL);

  if (*path == '\0')
    return NULL;
  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    path = moved;
  return _uc_db_is_backup_sound (path) ? g_strdup (path) : NULL;
}

static gboolean
find_unfinished (UcMigrateRun *run, GError **error)
{
  g_autoptr (UcStmt) stmt = NULL;
  gint64   has_table = 0;
  gboolean has_row = TRUE;

  if (!_uc_db_query_int64 (run->db, HAS_STEPS_SQL, &has_table, error))
    return FALSE;
  if (has_table == 0)
    return TRUE;
  stmt = _uc_stmt_new (run->db, UNFINISHED_SQL, error);
  if (stmt == NULL)
    return FALSE;
  while (TRUE) {
    if (!uc_stmt_step (stmt, &has_row, error))
      return FALSE;
    if (!has_row)
      return TRUE;
    if (uc_stmt_get_int64 (stmt, 3) != 0) {
      run->resumed = (int) uc_stmt_get_int64 (stmt, 0);
      run->cursor = uc_stmt_get_int64 (stmt, 1);
    }
    /* Without its backup, or when that was spoilt since, a step that was cut off is
     * safer finished than left. */
    if (run->backup == NULL)
      run->backup = find_backup_again (run, uc_stmt_get_text (stmt, 2));
  }
}

/* Which program brought it there; none before programs noted that. */
static char *
dup_program (UcDb *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UcStmt) stmt = _uc_stmt_new (db, PROGRAM_SQL, &error);
  gboolean has_row = FALSE;

  if (stmt != NULL && uc_stmt_step (stmt, &has_row, &error) && has_row)
    return g_strdup_printf ("Unified Chat %s", uc_stmt_get_text (stmt, 0));
  return g_strdup (_ ("a newer version of this program"));
}

static void
set_too_new (UcDb *db, int version, int last, GError **error)
{
  g_autofree char *program = dup_program (db);
  g_autofree char *backup = _uc_migrate_find_backup (uc_db_get_path (db), last);
  g_autofree char *name = backup != NULL ? g_path_get_basename (backup) : NULL;

  if (name != NULL)
    g_set_error (error, UC_ERROR, UC_ERROR_SCHEMA_TOO_NEW,
                 _ ("The store was written by %s (format %d; this one, %s, knows up to %d). It was "
                    "left as it is. Update this program, or put the backup “%s” in its place"),
                 program, version, UC_VERSION, last, name);
  else
    g_set_error (error, UC_ERROR, UC_ERROR_SCHEMA_TOO_NEW,
                 _ ("The store was written by %s (format %d; this one, %s, knows up to %d). It was "
                    "left as it is. Update this program, or put an older backup in its place"),
                 program, version, UC_VERSION, last);
}

gboolean
uc_migrate_read_version (UcDb              *db,
                         const UcMigration *migrations,
                         guint              n_migrations,
                         int               *version,
                         GError           **error)
{
  int last = migrations[n_migrations - 1].version;

  if (!uc_db_get_user_version (db, version, error))
    return FALSE;
  if (*version <= last)
    return TRUE;
  set_too_new (db, *version, last, error);
  return FALSE;
}

static gboolean
check_version (UcMigrateRun *run, GError **error)
{
  if (uc_migrate_read_version (run->db, run->migrations, run->n_migrations, &run->version, error))
    return TRUE;
  _uc_db_leave_untouched (run->db);
  return FALSE;
}

/* -- Before and after --------------------------------------------------------------------- */

static void
copied_cb (double part, gpointer user_data)
{
  _uc_migrate_report (user_data, _ ("Making a backup"), part);
}

static gboolean
make_backup (UcMigrateRun *run, GError **error)
{
  const char      *path = uc_db_get_path (run->db);
  g_autofree char *backup =
      _uc_migrate_dup_backup_path (path, run->version, _uc_migrate_now_ms (run));

  if (g_cancellable_set_error_if_cancelled (run->options.cancellable, error) ||
      !_uc_migrate_check_room (path, run->probe.free_bytes, error) ||
      !_uc_db_backup_telling (run->db, backup, run->options.cancellable, copied_cb, run, error))
    return FALSE;
  run->backup = g_steal_pointer (&backup);
  run->n_done++;
  _uc_migrate_prune_backups (path);
  return _uc_migrate_pass (run, "backed-up", run->version, error);
}

static void
note_step (UcMigrateRun *run, guint i)
{
  run->n_done++;
  if (run->options.report != NULL)
    g_ptr_array_add (run->options.report->steps, g_strdup (run->migrations[i].name));
}

static gboolean
run_steps (UcMigrateRun *run, GError **error)
{
  for (guint i = 0; i < run->n_migrations; i++) {
    if (run->migrations[i].version <= run->version)
      continue;
    if (!_uc_migrate_run_step (run, i, error)) {
      g_prefix_error (error, "%s: ", run->migrations[i].name);
      return FALSE;
    }
    note_step (run, i);
  }
  return TRUE;
}

/* A step that was cut off and whose backup is gone cannot be compared with anything, and
 * half of it must not pass for what was there before. The backup comes after it. */
static gboolean
finish_alone (UcMigrateRun *run, GError **error)
{
  guint i = 0;

  while (i < run->n_migrations && run->migrations[i].version != run->resumed)
    i++;
  if (i == run->n_migrations || !_uc_migrate_run_step (run, i, error))
    return FALSE;
  note_step (run, i);
  run->version = run->resumed;
  run->resumed = 0;
  return TRUE;
}

static gboolean
verify (UcMigrateRun *run, GError **error)
{
  if (run->is_new)
    return TRUE;
  return (run->backup != NULL ? _uc_migrate_verify (run, error)
                              : _uc_migrate_check_integrity (run->db, error)) &&
         _uc_migrate_pass (run, "verified", run->version, error) &&
         uc_db_exec (run->db, VERIFIED_SQL, error);
}

static gboolean
needs_backup (UcMigrateRun *run)
{
  return !run->is_new && run->backup == NULL && run->version < get_last_version (run);
}

static gboolean
run_all (UcMigrateRun *run, GError **error)
{
  if (run->resumed > 0 && run->backup == NULL && !finish_alone (run, error))
    return FALSE;
  return (!needs_backup (run) || make_backup (run, error)) && run_steps (run, error) &&
         verify (run, error);
}

static void
put_back (UcMigrateRun *run, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (run->backup == NULL)
    return;
  if (uc_db_restore (run->db, run->backup, &local_error)) {
    g_prefix_error (
        error, "%s: ", _ ("The store could not be brought up to date and was put back as it was"));
    return;
  }
  g_warning ("Putting back “%s”: %s", run->backup, local_error->message);
  g_prefix_error (error, _ ("The store could not be brought up to date; its backup is “%s”: "),
                  run->backup);
}

/* Told once, at the end: what was stopped goes on at the next call. */
static gboolean
is_cancelled (UcMigrateRun *run, GError **error)
{
  if (!g_cancellable_is_cancelled (run->options.cancellable))
    return FALSE;
  if (error != NULL)
    g_clear_error (error);
  g_cancellable_set_error_if_cancelled (run->options.cancellable, error);
  return TRUE;
}

static void
count_phases (UcMigrateRun *run)
{
  /* A new store is ready before anybody could read what it does. */
  if (run->is_new)
    return;
  run->n_phases = 1 + (run->backup == NULL);
  for (guint i = 0; i < run->n_migrations; i++)
    run->n_phases += run->migrations[i].version > run->version;
}

static gboolean
migrate (UcMigrateRun *run, GError **error)
{
  gint64   n_tables = 0;
  gboolean is_done;

  if (!_uc_db_query_int64 (run->db, "SELECT count (*) FROM sqlite_schema", &n_tables, error))
    return FALSE;
  run->is_new = n_tables == 0;
  count_phases (run);
  if (!_uc_db_set_foreign_keys (run->db, FALSE, error))
    return FALSE;
  is_done = run_all (run, error);
  /* What follows must not be stopped. */
  uc_db_set_limit (run->db, NULL, 0);
  if (!is_done && !is_cancelled (run, error))
    put_back (run, error);
  /* Switched on again in any case; only the first error is told. */
  return _uc_db_set_foreign_keys (run->db, TRUE, is_done ? error : NULL) && is_done;
}

static void
fill_report (UcMigrateRun *run)
{
  UcMigrateReport *report = run->options.report;

  report->from_version = run->from_version;
  report->to_version = get_last_version (run);
  report->is_resumed = run->is_resumed;
  g_set_str (&report->backup_path, run->backup);
}

gboolean
_uc_migrate_probed (UcDb                   *db,
                    const UcMigration      *migrations,
                    guint                   n_migrations,
                    const UcMigrateOptions *options,
                    const UcMigrateProbe   *probe,
                    GError                **error)
{
  UcMigrateRun run = { db, migrations, n_migrations };
  gboolean     is_done;

  g_return_val_if_fail (n_migrations > 0, FALSE);

  if (options != NULL)
    run.options = *options;
  if (probe != NULL)
    run.probe = *probe;
  uc_db_set_limit (db, run.options.cancellable, 0);
  is_done = check_version (&run, error) && uc_db_exec (db, "PRAGMA journal_mode = WAL", error) &&
            find_unfinished (&run, error);
  run.from_version = run.version;
  run.is_resumed = run.resumed > 0 || run.backup != NULL;
  /* The earlier one did, in the transaction of its first step. */
  run.is_mended = run.is_resumed;
  if (is_done && (run.is_resumed || run.version < get_last_version (&run)))
    is_done = migrate (&run, error);
  uc_db_set_limit (db, NULL, 0);
  if (!is_done)
    is_cancelled (&run, error);
  if (run.options.report != NULL)
    fill_report (&run);
  g_free (run.backup);
  return is_done;
}

gboolean
uc_migrate (UcDb                   *db,
            const UcMigration      *migrations,
            guint                   n_migrations,
            const UcMigrateOptions *options,
            GError                **error)
{
  return _uc_migrate_probed (db, migrations, n_migrations, options, NULL, error);
}
