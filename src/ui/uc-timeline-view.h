/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Kinds of rows are small numbers below this one; rows are recycled within a kind. */
#define UC_TIMELINE_MAX_KINDS 16

/**
 * UcTimelineRows:
 *
 * Makes and fills the rows of a #UcTimelineView. A row must give its whole height
 * for a width; it may queue a resize whenever its content changes. What is
 * (nullable) may be left out.
 */
typedef struct {
  guint (*get_kind) (gpointer item, gpointer user_data);
  /* Tells whether a height measured before still holds. */
  guint (*get_revision) (gpointer item, gpointer user_data);
  GtkWidget *(*create) (guint kind, gpointer user_data);
  void (*bind) (GtkWidget *row, gpointer item, gpointer user_data);
  void (*unbind) (GtkWidget *row, gpointer user_data);
  /* (nullable): what assistive technology says of an item that came at the end */
  char *(*dup_announcement) (gpointer item, gpointer user_data);
  /* (nullable), all three or none: text selected over several rows. Indices are
   * bytes of the text that dup_text() gives for 0 and G_MAXINT. */
  int (*get_index_at) (GtkWidget *row, double x, double y, gpointer user_data);
  void (*select) (GtkWidget *row, int start, int end, gpointer user_data);
  char *(*dup_text) (gpointer item, int start, int end, gpointer user_data);
} UcTimelineRows;

typedef enum {
  UC_TIMELINE_NEAREST, /* scrolls only as far as needed */
  UC_TIMELINE_TOP,
  UC_TIMELINE_CENTER,
  UC_TIMELINE_BOTTOM,
} UcTimelineAlign;

/**
 * UcTimelineView:
 *
 * A #GtkScrollable list for rows of uneven height over any #GListModel, oldest at
 * the top. It makes only the rows near what is seen (half a viewport beyond on
 * either side), recycles them by kind and lays them out from an anchor: the lowest
 * row whose end is seen, and that end's distance from the viewport's lower edge.
 * Rows may come, go and change their height anywhere: the anchor stays where it is.
 * Being at the end is a state of its own that only scrolling leaves.
 *
 * The scroll bar's extent is an estimate. The adjustment's value is a coordinate
 * that only scrolling moves; what becomes known above or below moves its lower and
 * upper bound instead, so a kinetic scroll or a drag under way is never disturbed.
 *
 * It knows nothing of messages: see #UcTimelineRows. Main thread.
 *
 * Properties: "at-end" (read-only), "sticks-to-end" (the last row is the newest one
 *   there is: reaching it is being at the end), "max-row-width" (pixels)
 * Signals:
 *   "shown" (UcTimelineView *, guint first, guint last)   positions in the viewport
 *   "end-wanted" (UcTimelineView *)   End was pressed while not "sticks-to-end"
 */
#define UC_TYPE_TIMELINE_VIEW (uc_timeline_view_get_type ())
G_DECLARE_FINAL_TYPE (UcTimelineView, uc_timeline_view, UC, TIMELINE_VIEW, GtkWidget)

/* @rows must outlive the view; @user_data is (unowned). */
GtkWidget *uc_timeline_view_new (const UcTimelineRows *rows,
                                 gpointer              user_data) G_GNUC_WARN_UNUSED_RESULT;

/* (nullable). The view is at its end afterwards. */
void        uc_timeline_view_set_model (UcTimelineView *self, GListModel *model);
GListModel *uc_timeline_view_get_model (UcTimelineView *self);
void        uc_timeline_view_set_sticks (UcTimelineView *self, gboolean sticks_to_end);

void uc_timeline_view_scroll_to (UcTimelineView *self,
                                 guint           position,
                                 UcTimelineAlign align,
                                 gboolean        highlight);
/* In the middle, marked for a moment, and with the keyboard focus. */
void uc_timeline_view_show_row (UcTimelineView *self, guint position);
/* What stays where it is whatever changes: the lowest row whose end is seen, and how
 * far that is from the lower edge, in pixels. FALSE without a row. */
gboolean uc_timeline_view_get_place (UcTimelineView *self, guint *position, double *distance);
void     uc_timeline_view_set_place (UcTimelineView *self, guint position, double distance);
void     uc_timeline_view_scroll_pages (UcTimelineView *self, int n_pages);
void     uc_timeline_view_scroll_to_end (UcTimelineView *self);
gboolean uc_timeline_view_is_at_end (UcTimelineView *self);
void     uc_timeline_view_focus_row (UcTimelineView *self, guint position);

/* The live row of a position: (nullable) (transfer none), and where it stands in the
 * view, in pixels. */
GtkWidget *uc_timeline_view_get_row (UcTimelineView *self, guint position, double *y, int *height);
/* Rows alive, pooled ones included. */
guint uc_timeline_view_get_n_live (UcTimelineView *self);

/* Text selected over rows; "" for none. */
char *uc_timeline_view_dup_selection (UcTimelineView *self) G_GNUC_WARN_UNUSED_RESULT;
void  uc_timeline_view_clear_selection (UcTimelineView *self);

G_END_DECLS
