/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/**
 * UcRowAnimation:
 *
 * A moving picture, decoded within bounds before it is shown. It moves only while it is
 * told to. Main thread.
 */
#define UC_TYPE_ROW_ANIMATION (uc_row_animation_get_type ())
G_DECLARE_FINAL_TYPE (UcRowAnimation, uc_row_animation, UC, ROW_ANIMATION, GObject)

/* finish: (nullable) without an error for a picture that does not move. */
void            uc_row_animation_load_async (const char         *path,
                                             GCancellable       *cancellable,
                                             GAsyncReadyCallback callback,
                                             gpointer            user_data);
UcRowAnimation *uc_row_animation_load_finish (GAsyncResult *result, GError **error);

void     uc_row_animation_set_playing (UcRowAnimation *self, gboolean is_playing);
gboolean uc_row_animation_is_playing (UcRowAnimation *self);
guint    uc_row_animation_get_n_frames (UcRowAnimation *self);
/* (transfer none): what is shown at this moment */
GdkTexture *uc_row_animation_get_frame (UcRowAnimation *self);

G_END_DECLS
