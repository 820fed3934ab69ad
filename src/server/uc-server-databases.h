/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-worker.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Opens the file of the server twice: made and brought up to date for @writer, for
 * reading for @reader. Main thread. */
void     uc_server_databases_open_async (const char         *data_dir,
                                         UcWorker           *writer,
                                         UcWorker           *reader,
                                         GAsyncReadyCallback callback,
                                         gpointer            user_data);
gboolean uc_server_databases_open_finish (GAsyncResult *result, GError **error);

G_END_DECLS
