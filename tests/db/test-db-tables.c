/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-db.h"
#include "uc-error.h"
#include "uc-test.h"

static UcDb *
open_new (void)
{
  g_autofree char *dir = uc_test_dup_temp_dir ();
  g_autofree char *path = g_build_filename (dir, "store.db", NULL);
  g_autoptr (GError) error = NULL;
  UcDb *db = uc_db_open (path, UC_DB_CREATE, &error);

  g_assert_no_error (error);
  return db;
}

static void
test_counts (void)
{
  g_autoptr (UcDb) db = open_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) counts = NULL;
  const UcTableCount *count;

  g_assert_true (uc_db_exec (db,
                             "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);"
                             "CREATE TABLE \"odd \"\"name\" (id INTEGER PRIMARY KEY);"
                             "CREATE VIRTUAL TABLE words USING fts5 (text);"
                             "INSERT INTO users (name) VALUES ('a'), ('b'), ('c');"
                             "INSERT INTO words (text) VALUES ('x');",
                             &error));
  g_assert_no_error (error);

  counts = uc_db_count_tables (db, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (counts->len, ==, 2);
  count = g_ptr_array_index (counts, 0);
  g_assert_cmpstr (count->name, ==, "odd \"name");
  g_assert_cmpint (count->n_rows, ==, 0);
  count = g_ptr_array_index (counts, 1);
  g_assert_cmpstr (count->name, ==, "users");
  g_assert_cmpint (count->n_rows, ==, 3);
}

static void
test_empty (void)
{
  g_autoptr (UcDb) db = open_new ();
  g_autoptr (GPtrArray) counts = uc_db_count_tables (db, NULL);

  g_assert_cmpuint (counts->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/db/tables/counts", test_counts);
  g_test_add_func ("/db/tables/empty", test_empty);
  return g_test_run ();
}
