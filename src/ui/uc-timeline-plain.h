/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "uc-timeline-view.h"

G_BEGIN_DECLS

/**
 * UcTimelinePlain:
 *
 * The traditional list of a conversation: every row a widget of a #GtkListBox, the
 * newest ones first of all, older ones block by block on request. What the flag
 * virtual_scrolling falls back to. Main thread.
 *
 * Properties: "at-end" (read-only)
 * Signals:
 *   "shown" (UcTimelinePlain *, guint first, guint last)   all that it has
 */
#define UC_TYPE_TIMELINE_PLAIN (uc_timeline_plain_get_type ())
G_DECLARE_FINAL_TYPE (UcTimelinePlain, uc_timeline_plain, UC, TIMELINE_PLAIN, GtkWidget)

/* As uc_timeline_view_new(). */
GtkWidget *uc_timeline_plain_new (const UcTimelineRows *rows,
                                  gpointer              user_data) G_GNUC_WARN_UNUSED_RESULT;

void     uc_timeline_plain_set_model (UcTimelinePlain *self, GListModel *model);
void     uc_timeline_plain_scroll_to (UcTimelinePlain *self, guint position, gboolean highlight);
void     uc_timeline_plain_scroll_to_end (UcTimelinePlain *self);
gboolean uc_timeline_plain_is_at_end (UcTimelinePlain *self);

G_END_DECLS
