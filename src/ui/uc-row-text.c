/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text of a message as a widget: style, size, drawing and its few buttons. Links are
 * in uc-row-text-links.c. */

#include "config.h"

#include "uc-row-text-private.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* From the edges of a block of code, in pixels. */
#define BUTTON_MARGIN 2

G_DEFINE_FINAL_TYPE (UcRowText, uc_row_text, GTK_TYPE_WIDGET)

enum {
  FOLLOW,
  SHOW_MORE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
ensure_style (UcRowText *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));

  if (self->flow == NULL || self->has_style)
    return;

  uc_row_colors_init (&self->colors, GTK_WIDGET (self));
  uc_row_flow_set_style (self->flow, context, &self->colors,
                         gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL);
  self->context_serial = pango_context_get_serial (context);
  self->has_style = TRUE;
}

/* Another theme, accent, contrast or font. */
static void
restyle (UcRowText *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  UcRowColors   colors = { 0 };

  if (!self->has_style)
    return;

  uc_row_colors_init (&colors, GTK_WIDGET (self));
  if (self->context_serial == pango_context_get_serial (context) &&
      uc_row_colors_equal (&self->colors, &colors))
    return;
  self->has_style = FALSE;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
copy_code_cb (UcRowText *self, GtkWidget *button)
{
  g_autofree char *code = NULL;
  guint            index;

  if (!g_ptr_array_find (self->buttons, button, &index))
    return;

  code = uc_row_flow_dup_code (self->flow, index);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (button), code);
}

static void
show_more_cb (UcRowText *self)
{
  g_signal_emit (self, signals[SHOW_MORE], 0);
}

static void
drop_buttons (UcRowText *self)
{
  for (guint i = 0; i < self->buttons->len; i++)
    gtk_widget_unparent (g_ptr_array_index (self->buttons, i));
  g_ptr_array_set_size (self->buttons, 0);
}

static void
make_buttons (UcRowText *self)
{
  const guint n_codes = uc_row_flow_get_n_codes (self->flow);

  for (guint i = 0; i < n_codes; i++) {
    GtkWidget *button = gtk_button_new_from_icon_name ("edit-copy-symbolic");

    gtk_widget_add_css_class (button, "flat");
    gtk_widget_add_css_class (button, "code-copy");
    gtk_widget_set_tooltip_text (button, _ ("Copy Code"));
    gtk_widget_set_cursor_from_name (button, "default");
    g_signal_connect_object (button, "clicked", G_CALLBACK (copy_code_cb), self, G_CONNECT_SWAPPED);
    gtk_widget_set_parent (button, GTK_WIDGET (self));
    g_ptr_array_add (self->buttons, button);
  }
  if (self->is_cut) {
    GtkWidget *button = gtk_button_new_with_label (_ ("Show More"));

    gtk_widget_add_css_class (button, "flat");
    gtk_widget_set_cursor_from_name (button, "default");
    g_signal_connect_object (button, "clicked", G_CALLBACK (show_more_cb), self, G_CONNECT_SWAPPED);
    gtk_widget_set_parent (button, GTK_WIDGET (self));
    g_ptr_array_add (self->buttons, button);
  }
}

static GtkWidget *
get_more_button (UcRowText *self)
{
  return self->is_cut ? g_ptr_array_index (self->buttons, self->buttons->len - 1) : NULL;
}

static GtkSizeRequestMode
get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
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
  UcRowText *self = UC_ROW_TEXT (widget);
  GtkWidget *more = self->flow != NULL ? get_more_button (self) : NULL;
  int        height = 0;

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL || self->flow == NULL)
    return;

  ensure_style (self);
  *natural = uc_row_flow_layout (self->flow, for_size < 0 ? G_MAXINT / PANGO_SCALE : for_size);
  if (more != NULL)
    gtk_widget_measure (more, GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
  *natural += height;
  *minimum = *natural;
}

static void
allocate_button (GtkWidget *button, int x, int y)
{
  GtkRequisition size;

  gtk_widget_get_preferred_size (button, &size, NULL);
  gtk_widget_size_allocate (button, &(GtkAllocation){ x, y, size.width, size.height }, -1);
}

static void
size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  UcRowText *self = UC_ROW_TEXT (widget);
  GtkWidget *more;
  guint      n_codes;
  int        text_height;

  if (self->flow == NULL)
    return;

  ensure_style (self);
  text_height = uc_row_flow_layout (self->flow, width);
  n_codes = uc_row_flow_get_n_codes (self->flow);
  for (guint i = 0; i < n_codes; i++) {
    GtkWidget     *button = g_ptr_array_index (self->buttons, i);
    GtkRequisition size;
    GdkRectangle   box;
    int            x;

    uc_row_flow_get_code_box (self->flow, i, &box);
    gtk_widget_get_preferred_size (button, &size, NULL);
    x = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL
            ? box.x + BUTTON_MARGIN
            : box.x + box.width - size.width - BUTTON_MARGIN;
    allocate_button (button, x, box.y + BUTTON_MARGIN);
  }
  more = get_more_button (self);
  if (more != NULL)
    allocate_button (more, 0, text_height);
}

static void
snapshot (GtkWidget *widget, GtkSnapshot *snap)
{
  UcRowText *self = UC_ROW_TEXT (widget);

  if (self->flow == NULL)
    return;

  uc_row_flow_snapshot (self->flow, snap, &self->colors, self->select_start, self->select_end);
  _uc_row_text_draw_focus (self, snap);
  for (guint i = 0; i < self->buttons->len; i++)
    gtk_widget_snapshot_child (widget, g_ptr_array_index (self->buttons, i), snap);
}

static void
css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (uc_row_text_parent_class)->css_changed (widget, change);

  restyle (UC_ROW_TEXT (widget));
}

static void
direction_changed (GtkWidget *widget, GtkTextDirection previous)
{
  UC_ROW_TEXT (widget)->has_style = FALSE;

  GTK_WIDGET_CLASS (uc_row_text_parent_class)->direction_changed (widget, previous);
}

static void
uc_row_text_dispose (GObject *object)
{
  UcRowText *self = UC_ROW_TEXT (object);

  drop_buttons (self);
  g_clear_pointer (&self->flow, uc_row_flow_free);

  G_OBJECT_CLASS (uc_row_text_parent_class)->dispose (object);
}

static void
uc_row_text_finalize (GObject *object)
{
  g_ptr_array_unref (UC_ROW_TEXT (object)->buttons);

  G_OBJECT_CLASS (uc_row_text_parent_class)->finalize (object);
}

static void
uc_row_text_class_init (UcRowTextClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = uc_row_text_dispose;
  object_class->finalize = uc_row_text_finalize;
  widget_class->get_request_mode = get_request_mode;
  widget_class->measure = measure;
  widget_class->size_allocate = size_allocate;
  widget_class->snapshot = snapshot;
  widget_class->css_changed = css_changed;
  widget_class->direction_changed = direction_changed;
  _uc_row_text_links_class_init (widget_class);

  signals[FOLLOW] = g_signal_new ("follow", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_STRING);
  signals[SHOW_MORE] = g_signal_new ("show-more", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "rowtext");
  /* The row says it all. */
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PARAGRAPH);
}

static void
uc_row_text_init (UcRowText *self)
{
  AdwStyleManager *manager =
      adw_style_manager_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));

  self->buttons = g_ptr_array_new ();
  self->focus_link = -1;
  g_signal_connect_object (manager, "notify::accent-color", G_CALLBACK (restyle), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (restyle), self,
                           G_CONNECT_SWAPPED);
  _uc_row_text_links_init (self);
}

/**
 * uc_row_text_new:
 *
 * Returns: (transfer floating): a widget without text
 */
GtkWidget *
uc_row_text_new (void)
{
  return g_object_new (UC_TYPE_ROW_TEXT, NULL);
}

/**
 * uc_row_text_set_markdown:
 * @self: a text
 * @markdown: (nullable): what it says; copied
 * @suffix: (nullable): a quiet word behind it
 *
 * Shows another text; nothing of it is selected.
 */
void
uc_row_text_set_markdown (UcRowText *self, const UcMarkdown *markdown, const char *suffix)
{
  g_return_if_fail (UC_IS_ROW_TEXT (self));

  drop_buttons (self);
  g_clear_pointer (&self->flow, uc_row_flow_free);
  self->select_start = self->select_end = 0;
  self->focus_link = -1;
  self->has_style = FALSE;
  self->is_cut = markdown != NULL && markdown->is_cut;
  if (markdown != NULL) {
    self->flow = uc_row_flow_new (markdown, suffix);
    make_buttons (self);
  }
  gtk_widget_set_focusable (GTK_WIDGET (self),
                            self->flow != NULL && uc_row_flow_get_n_links (self->flow) > 0);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * uc_row_text_select:
 * @self: a text
 * @start: bytes into the text
 * @end: bytes into the text; the same for none
 *
 * Shows a part as selected.
 */
void
uc_row_text_select (UcRowText *self, int start, int end)
{
  g_return_if_fail (UC_IS_ROW_TEXT (self));

  if (self->select_start == start && self->select_end == end)
    return;

  self->select_start = start;
  self->select_end = end;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * uc_row_text_get_index_at:
 * @self: a text
 * @x: pixels in the widget
 * @y: pixels in the widget
 *
 * Returns: the offset into the text nearest to that place
 */
int
uc_row_text_get_index_at (UcRowText *self, double x, double y)
{
  g_return_val_if_fail (UC_IS_ROW_TEXT (self), 0);

  if (self->flow == NULL || !self->has_style)
    return 0;

  return uc_row_flow_get_index_at (self->flow, x, y);
}

/**
 * uc_row_text_get_link_at:
 * @self: a text
 * @x: pixels in the widget
 * @y: pixels in the widget
 *
 * Returns: (transfer none) (nullable): what can be followed there
 */
const UcRowLink *
uc_row_text_get_link_at (UcRowText *self, double x, double y)
{
  int index;

  g_return_val_if_fail (UC_IS_ROW_TEXT (self), NULL);

  if (self->flow == NULL || !self->has_style)
    return NULL;
  index = uc_row_flow_get_link_at (self->flow, x, y);

  return index >= 0 ? uc_row_flow_get_link (self->flow, index) : NULL;
}
