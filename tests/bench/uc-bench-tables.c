/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows from one schema to another. The traditional store of the benchmarks is today's
 * one without what came later, so that both hold the same by the way they are made. */

#include "config.h"

#include "uc-bench-tables.h"

#include "uc-bench-measure.h"
#include "uc-store-migrations-private.h"

#define ROWS_A_COMMIT 10000

#define SQL_LIST_TABLES                                                                            \
  "SELECT name FROM sqlite_schema"                                                                 \
  " WHERE type = 'table' AND name NOT GLOB 'sqlite_*' AND name NOT GLOB 'message_words*'"          \
  "   AND name NOT GLOB 'schema_*' AND name NOT GLOB 'migration_*'"                                \
  " ORDER BY rowid"
#define SQL_LIST_COLUMNS "SELECT name FROM pragma_table_info (:table) ORDER BY cid"

guint
uc_bench_tables_get_version (void)
{
  guint              n_migrations;
  const UcMigration *migrations = _uc_store_get_migrations (&n_migrations);

  return (guint) migrations[n_migrations - 1].version;
}

void
uc_bench_tables_make (UcDb *db, guint n_steps)
{
  g_autoptr (GError) error = NULL;
  guint              n_migrations;
  const UcMigration *migrations = _uc_store_get_migrations (&n_migrations);

  uc_bench_must (uc_migrate (db, migrations, MIN (n_steps, n_migrations), NULL, &error), &error);
}

/* The first column of every row. */
static GStrv
read_list (UcDb *db, const char *sql, const char *table)
{
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();
  g_autoptr (GError) error = NULL;
  UcStmt  *stmt = uc_db_prepare (db, sql, &error);
  gboolean has_row = stmt != NULL;

  if (stmt != NULL && table != NULL)
    uc_stmt_bind_text (stmt, ":table", table);
  while (has_row) {
    uc_bench_must (uc_stmt_step (stmt, &has_row, &error), &error);
    if (has_row)
      g_strv_builder_add (list, uc_stmt_get_text (stmt, 0));
  }
  uc_bench_must (error == NULL, &error);
  return g_strv_builder_end (list);
}

/* A statement's text is kept by the connection's cache, so it has to stay. */
static UcStmt *
prepare (UcDb *db, GString *sql)
{
  g_autoptr (GError) error = NULL;
  UcStmt *stmt = uc_db_prepare (db, g_intern_string (sql->str), &error);

  uc_bench_must (stmt != NULL, &error);
  g_string_free (sql, TRUE);
  return stmt;
}

static UcStmt *
prepare_read (UcDb *db, const char *table, char **columns)
{
  GString *sql = g_string_new ("SELECT ");

  for (guint i = 0; columns[i] != NULL; i++)
    g_string_append_printf (sql, "%s%s", i > 0 ? ", " : "", columns[i]);
  g_string_append_printf (sql, " FROM %s", table);
  return prepare (db, sql);
}

static UcStmt *
prepare_write (UcDb *db, const char *table, char **columns)
{
  GString *sql = g_string_new (NULL);

  g_string_append_printf (sql, "INSERT OR REPLACE INTO %s (", table);
  for (guint i = 0; columns[i] != NULL; i++)
    g_string_append_printf (sql, "%s%s", i > 0 ? ", " : "", columns[i]);
  g_string_append (sql, ") VALUES (");
  for (guint i = 0; columns[i] != NULL; i++)
    g_string_append_printf (sql, "%s:%s", i > 0 ? ", " : "", columns[i]);
  g_string_append (sql, ")");
  return prepare (db, sql);
}

/* Every value goes as text: the columns' types make numbers of it again. */
static void
copy_row (UcStmt *read, UcStmt *write, char **columns)
{
  g_autoptr (GError) error = NULL;

  for (int i = 0; columns[i] != NULL; i++) {
    g_autofree char *parameter = g_strconcat (":", columns[i], NULL);

    if (uc_stmt_is_null (read, i))
      uc_stmt_bind_null (write, parameter);
    else
      uc_stmt_bind_text (write, parameter, uc_stmt_get_text (read, i));
  }
  uc_bench_must (uc_stmt_run (write, &error), &error);
}

/* What is in both, in the order of @list. */
static GStrv
intersect (GStrv list, GStrv other)
{
  g_autoptr (GStrvBuilder) both = g_strv_builder_new ();

  for (guint i = 0; list[i] != NULL; i++) {
    if (g_strv_contains ((const char *const *) other, list[i]))
      g_strv_builder_add (both, list[i]);
  }
  return g_strv_builder_end (both);
}

static void
copy_table (UcDb *from, UcDb *to, const char *table)
{
  g_auto (GStrv) from_columns = read_list (from, SQL_LIST_COLUMNS, table);
  g_auto (GStrv) to_columns = read_list (to, SQL_LIST_COLUMNS, table);
  g_auto (GStrv) columns = intersect (to_columns, from_columns);
  UcStmt  *read = prepare_read (from, table, columns);
  UcStmt  *write = prepare_write (to, table, columns);
  gboolean has_row = TRUE;
  g_autoptr (GError) error = NULL;

  while (has_row) {
    uc_bench_must (uc_db_begin (to, &error), &error);
    for (guint i = 0; i < ROWS_A_COMMIT && has_row; i++) {
      uc_bench_must (uc_stmt_step (read, &has_row, &error), &error);
      if (has_row)
        copy_row (read, write, columns);
    }
    uc_bench_must (uc_db_commit (to, &error) && uc_db_checkpoint (to, TRUE, &error), &error);
  }
}

void
uc_bench_tables_copy (UcDb *from, UcDb *to)
{
  g_auto (GStrv) from_tables = read_list (from, SQL_LIST_TABLES, NULL);
  g_auto (GStrv) to_tables = read_list (to, SQL_LIST_TABLES, NULL);
  g_auto (GStrv) tables = intersect (to_tables, from_tables);

  for (guint i = 0; tables[i] != NULL; i++)
    copy_table (from, to, tables[i]);
}
