/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Length of a Mattermost identifier: 16 random bytes in z-base-32, no padding. */
#define UC_ID_LENGTH 26

char    *uc_id_new          (void) G_GNUC_WARN_UNUSED_RESULT;
gboolean uc_id_is_valid     (const char *id);
gboolean uc_id_is_path_part (const char *part);

void     uc_random_bytes    (guint8 *bytes,
                             gsize   n_bytes);

G_END_DECLS
