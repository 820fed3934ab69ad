/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The bytes of a PNG file. @pixels are rows of red, green and blue bytes; @title
 * (nullable) is ASCII and written into the file. */
GBytes *uc_demo_png_encode (const guint8 *pixels,
                            int           width,
                            int           height,
                            const char   *title,
                            GError      **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
