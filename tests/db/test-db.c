/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-db.h"
#include "uc-error.h"
#include "uc-test.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *
dup_path (const char *name)
{
  g_autofree char *dir = uc_test_dup_temp_dir ();

  return g_build_filename (dir, name, NULL);
}

static UcDb *
open_new (const char *path)
{
  g_autoptr (GError) error = NULL;
  UcDb *db = uc_db_open (path, UC_DB_CREATE, &error);

  g_assert_no_error (error);
  g_assert_nonnull (db);
  return db;
}

static void
exec (UcDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;

  uc_db_exec (db, sql, &error);
  g_assert_no_error (error);
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
  g_assert_true (has_row);
  value = uc_stmt_get_int64 (stmt, 0);
  uc_stmt_reset (stmt);
  return value;
}

static void
test_pragmas (void)
{
  g_autofree char *path = dup_path ("a.db");
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autoptr (UcDb) db = open_new (path);
  g_autoptr (GError) error = NULL;
  UcStmt     *stmt;
  gboolean    has_row;
  struct stat info;

  exec (db, "CREATE TABLE t (id INTEGER PRIMARY KEY, other INTEGER REFERENCES t)");
  g_assert_cmpint (query (db, "PRAGMA foreign_keys"), ==, 1);
  g_assert_cmpint (query (db, "PRAGMA synchronous"), ==, 2);
  g_assert_cmpint (query (db, "PRAGMA secure_delete"), ==, 1);
  g_assert_cmpint (query (db, "PRAGMA cell_size_check"), ==, 1);
  g_assert_cmpint (query (db, "PRAGMA trusted_schema"), ==, 0);
  g_assert_cmpint (query (db, "PRAGMA wal_autocheckpoint"), ==, 0);
  stmt = uc_db_prepare (db, "PRAGMA journal_mode", &error);
  g_assert_true (uc_stmt_step (stmt, &has_row, &error));
  g_assert_cmpstr (uc_stmt_get_text (stmt, 0), ==, "wal");
  uc_stmt_reset (stmt);

  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (stat (wal, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);

  g_assert_false (uc_db_exec (db, "INSERT INTO t VALUES (1, 99)", &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_STORAGE);
  g_clear_error (&error);
  /* DEFENSIVE, and no second database. */
  g_assert_false (uc_db_exec (db, "PRAGMA writable_schema = 1; DELETE FROM sqlite_schema", &error));
  g_clear_error (&error);
  g_assert_false (uc_db_exec (db, "ATTACH ':memory:' AS other", &error));
  g_clear_error (&error);
  g_assert_false (uc_db_exec (db, "SELECT \"no such column\"", &error));

  g_clear_pointer (&db, uc_db_close);
  g_assert_false (g_file_test (wal, G_FILE_TEST_EXISTS));
}

static void
test_values (void)
{
  g_autofree char *path = dup_path ("a.db");
  g_autoptr (UcDb) db = open_new (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) blob = g_bytes_new_static ("\0\1\2", 3);
  g_autoptr (GBytes) read = NULL;
  UcStmt  *stmt;
  gboolean has_row;

  exec (db, "CREATE TABLE t (i INTEGER, d REAL, s TEXT, b BLOB, n TEXT)");
  stmt = uc_db_prepare (db, "INSERT INTO t VALUES (:i, :d, :s, :b, :n)", &error);
  g_assert_no_error (error);
  uc_stmt_bind_int64 (stmt, ":i", G_MAXINT64);
  uc_stmt_bind_double (stmt, ":d", 0.25);
  uc_stmt_bind_text (stmt, ":s", "grüße 检验");
  uc_stmt_bind_blob (stmt, ":b", blob);
  uc_stmt_bind_null (stmt, ":n");
  g_assert_true (uc_stmt_run (stmt, &error));
  g_assert_cmpint (uc_db_get_changes (db), ==, 1);
  g_assert_cmpint (uc_db_get_last_rowid (db), ==, 1);

  stmt = uc_db_prepare (db, "SELECT i, d, s, b, n FROM t", &error);
  g_assert_true (uc_stmt_step (stmt, &has_row, &error));
  g_assert_true (has_row);
  g_assert_cmpint (uc_stmt_get_int64 (stmt, 0), ==, G_MAXINT64);
  g_assert_cmpfloat (uc_stmt_get_double (stmt, 1), ==, 0.25);
  g_assert_cmpstr (uc_stmt_get_text (stmt, 2), ==, "grüße 检验");
  read = uc_stmt_dup_blob (stmt, 3);
  g_assert_true (g_bytes_equal (read, blob));
  g_assert_true (uc_stmt_is_null (stmt, 4));
  g_assert_cmpstr (uc_stmt_get_text (stmt, 4), ==, "");
  g_assert_true (uc_stmt_step (stmt, &has_row, &error));
  g_assert_false (has_row);

  /* A statement comes back from the cache without its old values. */
  stmt = uc_db_prepare (db, "INSERT INTO t VALUES (:i, :d, :s, :b, :n)", &error);
  g_assert_true (uc_stmt_run (stmt, &error));
  g_assert_cmpint (query (db, "SELECT count (*) FROM t WHERE i IS NULL"), ==, 1);
}

static void
test_transactions (void)
{
  g_autofree char *path = dup_path ("a.db");
  g_autoptr (UcDb) db = open_new (path);
  g_autoptr (UcDb) reader = NULL;
  g_autoptr (GError) error = NULL;
  UcStmt  *stmt;
  gboolean has_row;

  exec (db, "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT UNIQUE)");
  reader = uc_db_open (path, UC_DB_READ_ONLY, &error);
  g_assert_no_error (error);

  g_assert_true (uc_db_begin (db, &error));
  exec (db, "INSERT INTO t (name) VALUES ('a')");
  g_assert_cmpint (query (reader, "SELECT count (*) FROM t"), ==, 0);
  uc_db_rollback (db);
  g_assert_cmpint (query (db, "SELECT count (*) FROM t"), ==, 0);

  /* A SELECT left in the middle does not keep a commit from happening. */
  exec (db, "INSERT INTO t (name) VALUES ('a'), ('b')");
  g_assert_true (uc_db_begin (db, &error));
  stmt = uc_db_prepare (db, "SELECT id FROM t ORDER BY id", &error);
  g_assert_true (uc_stmt_step (stmt, &has_row, &error));
  exec (db, "INSERT INTO t (name) VALUES ('c')");
  g_assert_true (uc_db_commit (db, &error));
  g_assert_cmpint (query (reader, "SELECT count (*) FROM t"), ==, 3);

  /* One state through a whole read. */
  g_assert_true (uc_db_begin_read (reader, &error));
  g_assert_cmpint (query (reader, "SELECT count (*) FROM t"), ==, 3);
  exec (db, "INSERT INTO t (name) VALUES ('d')");
  g_assert_cmpint (query (reader, "SELECT count (*) FROM t"), ==, 3);
  uc_db_end_read (reader);
  g_assert_cmpint (query (reader, "SELECT count (*) FROM t"), ==, 4);

  g_assert_false (uc_db_exec (db, "INSERT INTO t (name) VALUES ('a')", &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (uc_db_exec (reader, "INSERT INTO t (name) VALUES ('z')", &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_STORAGE);
}

/* The index of words has statements of its own under way when a large one is made. */
static void
test_large_index (void)
{
  g_autofree char *path = dup_path ("a.db");
  g_autoptr (UcDb) db = open_new (path);
  g_autoptr (GError) error = NULL;

  exec (db, "CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT NOT NULL)");
  exec (db, "WITH n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 90000)"
            " INSERT INTO t SELECT i, printf ('w%d w%d w%d w%d', i * 7919 % 30011,"
            "  i * 104729 % 9973, i * 1299709 % 997, i % 89) FROM n");
  g_assert_true (uc_db_begin (db, &error));
  exec (db, "CREATE VIRTUAL TABLE w USING fts5 (text, content = 't', content_rowid = 'id',"
            "  columnsize = 0)");
  exec (db, "INSERT INTO w (w) VALUES ('rebuild')");
  /* Another schema now: a statement that has to begin anew is refused. */
  exec (db, "CREATE TRIGGER d AFTER DELETE ON t BEGIN SELECT 1; END");
  uc_db_commit (db, &error);
  g_assert_no_error (error);
  g_assert_cmpint (query (db, "SELECT count (*) FROM w WHERE w MATCH 'w88'"), >, 300);
}

static void
test_limit (void)
{
  g_autofree char *path = dup_path ("a.db");
  g_autoptr (UcDb) db = open_new (path);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  const char *endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
                        " SELECT count (*) FROM n";

  uc_db_set_limit (db, NULL, 20);
  g_assert_false (uc_db_exec (db, endless, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_TIMEOUT);
  g_clear_error (&error);

  g_cancellable_cancel (cancellable);
  uc_db_set_limit (db, cancellable, 0);
  g_assert_false (uc_db_exec (db, endless, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_TIMEOUT);
  g_clear_error (&error);

  uc_db_set_limit (db, NULL, 0);
  exec (db, "CREATE TABLE t (id)");
}

static void
test_damaged (void)
{
  g_autofree char *path = dup_path ("a.db");
  g_autofree char *missing = dup_path ("b.db");
  g_autoptr (GError) error = NULL;
  gboolean is_damaged = FALSE;

  g_assert_null (uc_db_open_telling (missing, UC_DB_READ_WRITE, &is_damaged, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_STORAGE);
  g_assert_false (is_damaged);
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (path, "This is no database at all, only a text", -1, NULL));
  g_assert_null (uc_db_open_telling (path, UC_DB_CREATE, &is_damaged, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_STORAGE);
  g_assert_true (is_damaged);
}

/* In a folder that cannot be written the store is still there to read. Root may write
 * anywhere, so the look is taken as somebody else. */
static void
test_read_only_folder (void)
{
  /* Not below the test's own folder, which only its owner can enter. */
  char             dir[] = "/var/tmp/uc-test-XXXXXX";
  g_autofree char *path = NULL;

  if (g_test_subprocess ())
    return;
  g_assert_nonnull (g_mkdtemp (dir));
  path = g_build_filename (dir, "a.db", NULL);
  {
    g_autoptr (UcDb) db = open_new (path);

    exec (db, "CREATE TABLE t (id); INSERT INTO t VALUES (7)");
  }
  g_assert_cmpint (g_chmod (path, 0444), ==, 0);
  g_assert_cmpint (g_chmod (dir, 0555), ==, 0);
  g_setenv ("UC_TEST_READ_ONLY", path, TRUE);
  g_test_trap_subprocess ("/db/db/read-only-folder/subprocess", 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_chmod (dir, 0700);
  g_remove (path);
  g_assert_cmpint (g_rmdir (dir), ==, 0);
}

static void
test_read_only_folder_subprocess (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UcDb) db = NULL;

  if (geteuid () == 0)
    g_assert_cmpint (setuid (65534), ==, 0);
  db = uc_db_open (g_getenv ("UC_TEST_READ_ONLY"), UC_DB_READ_ONLY, &error);
  g_assert_no_error (error);
  g_assert_cmpint (query (db, "SELECT id FROM t"), ==, 7);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/db/db/pragmas", test_pragmas);
  g_test_add_func ("/db/db/values", test_values);
  g_test_add_func ("/db/db/transactions", test_transactions);
  g_test_add_func ("/db/db/large-index", test_large_index);
  g_test_add_func ("/db/db/limit", test_limit);
  g_test_add_func ("/db/db/damaged", test_damaged);
  g_test_add_func ("/db/db/read-only-folder", test_read_only_folder);
  g_test_add_func ("/db/db/read-only-folder/subprocess", test_read_only_folder_subprocess);
  return g_test_run ();
}
