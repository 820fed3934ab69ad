/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Text and names from outside, made safe to show, to lay out or to save under.
 * All give valid UTF-8 and are idempotent. */

char    *uc_sanitize_text        (const char  *text,
                                  gssize       length) G_GNUC_WARN_UNUSED_RESULT;
/* For layout only: a place to break in every run that has none. */
char    *uc_sanitize_breaks      (const char  *text) G_GNUC_WARN_UNUSED_RESULT;
char    *uc_sanitize_name        (const char  *name) G_GNUC_WARN_UNUSED_RESULT;
/* For a name inside a sentence: whatever its direction, the rest keeps its own. */
char    *uc_sanitize_name_isolated (const char *name) G_GNUC_WARN_UNUSED_RESULT;
char    *uc_sanitize_file_name   (const char  *name) G_GNUC_WARN_UNUSED_RESULT;

/* Whether @uri may be a link at all. */
gboolean uc_sanitize_link        (const char  *uri,
                                  char       **shown_host);
/* What to hand to the desktop when it is clicked; NULL when it may not be. */
char    *uc_sanitize_dup_link    (const char  *uri) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
