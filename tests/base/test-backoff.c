/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-backoff.h"

static void
test_bounds (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  UcBackoff backoff;
  guint     highest[6] = { 0 };
  guint     lowest[6] = { G_MAXUINT, G_MAXUINT, G_MAXUINT, G_MAXUINT, G_MAXUINT, G_MAXUINT };

  uc_backoff_init (&backoff, 1000, 8000, rand);
  for (guint n = 0; n < 2000; n++) {
    uc_backoff_reset (&backoff);
    for (guint i = 0; i < 6; i++) {
      guint wait_ms = uc_backoff_next (&backoff);

      highest[i] = MAX (highest[i], wait_ms);
      lowest[i] = MIN (lowest[i], wait_ms);
    }
  }

  /* Spread over the whole range, and never past it. */
  for (guint i = 0; i < 6; i++) {
    guint bound = MIN (1000u << i, 8000u);

    g_assert_cmpuint (highest[i], <=, bound);
    g_assert_cmpuint (highest[i], >, bound * 9 / 10);
    g_assert_cmpuint (lowest[i], <, bound / 10);
  }
}

static void
test_endless (void)
{
  UcBackoff backoff;

  uc_backoff_init (&backoff, 3000, 300000, NULL);
  for (guint i = 0; i < 1000; i++)
    g_assert_cmpuint (uc_backoff_next (&backoff), <=, 300000);
  g_assert_cmpuint (backoff.failures, ==, 1000);

  backoff.failures = G_MAXUINT;
  g_assert_cmpuint (uc_backoff_next (&backoff), <=, 300000);
  g_assert_cmpuint (backoff.failures, ==, G_MAXUINT);

  uc_backoff_reset (&backoff);
  g_assert_cmpuint (uc_backoff_next (&backoff), <=, 3000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/base/backoff/bounds", test_bounds);
  g_test_add_func ("/base/backoff/endless", test_endless);
  return g_test_run ();
}
