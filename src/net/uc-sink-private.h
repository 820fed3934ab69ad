/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * UcSink:
 *
 * Where the body of an answer goes: into memory or, by way of a temporary file
 * beside it, into a file. Reads a stream to its end and takes no more than so many
 * bytes of it.
 */
typedef struct _UcSink UcSink;

typedef void (*UcSinkProgress) (gint64   n_bytes,
                                gpointer user_data);

UcSink *_uc_sink_new         (gint64               limit_bytes,
                              gboolean             may_cut,
                              const char          *path) G_GNUC_WARN_UNUSED_RESULT;
void    _uc_sink_free        (UcSink              *self);
/* What comes is put behind the @offset_bytes that came earlier, and stays for another
 * time when it breaks off. */
void    _uc_sink_set_resumed (UcSink              *self,
                              gint64               offset_bytes);

void    _uc_sink_read_async  (UcSink              *self,
                              GInputStream        *stream,
                              UcSinkProgress       progress,
                              gpointer             progress_data,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data);
GBytes *_uc_sink_read_finish (UcSink              *self,
                              GAsyncResult        *result,
                              GError             **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcSink, _uc_sink_free)

G_END_DECLS
