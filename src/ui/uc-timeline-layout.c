/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the rows of a timeline stand. A layout begins at an anchor row whose place is
 * given and makes rows upwards and downwards from it until the viewport and half of one
 * beyond are covered; what lies further away is recycled. Nothing here is placed by an
 * estimate except what the scroll bar shows. */

#include "config.h"

#include "uc-timeline-view-private.h"

#include <math.h>

/* Rows and their edges closer than this are at the same place. */
#define EPSILON 0.01

static void
fill_up (UcTimelineView *self, guint *first, double *top)
{
  const double limit = -self->page_height / 2.0;

  while (*first > 0 && *top > limit) {
    UcTimelineRow *row = _uc_timeline_view_ensure_row (self, *first - 1);

    *top -= row->height;
    (*first)--;
    row->y = *top;
  }
}

static void
fill_down (UcTimelineView *self, guint *last, double *bottom)
{
  const double limit = self->page_height * 1.5;
  const guint  n = uc_timeline_heights_get_n (self->heights);

  while (*last + 1 < n && *bottom < limit) {
    UcTimelineRow *row = _uc_timeline_view_ensure_row (self, *last + 1);

    row->y = *bottom;
    *bottom += row->height;
    (*last)++;
  }
}

/* Which row stays where it is: the lowest one whose end is seen, by that end; without
 * one the row that reaches below the viewport, by its beginning. */
UcTimelineRow *
_uc_timeline_view_pick_anchor (UcTimelineView *self, gboolean *by_end)
{
  UcTimelineRow *anchor = NULL;

  for (guint i = self->rows->len; i > 0; i--) {
    UcTimelineRow *row = g_ptr_array_index (self->rows, i - 1);
    const double   bottom = row->y + row->height;

    if (row->is_pinned)
      continue;
    if (bottom <= self->page_height + EPSILON && bottom > 0) {
      *by_end = TRUE;
      return row;
    }
    /* A candidate while nothing better comes: further up is nearer. */
    if (bottom > 0 || anchor == NULL) {
      anchor = row;
      *by_end = bottom <= 0;
    }
    if (bottom <= 0)
      break;
  }

  return anchor;
}

static double
place_target (UcTimelineView *self, int height)
{
  const double room = self->page_height - height;

  switch (self->target_align) {
  case UC_TIMELINE_CENTER:
    return MAX (room / 2, 0) + self->target_y;
  case UC_TIMELINE_BOTTOM:
    return room + self->target_y;
  case UC_TIMELINE_TOP:
  case UC_TIMELINE_NEAREST:
  default:
    return self->target_y;
  }
}

/* Puts the first row of a layout in its place. */
static UcTimelineRow *
place_start (UcTimelineView *self)
{
  const guint    n = uc_timeline_heights_get_n (self->heights);
  UcTimelineRow *row;

  if (self->has_target) {
    row = _uc_timeline_view_ensure_row (self, MIN (self->target_position, n - 1));
    row->y = place_target (self, row->height);
  } else {
    gboolean by_end = FALSE;

    row = self->at_end ? NULL : _uc_timeline_view_pick_anchor (self, &by_end);
    if (row == NULL) {
      row = _uc_timeline_view_ensure_row (self, n - 1);
      row->y = self->page_height - row->height;
    } else {
      const double bottom = row->y + row->height;

      row = _uc_timeline_view_ensure_row (self, row->position);
      if (by_end)
        row->y = bottom - row->height;
    }
  }
  self->has_target = FALSE;

  return row;
}

static gboolean
has_focus_inside (UcTimelineRow *row)
{
  return (gtk_widget_get_state_flags (row->widget) &
          (GTK_STATE_FLAG_FOCUSED | GTK_STATE_FLAG_FOCUS_WITHIN)) != 0;
}

/* Lets go of what lies outside [@first, @last], but keeps the row with the focus. */
static void
release_outside (UcTimelineView *self, guint first, guint last)
{
  for (guint i = self->rows->len; i > 0; i--) {
    UcTimelineRow *row = g_ptr_array_index (self->rows, i - 1);

    if (row->position >= first && row->position <= last)
      continue;
    if (has_focus_inside (row)) {
      row->is_pinned = TRUE;
      row->y =
          row->position < first ? -2.0 * self->page_height - row->height : 3.0 * self->page_height;
    } else {
      _uc_timeline_view_release_row (self, i - 1);
    }
  }
}

/* Rows that can hardly be wanted by the coming layout are recycled before it makes new
 * ones. */
static void
release_early (UcTimelineView *self)
{
  guint first = G_MAXUINT, last = 0;

  for (guint i = 0; i < self->rows->len; i++) {
    UcTimelineRow *row = g_ptr_array_index (self->rows, i);

    if (!row->is_pinned && row->y + row->height > -self->page_height &&
        row->y < 2 * self->page_height) {
      first = MIN (first, row->position);
      last = MAX (last, row->position);
    }
  }
  /* With none of them near, one must stay to begin at. */
  if (first <= last)
    release_outside (self, first, last);
}

/* The part of [@first, @last] that is within half a viewport of what is seen. */
static void
narrow (UcTimelineView *self, guint *first, guint *last)
{
  while (*first < *last) {
    UcTimelineRow *row = _uc_timeline_view_find_row (self, *first);

    if (row->y + row->height > -self->page_height / 2.0)
      break;
    (*first)++;
  }
  while (*last > *first) {
    UcTimelineRow *row = _uc_timeline_view_find_row (self, *last);

    if (row->y < self->page_height * 1.5)
      break;
    (*last)--;
  }
}

static void
configure_adjustments (UcTimelineView *self, int width)
{
  const guint n = uc_timeline_heights_get_n (self->heights);
  const int   page = self->page_height;
  double      above = 0, below = page;

  if (self->hadjustment != NULL)
    gtk_adjustment_configure (self->hadjustment, 0, 0, width, width * 0.1, width * 0.9, width);
  if (self->vadjustment == NULL)
    return;

  for (guint i = 0; i < self->rows->len; i++) {
    UcTimelineRow *row = g_ptr_array_index (self->rows, i);

    if (!row->is_pinned) {
      const double offset = uc_timeline_heights_get_offset (self->heights, row->position);

      above = MAX (0, offset - row->y);
      below = uc_timeline_heights_get_offset (self->heights, n) - offset + row->y;
      break;
    }
  }
  gtk_adjustment_configure (self->vadjustment, self->value, self->value - above,
                            self->value + MAX (below, page), page * 0.1, page * 0.9, page);
}

static void
allocate_rows (UcTimelineView *self)
{
  for (guint i = 0; i < self->rows->len; i++) {
    UcTimelineRow *row = g_ptr_array_index (self->rows, i);
    int            min_width = 0, width, height;

    gtk_widget_measure (row->widget, GTK_ORIENTATION_HORIZONTAL, -1, &min_width, NULL, NULL, NULL);
    width = MAX (self->row_width, min_width);
    if (row->is_pinned)
      gtk_widget_measure (row->widget, GTK_ORIENTATION_VERTICAL, width, NULL, &row->height, NULL,
                          NULL);
    height = row->height;
    gtk_widget_allocate (
        row->widget, width, height, -1,
        gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (self->row_x, floor (row->y + 0.5))));
  }
}

/* Rows in their places for the viewport of now; see the file's head. */
void
_uc_timeline_view_layout (UcTimelineView *self, int width, int height)
{
  const guint    n = uc_timeline_heights_get_n (self->heights);
  const int      row_width = MIN (width, self->max_row_width);
  UcTimelineRow *start;
  double         top, bottom;
  guint          first, last;

  /* What is seen keeps its distance from the lower edge. */
  _uc_timeline_view_shift_rows (self, height - self->page_height);
  self->page_height = height;
  self->row_x = (width - row_width) / 2;
  if (row_width != self->row_width) {
    self->row_width = row_width;
    uc_timeline_heights_outdate (self->heights);
  }
  if (n == 0 || height <= 0) {
    _uc_timeline_view_release_all (self);
    configure_adjustments (self, width);
    return;
  }

  if (!self->has_target && !self->at_end)
    release_early (self);
  start = place_start (self);
  first = last = start->position;
  top = start->y;
  bottom = start->y + start->height;
  fill_up (self, &first, &top);
  fill_down (self, &last, &bottom);

  /* Nothing is shown beyond the last row, nor beyond the first one. */
  if (last == n - 1 && bottom < height) {
    _uc_timeline_view_shift_rows (self, height - bottom);
    top += height - bottom;
    bottom = height;
    fill_up (self, &first, &top);
  }
  if (first == 0 && top > 0 && bottom > height) {
    const double delta = MIN (top, bottom - height);

    _uc_timeline_view_shift_rows (self, -delta);
    bottom -= delta;
    fill_down (self, &last, &bottom);
  }
  self->at_end = self->sticks_to_end && last == n - 1 && bottom <= height + EPSILON;

  narrow (self, &first, &last);
  release_outside (self, first, last);
  allocate_rows (self);
  configure_adjustments (self, width);
}

/* The positions in the viewport; FALSE when there are none. */
gboolean
_uc_timeline_view_get_shown (UcTimelineView *self, guint *first, guint *last)
{
  gboolean is_any = FALSE;

  for (guint i = 0; i < self->rows->len; i++) {
    UcTimelineRow *row = g_ptr_array_index (self->rows, i);

    if (row->is_pinned || row->y + row->height <= 0 || row->y >= self->page_height)
      continue;
    if (!is_any)
      *first = row->position;
    *last = row->position;
    is_any = TRUE;
  }

  return is_any;
}
