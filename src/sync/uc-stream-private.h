/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-context-private.h"
#include "uc-wire-event.h"

G_BEGIN_DECLS

/* What the number of an event says about it. */
typedef enum {
  UC_STREAM_NEXT,      /* the one that was due: process it */
  UC_STREAM_DUPLICATE, /* seen before: drop it */
  UC_STREAM_GAP,       /* something between was lost */
} UcStreamVerdict;

UcStreamVerdict _uc_stream_judge (gint64 next_seq, gint64 seq);

/**
 * UcStream:
 *
 * The continuous stream of events over WebSocket connections that come and go
 * (protocol.md 18.7): knows its connection id and the number of the next event,
 * resumes with both, drops what comes twice, notices what is missing, and finds out
 * with a ping action every 30 s when the other end is gone. When to connect is for
 * the engine to say. Main thread.
 *
 * Signals:
 *   "ready" (UcStream *, gboolean is_resumed)   fresh: everything before was missed
 *   "lost" (UcStream *, gboolean was_ready, GError *)   once for each open
 */
#define UC_TYPE_STREAM (uc_stream_get_type ())
G_DECLARE_FINAL_TYPE (UcStream, uc_stream, UC, STREAM, GObject)

/* Gets the events, each once and in order; takes @event. */
typedef void (*UcStreamSink) (UcEvent *event, gpointer user_data);

UcStream *_uc_stream_new (UcContext   *context,
                          UcStreamSink sink,
                          gpointer     sink_data) G_GNUC_WARN_UNUSED_RESULT;

/* Connects, resuming where the last connection ended if it can. */
void _uc_stream_open (UcStream *self);
/* Silently: no "lost" follows. */
void _uc_stream_close (UcStream *self);
/* The next open starts a fresh stream. */
void _uc_stream_forget (UcStream *self);
/* The network changed: find out within seconds whether the other end is there. */
void _uc_stream_check (UcStream *self);

gboolean _uc_stream_is_ready (UcStream *self);
/* (nullable) */
const char *_uc_stream_get_connection_id (UcStream *self);

void _uc_stream_send_typing (UcStream *self, const char *channel_id, const char *root_id);
void _uc_stream_send_active (UcStream *self, gboolean is_active);

G_END_DECLS
