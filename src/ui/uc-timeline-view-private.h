/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-timeline-heights.h"
#include "uc-timeline-view.h"

G_BEGIN_DECLS

typedef struct {
  GtkWidget *widget; /* (unowned) a child of the view */
  GObject   *item;   /* (owned) */
  guint      position;
  guint      kind;
  int        height;
  double     y;         /* of its upper edge in the viewport */
  gboolean   is_pinned; /* alive for the focus it has, outside what is laid out */
} UcTimelineRow;

/* One end of a selection; an index of bytes into the row's text. */
typedef struct {
  guint position;
  int   index;
} UcTimelineSpot;

struct _UcTimelineView {
  GtkWidget             parent_instance;
  const UcTimelineRows *funcs;      /* (unowned) */
  gpointer              funcs_data; /* (unowned) */
  GListModel           *model;      /* (owned) (nullable) */

  /* GtkScrollable */
  GtkAdjustment      *hadjustment; /* (owned) (nullable) */
  GtkAdjustment      *vadjustment; /* (owned) (nullable) */
  GtkScrollablePolicy hpolicy;
  GtkScrollablePolicy vpolicy;
  double              value; /* the adjustment's, as far as it was followed */

  /* layout */
  UcTimelineHeights *heights; /* (owned) */
  GPtrArray         *rows;    /* (owned) (element-type UcTimelineRow) by position */
  GPtrArray         *pools[UC_TIMELINE_MAX_KINDS]; /* (owned) (nullable) (element-type GtkWidget) */
  int                page_height;
  int                row_x;
  int                row_width;
  int                max_row_width;
  gboolean           at_end;
  gboolean           sticks_to_end;

  /* a place asked for, until the next layout */
  gboolean        has_target;
  guint           target_position;
  UcTimelineAlign target_align;
  double          target_y; /* pixels, added to where @target_align puts it */

  /* what is told after a layout */
  guint    tell_id; /* idle source */
  gboolean told_at_end;
  gboolean is_range_stale;
  guint    told_first;
  guint    told_last;
  guint    focus_position; /* to focus once it is alive, or invalid */
  GObject *highlighted;    /* (owned) (nullable) an item */
  guint    highlight_id;

  /* selection */
  gboolean       has_selection;
  UcTimelineSpot select_from; /* where the drag began */
  UcTimelineSpot select_to;
  double         start_x; /* where the drag began, and where it is */
  double         start_y;
  double         drag_x;
  double         drag_y;
  guint          autoscroll_id; /* tick callback */
};

/* uc-timeline-rows.c */
UcTimelineRow *_uc_timeline_view_find_row (UcTimelineView *self, guint position);
UcTimelineRow *_uc_timeline_view_ensure_row (UcTimelineView *self, guint position);
void           _uc_timeline_view_release_row (UcTimelineView *self, guint index);
void           _uc_timeline_view_release_all (UcTimelineView *self);

/* uc-timeline-layout.c */
void _uc_timeline_view_layout (UcTimelineView *self, int width, int height);
/* (nullable) (transfer none): the row that stays where it is, by its end or its beginning. */
UcTimelineRow *_uc_timeline_view_pick_anchor (UcTimelineView *self, gboolean *by_end);
gboolean       _uc_timeline_view_get_shown (UcTimelineView *self, guint *first, guint *last);

/* uc-timeline-scroll.c */
void _uc_timeline_view_shift_rows (UcTimelineView *self, double delta);
void _uc_timeline_view_set_target (UcTimelineView *self,
                                   guint           position,
                                   UcTimelineAlign align,
                                   double          y);
void _uc_timeline_view_scrolled (UcTimelineView *self, double value);
void _uc_timeline_scroll_dispose (UcTimelineView *self);

/* uc-timeline-change.c */
void _uc_timeline_view_items_changed (UcTimelineView *self,
                                      guint           position,
                                      guint           n_removed,
                                      guint           n_added);

/* uc-timeline-focus.c */
void _uc_timeline_focus_class_init (GtkWidgetClass *widget_class);

/* uc-timeline-select.c */
void _uc_timeline_select_class_init (GtkWidgetClass *widget_class);
void _uc_timeline_select_init (UcTimelineView *self);
void _uc_timeline_select_dispose (UcTimelineView *self);
void _uc_timeline_select_row (UcTimelineView *self, UcTimelineRow *row);
void _uc_timeline_select_items_changed (UcTimelineView *self,
                                        guint           position,
                                        guint           n_removed,
                                        guint           n_added);

G_END_DECLS
