/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The quiet rows of a timeline: words in the middle, with a line on either side where
 * something begins. */

#include "config.h"

#include "uc-row-note.h"

#include "uc-format.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* Pixels. */
#define SIDE_PADDING 12
#define LINE_GAP     10
#define SPINNER_SIZE 16
#define BUTTON_GAP   8

#define LINE_ALPHA 0.2f

struct _UcRowNote {
  GtkWidget       parent_instance;
  UcRowContext   *context;    /* (owned) */
  UcTimelineItem *item;       /* (owned) (nullable) */
  gulong          changed_id; /* of @item */
  UcItemKind      kind;
  PangoLayout    *layout;  /* (owned) (nullable) */
  GtkWidget      *spinner; /* (nullable) of a hole that is being filled */
  GtkWidget      *button;  /* (nullable) of a hole that could not be filled */
};

G_DEFINE_FINAL_TYPE (UcRowNote, uc_row_note, GTK_TYPE_WIDGET)

static gboolean
has_lines (UcRowNote *self)
{
  return self->kind == UC_ITEM_DAY || self->kind == UC_ITEM_UNREAD;
}

static int
get_padding (UcRowNote *self)
{
  switch (self->kind) {
  case UC_ITEM_DAY:
  case UC_ITEM_UNREAD:
    return 8;
  case UC_ITEM_HOLE:
    return 14;
  case UC_ITEM_START:
    return 24;
  case UC_ITEM_MESSAGE:
  case UC_ITEM_SYSTEM:
  default:
    return 4;
  }
}

static const char *
get_class (UcItemKind kind)
{
  switch (kind) {
  case UC_ITEM_DAY:
    return "day";
  case UC_ITEM_UNREAD:
    return "unread";
  case UC_ITEM_HOLE:
    return "hole";
  case UC_ITEM_START:
    return "start";
  case UC_ITEM_MESSAGE:
  case UC_ITEM_SYSTEM:
  default:
    return "system";
  }
}

static void
retry_cb (UcRowNote *self)
{
  if (self->item != NULL)
    uc_row_context_retry (self->context, self->item);
}

static void
show_hole (UcRowNote *self)
{
  const UcHoleState state = uc_timeline_item_get_hole (self->item, NULL);
  const gboolean    is_filling = state == UC_HOLE_IDLE || state == UC_HOLE_FILLING;

  if (is_filling && self->spinner == NULL) {
    self->spinner = adw_spinner_new ();
    gtk_widget_set_parent (self->spinner, GTK_WIDGET (self));
  } else if (!is_filling) {
    g_clear_pointer (&self->spinner, gtk_widget_unparent);
  }
  if (state == UC_HOLE_FAILED && self->button == NULL) {
    self->button = gtk_button_new_with_label (_ ("Retry"));
    g_signal_connect_object (self->button, "clicked", G_CALLBACK (retry_cb), self,
                             G_CONNECT_SWAPPED);
    gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  } else if (state != UC_HOLE_FAILED) {
    g_clear_pointer (&self->button, gtk_widget_unparent);
  }
  /* The focus stops where something is to be done. */
  gtk_widget_set_focusable (GTK_WIDGET (self), !is_filling);
}

static void
show (UcRowNote *self)
{
  g_autofree char *words = uc_row_note_dup_words (self->context, self->item);

  g_clear_object (&self->layout);
  self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), words);
  pango_layout_set_wrap (self->layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment (self->layout, PANGO_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  if (self->kind == UC_ITEM_HOLE)
    show_hole (self);
  if (self->kind == UC_ITEM_SYSTEM) {
    g_autofree char *when = uc_format_full_time (uc_timeline_item_get_time_ms (self->item),
                                                 uc_row_context_get_24h (self->context));

    gtk_widget_set_tooltip_text (GTK_WIDGET (self), when);
  }
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
item_changed_cb (UcRowNote *self)
{
  show (self);
}

static void
context_changed_cb (UcRowNote *self)
{
  if (self->item != NULL)
    show (self);
}

/* The name of who did it may come later. */
static void
user_changed_cb (UcRowNote *self, const char *user_id)
{
  if (self->item != NULL && self->kind == UC_ITEM_SYSTEM)
    show (self);
}

static int
get_room (UcRowNote *self, int width)
{
  const int spinner = self->spinner != NULL ? SPINNER_SIZE + LINE_GAP : 0;

  return MAX (width - 2 * SIDE_PADDING - spinner, 1);
}

/* Its height with the space above it. */
static int
get_button_room (UcRowNote *self)
{
  int height;

  if (self->button == NULL)
    return 0;
  gtk_widget_measure (self->button, GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);

  return height + BUTTON_GAP;
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
  UcRowNote *self = UC_ROW_NOTE (widget);
  int        height;

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL || self->layout == NULL)
    return;

  pango_layout_set_width (self->layout,
                          for_size < 0 ? -1 : get_room (self, for_size) * PANGO_SCALE);
  pango_layout_get_pixel_size (self->layout, NULL, &height);
  *minimum = *natural = height + 2 * get_padding (self) + get_button_room (self);
}

static void
place_button (UcRowNote *self, int width, int height)
{
  const int     room = get_button_room (self) - BUTTON_GAP;
  int           natural;
  GtkAllocation place;

  gtk_widget_measure (self->button, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  place = (GtkAllocation){ MAX (width - natural, 0) / 2, height - get_padding (self) - room,
                           MIN (natural, width), room };
  gtk_widget_size_allocate (self->button, &place, -1);
}

static void
size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  UcRowNote *self = UC_ROW_NOTE (widget);
  int        text_width;

  if (self->layout == NULL)
    return;

  pango_layout_set_width (self->layout, get_room (self, width) * PANGO_SCALE);
  pango_layout_get_pixel_size (self->layout, &text_width, NULL);
  if (self->button != NULL)
    place_button (self, width, height);
  if (self->spinner != NULL) {
    GtkAllocation place = {
      (width - text_width - SPINNER_SIZE - LINE_GAP) / 2,
      (height - SPINNER_SIZE) / 2,
      SPINNER_SIZE,
      SPINNER_SIZE,
    };

    if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
      place.x = width - place.x - SPINNER_SIZE;
    gtk_widget_measure (self->spinner, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
    gtk_widget_size_allocate (self->spinner, &place, -1);
  }
}

static void
draw_lines (UcRowNote *self, GtkSnapshot *snap, int width, int height, const GdkRGBA *color)
{
  PangoRectangle ink;
  GdkRGBA        line = *color;
  const int      y = height / 2;
  int            left, right;

  pango_layout_get_pixel_extents (self->layout, NULL, &ink);
  left = (width - ink.width) / 2 - LINE_GAP;
  right = (width + ink.width) / 2 + LINE_GAP;
  line.alpha *= self->kind == UC_ITEM_UNREAD ? 0.7f : LINE_ALPHA;
  gtk_snapshot_append_color (
      snap, &line, &GRAPHENE_RECT_INIT (SIDE_PADDING, y, MAX (left - SIDE_PADDING, 0), 1));
  gtk_snapshot_append_color (
      snap, &line, &GRAPHENE_RECT_INIT (right, y, MAX (width - SIDE_PADDING - right, 0), 1));
}

static void
snapshot (GtkWidget *widget, GtkSnapshot *snap)
{
  UcRowNote *self = UC_ROW_NOTE (widget);
  const int  width = gtk_widget_get_width (widget);
  const int  height = gtk_widget_get_height (widget);
  int        offset = 0;
  GdkRGBA    color;

  if (self->layout == NULL)
    return;

  gtk_widget_get_color (widget, &color);
  if (has_lines (self))
    draw_lines (self, snap, width, height, &color);
  if (self->spinner != NULL) {
    gtk_widget_snapshot_child (widget, self->spinner, snap);
    offset = (SPINNER_SIZE + LINE_GAP) / 2;
    if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
      offset = -offset;
  }
  if (self->button != NULL)
    gtk_widget_snapshot_child (widget, self->button, snap);
  gtk_snapshot_save (snap);
  gtk_snapshot_translate (snap, &GRAPHENE_POINT_INIT ((width - get_room (self, width)) / 2 + offset,
                                                      get_padding (self)));
  gtk_snapshot_append_layout (snap, self->layout, &color);
  gtk_snapshot_restore (snap);
}

static void
uc_row_note_dispose (GObject *object)
{
  UcRowNote *self = UC_ROW_NOTE (object);

  uc_row_note_set_item (self, NULL);
  g_clear_pointer (&self->spinner, gtk_widget_unparent);
  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_object (&self->layout);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (uc_row_note_parent_class)->dispose (object);
}

static void
uc_row_note_class_init (UcRowNoteClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = uc_row_note_dispose;
  widget_class->get_request_mode = get_request_mode;
  widget_class->measure = measure;
  widget_class->size_allocate = size_allocate;
  widget_class->snapshot = snapshot;

  gtk_widget_class_set_css_name (widget_class, "rownote");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
}

static void
uc_row_note_init (UcRowNote *self)
{
}

/**
 * uc_row_note_new:
 * @context: what rows share
 * @kind: what it is for
 *
 * Returns: (transfer floating): a row without an item
 */
GtkWidget *
uc_row_note_new (UcRowContext *context, UcItemKind kind)
{
  UcRowNote *self;

  g_return_val_if_fail (UC_IS_ROW_CONTEXT (context), NULL);

  self = g_object_new (UC_TYPE_ROW_NOTE, NULL);
  self->context = g_object_ref (context);
  self->kind = kind;
  gtk_widget_add_css_class (GTK_WIDGET (self), get_class (kind));
  /* The focus stops where something is said. */
  gtk_widget_set_focusable (GTK_WIDGET (self), kind == UC_ITEM_SYSTEM);
  g_signal_connect_object (context, "changed", G_CALLBACK (context_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (uc_row_context_get_directory (context), "user-changed",
                           G_CALLBACK (user_changed_cb), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

/**
 * uc_row_note_set_item:
 * @self: a row
 * @item: (nullable): what to show
 *
 * Shows an item and follows it, or lets go of the one it had.
 */
void
uc_row_note_set_item (UcRowNote *self, UcTimelineItem *item)
{
  g_return_if_fail (UC_IS_ROW_NOTE (self));

  if (self->item == item)
    return;

  g_clear_signal_handler (&self->changed_id, self->item);
  g_set_object (&self->item, item);
  if (item == NULL)
    return;
  self->changed_id = g_signal_connect_object (item, "changed", G_CALLBACK (item_changed_cb), self,
                                              G_CONNECT_SWAPPED);
  show (self);
}

static char *
dup_hole_words (UcTimelineItem *item)
{
  const char *reason = NULL;

  switch (uc_timeline_item_get_hole (item, &reason)) {
  case UC_HOLE_WAITING:
    return g_strdup (_ ("Not stored on this computer. It is fetched once there is a connection."));
  case UC_HOLE_FAILED:
    return reason != NULL ? g_strdup_printf (_ ("These messages could not be fetched: %s"), reason)
                          : g_strdup (_ ("These messages could not be fetched"));
  case UC_HOLE_IDLE:
  case UC_HOLE_FILLING:
  default:
    return g_strdup (_ ("Loading messages…"));
  }
}

/**
 * uc_row_note_dup_words:
 * @context: what rows share
 * @item: an item that is no message
 *
 * Returns: (transfer full): what it says
 */
char *
uc_row_note_dup_words (UcRowContext *context, UcTimelineItem *item)
{
  UcMessage       *message = uc_timeline_item_get_message (item);
  g_autofree char *actor = NULL;

  switch (uc_timeline_item_get_kind (item)) {
  case UC_ITEM_DAY:
    return uc_format_day (uc_timeline_item_get_time_ms (item), g_get_real_time () / 1000);
  case UC_ITEM_UNREAD:
    return g_strdup (_ ("New messages"));
  case UC_ITEM_HOLE:
    return dup_hole_words (item);
  case UC_ITEM_START:
    return g_strdup (_ ("This is the beginning of the conversation"));
  case UC_ITEM_MESSAGE:
  case UC_ITEM_SYSTEM:
  default:
    actor = uc_directory_dup_name (uc_row_context_get_directory (context), message->post->user_id);
    return uc_format_system_post (message->post, actor);
  }
}
