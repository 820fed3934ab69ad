/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who types, and for how long that holds. */

#include "config.h"

#include "uc-typing-private.h"

#include "uc-sync-fixture.h"

#define CHANNEL "x4k4sszftirbuqaozqoximb4oh"
#define ELSE    "b83r9wfnt7f6fkxwmdf3md41ja"
#define BEN     "5rafe8kbrtfcpc4x3ysn6yx84o"
#define LI      "f636befhj3b85jywtxo75j7nwc"

static char *
dup_typing (UcTyping *typing, const char *channel_id)
{
  g_autoptr (GPtrArray) ids = _uc_typing_dup (typing, channel_id);

  g_ptr_array_add (ids, NULL);
  return g_strjoinv (" ", (GStrv) ids->pdata);
}

static void
assert_typing (UcTyping *typing, const char *channel_id, const char *expected)
{
  g_autofree char *ids = dup_typing (typing, channel_id);

  g_assert_cmpstr (ids, ==, expected);
}

static void
count_cb (UcTyping *typing, const char *channel_id, guint *n)
{
  (*n)++;
}

static void
test_holds (UcSyncFixture *fixture, gconstpointer data)
{
  g_autoptr (UcTyping) typing = _uc_typing_new (fixture->context);
  guint n = 0;

  g_signal_connect (typing, "changed", G_CALLBACK (count_cb), &n);
  _uc_typing_take (typing, CHANNEL, BEN);
  _uc_typing_take (typing, CHANNEL, LI);
  assert_typing (typing, CHANNEL, BEN " " LI);
  assert_typing (typing, ELSE, "");
  g_assert_cmpuint (n, ==, 2);

  /* Announced again it holds longer, and is no news. */
  uc_clock_advance (fixture->clock, 5000);
  _uc_typing_take (typing, CHANNEL, LI);
  g_assert_cmpuint (n, ==, 2);
  uc_clock_advance (fixture->clock, 3000);
  assert_typing (typing, CHANNEL, LI);
  uc_clock_advance (fixture->clock, 5000);
  assert_typing (typing, CHANNEL, "");
}

static void
test_ends (UcSyncFixture *fixture, gconstpointer data)
{
  g_autoptr (UcTyping) typing = _uc_typing_new (fixture->context);
  guint n = 0;

  _uc_typing_take (typing, CHANNEL, BEN);
  g_signal_connect (typing, "changed", G_CALLBACK (count_cb), &n);
  _uc_typing_end (typing, CHANNEL, BEN);
  _uc_typing_end (typing, CHANNEL, BEN);
  g_assert_cmpuint (n, ==, 1);
  assert_typing (typing, CHANNEL, "");
}

static void
test_oneself (UcSyncFixture *fixture, gconstpointer data)
{
  g_autoptr (UcTyping) typing = _uc_typing_new (fixture->context);

  _uc_typing_take (typing, CHANNEL, UC_TEST_ME);
  assert_typing (typing, CHANNEL, "");
}

static void
test_announce (UcSyncFixture *fixture, gconstpointer data)
{
  g_autoptr (UcTyping) typing = _uc_typing_new (fixture->context);

  g_assert_true (_uc_typing_may_announce (typing, CHANNEL, 5000));
  g_assert_false (_uc_typing_may_announce (typing, CHANNEL, 5000));
  g_assert_true (_uc_typing_may_announce (typing, ELSE, 5000));
  uc_clock_advance (fixture->clock, 5000);
  g_assert_true (_uc_typing_may_announce (typing, ELSE, 5000));
}

#define ADD(name, func)                                                                            \
  g_test_add ("/sync/typing/" name, UcSyncFixture, NULL, uc_sync_fixture_set_up, func,             \
              uc_sync_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("holds", test_holds);
  ADD ("ends", test_ends);
  ADD ("oneself", test_oneself);
  ADD ("announce", test_announce);
  return g_test_run ();
}
