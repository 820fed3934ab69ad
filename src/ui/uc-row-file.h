/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "uc-row-context.h"

G_BEGIN_DECLS

/**
 * UcRowFile:
 *
 * A file of a message: what it is and how large, how far it is while it moves, and what
 * can be done with it.
 */
#define UC_TYPE_ROW_FILE (uc_row_file_get_type ())
G_DECLARE_FINAL_TYPE (UcRowFile, uc_row_file, UC, ROW_FILE, GtkWidget)

/* @send_state: of the message it belongs to */
GtkWidget *uc_row_file_new (UcRowContext *context,
                            UcFile       *file,
                            UcSendState   send_state) G_GNUC_WARN_UNUSED_RESULT;
/* Whether it waits to be sent: it has no id of the server's yet. */
gboolean   uc_row_file_is_local (const UcFile *file);

G_END_DECLS
