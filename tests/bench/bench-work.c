/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pieces of work by callgrind's count of instructions, which repeats where every clock
 * drifts: a page of fifty read, a page of sixty taken, a search taken apart, a window of
 * the timeline slid. Each is run n and 2 n times, so that what the difference leaves is the
 * work alone. Prints figures; judges nothing. Without valgrind it says so.
 *
 * bench-work            all of them
 * bench-work WORK N     one, N times: what it runs itself with under valgrind */

#include "config.h"

#include "uc-bench-measure.h"
#include "uc-bench-store.h"
#include "uc-query-private.h"
#include "uc-splice-private.h"
#include "uc-test.h"

#include <stdio.h>
#include <string.h>

#define N_MESSAGES 10000
#define PAGE       60

static void
read_pages (guint n)
{
  g_autofree char *path = uc_bench_store_dup_path (N_MESSAGES);
  g_autofree char *channel_id = uc_bench_dup_channel_id (0);
  g_autoptr (UcTestStore) test = uc_bench_store_open (path);

  for (guint i = 0; i < n; i++) {
    g_autoptr (UcWindow) window =
        uc_test_store_window_at (test, channel_id, UC_WINDOW_NEWEST, 0, 50);
  }
}

/* New messages of the largest channel. */
static GPtrArray *
make_page (UcBenchWords *words, guint number)
{
  const guint n_posts = uc_bench_get_n_posts (N_MESSAGES, 0);
  GPtrArray  *posts = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_post_unref);

  for (guint i = 0; i < PAGE; i++)
    g_ptr_array_add (posts, uc_bench_make_post (words, 0, n_posts + number * PAGE + i, n_posts));
  return posts;
}

static void
make_pages (guint n)
{
  g_autoptr (UcBenchWords) words = uc_bench_words_new (7);

  for (guint i = 0; i < n; i++)
    g_ptr_array_unref (make_page (words, i));
}

static void
take_pages (guint n)
{
  g_autofree char *path = uc_bench_store_dup_path (N_MESSAGES);
  g_autofree char *copy = uc_bench_store_dup_copy (path);
  g_autoptr (UcTestStore) test = uc_bench_store_open (copy);
  g_autoptr (UcBenchWords) words = uc_bench_words_new (7);
  const guint n_posts = uc_bench_get_n_posts (N_MESSAGES, 0);

  for (guint i = 0; i < n; i++) {
    g_autoptr (GPtrArray) posts = make_page (words, i);
    UcBatch *batch = uc_batch_new ();

    uc_bench_store_put_page (batch, 0, n_posts + i * PAGE, posts, TRUE);
    uc_test_store_apply (test, batch);
  }
}

static void
parse_searches (guint n)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();

  for (guint i = 0; i < n; i++) {
    g_autoptr (GError) error = NULL;
    UcQuery *query = _uc_query_parse ("\"blood pressure\" from:anna after:2026-01-01 has:file "
                                      "pump* OR report -test",
                                      zone, UC_BENCH_NOW_MS, NULL, &error);

    uc_bench_must (query != NULL, &error);
    _uc_query_free (query);
  }
}

/* Forty items come at one end of three hundred and forty go at the other. */
static void
slide (guint n)
{
  g_autoptr (GListStore) model = g_list_store_new (G_TYPE_OBJECT);
  g_autoptr (GPtrArray) pool = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < 340; i++)
    g_ptr_array_add (pool, g_object_new (G_TYPE_OBJECT, NULL));
  for (guint i = 0; i <= n; i++) {
    g_autoptr (GPtrArray) wanted = g_ptr_array_new_with_free_func (g_object_unref);
    const guint first = i % 2 == 0 ? 40 : 0;

    for (guint j = 0; j < 300; j++)
      g_ptr_array_add (wanted, g_object_ref (g_ptr_array_index (pool, first + j)));
    _uc_splice_apply (G_LIST_MODEL (model), items, wanted);
  }
}

static const struct {
  const char *name;
  const char *title;
  void (*run) (guint n);
  guint n;
} works[] = {
  { "read", "page of 50 read", read_pages, 20 },
  { "make", "page of 60 made", make_pages, 10 },
  { "take", "page of 60 made and taken", take_pages, 10 },
  { "parse", "search taken apart", parse_searches, 200 },
  { "slide", "window of 300 items slid by 40", slide, 20 },
};

static double
count (const char *self, const char *name, guint n)
{
  g_autofree char  *number = g_strdup_printf ("%u", n);
  const char *const arguments[] = { "valgrind",
                                    "--tool=callgrind",
                                    "--callgrind-out-file=/dev/null",
                                    "--log-fd=1",
                                    self,
                                    name,
                                    number,
                                    NULL };
  g_autofree char  *output = NULL;
  g_autoptr (GError) error = NULL;
  const char *line;
  int         status;

  uc_bench_must (g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL,
                               &output, NULL, &status, &error) &&
                     g_spawn_check_wait_status (status, &error),
                 &error);
  line = strstr (output, "Collected : ");
  return line != NULL ? g_ascii_strtod (line + strlen ("Collected : "), NULL) : 0;
}

int
main (int argc, char **argv)
{
  g_autofree char *valgrind = g_find_program_in_path ("valgrind");

  for (gsize i = 0; i < G_N_ELEMENTS (works); i++) {
    if (argc == 3 && g_str_equal (argv[1], works[i].name)) {
      works[i].run ((guint) g_ascii_strtoull (argv[2], NULL, 10));
      return 0;
    }
  }
  if (valgrind == NULL) {
    printf ("valgrind is not there: nothing counted\n");
    return 0;
  }
  g_free (uc_bench_store_dup_path (N_MESSAGES));
  for (gsize i = 0; i < G_N_ELEMENTS (works); i++) {
    const double once = count (argv[0], works[i].name, works[i].n);
    const double twice = count (argv[0], works[i].name, 2 * works[i].n);

    printf ("%s: %.0f thousand instructions\n", works[i].title, (twice - once) / works[i].n / 1e3);
  }
  return 0;
}
