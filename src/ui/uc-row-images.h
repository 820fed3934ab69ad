/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

#include "uc-session.h"

G_BEGIN_DECLS

/**
 * UcRowImages:
 *
 * The pictures of a list, as large as they are shown: fetched through the session,
 * decoded within bounds, and kept while there is room for those that were shown
 * last. Main thread.
 */
#define UC_TYPE_ROW_IMAGES (uc_row_images_get_type ())
G_DECLARE_FINAL_TYPE (UcRowImages, uc_row_images, UC, ROW_IMAGES, GObject)

UcRowImages *uc_row_images_new (UcSession *session) G_GNUC_WARN_UNUSED_RESULT;

/* (nullable) (transfer none): what is there already */
GdkTexture *uc_row_images_peek (UcRowImages *self, UcFile *file);
void        uc_row_images_load_async (UcRowImages        *self,
                                      UcFile             *file,
                                      int                 max_width,
                                      int                 max_height,
                                      GCancellable       *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer            user_data);
GdkTexture *uc_row_images_load_finish (UcRowImages *self, GAsyncResult *result, GError **error);

G_END_DECLS
