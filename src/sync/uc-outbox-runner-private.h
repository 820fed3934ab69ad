/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-context-private.h"

G_BEGIN_DECLS

/**
 * UcOutboxRunner:
 *
 * Drains the outbox while the server can be reached: one operation of a
 * conversation at a time, in the order of queueing, a few conversations side by
 * side. Main thread.
 *
 * Signals:
 *   "progress" (UcOutboxRunner *)                   a row moved on, or there is nothing to do
 *   "arrived" (UcOutboxRunner *, const char *channel_id)   the server took something
 */
#define UC_TYPE_OUTBOX_RUNNER (uc_outbox_runner_get_type ())
G_DECLARE_FINAL_TYPE (UcOutboxRunner, uc_outbox_runner, UC, OUTBOX_RUNNER, GObject)

UcOutboxRunner *_uc_outbox_runner_new (UcContext *context) G_GNUC_WARN_UNUSED_RESULT;

/* Offline nothing new is begun; what is under way may still get its answer. */
void _uc_outbox_runner_set_online (UcOutboxRunner *self, gboolean is_online);
/* Gives up what is under way; it stays open in the store. */
void _uc_outbox_runner_stop (UcOutboxRunner *self);
/* What waits for another try is tried now. */
void _uc_outbox_runner_retry_now (UcOutboxRunner *self);
/* Nothing is under way, and nothing could be sent now. */
gboolean _uc_outbox_runner_is_idle (UcOutboxRunner *self);

G_END_DECLS
