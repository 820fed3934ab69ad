/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Standard emoji by their short names; the table is made from Unicode's own data
 * by build-aux and ships as a sorted array. Borrowed; NULL when not known. */
const char *uc_emoji_from_name     (const char *short_name);
const char *uc_emoji_to_name       (const char *emoji);
/* (element-type utf8) short names beginning with or containing @prefix, best first. */
GPtrArray  *uc_emoji_complete      (const char *prefix,
                                    guint       limit) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
