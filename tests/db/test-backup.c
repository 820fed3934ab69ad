/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-db.h"
#include "uc-error.h"
#include "uc-test.h"

#include <glib/gstdio.h>
#include <string.h>

static char *
dup_path (const char *name)
{
  g_autofree char *dir = uc_test_dup_temp_dir ();

  return g_build_filename (dir, name, NULL);
}

static UcDb *
open_filled (const char *path)
{
  g_autoptr (GError) error = NULL;
  UcDb *db = uc_db_open (path, UC_DB_CREATE, &error);

  g_assert_no_error (error);
  uc_db_exec (db,
              "CREATE TABLE t (id INTEGER PRIMARY KEY, other INTEGER REFERENCES t, text TEXT);"
              "CREATE INDEX t_text ON t (text);"
              "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"
              " INSERT INTO t SELECT i, NULL, 'row number ' || i FROM n;"
              "PRAGMA user_version = 3",
              &error);
  g_assert_no_error (error);
  return db;
}

static gint64
query (UcDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  UcStmt  *stmt = uc_db_prepare (db, sql, &error);
  gboolean has_row = FALSE;
  gint64   value;

  g_assert_no_error (error);
  g_assert_true (uc_stmt_step (stmt, &has_row, &error));
  value = uc_stmt_get_int64 (stmt, 0);
  uc_stmt_reset (stmt);
  return value;
}

static void
test_there_and_back (void)
{
  g_autofree char *path = dup_path ("a.db");
  g_autofree char *backup = dup_path ("b.backup");
  g_autofree char *part = g_strconcat (backup, ".part", NULL);
  g_autoptr (UcDb) db = open_filled (path);
  g_autoptr (UcDb) copy = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf info;

  /* What is only in the log belongs to it, and a remnant is no hindrance. */
  g_assert_true (g_file_set_contents (part, "remnant", -1, NULL));
  g_assert_true (uc_db_exec (db, "INSERT INTO t (text) VALUES ('newest')", &error));
  g_assert_true (uc_db_backup (db, backup, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_stat (backup, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  copy = uc_db_open (backup, UC_DB_READ_ONLY, &error);
  g_assert_no_error (error);
  g_assert_cmpint (query (copy, "SELECT count (*) FROM t"), ==, 5001);
  g_assert_cmpint (query (copy, "PRAGMA user_version"), ==, 3);
  g_clear_pointer (&copy, uc_db_close);

  g_assert_false (uc_db_backup (db, backup, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_CONFLICT);
  g_clear_error (&error);

  g_assert_true (uc_db_exec (db, "DROP TABLE t; PRAGMA user_version = 9", &error));
  g_assert_true (uc_db_restore (db, backup, &error));
  g_assert_no_error (error);
  g_assert_cmpint (query (db, "SELECT count (*) FROM t WHERE text = 'newest'"), ==, 1);
  g_assert_cmpint (query (db, "PRAGMA user_version"), ==, 3);
  g_clear_pointer (&db, uc_db_close);
  db = uc_db_open (path, UC_DB_READ_WRITE, &error);
  g_assert_cmpint (query (db, "SELECT count (*) FROM t"), ==, 5001);
}

/* Zeroes pages in the middle. Nobody has the file open. */
static void
damage (const char *path)
{
  g_autofree char *content = NULL;
  gsize            length;

  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  g_assert_cmpuint (length, >, 40000);
  memset (content + 16384, 0, 8192);
  g_assert_true (g_file_set_contents (path, content, length, NULL));
}

static void
test_damaged (void)
{
  g_autofree char *path = dup_path ("a.db");
  g_autofree char *backup = dup_path ("b.backup");
  g_autofree char *second = dup_path ("c.backup");
  g_autoptr (UcDb) db = open_filled (path);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) problems = NULL;
  gboolean is_checked;

  g_assert_true (uc_db_backup (db, backup, &error));
  damage (backup);
  g_assert_false (uc_db_restore (db, backup, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_STORAGE);
  g_clear_error (&error);
  g_assert_cmpint (query (db, "SELECT count (*) FROM t"), ==, 5000);
  g_assert_true (uc_db_check (db, TRUE, &problems, &error));
  g_assert_null (problems[0]);
  g_clear_pointer (&problems, g_strfreev);

  g_clear_pointer (&db, uc_db_close);
  damage (path);
  db = uc_db_open (path, UC_DB_READ_WRITE, &error);
  g_assert_no_error (error);
  is_checked = uc_db_check (db, TRUE, &problems, &error);
  g_assert_true (!is_checked || problems[0] != NULL);
  g_clear_error (&error);
  g_assert_false (uc_db_backup (db, second, &error));
  g_assert_false (g_file_test (second, G_FILE_TEST_EXISTS));
}

static void
test_dangling (void)
{
  g_autofree char *path = dup_path ("a.db");
  g_autoptr (UcDb) db = open_filled (path);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) problems = NULL;

  g_assert_true (uc_db_exec (
      db, "PRAGMA foreign_keys = OFF; UPDATE t SET other = 99999 WHERE id = 7", &error));
  g_assert_true (uc_db_check (db, FALSE, &problems, &error));
  g_assert_cmpuint (g_strv_length (problems), ==, 1);
  g_assert_nonnull (strstr (problems[0], "7"));
}

/* With no room left a transaction fails as a whole. */
static void
test_full (void)
{
  g_autofree char *path = dup_path ("a.db");
  g_autoptr (UcDb) db = open_filled (path);
  g_autoptr (GError) error = NULL;

  g_assert_true (uc_db_exec (db, "PRAGMA max_page_count = 200", &error));
  g_assert_true (uc_db_begin (db, &error));
  g_assert_true (uc_db_exec (db, "UPDATE t SET text = 'half' WHERE id = 1", &error));
  g_assert_false (
      uc_db_exec (db, "INSERT INTO t (text) SELECT hex (zeroblob (5000)) FROM t", &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_STORAGE);
  uc_db_rollback (db);
  g_assert_cmpint (query (db, "SELECT count (*) FROM t WHERE text = 'half'"), ==, 0);
  g_clear_error (&error);
  g_assert_true (uc_db_exec (db, "UPDATE t SET text = 'whole' WHERE id = 1", &error));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/db/backup/there-and-back", test_there_and_back);
  g_test_add_func ("/db/backup/damaged", test_damaged);
  g_test_add_func ("/db/backup/dangling", test_dangling);
  g_test_add_func ("/db/backup/full", test_full);
  return g_test_run ();
}
