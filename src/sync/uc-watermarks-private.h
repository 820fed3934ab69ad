/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-context-private.h"

G_BEGIN_DECLS

/**
 * UcWatermarks:
 *
 * Up to which moment of the server's clock each channel is known: everything in it
 * with an `update_at` up to its mark is in the store. Kept as a fact of each channel
 * ("since:<id>"), so a start long after knows what to ask for.
 *
 * A mark rises with events only while the channel is *verified*: read up to now
 * since the stream last broke. Otherwise an event would carry it over a gap. Events
 * raise it in memory; it is written some time later.
 */
#define UC_TYPE_WATERMARKS (uc_watermarks_get_type ())
G_DECLARE_FINAL_TYPE (UcWatermarks, uc_watermarks, UC, WATERMARKS, GObject)

UcWatermarks *_uc_watermarks_new (UcContext *context) G_GNUC_WARN_UNUSED_RESULT;

/* Reads the marks of @channel_ids (element-type utf8) that are not in memory yet. */
void     _uc_watermarks_load_async (UcWatermarks       *self,
                                    GPtrArray          *channel_ids,
                                    GCancellable       *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer            user_data);
gboolean _uc_watermarks_load_finish (UcWatermarks *self, GAsyncResult *result, GError **error);

/* 0: never read. */
gint64   _uc_watermarks_get (UcWatermarks *self, const char *channel_id);
gboolean _uc_watermarks_is_verified (UcWatermarks *self, const char *channel_id);

/* The channel was read up to @mark_ms; recorded in @batch with what was read. */
void
_uc_watermarks_verify (UcWatermarks *self, const char *channel_id, gint64 mark_ms, UcBatch *batch);
/* A channel that has no mark yet is known up to @mark_ms by what else is in @batch: also
 * for whoever does not come to verify it. */
void _uc_watermarks_begin (const char *channel_id, gint64 mark_ms, UcBatch *batch);
/* An event of the channel of that moment is in a batch. */
void _uc_watermarks_raise (UcWatermarks *self, const char *channel_id, gint64 mark_ms);
/* Into a batch behind those that hold the events. */
void _uc_watermarks_flush (UcWatermarks *self, UcBatch *batch);
/* The stream broke. */
void _uc_watermarks_doubt (UcWatermarks *self);
/* A batch was lost: nothing in memory can be relied on. */
void _uc_watermarks_forget (UcWatermarks *self);
/* Nothing is heard of the channel any more; what is stored of it stays known up to here,
 * and coming back asks for what happened since. */
void _uc_watermarks_leave (UcWatermarks *self, const char *channel_id, UcBatch *batch);

G_END_DECLS
