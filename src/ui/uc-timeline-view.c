/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of a conversation as a widget: properties, scrolling and what it tells. How
 * rows are kept is in uc-timeline-rows.c, how they are placed in uc-timeline-layout.c,
 * moving in uc-timeline-scroll.c, how it follows its model in uc-timeline-change.c, the
 * keyboard in uc-timeline-focus.c, selection in uc-timeline-select.c. */

#include "config.h"

#include "uc-timeline-view-private.h"

#include "uc-thread.h"

/* Longer lines are hard to read. */
#define DEFAULT_ROW_WIDTH 960

G_DEFINE_FINAL_TYPE_WITH_CODE (UcTimelineView,
                               uc_timeline_view,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

enum {
  PROP_0,
  PROP_AT_END,
  PROP_STICKS_TO_END,
  PROP_MAX_ROW_WIDTH,
  N_PROPS,

  PROP_HADJUSTMENT = N_PROPS,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
};

enum {
  SHOWN,
  END_WANTED,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint       signals[N_SIGNALS];

static void
tell_range (UcTimelineView *self)
{
  guint first, last;

  if (!_uc_timeline_view_get_shown (self, &first, &last))
    return;
  if (!self->is_range_stale && first == self->told_first && last == self->told_last)
    return;

  self->is_range_stale = FALSE;
  self->told_first = first;
  self->told_last = last;
  g_signal_emit (self, signals[SHOWN], 0, first, last);
}

static void
focus_pending (UcTimelineView *self)
{
  UcTimelineRow *row;

  if (self->focus_position == GTK_INVALID_LIST_POSITION)
    return;

  row = _uc_timeline_view_find_row (self, self->focus_position);
  self->focus_position = GTK_INVALID_LIST_POSITION;
  if (row != NULL)
    gtk_widget_grab_focus (row->widget);
}

/* Handlers may change the model or the widgets around, which a layout must not. */
static gboolean
tell_cb (gpointer user_data)
{
  UcTimelineView *self = user_data;

  self->tell_id = 0;
  g_object_ref (self);
  focus_pending (self);
  if (self->told_at_end != self->at_end) {
    self->told_at_end = self->at_end;
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_AT_END]);
  }
  tell_range (self);
  g_object_unref (self);

  return G_SOURCE_REMOVE;
}

static void
value_changed_cb (UcTimelineView *self, GtkAdjustment *adjustment)
{
  _uc_timeline_view_scrolled (self, gtk_adjustment_get_value (adjustment));
}

static void
take_adjustment (UcTimelineView *self, GtkAdjustment **place, GtkAdjustment *adjustment)
{
  if (*place != NULL && *place == adjustment)
    return;

  if (*place != NULL)
    g_signal_handlers_disconnect_by_data (*place, self);
  g_clear_object (place);
  if (adjustment == NULL)
    adjustment = gtk_adjustment_new (0, 0, 0, 0, 0, 0);
  *place = g_object_ref_sink (adjustment);
  if (place == &self->vadjustment) {
    self->value = gtk_adjustment_get_value (adjustment);
    g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (value_changed_cb), self,
                             G_CONNECT_SWAPPED);
  }
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
measure (GtkWidget     *widget,
         GtkOrientation orientation,
         int            for_size,
         int           *minimum,
         int           *natural,
         int           *minimum_baseline,
         int           *natural_baseline)
{
  /* It takes what it is given: its rows are another matter. */
  *minimum = 0;
  *natural = 0;
}

static void
size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  UcTimelineView *self = UC_TIMELINE_VIEW (widget);

  _uc_timeline_view_layout (self, width, height);
  if (self->tell_id == 0)
    self->tell_id = g_idle_add_full (G_PRIORITY_DEFAULT, tell_cb, self, NULL);
}

static void
snapshot (GtkWidget *widget, GtkSnapshot *snap)
{
  UcTimelineView *self = UC_TIMELINE_VIEW (widget);

  for (guint i = 0; i < self->rows->len; i++) {
    UcTimelineRow *row = g_ptr_array_index (self->rows, i);

    if (row->y + row->height > 0 && row->y < self->page_height)
      gtk_widget_snapshot_child (widget, row->widget, snap);
  }
}

static void
get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  UcTimelineView *self = UC_TIMELINE_VIEW (object);

  switch (prop_id) {
  case PROP_AT_END:
    g_value_set_boolean (value, self->at_end);
    break;
  case PROP_STICKS_TO_END:
    g_value_set_boolean (value, self->sticks_to_end);
    break;
  case PROP_MAX_ROW_WIDTH:
    g_value_set_int (value, self->max_row_width);
    break;
  case PROP_HADJUSTMENT:
    g_value_set_object (value, self->hadjustment);
    break;
  case PROP_VADJUSTMENT:
    g_value_set_object (value, self->vadjustment);
    break;
  case PROP_HSCROLL_POLICY:
    g_value_set_enum (value, self->hpolicy);
    break;
  case PROP_VSCROLL_POLICY:
    g_value_set_enum (value, self->vpolicy);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  UcTimelineView *self = UC_TIMELINE_VIEW (object);

  switch (prop_id) {
  case PROP_STICKS_TO_END:
    uc_timeline_view_set_sticks (self, g_value_get_boolean (value));
    break;
  case PROP_MAX_ROW_WIDTH:
    if (self->max_row_width != g_value_get_int (value)) {
      self->max_row_width = g_value_get_int (value);
      gtk_widget_queue_allocate (GTK_WIDGET (self));
      g_object_notify_by_pspec (object, pspec);
    }
    break;
  case PROP_HADJUSTMENT:
    take_adjustment (self, &self->hadjustment, g_value_get_object (value));
    break;
  case PROP_VADJUSTMENT:
    take_adjustment (self, &self->vadjustment, g_value_get_object (value));
    break;
  case PROP_HSCROLL_POLICY:
    self->hpolicy = g_value_get_enum (value);
    break;
  case PROP_VSCROLL_POLICY:
    self->vpolicy = g_value_get_enum (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
uc_timeline_view_dispose (GObject *object)
{
  UcTimelineView *self = UC_TIMELINE_VIEW (object);
  GtkWidget      *child;

  uc_timeline_view_set_model (self, NULL);
  _uc_timeline_select_dispose (self);
  g_clear_handle_id (&self->tell_id, g_source_remove);
  _uc_timeline_scroll_dispose (self);
  for (guint i = 0; i < UC_TIMELINE_MAX_KINDS; i++)
    g_clear_pointer (&self->pools[i], g_ptr_array_unref);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->hadjustment);
  g_clear_object (&self->vadjustment);

  G_OBJECT_CLASS (uc_timeline_view_parent_class)->dispose (object);
}

static void
uc_timeline_view_finalize (GObject *object)
{
  UcTimelineView *self = UC_TIMELINE_VIEW (object);

  g_ptr_array_unref (self->rows);
  uc_timeline_heights_free (self->heights);

  G_OBJECT_CLASS (uc_timeline_view_parent_class)->finalize (object);
}

static void
uc_timeline_view_class_init (UcTimelineViewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = get_property;
  object_class->set_property = set_property;
  object_class->dispose = uc_timeline_view_dispose;
  object_class->finalize = uc_timeline_view_finalize;
  widget_class->measure = measure;
  widget_class->size_allocate = size_allocate;
  widget_class->snapshot = snapshot;
  _uc_timeline_focus_class_init (widget_class);
  _uc_timeline_select_class_init (widget_class);

  props[PROP_AT_END] =
      g_param_spec_boolean ("at-end", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_STICKS_TO_END] =
      g_param_spec_boolean ("sticks-to-end", NULL, NULL, TRUE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  props[PROP_MAX_ROW_WIDTH] =
      g_param_spec_int ("max-row-width", NULL, NULL, 1, G_MAXINT, DEFAULT_ROW_WIDTH,
                        G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");

  signals[SHOWN] = g_signal_new ("shown", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
  signals[END_WANTED] = g_signal_new ("end-wanted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "timeline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LOG);
}

static void
uc_timeline_view_init (UcTimelineView *self)
{
  self->heights = uc_timeline_heights_new ();
  self->rows = g_ptr_array_new ();
  self->max_row_width = DEFAULT_ROW_WIDTH;
  self->at_end = TRUE;
  self->told_at_end = TRUE;
  self->sticks_to_end = TRUE;
  self->focus_position = GTK_INVALID_LIST_POSITION;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  _uc_timeline_select_init (self);
}

/**
 * uc_timeline_view_new:
 * @rows: (not nullable): makes and fills rows; must outlive the view
 * @user_data: (unowned): handed to its functions
 *
 * Returns: (transfer floating): a view without a model
 */
GtkWidget *
uc_timeline_view_new (const UcTimelineRows *rows, gpointer user_data)
{
  UcTimelineView *self;

  UC_ASSERT_MAIN_THREAD ();
  g_return_val_if_fail (rows != NULL, NULL);

  self = g_object_new (UC_TYPE_TIMELINE_VIEW, NULL);
  self->funcs = rows;
  self->funcs_data = user_data;

  return GTK_WIDGET (self);
}

/**
 * uc_timeline_view_set_model:
 * @self: a view
 * @model: (nullable): the list to show
 *
 * Shows another list, from its end.
 */
void
uc_timeline_view_set_model (UcTimelineView *self, GListModel *model)
{
  g_return_if_fail (UC_IS_TIMELINE_VIEW (self));
  g_return_if_fail (model == NULL || G_IS_LIST_MODEL (model));

  if (self->model == model)
    return;

  uc_timeline_view_clear_selection (self);
  _uc_timeline_view_release_all (self);
  uc_timeline_heights_splice (self->heights, 0, uc_timeline_heights_get_n (self->heights), 0);
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_func (self->model, _uc_timeline_view_items_changed, self);
  g_set_object (&self->model, model);
  self->at_end = TRUE;
  self->has_target = FALSE;
  self->is_range_stale = TRUE;
  self->focus_position = GTK_INVALID_LIST_POSITION;
  if (model != NULL) {
    g_signal_connect_object (model, "items-changed", G_CALLBACK (_uc_timeline_view_items_changed),
                             self, G_CONNECT_SWAPPED);
    uc_timeline_heights_splice (self->heights, 0, 0, g_list_model_get_n_items (model));
  }
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/**
 * uc_timeline_view_get_model:
 * @self: a view
 *
 * Returns: (transfer none) (nullable): the list it shows
 */
GListModel *
uc_timeline_view_get_model (UcTimelineView *self)
{
  g_return_val_if_fail (UC_IS_TIMELINE_VIEW (self), NULL);

  return self->model;
}

/**
 * uc_timeline_view_set_sticks:
 * @self: a view
 * @sticks_to_end: whether the last row is the newest there is
 *
 * While %FALSE, rows that come at the end are older ones still to be read: they come in
 * below what is seen.
 */
void
uc_timeline_view_set_sticks (UcTimelineView *self, gboolean sticks_to_end)
{
  g_return_if_fail (UC_IS_TIMELINE_VIEW (self));

  if (self->sticks_to_end == sticks_to_end)
    return;

  self->sticks_to_end = sticks_to_end;
  if (!sticks_to_end && self->rows->len > 0)
    self->at_end = FALSE;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STICKS_TO_END]);
}

/**
 * uc_timeline_view_get_row:
 * @self: a view
 * @position: a row of the model
 * @y: (out) (optional): its upper edge in the view, in pixels
 * @height: (out) (optional): its height in pixels
 *
 * Returns: (transfer none) (nullable): the widget of the row, if it is alive
 */
GtkWidget *
uc_timeline_view_get_row (UcTimelineView *self, guint position, double *y, int *height)
{
  UcTimelineRow *row;

  g_return_val_if_fail (UC_IS_TIMELINE_VIEW (self), NULL);

  row = _uc_timeline_view_find_row (self, position);
  if (row == NULL)
    return NULL;

  if (y != NULL)
    *y = row->y;
  if (height != NULL)
    *height = row->height;

  return row->widget;
}

/**
 * uc_timeline_view_get_n_live:
 * @self: a view
 *
 * Returns: how many row widgets exist, with those kept for reuse
 */
guint
uc_timeline_view_get_n_live (UcTimelineView *self)
{
  guint n;

  g_return_val_if_fail (UC_IS_TIMELINE_VIEW (self), 0);

  n = self->rows->len;
  for (guint i = 0; i < UC_TIMELINE_MAX_KINDS; i++)
    n += self->pools[i] != NULL ? self->pools[i]->len : 0;

  return n;
}
