/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A local file, or @length_bytes of it from @offset_bytes on (0: to its end), opened for
 * sending, with the size of that. UC_ERROR_STORAGE, also when it is shorter. */
void          _uc_upload_open_async  (const char          *path,
                                      gint64               offset_bytes,
                                      gint64               length_bytes,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
GInputStream *_uc_upload_open_finish (GAsyncResult        *result,
                                      gint64              *size_bytes,
                                      GError             **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
