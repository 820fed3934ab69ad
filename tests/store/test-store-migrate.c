/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-db.h"
#include "uc-error.h"
#include "uc-store-migrate.h"
#include "uc-store-test.h"
#include "uc-test.h"

#include <string.h>

static char *
make_fixture (int version)
{
  g_autofree char *dir = uc_test_dup_temp_dir ();
  char            *path = g_build_filename (dir, "store.db", NULL);
  g_autofree char *name = g_strdup_printf ("schema/%04d.sql", version);
  g_autofree char *sql = uc_test_dup_fixture (name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (UcDb) db = uc_db_open (path, UC_DB_CREATE, &error);

  g_assert_no_error (error);
  uc_db_exec (db, sql, &error);
  g_assert_no_error (error);
  return path;
}

static int
read_version (const char *path)
{
  g_autoptr (UcDb) db = uc_db_open (path, UC_DB_READ_ONLY, NULL);
  int version = 0;

  g_assert_true (uc_db_get_user_version (db, &version, NULL));
  return version;
}

/* A trial tells the same as the migration itself and leaves nothing behind. */
static void
test_trial_and_truth (gconstpointer data)
{
  int              version = GPOINTER_TO_INT (data);
  g_autofree char *path = make_fixture (version);
  g_autofree char *trial = g_strconcat (path, ".trial", NULL);
  g_autoptr (UcMigrateReport) tried = uc_migrate_report_new ();
  g_autoptr (UcMigrateReport) done = uc_migrate_report_new ();
  UcMigrateOptions options = { .report = tried };
  g_autoptr (GPtrArray) tried_errors = NULL;
  g_autoptr (GPtrArray) errors = NULL;
  g_autoptr (GError) error = NULL;

  uc_store_try_migration (path, &options, &tried_errors, &error);
  g_assert_no_error (error);
  g_assert_cmpint (read_version (path), ==, version);
  g_assert_false (g_file_test (trial, G_FILE_TEST_EXISTS));

  options.report = done;
  uc_store_migrate (path, &options, &errors, &error);
  g_assert_no_error (error);
  g_assert_cmpint (read_version (path), ==, done->to_version);
  g_assert_cmpint (done->from_version, ==, version);
  g_assert_cmpuint (done->steps->len, ==, tried->steps->len);
  g_assert_cmpuint (errors->len, ==, tried_errors->len);
  g_assert_cmpuint (done->tables->len, ==, tried->tables->len);
  for (guint i = 0; i < done->tables->len; i++) {
    const UcMigrateTable *a = g_ptr_array_index (tried->tables, i);
    const UcMigrateTable *b = g_ptr_array_index (done->tables, i);

    g_assert_cmpstr (a->name, ==, b->name);
    g_assert_cmpuint (a->digest, ==, b->digest);
    g_assert_cmpint (a->n_after, ==, b->n_after);
  }
}

/* The last fixture has a record that was put aside in its day. */
static void
test_errors (void)
{
  g_autofree char *path = make_fixture (6);
  UcMigrateOptions options = { 0 };
  g_autoptr (GPtrArray) errors = NULL;
  g_autoptr (GError) error = NULL;
  const UcMigrateError *entry;

  uc_store_migrate (path, &options, &errors, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (errors->len, ==, 1);
  entry = g_ptr_array_index (errors, 0);
  g_assert_cmpstr (entry->table, ==, "reactions");
  g_assert_cmpstr (entry->record, ==, "12 3 +1");
  g_assert_cmpuint (g_strv_length (entry->values), ==, 4);
}

static void
test_refused (void)
{
  g_autofree char *path = make_fixture (2);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *absent = g_build_filename (folder, "absent.db", NULL);
  g_autofree char *other = g_build_filename (folder, "other.db", NULL);
  UcMigrateOptions options = { 0 };
  g_autoptr (GPtrArray) errors = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (uc_store_migrate (absent, &options, &errors, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_STORAGE);
  g_assert_false (g_file_test (absent, G_FILE_TEST_EXISTS));
  g_clear_error (&error);
  {
    g_autoptr (UcDb) db = uc_db_open (other, UC_DB_CREATE, NULL);

    g_assert_true (uc_db_exec (db, "CREATE TABLE other (x)", NULL));
  }
  g_assert_false (uc_store_try_migration (other, &options, &errors, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_INVALID);
  g_clear_error (&error);
  {
    g_autoptr (UcTestStore) open = uc_test_store_new ();

    g_assert_false (uc_store_migrate (open->path, &options, &errors, &error));
    g_assert_error (error, UC_ERROR, UC_ERROR_CONFLICT);
    g_clear_error (&error);
    uc_store_try_migration (open->path, &options, &errors, &error);
    g_assert_no_error (error);
    g_clear_pointer (&errors, g_ptr_array_unref);
  }
  {
    g_autoptr (UcDb) db = uc_db_open (path, UC_DB_READ_WRITE, NULL);

    g_assert_true (uc_db_set_user_version (db, 999, NULL));
  }
  g_assert_false (uc_store_migrate (path, &options, &errors, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_SCHEMA_TOO_NEW);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (int version = 1; version <= 8; version++) {
    g_autofree char *path = g_strdup_printf ("/store/store-migrate/trial-and-truth/%d", version);

    g_test_add_data_func (path, GINT_TO_POINTER (version), test_trial_and_truth);
  }
  g_test_add_func ("/store/store-migrate/errors", test_errors);
  g_test_add_func ("/store/store-migrate/refused", test_refused);
  return g_test_run ();
}
