/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The keys of the program: one table, which the application is told and the dialog
 * shows, so that they cannot differ. */

void       uc_shortcuts_install (GtkApplication *application);
AdwDialog *uc_shortcuts_dialog_new (void);

G_END_DECLS
