/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-context-private.h"
#include "uc-history-private.h"
#include "uc-wire-event.h"

G_BEGIN_DECLS

/**
 * UcReader:
 *
 * What comes in: joins the lists, the channels, the events and the people into one
 * stream of batches, and knows when an account is up to date. How the connection
 * stands it is told. Main thread.
 *
 * |[
 *   UcReader
 *   ├ UcIngest       events
 *   ├ UcChannelSync  channels that are not up to date
 *   ├ UcHistory      older history
 *   ├ UcPeople       records of people
 *   ├ UcArrivals     channels that turn up
 *   ├ UcWatermarks   up to when each channel is known
 *   └ UcPolling      when to look, without a stream
 * ]|
 *
 * Signals:
 *   "caught-up" (UcReader *)             the lists and the urgent channels are read
 *   "failed" (UcReader *, GError *)      the lists could not be read
 *   "aside" (UcReader *, UcEvent *)      an event that writes nothing
 *   "posted" (UcReader *, UcMessage *, gboolean mentions_me)
 *   "progress" (UcReader *)
 */
#define UC_TYPE_READER (uc_reader_get_type ())
G_DECLARE_FINAL_TYPE (UcReader, uc_reader, UC, READER, GObject)

UcReader *_uc_reader_new (UcContext *context) G_GNUC_WARN_UNUSED_RESULT;

/* The stream broke, or there is none (@connection_id NULL): records that, reads
 * everything that may have been missed, and keeps events back until it goes live. */
void _uc_reader_catch_up (UcReader *self, const char *connection_id);
/* Takes @event. */
void _uc_reader_take (UcReader *self, UcEvent *event);
/* Caught up: events are applied as they come; or, without a stream, it looks. */
void _uc_reader_go_live (UcReader *self);
void _uc_reader_go_polling (UcReader *self);
/* What failed is tried again at once. */
void _uc_reader_retry_now (UcReader *self);
/* The connection is gone, for now. */
void _uc_reader_pause (UcReader *self);
void _uc_reader_stop (UcReader *self);
/* A batch was lost: what is in memory is not to be relied on. */
void _uc_reader_forget (UcReader *self);

void _uc_reader_set_me (UcReader *self, UcUser *me);
/* (nullable): what is on screen, read first. */
void _uc_reader_set_visible (UcReader *self, const char *channel_id);
/* Something of one's own arrived there, and nothing pushes it. */
void _uc_reader_look_at (UcReader *self, const char *channel_id);
/* A channel that is new here, to be fetched; or one that has been. */
void _uc_reader_add_channel (UcReader *self, const char *channel_id);
void _uc_reader_adopt_channel (UcReader *self, UcChannel *channel);
/* Reads every channel that may have changed, also those that nobody looks at. */
void _uc_reader_read_all (UcReader *self, GPtrArray *channel_ids);

UcHistory *_uc_reader_get_history (UcReader *self);
UcPeople  *_uc_reader_get_people (UcReader *self);
gboolean   _uc_reader_is_idle (UcReader *self);

G_END_DECLS
