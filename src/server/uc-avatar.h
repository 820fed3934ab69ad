/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The picture of somebody who has set none: the first letters of the name on a colour
 * of their own. A PNG of 128 × 128. */
GBytes *uc_avatar_draw (const char *user_id, const char *name) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
