/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The pictures of the demo, drawn when they are wanted. */

gboolean uc_demo_picture_exists (const char *name);
/* A PNG file. @title is written into it. */
GBytes *uc_demo_picture_draw (const char *name,
                              const char *title,
                              int        *width,
                              int        *height,
                              GError    **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
