/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Ordinary work on a store whose process is killed or whose disk loses power, at one
 * write after the other. What was acknowledged before is there after it: that is what a
 * person was shown. All chance comes from the seed that is printed first. */

#include "config.h"

#include "uc-db-digest.h"
#include "uc-error.h"
#include "uc-fault-vfs.h"
#include "uc-store-test.h"
#include "uc-test.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define N_ROUNDS  12
#define N_STRIKES 60

/* -- The victim ------------------------------------------------------------------------------ */

/* One round: something is written and queued, drafted, and a page comes in. */
static UcBatch *
make_round (int i)
{
  g_autofree char *op_id = g_strdup_printf ("op%02d", i);
  g_autofree char *text = g_strdup_printf ("unsent %d", i);
  g_autoptr (UcPost) post = uc_test_provisional (op_id, 1000 + i, text);
  UcBatch *batch = uc_batch_new ();

  uc_batch_queue_post (batch, post);
  uc_batch_put_draft (batch, TEST_CHANNEL, "", text);
  for (int j = 0; j < 8; j++) {
    g_autofree char *name = g_strdup_printf ("p%dx%dx", i, j);
    g_autoptr (UcPost) other = uc_test_post (name, TEST_ANNA, i * 10 + j, text);

    uc_batch_put_post (batch, other);
  }
  return batch;
}

static void
work (const char *path, int ack_fd)
{
  UcTestStore *self = uc_test_store_new_bare (path);
  g_autoptr (GError) error = uc_test_store_try_open (self);

  if (error != NULL)
    _exit (3);
  for (int i = 0; i < N_ROUNDS; i++) {
    char byte = (char) i;

    uc_test_store_apply (self, make_round (i));
    /* Told: from here on it must not get lost. */
    if (write (ack_fd, &byte, 1) != 1)
      _exit (4);
  }
  uc_test_store_free (self);
}

/* Whether the process died of it. */
static gboolean
run_victim (const char *path, UcFaultKind kind, guint n, guint32 seed, int *n_acks, guint *count)
{
  int   acks[2];
  int   counts[2];
  char  byte;
  pid_t child;
  int   status;

  g_assert_cmpint (pipe (acks), ==, 0);
  g_assert_cmpint (pipe (counts), ==, 0);
  child = fork ();
  if (child == 0) {
    uc_fault_vfs_arm (kind, n, FALSE, seed);
    work (path, acks[1]);
    uc_fault_vfs_disarm ();
    *count = uc_fault_vfs_get_count ();
    _exit (write (counts[1], count, sizeof *count) == sizeof *count ? 0 : 5);
  }
  close (acks[1]);
  close (counts[1]);
  *n_acks = 0;
  while (read (acks[0], &byte, 1) == 1)
    *n_acks += 1;
  if (read (counts[0], count, sizeof *count) != sizeof *count)
    *count = 0;
  close (acks[0]);
  close (counts[0]);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status) ? WTERMSIG (status) == SIGKILL
                                      : WEXITSTATUS (status) == 0 || WEXITSTATUS (status) == 9);
  return *count == 0;
}

/* -- What is left ---------------------------------------------------------------------------- */

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

/* A round is whole or not there; those that were told of are. */
static void
check_left (const char *path, int n_acks)
{
  g_autofree char *shm = g_strconcat (path, "-shm", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (UcDb) db = NULL;
  g_auto (GStrv) problems = NULL;
  gint64 n_rounds;

  g_unlink (shm);
  db = uc_db_open (path, UC_DB_READ_WRITE, &error);
  g_assert_no_error (error);
  /* Not even the store itself was made. */
  if (n_acks == 0 && query (db, "PRAGMA user_version") < 8)
    return;
  g_assert_true (uc_db_check (db, TRUE, &problems, &error));
  g_assert_cmpstr (problems[0], ==, NULL);
  uc_db_exec (db, "INSERT INTO message_words (message_words, rank) VALUES ('integrity-check', 1)",
              &error);
  g_assert_no_error (error);
  n_rounds = query (db, "SELECT count (*) FROM outbox");
  g_assert_cmpint (n_rounds, >=, n_acks);
  g_assert_cmpint (n_rounds, <=, n_acks + 1);
  g_assert_cmpint (
      query (db, "SELECT count (*) FROM outbox WHERE message = 'unsent ' || (number - 1)"), ==,
      n_rounds);
  g_assert_cmpint (query (db, "SELECT count (*) FROM messages WHERE is_local = 1"), ==, n_rounds);
  g_assert_cmpint (query (db, "SELECT count (*) FROM messages WHERE is_local = 0"), ==,
                   8 * n_rounds);
  if (n_rounds > 0)
    g_assert_cmpint (query (db, "SELECT text = 'unsent ' || ((SELECT count (*) FROM outbox) - 1)"
                                "  FROM drafts"),
                     ==, 1);
}

static char *
dup_path (void)
{
  g_autofree char *dir = uc_test_dup_temp_dir ();

  return g_build_filename (dir, "store.db", NULL);
}

/* And it goes on from there. */
static void
check_goes_on (const char *path, UcFaultKind kind)
{
  int   n_acks;
  guint count;

  {
    g_autoptr (UcDb) db = uc_db_open (path, UC_DB_READ_WRITE, NULL);

    /* The rounds begin anew. */
    g_assert_true (uc_db_exec (db, "DELETE FROM outbox; DELETE FROM messages", NULL));
  }
  g_assert_false (run_victim (path, kind, G_MAXUINT, 0, &n_acks, &count));
  g_assert_cmpint (n_acks, ==, N_ROUNDS);
}

static void
test_dying (gconstpointer data)
{
  UcFaultKind kind = GPOINTER_TO_INT (data);
  guint       n_died = 0;
  guint       n_operations;
  guint       step;

  {
    g_autofree char *path = dup_path ();
    int              n_acks;

    g_assert_false (run_victim (path, kind, G_MAXUINT, 0, &n_acks, &n_operations));
    check_left (path, n_acks);
  }
  step = MAX (1, n_operations / N_STRIKES);
  for (guint n = 1 + g_test_rand_int_range (0, (int) step); n <= n_operations; n += step) {
    g_autofree char *path = dup_path ();
    int              n_acks;
    guint            count;

    n_died += run_victim (path, kind, n, (guint32) g_test_rand_int (), &n_acks, &count);
    check_left (path, n_acks);
    if (n_acks == N_ROUNDS / 2)
      check_goes_on (path, kind);
  }
  g_assert_cmpuint (n_died, >, N_STRIKES / 2);
}

/* -- An update that dies ------------------------------------------------------------------- */

static void
make_fixture (const char *path, int version)
{
  g_autofree char *name = g_strdup_printf ("schema/%04d.sql", version);
  g_autofree char *sql = uc_test_dup_fixture (name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (UcDb) db = uc_db_open (path, UC_DB_CREATE, &error);

  g_assert_no_error (error);
  uc_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

/* TRUE when it came to its end; @count (out) are its operations then. */
static gboolean
open_in_child (const char *path, UcFaultKind kind, guint n, guint32 seed, guint *count)
{
  int   counts[2];
  int   status;
  pid_t child;

  g_assert_cmpint (pipe (counts), ==, 0);
  child = fork ();
  if (child == 0) {
    UcTestStore *self = uc_test_store_new_bare (path);
    g_autoptr (GError) error = NULL;

    uc_fault_vfs_arm (kind, n, FALSE, seed);
    error = uc_test_store_try_open (self);
    uc_fault_vfs_disarm ();
    /* Opening what is up to date may write nothing. */
    *count = uc_fault_vfs_get_count () + 1;
    if (error != NULL || write (counts[1], count, sizeof *count) != sizeof *count)
      _exit (3);
    uc_test_store_free (self);
    _exit (0);
  }
  close (counts[1]);
  if (read (counts[0], count, sizeof *count) != sizeof *count)
    *count = 0;
  close (counts[0]);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status) ? WTERMSIG (status) == SIGKILL
                                      : WEXITSTATUS (status) == 0 || WEXITSTATUS (status) == 9);
  return *count > 0;
}

static void
check_updated (const char *path)
{
  g_autofree char *shm = g_strconcat (path, "-shm", NULL);
  g_autoptr (UcDb) db = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) problems = NULL;
  guint count;

  g_unlink (shm);
  g_assert_true (open_in_child (path, UC_FAULT_KILL, G_MAXUINT, 0, &count));
  db = uc_db_open (path, UC_DB_READ_WRITE, &error);
  g_assert_no_error (error);
  g_assert_true (uc_db_check (db, TRUE, &problems, &error));
  g_assert_cmpstr (problems[0], ==, NULL);
  uc_db_exec (db, "INSERT INTO message_words (message_words, rank) VALUES ('integrity-check', 1)",
              &error);
  g_assert_no_error (error);
  g_assert_cmpint (query (db, "PRAGMA user_version"), >=, 8);
  g_assert_cmpint (query (db, "SELECT count (*) FROM messages"), ==, 2502);
  g_assert_cmpint (query (db, "SELECT count (*) FROM annotations"), ==, 2496);
  g_assert_cmpint (query (db, "SELECT count (*) FROM reactions"), ==, 1);
  g_assert_cmpint (query (db, "SELECT count (*) FROM drafts"), ==, 1);
  g_assert_cmpint (query (db, "SELECT count (*) FROM migration_error"), ==, 0);
}

static void
test_dying_update (gconstpointer data)
{
  UcFaultKind kind = GPOINTER_TO_INT (data);
  guint       n_operations;
  guint       step;
  guint       n_died = 0;

  {
    g_autofree char *path = dup_path ();

    make_fixture (path, 1);
    g_assert_true (open_in_child (path, kind, G_MAXUINT, 0, &n_operations));
    check_updated (path);
  }
  step = MAX (1, n_operations / (N_STRIKES / 3));
  for (guint n = 1 + g_test_rand_int_range (0, (int) step); n <= n_operations; n += step) {
    g_autofree char *path = dup_path ();
    guint            count;

    make_fixture (path, 1);
    n_died += !open_in_child (path, kind, n, (guint32) g_test_rand_int (), &count);
    check_updated (path);
  }
  g_assert_cmpuint (n_died, >, N_STRIKES / 6);
}

/* -- A disk that fails, and is well again ------------------------------------------------------ */

/* Exit status: 0 the faulty round was refused, 1 it was taken. */
static void
work_with_fault (const char *path, UcFaultKind kind, guint n)
{
  UcTestStore *self = uc_test_store_new_bare (path);
  g_autoptr (GError) error = uc_test_store_try_open (self);
  g_autoptr (GError) fault = NULL;

  g_assert_no_error (error);
  uc_test_store_apply (self, make_round (0));
  uc_fault_vfs_arm (kind, n, TRUE, 0);
  fault = uc_test_store_apply_failing (self, make_round (1));
  if (fault != NULL)
    g_assert_error (fault, UC_ERROR, UC_ERROR_STORAGE);
  {
    /* What was there can be read meanwhile, on a full disk. */
    g_autoptr (GPtrArray) rows = kind == UC_FAULT_FULL ? uc_test_store_outbox (self) : NULL;

    g_assert_true (rows == NULL || rows->len >= 1);
  }
  uc_fault_vfs_disarm ();
  uc_test_store_apply (self, make_round (fault != NULL ? 1 : 2));
  uc_test_store_free (self);
  _exit (fault != NULL ? 0 : 1);
}

static void
test_failing (gconstpointer data)
{
  UcFaultKind kind = GPOINTER_TO_INT (data);
  guint       n_refused = 0;

  for (guint n = 1; n < 40; n++) {
    g_autofree char *path = dup_path ();
    int              status;
    pid_t            child = fork ();

    if (child == 0)
      work_with_fault (path, kind, n);
    g_assert_cmpint (waitpid (child, &status, 0), ==, child);
    g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) <= 1);
    n_refused += WEXITSTATUS (status) == 0;
    check_left (path, WEXITSTATUS (status) == 0 ? 2 : 3);
  }
  g_assert_cmpuint (n_refused, >, 3);
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  uc_fault_vfs_install ();
  g_test_add_data_func ("/store/store-crash/kill", GINT_TO_POINTER (UC_FAULT_KILL), test_dying);
  g_test_add_data_func ("/store/store-crash/power-cut", GINT_TO_POINTER (UC_FAULT_POWER_CUT),
                        test_dying);
  g_test_add_data_func ("/store/store-crash/update-killed", GINT_TO_POINTER (UC_FAULT_KILL),
                        test_dying_update);
  g_test_add_data_func ("/store/store-crash/update-power-cut", GINT_TO_POINTER (UC_FAULT_POWER_CUT),
                        test_dying_update);
  g_test_add_data_func ("/store/store-crash/io-error", GINT_TO_POINTER (UC_FAULT_IO_ERROR),
                        test_failing);
  g_test_add_data_func ("/store/store-crash/full", GINT_TO_POINTER (UC_FAULT_FULL), test_failing);
  return g_test_run ();
}
