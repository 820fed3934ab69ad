/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-db.h"
#include "uc-test.h"

static void
assert_places (const char *match, const char *wanted)
{
  g_autofree char *dir = uc_test_dup_temp_dir ();
  g_autofree char *path = g_build_filename (dir, "a.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (UcDb) db = uc_db_open (path, UC_DB_CREATE, &error);
  UcStmt  *stmt;
  gboolean has_row;

  g_assert_no_error (error);
  /* Without sizes of rows, as the store's: none may be asked for. */
  uc_db_exec (db,
              "CREATE TABLE t (text);"
              "CREATE VIRTUAL TABLE w USING fts5 (text, content = 't', columnsize = 0,"
              "  tokenize = 'uc_words remove_diacritics 2');"
              "INSERT INTO t VALUES ('one two one 会议 three');"
              "INSERT INTO w (w) VALUES ('rebuild')",
              &error);
  g_assert_no_error (error);
  stmt = uc_db_prepare (db, "SELECT uc_places (w) FROM w WHERE w MATCH :match", &error);
  g_assert_no_error (error);
  uc_stmt_bind_text (stmt, ":match", match);
  g_assert_true (uc_stmt_step (stmt, &has_row, &error));
  g_assert_true (has_row);
  g_assert_cmpstr (uc_stmt_get_text (stmt, 0), ==, wanted);
}

static void
test_places (void)
{
  assert_places ("\"one\"", "0 0 0 2");
  assert_places ("\"two\" AND \"one\"", "1 0 0 1 1 2");
  assert_places ("\"one two\"", "0 0");
  assert_places ("\"two\" OR \"nowhere\"", "0 1");
  assert_places ("\"thr\"*", "0 5");
  assert_places ("\"议\"", "0 4");
  assert_places ("\"three\" NOT \"four\"", "0 5");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/db/places/places", test_places);
  return g_test_run ();
}
