/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-migrate-test.h"

#include "uc-error.h"
#include "uc-test.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define N_MARKED (TEST_N_CHAIN + 1)

/* Refused by a constraint for every note with a 13 in it. */
static gboolean
mark_record (UcDb *db, gint64 key, GError **error)
{
  UcStmt *stmt =
      uc_db_prepare (db, "INSERT INTO marks SELECT id, text FROM notes WHERE id = :id", error);

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":id", key);
  return uc_stmt_run (stmt, error);
}

/* Judged by the step itself. */
static gboolean
read_record (UcDb *db, gint64 key, GError **error)
{
  if (key != 77)
    return mark_record (db, key, error) || (g_clear_error (error), TRUE);
  g_set_error (error, UC_ERROR, UC_ERROR_PROTOCOL, "number 77 cannot be read");
  return FALSE;
}

static gboolean
refuse_record (UcDb *db, gint64 key, GError **error)
{
  g_set_error (error, UC_ERROR, UC_ERROR_INVALID, "no");
  return FALSE;
}

static gboolean
fail_record (UcDb *db, gint64 key, GError **error)
{
  return key < 1500 || uc_db_exec (db, "INSERT INTO no_such_table VALUES (1)", error);
}

static void
make_chain (UcMigration *marked, gboolean (*record) (UcDb *, gint64, GError **))
{
  const UcMigration last = {
    .version = N_MARKED,
    .name = "0004-marks",
    .resource = TEST_STEPS "marks.sql",
    .record = record,
    .work_table = "notes",
  };

  memcpy (marked, test_chain, sizeof test_chain);
  marked[TEST_N_CHAIN] = last;
}

/* -- Records of a step -------------------------------------------------------------------- */

#define WITH_13 "SELECT count (*) FROM notes WHERE text LIKE '%13%'"

static void
check_marked (UcDb *db, gint64 n_bad)
{
  g_auto (GStrv) problems = NULL;

  g_assert_cmpint (test_query (db, "PRAGMA user_version"), ==, N_MARKED);
  g_assert_cmpint (test_query (db, "SELECT count (*) FROM marks"), ==, TEST_N_NOTES - n_bad);
  g_assert_cmpint (test_query (db, "SELECT count (*) FROM notes"), ==, TEST_N_NOTES - n_bad);
  g_assert_cmpint (test_query (db, WITH_13), ==, 0);
  /* Their lengths and tags refer to them. */
  g_assert_cmpint (test_query (db, "SELECT count (*) FROM lengths"), ==, TEST_N_NOTES - n_bad);
  g_assert_cmpint (test_query (db, "SELECT count (*) FROM tags"), ==, 1);
  g_assert_cmpint (test_query (db, "SELECT count (*) FROM migration_error"), ==, 2 * n_bad + 2);
  g_assert_cmpint (
      test_query (db, "SELECT count (DISTINCT table_name || ' ' || record) FROM migration_error"),
      ==, 2 * n_bad + 2);
  g_assert_true (uc_db_check (db, TRUE, &problems, NULL));
  g_assert_null (problems[0]);
}

static const UcMigrateError *
find_error (GPtrArray *errors, const char *table, const char *record)
{
  for (guint i = 0; i < errors->len; i++) {
    const UcMigrateError *entry = g_ptr_array_index (errors, i);

    if (g_str_equal (entry->table, table) && g_str_equal (entry->record, record))
      return entry;
  }
  g_error ("%s %s is not in the log", table, record);
}

static void
check_log (UcDb *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) errors = uc_migrate_load_errors (db, &error);
  const UcMigrateError *note;
  const UcMigrateError *tag;
  g_autofree char      *columns = NULL;
  g_autofree char      *values = NULL;

  g_assert_no_error (error);
  note = find_error (errors, "notes", "1313");
  tag = find_error (errors, "tags", "13 bad luck");
  g_assert_cmpint (note->version, ==, N_MARKED);
  g_assert_cmpstr (note->step, ==, "0004-marks");
  g_assert_nonnull (strstr (note->reason, "CHECK"));
  g_assert_cmpint (note->at_ms, >, 0);
  columns = g_strjoinv (" ", note->columns);
  values = g_strjoinv (" ", note->values);
  g_assert_cmpstr (columns, ==, "colour id person text");
  g_assert_cmpstr (values, ==, "'white' 1313 2 'note 1313'");
  g_assert_nonnull (strstr (tag->reason, "13"));
  g_assert_nonnull (strstr (tag->reason, "notes"));
}

static const UcMigrateTable *
find_table (UcMigrateReport *report, const char *name)
{
  for (guint i = 0; i < report->tables->len; i++) {
    const UcMigrateTable *table = g_ptr_array_index (report->tables, i);

    if (g_str_equal (table->name, name))
      return table;
  }
  g_error ("%s was not compared", name);
}

/* The bad ones are put aside with what they hold, the rest goes on. */
static void
test_records (void)
{
  g_autofree char *path = test_make_old ();
  g_autoptr (UcDb) db = test_open (path);
  g_autoptr (UcMigrateReport) report = uc_migrate_report_new ();
  UcMigrateOptions options = { .report = report };
  gint64           n_bad = test_query (db, WITH_13);
  g_autoptr (GError) error = NULL;
  UcMigration           marked[N_MARKED];
  const UcMigrateTable *notes;

  g_assert_cmpint (n_bad, >, 50);
  make_chain (marked, mark_record);
  uc_migrate (db, marked, N_MARKED, &options, &error);
  g_assert_no_error (error);
  check_marked (db, n_bad);
  check_log (db);

  notes = find_table (report, "notes");
  g_assert_cmpint (notes->n_before, ==, TEST_N_NOTES);
  g_assert_cmpint (notes->n_after, ==, TEST_N_NOTES - n_bad);
  g_assert_cmpint (notes->n_aside, ==, n_bad);
  /* Lengths are new: only what was there before is counted. */
  g_assert_cmpuint (report->n_aside, ==, n_bad + 2);
  g_assert_cmpuint (report->steps->len, ==, 3);
  g_assert_cmpint (report->from_version, ==, 1);
  g_assert_nonnull (report->backup_path);
}

static void
test_own_judgement (void)
{
  g_autofree char *path = test_make_old ();
  g_autoptr (UcDb) db = test_open (path);
  g_autoptr (GPtrArray) errors = NULL;
  UcMigration marked[N_MARKED];

  make_chain (marked, read_record);
  test_migrate (db, marked, N_MARKED);
  errors = uc_migrate_load_errors (db, NULL);
  g_assert_cmpuint (errors->len, ==, 2);
  g_assert_cmpstr (find_error (errors, "notes", "77")->reason, ==, "number 77 cannot be read");
}

/* What is not the record's fault fails, as does a step that carries nothing over. */
static void
test_no_records_fault (gconstpointer data)
{
  g_autofree char *path = test_make_old ();
  g_autoptr (UcDb) db = test_open (path);
  g_autoptr (GError) error = NULL;
  UcMigration marked[N_MARKED];

  make_chain (marked, data != NULL ? refuse_record : fail_record);
  g_assert_false (uc_migrate (db, marked, N_MARKED, NULL, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_STORAGE);
  test_check_old (db);
}

/* -- Honesty ------------------------------------------------------------------------------- */

typedef struct {
  UcDb       *db;
  const char *sql;
} Tamper;

static gboolean
tamper_hook (const char *point, int version, gpointer user_data)
{
  Tamper *tamper = user_data;

  /* The last thing before the comparison. */
  if (version == N_MARKED && g_str_equal (point, "committed") &&
      test_query (tamper->db, "PRAGMA user_version") == N_MARKED)
    test_exec (tamper->db, tamper->sql);
  return TRUE;
}

/* The log must hold exactly what is missing. */
static void
test_tampered (gconstpointer data)
{
  g_autofree char *path = test_make_old ();
  g_autoptr (UcDb) db = test_open (path);
  g_autoptr (GError) error = NULL;
  Tamper         tamper = { db, data };
  UcMigrateProbe probe = { .hook = tamper_hook, .hook_data = &tamper };
  UcMigration    marked[N_MARKED];

  make_chain (marked, mark_record);
  g_assert_false (_uc_migrate_probed (db, marked, N_MARKED, NULL, &probe, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_STORAGE);
  test_check_old (db);
}

/* -- Cut off -------------------------------------------------------------------------------- */

static gboolean
kill_hook (const char *point, int version, gpointer user_data)
{
  int *countdown = user_data;

  if ((*countdown)-- == 0)
    raise (SIGKILL);
  return TRUE;
}

static void
test_killed (void)
{
  gboolean    is_over = FALSE;
  UcMigration marked[N_MARKED];

  make_chain (marked, mark_record);
  for (int n = 0; !is_over; n += 17) {
    g_autofree char *path = test_make_old ();
    gint64           n_bad;
    int              status;
    pid_t            child;

    {
      g_autoptr (UcDb) db = test_open (path);

      n_bad = test_query (db, WITH_13);
    }
    child = fork ();
    if (child == 0) {
      UcDb          *db = test_open (path);
      int            countdown = n;
      UcMigrateProbe probe = { .hook = kill_hook, .hook_data = &countdown };

      _exit (_uc_migrate_probed (db, marked, N_MARKED, NULL, &probe, NULL) ? 0 : 1);
    }
    g_assert_cmpint (waitpid (child, &status, 0), ==, child);
    is_over = WIFEXITED (status);
    g_assert_true (is_over ? WEXITSTATUS (status) == 0 : WTERMSIG (status) == SIGKILL);
    {
      g_autoptr (UcDb) db = test_open (path);

      test_migrate (db, marked, N_MARKED);
      check_marked (db, n_bad);
    }
  }
}

/* -- What was wrong before ------------------------------------------------------------------- */

static void
test_orphans (void)
{
  g_autofree char *path = test_make_old ();
  g_autoptr (UcDb) db = test_open (path);
  g_autoptr (GPtrArray) errors = NULL;
  g_autoptr (UcMigrateReport) report = uc_migrate_report_new ();
  UcMigrateOptions options = { .report = report };
  g_autoptr (GError) error = NULL;

  test_exec (db, "PRAGMA foreign_keys = OFF;"
                 "INSERT INTO notes VALUES (3000, 99, 'nobody''s'), (3001, 98, 'lost');"
                 "INSERT INTO tags VALUES (3000, 'x'), (4000, 'y');"
                 "PRAGMA foreign_keys = ON");
  uc_migrate (db, test_chain, TEST_N_CHAIN, &options, &error);
  g_assert_no_error (error);
  g_assert_cmpint (test_query (db, "SELECT count (*) FROM notes"), ==, TEST_N_NOTES);
  g_assert_cmpint (test_query (db, "SELECT count (*) FROM tags"), ==, 3);
  errors = uc_migrate_load_errors (db, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (errors->len, ==, 4);
  g_assert_cmpuint (report->n_aside, ==, 4);
  g_assert_nonnull (strstr (find_error (errors, "notes", "3000")->reason, "people"));
  g_assert_cmpstr (find_error (errors, "notes", "3000")->values[2], ==, "'nobody''s'");
  g_assert_nonnull (strstr (find_error (errors, "tags", "3000 x")->reason, "3000"));
  g_assert_nonnull (strstr (find_error (errors, "tags", "4000 y")->reason, "notes"));
}

/* Every kind of value is kept as it was. */
static void
test_values (void)
{
  g_autofree char *path = test_dup_path ();
  g_autoptr (UcDb) db = test_open (path);
  const char *const key[] = { "1", NULL };
  g_autoptr (GPtrArray) errors = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *values = NULL;

  test_exec (db,
             "CREATE TABLE parent (a INTEGER, b TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID;"
             "CREATE TABLE odd (\"the \"\"key\" INTEGER PRIMARY KEY, self INTEGER REFERENCES odd,"
             "  a, b, c, d, e);"
             "INSERT INTO odd VALUES (1, 1, x'00ff', 0.1, NULL, 'it''s', 9007199254740993);"
             "INSERT INTO odd VALUES (2, 1, 1, 2, 3, 4, 5)");
  g_assert_true (_uc_migrate_make_log (db, &error));
  g_assert_no_error (error);
  /* Only a step that is under way can put anything aside. */
  g_assert_false (uc_migrate_put_aside (db, "odd", key, "why", &error));
  g_clear_error (&error);
  test_exec (db, "PRAGMA foreign_keys = OFF;"
                 "INSERT INTO schema_steps (version, name, sha256, started_at_ms)"
                 " VALUES (1, 'one', '', 1)");
  uc_migrate_put_aside (db, "odd", key, "why", &error);
  g_assert_no_error (error);
  /* Also what referred to it, itself apart. */
  g_assert_cmpint (test_query (db, "SELECT count (*) FROM odd"), ==, 0);
  errors = uc_migrate_load_errors (db, &error);
  g_assert_cmpuint (errors->len, ==, 2);
  values = g_strjoinv (" ", (GStrv) find_error (errors, "odd", "1")->values);
  g_assert_cmpstr (values, ==, "X'00FF' 0.1 NULL 'it''s' 9007199254740993 1 1");
}

int
main (int argc, char **argv)
{
  const char *tampers[] = {
    "UPDATE migration_aside SET value = 'other' WHERE name = 'text' AND number ="
    " (SELECT max (number) FROM migration_error WHERE table_name = 'notes')",
    "DELETE FROM migration_error WHERE number ="
    " (SELECT max (number) FROM migration_error WHERE table_name = 'notes')",
    "DELETE FROM marks WHERE id = 1; DELETE FROM lengths WHERE id = 1;"
    " DELETE FROM tags WHERE note = 1; DELETE FROM notes WHERE id = 1",
    "DELETE FROM migration_aside WHERE name = 'person'",
  };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/db/migrate-aside/records", test_records);
  g_test_add_func ("/db/migrate-aside/own-judgement", test_own_judgement);
  g_test_add_data_func ("/db/migrate-aside/no-records-fault", NULL, test_no_records_fault);
  g_test_add_data_func ("/db/migrate-aside/all-refused", "", test_no_records_fault);
  for (gsize i = 0; i < G_N_ELEMENTS (tampers); i++) {
    g_autofree char *path = g_strdup_printf ("/db/migrate-aside/tampered/%" G_GSIZE_FORMAT, i);

    g_test_add_data_func (path, tampers[i], test_tampered);
  }
  g_test_add_func ("/db/migrate-aside/killed", test_killed);
  g_test_add_func ("/db/migrate-aside/orphans", test_orphans);
  g_test_add_func ("/db/migrate-aside/values", test_values);
  return g_test_run ();
}
