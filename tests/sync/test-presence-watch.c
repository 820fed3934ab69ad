/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is there: what is known, and that offline nobody is. */

#include "config.h"

#include "uc-presence-watch-private.h"

#include "uc-sync-fixture.h"

#define BEN "5rafe8kbrtfcpc4x3ysn6yx84o"

static void
count_cb (UcPresenceWatch *watch, guint *n)
{
  (*n)++;
}

static void
test_taken (UcSyncFixture *fixture, gconstpointer data)
{
  g_autoptr (UcPresenceWatch) watch = _uc_presence_watch_new (fixture->context);
  guint n = 0;

  g_signal_connect (watch, "changed", G_CALLBACK (count_cb), &n);
  g_assert_cmpint (_uc_presence_watch_get (watch, BEN), ==, UC_PRESENCE_OFFLINE);
  _uc_presence_watch_take (watch, BEN, UC_PRESENCE_DND);
  g_assert_cmpint (_uc_presence_watch_get (watch, BEN), ==, UC_PRESENCE_DND);
  g_assert_cmpuint (n, ==, 1);
  _uc_presence_watch_take (watch, BEN, UC_PRESENCE_DND);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (_uc_presence_watch_get (watch, "nobody"), ==, UC_PRESENCE_OFFLINE);
}

static void
test_offline (UcSyncFixture *fixture, gconstpointer data)
{
  g_autoptr (UcPresenceWatch) watch = _uc_presence_watch_new (fixture->context);
  guint n = 0;

  _uc_presence_watch_set_online (watch, TRUE);
  _uc_presence_watch_take (watch, BEN, UC_PRESENCE_ONLINE);
  g_signal_connect (watch, "changed", G_CALLBACK (count_cb), &n);
  _uc_presence_watch_set_online (watch, FALSE);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (_uc_presence_watch_get (watch, BEN), ==, UC_PRESENCE_OFFLINE);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/sync/presence-watch/" name, UcSyncFixture, NULL, uc_sync_fixture_set_up, func,     \
              uc_sync_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("taken", test_taken);
  ADD ("offline", test_offline);
  return g_test_run ();
}
