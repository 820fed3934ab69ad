/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Looks at JSON text before a parser does. FALSE and UC_ERROR_PROTOCOL when it must
 * not reach one; else *@rewritten is NULL when @text may be parsed as it is, or the
 * text to parse instead. */
gboolean _uc_json_scan (const char *text,
                        gsize       length,
                        gboolean    is_mending,
                        GString   **rewritten,
                        GError    **error);

G_END_DECLS
