/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* What is there of a file whose download broke off, and whether an answer goes on with
 * it. */

/* Where the bytes of @path lie until all of them have come. */
char    *_uc_resume_dup_part       (const char *path) G_GNUC_WARN_UNUSED_RESULT;
/* How many there are, 0 for none. */
gint64   _uc_resume_get_offset     (const char *path);
/* Whether an answer can be used: FALSE means that what was there did not fit, is gone,
 * and the file is to be asked for whole. *@resume_bytes: in, what was asked behind, out,
 * what the body goes behind; *@total_bytes: of the whole file, 0 when it is not told. */
gboolean _uc_resume_check          (const char *path,
                                    guint       status,
                                    const char *content_range,
                                    gint64     *resume_bytes,
                                    gint64     *total_bytes);

G_END_DECLS
