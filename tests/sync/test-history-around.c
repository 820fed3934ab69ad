/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a message has known neighbours on both sides. */

#include "config.h"

#include "uc-history-around-private.h"

static void
test_covered (void)
{
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (UcSpan));
  UcSpan middle = { .lo_seq = 10, .hi_seq = 20 };
  UcSpan tip = { .lo_seq = 30, .hi_seq = 40, .reaches_tip = TRUE };
  UcSpan start = { .lo_seq = 1, .hi_seq = 5, .reaches_start = TRUE };

  g_assert_false (_uc_history_is_covered (spans, 15));
  g_array_append_val (spans, start);
  g_array_append_val (spans, middle);
  g_array_append_val (spans, tip);

  g_assert_true (_uc_history_is_covered (spans, 15));
  g_assert_true (_uc_history_is_covered (spans, 1));
  g_assert_true (_uc_history_is_covered (spans, 40));
  /* At the edge of a hole there is something to read. */
  g_assert_false (_uc_history_is_covered (spans, 10));
  g_assert_false (_uc_history_is_covered (spans, 20));
  g_assert_false (_uc_history_is_covered (spans, 5));
  g_assert_false (_uc_history_is_covered (spans, 25));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/sync/history-around/covered", test_covered);
  return g_test_run ();
}
