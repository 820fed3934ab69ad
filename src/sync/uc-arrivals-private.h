/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-context-private.h"

G_BEGIN_DECLS

/**
 * UcArrivals:
 *
 * Channels that turn up while one is connected: one was added, somebody wrote for the
 * first time. Fetches each with one's membership, once however often it is named.
 * Main thread.
 *
 * Signals:
 *   "arrived" (UcArrivals *, UcChannel *)   written
 *   "missed" (UcArrivals *)                 one was not fetched; the lists name it as well
 *   "refused" (UcArrivals *, const char *)  one may not see it, so it is none of ours
 *   "progress" (UcArrivals *)
 */
#define UC_TYPE_ARRIVALS (uc_arrivals_get_type ())
G_DECLARE_FINAL_TYPE (UcArrivals, uc_arrivals, UC, ARRIVALS, GObject)

UcArrivals *_uc_arrivals_new (UcContext *context) G_GNUC_WARN_UNUSED_RESULT;

void _uc_arrivals_fetch (UcArrivals *self, const char *channel_id);
/* Gives up what is under way. */
void     _uc_arrivals_stop (UcArrivals *self);
gboolean _uc_arrivals_is_idle (UcArrivals *self);

G_END_DECLS
