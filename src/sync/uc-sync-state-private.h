/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-session.h"

G_BEGIN_DECLS

#define UC_N_SYNC_STATES (UC_SYNC_NEEDS_LOGIN + 1)

/* What can happen to an account's connection. */
typedef enum {
  UC_SYNC_INPUT_START,
  UC_SYNC_INPUT_STOP,
  UC_SYNC_INPUT_TRY,            /* the wait is over, the network came back, a person asks */
  UC_SYNC_INPUT_TOKEN_MISSING,  /* keyring locked or empty */
  UC_SYNC_INPUT_SESSION_ENDED,  /* the server does not know the token any more */
  UC_SYNC_INPUT_UNREACHABLE,    /* no answer, or none that can be used */
  UC_SYNC_INPUT_STREAM_FRESH,   /* hello with a new connection id */
  UC_SYNC_INPUT_STREAM_RESUMED, /* nothing was missed */
  UC_SYNC_INPUT_STREAM_REFUSED, /* HTTP answers, the socket is not to be had or not wanted */
  UC_SYNC_INPUT_STREAM_LOST,
  UC_SYNC_INPUT_CAUGHT_UP_STREAM, /* caught up with the socket open */
  UC_SYNC_INPUT_CAUGHT_UP_ALONE,  /* caught up without one */
  UC_SYNC_INPUT_REALTIME_OFF,     /* the flag went off */
  UC_N_SYNC_INPUTS,
} UcSyncInput;

UcSyncState _uc_sync_state_next (UcSyncState state, UcSyncInput input);
const char *_uc_sync_state_to_string (UcSyncState state);

/* Whether the server may be asked and told things in @state. */
gboolean _uc_sync_state_is_online (UcSyncState state);

G_END_DECLS
