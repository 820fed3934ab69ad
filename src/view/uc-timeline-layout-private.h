/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-timeline-window-private.h"
#include "uc-timeline.h"

G_BEGIN_DECLS

/* One row as it should be. */
typedef struct
{
  UcItemKind kind;
  char      *key;        /* unique; of messages the message's */
  UcMessage *message;    /* (unowned) (nullable) */
  gint64     time_ms;
  gint64     before_seq; /* of HOLE: history is missing above this message; 0: nothing is here */
  gboolean   is_grouped;
} UcTimelineRow;

typedef struct
{
  const char *my_user_id;
  gint64      divider_ms; /* what is newer was unread on opening; 0: no divider */
} UcTimelineLayout;

/* (element-type UcTimelineRow) */
GArray *_uc_timeline_layout_rows (const UcTimelineWindow *window,
                                  const UcTimelineLayout *layout) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
