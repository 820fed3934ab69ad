/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Migrations on a disk that fails, fills up, dies with the process or loses power, at
 * one operation after the other. Whatever happens, what was there is there: as it was,
 * as it should become, or half way with all it takes to go on. All chance comes from the
 * seed that is printed first: --seed runs the same again. */

#include "config.h"

#include "uc-migrate-test.h"

#include "uc-error.h"
#include "uc-fault-vfs.h"
#include "uc-test.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* How often each kind of fault strikes, spread evenly over all operations. */
#define N_STRIKES 50

static gboolean
try_migrate (const char *path, GError **error)
{
  g_autoptr (UcDb) db = uc_db_open (path, UC_DB_READ_WRITE, error);

  return db != NULL && uc_migrate (db, test_chain, TEST_N_CHAIN, NULL, error);
}

/* What a fault left behind: nothing of the content is missing, and the next start
 * arrives. */
static void
check_left (const char *path)
{
  g_autofree char *shm = g_strconcat (path, "-shm", NULL);
  g_autoptr (GError) error = NULL;
  gint64 version;

  /* After a cut of power it would not be there. */
  g_unlink (shm);
  {
    g_autoptr (UcDb) db = test_open (path);
    g_auto (GStrv) problems = NULL;

    g_assert_true (uc_db_check (db, TRUE, &problems, &error));
    g_assert_cmpstr (problems[0], ==, NULL);
    version = test_query (db, "PRAGMA user_version");
    g_assert_cmpint (version, >=, 1);
    g_assert_cmpint (version, <=, 3);
    g_assert_cmpint (test_query (db, "SELECT count (*) FROM notes WHERE text = 'note ' || id"), ==,
                     TEST_N_NOTES);
    g_assert_cmpint (test_query (db, "SELECT count (*) FROM tags"), ==, 3);
  }
  try_migrate (path, &error);
  g_assert_no_error (error);
  {
    g_autoptr (UcDb) db = test_open (path);

    test_check_new (db);
  }
}

/* Every operation that a whole migration takes, of the sort that @kind is about. */
static guint
count_operations (UcFaultKind kind)
{
  g_autofree char *path = test_make_old ();
  g_autoptr (GError) error = NULL;

  uc_fault_vfs_arm (kind, G_MAXUINT, FALSE, 0);
  try_migrate (path, &error);
  uc_fault_vfs_disarm ();
  g_assert_no_error (error);
  return uc_fault_vfs_get_count ();
}

typedef struct {
  const char *name;
  UcFaultKind kind;
  gboolean    is_lasting;
} Case;

static const Case cases[] = {
  { "io-error", UC_FAULT_IO_ERROR, FALSE },
  { "io-error-lasting", UC_FAULT_IO_ERROR, TRUE },
  { "full", UC_FAULT_FULL, FALSE },
  { "full-lasting", UC_FAULT_FULL, TRUE },
  { "short-read", UC_FAULT_SHORT_READ, FALSE },
};

static void
test_failing (gconstpointer data)
{
  const Case *tried = data;
  guint       n_operations = count_operations (tried->kind);
  guint       step = MAX (1, n_operations / (N_STRIKES / 2));
  guint       n_failed = 0;

  g_assert_cmpuint (n_operations, >, 50);
  for (guint n = 1 + g_test_rand_int_range (0, (int) step); n <= n_operations; n += step) {
    g_autofree char *path = test_make_old ();
    g_autoptr (GError) error = NULL;
    gboolean is_done;

    uc_fault_vfs_arm (tried->kind, n, tried->is_lasting, 0);
    is_done = try_migrate (path, &error);
    uc_fault_vfs_disarm ();
    if (!is_done)
      g_assert_true (error->domain == UC_ERROR);
    n_failed += !is_done;
    check_left (path);
  }
  g_assert_cmpuint (n_failed, >, N_STRIKES / 8);
}

static gboolean
run_child (const char *path, UcFaultKind kind, guint n, guint32 seed)
{
  int   status;
  pid_t child = fork ();

  if (child == 0) {
    uc_fault_vfs_arm (kind, n, FALSE, seed);
    _exit (try_migrate (path, NULL) ? 0 : 1);
  }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  /* Killed, cut off, or at its end; never an error. */
  g_assert_true (WIFSIGNALED (status) ? WTERMSIG (status) == SIGKILL : WEXITSTATUS (status) != 1);
  return WIFSIGNALED (status) || WEXITSTATUS (status) != 0;
}

static void
test_dying (gconstpointer data)
{
  UcFaultKind kind = GPOINTER_TO_INT (data);
  guint       n_operations = count_operations (kind);
  guint       step = MAX (1, n_operations / (N_STRIKES / 2));
  guint       n_died = 0;

  for (guint n = 1 + g_test_rand_int_range (0, (int) step); n <= n_operations; n += step) {
    g_autofree char *path = test_make_old ();
    guint32          seed = (guint32) g_test_rand_int ();

    n_died += run_child (path, kind, n, seed);
    check_left (path);
  }
  g_assert_cmpuint (n_died, >, N_STRIKES / 8);
}

/* -- The log -------------------------------------------------------------------------------- */

static gboolean
stop_hook (const char *point, int version, gpointer user_data)
{
  int *countdown = user_data;

  if ((*countdown)-- == 0)
    raise (SIGKILL);
  return TRUE;
}

static void
kill_half_way (const char *path, int n_points)
{
  pid_t child = fork ();

  if (child == 0) {
    UcDb          *db = test_open (path);
    UcMigrateProbe probe = { .hook = stop_hook, .hook_data = &n_points };

    _uc_migrate_probed (db, test_chain, TEST_N_CHAIN, NULL, &probe, NULL);
    _exit (1);
  }
  g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
}

/* The log of a process that died half way is shortened anywhere, or lost: what was
 * committed before it is there, and the rest is done again. */
static void
test_truncated_log (void)
{
  for (int n_points = 2; n_points < 14; n_points += 2) {
    for (int part = 0; part <= 4; part++) {
      g_autofree char *path = test_make_old ();
      g_autofree char *wal = g_strconcat (path, "-wal", NULL);
      GStatBuf         info;

      kill_half_way (path, n_points);
      g_assert_cmpint (g_stat (wal, &info), ==, 0);
      if (part == 4)
        g_assert_cmpint (g_unlink (wal), ==, 0);
      else
        g_assert_cmpint (truncate (wal, info.st_size * part / 4 + part), ==, 0);
      check_left (path);
    }
  }
}

/* A page of the old store is spoilt: nothing is overwritten, and it is known to be
 * damage, which the store mends. */
static void
test_spoilt_page (void)
{
  g_autofree char *path = test_make_old ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize            length;
  gsize            after_length;
  g_autoptr (UcDb) db = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_get_contents (path, &before, &length, NULL));
  g_assert_cmpuint (length, >, 10 * 4096);
  memset (before + 8 * 4096, 0xa5, 4096);
  g_assert_true (g_file_set_contents (path, before, (gssize) length, NULL));
  db = test_open (path);
  g_assert_false (uc_migrate (db, test_chain, TEST_N_CHAIN, NULL, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_STORAGE);
  g_assert_true (uc_db_is_damaged (db));
  g_clear_pointer (&db, uc_db_close);
  g_assert_true (g_file_get_contents (path, &after, &after_length, NULL));
  g_assert_cmpmem (before, length, after, after_length);
  g_assert_cmpuint (test_count_backups (path), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  /* What cannot be put back while the disk fails is a warning. */
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL);
  uc_fault_vfs_install ();
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/db/migrate-faults/", cases[i].name, NULL);

    g_test_add_data_func (path, &cases[i], test_failing);
  }
  g_test_add_data_func ("/db/migrate-faults/kill", GINT_TO_POINTER (UC_FAULT_KILL), test_dying);
  g_test_add_data_func ("/db/migrate-faults/power-cut", GINT_TO_POINTER (UC_FAULT_POWER_CUT),
                        test_dying);
  g_test_add_func ("/db/migrate-faults/truncated-log", test_truncated_log);
  g_test_add_func ("/db/migrate-faults/spoilt-page", test_spoilt_page);
  return g_test_run ();
}
