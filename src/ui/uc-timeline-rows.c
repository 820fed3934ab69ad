/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The live rows of a timeline, by position, and the widgets kept for reuse. */

#include "config.h"

#include "uc-timeline-view-private.h"

/* Widgets kept for reuse, per kind. */
#define POOL_SIZE 24u

static int
find_index (UcTimelineView *self, guint position)
{
  guint low = 0, high = self->rows->len;

  while (low < high) {
    const guint    middle = (low + high) / 2;
    UcTimelineRow *row = g_ptr_array_index (self->rows, middle);

    if (row->position < position)
      low = middle + 1;
    else
      high = middle;
  }

  return low;
}

static UcTimelineRow *
make_row (UcTimelineView *self, guint index, guint position)
{
  UcTimelineRow *row = g_new0 (UcTimelineRow, 1);
  GtkWidget     *next = NULL;
  GPtrArray     *pool;

  row->item = g_list_model_get_item (self->model, position);
  row->position = position;
  row->kind = self->funcs->get_kind (row->item, self->funcs_data);
  g_assert (row->kind < UC_TIMELINE_MAX_KINDS);

  if (index < self->rows->len)
    next = ((UcTimelineRow *) g_ptr_array_index (self->rows, index))->widget;
  pool = self->pools[row->kind];
  if (pool != NULL && pool->len > 0)
    row->widget = g_ptr_array_steal_index_fast (pool, pool->len - 1);
  else
    row->widget = self->funcs->create (row->kind, self->funcs_data);
  /* Children stand in the order of the list, for focus and assistive technology. */
  gtk_widget_insert_before (row->widget, GTK_WIDGET (self), next);

  self->funcs->bind (row->widget, row->item, self->funcs_data);
  gtk_widget_set_visible (row->widget, TRUE);
  if (row->item == self->highlighted)
    gtk_widget_add_css_class (row->widget, "highlight");
  g_ptr_array_insert (self->rows, index, row);
  _uc_timeline_select_row (self, row);

  return row;
}

/* The row of @position, made when it is not alive, with its height of now. */
UcTimelineRow *
_uc_timeline_view_ensure_row (UcTimelineView *self, guint position)
{
  const guint    index = find_index (self, position);
  UcTimelineRow *row = NULL;
  int            min_width = 0;

  if (index < self->rows->len)
    row = g_ptr_array_index (self->rows, index);
  if (row == NULL || row->position != position)
    row = make_row (self, index, position);

  row->is_pinned = FALSE;
  gtk_widget_measure (row->widget, GTK_ORIENTATION_HORIZONTAL, -1, &min_width, NULL, NULL, NULL);
  gtk_widget_measure (row->widget, GTK_ORIENTATION_VERTICAL, MAX (self->row_width, min_width), NULL,
                      &row->height, NULL, NULL);
  uc_timeline_heights_set (self->heights, position,
                           self->funcs->get_revision (row->item, self->funcs_data), row->height);

  return row;
}

/* (nullable) (transfer none) */
UcTimelineRow *
_uc_timeline_view_find_row (UcTimelineView *self, guint position)
{
  const guint    index = find_index (self, position);
  UcTimelineRow *row;

  if (index >= self->rows->len)
    return NULL;
  row = g_ptr_array_index (self->rows, index);

  return row->position == position ? row : NULL;
}

void
_uc_timeline_view_release_row (UcTimelineView *self, guint index)
{
  UcTimelineRow *row = g_ptr_array_steal_index (self->rows, index);
  GPtrArray     *pool = self->pools[row->kind];

  if (pool == NULL)
    pool = self->pools[row->kind] = g_ptr_array_new ();

  gtk_widget_remove_css_class (row->widget, "highlight");
  gtk_widget_set_visible (row->widget, FALSE);
  self->funcs->unbind (row->widget, self->funcs_data);
  if (pool->len < POOL_SIZE)
    g_ptr_array_add (pool, row->widget);
  else
    gtk_widget_unparent (row->widget);
  g_object_unref (row->item);
  g_free (row);
}

void
_uc_timeline_view_release_all (UcTimelineView *self)
{
  while (self->rows->len > 0)
    _uc_timeline_view_release_row (self, self->rows->len - 1);
}
