/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* For tests with a display. */

/* g_test_init() with folders of its own, then the toolkit and the room's styles. */
void uc_display_init (int *argc, char ***argv);

/* Runs the main loop until what is queued for @widget is laid out and drawn. */
void uc_display_settle (GtkWidget *widget);
/* Saves what @widget looks like as <UC_TEST_SHOTS>/<name>.png, when that folder is named
 * in the environment: for looking at, nothing is compared. */
void uc_display_shot (GtkWidget *widget, const char *name);

G_END_DECLS
