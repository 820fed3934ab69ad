/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * UcOutboxWaits:
 *
 * Conversations whose next operation failed for a passing reason, and until when each
 * waits. Times are monotonic, in µs.
 */
typedef struct _UcOutboxWaits UcOutboxWaits;

UcOutboxWaits *_uc_outbox_waits_new (GRand *rand) G_GNUC_WARN_UNUSED_RESULT;
void           _uc_outbox_waits_free (UcOutboxWaits *self);

/* One more failure: waits longer each time, at least @min_ms. Gives the wait in ms. */
gint64
_uc_outbox_waits_fail (UcOutboxWaits *self, const char *channel_id, gint64 min_ms, gint64 now_us);
/* Waits without a failure of its own. */
void
_uc_outbox_waits_put (UcOutboxWaits *self, const char *channel_id, gint64 wait_ms, gint64 now_us);
void _uc_outbox_waits_succeed (UcOutboxWaits *self, const char *channel_id);
void _uc_outbox_waits_clear (UcOutboxWaits *self);
/* Adds the ids of those that wait still to @channel_ids; gives when the first of them
 * is due, G_MAXINT64 when there is none. */
gint64 _uc_outbox_waits_collect (UcOutboxWaits *self, gint64 now_us, GHashTable *channel_ids);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcOutboxWaits, _uc_outbox_waits_free)

G_END_DECLS
