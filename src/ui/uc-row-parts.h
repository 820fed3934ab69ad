/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-row-context.h"

G_BEGIN_DECLS

/* What only some messages have below or beside their text. Each is (transfer floating)
 * (nullable): NULL when the message has none of it. Buttons in them activate the
 * "message." actions of the row they stand in. */
/* @show_flags: whether the flag of AI mode is among them. */
GtkWidget *uc_row_parts_make_badges (gboolean show_flags, const UcMessage *message);
GtkWidget *uc_row_parts_make_files (UcRowContext *context, const UcMessage *message);
GtkWidget *uc_row_parts_make_chips (UcRowContext *context, const UcMessage *message);
GtkWidget *uc_row_parts_make_failed (UcRowContext *context, const UcMessage *message);

G_END_DECLS
