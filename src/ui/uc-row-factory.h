/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-row-context.h"
#include "uc-timeline-view.h"

G_BEGIN_DECLS

/* The rows of a timeline: for a UcTimelineView whose model is a UcTimeline and whose
 * user data is a UcRowContext. */
const UcTimelineRows *uc_row_factory_get_rows (void);

G_END_DECLS
