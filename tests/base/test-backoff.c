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

/* A thousand clients lose a server at the same moment, with the bounds that the engine
 * waits by, and find it again after @outage_s. How many come back in each second goes
 * into @back. */
static void
simulate (guint outage_s, guint *back, guint n_seconds)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1000);

  for (guint i = 0; i < 1000; i++) {
    UcBackoff backoff;
    guint64   at_ms = 0;

    uc_backoff_init (&backoff, 1000, 120000, rand);
    do
      at_ms += uc_backoff_next (&backoff);
    while (at_ms < outage_s * G_GUINT64_CONSTANT (1000));
    back[MIN ((at_ms - outage_s * G_GUINT64_CONSTANT (1000)) / 1000, n_seconds - 1)]++;
  }
}

static void
test_thousand (void)
{
  static const struct {
    guint outage_s;
    guint most; /* in one second */
  } cases[] = { { 5, 250 }, { 60, 60 }, { 600, 40 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    guint back[121] = { 0 };
    guint n_back = 0;
    guint most = 0;

    simulate (cases[i].outage_s, back, G_N_ELEMENTS (back));
    for (guint j = 0; j < G_N_ELEMENTS (back); j++) {
      n_back += back[j];
      most = MAX (most, back[j]);
      if (j % 10 == 0 && j + 10 <= G_N_ELEMENTS (back))
        g_test_message ("outage of %u s: in second %u after it %u come back", cases[i].outage_s, j,
                        back[j]);
    }
    g_test_message ("outage of %u s: %u at most in one second", cases[i].outage_s, most);
    g_assert_cmpuint (n_back, ==, 1000);
    g_assert_cmpuint (most, <=, cases[i].most);
    /* Nobody waits longer than the bound. */
    g_assert_cmpuint (back[G_N_ELEMENTS (back) - 1], ==, 0);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/base/backoff/bounds", test_bounds);
  g_test_add_func ("/base/backoff/endless", test_endless);
  g_test_add_func ("/base/backoff/thousand", test_thousand);
  return g_test_run ();
}
