/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* For rooms that keep JSON as text without knowing json-glib. */

char *uc_json_text_dup_string (const char *text,
                               const char *member) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
