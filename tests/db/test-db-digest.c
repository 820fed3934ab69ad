/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-db-digest.h"
#include "uc-error.h"
#include "uc-test.h"

static UcDb *
open_with (const char *sql)
{
  g_autofree char *dir = uc_test_dup_temp_dir ();
  g_autofree char *path = g_build_filename (dir, "a.db", NULL);
  g_autoptr (GError) error = NULL;
  UcDb *db = uc_db_open (path, UC_DB_CREATE, &error);

  g_assert_no_error (error);
  uc_db_exec (db, sql, &error);
  g_assert_no_error (error);
  return db;
}

static UcTableDigest
digest (UcDb *db, const char *table, const char *const *columns)
{
  UcTableDigest digest = { 0, 0 };
  g_autoptr (GError) error = NULL;

  uc_db_digest_table (db, table, columns, &digest, &error);
  g_assert_no_error (error);
  return digest;
}

static void
assert_list (GStrv list, const char *wanted)
{
  g_autofree char *text = list != NULL ? g_strjoinv (" ", list) : NULL;

  g_assert_cmpstr (text, ==, wanted);
  g_strfreev (list);
}

static void
test_lists (void)
{
  g_autoptr (UcDb) db =
      open_with ("CREATE TABLE b (y TEXT, x INTEGER, PRIMARY KEY (x, y)) WITHOUT ROWID;"
                 "CREATE TABLE a (text TEXT);"
                 "CREATE VIRTUAL TABLE words USING fts5 (text);"
                 "CREATE TABLE \"odd \"\"name\" (\"a \"\"b\" INTEGER PRIMARY KEY)");

  assert_list (uc_db_list_tables (db, NULL), "a b odd \"name");
  assert_list (uc_db_list_columns (db, "b", NULL), "x y");
  assert_list (uc_db_list_columns (db, "odd \"name", NULL), "a \"b");
  assert_list (uc_db_list_columns (db, "none", NULL), "");
  assert_list (uc_db_list_keys (db, "b", NULL), "x y");
  assert_list (uc_db_list_keys (db, "a", NULL), "rowid");
  /* A name with a quotation mark in it. */
  g_assert_cmpint (digest (db, "odd \"name", NULL).n_rows, ==, 0);
}

/* Neither the order of rows nor that of columns nor other columns matter. */
static void
test_same (void)
{
  const char *const columns[] = { "id", "text", NULL };
  g_autoptr (UcDb) a = open_with ("CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT);"
                                  "INSERT INTO t VALUES (1, 'one'), (2, 'two'), (3, NULL)");
  g_autoptr (UcDb) b =
      open_with ("CREATE TABLE t (text TEXT, more TEXT, id INTEGER);"
                 "INSERT INTO t VALUES (NULL, '', 3), ('two', 'x', 2), ('one', '', 1)");
  UcTableDigest of_a = digest (a, "t", NULL);
  UcTableDigest of_b = digest (b, "t", columns);
  UcTableDigest twice = { 0, 0 };

  g_assert_cmpint (of_a.n_rows, ==, 3);
  g_assert_true (uc_table_digest_equal (&of_a, &of_b));
  /* It adds up, so that one table may be compared with two parts. */
  g_assert_true (uc_db_digest_table (a, "t", columns, &twice, NULL));
  g_assert_true (uc_db_digest_table (b, "t", columns, &twice, NULL));
  g_assert_cmpint (twice.n_rows, ==, 6);
  g_assert_cmpuint (twice.sum, ==, 2 * of_a.sum);
}

/* Every kind of difference tells. */
static void
test_different (gconstpointer data)
{
  const char *change = data;
  g_autoptr (UcDb) db = open_with ("CREATE TABLE t (id INTEGER PRIMARY KEY, value);"
                                   "INSERT INTO t VALUES (1, 'one'), (2, 2), (3, x'00ff'),"
                                   " (4, 0.1), (5, NULL), (6, 'a' || char (0) || 'b')");
  g_autoptr (GError) error = NULL;
  UcTableDigest before = digest (db, "t", NULL);
  UcTableDigest after;

  uc_db_exec (db, change, &error);
  g_assert_no_error (error);
  after = digest (db, "t", NULL);
  g_assert_false (uc_table_digest_equal (&before, &after));
}

static void
test_row (void)
{
  g_autoptr (UcDb) db = open_with ("CREATE TABLE t (id INTEGER PRIMARY KEY, value);"
                                   "INSERT INTO t VALUES (1, 'x'), (2, 'x'), (3, 'y')");
  UcStmt  *stmt = uc_db_prepare (db, "SELECT id, value FROM t ORDER BY id", NULL);
  guint64  whole[3];
  guint64  values[3];
  gboolean has_row;

  for (gsize i = 0; i < G_N_ELEMENTS (whole); i++) {
    g_assert_true (uc_stmt_step (stmt, &has_row, NULL));
    g_assert_true (has_row);
    whole[i] = uc_stmt_digest_row (stmt, 0);
    values[i] = uc_stmt_digest_row (stmt, 1);
  }
  g_assert_cmpuint (values[0], ==, values[1]);
  g_assert_cmpuint (values[0], !=, values[2]);
  g_assert_cmpuint (whole[0], !=, whole[1]);
  g_assert_cmpuint (digest (db, "t", NULL).sum, ==, whole[0] + whole[1] + whole[2]);
}

static void
test_errors (void)
{
  const char *const columns[] = { "none", NULL };
  g_autoptr (UcDb) db = open_with ("CREATE TABLE t (id INTEGER PRIMARY KEY)");
  UcTableDigest digest = { 0, 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (uc_db_digest_table (db, "t", columns, &digest, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_STORAGE);
}

int
main (int argc, char **argv)
{
  const char *changes[] = {
    "UPDATE t SET value = 'One' WHERE id = 1",
    "UPDATE t SET value = '2' WHERE id = 2",
    "UPDATE t SET value = 2.0 WHERE id = 2",
    "UPDATE t SET value = x'00fe' WHERE id = 3",
    "UPDATE t SET value = '' WHERE id = 5",
    /* The next number after 0.1: both print as 0.1. */
    "UPDATE t SET value = 0.1 + 1.4e-17 WHERE id = 4",
    "UPDATE t SET value = 'a' || char (0) || 'c' WHERE id = 6",
    "DELETE FROM t WHERE id = 1",
    "INSERT INTO t VALUES (7, NULL)",
    "UPDATE t SET value = CASE id WHEN 1 THEN 2 ELSE 'one' END WHERE id < 3",
  };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/db/db-digest/lists", test_lists);
  g_test_add_func ("/db/db-digest/same", test_same);
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++) {
    g_autofree char *path = g_strdup_printf ("/db/db-digest/different/%" G_GSIZE_FORMAT, i);

    g_test_add_data_func (path, changes[i], test_different);
  }
  g_test_add_func ("/db/db-digest/row", test_row);
  g_test_add_func ("/db/db-digest/errors", test_errors);
  return g_test_run ();
}
