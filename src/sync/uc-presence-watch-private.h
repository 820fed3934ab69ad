/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-context-private.h"

G_BEGIN_DECLS

/**
 * UcPresenceWatch:
 *
 * Who is there. A server pushes only one's own status (protocol.md 13), so people
 * who are being looked at are asked about once a minute. Asking for somebody's
 * presence is looking. Main thread.
 *
 * Signals: "changed" (UcPresenceWatch *), also after each round
 */
#define UC_TYPE_PRESENCE_WATCH (uc_presence_watch_get_type ())
G_DECLARE_FINAL_TYPE (UcPresenceWatch, uc_presence_watch, UC, PRESENCE_WATCH, GObject)

UcPresenceWatch *_uc_presence_watch_new (UcContext *context) G_GNUC_WARN_UNUSED_RESULT;

UcPresence _uc_presence_watch_get (UcPresenceWatch *self, const char *user_id);
void _uc_presence_watch_take (UcPresenceWatch *self, const char *user_id, UcPresence presence);
/* Offline nobody is known to be there. */
void _uc_presence_watch_set_online (UcPresenceWatch *self, gboolean is_online);

G_END_DECLS
