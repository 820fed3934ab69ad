/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs the new way of doing a thing under watch: times it, counts it, falls back to
 * the traditional way, and turns the flag off for the session when it keeps failing. */

#include "config.h"

#include "uc-guard.h"

#include "uc-flags-private.h"

#include <gio/gio.h>

#define TRIP_AFTER 3

/* (transfer full) @failure: why the new way failed. */
static gboolean
run_fallback (UcFlags    *flags,
              UcFlagId    flag,
              UcGuardFunc fallback,
              gpointer    user_data,
              GError     *failure,
              GError    **error)
{
  UcGuardState *state = _uc_flags_get_guard_state (flags, flag);

  if (!uc_flags_has_fallback (flags, flag)) {
    g_propagate_error (error, failure);
    return FALSE;
  }

  g_message ("%s failed, the traditional way is used: %s", uc_flag_get_name (flag),
             failure->message);
  if (state->n_errors_in_a_row >= TRIP_AFTER)
    uc_flags_trip (flags, flag, failure->message);
  g_error_free (failure);
  state->counts.n_fallback++;
  return fallback (user_data, error);
}

/**
 * uc_guard_run:
 * @flags: the flags in force
 * @flag: what guards @primary
 * @primary: the new way
 * @fallback: the traditional way
 * @user_data: for both
 *
 * A cancelled @primary counts neither way and is not done over. Main thread.
 *
 * Errors: those of @fallback; those of @primary when the flag has no fallback or it
 *   was cancelled
 *
 * Returns: %TRUE when one of them worked
 */
gboolean
uc_guard_run (UcFlags    *flags,
              UcFlagId    flag,
              UcGuardFunc primary,
              UcGuardFunc fallback,
              gpointer    user_data,
              GError    **error)
{
  g_autoptr (GError) failure = NULL;
  UcGuardState *state;
  gint64        start_us;
  gboolean      is_done;

  g_return_val_if_fail (UC_IS_FLAGS (flags), FALSE);
  g_return_val_if_fail (primary != NULL && fallback != NULL, FALSE);

  if (!uc_flags_is_on (flags, flag))
    return fallback (user_data, error);

  state = _uc_flags_get_guard_state (flags, flag);
  start_us = g_get_monotonic_time ();
  is_done = primary (user_data, &failure);
  state->counts.total_us += g_get_monotonic_time () - start_us;
  if (is_done) {
    state->counts.n_ok++;
    state->n_errors_in_a_row = 0;
    return TRUE;
  }
  g_assert (failure != NULL);
  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_propagate_error (error, g_steal_pointer (&failure));
    return FALSE;
  }

  state->counts.n_error++;
  state->n_errors_in_a_row++;
  return run_fallback (flags, flag, fallback, user_data, g_steal_pointer (&failure), error);
}

/**
 * uc_guard_get_counts:
 * @flags: the flags in force
 * @flag: which of them
 * @counts: (out caller-allocates): what happened in this session
 */
void
uc_guard_get_counts (UcFlags *flags, UcFlagId flag, UcGuardCounts *counts)
{
  g_return_if_fail (UC_IS_FLAGS (flags) && counts != NULL);

  *counts = _uc_flags_get_guard_state (flags, flag)->counts;
}
