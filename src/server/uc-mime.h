/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The type a file's name speaks of, "" when it speaks of none. */
const char *uc_mime_from_extension (const char *extension);
/* The type it is served as: one that no browser runs. */
const char *uc_mime_get_served (const char *mime_type);
/* Whether a browser may show it in place. */
gboolean uc_mime_is_inline (const char *mime_type);

G_END_DECLS
