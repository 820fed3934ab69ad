/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moving a timeline: by hand through the adjustment, or to a row that is asked for. */

#include "config.h"

#include "uc-timeline-view-private.h"

#include <math.h>

/* Long enough to be found by the eye. */
#define HIGHLIGHT_MS 1600

/* What a page key leaves of the page before, so that the eye finds its place. */
#define PAGE_STEP 0.9

/* A scroll further than this many viewports is a jump: what lies between is not made. */
#define JUMP_PAGES 2.0

static gboolean
highlight_end_cb (gpointer user_data)
{
  UcTimelineView *self = user_data;

  self->highlight_id = 0;
  for (guint i = 0; i < self->rows->len; i++)
    gtk_widget_remove_css_class (((UcTimelineRow *) g_ptr_array_index (self->rows, i))->widget,
                                 "highlight");
  g_clear_object (&self->highlighted);

  return G_SOURCE_REMOVE;
}

static void
highlight (UcTimelineView *self, guint position)
{
  UcTimelineRow *row;

  if (self->highlight_id != 0) {
    g_source_remove (self->highlight_id);
    highlight_end_cb (self);
  }
  self->highlighted = g_list_model_get_item (self->model, position);
  row = _uc_timeline_view_find_row (self, position);
  if (row != NULL)
    gtk_widget_add_css_class (row->widget, "highlight");
  self->highlight_id = g_timeout_add (HIGHLIGHT_MS, highlight_end_cb, self);
}

/* The next layout begins with @position, placed by @align and then @y lower. */
void
_uc_timeline_view_set_target (UcTimelineView *self, guint position, UcTimelineAlign align, double y)
{
  self->has_target = TRUE;
  self->target_position = position;
  self->target_align = align;
  self->target_y = y;
  self->at_end = FALSE;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
_uc_timeline_view_shift_rows (UcTimelineView *self, double delta)
{
  for (guint i = 0; i < self->rows->len; i++)
    ((UcTimelineRow *) g_ptr_array_index (self->rows, i))->y += delta;
}

/* Follows the adjustment: scrolled by hand, by wheel or by the bar. */
void
_uc_timeline_view_scrolled (UcTimelineView *self, double value)
{
  const double delta = value - self->value;

  if (delta == 0)
    return;

  self->value = value;
  if (fabs (delta) > JUMP_PAGES * MAX (self->page_height, 1) &&
      uc_timeline_heights_get_n (self->heights) > 0) {
    const double offset = value - gtk_adjustment_get_lower (self->vadjustment);
    double       into;
    const guint  position = uc_timeline_heights_find (self->heights, offset, &into);

    _uc_timeline_view_set_target (self, position, UC_TIMELINE_TOP, -into);
  } else {
    /* At the end there is nothing below to come to: then only upwards counts. */
    if (delta < 0)
      self->at_end = FALSE;
    if (self->has_target)
      self->target_y -= delta;
    else
      _uc_timeline_view_shift_rows (self, -delta);
    gtk_widget_queue_allocate (GTK_WIDGET (self));
  }
}

void
_uc_timeline_scroll_dispose (UcTimelineView *self)
{
  g_clear_handle_id (&self->highlight_id, g_source_remove);
  g_clear_object (&self->highlighted);
}

/**
 * uc_timeline_view_scroll_to:
 * @self: a view
 * @position: a row of the model
 * @align: where it shall stand
 * @highlight: whether to mark it for a moment
 *
 * Shows a row with the next layout, as near to where it shall stand as the ends of the
 * list allow.
 */
void
uc_timeline_view_scroll_to (UcTimelineView *self,
                            guint           position,
                            UcTimelineAlign align,
                            gboolean        to_highlight)
{
  UcTimelineRow *row;

  g_return_if_fail (UC_IS_TIMELINE_VIEW (self));
  g_return_if_fail (position < uc_timeline_heights_get_n (self->heights));

  if (to_highlight)
    highlight (self, position);
  row = _uc_timeline_view_find_row (self, position);
  if (align == UC_TIMELINE_NEAREST && row != NULL && !row->is_pinned) {
    /* A row higher than the viewport has no place where all of it is seen. */
    if (row->height > self->page_height && row->y < self->page_height && row->y + row->height > 0)
      return;
    if (row->y >= 0 && row->y + row->height <= self->page_height)
      return;
    align = row->y < 0 ? UC_TIMELINE_TOP : UC_TIMELINE_BOTTOM;
  } else if (align == UC_TIMELINE_NEAREST) {
    guint first, last;

    align = _uc_timeline_view_get_shown (self, &first, &last) && position > last
                ? UC_TIMELINE_BOTTOM
                : UC_TIMELINE_TOP;
  }
  _uc_timeline_view_set_target (self, position, align, 0);
}

/**
 * uc_timeline_view_show_row:
 * @self: a view
 * @position: a row of the model
 *
 * Shows a row in the middle with the next layout, marks it for a moment and gives it the
 * keyboard focus.
 */
void
uc_timeline_view_show_row (UcTimelineView *self, guint position)
{
  g_return_if_fail (UC_IS_TIMELINE_VIEW (self));
  g_return_if_fail (position < uc_timeline_heights_get_n (self->heights));

  self->focus_position = position;
  uc_timeline_view_scroll_to (self, position, UC_TIMELINE_CENTER, TRUE);
}

/**
 * uc_timeline_view_get_place:
 * @self: a view
 * @position: (out): a row
 * @distance: (out): from its end to the lower edge of the view, in pixels
 *
 * Returns: %FALSE when there are no rows
 */
gboolean
uc_timeline_view_get_place (UcTimelineView *self, guint *position, double *distance)
{
  gboolean       by_end = FALSE;
  UcTimelineRow *row;

  g_return_val_if_fail (UC_IS_TIMELINE_VIEW (self), FALSE);

  row = _uc_timeline_view_pick_anchor (self, &by_end);
  if (row == NULL)
    return FALSE;
  *position = row->position;
  *distance = self->page_height - row->y - row->height;

  return TRUE;
}

/**
 * uc_timeline_view_set_place:
 * @self: a view
 * @position: a row of the model
 * @distance: from its end to the lower edge of the view, in pixels
 *
 * Puts a row where uc_timeline_view_get_place() found it, with the next layout.
 */
void
uc_timeline_view_set_place (UcTimelineView *self, guint position, double distance)
{
  g_return_if_fail (UC_IS_TIMELINE_VIEW (self));
  g_return_if_fail (position < uc_timeline_heights_get_n (self->heights));

  _uc_timeline_view_set_target (self, position, UC_TIMELINE_BOTTOM, -distance);
}

/**
 * uc_timeline_view_scroll_pages:
 * @self: a view
 * @n_pages: how many down, or up when negative
 *
 * Scrolls as the page keys do.
 */
void
uc_timeline_view_scroll_pages (UcTimelineView *self, int n_pages)
{
  g_return_if_fail (UC_IS_TIMELINE_VIEW (self));

  if (self->vadjustment != NULL)
    gtk_adjustment_set_value (self->vadjustment, gtk_adjustment_get_value (self->vadjustment) +
                                                     n_pages * PAGE_STEP * self->page_height);
}

/**
 * uc_timeline_view_scroll_to_end:
 * @self: a view
 *
 * Shows the end of the list and stays there.
 */
void
uc_timeline_view_scroll_to_end (UcTimelineView *self)
{
  g_return_if_fail (UC_IS_TIMELINE_VIEW (self));

  self->has_target = FALSE;
  self->at_end = TRUE;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/**
 * uc_timeline_view_is_at_end:
 * @self: a view
 *
 * Returns: whether it is at the end and follows what comes
 */
gboolean
uc_timeline_view_is_at_end (UcTimelineView *self)
{
  g_return_val_if_fail (UC_IS_TIMELINE_VIEW (self), FALSE);

  return self->at_end;
}
