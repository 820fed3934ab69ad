/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether a migration kept what was there. Of every table that was in the backup the
 * same rows must be there still, counted and by a digest that does not depend on their
 * order: those in the table now and those that were put aside, by what the log really
 * holds of them. A column or table that a step rewrites is left out only when the step
 * says so, and a table that is left out whole is judged by the step. What is gone
 * without having been announced fails. References and integrity come last. */

#include "config.h"

#include "uc-db-digest.h"
#include "uc-db-private.h"
#include "uc-error.h"
#include "uc-migrate-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The machinery's own tables tell of the migration itself. */
static const char *const own_tables[] = { "schema_steps", "migration_error", "migration_aside",
                                          NULL };

/* A table of which more than half had to be put aside was not carried over. */
#define MANY_RECORDS 100

static const char *HAS_LOG_SQL =
    "SELECT count (*) FROM sqlite_schema WHERE name = 'migration_error'";
static const char *LAST_ERROR_SQL = "SELECT coalesce (max (number), 0) FROM migration_error";

typedef struct {
  UcMigrateRun *run;
  UcDb         *before;       /* (unowned) the backup */
  int           from_version; /* of it */
  gint64        last_error;   /* that it knew of */
  GHashTable   *rewritten;    /* (owned) (element-type utf8): "table", "table.column" */
} Verify;

/* -- What is compared ---------------------------------------------------------------------- */

/* Whether it came between the backup and now, in this run or one that was cut off. */
static gboolean
is_of_run (const Verify *verify, const UcMigration *migration)
{
  return migration->version > verify->from_version;
}

static GHashTable *
collect_rewritten (const Verify *verify)
{
  GHashTable *rewritten = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < verify->run->n_migrations; i++) {
    const UcMigration *migration = &verify->run->migrations[i];
    g_auto (GStrv) names = NULL;

    if (migration->rewrites == NULL || !is_of_run (verify, migration))
      continue;
    names = g_strsplit (migration->rewrites, " ", -1);
    for (gsize j = 0; names[j] != NULL; j++) {
      /* What nobody compares must be judged by somebody. */
      g_warn_if_fail (strchr (names[j], '.') != NULL || migration->check != NULL);
      g_hash_table_add (rewritten, g_strdup (names[j]));
    }
  }
  return rewritten;
}

static gboolean
is_column_rewritten (const Verify *verify, const char *table, const char *column)
{
  g_autofree char *name = g_strconcat (table, ".", column, NULL);

  return g_hash_table_contains (verify->rewritten, name);
}

/* The columns of before without those that were rewritten; NULL with @error when one is
 * gone that nobody spoke of. */
static GStrv
dup_compared (Verify *verify, const char *table, UcCompared *compared, GError **error)
{
  g_autoptr (GStrvBuilder) columns = g_strv_builder_new ();
  g_auto (GStrv) old_columns = uc_db_list_columns (verify->before, table, error);
  g_auto (GStrv) new_columns =
      old_columns != NULL ? uc_db_list_columns (verify->run->db, table, error) : NULL;

  if (new_columns == NULL)
    return NULL;
  *compared = UC_COMPARED_ROWS;
  for (gsize i = 0; old_columns[i] != NULL; i++) {
    if (is_column_rewritten (verify, table, old_columns[i])) {
      *compared = UC_COMPARED_COLUMNS;
    } else if (g_strv_contains ((const char *const *) new_columns, old_columns[i])) {
      g_strv_builder_add (columns, old_columns[i]);
    } else {
      g_set_error (error, UC_ERROR, UC_ERROR_STORAGE, _ ("“%s.%s” is gone"), table, old_columns[i]);
      return NULL;
    }
  }
  return g_strv_builder_end (columns);
}

/* -- Digests ------------------------------------------------------------------------------- */

/* Rows of @table that were put aside since the backup, out of the log. */
static gboolean
digest_aside (Verify            *verify,
              const char        *table,
              const char *const *columns,
              UcTableDigest     *digest,
              GError           **error)
{
  g_autoptr (GString) sql = g_string_new ("SELECT ");
  g_autoptr (UcStmt) stmt = NULL;

  if (columns[0] == NULL)
    g_string_append (sql, "NULL");
  for (gsize i = 0; columns[i] != NULL; i++)
    g_string_append_printf (sql,
                            "%s(SELECT value FROM migration_aside a"
                            " WHERE a.number = e.number AND a.name = :c%" G_GSIZE_FORMAT ")",
                            i > 0 ? ", " : "", i);
  g_string_append (sql, " FROM migration_error e WHERE number > :last AND table_name = :table");
  stmt = _uc_stmt_new (verify->run->db, sql->str, error);
  if (stmt == NULL)
    return FALSE;
  for (gsize i = 0; columns[i] != NULL; i++) {
    g_autofree char *name = g_strdup_printf (":c%" G_GSIZE_FORMAT, i);

    uc_stmt_bind_text (stmt, name, columns[i]);
  }
  uc_stmt_bind_int64 (stmt, ":last", verify->last_error);
  uc_stmt_bind_text (stmt, ":table", table);
  return uc_db_digest_query (stmt, digest, error);
}

static void
note_table (Verify *verify, const UcMigrateTable *table)
{
  UcMigrateTable *noted;

  if (verify->run->options.report == NULL)
    return;
  noted = g_new0 (UcMigrateTable, 1);
  *noted = *table;
  noted->name = g_strdup (table->name);
  verify->run->options.report->n_aside += (guint) table->n_aside;
  g_ptr_array_add (verify->run->options.report->tables, noted);
}

static gboolean
judge (const UcMigrateTable *table,
       const UcTableDigest  *before,
       const UcTableDigest  *after,
       GError              **error)
{
  if (!uc_table_digest_equal (before, after)) {
    g_set_error (error, UC_ERROR, UC_ERROR_STORAGE,
                 _ ("“%s” came out different: %" G_GINT64_FORMAT " rows before, %" G_GINT64_FORMAT
                    " after, %" G_GINT64_FORMAT " put aside"),
                 table->name, table->n_before, table->n_after, table->n_aside);
    return FALSE;
  }
  if (table->n_aside > MANY_RECORDS && table->n_aside > table->n_before / 2) {
    g_set_error (error, UC_ERROR, UC_ERROR_STORAGE,
                 _ ("Too much of “%s” could not be carried over: %" G_GINT64_FORMAT
                    " of %" G_GINT64_FORMAT " rows"),
                 table->name, table->n_aside, table->n_before);
    return FALSE;
  }
  return TRUE;
}

static gboolean
compare_table (Verify *verify, char *name, GError **error)
{
  UcMigrateTable table = { .name = name };
  UcTableDigest  before = { 0, 0 };
  UcTableDigest  after = { 0, 0 };
  UcTableDigest  aside = { 0, 0 };
  g_auto (GStrv) columns = dup_compared (verify, name, &table.compared, error);
  const char *const *list = (const char *const *) columns;

  if (columns == NULL || !uc_db_digest_table (verify->before, name, list, &before, error) ||
      !uc_db_digest_table (verify->run->db, name, list, &after, error) ||
      !digest_aside (verify, name, list, &aside, error))
    return FALSE;
  table.n_before = before.n_rows;
  table.n_after = after.n_rows;
  table.n_aside = aside.n_rows;
  table.digest = before.sum;
  note_table (verify, &table);
  after.n_rows += aside.n_rows;
  after.sum += aside.sum;
  return judge (&table, &before, &after, error);
}

/* Counted only: the step judges it. It may be gone. */
static gboolean
count_rewritten (Verify *verify, char *name, gboolean is_there, GError **error)
{
  static const char *const none[] = { NULL };
  UcMigrateTable           table = { .name = name, .compared = UC_COMPARED_BY_STEP };
  UcTableDigest            before = { 0, 0 };
  UcTableDigest            after = { 0, 0 };
  UcTableDigest            aside = { 0, 0 };

  if (!uc_db_digest_table (verify->before, name, none, &before, error) ||
      (is_there && !uc_db_digest_table (verify->run->db, name, none, &after, error)) ||
      !digest_aside (verify, name, none, &aside, error))
    return FALSE;
  table.n_before = before.n_rows;
  table.n_after = after.n_rows;
  table.n_aside = aside.n_rows;
  note_table (verify, &table);
  return TRUE;
}

/* -- The whole ------------------------------------------------------------------------------ */

static gboolean
compare_content (Verify *verify, GError **error)
{
  g_auto (GStrv) old_tables = uc_db_list_tables (verify->before, error);
  g_auto (GStrv) new_tables =
      old_tables != NULL ? uc_db_list_tables (verify->run->db, error) : NULL;
  guint n_tables;

  if (new_tables == NULL)
    return FALSE;
  n_tables = g_strv_length (old_tables);
  for (guint i = 0; i < n_tables; i++) {
    char    *name = old_tables[i];
    gboolean is_there = g_strv_contains ((const char *const *) new_tables, name);

    /* The check of integrity that follows takes the other half. */
    _uc_migrate_report (verify->run, _ ("Checking your messages"), i / 2.0 / n_tables);
    if (g_strv_contains (own_tables, name))
      continue;
    if (g_hash_table_contains (verify->rewritten, name)) {
      if (!count_rewritten (verify, name, is_there, error))
        return FALSE;
    } else if (!is_there) {
      g_set_error (error, UC_ERROR, UC_ERROR_STORAGE, _ ("“%s” is gone"), name);
      return FALSE;
    } else if (!compare_table (verify, name, error)) {
      return FALSE;
    }
  }
  return TRUE;
}

static gboolean
ask_steps (Verify *verify, GError **error)
{
  for (guint i = 0; i < verify->run->n_migrations; i++) {
    const UcMigration *migration = &verify->run->migrations[i];

    if (migration->check == NULL || !is_of_run (verify, migration))
      continue;
    if (!migration->check (verify->before, verify->run->db, error)) {
      g_prefix_error (error, "%s: ", migration->name);
      return FALSE;
    }
  }
  return TRUE;
}

gboolean
_uc_migrate_check_integrity (UcDb *db, GError **error)
{
  g_auto (GStrv) problems = NULL;

  if (!uc_db_check (db, TRUE, &problems, error))
    return FALSE;
  if (problems[0] == NULL)
    return TRUE;
  g_set_error_literal (error, UC_ERROR, UC_ERROR_STORAGE, problems[0]);
  return FALSE;
}

static gboolean
read_last_error (Verify *verify, GError **error)
{
  gint64 has_log = 0;

  return _uc_db_query_int64 (verify->before, HAS_LOG_SQL, &has_log, error) &&
         (has_log == 0 ||
          _uc_db_query_int64 (verify->before, LAST_ERROR_SQL, &verify->last_error, error));
}

gboolean
_uc_migrate_verify (UcMigrateRun *run, GError **error)
{
  g_autoptr (UcDb) before = uc_db_open (run->backup, UC_DB_READ_ONLY, error);
  Verify   verify = { .run = run, .before = before };
  gboolean is_kept;

  if (before == NULL || !uc_db_get_user_version (before, &verify.from_version, error) ||
      !read_last_error (&verify, error))
    return FALSE;
  uc_db_set_limit (before, run->options.cancellable, 0);
  verify.rewritten = collect_rewritten (&verify);
  is_kept = compare_content (&verify, error) && ask_steps (&verify, error);
  g_hash_table_unref (verify.rewritten);
  if (!is_kept)
    return FALSE;
  _uc_migrate_report (run, _ ("Checking your messages"), 0.5);
  if (!_uc_migrate_check_integrity (run->db, error))
    return FALSE;
  _uc_migrate_report (run, _ ("Checking your messages"), 1);
  return TRUE;
}
