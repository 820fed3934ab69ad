/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Icon and word for a presence: one place, so that sidebar, switcher and menus agree. */
const char *uc_sidebar_presence_icon (UcPresence presence);
const char *uc_sidebar_presence_word (UcPresence presence);
void        uc_sidebar_presence_show (GtkWidget *image, UcPresence presence);

G_END_DECLS
