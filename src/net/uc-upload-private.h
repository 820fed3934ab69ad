/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A local file opened for sending, with its size. UC_ERROR_STORAGE. */
void          _uc_upload_open_async  (const char          *path,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
GInputStream *_uc_upload_open_finish (GAsyncResult        *result,
                                      gint64              *size_bytes,
                                      GError             **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
