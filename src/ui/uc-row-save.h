/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "uc-session.h"

G_BEGIN_DECLS

/* Fetches a file and opens it, or saves a copy where the user says. Errors: those of
 * fetching and of the disk; GTK_DIALOG_ERROR_DISMISSED when a dialog was closed. */
void     uc_row_save_open_async (UcSession          *session,
                                 UcFile             *file,
                                 GtkWidget          *parent,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data);
void     uc_row_save_save_async (UcSession          *session,
                                 UcFile             *file,
                                 GtkWidget          *parent,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data);
gboolean uc_row_save_finish (GAsyncResult *result, GError **error);

G_END_DECLS
