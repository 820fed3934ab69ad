/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A person as a disc with initials, drawn into what is being drawn. */
void uc_row_avatar_snapshot (GtkWidget   *widget,
                             GtkSnapshot *snapshot,
                             const char  *user_id,
                             const char  *initials,
                             int          x,
                             int          y,
                             int          size);

G_END_DECLS
