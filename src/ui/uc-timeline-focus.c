/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keyboard of a timeline: Up and Down move the focus by row, the page keys, Home and End
 * scroll, Tab goes through the controls of one row and then out of the list. */

#include "config.h"

#include "uc-timeline-view-private.h"

static UcTimelineRow *
get_focus_row (UcTimelineView *self)
{
  GtkWidget *child = gtk_widget_get_focus_child (GTK_WIDGET (self));

  for (guint i = 0; child != NULL && i < self->rows->len; i++) {
    UcTimelineRow *row = g_ptr_array_index (self->rows, i);

    if (row->widget == child)
      return row;
  }

  return NULL;
}

/* The last row that is seen whole, or else any that is seen. */
static UcTimelineRow *
get_entry_row (UcTimelineView *self)
{
  guint first, last;

  if (!_uc_timeline_view_get_shown (self, &first, &last))
    return NULL;

  for (guint position = last; position > first; position--) {
    UcTimelineRow *row = _uc_timeline_view_find_row (self, position);

    if (row != NULL && row->y + row->height <= self->page_height && row->y >= 0 &&
        gtk_widget_get_focusable (row->widget))
      return row;
  }

  return _uc_timeline_view_find_row (self, last);
}

/* Days and dividers have nothing to do: the focus passes over them. */
static gboolean
is_focusable_at (UcTimelineView *self, guint position)
{
  UcTimelineRow *row = _uc_timeline_view_find_row (self, position);

  return row == NULL || gtk_widget_get_focusable (row->widget);
}

static gboolean
move_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  UcTimelineView *self = UC_TIMELINE_VIEW (widget);
  const int       step = g_variant_get_int32 (args);
  UcTimelineRow  *row = get_focus_row (self);
  const guint     n = uc_timeline_heights_get_n (self->heights);
  gint64          position;

  if (n == 0)
    return GDK_EVENT_PROPAGATE;

  if (row != NULL) {
    position = (gint64) row->position + step;
  } else {
    row = get_entry_row (self);
    position = row != NULL ? row->position : n - 1;
  }
  while (position >= 0 && position < n && !is_focusable_at (self, position))
    position += step;
  /* Whoever knows what lies below or above takes the focus there. */
  if (position < 0 || position >= n)
    gtk_widget_keynav_failed (widget, step < 0 ? GTK_DIR_UP : GTK_DIR_DOWN);
  else
    uc_timeline_view_focus_row (self, position);

  return GDK_EVENT_STOP;
}

static gboolean
page_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  uc_timeline_view_scroll_pages (UC_TIMELINE_VIEW (widget), g_variant_get_int32 (args));

  return GDK_EVENT_STOP;
}

static gboolean
edge_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  UcTimelineView *self = UC_TIMELINE_VIEW (widget);
  const guint     n = uc_timeline_heights_get_n (self->heights);

  if (n == 0)
    return GDK_EVENT_STOP;

  if (g_variant_get_int32 (args) < 0) {
    uc_timeline_view_focus_row (self, 0);
  } else if (self->sticks_to_end) {
    uc_timeline_view_focus_row (self, n - 1);
    uc_timeline_view_scroll_to_end (self);
  } else {
    g_signal_emit_by_name (self, "end-wanted");
  }

  return GDK_EVENT_STOP;
}

static gboolean
focus (GtkWidget *widget, GtkDirectionType direction)
{
  UcTimelineView *self = UC_TIMELINE_VIEW (widget);
  GtkWidget      *child = gtk_widget_get_focus_child (widget);
  UcTimelineRow  *row;

  /* A focus child is remembered when the focus has gone elsewhere. */
  if (gtk_widget_get_state_flags (widget) & GTK_STATE_FLAG_FOCUS_WITHIN) {
    /* Rows are reached by Up and Down: from the last control of one Tab leaves the list. */
    return child != NULL && gtk_widget_child_focus (child, direction);
  }

  row = get_entry_row (self);
  if (row != NULL && gtk_widget_grab_focus (row->widget))
    return TRUE;

  return gtk_widget_grab_focus (widget);
}

void
_uc_timeline_focus_class_init (GtkWidgetClass *widget_class)
{
  static const struct {
    guint           key;
    GtkShortcutFunc func;
    int             argument;
  } bindings[] = {
    { GDK_KEY_Up, move_cb, -1 },       { GDK_KEY_KP_Up, move_cb, -1 },
    { GDK_KEY_Down, move_cb, 1 },      { GDK_KEY_KP_Down, move_cb, 1 },
    { GDK_KEY_Page_Up, page_cb, -1 },  { GDK_KEY_KP_Page_Up, page_cb, -1 },
    { GDK_KEY_Page_Down, page_cb, 1 }, { GDK_KEY_KP_Page_Down, page_cb, 1 },
    { GDK_KEY_Home, edge_cb, -1 },     { GDK_KEY_KP_Home, edge_cb, -1 },
    { GDK_KEY_End, edge_cb, 1 },       { GDK_KEY_KP_End, edge_cb, 1 },
  };

  widget_class->focus = focus;
  for (guint i = 0; i < G_N_ELEMENTS (bindings); i++)
    gtk_widget_class_add_binding (widget_class, bindings[i].key, 0, bindings[i].func, "i",
                                  bindings[i].argument);
}

/**
 * uc_timeline_view_focus_row:
 * @self: a view
 * @position: a row
 *
 * Moves the keyboard focus to a row, scrolling only as far as needed; at once when the
 * row is alive, else after the next layout.
 */
void
uc_timeline_view_focus_row (UcTimelineView *self, guint position)
{
  UcTimelineRow *row;

  g_return_if_fail (UC_IS_TIMELINE_VIEW (self));

  row = _uc_timeline_view_find_row (self, position);
  if (row != NULL) {
    gtk_widget_grab_focus (row->widget);
    self->focus_position = GTK_INVALID_LIST_POSITION;
  } else {
    self->focus_position = position;
  }
  uc_timeline_view_scroll_to (self, position, UC_TIMELINE_NEAREST, FALSE);
}
