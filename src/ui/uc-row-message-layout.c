/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the parts of a message row stand, and the parts it draws by itself. */

#include "config.h"

#include "uc-row-message-private.h"

#include "uc-row-avatar.h"

#include <adwaita.h>

/* Pixels. */
#define SIDE_PADDING   12
#define AVATAR_SIZE    36
#define AVATAR_GAP     12
#define HEAD_PADDING   10
#define ROW_PADDING    3
#define BOTTOM_PADDING 3
#define PART_GAP       4
#define HEAD_GAP       2
#define BADGES_GAP     8
#define ACTIONS_INSET  2

/* Narrower than this the person stands closer to the edge. */
#define NARROW_WIDTH 420
#define NARROW_TRIM  6

#define QUIET_SCALE         0.85
#define QUIET_ALPHA         0.6
#define HIGH_CONTRAST_ALPHA 0.9

static int
get_side (int width)
{
  return width < NARROW_WIDTH ? SIDE_PADDING - NARROW_TRIM : SIDE_PADDING;
}

static int
get_indent (int width)
{
  return get_side (width) + AVATAR_SIZE + (width < NARROW_WIDTH ? AVATAR_GAP - 4 : AVATAR_GAP);
}

static gboolean
is_high_contrast (UcRowMessage *self)
{
  return adw_style_manager_get_high_contrast (
      adw_style_manager_get_for_display (gtk_widget_get_display (GTK_WIDGET (self))));
}

static void
add_quiet (UcRowMessage *self, PangoAttrList *list, guint start)
{
  PangoAttribute *scale = pango_attr_scale_new (QUIET_SCALE);
  PangoAttribute *alpha = pango_attr_foreground_alpha_new (
      (is_high_contrast (self) ? HIGH_CONTRAST_ALPHA : QUIET_ALPHA) * G_MAXUINT16);

  scale->start_index = alpha->start_index = start;
  pango_attr_list_insert (list, scale);
  pango_attr_list_insert (list, alpha);
}

static PangoLayout *
ensure_head (UcRowMessage *self)
{
  g_autofree char *text = NULL;
  g_autoptr (PangoAttrList) list = NULL;
  PangoAttribute *bold;

  if (self->head != NULL)
    return self->head;

  text = g_strconcat (self->author, "\u2002", self->time, NULL);
  list = pango_attr_list_new ();
  bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);
  bold->end_index = strlen (self->author);
  pango_attr_list_insert (list, bold);
  add_quiet (self, list, strlen (self->author));
  self->head = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  pango_layout_set_attributes (self->head, list);
  pango_layout_set_single_paragraph_mode (self->head, TRUE);
  pango_layout_set_ellipsize (self->head, PANGO_ELLIPSIZE_MIDDLE);

  return self->head;
}

static PangoLayout *
ensure_gutter (UcRowMessage *self)
{
  g_autoptr (PangoAttrList) list = NULL;

  if (self->gutter != NULL)
    return self->gutter;

  list = pango_attr_list_new ();
  add_quiet (self, list, 0);
  self->gutter = gtk_widget_create_pango_layout (GTK_WIDGET (self), self->time);
  pango_layout_set_attributes (self->gutter, list);

  return self->gutter;
}

/* What a part cannot do with less than it has anyway; the rest is cut off. */
static int
get_room (GtkWidget *part, int width)
{
  int minimum = 0;

  if (part != NULL)
    gtk_widget_measure (part, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);

  return MAX (width, minimum);
}

static int
get_height (GtkWidget *part, int width)
{
  int height = 0;

  if (part != NULL && gtk_widget_get_visible (part))
    gtk_widget_measure (part, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);

  return height;
}

static int
get_width (GtkWidget *part)
{
  int width = 0;

  if (part != NULL)
    gtk_widget_measure (part, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);

  return width;
}

static void
place (UcRowMessage *self, GtkWidget *part, int x, int y, int width, int height, gboolean to_place)
{
  if (!to_place)
    return;
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    x = gtk_widget_get_width (GTK_WIDGET (self)) - x - width;
  gtk_widget_size_allocate (part, &(GtkAllocation){ x, y, width, height }, -1);
}

/* Author, time and what stands beside them; returns the height. */
static int
arrange_head (UcRowMessage *self, int x, int y, int width, gboolean to_place)
{
  const int badges_width = get_room (self->badges, MIN (get_width (self->badges), width / 2));
  const int badges_height = get_height (self->badges, badges_width);
  int       head_width, height;

  pango_layout_set_width (ensure_head (self),
                          MAX (width - (badges_width > 0 ? badges_width + BADGES_GAP : 0), 1) *
                              PANGO_SCALE);
  pango_layout_get_pixel_size (self->head, &head_width, &height);
  if (self->badges != NULL)
    place (self, self->badges, x + head_width + BADGES_GAP, y + (height - badges_height) / 2,
           badges_width, badges_height, to_place);

  return height;
}

/* Measures, and with @to_place places: one way to go through it, so that both agree. */
static int
arrange (UcRowMessage *self, int width, gboolean to_place)
{
  const int  x = get_indent (width);
  const int  content_width = MAX (width - x - get_side (width), 1);
  GtkWidget *parts[] = { self->text,  self->call,
                         self->files, self->is_grouped ? self->badges : NULL,
                         self->chips, self->failed };
  gboolean   is_first = TRUE;
  int        y = self->is_grouped ? ROW_PADDING : HEAD_PADDING;

  if (!self->is_grouped) {
    y += arrange_head (self, x, y, content_width, to_place);
    y += HEAD_GAP;
  }
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    const int room = get_room (parts[i], content_width);
    const int height = get_height (parts[i], room);

    if (parts[i] == NULL || !gtk_widget_get_visible (parts[i]))
      continue;
    if (!is_first)
      y += PART_GAP;
    place (self, parts[i], x, y, room, height, to_place);
    y += height;
    is_first = FALSE;
  }
  y += BOTTOM_PADDING;
  if (!self->is_grouped)
    y = MAX (y, HEAD_PADDING + AVATAR_SIZE + BOTTOM_PADDING);

  return y;
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
  UcRowMessage *self = UC_ROW_MESSAGE (widget);

  *minimum = *natural = 0;
  if (self->item == NULL)
    return;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = arrange (self, for_size < 0 ? NARROW_WIDTH : for_size, FALSE);
  else
    *natural = NARROW_WIDTH;
}

static void
size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  UcRowMessage *self = UC_ROW_MESSAGE (widget);

  if (self->item == NULL)
    return;

  arrange (self, width, TRUE);
  if (self->actions != NULL) {
    GtkRequisition size;
    int            y = ACTIONS_INSET;

    gtk_widget_get_preferred_size (self->actions, &size, NULL);
    /* In a row lower than they are they stand over its middle. */
    if (height < size.height + 2 * ACTIONS_INSET)
      y = (height - size.height) / 2;
    place (self, self->actions, width - size.width - get_side (width), y, size.width, size.height,
           TRUE);
  }
  if (self->popover != NULL)
    gtk_popover_present (GTK_POPOVER (self->popover));
}

static void
draw_layout (UcRowMessage *self, GtkSnapshot *snap, PangoLayout *layout, int x, int y, int width)
{
  GdkRGBA color;
  int     layout_width;

  pango_layout_get_pixel_size (layout, &layout_width, NULL);
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL) {
    /* A layout with a width of its own aligns by itself. */
    const int own = pango_layout_get_width (layout);

    x = gtk_widget_get_width (GTK_WIDGET (self)) - x - (own > 0 ? own / PANGO_SCALE : layout_width);
  }
  gtk_widget_get_color (GTK_WIDGET (self), &color);
  gtk_snapshot_save (snap);
  gtk_snapshot_translate (snap, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_append_layout (snap, layout, &color);
  gtk_snapshot_restore (snap);
}

static void
snapshot (GtkWidget *widget, GtkSnapshot *snap)
{
  UcRowMessage *self = UC_ROW_MESSAGE (widget);
  const int     width = gtk_widget_get_width (widget);
  const int     side = get_side (width);
  GtkWidget    *parts[] = { self->text,  self->files,  self->badges, self->call,
                            self->chips, self->failed, self->actions };

  if (self->item == NULL)
    return;

  if (!self->is_grouped) {
    const int x =
        gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL ? width - side - AVATAR_SIZE : side;

    uc_row_avatar_snapshot (widget, snap, self->message->post->user_id, self->initials, x,
                            HEAD_PADDING, AVATAR_SIZE);
    draw_layout (self, snap, ensure_head (self), get_indent (width), HEAD_PADDING, width);
  } else if (self->is_hovered) {
    draw_layout (self, snap, ensure_gutter (self), side, ROW_PADDING + 1, width);
  }
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    if (parts[i] != NULL)
      gtk_widget_snapshot_child (widget, parts[i], snap);
  }
}

static void
css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (g_type_class_peek (GTK_TYPE_WIDGET))->css_changed (widget, change);
  _uc_row_message_drop_layouts (UC_ROW_MESSAGE (widget));
}

void
_uc_row_message_layout_class_init (GtkWidgetClass *widget_class)
{
  widget_class->get_request_mode = get_request_mode;
  widget_class->measure = measure;
  widget_class->size_allocate = size_allocate;
  widget_class->snapshot = snapshot;
  widget_class->css_changed = css_changed;
}

/* What was laid out says something else now, or looks otherwise. */
void
_uc_row_message_drop_layouts (UcRowMessage *self)
{
  g_clear_object (&self->head);
  g_clear_object (&self->gutter);
}
