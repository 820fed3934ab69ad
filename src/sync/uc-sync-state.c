/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where an account stands with its server, and the one table that says how it gets
 * from there to somewhere else. It does nothing: the engine acts on the outcome. */

#include "config.h"

#include "uc-sync-state-private.h"

/* 0 is "stays as it is", so that only the arrows stand in the table. */
#define TO(state) (UC_SYNC_##state + 1)

static const guint8 transitions[UC_N_SYNC_STATES][UC_N_SYNC_INPUTS] = {
  [UC_SYNC_STOPPED] = {
    [UC_SYNC_INPUT_START] = TO (CONNECTING),
  },
  [UC_SYNC_OFFLINE] = {
    [UC_SYNC_INPUT_STOP] = TO (STOPPED),
    [UC_SYNC_INPUT_TRY] = TO (CONNECTING),
    [UC_SYNC_INPUT_SESSION_ENDED] = TO (NEEDS_LOGIN),
  },
  [UC_SYNC_CONNECTING] = {
    [UC_SYNC_INPUT_STOP] = TO (STOPPED),
    [UC_SYNC_INPUT_TOKEN_MISSING] = TO (NEEDS_TOKEN),
    [UC_SYNC_INPUT_SESSION_ENDED] = TO (NEEDS_LOGIN),
    [UC_SYNC_INPUT_UNREACHABLE] = TO (OFFLINE),
    [UC_SYNC_INPUT_STREAM_FRESH] = TO (CATCHING_UP),
    [UC_SYNC_INPUT_STREAM_RESUMED] = TO (LIVE),
    [UC_SYNC_INPUT_STREAM_REFUSED] = TO (CATCHING_UP),
  },
  [UC_SYNC_CATCHING_UP] = {
    [UC_SYNC_INPUT_STOP] = TO (STOPPED),
    [UC_SYNC_INPUT_SESSION_ENDED] = TO (NEEDS_LOGIN),
    [UC_SYNC_INPUT_UNREACHABLE] = TO (OFFLINE),
    [UC_SYNC_INPUT_STREAM_LOST] = TO (CONNECTING),
    [UC_SYNC_INPUT_CAUGHT_UP_STREAM] = TO (LIVE),
    [UC_SYNC_INPUT_CAUGHT_UP_ALONE] = TO (POLLING),
  },
  [UC_SYNC_LIVE] = {
    [UC_SYNC_INPUT_STOP] = TO (STOPPED),
    [UC_SYNC_INPUT_SESSION_ENDED] = TO (NEEDS_LOGIN),
    [UC_SYNC_INPUT_STREAM_LOST] = TO (CONNECTING),
    /* Not straight to POLLING: between the last push and the first question there
     * is a gap like any other. */
    [UC_SYNC_INPUT_REALTIME_OFF] = TO (CATCHING_UP),
  },
  [UC_SYNC_POLLING] = {
    [UC_SYNC_INPUT_STOP] = TO (STOPPED),
    [UC_SYNC_INPUT_SESSION_ENDED] = TO (NEEDS_LOGIN),
    [UC_SYNC_INPUT_UNREACHABLE] = TO (OFFLINE),
    [UC_SYNC_INPUT_STREAM_FRESH] = TO (CATCHING_UP),
    /* Nothing was missed, but nothing was kept in order meanwhile either. */
    [UC_SYNC_INPUT_STREAM_RESUMED] = TO (CATCHING_UP),
  },
  [UC_SYNC_NEEDS_TOKEN] = {
    [UC_SYNC_INPUT_STOP] = TO (STOPPED),
    [UC_SYNC_INPUT_TRY] = TO (CONNECTING),
  },
  [UC_SYNC_NEEDS_LOGIN] = {
    [UC_SYNC_INPUT_STOP] = TO (STOPPED),
    [UC_SYNC_INPUT_TRY] = TO (CONNECTING),
  },
};

/**
 * _uc_sync_state_next:
 * @state: where the account stands
 * @input: what happened
 *
 * The transition function. What does not matter in @state leaves it as it is: late
 * answers of a connection that is gone are common.
 *
 * Returns: where it stands now
 */
UcSyncState
_uc_sync_state_next (UcSyncState state, UcSyncInput input)
{
  guint8 next;

  g_return_val_if_fail ((guint) state < UC_N_SYNC_STATES, state);
  g_return_val_if_fail ((guint) input < UC_N_SYNC_INPUTS, state);

  next = transitions[state][input];
  return next == 0 ? state : (UcSyncState) (next - 1);
}

/**
 * _uc_sync_state_to_string:
 * @state: a state
 *
 * Returns: its name, for logs and debug information
 */
const char *
_uc_sync_state_to_string (UcSyncState state)
{
  static const char *const names[UC_N_SYNC_STATES] = {
    "stopped", "offline", "connecting",  "catching up",
    "live",    "polling", "needs token", "needs login",
  };

  g_return_val_if_fail ((guint) state < UC_N_SYNC_STATES, NULL);

  return names[state];
}

gboolean
_uc_sync_state_is_online (UcSyncState state)
{
  return state == UC_SYNC_CATCHING_UP || state == UC_SYNC_LIVE || state == UC_SYNC_POLLING;
}
