/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Lets assistive technology say something, while the window is the one in use. */
void uc_row_announce (GtkWidget *widget, const char *text);

G_END_DECLS
