/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One step of a migration: its SQL in one transaction, its work on data in one a
 * batch, each with the note of how far it is. Also what one record's fault is, as
 * against the disk's or the step's own. */

#include "config.h"

#include "uc-db-private.h"
#include "uc-error.h"
#include "uc-migrate-private.h"

#include <glib/gi18n-lib.h>

#define BATCH_ROWS 1000

static const char *START_SQL =
    "INSERT INTO schema_steps (version, name, sha256, started_at_ms, backup, program)"
    " VALUES (:version, :name, :sha256, :now, :backup, :program)";
static const char *ADVANCE_SQL =
    "UPDATE schema_steps SET cursor = :cursor WHERE version = :version";
static const char *FINISH_SQL =
    "UPDATE schema_steps SET finished_at_ms = :now WHERE version = :version";
static const char *REFERENCES_SQL =
    "SELECT \"table\" FROM pragma_foreign_key_check ORDER BY 1 LIMIT 1";

/* What nobody is shown needs no other title. */
static const char *
get_title (const UcMigration *migration)
{
  return migration->title != NULL ? _ (migration->title) : migration->name;
}

static gboolean
start_step (UcMigrateRun *run, const UcMigration *migration, const char *sql, GError **error)
{
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, sql, -1);
  UcStmt          *stmt;

  if (!_uc_migrate_make_log (run->db, error) ||
      (stmt = uc_db_prepare (run->db, START_SQL, error)) == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":version", migration->version);
  uc_stmt_bind_text (stmt, ":name", migration->name);
  uc_stmt_bind_text (stmt, ":sha256", sha256);
  uc_stmt_bind_int64 (stmt, ":now", _uc_migrate_now_ms (run));
  uc_stmt_bind_text (stmt, ":backup", run->backup != NULL ? run->backup : "");
  uc_stmt_bind_text (stmt, ":program", UC_VERSION);
  return uc_stmt_run (stmt, error);
}

/* In the transaction of the first step of a run: nothing is changed before it. */
static gboolean
mend_once (UcMigrateRun *run, const UcMigration *migration, GError **error)
{
  if (run->is_mended)
    return TRUE;
  run->is_mended = TRUE;
  return _uc_migrate_mend (run->db, error) &&
         _uc_migrate_pass (run, "aside", migration->version, error);
}

static gboolean
check_references (UcMigrateRun *run, GError **error)
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
finish_step (UcMigrateRun *run, const UcMigration *migration, GError **error)
{
  UcStmt *stmt = uc_db_prepare (run->db, FINISH_SQL, error);

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":version", migration->version);
  uc_stmt_bind_int64 (stmt, ":now", _uc_migrate_now_ms (run));
  return uc_stmt_run (stmt, error) && check_references (run, error) &&
         uc_db_set_user_version (run->db, migration->version, error) &&
         _uc_migrate_pass (run, "before-commit", migration->version, error);
}

static gboolean
has_work (const UcMigration *migration)
{
  return migration->step != NULL || migration->record != NULL;
}

static gboolean
apply_sql (UcMigrateRun *run, const UcMigration *migration, GError **error)
{
  g_autoptr (GBytes) bytes =
      g_resources_lookup_data (migration->resource, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  g_autofree char *sql = NULL;

  if (bytes == NULL)
    return FALSE;
  sql = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return start_step (run, migration, sql, error) &&
         _uc_migrate_pass (run, "begun", migration->version, error) &&
         mend_once (run, migration, error) && uc_db_exec (run->db, sql, error) &&
         _uc_migrate_pass (run, "sql", migration->version, error) &&
         (has_work (migration) || finish_step (run, migration, error));
}

/* -- Records ------------------------------------------------------------------------------ */

/* The record itself, not the disk, the program or the person who closes it. */
static gboolean
is_records_fault (UcDb *db, const GError *error)
{
  int primary = db->last_code & 0xff;

  if (primary != SQLITE_OK)
    return primary == SQLITE_CONSTRAINT || primary == SQLITE_MISMATCH || primary == SQLITE_TOOBIG;
  return g_error_matches (error, UC_ERROR, UC_ERROR_INVALID) ||
         g_error_matches (error, UC_ERROR, UC_ERROR_PROTOCOL) ||
         g_error_matches (error, UC_ERROR, UC_ERROR_CONFLICT);
}

static gboolean
run_record (UcMigrateRun *run, const UcMigration *migration, gint64 key, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char  *text = g_strdup_printf ("%" G_GINT64_FORMAT, key);
  const char *const record[] = { text, NULL };

  if (!uc_db_exec (run->db, "SAVEPOINT record", error))
    return FALSE;
  run->db->last_code = SQLITE_OK;
  if (migration->record (run->db, key, &local_error))
    return uc_db_exec (run->db, "RELEASE record", error);
  if (!is_records_fault (run->db, local_error)) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  return uc_db_exec (run->db, "ROLLBACK TO record; RELEASE record", error) &&
         uc_migrate_put_aside (run->db, migration->work_table, record, local_error->message,
                               error) &&
         _uc_migrate_pass (run, "aside", migration->version, error);
}

static GArray *
read_keys (UcDb *db, const char *table, gint64 after, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT rowid FROM \"%s\" WHERE rowid > :after"
                                          " ORDER BY rowid LIMIT %d",
                                          table, BATCH_ROWS);
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (UcStmt) stmt = _uc_stmt_new (db, sql, error);
  gboolean has_row;

  if (stmt == NULL)
    return NULL;
  uc_stmt_bind_int64 (stmt, ":after", after);
  do {
    if (!uc_stmt_step (stmt, &has_row, error))
      return NULL;
    if (has_row) {
      gint64 key = uc_stmt_get_int64 (stmt, 0);

      g_array_append_val (keys, key);
    }
  } while (has_row);
  return g_steal_pointer (&keys);
}

static gboolean
run_records (UcMigrateRun      *run,
             const UcMigration *migration,
             gint64            *cursor,
             gboolean          *done,
             GError           **error)
{
  g_autoptr (GArray) keys = read_keys (run->db, migration->work_table, *cursor, error);

  if (keys == NULL)
    return FALSE;
  for (guint i = 0; i < keys->len; i++) {
    *cursor = g_array_index (keys, gint64, i);
    if (!run_record (run, migration, *cursor, error))
      return FALSE;
  }
  *done = keys->len < BATCH_ROWS;
  return TRUE;
}

/* -- Batches ------------------------------------------------------------------------------ */

static gboolean
apply_batch (UcMigrateRun      *run,
             const UcMigration *migration,
             gint64            *cursor,
             gboolean          *done,
             GError           **error)
{
  UcStmt *stmt;

  if (migration->step != NULL ? !migration->step (run->db, cursor, done, error)
                              : !run_records (run, migration, cursor, done, error))
    return FALSE;
  stmt = uc_db_prepare (run->db, ADVANCE_SQL, error);
  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":version", migration->version);
  uc_stmt_bind_int64 (stmt, ":cursor", *cursor);
  return uc_stmt_run (stmt, error) && _uc_migrate_pass (run, "batch", migration->version, error) &&
         (!*done || finish_step (run, migration, error));
}

/* All rows, and those that an earlier run has gone through. */
static gboolean
count_work (UcMigrateRun      *run,
            const UcMigration *migration,
            gint64             cursor,
            gint64            *n_rows,
            gint64            *n_done,
            GError           **error)
{
  g_autofree char *all = NULL;
  g_autofree char *done = NULL;

  *n_rows = 0;
  *n_done = 0;
  if (migration->work_table == NULL)
    return TRUE;
  all = g_strdup_printf ("SELECT count (*) FROM \"%s\"", migration->work_table);
  done = g_strdup_printf ("SELECT count (*) FROM \"%s\" WHERE rowid <= %" G_GINT64_FORMAT,
                          migration->work_table, cursor);
  return _uc_db_query_int64 (run->db, all, n_rows, error) &&
         (cursor == 0 || _uc_db_query_int64 (run->db, done, n_done, error));
}

static gboolean
run_batches (UcMigrateRun *run, guint i, gint64 cursor, GError **error)
{
  const UcMigration *migration = &run->migrations[i];
  gboolean           done = FALSE;
  gint64             n_rows;
  gint64             n_done;

  if (!count_work (run, migration, cursor, &n_rows, &n_done, error))
    return FALSE;
  while (!done) {
    if (g_cancellable_set_error_if_cancelled (run->options.cancellable, error) ||
        !uc_db_begin (run->db, error))
      return FALSE;
    if (!apply_batch (run, migration, &cursor, &done, error)) {
      uc_db_rollback (run->db);
      return FALSE;
    }
    if (!uc_db_commit (run->db, error) ||
        !_uc_migrate_pass (run, "committed", migration->version, error))
      return FALSE;
    n_done += BATCH_ROWS;
    _uc_migrate_report (run, get_title (migration),
                        n_rows > n_done ? (double) n_done / (double) n_rows : 1);
  }
  return TRUE;
}

gboolean
_uc_migrate_run_step (UcMigrateRun *run, guint i, GError **error)
{
  const UcMigration *migration = &run->migrations[i];

  if (g_cancellable_set_error_if_cancelled (run->options.cancellable, error))
    return FALSE;
  _uc_migrate_report (run, get_title (migration), 0);
  if (run->resumed == migration->version)
    return run_batches (run, i, run->cursor, error);

  if (!uc_db_begin (run->db, error))
    return FALSE;
  if (!apply_sql (run, migration, error)) {
    uc_db_rollback (run->db);
    return FALSE;
  }
  if (!uc_db_commit (run->db, error) ||
      !_uc_migrate_pass (run, "committed", migration->version, error))
    return FALSE;
  return !has_work (migration) || run_batches (run, i, 0, error);
}
