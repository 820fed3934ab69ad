/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What reading a large store costs: opening it, pages of its largest channel, a jump to a
 * date, the counts of all channels. The floor is SQLite alone reading the same rows of the
 * same file. Prints figures; judges nothing.
 *
 * bench-store [N-MESSAGES] */

#include "config.h"

#include "uc-bench-measure.h"
#include "uc-bench-store.h"
#include "uc-db.h"
#include "uc-test.h"

#include <stdio.h>

#define N_OPENINGS 9
#define N_READS    400
#define LIMIT      50

#define SQL_FLOOR_NEWEST                                                                           \
  "SELECT seq, id, user, message, props, create_at_ms"                                             \
  "  FROM messages"                                                                                \
  " WHERE channel = (SELECT channel FROM channels WHERE id = :id)"                                 \
  "   AND delete_at_ms = 0 AND seq < :seq"                                                         \
  " ORDER BY seq DESC LIMIT 50"
#define SQL_FLOOR_COUNT "SELECT count(*) FROM messages"

typedef struct {
  const char  *path;
  UcTestStore *test;
  GRand       *rand;
  char        *channel_id; /* the largest */
} Bench;

static gint64
pick_seq (Bench *bench)
{
  const gint64 back = (gint64) (g_rand_double (bench->rand) * UC_BENCH_SPAN_MS);

  return (UC_BENCH_NOW_MS - back) << 12;
}

/* -- The floor ------------------------------------------------------------------------- */

static double
floor_page (Bench *bench, UcDb *db)
{
  const double start = uc_bench_get_cpu_s ();

  for (guint i = 0; i < N_READS; i++) {
    UcStmt  *stmt = uc_db_prepare (db, SQL_FLOOR_NEWEST, NULL);
    gboolean has_row;

    uc_stmt_bind_text (stmt, ":id", bench->channel_id);
    uc_stmt_bind_int64 (stmt, ":seq", i % 2 == 0 ? G_MAXINT64 : pick_seq (bench));
    do {
      uc_bench_must (uc_stmt_step (stmt, &has_row, NULL), NULL);
      for (int column = 1; has_row && column < 5; column++)
        g_free (uc_stmt_dup_text (stmt, column));
    } while (has_row);
  }
  return (uc_bench_get_cpu_s () - start) / N_READS;
}

static double
floor_count (UcDb *db)
{
  const double start = uc_bench_get_cpu_s ();
  UcStmt      *stmt = uc_db_prepare (db, SQL_FLOOR_COUNT, NULL);

  uc_bench_must (uc_stmt_run (stmt, NULL), NULL);
  return uc_bench_get_cpu_s () - start;
}

/* The file opened and its newest page read, by SQLite alone. */
static double
floor_open (Bench *bench)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < N_OPENINGS; i++) {
    const double start = uc_bench_get_cpu_s ();
    g_autoptr (UcDb) db = uc_db_open (bench->path, UC_DB_READ_WRITE, NULL);
    UcStmt *stmt = uc_db_prepare (db, SQL_FLOOR_NEWEST, NULL);
    double  time;

    uc_stmt_bind_text (stmt, ":id", bench->channel_id);
    uc_stmt_bind_int64 (stmt, ":seq", G_MAXINT64);
    uc_bench_must (uc_stmt_run (stmt, NULL), NULL);
    time = uc_bench_get_cpu_s () - start;
    g_array_append_val (times, time);
  }
  return uc_bench_get_quantile (times, 0.5);
}

/* -- The store ----------------------------------------------------------------------------- */

static void
time_open (Bench *bench, double floor_s)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) waits = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < N_OPENINGS; i++) {
    const double start = uc_bench_get_cpu_s ();
    const gint64 begin_us = g_get_monotonic_time ();
    g_autoptr (UcTestStore) test = uc_bench_store_open (bench->path);
    g_autoptr (UcWindow) window =
        uc_test_store_window_at (test, bench->channel_id, UC_WINDOW_NEWEST, 0, LIMIT);
    const double time = uc_bench_get_cpu_s () - start;
    const double wait = (double) (g_get_monotonic_time () - begin_us) / 1e6;

    g_array_append_val (times, time);
    g_array_append_val (waits, wait);
  }
  printf ("open to first page: floor × %.1f, %.2f ms (floor %.2f ms), %.2f ms by the clock\n",
          uc_bench_get_quantile (times, 0.5) / floor_s, uc_bench_get_quantile (times, 0.5) * 1e3,
          floor_s * 1e3, uc_bench_get_quantile (waits, 0.5) * 1e3);
}

static void
time_window (Bench *bench, const char *name, UcWindowKind kind, gboolean at_date, double floor_s)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < N_READS; i++) {
    const gint64 seq = at_date ? pick_seq (bench) : 0;
    const double start = uc_bench_get_cpu_s ();
    g_autoptr (UcWindow) window =
        uc_test_store_window_at (bench->test, bench->channel_id, kind, seq, LIMIT);
    const double time = uc_bench_get_cpu_s () - start;

    g_array_append_val (times, time);
  }
  printf ("%s: floor × %.1f, p50 %.3f ms, p95 %.3f ms (floor %.3f ms)\n", name,
          uc_bench_get_quantile (times, 0.5) / floor_s, uc_bench_get_quantile (times, 0.5) * 1e3,
          uc_bench_get_quantile (times, 0.95) * 1e3, floor_s * 1e3);
}

/* All channels with their unread counts, as the sidebar reads them. */
static void
time_channels (Bench *bench)
{
  const double start = uc_bench_get_cpu_s ();
  const guint  n_runs = 20;

  for (guint i = 0; i < n_runs; i++) {
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GPtrArray) states = NULL;
    g_autoptr (GError) error = NULL;

    uc_store_load_channels_async (bench->test->store, NULL, NULL, uc_test_result_cb, &result);
    uc_test_wait_result (&result);
    states = uc_store_load_channels_finish (bench->test->store, result, &error);
    uc_bench_must (states != NULL, &error);
  }
  printf ("channels with their counts: %.2f ms for %d\n",
          (uc_bench_get_cpu_s () - start) * 1e3 / n_runs, UC_BENCH_CHANNELS);
}

static void
time_count (UcDb *db)
{
  const double floor_s = floor_count (db);
  const double start = uc_bench_get_cpu_s ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) counts = uc_db_count_tables (db, &error);
  const double time = uc_bench_get_cpu_s () - start;

  uc_bench_must (counts != NULL, &error);
  printf ("count of all rows: floor × %.1f, %.0f ms (floor, the messages alone: %.0f ms)\n",
          time / floor_s, time * 1e3, floor_s * 1e3);
}

int
main (int argc, char **argv)
{
  const guint      n_messages = argc > 1 ? (guint) g_ascii_strtoull (argv[1], NULL, 10) : 1000000;
  g_autofree char *path = uc_bench_store_dup_path (n_messages);
  g_autofree char *channel_id = uc_bench_dup_channel_id (0);
  Bench            bench = { path, NULL, g_rand_new_with_seed (1), channel_id };
  g_autoptr (UcDb) db = uc_db_open (path, UC_DB_READ_ONLY, NULL);
  double floor_s;

  printf ("%u messages, %u in the largest channel\n", n_messages,
          uc_bench_get_n_posts (n_messages, 0));
  time_open (&bench, floor_open (&bench));
  floor_s = floor_page (&bench, db);
  bench.test = uc_bench_store_open (path);
  time_window (&bench, "first page of 50", UC_WINDOW_NEWEST, FALSE, floor_s);
  time_window (&bench, "page of 50 before", UC_WINDOW_BEFORE, TRUE, floor_s);
  time_window (&bench, "page of 50 after", UC_WINDOW_AFTER, TRUE, floor_s);
  time_window (&bench, "jump to a date, 50 on either side", UC_WINDOW_AROUND, TRUE, floor_s);
  time_channels (&bench);
  uc_test_store_free (bench.test);
  time_count (db);
  g_rand_free (bench.rand);
  return 0;
}
