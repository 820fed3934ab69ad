/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text selected with the pointer over one row or many. The selection is two spots in
 * the list, not in widgets: rows that scroll out and come back show it again, and copying
 * asks the items. */

#include "config.h"

#include "uc-timeline-view-private.h"

/* Pixels per frame while the pointer is dragged out of the view, for each pixel that it
 * is away. */
#define AUTOSCROLL_SPEED 0.2

static gboolean
can_select (UcTimelineView *self)
{
  return self->funcs->get_index_at != NULL;
}

static int
compare_spots (const UcTimelineSpot *a, const UcTimelineSpot *b)
{
  if (a->position != b->position)
    return a->position < b->position ? -1 : 1;

  return a->index < b->index ? -1 : a->index > b->index;
}

static gboolean
get_ordered (UcTimelineView *self, UcTimelineSpot *start, UcTimelineSpot *end)
{
  const int order = compare_spots (&self->select_from, &self->select_to);

  *start = order <= 0 ? self->select_from : self->select_to;
  *end = order <= 0 ? self->select_to : self->select_from;

  return self->has_selection && order != 0;
}

/* The spot nearest to a place in the view. */
static gboolean
find_spot (UcTimelineView *self, double x, double y, UcTimelineSpot *spot)
{
  UcTimelineRow *found = NULL;
  double         row_y;

  for (guint i = 0; i < self->rows->len; i++) {
    UcTimelineRow *row = g_ptr_array_index (self->rows, i);

    if (row->is_pinned)
      continue;
    if (found == NULL || row->y <= y)
      found = row;
  }
  if (found == NULL)
    return FALSE;

  row_y = CLAMP (y - found->y, 0, found->height);
  *spot = (UcTimelineSpot){
    .position = found->position,
    .index = self->funcs->get_index_at (found->widget, x - self->row_x, row_y, self->funcs_data),
  };

  return TRUE;
}

static void
show_selection (UcTimelineView *self)
{
  UcTimelineSpot start, end;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "timeline.copy",
                                 get_ordered (self, &start, &end));
  for (guint i = 0; i < self->rows->len; i++)
    _uc_timeline_select_row (self, g_ptr_array_index (self->rows, i));
}

static void
extend_to (UcTimelineView *self, double x, double y)
{
  if (find_spot (self, x, y, &self->select_to))
    show_selection (self);
}

static gboolean
autoscroll_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  UcTimelineView *self = UC_TIMELINE_VIEW (widget);
  const double beyond = self->drag_y < 0 ? self->drag_y : MAX (self->drag_y - self->page_height, 0);

  if (beyond != 0 && self->vadjustment != NULL)
    gtk_adjustment_set_value (self->vadjustment, gtk_adjustment_get_value (self->vadjustment) +
                                                     beyond * AUTOSCROLL_SPEED);
  extend_to (self, self->drag_x, self->drag_y);

  return G_SOURCE_CONTINUE;
}

static void
stop_autoscroll (UcTimelineView *self)
{
  if (self->autoscroll_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->autoscroll_id);
  self->autoscroll_id = 0;
}

static void
drag_begin_cb (GtkGestureDrag *gesture, double x, double y, UcTimelineView *self)
{
  GdkDevice *device =
      gtk_event_controller_get_current_event_device (GTK_EVENT_CONTROLLER (gesture));

  /* A finger scrolls. */
  if (!can_select (self) ||
      (device != NULL && gdk_device_get_source (device) == GDK_SOURCE_TOUCHSCREEN)) {
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
    return;
  }

  self->start_x = x;
  self->start_y = y;
  if (gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture)) &
      GDK_SHIFT_MASK) {
    if (self->has_selection)
      extend_to (self, x, y);
    return;
  }
  uc_timeline_view_clear_selection (self);
  find_spot (self, x, y, &self->select_from);
  self->select_to = self->select_from;
}

static void
drag_update_cb (GtkGestureDrag *gesture, double offset_x, double offset_y, UcTimelineView *self)
{
  self->drag_x = self->start_x + offset_x;
  self->drag_y = self->start_y + offset_y;
  if (!self->has_selection) {
    if (!gtk_drag_check_threshold (GTK_WIDGET (self), self->start_x, self->start_y, self->drag_x,
                                   self->drag_y))
      return;
    self->has_selection = TRUE;
    /* So that it can be copied with the keyboard. */
    gtk_widget_grab_focus (GTK_WIDGET (self));
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  }
  extend_to (self, self->drag_x, self->drag_y);

  if (self->drag_y >= 0 && self->drag_y <= self->page_height)
    stop_autoscroll (self);
  else if (self->autoscroll_id == 0)
    self->autoscroll_id =
        gtk_widget_add_tick_callback (GTK_WIDGET (self), autoscroll_cb, NULL, NULL);
}

static void
drag_end_cb (GtkGestureDrag *gesture, double offset_x, double offset_y, UcTimelineView *self)
{
  g_autofree char *text = NULL;

  stop_autoscroll (self);
  text = uc_timeline_view_dup_selection (self);
  if (*text != '\0')
    gdk_clipboard_set_text (gtk_widget_get_primary_clipboard (GTK_WIDGET (self)), text);
}

static gboolean
is_word_char (gunichar c)
{
  return g_unichar_isalnum (c) || g_unichar_ismark (c) || c == '_';
}

/* Widens the selection from one spot to the word, or the line, around it. */
static void
widen (UcTimelineView *self, gboolean to_line)
{
  g_autoptr (GObject) item = g_list_model_get_item (self->model, self->select_from.position);
  g_autofree char *text = self->funcs->dup_text (item, 0, G_MAXINT, self->funcs_data);
  const char      *start, *end;

  if (text == NULL)
    return;

  start = end = text + CLAMP (self->select_from.index, 0, (int) strlen (text));
  while (start > text) {
    const char    *before = g_utf8_prev_char (start);
    const gunichar c = g_utf8_get_char (before);

    if (to_line ? c == '\n' : !is_word_char (c))
      break;
    start = before;
  }
  while (*end != '\0') {
    const gunichar c = g_utf8_get_char (end);

    if (to_line ? c == '\n' : !is_word_char (c))
      break;
    end = g_utf8_next_char (end);
  }
  self->select_from.index = start - text;
  self->select_to = (UcTimelineSpot){ self->select_from.position, end - text };
  self->has_selection = TRUE;
  show_selection (self);
}

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, UcTimelineView *self)
{
  if (n_press < 2 || !can_select (self) || self->model == NULL)
    return;
  if (!find_spot (self, x, y, &self->select_from))
    return;
  widen (self, n_press > 2);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static gboolean
copy_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  UcTimelineView  *self = UC_TIMELINE_VIEW (widget);
  g_autofree char *text = uc_timeline_view_dup_selection (self);

  if (*text == '\0')
    return GDK_EVENT_PROPAGATE;

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);

  return GDK_EVENT_STOP;
}

static void
copy_action_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  copy_cb (widget, NULL, NULL);
}

static gboolean
escape_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  UcTimelineView *self = UC_TIMELINE_VIEW (widget);

  if (!self->has_selection)
    return GDK_EVENT_PROPAGATE;

  uc_timeline_view_clear_selection (self);

  return GDK_EVENT_STOP;
}

/* A spot after a change of the list; one whose row is gone moves to what follows. */
static void
move_spot (UcTimelineSpot *spot, guint position, guint n_removed, guint n_added)
{
  if (spot->position >= position + n_removed)
    spot->position += n_added - n_removed;
  else if (spot->position >= position)
    *spot = (UcTimelineSpot){ .position = position };
}

void
_uc_timeline_select_class_init (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "timeline.copy", NULL, copy_action_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, copy_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Insert, GDK_CONTROL_MASK, copy_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
}

void
_uc_timeline_select_init (UcTimelineView *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "timeline.copy", FALSE);
  g_signal_connect_object (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self, 0);
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (drag_update_cb), self, 0);
  g_signal_connect_object (drag, "drag-end", G_CALLBACK (drag_end_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

void
_uc_timeline_select_dispose (UcTimelineView *self)
{
  stop_autoscroll (self);
}

/* Shows in @row its part of the selection. */
void
_uc_timeline_select_row (UcTimelineView *self, UcTimelineRow *row)
{
  UcTimelineSpot start, end;
  int            from = 0, to = 0;

  if (!can_select (self))
    return;

  if (get_ordered (self, &start, &end) && row->position >= start.position &&
      row->position <= end.position) {
    from = row->position == start.position ? start.index : 0;
    to = row->position == end.position ? end.index : G_MAXINT;
  }
  self->funcs->select (row->widget, from, to, self->funcs_data);
}

void
_uc_timeline_select_items_changed (UcTimelineView *self,
                                   guint           position,
                                   guint           n_removed,
                                   guint           n_added)
{
  move_spot (&self->select_from, position, n_removed, n_added);
  move_spot (&self->select_to, position, n_removed, n_added);
}

/**
 * uc_timeline_view_dup_selection:
 * @self: a view
 *
 * Returns: (transfer full): the selected text, one line or more a row; "" for none
 */
char *
uc_timeline_view_dup_selection (UcTimelineView *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  UcTimelineSpot start, end;

  g_return_val_if_fail (UC_IS_TIMELINE_VIEW (self), NULL);

  if (!get_ordered (self, &start, &end))
    return g_strdup ("");

  for (guint position = start.position; position <= end.position; position++) {
    g_autoptr (GObject) item = g_list_model_get_item (self->model, position);
    g_autofree char *part = NULL;

    if (item == NULL)
      break;
    part =
        self->funcs->dup_text (item, position == start.position ? start.index : 0,
                               position == end.position ? end.index : G_MAXINT, self->funcs_data);
    if (part == NULL || *part == '\0')
      continue;
    if (text->len > 0)
      g_string_append_c (text, '\n');
    g_string_append (text, part);
  }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * uc_timeline_view_clear_selection:
 * @self: a view
 *
 * Selects nothing.
 */
void
uc_timeline_view_clear_selection (UcTimelineView *self)
{
  g_return_if_fail (UC_IS_TIMELINE_VIEW (self));

  if (!self->has_selection)
    return;

  self->has_selection = FALSE;
  show_selection (self);
}
