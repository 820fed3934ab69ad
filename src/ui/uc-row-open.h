/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Hands a file that was fetched to another program: under its own name, as a copy, and
 * not without asking when it is a program itself, or is not what its name says. Errors:
 * GTK_DIALOG_ERROR_DISMISSED when a person thought better of it, else of the disk and
 * the desktop. */
void     uc_row_open_async (const char         *path,
                            const char         *file_id,
                            const char         *name,
                            const char         *folder,
                            GtkWidget          *parent,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data);
gboolean uc_row_open_finish (GAsyncResult *result, GError **error);

/* Copies @path to @target, which a person has chosen. What was not there is not written
 * over; what was, the chooser has asked about. Never executable. */
void     uc_row_open_copy_async (const char         *path,
                                 GFile              *target,
                                 gboolean            may_replace,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data);
gboolean uc_row_open_copy_finish (GAsyncResult *result, GError **error);

G_END_DECLS
