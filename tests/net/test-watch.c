/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-test.h"
#include "uc-watch-private.h"

static gboolean
is_cancelled (gpointer user_data)
{
  return g_cancellable_is_cancelled (user_data);
}

static gboolean
is_set (gpointer user_data)
{
  return *(gboolean *) user_data;
}

static gboolean
set_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
test_time_out (void)
{
  g_autoptr (UcWatch) watch = _uc_watch_new (NULL);

  _uc_watch_arm (watch, 20);
  g_assert_false (_uc_watch_is_timed_out (watch));
  uc_test_wait_until (is_cancelled, _uc_watch_get_cancellable (watch), 5000);
  g_assert_true (_uc_watch_is_timed_out (watch));
}

static void
stuck_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

/* What is not ended by its cancellation either. */
static void
test_stuck (void)
{
  g_autoptr (UcWatch) watch = _uc_watch_new (NULL);
  gboolean is_stuck = FALSE;

  _uc_watch_set_stuck (watch, stuck_cb, &is_stuck);
  _uc_watch_arm (watch, 20);
  uc_test_wait_until (is_cancelled, _uc_watch_get_cancellable (watch), 5000);
  g_assert_false (is_stuck);
  uc_test_wait_until (is_set, &is_stuck, 20000);
}

static void
test_arm_again (void)
{
  g_autoptr (UcWatch) watch = _uc_watch_new (NULL);
  gboolean is_over = FALSE;

  /* Each sign of life puts the end off. */
  _uc_watch_arm (watch, 1);
  _uc_watch_arm (watch, 60000);
  g_timeout_add (50, set_cb, &is_over);
  uc_test_wait_until (is_set, &is_over, 5000);
  g_assert_false (g_cancellable_is_cancelled (_uc_watch_get_cancellable (watch)));
}

static void
test_cancel (void)
{
  g_autoptr (GCancellable) outer = g_cancellable_new ();
  g_autoptr (UcWatch) watch = _uc_watch_new (outer);

  g_cancellable_cancel (outer);
  uc_test_wait_until (is_cancelled, _uc_watch_get_cancellable (watch), 5000);
  g_assert_false (_uc_watch_is_timed_out (watch));
}

static void
test_stop (void)
{
  g_autoptr (GCancellable) outer = g_cancellable_new ();
  g_autoptr (UcWatch) watch = _uc_watch_new (outer);
  gboolean is_over = FALSE;

  _uc_watch_arm (watch, 1);
  _uc_watch_stop (watch);
  g_cancellable_cancel (outer);
  g_timeout_add (30, set_cb, &is_over);
  uc_test_wait_until (is_set, &is_over, 5000);
  g_assert_false (g_cancellable_is_cancelled (_uc_watch_get_cancellable (watch)));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/net/watch/stuck", test_stuck);
  g_test_add_func ("/net/watch/time-out", test_time_out);
  g_test_add_func ("/net/watch/arm-again", test_arm_again);
  g_test_add_func ("/net/watch/cancel", test_cancel);
  g_test_add_func ("/net/watch/stop", test_stop);
  return g_test_run ();
}
