/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Heights against a plain list of the same: every sum and every search agrees, through
 * random splices. */

#include "config.h"

#include "uc-timeline-heights.h"

#include <math.h>

static void
assert_near (double a, double b)
{
  g_assert_cmpfloat_with_epsilon (a, b, 0.001 * MAX (1.0, fabs (b)));
}

static void
test_exact (void)
{
  g_autoptr (UcTimelineHeights) heights = uc_timeline_heights_new ();
  double into;

  uc_timeline_heights_splice (heights, 0, 0, 3);
  g_assert_cmpint (uc_timeline_heights_get (heights, 1, 0), ==, -1);
  uc_timeline_heights_set (heights, 0, 0, 10);
  uc_timeline_heights_set (heights, 1, 7, 20);
  /* An unknown one counts as the mean of the known ones. */
  assert_near (uc_timeline_heights_get_offset (heights, 3), 45);
  uc_timeline_heights_set (heights, 2, 0, 60);
  assert_near (uc_timeline_heights_get_offset (heights, 3), 90);
  g_assert_cmpint (uc_timeline_heights_get (heights, 1, 7), ==, 20);
  g_assert_cmpint (uc_timeline_heights_get (heights, 1, 8), ==, -1);

  g_assert_cmpuint (uc_timeline_heights_find (heights, -5, &into), ==, 0);
  assert_near (into, 0);
  g_assert_cmpuint (uc_timeline_heights_find (heights, 29, &into), ==, 1);
  assert_near (into, 19);
  g_assert_cmpuint (uc_timeline_heights_find (heights, 30, &into), ==, 2);
  assert_near (into, 0);
  g_assert_cmpuint (uc_timeline_heights_find (heights, 500, &into), ==, 2);
}

static void
test_outdate (void)
{
  g_autoptr (UcTimelineHeights) heights = uc_timeline_heights_new ();

  uc_timeline_heights_splice (heights, 0, 0, 2);
  uc_timeline_heights_set (heights, 0, 1, 10);
  uc_timeline_heights_set (heights, 1, 1, 30);
  uc_timeline_heights_outdate (heights);
  g_assert_cmpint (uc_timeline_heights_get (heights, 0, 1), ==, -1);
  /* Still the best estimate there is. */
  assert_near (uc_timeline_heights_get_offset (heights, 2), 40);
  uc_timeline_heights_set (heights, 0, 1, 50);
  g_assert_cmpint (uc_timeline_heights_get (heights, 0, 1), ==, 50);
  assert_near (uc_timeline_heights_get_offset (heights, 2), 80);
}

static double
sum_until (GArray *plain, guint position)
{
  double sum = 0, known = 0;
  guint  n_known = 0;

  for (guint i = 0; i < plain->len; i++) {
    const int height = g_array_index (plain, int, i);

    if (height >= 0) {
      known += height;
      n_known++;
    }
  }
  for (guint i = 0; i < position; i++) {
    const int height = g_array_index (plain, int, i);

    sum += height >= 0 ? height : n_known > 0 ? known / n_known : 56;
  }

  return sum;
}

static void
test_random (void)
{
  g_autoptr (UcTimelineHeights) heights = uc_timeline_heights_new ();
  g_autoptr (GArray) plain = g_array_new (FALSE, FALSE, sizeof (int));

  for (int step = 0; step < 400; step++) {
    const guint position = g_test_rand_int_range (0, plain->len + 1);
    const guint removed = g_test_rand_int_range (0, MIN (plain->len - position, 40) + 1);
    const guint added = g_test_rand_int_range (0, 60);
    guint       probe;
    double      into;

    uc_timeline_heights_splice (heights, position, removed, added);
    g_array_remove_range (plain, position, removed);
    for (guint i = 0; i < added; i++) {
      int unknown = -1;

      g_array_insert_val (plain, position, unknown);
    }
    g_assert_cmpuint (uc_timeline_heights_get_n (heights), ==, plain->len);
    for (int i = 0; i < 30 && plain->len > 0; i++) {
      const guint at = g_test_rand_int_range (0, plain->len);

      g_array_index (plain, int, at) = g_test_rand_int_range (1, 900);
      uc_timeline_heights_set (heights, at, 0, g_array_index (plain, int, at));
    }
    probe = g_test_rand_int_range (0, plain->len + 1);
    assert_near (uc_timeline_heights_get_offset (heights, probe), sum_until (plain, probe));
    if (probe < plain->len) {
      const guint found = uc_timeline_heights_find (
          heights, uc_timeline_heights_get_offset (heights, probe) + 0.5, &into);

      g_assert_cmpuint (found, ==, probe);
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/ui/timeline-heights/exact", test_exact);
  g_test_add_func ("/ui/timeline-heights/outdate", test_outdate);
  g_test_add_func ("/ui/timeline-heights/random", test_random);

  return g_test_run ();
}
