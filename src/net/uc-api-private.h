/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-api.h"

G_BEGIN_DECLS

/* For tests: the limits are 10 s to connect and 30 s without a sign of life. */
void _uc_api_set_limits (UcApi *self,
                         guint  connect_ms,
                         guint  progress_ms);

G_END_DECLS
