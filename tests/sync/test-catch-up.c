/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which channels need reading after the lists. */

#include "config.h"

#include "uc-catch-up-private.h"

static UcChannelDirt
judge (gint64 stored_total, gint64 now_total, gint64 last_post_at_ms, gint64 mark_ms)
{
  UcChannelState state = { 0 };
  g_autoptr (UcChannel) stored = uc_channel_new ();
  g_autoptr (UcChannel) now = uc_channel_new ();

  stored->total_msg_count = stored_total;
  state.channel = stored;
  now->total_msg_count = now_total;
  now->last_post_at_ms = last_post_at_ms;
  return _uc_catch_up_judge (&state, now, mark_ms);
}

static void
test_judge (void)
{
  g_autoptr (UcChannel) now = uc_channel_new ();

  /* Never read. */
  g_assert_cmpint (judge (5, 5, 1000, 0), ==, UC_CHANNEL_DIRTY);
  g_assert_cmpint (_uc_catch_up_judge (NULL, now, 1000), ==, UC_CHANNEL_DIRTY);
  /* Written in since. */
  g_assert_cmpint (judge (5, 6, 1001, 1000), ==, UC_CHANNEL_DIRTY);
  g_assert_cmpint (judge (5, 5, 1001, 1000), ==, UC_CHANNEL_DIRTY);
  /* The same newest post, and another number of posts. */
  g_assert_cmpint (judge (5, 6, 1000, 1000), ==, UC_CHANNEL_DIRTY);
  /* Quiet. */
  g_assert_cmpint (judge (5, 5, 1000, 1000), ==, UC_CHANNEL_CLEAN);
  g_assert_cmpint (judge (5, 5, 1000, 2000), ==, UC_CHANNEL_CLEAN);
  /* Empty, and known to be. */
  g_assert_cmpint (judge (0, 0, 0, 1), ==, UC_CHANNEL_CLEAN);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/sync/catch-up/judge", test_judge);
  return g_test_run ();
}
