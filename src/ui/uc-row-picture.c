/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A picture in a row: reserved at once, blurred while it loads, an explanation when it
 * cannot be shown. */

#include "config.h"

#include "uc-row-picture.h"

#include "uc-error.h"
#include "uc-row-decode.h"
#include "uc-row-file.h"
#include "uc-sanitize.h"

#include <glib/gi18n.h>

/* Pixels. */
#define MAX_WIDTH  380
#define MAX_HEIGHT 300
#define MIN_SIDE   40
#define RADIUS     8
#define BAR_HEIGHT 4

struct _UcRowPicture {
  GtkWidget     parent_instance;
  UcRowContext *context;     /* (owned) */
  UcFile       *file;        /* (owned) */
  GCancellable *cancellable; /* (owned) cancelled in dispose */
  GdkTexture   *texture;     /* (owned) (nullable) */
  GdkTexture   *mini;        /* (owned) (nullable) until @texture */
  GtkWidget    *stop_button; /* (nullable) while it is sent */
  char         *problem;     /* (owned) (nullable) why there is none */
  gboolean      is_loading;
  int           width; /* wanted */
  int           height;
};

G_DEFINE_FINAL_TYPE (UcRowPicture, uc_row_picture, GTK_TYPE_WIDGET)

/* Without a server every reason is the same one, and not the picture's. */
static char *
dup_problem (UcRowPicture *self, const GError *error)
{
  const UcSyncState state = uc_session_get_state (uc_row_context_get_session (self->context));

  if (!uc_row_file_is_local (self->file) &&
      (uc_error_is_transient (error) || g_error_matches (error, UC_ERROR, UC_ERROR_AUTH)) &&
      state != UC_SYNC_NEEDS_LOGIN && state != UC_SYNC_NEEDS_TOKEN)
    return g_strdup (_ ("Waits for the server"));
  return g_strdup (error->message);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  UcRowPicture *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture =
      uc_row_images_load_finish (UC_ROW_IMAGES (source), result, &error);

  /* Gone from the screen, and perhaps for good. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->is_loading = FALSE;
  if (texture == NULL) {
    g_free (self->problem);
    self->problem = dup_problem (self, error);
    gtk_widget_set_tooltip_text (GTK_WIDGET (self), error->message);
  } else {
    g_autofree char *name = uc_sanitize_file_name (self->file->name);

    g_set_object (&self->texture, texture);
    g_clear_object (&self->mini);
    gtk_widget_set_tooltip_text (GTK_WIDGET (self), name);
  }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
load (UcRowPicture *self)
{
  UcRowImages *images = uc_row_context_get_images (self->context);
  const int    scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));

  if (self->is_loading || self->texture != NULL)
    return;

  g_set_object (&self->texture, uc_row_images_peek (images, self->file));
  if (self->texture != NULL)
    return;
  self->is_loading = TRUE;
  g_clear_pointer (&self->problem, g_free);
  if (self->mini == NULL && self->file->mini_preview != NULL)
    self->mini = uc_row_decode_mini (self->file->mini_preview);
  uc_row_images_load_async (images, self->file, self->width * scale, self->height * scale,
                            self->cancellable, loaded_cb, self);
}

/* The server is there again: so may be what it did not give. */
static void
state_changed_cb (UcRowPicture *self)
{
  const UcSyncState state = uc_session_get_state (uc_row_context_get_session (self->context));

  if (self->problem == NULL || (state != UC_SYNC_LIVE && state != UC_SYNC_POLLING))
    return;

  g_clear_pointer (&self->problem, g_free);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
activate (UcRowPicture *self)
{
  if (self->problem != NULL)
    load (self);
  else
    uc_row_context_view_picture (self->context, self->file);
}

/* -- While it is sent ------------------------------------------------------------------- */

static gboolean
get_fraction (UcRowPicture *self, double *fraction)
{
  UcSession *session = uc_row_context_get_session (self->context);
  gint64     done_bytes = 0;
  gint64     total_bytes = 0;

  if (!uc_row_file_is_local (self->file) ||
      !uc_session_get_transfer (session, self->file->id, &done_bytes, &total_bytes))
    return FALSE;
  *fraction = total_bytes > 0 ? MIN ((double) done_bytes / total_bytes, 1.0) : 0;
  return TRUE;
}

static void
stop_cb (UcRowPicture *self)
{
  uc_session_stop_upload (uc_row_context_get_session (self->context), self->file->id);
}

static void
add_stop_button (UcRowPicture *self)
{
  g_autofree char *name = uc_sanitize_file_name (self->file->name);
  g_autofree char *words = g_strdup_printf (_ ("Stop Sending %s"), name);

  self->stop_button = gtk_button_new_from_icon_name ("process-stop-symbolic");
  gtk_widget_add_css_class (self->stop_button, "osd");
  gtk_widget_add_css_class (self->stop_button, "circular");
  gtk_widget_set_tooltip_text (self->stop_button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->stop_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words, -1);
  g_signal_connect_object (self->stop_button, "clicked", G_CALLBACK (stop_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_parent (self->stop_button, GTK_WIDGET (self));
}

static void
show_transfer (UcRowPicture *self)
{
  g_autofree char *percent = NULL;
  double           fraction = 0;
  const gboolean   is_moving = get_fraction (self, &fraction);

  if (is_moving && self->stop_button == NULL)
    add_stop_button (self);
  else if (!is_moving)
    g_clear_pointer (&self->stop_button, gtk_widget_unparent);
  if (is_moving) {
    /* Translators: how far a picture is on its way: “45 %”. */
    percent = g_strdup_printf (_ ("Sending: %d %%"), (int) (fraction * 100));
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    percent, -1);
  } else {
    gtk_accessible_reset_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
  }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
transfer_changed_cb (UcRowPicture *self, const char *file_id)
{
  if (g_str_equal (file_id, self->file->id))
    show_transfer (self);
}

static void
draw_bar (GtkSnapshot *snap, double fraction, gboolean is_rtl, int width, int height)
{
  const GdkRGBA behind = { 0, 0, 0, 0.6f };
  const GdkRGBA done = { 1, 1, 1, 0.95f };
  const float   full = (float) width;
  const float   part = full * (float) fraction;
  const float   y = (float) (height - BAR_HEIGHT);

  gtk_snapshot_append_color (snap, &behind, &GRAPHENE_RECT_INIT (0, y, full, BAR_HEIGHT));
  gtk_snapshot_append_color (snap, &done,
                             &GRAPHENE_RECT_INIT (is_rtl ? full - part : 0, y, part, BAR_HEIGHT));
}

static void
size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  UcRowPicture  *self = UC_ROW_PICTURE (widget);
  const gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkRequisition size;

  if (self->stop_button == NULL)
    return;
  gtk_widget_get_preferred_size (self->stop_button, &size, NULL);
  gtk_widget_size_allocate (
      self->stop_button,
      &(GtkAllocation){ is_rtl ? RADIUS : MAX (width - size.width - RADIUS, 0), RADIUS, size.width,
                        size.height },
      -1);
}

/* -- Shown -------------------------------------------------------------------------------- */

static void
released_cb (GtkGestureClick *gesture, int n_press, double x, double y, UcRowPicture *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  activate (self);
}

static gboolean
activate_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  activate (UC_ROW_PICTURE (widget));

  return GDK_EVENT_STOP;
}

static void
draw_problem (UcRowPicture *self, GtkSnapshot *snap, int width, int height)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
  g_autofree char *text = g_strdup_printf ("⚠ %s", self->problem);
  GdkRGBA          color;
  int              text_height;

  gtk_widget_get_color (GTK_WIDGET (self), &color);
  pango_layout_set_text (layout, text, -1);
  pango_layout_set_width (layout, MAX (width - 2 * RADIUS, 1) * PANGO_SCALE);
  pango_layout_set_height (layout, MAX (height - 2 * RADIUS, 1) * PANGO_SCALE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  pango_layout_get_pixel_size (layout, NULL, &text_height);
  gtk_snapshot_save (snap);
  gtk_snapshot_translate (snap, &GRAPHENE_POINT_INIT (RADIUS, (height - text_height) / 2.0f));
  gtk_snapshot_append_layout (snap, layout, &color);
  gtk_snapshot_restore (snap);
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
  UcRowPicture *self = UC_ROW_PICTURE (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *minimum = MIN (self->width, MIN_SIDE);
    *natural = self->width;
  } else if (for_size >= 0 && for_size < self->width) {
    *minimum = *natural = MAX (self->height * for_size / self->width, 1);
  } else {
    *minimum = *natural = self->height;
  }
}

static void
snapshot (GtkWidget *widget, GtkSnapshot *snap)
{
  UcRowPicture         *self = UC_ROW_PICTURE (widget);
  const int             width = gtk_widget_get_width (widget);
  const int             height = gtk_widget_get_height (widget);
  const graphene_rect_t rect = GRAPHENE_RECT_INIT (0, 0, width, height);
  GskRoundedRect        rounded;
  GdkRGBA               shade;
  double                fraction;

  /* Not again and again: what failed waits for whoever wants it. */
  if (self->problem == NULL)
    load (self);
  gtk_widget_get_color (widget, &shade);
  shade.alpha *= 0.08f;
  gsk_rounded_rect_init_from_rect (&rounded, &rect, RADIUS);
  gtk_snapshot_push_rounded_clip (snap, &rounded);
  gtk_snapshot_append_color (snap, &shade, &rect);
  if (self->texture != NULL) {
    gtk_snapshot_append_texture (snap, self->texture, &rect);
  } else if (self->mini != NULL && self->problem == NULL) {
    gtk_snapshot_push_blur (snap, 8);
    gtk_snapshot_append_texture (snap, self->mini, &rect);
    gtk_snapshot_pop (snap);
  }
  if (self->problem != NULL)
    draw_problem (self, snap, width, height);
  if (get_fraction (self, &fraction))
    draw_bar (snap, fraction, gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL, width, height);
  gtk_snapshot_pop (snap);
  if (self->stop_button != NULL)
    gtk_widget_snapshot_child (widget, self->stop_button, snap);
}

static void
uc_row_picture_dispose (GObject *object)
{
  UcRowPicture *self = UC_ROW_PICTURE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->stop_button, gtk_widget_unparent);
  g_clear_object (&self->texture);
  g_clear_object (&self->mini);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (uc_row_picture_parent_class)->dispose (object);
}

static void
uc_row_picture_finalize (GObject *object)
{
  UcRowPicture *self = UC_ROW_PICTURE (object);

  uc_file_unref (self->file);
  g_free (self->problem);

  G_OBJECT_CLASS (uc_row_picture_parent_class)->finalize (object);
}

static void
uc_row_picture_class_init (UcRowPictureClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = uc_row_picture_dispose;
  object_class->finalize = uc_row_picture_finalize;
  widget_class->get_request_mode = get_request_mode;
  widget_class->measure = measure;
  widget_class->size_allocate = size_allocate;
  widget_class->snapshot = snapshot;

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, 0, activate_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, 0, activate_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_space, 0, activate_cb, NULL);
  gtk_widget_class_set_css_name (widget_class, "rowpicture");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_BUTTON);
}

static void
uc_row_picture_init (UcRowPicture *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->cancellable = g_cancellable_new ();
  g_signal_connect_object (click, "released", G_CALLBACK (released_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "pointer");
}

/**
 * uc_row_picture_can_show:
 * @file: a file
 *
 * Returns: whether it is a picture whose room can be reserved
 */
gboolean
uc_row_picture_can_show (const UcFile *file)
{
  return file->width > 0 && file->height > 0 &&
         (file->has_preview || g_str_equal (file->mime_type, "image/png") ||
          g_str_equal (file->mime_type, "image/jpeg") ||
          g_str_equal (file->mime_type, "image/gif"));
}

/**
 * uc_row_picture_new:
 * @context: what rows share
 * @file: the picture
 *
 * Returns: (transfer floating): a widget of the picture's size; it loads when it is
 *   drawn first
 */
GtkWidget *
uc_row_picture_new (UcRowContext *context, UcFile *file)
{
  UcRowPicture    *self = g_object_new (UC_TYPE_ROW_PICTURE, NULL);
  g_autofree char *name = uc_sanitize_file_name (file->name);
  const double     scale =
      MIN (1.0, MIN ((double) MAX_WIDTH / file->width, (double) MAX_HEIGHT / file->height));

  self->context = g_object_ref (context);
  self->file = uc_file_ref (file);
  self->width = MAX ((int) (file->width * scale), MIN_SIDE);
  self->height = MAX ((int) (file->height * scale), MIN_SIDE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  g_signal_connect_object (uc_row_context_get_session (context), "state-changed",
                           G_CALLBACK (state_changed_cb), self, G_CONNECT_SWAPPED);
  if (uc_row_file_is_local (file)) {
    g_signal_connect_object (uc_row_context_get_session (context), "transfer-changed",
                             G_CALLBACK (transfer_changed_cb), self, G_CONNECT_SWAPPED);
    show_transfer (self);
  }

  return GTK_WIDGET (self);
}

/**
 * uc_row_picture_get_file:
 * @self: a picture
 *
 * Returns: (transfer none): what it shows
 */
UcFile *
uc_row_picture_get_file (UcRowPicture *self)
{
  g_return_val_if_fail (UC_IS_ROW_PICTURE (self), NULL);

  return self->file;
}
