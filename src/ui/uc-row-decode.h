/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/* Pictures from outside, decoded within bounds. */
void        uc_row_decode_async (const char         *path,
                                 int                 max_width,
                                 int                 max_height,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data);
GdkTexture *uc_row_decode_finish (GAsyncResult *result, GError **error);
/* The few pixels that a server sends along, (nullable) when they are none. */
GdkTexture *uc_row_decode_mini (const char *base64) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
