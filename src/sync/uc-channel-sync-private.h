/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-channel-read-private.h"

G_BEGIN_DECLS

/**
 * UcChannelSync:
 *
 * The second half of catching up: brings channels up to date, the most urgent
 * first. A channel that fails for a passing reason is tried again. Main thread.
 *
 * Signals: "progress" (UcChannelSync *), after each channel
 */
#define UC_TYPE_CHANNEL_SYNC (uc_channel_sync_get_type ())
G_DECLARE_FINAL_TYPE (UcChannelSync, uc_channel_sync, UC, CHANNEL_SYNC, GObject)

UcChannelSync *_uc_channel_sync_new (UcContext    *context,
                                     UcPeople     *people,
                                     UcWatermarks *watermarks,
                                     UcIngest     *ingest) G_GNUC_WARN_UNUSED_RESULT;

/* Whether new posts are to be told of ("posted"): while nothing pushes them. */
void _uc_channel_sync_set_announcing (UcChannelSync *self, gboolean is_announcing);
/* A channel that waits already moves forward when @lane is more urgent. */
void
_uc_channel_sync_add (UcChannelSync *self, const char *channel_id, UcLane lane, UcReadDepth depth);
void _uc_channel_sync_remove (UcChannelSync *self, const char *channel_id);
void _uc_channel_sync_clear (UcChannelSync *self);
/* What failed and waits to be tried again does not wait any longer. */
void _uc_channel_sync_retry_now (UcChannelSync *self);
/* No channel as urgent as @lane or more waits for its turn or is under way. One that
 * failed holds nobody up: it is tried again by and by. */
gboolean _uc_channel_sync_is_done (UcChannelSync *self, UcLane lane);

G_END_DECLS
