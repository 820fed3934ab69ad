/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-wire-event.h"

G_BEGIN_DECLS

/**
 * UcViews:
 *
 * When the server was last heard to have taken a reading of a channel, or a marking as
 * unread. A membership that was asked for before that may be older, and neither its
 * times nor its counts show it: a mention raises both, and a reading sets the time to
 * that of the channel's last post. Main thread.
 */
typedef struct _UcViews UcViews;

UcViews *_uc_views_new (void) G_GNUC_WARN_UNUSED_RESULT;
void     _uc_views_free (UcViews *self);

void _uc_views_note (UcViews *self, const char *channel_id);
/* If the event tells of one. */
void _uc_views_note_event (UcViews *self, const UcEvent *event);
/* Whether there was one at or after @since_us of the monotonic clock. */
gboolean _uc_views_has_since (UcViews *self, const char *channel_id, gint64 since_us);

G_END_DECLS
