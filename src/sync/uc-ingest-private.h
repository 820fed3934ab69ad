/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-people-private.h"
#include "uc-watermarks-private.h"
#include "uc-wire-event.h"

G_BEGIN_DECLS

/**
 * UcIngest:
 *
 * Events into the store: a table says for each kind what it writes. Events that
 * come while a batch is being written are gathered into the next one. While the
 * lists are being read all events wait, while a channel is fetched its own do, and are
 * applied afterwards, in order. Main thread.
 *
 * Signals:
 *   "aside" (UcIngest *, UcEvent *)              writes nothing: typing, status, flags …
 *   "channel-wanted" (UcIngest *, const char *)  a channel that is not here yet
 *   "channel-gone" (UcIngest *, const char *)
 *   "lists-wanted" (UcIngest *)                  teams or channels changed as a whole
 *   "posted" (UcIngest *, UcMessage *, gboolean mentions_me)   written, by somebody else
 *   "progress" (UcIngest *)                      nothing waits any more
 */
#define UC_TYPE_INGEST (uc_ingest_get_type ())
G_DECLARE_FINAL_TYPE (UcIngest, uc_ingest, UC, INGEST, GObject)

UcIngest *_uc_ingest_new (UcContext    *context,
                          UcPeople     *people,
                          UcWatermarks *watermarks) G_GNUC_WARN_UNUSED_RESULT;

void _uc_ingest_take (UcIngest *self, UcEvent *event);

/* Between these two nothing is applied. Dropping forgets what waits. */
void _uc_ingest_hold (UcIngest *self);
void _uc_ingest_release (UcIngest *self);
void _uc_ingest_drop_held (UcIngest *self);

/* The channels one is in (element-type UcChannel): events of others ask for theirs. */
void     _uc_ingest_set_channels (UcIngest *self, GPtrArray *channels);
void     _uc_ingest_add_channel (UcIngest *self, const char *channel_id);
void     _uc_ingest_refuse_channel (UcIngest *self, const char *channel_id);
gboolean _uc_ingest_is_idle (UcIngest *self);

/* A post that was found by asking: "posted" follows when it is by somebody else and
 * turns out to be new. Whether it mentions one is judged by @username. */
void _uc_ingest_expect (UcIngest *self, const UcPost *post);
void _uc_ingest_set_my_name (UcIngest *self, const char *username);
/* Whether @text calls @username, or everybody (protocol.md 19.1, without keywords). */
gboolean _uc_ingest_mentions (const char *text, const char *username);

G_END_DECLS
