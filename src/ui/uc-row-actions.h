/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The few buttons over the message at hand; they activate the "message." actions of the
 * row they stand in. */
GtkWidget *uc_row_actions_new (gboolean is_thread) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
