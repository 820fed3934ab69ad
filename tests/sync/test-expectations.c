/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-expectations-private.h"

static void
test_commits (void)
{
  UcExpectations *expected = _uc_expectations_new ();
  gboolean        mentions_me = FALSE;

  _uc_expectations_add (expected, "a", TRUE);
  /* Not written yet. */
  g_assert_false (_uc_expectations_take (expected, "a", &mentions_me));
  _uc_expectations_begin (expected);
  _uc_expectations_add (expected, "b", FALSE);
  g_assert_true (_uc_expectations_take (expected, "a", &mentions_me));
  g_assert_true (mentions_me);
  g_assert_false (_uc_expectations_take (expected, "a", &mentions_me));
  g_assert_false (_uc_expectations_take (expected, "b", &mentions_me));
  _uc_expectations_end (expected);
  _uc_expectations_begin (expected);
  g_assert_true (_uc_expectations_take (expected, "b", &mentions_me));
  g_assert_false (mentions_me);

  /* What the commit did not add was there before. */
  _uc_expectations_add (expected, "c", FALSE);
  _uc_expectations_end (expected);
  _uc_expectations_begin (expected);
  _uc_expectations_end (expected);
  g_assert_false (_uc_expectations_take (expected, "c", &mentions_me));
  _uc_expectations_free (expected);
}

/* Found by asking and told by the stream: it is told of once. */
static void
test_found (void)
{
  UcExpectations *expected = _uc_expectations_new ();
  gboolean        mentions_me = TRUE;

  _uc_expectations_find (expected, "a", FALSE);
  _uc_expectations_add (expected, "a", TRUE);
  _uc_expectations_begin (expected);
  g_assert_true (_uc_expectations_take (expected, "a", &mentions_me));
  g_assert_true (mentions_me);
  g_assert_false (_uc_expectations_take (expected, "a", &mentions_me));

  _uc_expectations_find (expected, "b", FALSE);
  g_assert_true (_uc_expectations_take (expected, "b", &mentions_me));
  g_assert_false (mentions_me);
  _uc_expectations_free (expected);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/sync/expectations/commits", test_commits);
  g_test_add_func ("/sync/expectations/found", test_found);
  return g_test_run ();
}
