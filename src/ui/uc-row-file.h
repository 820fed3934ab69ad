/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-row-context.h"

G_BEGIN_DECLS

/**
 * UcRowFile:
 *
 * A file of a message that is no picture: name, size, and buttons that open it or
 * save a copy; fetching can be cancelled.
 */
#define UC_TYPE_ROW_FILE (uc_row_file_get_type ())
G_DECLARE_FINAL_TYPE (UcRowFile, uc_row_file, UC, ROW_FILE, GtkWidget)

GtkWidget *uc_row_file_new (UcRowContext *context, UcFile *file) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
