/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-context-private.h"

G_BEGIN_DECLS

/* Files that wait to be sent: copied into the folder `files/` beside the store when a
 * message is queued, so that it does not matter what becomes of the originals. */

/* @max_bytes: what the server takes; 0: not known. finish: (element-type UcFile), each
 * with its local path, safely on the disk. UC_ERROR_INVALID for what cannot be sent,
 * UC_ERROR_STORAGE when the disk refuses. */
void       _uc_file_intake_async (UcContext          *context,
                                  const char         *op_id,
                                  const char *const  *paths,
                                  gint64              max_bytes,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data);
GPtrArray *_uc_file_intake_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Deletes copies that no operation waits with any more. */
void _uc_file_intake_clean (UcContext *context);

G_END_DECLS
