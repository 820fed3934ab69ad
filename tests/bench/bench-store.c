/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the store costs: taking pages of history, a page of a channel, searches. The
 * floor is SQLite alone with the same texts: one table and a full-text index. Prints
 * figures; judges nothing.
 *
 * bench-store [N-MESSAGES] */

#include "config.h"

#include "uc-db.h"
#include "uc-store-test.h"
#include "uc-test.h"

#include <stdio.h>
#include <time.h>

#define PAGE       60
#define N_CHANNELS 200
#define N_USERS    500
#define N_RUNS     200
#define MAX_QUEUED 20

static const char *const words[] = {
  "patient", "station",  "blood",   "pressure", "report", "please",  "check",    "the",
  "and",     "server",   "meeting", "deploy",   "urgent", "Messung", "hallo",    "danke",
  "plan",    "incident", "restart", "coffee",   "lunch",  "review",  "customer", "检验",
};

typedef struct {
  UcTestStore *test;
  GRand       *rand;
  int          n_messages;
  guint        n_queued;
} Bench;

static double
get_cpu_s (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec + now.tv_nsec / 1e9;
}

static char *
make_text (GRand *rand)
{
  GString *text = g_string_new (NULL);
  int      n_words = g_rand_int_range (rand, 3, 25);

  for (int i = 0; i < n_words; i++)
    g_string_append_printf (text, "%s ", words[g_rand_int_range (rand, 0, G_N_ELEMENTS (words))]);
  if (g_rand_int_range (rand, 0, 1000) == 0)
    g_string_append (text, "zebra ");
  g_string_append_printf (text, "w%d", g_rand_int_range (rand, 0, 20000));
  return g_string_free (text, FALSE);
}

static char *
make_id (const char *kind, int number)
{
  return g_strdup_printf ("%s%022d", kind, number);
}

/* -- The floor ------------------------------------------------------------------------- */

static void
must (gboolean is_done, GError *error)
{
  if (!is_done)
    g_error ("%s", error->message);
}

static UcDb *
fill_floor (Bench *bench, double *seconds)
{
  g_autofree char *dir = uc_test_dup_temp_dir ();
  g_autofree char *path = g_build_filename (dir, "floor.db", NULL);
  g_autoptr (GError) error = NULL;
  UcDb  *db = uc_db_open (path, UC_DB_CREATE, &error);
  double start;

  must (db != NULL && uc_db_exec (db,
                                  "CREATE TABLE t (seq INTEGER PRIMARY KEY, text TEXT);"
                                  "CREATE VIRTUAL TABLE w USING fts5 (text, content = 't',"
                                  "  content_rowid = 'seq', columnsize = 0)",
                                  &error),
        error);
  g_rand_set_seed (bench->rand, 1);
  start = get_cpu_s ();
  for (int i = 0; i < bench->n_messages; i += PAGE) {
    must (uc_db_begin (db, &error), error);
    for (int j = 0; j < PAGE; j++) {
      g_autofree char *text = make_text (bench->rand);
      UcStmt          *stmt = uc_db_prepare (db, "INSERT INTO t VALUES (:seq, :text)", &error);

      uc_stmt_bind_int64 (stmt, ":seq", i + j + 1);
      uc_stmt_bind_text (stmt, ":text", text);
      must (uc_stmt_run (stmt, &error), error);
      stmt = uc_db_prepare (db, "INSERT INTO w (rowid, text) VALUES (:seq, :text)", &error);
      uc_stmt_bind_int64 (stmt, ":seq", i + j + 1);
      uc_stmt_bind_text (stmt, ":text", text);
      must (uc_stmt_run (stmt, &error), error);
    }
    must (uc_db_commit (db, &error), error);
  }
  *seconds = get_cpu_s () - start;
  return db;
}

static double
read_floor (UcDb *db)
{
  double start = get_cpu_s ();

  for (int i = 0; i < N_RUNS; i++) {
    UcStmt  *stmt = uc_db_prepare (db, "SELECT seq, text FROM t ORDER BY seq DESC LIMIT 50", NULL);
    gboolean has_row;

    do {
      g_autofree char *text = NULL;

      must (uc_stmt_step (stmt, &has_row, NULL), NULL);
      text = has_row ? uc_stmt_dup_text (stmt, 1) : NULL;
    } while (has_row);
  }
  return (get_cpu_s () - start) / N_RUNS;
}

/* -- The store --------------------------------------------------------------------------- */

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Bench *bench = user_data;
  g_autoptr (GError) error = NULL;

  must (uc_store_apply_finish (UC_STORE (source), result, &error), error);
  bench->n_queued--;
}

static gboolean
has_room (gpointer user_data)
{
  return ((Bench *) user_data)->n_queued < MAX_QUEUED / 2;
}

static gboolean
is_idle (gpointer user_data)
{
  return ((Bench *) user_data)->n_queued == 0;
}

static void
put_places (Bench *bench)
{
  UcBatch *batch = uc_batch_new ();

  for (int i = 0; i < N_CHANNELS; i++) {
    g_autofree char *id = make_id ("chan", i);
    g_autoptr (UcChannel) channel = uc_test_channel (id, id, UC_CHANNEL_OPEN);

    uc_batch_put_channel (batch, channel);
  }
  for (int i = 0; i < N_USERS; i++) {
    g_autofree char *id = make_id ("user", i);
    g_autofree char *name = g_strdup_printf ("user%d", i);
    g_autoptr (UcUser) user = uc_test_user (id, name, "First", "Last");

    uc_batch_put_user (batch, user);
  }
  uc_test_store_apply (bench->test, batch);
}

static GPtrArray *
make_page (Bench *bench, const char *channel_id, int first)
{
  GPtrArray *posts = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_post_unref);

  for (int i = 0; i < PAGE; i++) {
    g_autofree char *name = g_strdup_printf ("%08x%08xn%d", g_rand_int (bench->rand),
                                             g_rand_int (bench->rand), first + i);
    g_autofree char *text = make_text (bench->rand);
    g_autofree char *user_id = make_id ("user", g_rand_int_range (bench->rand, 0, N_USERS));
    UcPost *post = uc_test_post (name, user_id, (first + i) * G_GINT64_CONSTANT (1000), text);

    uc_test_set (&post->channel_id, channel_id);
    g_ptr_array_add (posts, post);
  }
  return posts;
}

/* What making the posts costs is not the store's. */
static double
fill_store (Bench *bench)
{
  double making = 0;
  double start;

  put_places (bench);
  g_rand_set_seed (bench->rand, 1);
  start = get_cpu_s ();
  for (int i = 0; i < bench->n_messages; i += PAGE) {
    double           before = get_cpu_s ();
    g_autofree char *id = make_id ("chan", g_rand_int_range (bench->rand, 0, N_CHANNELS));
    g_autoptr (GPtrArray) posts = make_page (bench, id, i);
    UcBatch *batch = uc_batch_new ();

    making += get_cpu_s () - before;
    uc_batch_put_page (batch, id, posts, UC_PAGE_LATEST, NULL, FALSE, TRUE);
    bench->n_queued++;
    uc_store_apply_async (bench->test->store, batch, applied_cb, bench);
    if (bench->n_queued >= MAX_QUEUED)
      uc_test_wait_until (has_room, bench, 60000);
  }
  uc_test_wait_until (is_idle, bench, 60000);
  return get_cpu_s () - start - making;
}

static double
read_store (Bench *bench)
{
  double start = get_cpu_s ();

  for (int i = 0; i < N_RUNS; i++) {
    g_autofree char *id = make_id ("chan", i % N_CHANNELS);
    g_autoptr (UcWindow) window =
        uc_test_store_window_at (bench->test, id, UC_WINDOW_NEWEST, 0, 50);
  }
  return (get_cpu_s () - start) / N_RUNS;
}

static void
search (Bench *bench, const char *query)
{
  g_autofree char *first = uc_test_store_search (bench->test, query);
  double           start = get_cpu_s ();
  const int        n_runs = 5;

  for (int i = 0; i < n_runs; i++) {
    g_autofree char *found = uc_test_store_search (bench->test, query);
  }
  printf ("search, 50 newest of “%s”: %.2f ms%s\n", query, (get_cpu_s () - start) * 1000 / n_runs,
          *first == '\0' ? " (nothing)" : "");
}

int
main (int argc, char **argv)
{
  static const char *const queries[] = {
    "the",
    "zebra",
    "\"blood pressure\"",
    "press*",
    "patient -the report",
    "检验",
    "w123",
    "nosuchword",
    "*essun",
    "from:user7",
    "is:pinned",
    "has:link",
    "in:chan0000000000000000000007 zebra",
  };
  Bench  bench = { NULL, g_rand_new_with_seed (1), argc > 1 ? atoi (argv[1]) : 60000, 0 };
  double floor_fill;
  double floor_read;
  double fill;
  double read;
  UcDb  *db;

  db = fill_floor (&bench, &floor_fill);
  floor_read = read_floor (db);
  uc_db_close (db);
  bench.test = uc_test_store_new ();
  fill = fill_store (&bench);
  read = read_store (&bench);
  printf ("%d messages\n", bench.n_messages);
  printf ("taking pages of %d: floor × %.1f, %.0f µs a message, %.0f a second (floor %.0f)\n", PAGE,
          fill / floor_fill, fill * 1e6 / bench.n_messages, bench.n_messages / fill,
          bench.n_messages / floor_fill);
  printf ("page of 50: floor × %.1f, %.3f ms (floor %.3f ms)\n", read / floor_read, read * 1000,
          floor_read * 1000);
  for (gsize i = 0; i < G_N_ELEMENTS (queries); i++)
    search (&bench, queries[i]);
  uc_test_store_free (bench.test);
  g_rand_free (bench.rand);
  return 0;
}
