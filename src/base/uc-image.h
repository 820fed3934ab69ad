/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a picture says of itself in its first bytes; nothing is decoded. */
typedef struct {
  const char *type; /* "image/png"; a constant */
  int         width;
  int         height;
} UcImageInfo;

/* FALSE for what is no PNG, JPEG, GIF or WebP, or whose size can't be read. */
gboolean uc_image_read_info (const guint8 *data, gsize length, UcImageInfo *info);

G_END_DECLS
