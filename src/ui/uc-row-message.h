/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-row-context.h"
#include "uc-timeline.h"

G_BEGIN_DECLS

/**
 * UcRowMessage:
 *
 * A message in the timeline: author and text are drawn by the row and its text
 * widget; files, reactions, flags and failures are made only where there are any. It
 * follows its item while it is bound. Actions of the "message" group do what can be
 * done with it.
 */
#define UC_TYPE_ROW_MESSAGE (uc_row_message_get_type ())
G_DECLARE_FINAL_TYPE (UcRowMessage, uc_row_message, UC, ROW_MESSAGE, GtkWidget)

GtkWidget *uc_row_message_new (UcRowContext *context) G_GNUC_WARN_UNUSED_RESULT;

/* NULL lets go of the item. */
void uc_row_message_set_item (UcRowMessage *self, UcTimelineItem *item);

int  uc_row_message_get_index_at (UcRowMessage *self, double x, double y);
void uc_row_message_select (UcRowMessage *self, int start, int end);
/* What assistive technology says of a message. */
char *uc_row_message_dup_summary (UcRowContext   *context,
                                  UcTimelineItem *item) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
