/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Of the compiled resources (uc-ui-resources.c). Calling it keeps them linked. */
GResource *uc_ui_get_resource (void);

void uc_ui_load_style (GdkDisplay *display);

G_END_DECLS
