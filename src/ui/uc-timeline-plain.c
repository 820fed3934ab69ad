/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The traditional list: a GtkListBox in a scrolled window, with a button above it. It asks
 * for rows until it has its first block, and for a block more when the button is
 * pressed; it never lets go of one. */

#include "config.h"

#include "uc-timeline-plain.h"

#include "uc-row-announce.h"

#include <glib/gi18n.h>

/* Rows that come without being asked for. */
#define FIRST_BLOCK 200u

/* Within so many pixels of the end it is at the end. */
#define END_SLACK 2.0

struct _UcTimelinePlain {
  GtkWidget             parent_instance;
  const UcTimelineRows *funcs;      /* (unowned) */
  gpointer              funcs_data; /* (unowned) */
  GListModel           *model;      /* (owned) (nullable) */
  GtkWidget            *scrolled;
  GtkWidget            *older_button;
  GtkListBox           *list;
  gboolean              at_end;
  double                upper;      /* of the adjustment, as it was */
  double                grown;      /* pixels since it was followed */
  guint                 follow_id;  /* idle source */
  guint                 n_expected; /* older rows that are on their way, or 0 */
  guint                 n_wanted;   /* rows to ask for */
  guint                 n_asked_at; /* rows there were when it asked last */
  guint                 target;     /* a row to show once it has a place, or invalid */
  gboolean              to_highlight;
};

G_DEFINE_FINAL_TYPE (UcTimelinePlain, uc_timeline_plain, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_AT_END,
  N_PROPS,
};

enum {
  SHOWN,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint       signals[N_SIGNALS];

static GtkAdjustment *
get_adjustment (UcTimelinePlain *self)
{
  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scrolled));
}

static guint
get_n (UcTimelinePlain *self)
{
  return self->model != NULL ? g_list_model_get_n_items (self->model) : 0;
}

/* Everything it has is shown, as far as the model is concerned. */
static void
ask (UcTimelinePlain *self)
{
  const guint n = get_n (self);

  if (n == 0)
    return;
  self->n_asked_at = n;
  g_signal_emit (self, signals[SHOWN], 0, 0, n - 1);
}

static void
older_cb (UcTimelinePlain *self)
{
  self->n_wanted = get_n (self) + FIRST_BLOCK;
  self->n_expected = self->n_wanted;
  ask (self);
}

static void
items_changed_cb (UcTimelinePlain *self, guint position, guint n_removed, guint n_added)
{
  const guint n = get_n (self);

  if (self->funcs->dup_announcement != NULL && n_removed == 0 && n_added == 1 &&
      position + 1 == n && n > 1) {
    g_autoptr (GObject) item = g_list_model_get_item (self->model, position);
    g_autofree char *text = self->funcs->dup_announcement (item, self->funcs_data);

    if (text != NULL)
      uc_row_announce (GTK_WIDGET (self), text);
  }
  if (n < self->n_wanted && n != self->n_asked_at)
    ask (self);
}

static GtkWidget *
make_row_cb (gpointer item, gpointer user_data)
{
  UcTimelinePlain *self = user_data;
  GtkWidget       *row =
      self->funcs->create (self->funcs->get_kind (item, self->funcs_data), self->funcs_data);
  GtkWidget *holder = gtk_list_box_row_new ();

  self->funcs->bind (row, item, self->funcs_data);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (holder), row);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (holder), FALSE);
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (holder), FALSE);
  /* The row inside takes the focus: it is what has keys. */
  gtk_widget_set_focusable (holder, FALSE);

  return holder;
}

static void
set_at_end (UcTimelinePlain *self, gboolean at_end)
{
  if (self->at_end == at_end)
    return;

  self->at_end = at_end;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_AT_END]);
}

static void
value_changed_cb (UcTimelinePlain *self)
{
  GtkAdjustment *adjustment = get_adjustment (self);
  const double   end =
      gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);

  /* While the extent is another one, this is no hand that scrolls. */
  if (gtk_adjustment_get_upper (adjustment) == self->upper)
    set_at_end (self, gtk_adjustment_get_value (adjustment) >= end - END_SLACK);
}

static void
show_target (UcTimelinePlain *self)
{
  GtkListBoxRow  *row = gtk_list_box_get_row_at_index (self->list, self->target);
  GtkAdjustment  *adjustment = get_adjustment (self);
  graphene_rect_t bounds;

  if (row == NULL ||
      !gtk_widget_compute_bounds (GTK_WIDGET (row), gtk_widget_get_parent (GTK_WIDGET (self->list)),
                                  &bounds))
    return;
  self->target = GTK_INVALID_LIST_POSITION;
  gtk_adjustment_set_value (
      adjustment,
      bounds.origin.y - (gtk_adjustment_get_page_size (adjustment) - bounds.size.height) / 2);
  if (self->to_highlight) {
    gtk_widget_add_css_class (gtk_list_box_row_get_child (row), "highlight");
    gtk_widget_grab_focus (gtk_list_box_row_get_child (row));
  }
  self->to_highlight = FALSE;
}

/* At the end it stays there, else older rows above move nothing. */
static gboolean
follow_cb (gpointer user_data)
{
  UcTimelinePlain *self = user_data;
  GtkAdjustment   *adjustment = get_adjustment (self);
  const double     grown = self->grown;

  self->follow_id = 0;
  self->grown = 0;
  if (self->target != GTK_INVALID_LIST_POSITION) {
    show_target (self);
  } else if (self->at_end) {
    gtk_adjustment_set_value (adjustment, self->upper);
  } else if (self->n_expected > 0) {
    self->n_expected = 0;
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + grown);
  }

  return G_SOURCE_REMOVE;
}

/* Another extent. Its value is set only after this has been told. */
static void
extent_changed_cb (UcTimelinePlain *self)
{
  GtkAdjustment *adjustment = get_adjustment (self);
  const double   upper = gtk_adjustment_get_upper (adjustment);
  const double   grown = upper - self->upper;

  if (grown == 0)
    return;

  self->upper = upper;
  self->grown += grown;
  if (self->follow_id == 0)
    self->follow_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, follow_cb, self, NULL);
}

/* From the row with the focus on, or from the last one, to the next that can have it. */
static gboolean
move_focus (UcTimelinePlain *self, int step)
{
  GtkWidget *holder = gtk_widget_get_focus_child (GTK_WIDGET (self->list));

  if (holder == NULL)
    holder = gtk_widget_get_last_child (GTK_WIDGET (self->list));
  else if (step != 0)
    holder = step < 0 ? gtk_widget_get_prev_sibling (holder) : gtk_widget_get_next_sibling (holder);
  while (holder != NULL) {
    if (GTK_IS_LIST_BOX_ROW (holder) &&
        gtk_widget_grab_focus (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (holder))))
      return TRUE;
    holder = step > 0 ? gtk_widget_get_next_sibling (holder) : gtk_widget_get_prev_sibling (holder);
  }

  return FALSE;
}

static gboolean
move_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  const int step = g_variant_get_int32 (args);

  if (!move_focus (UC_TIMELINE_PLAIN (widget), step))
    gtk_widget_keynav_failed (widget, step < 0 ? GTK_DIR_UP : GTK_DIR_DOWN);

  return GDK_EVENT_STOP;
}

static gboolean
uc_timeline_plain_focus (GtkWidget *widget, GtkDirectionType direction)
{
  UcTimelinePlain *self = UC_TIMELINE_PLAIN (widget);
  GtkWidget       *holder = gtk_widget_get_focus_child (GTK_WIDGET (self->list));
  const gboolean   is_inside =
      (gtk_widget_get_state_flags (widget) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;

  /* As in the other list: Tab goes through one row, Up and Down from row to row. */
  if (is_inside && holder != NULL && gtk_widget_child_focus (holder, direction))
    return TRUE;
  if (is_inside && gtk_widget_is_focus (self->older_button))
    return direction == GTK_DIR_TAB_FORWARD && move_focus (self, 0);
  if (is_inside)
    return direction == GTK_DIR_TAB_BACKWARD && gtk_widget_grab_focus (self->older_button);

  return move_focus (self, 0) || gtk_widget_grab_focus (self->older_button);
}

static void
uc_timeline_plain_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  UcTimelinePlain *self = UC_TIMELINE_PLAIN (object);

  switch (prop_id) {
  case PROP_AT_END:
    g_value_set_boolean (value, self->at_end);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
uc_timeline_plain_dispose (GObject *object)
{
  UcTimelinePlain *self = UC_TIMELINE_PLAIN (object);

  g_clear_handle_id (&self->follow_id, g_source_remove);
  if (self->list != NULL)
    uc_timeline_plain_set_model (self, NULL);
  self->list = NULL;
  g_clear_pointer (&self->scrolled, gtk_widget_unparent);

  G_OBJECT_CLASS (uc_timeline_plain_parent_class)->dispose (object);
}

static void
uc_timeline_plain_class_init (UcTimelinePlainClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = uc_timeline_plain_get_property;
  object_class->dispose = uc_timeline_plain_dispose;
  widget_class->focus = uc_timeline_plain_focus;
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Up, 0, move_cb, "i", -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Up, 0, move_cb, "i", -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Down, 0, move_cb, "i", 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Down, 0, move_cb, "i", 1);

  props[PROP_AT_END] =
      g_param_spec_boolean ("at-end", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[SHOWN] = g_signal_new ("shown", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LOG);
}

static void
uc_timeline_plain_init (UcTimelinePlain *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->at_end = TRUE;
  self->target = GTK_INVALID_LIST_POSITION;
  self->n_wanted = FIRST_BLOCK;

  self->older_button = gtk_button_new_with_label (_ ("Load Older"));
  gtk_widget_set_halign (self->older_button, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (self->older_button, 6);
  gtk_widget_add_css_class (self->older_button, "pill");
  gtk_widget_add_css_class (self->older_button, "small");
  g_signal_connect_object (self->older_button, "clicked", G_CALLBACK (older_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), self->older_button);

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "timeline-plain");
  gtk_widget_set_vexpand (GTK_WIDGET (self->list), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));

  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), box);
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
  g_signal_connect_object (get_adjustment (self), "value-changed", G_CALLBACK (value_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_adjustment (self), "changed", G_CALLBACK (extent_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * uc_timeline_plain_new:
 * @rows: makes and fills rows; must outlive the list
 * @user_data: (unowned): handed to its functions
 *
 * Returns: (transfer floating): a list without a model
 */
GtkWidget *
uc_timeline_plain_new (const UcTimelineRows *rows, gpointer user_data)
{
  UcTimelinePlain *self = g_object_new (UC_TYPE_TIMELINE_PLAIN, NULL);

  self->funcs = rows;
  self->funcs_data = user_data;

  return GTK_WIDGET (self);
}

/**
 * uc_timeline_plain_set_model:
 * @self: a list
 * @model: (nullable): what to show
 *
 * Shows another list, from its end.
 */
void
uc_timeline_plain_set_model (UcTimelinePlain *self, GListModel *model)
{
  g_return_if_fail (UC_IS_TIMELINE_PLAIN (self));

  if (self->model == model)
    return;

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_func (self->model, items_changed_cb, self);
  g_set_object (&self->model, model);
  self->n_wanted = FIRST_BLOCK;
  self->target = GTK_INVALID_LIST_POSITION;
  gtk_list_box_bind_model (self->list, model, make_row_cb, self, NULL);
  set_at_end (self, TRUE);
  if (model == NULL)
    return;
  /* After the list box has its rows. */
  g_signal_connect_object (model, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  ask (self);
}

/**
 * uc_timeline_plain_scroll_to:
 * @self: a list
 * @position: a row of the model
 * @highlight: whether to mark it
 *
 * Shows a row in the middle, once it has a place.
 */
void
uc_timeline_plain_scroll_to (UcTimelinePlain *self, guint position, gboolean highlight)
{
  g_return_if_fail (UC_IS_TIMELINE_PLAIN (self));

  set_at_end (self, FALSE);
  self->target = position;
  self->to_highlight = highlight;
  if (self->upper > 0)
    show_target (self);
}

/**
 * uc_timeline_plain_scroll_to_end:
 * @self: a list
 *
 * Shows the end and stays there.
 */
void
uc_timeline_plain_scroll_to_end (UcTimelinePlain *self)
{
  g_return_if_fail (UC_IS_TIMELINE_PLAIN (self));

  self->target = GTK_INVALID_LIST_POSITION;
  set_at_end (self, TRUE);
  gtk_adjustment_set_value (get_adjustment (self), self->upper);
}

/**
 * uc_timeline_plain_is_at_end:
 * @self: a list
 *
 * Returns: whether it is at the end and follows what comes
 */
gboolean
uc_timeline_plain_is_at_end (UcTimelinePlain *self)
{
  g_return_val_if_fail (UC_IS_TIMELINE_PLAIN (self), FALSE);

  return self->at_end;
}
