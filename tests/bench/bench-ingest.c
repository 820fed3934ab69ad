/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What taking pages of history costs in a large store, by pages of 60 and of 200. The
 * floor is plain SQLite inserting the same rows into the same tables with the same indexes,
 * in transactions of the same size. Prints figures; judges nothing.
 *
 * bench-ingest [N-MESSAGES] */

#include "config.h"

#include "uc-bench-measure.h"
#include "uc-bench-plain.h"
#include "uc-bench-store.h"
#include "uc-test.h"

#include <glib/gstdio.h>
#include <stdio.h>

#define N_TAKEN    24000
#define N_RUNS     3
#define MAX_QUEUED 20
#define LIMIT_MS   600000

/* New messages at the end of the largest channels, page by page. */
typedef struct {
  guint      channel;
  guint      first;
  GPtrArray *posts; /* (owned) (element-type UcPost) */
} Page;

static void
page_clear (gpointer data)
{
  Page *page = data;

  g_ptr_array_unref (page->posts);
}

static GArray *
make_pages (guint n_messages, guint n_page)
{
  g_autoptr (UcBenchWords) words = uc_bench_words_new (7);
  GArray *pages = g_array_new (FALSE, FALSE, sizeof (Page));
  guint   n_added[8] = { 0 };

  g_array_set_clear_func (pages, page_clear);
  for (guint i = 0; i < N_TAKEN / n_page; i++) {
    const guint channel = i % G_N_ELEMENTS (n_added);
    const guint n_posts = uc_bench_get_n_posts (n_messages, channel);
    Page        page = { .channel = channel, .first = n_posts + n_added[channel] };

    page.posts = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_post_unref);
    for (guint j = 0; j < n_page; j++)
      g_ptr_array_add (page.posts, uc_bench_make_post (words, channel, page.first + j, n_posts));
    n_added[channel] += n_page;
    g_array_append_val (pages, page);
  }
  return pages;
}

/* -- The floor ------------------------------------------------------------------------- */

static double
take_plainly (const char *path, GArray *pages)
{
  g_autoptr (GError) error = NULL;
  UcDb  *db = uc_db_open (path, UC_DB_READ_WRITE, &error);
  double start;

  uc_bench_must (db != NULL, &error);
  start = uc_bench_get_cpu_s ();
  for (guint i = 0; i < pages->len; i++) {
    const Page *page = &g_array_index (pages, Page, i);

    uc_bench_plain_insert (db, page->posts, page->channel + 1);
  }
  uc_bench_must (uc_db_checkpoint (db, TRUE, &error), &error);
  uc_db_close (db);
  return uc_bench_get_cpu_s () - start;
}

/* -- The store ----------------------------------------------------------------------------- */

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  guint *n_queued = user_data;
  g_autoptr (GError) error = NULL;

  uc_bench_must (uc_store_apply_finish (UC_STORE (source), result, &error), &error);
  (*n_queued)--;
}

static gboolean
has_room (gpointer user_data)
{
  return *(guint *) user_data < MAX_QUEUED / 2;
}

static gboolean
is_idle (gpointer user_data)
{
  return *(guint *) user_data == 0;
}

static double
take (const char *path, GArray *pages)
{
  UcTestStore *test = uc_bench_store_open (path);
  guint        n_queued = 0;
  double       start = uc_bench_get_cpu_s ();

  for (guint i = 0; i < pages->len; i++) {
    const Page *page = &g_array_index (pages, Page, i);
    UcBatch    *batch = uc_batch_new ();

    uc_bench_store_put_page (batch, page->channel, page->first, page->posts, TRUE);
    n_queued++;
    uc_store_apply_async (test->store, batch, applied_cb, &n_queued);
    if (n_queued >= MAX_QUEUED)
      uc_test_wait_until (has_room, &n_queued, LIMIT_MS);
  }
  uc_test_wait_until (is_idle, &n_queued, LIMIT_MS);
  uc_test_store_free (test);
  return uc_bench_get_cpu_s () - start;
}

/* The floor must have done the same work, or it is none. */
static char *
dup_counts (const char *path)
{
  static const char *const tables[] = { "annotations", "files", "messages", "reactions" };
  g_autoptr (UcDb) db = uc_db_open (path, UC_DB_READ_ONLY, NULL);
  g_autoptr (GPtrArray) counts = uc_db_count_tables (db, NULL);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < counts->len; i++) {
    const UcTableCount *count = g_ptr_array_index (counts, i);

    for (gsize j = 0; j < G_N_ELEMENTS (tables); j++) {
      if (g_str_equal (count->name, tables[j]))
        g_string_append_printf (text, "%s%" G_GINT64_FORMAT " %s", text->len > 0 ? ", " : "",
                                count->n_rows, count->name);
    }
  }
  return g_string_free (text, FALSE);
}

static void
measure (const char *path, guint n_messages, guint n_page)
{
  g_autoptr (GArray) pages = make_pages (n_messages, n_page);
  g_autoptr (GArray) floors = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  double floor, time;

  for (guint run = 0; run < N_RUNS; run++) {
    g_autofree char *plain_path = uc_bench_store_dup_copy (path);
    g_autofree char *store_path = uc_bench_store_dup_copy (path);
    g_autofree char *plain_counts = NULL;
    g_autofree char *store_counts = NULL;

    floor = take_plainly (plain_path, pages);
    time = take (store_path, pages);
    g_array_append_val (floors, floor);
    g_array_append_val (times, time);
    plain_counts = dup_counts (plain_path);
    store_counts = dup_counts (store_path);
    if (!g_str_equal (plain_counts, store_counts))
      printf ("the floor is none: %s, not %s\n", plain_counts, store_counts);
    g_unlink (plain_path);
    g_unlink (store_path);
  }
  floor = uc_bench_get_quantile (floors, 0.5);
  time = uc_bench_get_quantile (times, 0.5);
  printf ("pages of %u into %u: %.0f %% of the limit, %.0f messages a second, %.1f µs each "
          "(limit %.0f a second)\n",
          n_page, n_messages, 100 * floor / time, N_TAKEN / time, time * 1e6 / N_TAKEN,
          N_TAKEN / floor);
}

int
main (int argc, char **argv)
{
  const guint      n_messages = argc > 1 ? (guint) g_ascii_strtoull (argv[1], NULL, 10) : 1000000;
  g_autofree char *path = uc_bench_store_dup_path (n_messages);

  measure (path, n_messages, 60);
  measure (path, n_messages, 200);
  return 0;
}
