/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Text and names from outside, made safe to show, to lay out or to save under.
 * All give valid UTF-8 and are idempotent. */

char    *uc_sanitize_text        (const char *text,
                                  gssize      length) G_GNUC_WARN_UNUSED_RESULT;
char    *uc_sanitize_name        (const char *name) G_GNUC_WARN_UNUSED_RESULT;
char    *uc_sanitize_file_name   (const char *name) G_GNUC_WARN_UNUSED_RESULT;
gboolean uc_sanitize_link        (const char  *uri,
                                  char       **shown_host);

G_END_DECLS
