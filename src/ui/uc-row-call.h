/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-row-context.h"

G_BEGIN_DECLS

/* The buttons of a call that goes on: `message.join-call` with the address, and for who
 * began it `message.end-call`. (nullable) (transfer floating): NULL for all else. */
GtkWidget *uc_row_call_new (UcRowContext *context, const UcMessage *message);

G_END_DECLS
