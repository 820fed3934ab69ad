/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-row-context.h"

G_BEGIN_DECLS

/**
 * UcRowPicture:
 *
 * A picture of a message. Its size is the server's word, taken before a byte is
 * here, so that nothing moves when it comes. Activating it asks to see it large.
 */
#define UC_TYPE_ROW_PICTURE (uc_row_picture_get_type ())
G_DECLARE_FINAL_TYPE (UcRowPicture, uc_row_picture, UC, ROW_PICTURE, GtkWidget)

/* Whether @file is shown as a picture at all: a kind that is decoded, of known size. */
gboolean uc_row_picture_can_show (const UcFile *file);

GtkWidget *uc_row_picture_new (UcRowContext *context, UcFile *file) G_GNUC_WARN_UNUSED_RESULT;
UcFile    *uc_row_picture_get_file (UcRowPicture *self);

G_END_DECLS
