/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows a picture in any size. The point under the pointer stays where it is when the
 * size changes. */

#include "config.h"

#include "uc-conversation-zoom.h"

#define STEP     1.25
#define MIN_ZOOM 0.05
#define MAX_ZOOM 16.0

/* The picture itself, as large as it is to be shown; in a viewport. */
#define UC_TYPE_ZOOM_CANVAS (zoom_canvas_get_type ())
G_DECLARE_FINAL_TYPE (ZoomCanvas, zoom_canvas, UC, ZOOM_CANVAS, GtkWidget)

struct _ZoomCanvas {
  GtkWidget parent_instance;

  GdkPaintable *paintable; /* (owned) (nullable) */
  int           width;     /* of the picture, in its own pixels */
  int           height;
  double        zoom; /* 0: as it fits */
};

struct _UcConversationZoom {
  GtkWidget parent_instance;

  GtkScrolledWindow *scrolled;
  ZoomCanvas        *canvas;

  double pinch_start; /* the zoom when two fingers came down */
  guint  tell_id;
  double drag_x; /* where the view was when dragging began */
  double drag_y;
  double pointer_x; /* where the wheel zooms */
  double pointer_y;
  /* what stays under which place of the view, until the new size is laid out */
  gboolean has_anchor;
  double   anchor_x; /* of the picture, 0 to 1 */
  double   anchor_y;
  double   anchor_at_x; /* of the view */
  double   anchor_at_y;
};

enum {
  ZOOM_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ZoomCanvas, zoom_canvas, GTK_TYPE_WIDGET)
G_DEFINE_FINAL_TYPE (UcConversationZoom, uc_conversation_zoom, GTK_TYPE_WIDGET)

/* -- The canvas -------------------------------------------------------------------------- */

/* One pixel of the picture on one of the screen. */
static double
get_unit (ZoomCanvas *self)
{
  return 1.0 / gtk_widget_get_scale_factor (GTK_WIDGET (self));
}

static double
get_fitting (ZoomCanvas *self)
{
  const int width = gtk_widget_get_width (GTK_WIDGET (self));
  const int height = gtk_widget_get_height (GTK_WIDGET (self));

  if (self->width <= 0 || self->height <= 0 || width <= 0 || height <= 0)
    return 1.0;
  return MIN (1.0, MIN (width / (self->width * get_unit (self)),
                        height / (self->height * get_unit (self))));
}

static double
get_zoom (ZoomCanvas *self)
{
  return self->zoom > 0 ? self->zoom : get_fitting (self);
}

static void
zoom_canvas_measure (GtkWidget     *widget,
                     GtkOrientation orientation,
                     int            for_size,
                     int           *minimum,
                     int           *natural,
                     int           *minimum_baseline,
                     int           *natural_baseline)
{
  ZoomCanvas *self = UC_ZOOM_CANVAS (widget);
  const int   size = orientation == GTK_ORIENTATION_HORIZONTAL ? self->width : self->height;

  *minimum = *natural = self->zoom > 0 ? (int) (size * self->zoom * get_unit (self) + 0.5) : 0;
}

static void
zoom_canvas_snapshot (GtkWidget *widget, GtkSnapshot *snap)
{
  ZoomCanvas  *self = UC_ZOOM_CANVAS (widget);
  const double width = self->width * get_zoom (self) * get_unit (self);
  const double height = self->height * get_zoom (self) * get_unit (self);

  if (self->paintable == NULL)
    return;
  gtk_snapshot_save (snap);
  /* On whole pixels, or a line of one pixel becomes a grey one of two. */
  gtk_snapshot_translate (
      snap, &GRAPHENE_POINT_INIT ((float) (int) ((gtk_widget_get_width (widget) - width) / 2),
                                  (float) (int) ((gtk_widget_get_height (widget) - height) / 2)));
  gdk_paintable_snapshot (self->paintable, snap, width, height);
  gtk_snapshot_restore (snap);
}

static void
zoom_canvas_set_paintable (ZoomCanvas *self, GdkPaintable *paintable)
{
  if (self->paintable != NULL)
    g_signal_handlers_disconnect_by_data (self->paintable, self);
  g_set_object (&self->paintable, paintable);
  if (paintable != NULL)
    g_signal_connect_object (paintable, "invalidate-contents", G_CALLBACK (gtk_widget_queue_draw),
                             self, G_CONNECT_SWAPPED);
}

static void
zoom_canvas_dispose (GObject *object)
{
  zoom_canvas_set_paintable (UC_ZOOM_CANVAS (object), NULL);

  G_OBJECT_CLASS (zoom_canvas_parent_class)->dispose (object);
}

static void
zoom_canvas_class_init (ZoomCanvasClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zoom_canvas_dispose;
  widget_class->measure = zoom_canvas_measure;
  widget_class->snapshot = zoom_canvas_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
zoom_canvas_init (ZoomCanvas *self)
{
}

/* -- Where it is ------------------------------------------------------------------------- */

static GtkAdjustment *
get_h (UcConversationZoom *self)
{
  return gtk_scrolled_window_get_hadjustment (self->scrolled);
}

static GtkAdjustment *
get_v (UcConversationZoom *self)
{
  return gtk_scrolled_window_get_vadjustment (self->scrolled);
}

/* The place of the picture under a place of the view, 0 to 1. */
static double
find_part (GtkAdjustment *adjustment, double at, double shown_size)
{
  const double margin = MAX (gtk_adjustment_get_upper (adjustment) - shown_size, 0) / 2;

  if (shown_size <= 0)
    return 0.5;
  return CLAMP ((gtk_adjustment_get_value (adjustment) + at - margin) / shown_size, 0.0, 1.0);
}

static void
set_anchor (UcConversationZoom *self, double x, double y)
{
  const double scale = get_zoom (self->canvas) * get_unit (self->canvas);

  self->has_anchor = TRUE;
  self->anchor_x = find_part (get_h (self), x, self->canvas->width * scale);
  self->anchor_y = find_part (get_v (self), y, self->canvas->height * scale);
  self->anchor_at_x = x;
  self->anchor_at_y = y;
}

static void
tell_cb (gpointer user_data)
{
  UcConversationZoom *self = user_data;

  self->tell_id = 0;
  g_signal_emit (self, signals[ZOOM_CHANGED], 0);
}

static void
laid_out_cb (UcConversationZoom *self)
{
  const double scale = get_zoom (self->canvas) * get_unit (self->canvas);

  /* As it fits is another size in another window; told when this layout is done. */
  if (self->canvas->zoom <= 0 && self->tell_id == 0)
    self->tell_id = g_idle_add_once (tell_cb, self);
  if (!self->has_anchor || self->canvas->zoom <= 0)
    return;
  gtk_adjustment_set_value (get_h (self),
                            self->anchor_x * self->canvas->width * scale - self->anchor_at_x);
  gtk_adjustment_set_value (get_v (self),
                            self->anchor_y * self->canvas->height * scale - self->anchor_at_y);
}

static void
zoom_at (UcConversationZoom *self, double zoom, double x, double y)
{
  if (self->canvas->paintable == NULL)
    return;
  set_anchor (self, x, y);
  self->canvas->zoom = CLAMP (zoom, MIN_ZOOM, MAX_ZOOM);
  gtk_widget_queue_resize (GTK_WIDGET (self->canvas));
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "grab");
  g_signal_emit (self, signals[ZOOM_CHANGED], 0);
}

static void
zoom_at_middle (UcConversationZoom *self, double zoom)
{
  zoom_at (self, zoom, gtk_widget_get_width (GTK_WIDGET (self)) / 2.0,
           gtk_widget_get_height (GTK_WIDGET (self)) / 2.0);
}

/* -- Hands ---------------------------------------------------------------------------------- */

static void
motion_cb (UcConversationZoom *self, double x, double y)
{
  self->pointer_x = x;
  self->pointer_y = y;
}

static gboolean
scroll_cb (UcConversationZoom *self, double dx, double dy)
{
  const double turn = CLAMP (dy, -1.0, 1.0) * (STEP - 1);
  const double factor = turn < 0 ? 1 - turn : 1 / (1 + turn);

  zoom_at (self, get_zoom (self->canvas) * factor, self->pointer_x, self->pointer_y);
  return GDK_EVENT_STOP;
}

static void
pinch_begin_cb (UcConversationZoom *self)
{
  self->pinch_start = get_zoom (self->canvas);
}

static void
pinch_cb (UcConversationZoom *self, double scale, GtkGesture *gesture)
{
  double x = gtk_widget_get_width (GTK_WIDGET (self)) / 2.0;
  double y = gtk_widget_get_height (GTK_WIDGET (self)) / 2.0;

  gtk_gesture_get_bounding_box_center (gesture, &x, &y);
  zoom_at (self, self->pinch_start * scale, x, y);
}

static void
drag_begin_cb (UcConversationZoom *self)
{
  self->has_anchor = FALSE;
  self->drag_x = gtk_adjustment_get_value (get_h (self));
  self->drag_y = gtk_adjustment_get_value (get_v (self));
}

static void
drag_cb (UcConversationZoom *self, double dx, double dy)
{
  gtk_adjustment_set_value (get_h (self), self->drag_x - dx);
  gtk_adjustment_set_value (get_v (self), self->drag_y - dy);
}

/* Twice: as large as it is, and back. */
static void
pressed_cb (UcConversationZoom *self, int n_press, double x, double y)
{
  if (n_press != 2)
    return;
  if (self->canvas->zoom > 0)
    uc_conversation_zoom_fit (self);
  else
    zoom_at (self, 1.0, x, y);
}

static void
add_controllers (UcConversationZoom *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll =
      gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkGesture *pinch = gtk_gesture_zoom_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_object (motion, "motion", G_CALLBACK (motion_cb), self, G_CONNECT_SWAPPED);
  /* Before the scrolled window, which would scroll. */
  gtk_event_controller_set_propagation_phase (scroll, GTK_PHASE_CAPTURE);
  g_signal_connect_object (scroll, "scroll", G_CALLBACK (scroll_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (pinch, "begin", G_CALLBACK (pinch_begin_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (pinch, "scale-changed", G_CALLBACK (pinch_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (drag_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (pinch));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

static void
uc_conversation_zoom_dispose (GObject *object)
{
  UcConversationZoom *self = UC_CONVERSATION_ZOOM (object);
  GtkWidget          *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  g_clear_handle_id (&self->tell_id, g_source_remove);
  g_clear_pointer (&child, gtk_widget_unparent);

  G_OBJECT_CLASS (uc_conversation_zoom_parent_class)->dispose (object);
}

static void
uc_conversation_zoom_class_init (UcConversationZoomClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = uc_conversation_zoom_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);

  signals[ZOOM_CHANGED] = g_signal_new ("zoom-changed", G_TYPE_FROM_CLASS (klass),
                                        G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
uc_conversation_zoom_init (UcConversationZoom *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->scrolled = GTK_SCROLLED_WINDOW (scrolled);
  self->canvas = g_object_new (UC_TYPE_ZOOM_CANVAS, NULL);
  gtk_scrolled_window_set_child (self->scrolled, GTK_WIDGET (self->canvas));
  /* Fingers drag the picture here, and two of them zoom. */
  gtk_scrolled_window_set_kinetic_scrolling (self->scrolled, FALSE);
  gtk_widget_set_parent (scrolled, GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  g_signal_connect_object (get_h (self), "changed", G_CALLBACK (laid_out_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (get_v (self), "changed", G_CALLBACK (laid_out_cb), self,
                           G_CONNECT_SWAPPED);
  add_controllers (self);
}

GtkWidget *
uc_conversation_zoom_new (void)
{
  return g_object_new (UC_TYPE_CONVERSATION_ZOOM, NULL);
}

/**
 * uc_conversation_zoom_set_paintable:
 * @self: a zoom
 * @paintable: (nullable): what to show
 * @width: of the picture, in its own pixels
 * @height: the same
 *
 * A new picture is shown as large as it fits.
 */
void
uc_conversation_zoom_set_paintable (UcConversationZoom *self,
                                    GdkPaintable       *paintable,
                                    int                 width,
                                    int                 height)
{
  g_return_if_fail (UC_IS_CONVERSATION_ZOOM (self));

  zoom_canvas_set_paintable (self->canvas, paintable);
  self->canvas->width = width;
  self->canvas->height = height;
  uc_conversation_zoom_fit (self);
}

double
uc_conversation_zoom_get_zoom (UcConversationZoom *self)
{
  g_return_val_if_fail (UC_IS_CONVERSATION_ZOOM (self), 1.0);

  return get_zoom (self->canvas);
}

gboolean
uc_conversation_zoom_is_fitting (UcConversationZoom *self)
{
  g_return_val_if_fail (UC_IS_CONVERSATION_ZOOM (self), TRUE);

  return self->canvas->zoom <= 0;
}

void
uc_conversation_zoom_set_zoom (UcConversationZoom *self, double zoom)
{
  g_return_if_fail (UC_IS_CONVERSATION_ZOOM (self));

  zoom_at_middle (self, zoom);
}

/**
 * uc_conversation_zoom_step:
 * @self: a zoom
 * @direction: 1 for larger, -1 for smaller
 */
void
uc_conversation_zoom_step (UcConversationZoom *self, int direction)
{
  g_return_if_fail (UC_IS_CONVERSATION_ZOOM (self));

  zoom_at_middle (self, get_zoom (self->canvas) * (direction > 0 ? STEP : 1 / STEP));
}

void
uc_conversation_zoom_fit (UcConversationZoom *self)
{
  g_return_if_fail (UC_IS_CONVERSATION_ZOOM (self));

  self->has_anchor = FALSE;
  self->canvas->zoom = 0;
  gtk_widget_set_cursor (GTK_WIDGET (self), NULL);
  gtk_widget_queue_resize (GTK_WIDGET (self->canvas));
  gtk_widget_queue_draw (GTK_WIDGET (self->canvas));
  g_signal_emit (self, signals[ZOOM_CHANGED], 0);
}
