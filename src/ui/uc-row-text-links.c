/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be followed in the text of a message: by pointer, by Tab and Enter. */

#include "config.h"

#include "uc-row-text-private.h"

#include "uc-sanitize.h"

#include <math.h>

#define FOCUS_WIDTH  2
#define FOCUS_RADIUS 4

/* Pixels that code moves for one click of a wheel. */
#define WHEEL_STEP 40

static void
set_focus_link (UcRowText *self, int index)
{
  if (self->focus_link == index)
    return;

  self->focus_link = index;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Tab goes through the links, then through the buttons. */
static gboolean
focus (GtkWidget *widget, GtkDirectionType direction)
{
  UcRowText     *self = UC_ROW_TEXT (widget);
  const int      n_links = self->flow != NULL ? (int) uc_row_flow_get_n_links (self->flow) : 0;
  const int      n = n_links + (int) self->buttons->len;
  const gboolean is_back = direction == GTK_DIR_TAB_BACKWARD;
  GtkWidget     *child = gtk_widget_get_focus_child (widget);
  int            index = is_back ? n : -1;
  guint          button;

  if (direction != GTK_DIR_TAB_FORWARD && !is_back)
    return FALSE;

  if (child != NULL && g_ptr_array_find (self->buttons, child, &button))
    index = n_links + (int) button;
  else if (gtk_widget_is_focus (widget) && self->focus_link >= 0)
    index = self->focus_link;
  index += is_back ? -1 : 1;
  if (index < 0 || index >= n) {
    set_focus_link (self, -1);
    return FALSE;
  }

  if (index < n_links) {
    set_focus_link (self, index);
    return gtk_widget_grab_focus (widget);
  }
  set_focus_link (self, -1);

  return gtk_widget_grab_focus (g_ptr_array_index (self->buttons, index - n_links));
}

static gboolean
activate_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  UcRowText *self = UC_ROW_TEXT (widget);

  if (!gtk_widget_is_focus (widget) || self->focus_link < 0)
    return GDK_EVENT_PROPAGATE;

  _uc_row_text_follow (self, self->focus_link);

  return GDK_EVENT_STOP;
}

static void
leave_cb (GtkEventControllerFocus *controller, UcRowText *self)
{
  set_focus_link (self, -1);
}

static void
released_cb (GtkGestureClick *gesture, int n_press, double x, double y, UcRowText *self)
{
  const int index = self->flow != NULL ? uc_row_flow_get_link_at (self->flow, x, y) : -1;

  if (index < 0 || n_press != 1)
    return;

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  _uc_row_text_follow (self, index);
}

static void
motion_cb (GtkEventControllerMotion *controller, double x, double y, UcRowText *self)
{
  gboolean is_link;

  self->pointer_x = x;
  self->pointer_y = y;
  is_link = self->flow != NULL && uc_row_flow_get_link_at (self->flow, x, y) >= 0;

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), is_link ? "pointer" : "text");
}

static gboolean
scroll_cb (GtkEventControllerScroll *controller, double dx, double dy, UcRowText *self)
{
  if (self->flow == NULL || fabs (dx) <= fabs (dy))
    return GDK_EVENT_PROPAGATE;
  if (gtk_event_controller_scroll_get_unit (controller) == GDK_SCROLL_UNIT_WHEEL)
    dx *= WHEEL_STEP;

  if (!uc_row_flow_scroll_at (self->flow, self->pointer_x, self->pointer_y, dx))
    return GDK_EVENT_PROPAGATE;
  gtk_widget_queue_draw (GTK_WIDGET (self));

  return GDK_EVENT_STOP;
}

/* Where a link really leads: what it says may be anything. */
static gboolean
query_tooltip (GtkWidget *widget, int x, int y, gboolean is_keyboard, GtkTooltip *tooltip)
{
  UcRowText       *self = UC_ROW_TEXT (widget);
  const UcRowLink *link = NULL;

  if (self->flow == NULL)
    return FALSE;
  if (is_keyboard && self->focus_link >= 0)
    link = uc_row_flow_get_link (self->flow, self->focus_link);
  else if (!is_keyboard)
    link = uc_row_text_get_link_at (self, x, y);
  if (link == NULL || (link->flags & (UC_RUN_LINK | UC_RUN_IMAGE)) == 0)
    return FALSE;

  gtk_tooltip_set_text (tooltip, link->target);

  return TRUE;
}

void
_uc_row_text_links_class_init (GtkWidgetClass *widget_class)
{
  widget_class->focus = focus;
  widget_class->query_tooltip = query_tooltip;
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, 0, activate_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, 0, activate_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_space, 0, activate_cb, NULL);
}

void
_uc_row_text_links_init (UcRowText *self)
{
  GtkGesture         *click = gtk_gesture_click_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *focused = gtk_event_controller_focus_new ();
  GtkEventController *scroll =
      gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);

  g_signal_connect_object (click, "released", G_CALLBACK (released_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect_object (motion, "motion", G_CALLBACK (motion_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  g_signal_connect_object (focused, "leave", G_CALLBACK (leave_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), focused);
  g_signal_connect_object (scroll, "scroll", G_CALLBACK (scroll_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
}

/* A ring around the link that has the focus. */
void
_uc_row_text_draw_focus (UcRowText *self, GtkSnapshot *snapshot)
{
  const float      widths[4] = { FOCUS_WIDTH, FOCUS_WIDTH, FOCUS_WIDTH, FOCUS_WIDTH };
  const GdkRGBA    colors[4] = { self->colors.accent, self->colors.accent, self->colors.accent,
                                 self->colors.accent };
  const UcRowLink *link;
  cairo_region_t  *region;

  if (self->focus_link < 0 || !gtk_widget_is_focus (GTK_WIDGET (self)))
    return;

  link = uc_row_flow_get_link (self->flow, self->focus_link);
  region = uc_row_flow_get_region (self->flow, link->start, link->end);
  for (int i = 0; i < cairo_region_num_rectangles (region); i++) {
    GdkRectangle   part;
    GskRoundedRect outline;

    cairo_region_get_rectangle (region, i, &part);
    gsk_rounded_rect_init_from_rect (
        &outline,
        &GRAPHENE_RECT_INIT (part.x - FOCUS_WIDTH, part.y - FOCUS_WIDTH,
                             part.width + 2 * FOCUS_WIDTH, part.height + 2 * FOCUS_WIDTH),
        FOCUS_RADIUS);
    gtk_snapshot_append_border (snapshot, &outline, widths, colors);
  }
  cairo_region_destroy (region);
}

void
_uc_row_text_follow (UcRowText *self, int index)
{
  const UcRowLink *link = uc_row_flow_get_link (self->flow, index);
  g_autofree char *target = g_strdup (link->target);

  g_signal_emit_by_name (self, "follow", (guint) link->flags, target);
}
