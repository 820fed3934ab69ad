/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The transition function: every arrow, and that nothing else moves. */

#include "config.h"

#include "uc-sync-state-private.h"

#define S(name) UC_SYNC_##name
#define I(name) UC_SYNC_INPUT_##name

static const struct {
  UcSyncState from;
  UcSyncInput input;
  UcSyncState to;
} arrows[] = {
  { S (STOPPED), I (START), S (CONNECTING) },

  { S (CONNECTING), I (TOKEN_MISSING), S (NEEDS_TOKEN) },
  { S (CONNECTING), I (SESSION_ENDED), S (NEEDS_LOGIN) },
  { S (CONNECTING), I (UNREACHABLE), S (OFFLINE) },
  { S (CONNECTING), I (STREAM_FRESH), S (CATCHING_UP) },
  { S (CONNECTING), I (STREAM_RESUMED), S (LIVE) },
  { S (CONNECTING), I (STREAM_REFUSED), S (CATCHING_UP) },
  { S (CONNECTING), I (STOP), S (STOPPED) },

  { S (CATCHING_UP), I (CAUGHT_UP_STREAM), S (LIVE) },
  { S (CATCHING_UP), I (CAUGHT_UP_ALONE), S (POLLING) },
  { S (CATCHING_UP), I (STREAM_LOST), S (CONNECTING) },
  { S (CATCHING_UP), I (UNREACHABLE), S (OFFLINE) },
  { S (CATCHING_UP), I (SESSION_ENDED), S (NEEDS_LOGIN) },
  { S (CATCHING_UP), I (STOP), S (STOPPED) },

  { S (LIVE), I (STREAM_LOST), S (CONNECTING) },
  { S (LIVE), I (REALTIME_OFF), S (CATCHING_UP) },
  { S (LIVE), I (SESSION_ENDED), S (NEEDS_LOGIN) },
  { S (LIVE), I (STOP), S (STOPPED) },

  { S (POLLING), I (STREAM_FRESH), S (CATCHING_UP) },
  { S (POLLING), I (STREAM_RESUMED), S (CATCHING_UP) },
  { S (POLLING), I (UNREACHABLE), S (OFFLINE) },
  { S (POLLING), I (SESSION_ENDED), S (NEEDS_LOGIN) },
  { S (POLLING), I (STOP), S (STOPPED) },

  { S (OFFLINE), I (TRY), S (CONNECTING) },
  { S (OFFLINE), I (SESSION_ENDED), S (NEEDS_LOGIN) },
  { S (OFFLINE), I (STOP), S (STOPPED) },

  { S (NEEDS_TOKEN), I (TRY), S (CONNECTING) },
  { S (NEEDS_TOKEN), I (STOP), S (STOPPED) },
  { S (NEEDS_LOGIN), I (TRY), S (CONNECTING) },
  { S (NEEDS_LOGIN), I (STOP), S (STOPPED) },
};

static UcSyncState
find_target (UcSyncState from, UcSyncInput input)
{
  for (guint i = 0; i < G_N_ELEMENTS (arrows); i++)
    if (arrows[i].from == from && arrows[i].input == input)
      return arrows[i].to;
  return from;
}

static void
test_table (void)
{
  for (UcSyncState from = 0; from < UC_N_SYNC_STATES; from++)
    for (UcSyncInput input = 0; input < UC_N_SYNC_INPUTS; input++)
      g_assert_cmpint (_uc_sync_state_next (from, input), ==, find_target (from, input));
}

/* Whatever happens, one can stop, and no state but STOPPED is a dead end. */
static void
test_ways_out (void)
{
  for (UcSyncState from = 0; from < UC_N_SYNC_STATES; from++) {
    guint n_ways = 0;

    g_assert_cmpint (_uc_sync_state_next (from, I (STOP)), ==, S (STOPPED));
    for (UcSyncInput input = 0; input < UC_N_SYNC_INPUTS; input++)
      if (input != I (STOP) && _uc_sync_state_next (from, input) != from)
        n_ways++;
    g_assert_cmpuint (n_ways, >, 0);
  }
}

static void
test_names (void)
{
  for (UcSyncState a = 0; a < UC_N_SYNC_STATES; a++) {
    g_assert_nonnull (_uc_sync_state_to_string (a));
    for (UcSyncState b = 0; b < a; b++)
      g_assert_cmpstr (_uc_sync_state_to_string (a), !=, _uc_sync_state_to_string (b));
  }
}

static void
test_online (void)
{
  g_assert_true (_uc_sync_state_is_online (S (LIVE)));
  g_assert_true (_uc_sync_state_is_online (S (POLLING)));
  g_assert_true (_uc_sync_state_is_online (S (CATCHING_UP)));
  g_assert_false (_uc_sync_state_is_online (S (CONNECTING)));
  g_assert_false (_uc_sync_state_is_online (S (OFFLINE)));
  g_assert_false (_uc_sync_state_is_online (S (NEEDS_LOGIN)));
  g_assert_false (_uc_sync_state_is_online (S (NEEDS_TOKEN)));
  g_assert_false (_uc_sync_state_is_online (S (STOPPED)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/sync/sync-state/table", test_table);
  g_test_add_func ("/sync/sync-state/ways-out", test_ways_out);
  g_test_add_func ("/sync/sync-state/names", test_names);
  g_test_add_func ("/sync/sync-state/online", test_online);
  return g_test_run ();
}
