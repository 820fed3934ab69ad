/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What bringing a large store from the first schema to today's costs: the time, the disk,
 * the most memory. The floor is SQLite's own copy of the file (the backup that a migration
 * begins with) and every row written once more, without any index of words. Prints
 * figures; judges nothing.
 *
 * bench-migrate [N-MESSAGES] */

#include "config.h"

#include "uc-bench-measure.h"
#include "uc-bench-store.h"
#include "uc-bench-tables.h"
#include "uc-test.h"

#include <glib/gstdio.h>
#include <stdio.h>

#define LIMIT_MS 1800000

static double
get_mb (const char *path)
{
  GStatBuf status;

  return g_stat (path, &status) == 0 ? (double) status.st_size / (1024 * 1024) : 0;
}

static double
copy_file (const char *path)
{
  g_autofree char *copy = g_strconcat (path, ".copy", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (UcDb) db = uc_db_open (path, UC_DB_READ_ONLY, &error);
  const double start = uc_bench_get_cpu_s ();

  uc_bench_must (db != NULL && uc_db_backup (db, copy, &error), &error);
  g_unlink (copy);
  return uc_bench_get_cpu_s () - start;
}

static double
write_again (const char *path)
{
  g_autofree char *copy = g_strconcat (path, ".again", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (UcDb) from = uc_db_open (path, UC_DB_READ_ONLY, &error);
  g_autoptr (UcDb) to = NULL;
  const double start = uc_bench_get_cpu_s ();

  uc_bench_must (from != NULL, &error);
  to = uc_db_open (copy, UC_DB_CREATE, &error);
  uc_bench_must (to != NULL, &error);
  uc_bench_tables_make (to, 1);
  uc_bench_tables_copy (from, to);
  g_unlink (copy);
  return uc_bench_get_cpu_s () - start;
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gboolean *is_open = user_data;
  g_autoptr (GError) error = NULL;

  uc_bench_must (uc_store_open_finish (UC_STORE (source), result, &error), &error);
  *is_open = TRUE;
}

static gboolean
is_true (gpointer user_data)
{
  return *(gboolean *) user_data;
}

int
main (int argc, char **argv)
{
  const guint      n_messages = argc > 1 ? (guint) g_ascii_strtoull (argv[1], NULL, 10) : 1000000;
  g_autofree char *traditional = uc_bench_store_dup_traditional (n_messages);
  g_autofree char *path = uc_bench_store_dup_copy (traditional);
  const double     before_mb = get_mb (path);
  const double     copy_s = copy_file (path);
  const double     write_s = write_again (path);
  UcTestStore     *test = uc_test_store_new_bare (path);
  gboolean         is_open = FALSE;
  gint64           begin_us;
  double           start, time, wall;
  long             before_kb, peak_kb;

  uc_bench_reset_peak ();
  before_kb = uc_bench_get_peak_kb ();
  begin_us = g_get_monotonic_time ();
  start = uc_bench_get_cpu_s ();
  uc_store_open_async (test->store, NULL, NULL, NULL, opened_cb, &is_open);
  uc_test_wait_until (is_true, &is_open, LIMIT_MS);
  time = uc_bench_get_cpu_s () - start;
  wall = (double) (g_get_monotonic_time () - begin_us) / 1e6;

  printf ("%u messages from the first schema to today's: floor × %.1f, %.1f s processor, %.1f s by "
          "the clock (floor: copying %.1f s, writing again %.1f s)\n",
          n_messages, time / (copy_s + write_s), time, wall, copy_s, write_s);
  peak_kb = uc_bench_get_peak_kb ();
  uc_test_store_free (test); /* the log goes into the file */
  printf ("peak of memory %+.0f MB; the file %.0f MB before, %.0f MB after\n",
          (double) (peak_kb - before_kb) / 1024, before_mb, get_mb (path));
  return 0;
}
