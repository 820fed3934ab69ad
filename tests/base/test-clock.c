/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-clock.h"

static void
test_fake (void)
{
  g_autoptr (UcClock) clock = uc_clock_new_fake (1795174917363);

  g_assert_cmpint (uc_clock_get_now_ms (clock), ==, 1795174917363);
  g_assert_cmpint (uc_clock_get_uptime_ms (clock), ==, 0);

  uc_clock_advance (clock, 500);
  g_assert_cmpint (uc_clock_get_now_ms (clock), ==, 1795174917863);
  g_assert_cmpint (uc_clock_get_uptime_ms (clock), ==, 500);

  /* Somebody sets the clock back: what is measured goes on. */
  uc_clock_advance (clock, -1000);
  g_assert_cmpint (uc_clock_get_now_ms (clock), ==, 1795174916863);
  g_assert_cmpint (uc_clock_get_uptime_ms (clock), ==, 500);

  g_assert_finalize_object (g_steal_pointer (&clock));
}

static void
test_system (void)
{
  g_autoptr (UcClock) clock = uc_clock_new_system ();
  gint64 before_ms = g_get_real_time () / 1000;
  gint64 now_ms = uc_clock_get_now_ms (clock);
  gint64 uptime_ms = uc_clock_get_uptime_ms (clock);

  g_assert_cmpint (now_ms, >=, before_ms);
  g_assert_cmpint (now_ms, <, before_ms + 60000);
  g_assert_cmpint (uc_clock_get_uptime_ms (clock), >=, uptime_ms);
  g_assert_finalize_object (g_steal_pointer (&clock));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/base/clock/fake", test_fake);
  g_test_add_func ("/base/clock/system", test_system);
  return g_test_run ();
}
