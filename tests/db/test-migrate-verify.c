/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-migrate-test.h"

#include "uc-error.h"
#include "uc-test.h"

#include <string.h>

typedef struct {
  const char *name;
  const char *sql;      /* of the step after the chain's last */
  const char *rewrites; /* (nullable) */
  gboolean (*check) (UcDb *before, UcDb *after, GError **error);
  gboolean passes;
} Case;

static gboolean
check_yes (UcDb *before, UcDb *after, GError **error)
{
  /* It sees both. */
  g_assert_cmpint (test_query (before, "PRAGMA user_version"), ==, 1);
  g_assert_cmpint (test_query (after, "PRAGMA user_version"), ==, 4);
  return TRUE;
}

static gboolean
check_no (UcDb *before, UcDb *after, GError **error)
{
  g_set_error (error, UC_ERROR, UC_ERROR_STORAGE, "wrong");
  return FALSE;
}

static const Case cases[] = {
  { "nothing-said", "shouting", NULL, NULL, FALSE },
  { "column", "shouting", "notes.text", NULL, TRUE },
  { "other-column", "shouting", "notes.person people.name", NULL, FALSE },
  /* The rewritten column is left out, nothing else is. */
  { "column-and-row", "shouting-lossy", "notes.text", NULL, FALSE },
  { "column-and-column", "shouting-moving", "notes.text", NULL, FALSE },
  { "two-columns", "shouting-moving", "notes.text notes.person", NULL, TRUE },
  /* A table that is left out whole is judged by the step. */
  { "table", "shouting-lossy", "notes tags", check_yes, TRUE },
  { "table-refused", "shouting-lossy", "notes tags", check_no, FALSE },
  { "column-gone", "dropping", NULL, NULL, FALSE },
  { "column-gone-said", "dropping", "people.born", NULL, TRUE },
  { "table-gone", "tagless", NULL, NULL, FALSE },
  { "table-gone-said", "tagless", "tags", check_yes, TRUE },
};

static void
test_case (gconstpointer data)
{
  const Case      *tried = data;
  g_autofree char *path = test_make_old ();
  g_autofree char *resource = g_strconcat (TEST_STEPS, tried->sql, ".sql", NULL);
  g_autoptr (UcDb) db = test_open (path);
  g_autoptr (GError) error = NULL;
  UcMigration chain[TEST_N_CHAIN + 1];
  UcMigration last = {
    .version = 4,
    .name = tried->sql,
    .resource = resource,
    .rewrites = tried->rewrites,
    .check = tried->check,
  };
  gboolean is_done;

  memcpy (chain, test_chain, sizeof test_chain);
  chain[TEST_N_CHAIN] = last;
  is_done = uc_migrate (db, chain, G_N_ELEMENTS (chain), NULL, &error);
  g_assert_cmpint (is_done, ==, tried->passes);
  if (is_done) {
    g_assert_no_error (error);
    g_assert_cmpint (test_query (db, "PRAGMA user_version"), ==, 4);
  } else {
    g_assert_error (error, UC_ERROR, UC_ERROR_STORAGE);
    test_check_old (db);
  }
}

/* What is told of each table is what was compared. */
static void
test_report (void)
{
  g_autofree char *path = test_make_old ();
  g_autoptr (UcDb) db = test_open (path);
  g_autoptr (UcMigrateReport) report = uc_migrate_report_new ();
  UcMigrateOptions options = { .report = report };
  g_autoptr (GError) error = NULL;
  UcMigration           chain[TEST_N_CHAIN + 1];
  const UcMigrateTable *table;

  memcpy (chain, test_chain, sizeof test_chain);
  chain[TEST_N_CHAIN] = (UcMigration){
    .version = 4,
    .name = "shouting",
    .resource = TEST_STEPS "shouting.sql",
    .rewrites = "notes.text tags",
    .check = check_yes,
  };
  uc_migrate (db, chain, G_N_ELEMENTS (chain), &options, &error);
  g_assert_no_error (error);
  /* By name, without the log and what was not there before. */
  g_assert_cmpuint (report->tables->len, ==, 3);
  table = g_ptr_array_index (report->tables, 0);
  g_assert_cmpstr (table->name, ==, "notes");
  g_assert_cmpint (table->compared, ==, UC_COMPARED_COLUMNS);
  g_assert_cmpint (table->n_before, ==, TEST_N_NOTES);
  g_assert_cmpuint (table->digest, !=, 0);
  table = g_ptr_array_index (report->tables, 1);
  g_assert_cmpstr (table->name, ==, "people");
  g_assert_cmpint (table->compared, ==, UC_COMPARED_ROWS);
  table = g_ptr_array_index (report->tables, 2);
  g_assert_cmpstr (table->name, ==, "tags");
  g_assert_cmpint (table->compared, ==, UC_COMPARED_BY_STEP);
  g_assert_cmpint (table->n_after, ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/db/migrate-verify/", cases[i].name, NULL);

    g_test_add_data_func (path, &cases[i], test_case);
  }
  g_test_add_func ("/db/migrate-verify/report", test_report);
  return g_test_run ();
}
