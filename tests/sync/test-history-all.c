/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which hole is filled next. */

#include "config.h"

#include "uc-history-all-private.h"

static void
test_next_span (void)
{
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (UcSpan));
  UcSpan old = { .lo_seq = 1, .hi_seq = 5, .reaches_start = TRUE };
  UcSpan new = { .lo_seq = 10, .hi_seq = 20, .reaches_tip = TRUE };

  g_assert_null (_uc_history_next_span (spans, 0));

  g_array_append_val (spans, old);
  g_assert_null (_uc_history_next_span (spans, 0));

  g_array_append_val (spans, new);
  g_assert_cmpint (_uc_history_next_span (spans, 0)->lo_seq, ==, 10);
  /* What retention took away is not fetched back. */
  g_assert_null (_uc_history_next_span (spans, 10));
  g_assert_cmpint (_uc_history_next_span (spans, 9)->lo_seq, ==, 10);

  g_array_index (spans, UcSpan, 1).reaches_start = TRUE;
  g_assert_null (_uc_history_next_span (spans, 0));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/sync/history-all/next-span", test_next_span);
  return g_test_run ();
}
