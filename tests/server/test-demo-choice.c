/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Choices in the texts of the demo. */

#include "config.h"

#include "uc-demo-choice.h"

#include "uc-error.h"

static void
test_plain (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = uc_demo_choose ("| Bed | Ünal |", rand, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "| Bed | Ünal |");
}

/* Each alternative comes, and nothing else does. */
static void
test_choices (void)
{
  static const char *const expected[] = { "a 1 z", "a 2 z", "a  z", "a x3 z", "a x4 z" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  gboolean seen[G_N_ELEMENTS (expected)] = { FALSE };

  for (int i = 0; i < 200; i++) {
    g_autofree char *text = uc_demo_choose ("a {1|2||x{3|4}} z", rand, NULL);
    gboolean         is_known = FALSE;

    for (guint j = 0; j < G_N_ELEMENTS (expected); j++) {
      if (g_str_equal (text, expected[j])) {
        seen[j] = TRUE;
        is_known = TRUE;
      }
    }
    g_assert_true (is_known);
  }
  for (guint j = 0; j < G_N_ELEMENTS (expected); j++)
    g_assert_true (seen[j]);
}

static void
test_same_seed (void)
{
  g_autoptr (GRand) first = g_rand_new_with_seed (9);
  g_autoptr (GRand) second = g_rand_new_with_seed (9);

  for (int i = 0; i < 50; i++) {
    g_autofree char *one = uc_demo_choose ("{a|b|c|d}{e|f}", first, NULL);
    g_autofree char *two = uc_demo_choose ("{a|b|c|d}{e|f}", second, NULL);

    g_assert_cmpstr (one, ==, two);
  }
}

static void
test_broken (void)
{
  static const char *const broken[] = { "{a|b", "a}", "{a|{b}",
                                        "{",    "}",  "{{{{{{{{{{{{a}}}}}}}}}}}}" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (guint i = 0; i < G_N_ELEMENTS (broken); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (uc_demo_choose (broken[i], rand, &error));
    g_assert_error (error, UC_ERROR, UC_ERROR_INVALID);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/server/demo-choice/plain", test_plain);
  g_test_add_func ("/server/demo-choice/choices", test_choices);
  g_test_add_func ("/server/demo-choice/same-seed", test_same_seed);
  g_test_add_func ("/server/demo-choice/broken", test_broken);
  return g_test_run ();
}
