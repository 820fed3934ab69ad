/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-error.h"
#include "uc-migrate-test.h"
#include "uc-test.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void
test_fresh (void)
{
  g_autofree char *path = test_dup_path ();
  g_autoptr (UcDb) db = test_open (path);

  test_migrate (db, test_chain, TEST_N_CHAIN);
  g_assert_cmpint (test_query (db, "PRAGMA user_version"), ==, 3);
  g_assert_cmpuint (test_count_backups (path), ==, 0);
  /* Again there is nothing to do. */
  test_migrate (db, test_chain, TEST_N_CHAIN);
  g_assert_cmpint (test_query (db, "SELECT count (*) FROM schema_steps"), ==, 3);
}

static void
progress_cb (const char *step_name, double fraction, gpointer user_data)
{
  double *last = user_data;

  g_assert_cmpfloat (fraction, >=, *last);
  g_assert_cmpfloat (fraction, <=, 1);
  *last = fraction;
}

static void
test_upgrade (void)
{
  g_autofree char *path = test_make_old ();
  g_autoptr (UcDb) db = test_open (path);
  g_autoptr (GError) error = NULL;
  double           last = 0;
  UcMigrateOptions options = { .progress = progress_cb, .user_data = &last };

  g_assert_true (uc_migrate (db, test_chain, TEST_N_CHAIN, &options, &error));
  g_assert_cmpfloat (last, ==, 1);
  test_check_new (db);
  g_assert_cmpuint (test_count_backups (path), ==, 1);
}

static char *
read_file (const char *path, gsize *length)
{
  g_autoptr (GError) error = NULL;
  char *content = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS)) {
    *length = 0;
    return NULL;
  }
  g_file_get_contents (path, &content, length, &error);
  g_assert_no_error (error);
  return content;
}

/* Not one byte, whether the newer program closed it or was killed. */
static void
test_newer (gconstpointer data)
{
  gboolean         is_killed = GPOINTER_TO_INT (data);
  g_autofree char *path = test_dup_path ();
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *before = NULL;
  g_autofree char *before_wal = NULL;
  g_autofree char *after = NULL;
  g_autofree char *after_wal = NULL;
  g_autoptr (GError) error = NULL;
  gsize n_before;
  gsize n_before_wal;
  gsize n_after;
  gsize n_after_wal;
  pid_t child = fork ();

  if (child == 0) {
    g_autoptr (UcDb) db = test_open (path);

    test_migrate (db, test_chain, TEST_N_CHAIN);
    uc_db_set_user_version (db, 4, NULL);
    if (is_killed)
      raise (SIGKILL);
    g_clear_pointer (&db, uc_db_close);
    _exit (0);
  }
  g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
  before = read_file (path, &n_before);
  before_wal = read_file (wal, &n_before_wal);
  g_assert_cmpint (n_before_wal > 0, ==, is_killed);
  {
    g_autoptr (UcDb) db = test_open (path);

    g_assert_false (uc_migrate (db, test_chain, TEST_N_CHAIN, NULL, &error));
    g_assert_error (error, UC_ERROR, UC_ERROR_SCHEMA_TOO_NEW);
    /* Who wrote it, and what helps. */
    g_assert_nonnull (strstr (error->message, "Unified Chat " UC_VERSION));
    g_assert_nonnull (strstr (error->message, "format 4"));
    g_assert_nonnull (strstr (error->message, "backup"));
  }
  after = read_file (path, &n_after);
  after_wal = read_file (wal, &n_after_wal);
  g_assert_cmpmem (before, n_before, after, n_after);
  g_assert_cmpmem (before_wal, n_before_wal, after_wal, n_after_wal);
  g_assert_cmpuint (test_count_backups (path), ==, 0);
}

/* Whatever goes wrong, the old store is there again. */
static void
test_failure (gconstpointer data)
{
  const char       *name = data;
  g_autofree char  *resource = g_strconcat (TEST_STEPS, name, ".sql", NULL);
  const UcMigration bad[] = {
    test_chain[0],
    test_chain[1],
    { .version = 3, .name = name, .resource = resource },
    { .version = 4, .name = "0003", .resource = TEST_STEPS "0003.sql" },
  };
  g_autofree char *path = test_make_old ();
  g_autoptr (UcDb) db = test_open (path);
  g_autoptr (GError) error = NULL;

  g_assert_false (uc_migrate (db, bad, G_N_ELEMENTS (bad), NULL, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_STORAGE);
  test_check_old (db);
  g_clear_pointer (&db, uc_db_close);
  db = test_open (path);
  test_check_old (db);
  /* And it is not stuck: the mended test_chain goes on from there. */
  test_migrate (db, test_chain, TEST_N_CHAIN);
  test_check_new (db);
}

/* -- Cut off --------------------------------------------------------------------------- */

typedef struct {
  int      countdown; /* points until the end; negative: never */
  gboolean is_kill;
} End;

static gboolean
end_hook (const char *point, int version, gpointer user_data)
{
  End *end = user_data;

  if (end->countdown-- != 0)
    return TRUE;
  if (end->is_kill)
    raise (SIGKILL);
  return FALSE;
}

static gboolean
run_hooked (const char *path, End *end, GError **error)
{
  g_autoptr (UcDb) db = test_open (path);

  UcMigrateProbe probe = { .hook = end_hook, .hook_data = end };

  return _uc_migrate_probed (db, test_chain, TEST_N_CHAIN, NULL, &probe, error);
}

/* Killed at each point in turn: the next start goes on and ends where an undisturbed
 * one does. */
static void
test_killed (void)
{
  gboolean is_over = FALSE;
  int      n_points = 0;

  while (!is_over) {
    g_autofree char *path = test_make_old ();
    int              status;
    pid_t            child = fork ();

    if (child == 0) {
      End end = { n_points, TRUE };

      _exit (run_hooked (path, &end, NULL) ? 0 : 1);
    }
    g_assert_cmpint (waitpid (child, &status, 0), ==, child);
    is_over = WIFEXITED (status);
    g_assert_true (is_over ? WEXITSTATUS (status) == 0 : WTERMSIG (status) == SIGKILL);
    {
      g_autoptr (UcDb) db = test_open (path);
      gint64 version = test_query (db, "PRAGMA user_version");

      g_assert_cmpint (version, >=, 1);
      g_assert_cmpint (version, <=, 3);
      test_migrate (db, test_chain, TEST_N_CHAIN);
      test_check_new (db);
    }
    n_points++;
  }
  g_assert_cmpint (n_points, >, 10);
}

/* The same points as errors: everything is put back at once. */
static void
test_failing_points (void)
{
  gboolean is_over = FALSE;
  int      n_points = 0;

  while (!is_over) {
    g_autofree char *path = test_make_old ();
    g_autoptr (GError) error = NULL;
    g_autoptr (UcDb) db = NULL;
    End end = { n_points++, FALSE };

    is_over = run_hooked (path, &end, &error);
    db = test_open (path);
    if (is_over)
      test_check_new (db);
    else
      test_check_old (db);
  }
  g_assert_cmpint (n_points, >, 10);
}

/* The backup from before the update is named. */
static void
test_newer_with_backup (void)
{
  g_autofree char *path = test_make_old ();
  g_autoptr (UcDb) db = test_open (path);
  g_autoptr (GError) error = NULL;

  test_migrate (db, test_chain, TEST_N_CHAIN);
  g_assert_false (uc_migrate (db, test_chain, 2, NULL, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_SCHEMA_TOO_NEW);
  g_assert_nonnull (strstr (error->message, "a.db."));
  g_assert_nonnull (strstr (error->message, "-v1-n1.backup"));
}

/* -- Stopped -------------------------------------------------------------------------------- */

typedef struct {
  GCancellable *cancellable;
  int           countdown;
} Stop;

static gboolean
stop_hook (const char *point, int version, gpointer user_data)
{
  Stop *stop = user_data;

  if (stop->countdown-- == 0)
    g_cancellable_cancel (stop->cancellable);
  return TRUE;
}

/* Stopped at each point in turn: nothing is put back, the next call goes on and needs no
 * second backup. */
static void
test_cancelled (void)
{
  gboolean is_over = FALSE;
  int      n_points = 0;

  while (!is_over) {
    g_autofree char *path = test_make_old ();
    g_autoptr (UcDb) db = test_open (path);
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    Stop             stop = { cancellable, n_points++ };
    UcMigrateOptions options = { .cancellable = cancellable };
    UcMigrateProbe   probe = { .hook = stop_hook, .hook_data = &stop };
    g_autoptr (GError) error = NULL;

    if (_uc_migrate_probed (db, test_chain, TEST_N_CHAIN, &options, &probe, &error)) {
      /* After the last point at which it looks. */
      is_over = stop.countdown >= 0;
    } else {
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      if (stop.countdown < 0)
        g_assert_cmpint (test_query (db, "PRAGMA user_version"), >=, 1);
      test_migrate (db, test_chain, TEST_N_CHAIN);
    }
    test_check_new (db);
    g_assert_cmpuint (test_count_backups (path), <=, 2);
  }
  g_assert_cmpint (n_points, >, 10);
}

/* Stopped before it began: not even a backup. */
static void
test_cancelled_before (void)
{
  g_autofree char *path = test_make_old ();
  g_autoptr (UcDb) db = test_open (path);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  UcMigrateOptions options = { .cancellable = cancellable };
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (uc_migrate (db, test_chain, TEST_N_CHAIN, &options, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  test_check_old (db);
  g_assert_cmpuint (test_count_backups (path), ==, 0);
}

/* The store was moved together with its backup while it was half way. */
static void
test_moved (void)
{
  g_autofree char *path = test_make_old ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *other = g_strconcat (folder, "-moved", NULL);
  g_autofree char *moved = g_build_filename (other, "a.db", NULL);
  End              end = { 6, FALSE };

  {
    g_autoptr (UcDb) db = test_open (path);
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    Stop             stop = { cancellable, 8 };
    UcMigrateOptions options = { .cancellable = cancellable };
    UcMigrateProbe   probe = { .hook = stop_hook, .hook_data = &stop };

    g_assert_false (_uc_migrate_probed (db, test_chain, TEST_N_CHAIN, &options, &probe, NULL));
    g_assert_cmpint (test_query (db, "SELECT count (*) FROM schema_steps WHERE backup <> ''"), >,
                     0);
  }
  g_assert_cmpint (g_rename (folder, other), ==, 0);
  /* A failure after the move finds what to put back. */
  g_assert_false (run_hooked (moved, &end, NULL));
  {
    g_autoptr (UcDb) db = test_open (moved);

    test_check_old (db);
    test_migrate (db, test_chain, TEST_N_CHAIN);
    test_check_new (db);
  }
}

/* The backup was spoilt while the migration was cut off: what is left goes on without,
 * and never is a broken backup put back. */
static void
test_spoilt_backup (void)
{
  for (int n_points = 2; n_points < 14; n_points++) {
    g_autofree char *path = test_make_old ();
    g_autoptr (UcDb) db = test_open (path);
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    g_autoptr (UcMigrateReport) report = uc_migrate_report_new ();
    Stop             stop = { cancellable, n_points };
    UcMigrateOptions options = { .cancellable = cancellable, .report = report };
    UcMigrateProbe   probe = { .hook = stop_hook, .hook_data = &stop };

    if (_uc_migrate_probed (db, test_chain, TEST_N_CHAIN, &options, &probe, NULL))
      continue;
    g_assert_true (g_file_set_contents (report->backup_path, "spoilt", -1, NULL));
    test_migrate (db, test_chain, TEST_N_CHAIN);
    g_assert_cmpint (test_query (db, "PRAGMA user_version"), ==, 3);
    g_assert_cmpint (test_query (db, "SELECT count (*) FROM notes"), ==, TEST_N_NOTES);
    g_assert_cmpint (test_query (db, "SELECT count (*) FROM lengths"), ==, TEST_N_NOTES);
  }
}

int
main (int argc, char **argv)
{
  const char *failures[] = { "broken", "lossy", "changing", "dangling" };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/db/migrate/fresh", test_fresh);
  g_test_add_func ("/db/migrate/upgrade", test_upgrade);
  g_test_add_data_func ("/db/migrate/newer/closed", GINT_TO_POINTER (FALSE), test_newer);
  g_test_add_data_func ("/db/migrate/newer/killed", GINT_TO_POINTER (TRUE), test_newer);
  for (gsize i = 0; i < G_N_ELEMENTS (failures); i++) {
    g_autofree char *path = g_strconcat ("/db/migrate/failure/", failures[i], NULL);

    g_test_add_data_func (path, failures[i], test_failure);
  }
  g_test_add_func ("/db/migrate/newer/with-backup", test_newer_with_backup);
  g_test_add_func ("/db/migrate/cancelled", test_cancelled);
  g_test_add_func ("/db/migrate/cancelled-before", test_cancelled_before);
  g_test_add_func ("/db/migrate/moved", test_moved);
  g_test_add_func ("/db/migrate/spoilt-backup", test_spoilt_backup);
  g_test_add_func ("/db/migrate/killed", test_killed);
  g_test_add_func ("/db/migrate/failing-points", test_failing_points);
  return g_test_run ();
}
