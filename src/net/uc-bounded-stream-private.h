/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * UcBoundedStream:
 *
 * A connection whose reading is counted: after so many bytes without a reset it
 * fails. It first gives back what was already read of the connection. Under a
 * WebSocket it bounds a message that never ends, which the library lets grow.
 */
#define UC_TYPE_BOUNDED_STREAM (_uc_bounded_stream_get_type ())
G_DECLARE_FINAL_TYPE (UcBoundedStream, _uc_bounded_stream, UC, BOUNDED_STREAM, GIOStream)

UcBoundedStream *_uc_bounded_stream_new         (GIOStream       *base,
                                                 GBytes          *pushed_back,
                                                 gsize            limit_bytes) G_GNUC_WARN_UNUSED_RESULT;

/* A message has come to its end. */
void             _uc_bounded_stream_reset       (UcBoundedStream *self);
gboolean         _uc_bounded_stream_is_exceeded (UcBoundedStream *self);

G_END_DECLS
