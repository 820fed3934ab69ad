/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search for a day among counted posts: always right, and soon. */

#include "config.h"

#include "uc-history-date-private.h"

#define N_ROUNDS 400

/* Newest first. */
static GArray *
new_times (guint n)
{
  GArray *times = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64  at_ms = G_GINT64_CONSTANT (1795176000000);

  for (guint i = 0; i < n; i++) {
    /* Talk, pauses, and holidays. */
    at_ms -= g_test_rand_int_range (0, 100) == 0 ? g_test_rand_int_range (0, G_MAXINT)
                                                 : g_test_rand_int_range (0, 120000);
    g_array_append_val (times, at_ms);
  }
  return times;
}

static gint64
find (GArray *times, gint64 time_ms, gint64 guess, guint *n_asked)
{
  UcDateSearch search;
  gint64       place;

  _uc_date_search_init (&search, time_ms, guess);
  while ((place = _uc_date_search_next (&search)) >= 0) {
    g_assert_cmpint (place, >, search.newer);
    g_assert_true (search.older < 0 || place < search.older);
    _uc_date_search_take (&search, place,
                          place < times->len ? g_array_index (times, gint64, place) : 0);
    g_assert_cmpuint (search.n_asked, <=, 64);
  }
  *n_asked = search.n_asked;
  return search.newer;
}

static void
test_random (void)
{
  for (int round = 0; round < N_ROUNDS; round++) {
    g_autoptr (GArray) times = new_times (g_test_rand_int_range (0, 5000));
    gint64 time_ms =
        times->len > 0 ? g_array_index (times, gint64, g_test_rand_int_range (0, times->len)) : 7;
    gint64 expected = -1;
    guint  n_asked;

    time_ms += g_test_rand_int_range (-1000, 1000);
    for (guint i = 0; i < times->len && g_array_index (times, gint64, i) >= time_ms; i++)
      expected = i;
    g_assert_cmpint (find (times, time_ms, g_test_rand_int_range (0, 6000), &n_asked), ==,
                     expected);
  }
}

/* Half a million in about as many questions as halving takes, fewer where people write
 * evenly. */
static void
test_soon (void)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint n_asked;

  for (gint64 i = 0; i < 500000; i++) {
    gint64 at_ms = G_GINT64_CONSTANT (1795176000000) - i * 60000 - g_test_rand_int_range (0, 59999);

    g_array_append_val (times, at_ms);
  }
  for (int round = 0; round < 50; round++) {
    find (times, g_array_index (times, gint64, g_test_rand_int_range (0, times->len)), times->len,
          &n_asked);
    g_assert_cmpuint (n_asked, <=, 14);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/sync/history-date/random", test_random);
  g_test_add_func ("/sync/history-date/soon", test_soon);
  return g_test_run ();
}
