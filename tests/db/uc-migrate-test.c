/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-migrate-test.h"

#include "uc-test.h"

/* The lengths of notes, a thousand at a time. */
static gboolean
measure_step (UcDb *db, gint64 *cursor, gboolean *done, GError **error)
{
  UcStmt *stmt = uc_db_prepare (db,
                                "INSERT INTO lengths SELECT id, length (text) FROM notes"
                                " WHERE id > :after ORDER BY id LIMIT 1000",
                                error);

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":after", *cursor);
  if (!uc_stmt_run (stmt, error))
    return FALSE;
  *done = uc_db_get_changes (db) < 1000;
  *cursor += 1000;
  return TRUE;
}

const UcMigration test_chain[TEST_N_CHAIN] = {
  { .version = 1, .name = "0001", .title = "One", .resource = TEST_STEPS "0001.sql" },
  {
      .version = 2,
      .name = "0002",
      .title = "Two",
      .resource = TEST_STEPS "0002.sql",
      .step = measure_step,
      .work_table = "notes",
  },
  { .version = 3, .name = "0003", .title = "Three", .resource = TEST_STEPS "0003.sql" },
};

char *
test_dup_path (void)
{
  g_autofree char *dir = uc_test_dup_temp_dir ();

  return g_build_filename (dir, "a.db", NULL);
}

UcDb *
test_open (const char *path)
{
  g_autoptr (GError) error = NULL;
  UcDb *db = uc_db_open (path, UC_DB_CREATE, &error);

  g_assert_no_error (error);
  return db;
}

gint64
test_query (UcDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  UcStmt  *stmt = uc_db_prepare (db, sql, &error);
  gboolean has_row = FALSE;
  gint64   value;

  g_assert_no_error (error);
  g_assert_true (uc_stmt_step (stmt, &has_row, &error));
  g_assert_true (has_row);
  value = uc_stmt_get_int64 (stmt, 0);
  uc_stmt_reset (stmt);
  return value;
}

void
test_exec (UcDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;

  uc_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

void
test_migrate (UcDb *db, const UcMigration *migrations, guint n_migrations)
{
  g_autoptr (GError) error = NULL;

  uc_migrate (db, migrations, n_migrations, NULL, &error);
  g_assert_no_error (error);
}

char *
test_make_old (void)
{
  char *path = test_dup_path ();
  g_autoptr (UcDb) db = test_open (path);

  test_migrate (db, test_chain, 1);
  test_exec (db, "INSERT INTO people VALUES (1, 'Anna', 1981), (2, 'Ben', 1992)");
  test_exec (db, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500)"
                 " INSERT INTO notes SELECT i, 1 + i % 2, 'note ' || i FROM n");
  test_exec (db, "INSERT INTO tags VALUES (1, 'first'), (13, 'bad luck'), (13, 'thirteen')");
  return path;
}

void
test_check_new (UcDb *db)
{
  g_auto (GStrv) problems = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (test_query (db, "PRAGMA user_version"), ==, 3);
  g_assert_cmpint (test_query (db, "SELECT count (*) FROM notes WHERE colour = 'white'"), ==,
                   TEST_N_NOTES);
  g_assert_cmpint (test_query (db, "SELECT count (*) FROM lengths"), ==, TEST_N_NOTES);
  g_assert_cmpint (test_query (db, "SELECT count (*) FROM lengths JOIN notes USING (id)"
                                   " WHERE bytes = length (text)"),
                   ==, TEST_N_NOTES);
  g_assert_cmpint (test_query (db, "SELECT count (*) FROM schema_steps WHERE finished_at_ms > 0"),
                   ==, 3);
  g_assert_cmpint (test_query (db, "SELECT count (*) FROM schema_steps WHERE backup <> ''"), ==, 0);
  g_assert_cmpint (test_query (db, "SELECT count (*) FROM migration_error"), ==, 0);
  g_assert_cmpint (test_query (db, "PRAGMA foreign_keys"), ==, 1);
  g_assert_true (uc_db_check (db, TRUE, &problems, &error));
  g_assert_null (problems[0]);
}

void
test_check_old (UcDb *db)
{
  g_assert_cmpint (test_query (db, "PRAGMA user_version"), ==, 1);
  g_assert_cmpint (test_query (db, "SELECT count (*) FROM notes"), ==, TEST_N_NOTES);
  g_assert_cmpint (test_query (db, "SELECT count (*) FROM people"), ==, 2);
  g_assert_cmpint (test_query (db, "SELECT count (*) FROM notes WHERE text = 'note ' || id"), ==,
                   TEST_N_NOTES);
  g_assert_cmpint (test_query (db, "SELECT count (*) FROM sqlite_schema WHERE name = 'good'"), ==,
                   0);
  g_assert_cmpint (test_query (db, "PRAGMA foreign_keys"), ==, 1);
}

guint
test_count_backups (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint       n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    n += g_str_has_suffix (name, ".backup");
  return n;
}
