/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-row-context.h"
#include "uc-timeline.h"

G_BEGIN_DECLS

/**
 * UcRowNote:
 *
 * Everything in a timeline that is no message: a new day, where the unread ones
 * begin, a system post, history that is still to come, the beginning.
 */
#define UC_TYPE_ROW_NOTE (uc_row_note_get_type ())
G_DECLARE_FINAL_TYPE (UcRowNote, uc_row_note, UC, ROW_NOTE, GtkWidget)

GtkWidget *uc_row_note_new (UcRowContext *context, UcItemKind kind) G_GNUC_WARN_UNUSED_RESULT;
/* NULL lets go of the item. */
void  uc_row_note_set_item (UcRowNote *self, UcTimelineItem *item);
char *uc_row_note_dup_words (UcRowContext *context, UcTimelineItem *item) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
