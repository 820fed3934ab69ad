/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-context-private.h"
#include "uc-flag-sync-private.h"
#include "uc-outbox-runner-private.h"
#include "uc-reader-private.h"
#include "uc-secrets.h"
#include "uc-sync-state-private.h"

G_BEGIN_DECLS

/**
 * UcEngine:
 *
 * Connects an account with its server and keeps it connected: token, reachability,
 * stream or polling, waiting and trying again. It drives the state machine and tells
 * the reader and the outbox when they may work; what they do it does not know. Main
 * thread.
 *
 * Signals:
 *   "state-changed" (UcEngine *)
 *   "progress" (UcEngine *)
 *   "me" (UcEngine *, UcUser *)   one's own record, on each connection
 */
#define UC_TYPE_ENGINE (uc_engine_get_type ())
G_DECLARE_FINAL_TYPE (UcEngine, uc_engine, UC, ENGINE, GObject)

UcEngine *_uc_engine_new (UcContext *context, UcSecrets *secrets) G_GNUC_WARN_UNUSED_RESULT;

void _uc_engine_start (UcEngine *self);
void _uc_engine_stop (UcEngine *self);
void _uc_engine_retry_now (UcEngine *self);
/* Lets the desktop ask for the keyring's password, then tries again. */
void _uc_engine_unlock (UcEngine *self);

UcSyncState _uc_engine_get_state (UcEngine *self);
const char *_uc_engine_get_reason (UcEngine *self);
gint64      _uc_engine_get_next_try_ms (UcEngine *self);

UcReader       *_uc_engine_get_reader (UcEngine *self);
UcOutboxRunner *_uc_engine_get_outbox (UcEngine *self);
UcFlagSync     *_uc_engine_get_flag_sync (UcEngine *self);
void _uc_engine_send_typing (UcEngine *self, const char *channel_id, const char *root_id);
void _uc_engine_send_active (UcEngine *self, gboolean is_active);

/* Connected, everything read, and nothing that could be sent now. */
gboolean _uc_engine_is_settled (UcEngine *self);

G_END_DECLS
