/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void _uc_format_get_day_bounds (gint64  time_ms,
                                gint64 *start_ms,
                                gint64 *end_ms);

G_END_DECLS
