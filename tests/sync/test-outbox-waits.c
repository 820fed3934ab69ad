/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long a conversation waits after failures, and that success forgets them. */

#include "config.h"

#include "uc-outbox-waits-private.h"

#define SECOND_US G_GINT64_CONSTANT (1000000)

static void
test_growing (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (UcOutboxWaits) waits = _uc_outbox_waits_new (rand);
  gint64 longest_ms[12] = { 0 };

  for (guint round = 0; round < 500; round++) {
    for (guint i = 0; i < G_N_ELEMENTS (longest_ms); i++) {
      gint64 wait_ms = _uc_outbox_waits_fail (waits, "a", 0, 0);

      longest_ms[i] = MAX (longest_ms[i], wait_ms);
    }
    _uc_outbox_waits_succeed (waits, "a");
  }
  /* 3 s, doubled each time, up to five minutes. */
  g_assert_cmpint (longest_ms[0], <=, 3000);
  g_assert_cmpint (longest_ms[0], >, 2500);
  g_assert_cmpint (longest_ms[1], >, 3000);
  g_assert_cmpint (longest_ms[11], <=, 300000);
  g_assert_cmpint (longest_ms[11], >, 250000);
}

static void
test_collect (void)
{
  g_autoptr (UcOutboxWaits) waits = _uc_outbox_waits_new (NULL);
  g_autoptr (GHashTable) blocked = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpint (_uc_outbox_waits_collect (waits, 0, blocked), ==, G_MAXINT64);

  _uc_outbox_waits_put (waits, "a", 5000, 0);
  _uc_outbox_waits_put (waits, "b", 2000, 0);
  g_assert_cmpint (_uc_outbox_waits_collect (waits, SECOND_US, blocked), ==, 2 * SECOND_US);
  g_assert_cmpuint (g_hash_table_size (blocked), ==, 2);

  g_hash_table_remove_all (blocked);
  g_assert_cmpint (_uc_outbox_waits_collect (waits, 3 * SECOND_US, blocked), ==, 5 * SECOND_US);
  g_assert_true (g_hash_table_contains (blocked, "a"));
  g_assert_false (g_hash_table_contains (blocked, "b"));

  g_hash_table_remove_all (blocked);
  _uc_outbox_waits_clear (waits);
  g_assert_cmpint (_uc_outbox_waits_collect (waits, 0, blocked), ==, G_MAXINT64);
  g_assert_cmpuint (g_hash_table_size (blocked), ==, 0);
}

/* What the server asked for counts even when the jitter would be kinder. */
static void
test_at_least (void)
{
  g_autoptr (UcOutboxWaits) waits = _uc_outbox_waits_new (NULL);

  g_assert_cmpint (_uc_outbox_waits_fail (waits, "a", 60000, 0), ==, 60000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/sync/outbox-waits/growing", test_growing);
  g_test_add_func ("/sync/outbox-waits/collect", test_collect);
  g_test_add_func ("/sync/outbox-waits/at-least", test_at_least);
  return g_test_run ();
}
