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

#define BATCH_ROWS 1000

/* What ran, with the digest of its text, and how far the one under way is. */
static const char *STEPS_SQL = "CREATE TABLE IF NOT EXISTS schema_steps ("
                               "  version        INTEGER PRIMARY KEY,"
                               "  name           TEXT    NOT NULL,"
                               "  sha256         TEXT    NOT NULL,"
                               "  started_at_ms  INTEGER NOT NULL,"
                               "  finished_at_ms INTEGER NOT NULL DEFAULT 0,"
                               "  cursor         INTEGER NOT NULL DEFAULT 0,"
                               "  backup         TEXT    NOT NULL DEFAULT '')";
/* A backup is named until the content has been compared with it. */
static const char *UNFINISHED_SQL = "SELECT version, cursor, backup, finished_at_ms = 0"
                                    "  FROM schema_steps"
                                    " WHERE finished_at_ms = 0 OR backup <> ''"
                                    " ORDER BY version";
static const char *VERIFIED_SQL = "UPDATE schema_steps SET backup = '' WHERE backup <> ''";
static const char *START_SQL =
    "INSERT INTO schema_steps (version, name, sha256, started_at_ms, backup)"
    " VALUES (:version, :name, :sha256, :now, :backup)";
static const char *ADVANCE_SQL =
    "UPDATE schema_steps SET cursor = :cursor WHERE version = :version";
static const char *FINISH_SQL =
    "UPDATE schema_steps SET finished_at_ms = :now WHERE version = :version";
static const char *REFERENCES_SQL =
    "SELECT \"table\" FROM pragma_foreign_key_check ORDER BY 1 LIMIT 1";

typedef struct {
  UcDb              *db; /* (unowned) */
  const UcMigration *migrations;
  guint              n_migrations;
  UcMigrateProgress  progress;
  gpointer           user_data;
  UcMigrateHook      hook; /* (nullable) */
  gpointer           hook_data;

  int         version;    /* where the database stands */
  gboolean    is_resumed; /* an earlier call was cut off */
  int         resumed;    /* version of the step that it was in, or 0 */
  gint64      cursor;     /* of that one */
  char       *backup;     /* (owned) (nullable) path; NULL for a fresh store */
  GHashTable *rewrites;   /* (owned) tables that the steps run may change */
} Run;

static gboolean
pass (Run *run, const char *point, int version, GError **error)
{
  if (run->hook == NULL || run->hook (point, version, run->hook_data))
    return TRUE;
  g_set_error (error, UC_ERROR, UC_ERROR_STORAGE, "stopped at “%s”", point);
  return FALSE;
}

static void
report (Run *run, guint i, double part)
{
  if (run->progress != NULL)
    run->progress (run->migrations[i].name, (i + part) / run->n_migrations, run->user_data);
}

static gint64
get_now_ms (void)
{
  return g_get_real_time () / 1000;
}

/* -- One step ---------------------------------------------------------------------- */

static gboolean
start_step (Run *run, const UcMigration *migration, const char *sql, GError **error)
{
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, sql, -1);
  UcStmt          *stmt;

  if (!uc_db_exec (run->db, STEPS_SQL, error) ||
      (stmt = uc_db_prepare (run->db, START_SQL, error)) == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":version", migration->version);
  uc_stmt_bind_text (stmt, ":name", migration->name);
  uc_stmt_bind_text (stmt, ":sha256", sha256);
  uc_stmt_bind_int64 (stmt, ":now", get_now_ms ());
  uc_stmt_bind_text (stmt, ":backup", run->backup != NULL ? run->backup : "");
  return uc_stmt_run (stmt, error);
}

static gboolean
check_references (Run *run, GError **error)
{
  g_autoptr (UcStmt) stmt = _uc_stmt_new (run->db, REFERENCES_SQL, error);
  gboolean has_row = FALSE;

  if (stmt == NULL || !uc_stmt_step (stmt, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;
  g_set_error (error, UC_ERROR, UC_ERROR_STORAGE, _ ("A row of “%s” refers to nothing"),
               uc_stmt_get_text (stmt, 0));
  return FALSE;
}

static gboolean
finish_step (Run *run, const UcMigration *migration, GError **error)
{
  UcStmt *stmt = uc_db_prepare (run->db, FINISH_SQL, error);

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":version", migration->version);
  uc_stmt_bind_int64 (stmt, ":now", get_now_ms ());
  return uc_stmt_run (stmt, error) && check_references (run, error) &&
         uc_db_set_user_version (run->db, migration->version, error) &&
         pass (run, "before-commit", migration->version, error);
}

static gboolean
apply_sql (Run *run, const UcMigration *migration, GError **error)
{
  g_autoptr (GBytes) bytes =
      g_resources_lookup_data (migration->resource, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  g_autofree char *sql = NULL;

  if (bytes == NULL)
    return FALSE;
  sql = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return start_step (run, migration, sql, error) &&
         pass (run, "begun", migration->version, error) && uc_db_exec (run->db, sql, error) &&
         pass (run, "sql", migration->version, error) &&
         (migration->step != NULL || finish_step (run, migration, error));
}

static gboolean
apply_batch (Run *run, const UcMigration *migration, gint64 *cursor, gboolean *done, GError **error)
{
  UcStmt *stmt;

  if (!migration->step (run->db, cursor, done, error) ||
      (stmt = uc_db_prepare (run->db, ADVANCE_SQL, error)) == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":version", migration->version);
  uc_stmt_bind_int64 (stmt, ":cursor", *cursor);
  return uc_stmt_run (stmt, error) && pass (run, "batch", migration->version, error) &&
         (!*done || finish_step (run, migration, error));
}

static gboolean
count_work (Run *run, const UcMigration *migration, gint64 *n_rows, GError **error)
{
  g_autofree char *sql = NULL;

  *n_rows = 0;
  if (migration->work_table == NULL)
    return TRUE;
  sql = g_strdup_printf ("SELECT count (*) FROM \"%s\"", migration->work_table);
  return _uc_db_query_int64 (run->db, sql, n_rows, error);
}

static gboolean
run_batches (Run *run, guint i, gint64 cursor, GError **error)
{
  const UcMigration *migration = &run->migrations[i];
  gboolean           done = FALSE;
  gint64             n_rows;
  gint64             n_done = 0;

  if (!count_work (run, migration, &n_rows, error))
    return FALSE;
  while (!done) {
    if (!uc_db_begin (run->db, error))
      return FALSE;
    if (!apply_batch (run, migration, &cursor, &done, error)) {
      uc_db_rollback (run->db);
      return FALSE;
    }
    if (!uc_db_commit (run->db, error) || !pass (run, "committed", migration->version, error))
      return FALSE;
    n_done += BATCH_ROWS;
    report (run, i, n_rows > n_done ? (double) n_done / n_rows : 1);
  }
  return TRUE;
}

static gboolean
run_step (Run *run, guint i, GError **error)
{
  const UcMigration *migration = &run->migrations[i];

  report (run, i, 0);
  if (run->resumed == migration->version)
    return run_batches (run, i, run->cursor, error);

  if (!uc_db_begin (run->db, error))
    return FALSE;
  if (!apply_sql (run, migration, error)) {
    uc_db_rollback (run->db);
    return FALSE;
  }
  if (!uc_db_commit (run->db, error) || !pass (run, "committed", migration->version, error))
    return FALSE;
  return migration->step == NULL || run_batches (run, i, 0, error);
}

static gboolean
run_steps (Run *run, GError **error)
{
  for (guint i = 0; i < run->n_migrations; i++) {
    if (run->migrations[i].version <= run->version)
      continue;
    if (!run_step (run, i, error)) {
      g_prefix_error (error, "%s: ", run->migrations[i].name);
      return FALSE;
    }
  }
  return TRUE;
}

/* -- Before and after --------------------------------------------------------------- */

static gboolean
find_unfinished (Run *run, GError **error)
{
  g_autoptr (UcStmt) stmt = NULL;
  gint64   has_table = 0;
  gboolean has_row = TRUE;

  if (!_uc_db_query_int64 (run->db,
                           "SELECT count (*) FROM sqlite_schema WHERE name = 'schema_steps'",
                           &has_table, error))
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
    /* Without its backup a step that was cut off is safer finished than left. */
    if (run->backup == NULL && g_file_test (uc_stmt_get_text (stmt, 2), G_FILE_TEST_IS_REGULAR))
      run->backup = uc_stmt_dup_text (stmt, 2);
  }
}

static gboolean
make_backup (Run *run, GError **error)
{
  const char      *path = uc_db_get_path (run->db);
  g_autofree char *backup = NULL;
  gint64           n_tables = 0;

  if (!_uc_db_query_int64 (run->db, "SELECT count (*) FROM sqlite_schema", &n_tables, error))
    return FALSE;
  if (n_tables == 0 || run->backup != NULL)
    return TRUE;
  backup = _uc_migrate_dup_backup_path (path, run->version);
  if (!_uc_migrate_check_room (path, error) || !uc_db_backup (run->db, backup, error))
    return FALSE;
  run->backup = g_steal_pointer (&backup);
  _uc_migrate_prune_backups (path);
  return pass (run, "backed-up", run->version, error);
}

static void
collect_rewrites (Run *run)
{
  run->rewrites = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < run->n_migrations; i++) {
    g_auto (GStrv) tables = NULL;

    /* The backup of a step that was cut off may be older than this run. */
    if (run->migrations[i].rewrites == NULL ||
        (run->migrations[i].version <= run->version && !run->is_resumed))
      continue;
    tables = g_strsplit (run->migrations[i].rewrites, " ", -1);
    for (guint j = 0; tables[j] != NULL; j++)
      g_hash_table_add (run->rewrites, g_strdup (tables[j]));
  }
}

static gboolean
verify (Run *run, GError **error)
{
  return run->backup == NULL ||
         (_uc_migrate_verify (run->db, run->backup, run->rewrites, error) &&
          pass (run, "verified", run->version, error) && uc_db_exec (run->db, VERIFIED_SQL, error));
}

static void
put_back (Run *run, GError **error)
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

static gboolean
check_version (Run *run, GError **error)
{
  int last = run->migrations[run->n_migrations - 1].version;

  if (!uc_db_get_user_version (run->db, &run->version, error))
    return FALSE;
  if (run->version <= last)
    return TRUE;
  _uc_db_leave_untouched (run->db);
  g_set_error (error, UC_ERROR, UC_ERROR_SCHEMA_TOO_NEW,
               _ ("The store was written by a newer version of the program (%d; this one knows up "
                  "to %d). It was left as it is"),
               run->version, last);
  return FALSE;
}

static gboolean
migrate (Run *run, GError **error)
{
  gboolean is_done;

  if (!make_backup (run, error) || !_uc_db_set_foreign_keys (run->db, FALSE, error))
    return FALSE;
  collect_rewrites (run);
  is_done = run_steps (run, error) && verify (run, error);
  if (!is_done)
    put_back (run, error);
  /* Switched on again in any case; only the first error is told. */
  return _uc_db_set_foreign_keys (run->db, TRUE, is_done ? error : NULL) && is_done;
}

gboolean
_uc_migrate_hooked (UcDb             **db,
                    const UcMigration *migrations,
                    guint              n_migrations,
                    UcMigrateProgress  progress,
                    gpointer           user_data,
                    UcMigrateHook      hook,
                    gpointer           hook_data,
                    GError           **error)
{
  Run      run = { *db, migrations, n_migrations, progress, user_data, hook, hook_data };
  gboolean is_done;

  g_return_val_if_fail (n_migrations > 0, FALSE);

  is_done = check_version (&run, error) && uc_db_exec (*db, "PRAGMA journal_mode = WAL", error) &&
            find_unfinished (&run, error);
  run.is_resumed = run.resumed > 0 || run.backup != NULL;
  if (is_done && (run.is_resumed || run.version < migrations[n_migrations - 1].version))
    is_done = migrate (&run, error);
  g_free (run.backup);
  g_clear_pointer (&run.rewrites, g_hash_table_unref);
  return is_done;
}

gboolean
uc_migrate (UcDb             **db,
            const UcMigration *migrations,
            guint              n_migrations,
            UcMigrateProgress  progress,
            gpointer           user_data,
            GError           **error)
{
  return _uc_migrate_hooked (db, migrations, n_migrations, progress, user_data, NULL, NULL, error);
}
