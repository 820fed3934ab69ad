/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A picture shown large. The whole file is fetched; where it cannot be, the smaller
 * picture that may be here stands in. */

#include "config.h"

#include "uc-conversation-viewer-private.h"

#include "uc-row-decode.h"
#include "uc-row-file.h"
#include "uc-sanitize.h"

#include <glib/gi18n.h>

/* More pixels than a large screen has are of no use. */
#define MAX_SIDE 4096

G_DEFINE_FINAL_TYPE (UcConversationViewer, uc_conversation_viewer, ADW_TYPE_DIALOG)

static void fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void stand_in_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void decode (UcConversationViewer *self, const char *path);
static void decoded_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void animated_cb (GObject *source, GAsyncResult *result, gpointer user_data);

void
_uc_conversation_viewer_toast (UcConversationViewer *self, const char *text)
{
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
fail (UcConversationViewer *self, const GError *error)
{
  g_autofree char *words = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  words = g_markup_escape_text (error->message, -1);
  adw_status_page_set_description (self->problem, words);
  gtk_stack_set_visible_child_name (self->stack, "problem");
}

/* -- What is seen -------------------------------------------------------------------------- */

static void
zoom_changed_cb (UcConversationViewer *self)
{
  g_autofree char *percent =
      g_strdup_printf (_ ("%d %%"), (int) (uc_conversation_zoom_get_zoom (self->zoom) * 100 + 0.5));

  gtk_button_set_label (self->percent_button, percent);
}

static void
update_steps (UcConversationViewer *self)
{
  gtk_widget_set_sensitive (self->previous_button,
                            uc_conversation_gallery_can_step (self->gallery, -1));
  gtk_widget_set_sensitive (self->next_button, uc_conversation_gallery_can_step (self->gallery, 1));
}

void
_uc_conversation_viewer_update_play (UcConversationViewer *self)
{
  const gboolean is_playing =
      self->animation != NULL && uc_row_animation_is_playing (self->animation);
  const char *words = is_playing ? _ ("Pause") : _ ("Play");

  gtk_widget_set_visible (self->play_button, self->animation != NULL);
  gtk_button_set_icon_name (GTK_BUTTON (self->play_button), is_playing
                                                                ? "media-playback-pause-symbolic"
                                                                : "media-playback-start-symbolic");
  gtk_widget_set_tooltip_text (self->play_button, words);
}

static void
transfer_changed_cb (UcConversationViewer *self, const char *file_id)
{
  gint64 done_bytes;
  gint64 total_bytes;

  if (!g_str_equal (file_id, self->file->id) ||
      !uc_session_get_transfer (self->session, file_id, &done_bytes, &total_bytes))
    return;
  if (total_bytes <= 0)
    total_bytes = self->file->size_bytes;
  gtk_progress_bar_set_fraction (
      self->progress, total_bytes > 0 ? MIN ((double) done_bytes / total_bytes, 1.0) : 0);
}

/* The texture may have fewer pixels than the picture. */
static void
show_paintable (UcConversationViewer *self, GdkPaintable *paintable)
{
  const int    width = gdk_paintable_get_intrinsic_width (paintable);
  const int    height = gdk_paintable_get_intrinsic_height (paintable);
  const double factor = MAX (1.0, (double) MAX (self->file->width, self->file->height) /
                                      MAX (MAX (width, height), 1));

  uc_conversation_zoom_set_paintable (self->zoom, paintable, (int) (width * factor + 0.5),
                                      (int) (height * factor + 0.5));
  gtk_stack_set_visible_child_name (self->stack, "picture");
}

/* -- Loading ---------------------------------------------------------------------------------- */

static void
forget (UcConversationViewer *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->animation != NULL)
    uc_row_animation_set_playing (self->animation, FALSE);
  g_clear_object (&self->animation);
  g_clear_object (&self->texture);
  g_clear_pointer (&self->file, uc_file_unref);
}

void
_uc_conversation_viewer_load (UcConversationViewer *self)
{
  g_autofree char *name = NULL;

  forget (self);
  self->file = uc_file_ref (uc_conversation_gallery_get_file (self->gallery));
  self->cancellable = g_cancellable_new ();
  name = uc_sanitize_file_name (self->file->name);
  adw_dialog_set_title (ADW_DIALOG (self), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->zoom), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  gtk_progress_bar_set_fraction (self->progress, 0);
  gtk_stack_set_visible_child_name (self->stack, "loading");
  update_steps (self);
  _uc_conversation_viewer_update_play (self);
  if (uc_row_file_is_local (self->file))
    decode (self, self->file->local_path);
  else
    uc_session_fetch_file_async (self->session, self->file->id, "", self->cancellable, fetched_cb,
                                 g_object_ref (self));
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcConversationViewer) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = uc_session_fetch_file_finish (UC_SESSION (source), result, &error);

  if (path != NULL) {
    decode (self, path);
  } else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    return;
  } else if (self->file->has_preview) {
    _uc_conversation_viewer_toast (self, error->message);
    uc_session_fetch_file_async (self->session, self->file->id, "preview", self->cancellable,
                                 stand_in_cb, g_object_ref (self));
  } else {
    fail (self, error);
  }
}

static void
stand_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcConversationViewer) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = uc_session_fetch_file_finish (UC_SESSION (source), result, &error);

  if (path != NULL)
    decode (self, path);
  else
    fail (self, error);
}

static void
decode (UcConversationViewer *self, const char *path)
{
  uc_row_decode_async (path, MAX_SIDE, MAX_SIDE, self->cancellable, decoded_cb,
                       g_object_ref (self));
  uc_row_animation_load_async (path, self->cancellable, animated_cb, g_object_ref (self));
}

static void
decoded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcConversationViewer) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = uc_row_decode_finish (result, &error);

  if (texture == NULL) {
    fail (self, error);
    return;
  }
  g_set_object (&self->texture, texture);
  if (self->animation == NULL)
    show_paintable (self, GDK_PAINTABLE (texture));
}

static void
animated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcConversationViewer) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (UcRowAnimation) animation = uc_row_animation_load_finish (result, &error);
  gboolean wants_motion;

  /* Why it does not move; that it is no picture at all the other one says. */
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    _uc_conversation_viewer_toast (self, error->message);
  if (animation == NULL)
    return;
  g_set_object (&self->animation, animation);
  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &wants_motion,
                NULL);
  uc_row_animation_set_playing (animation, wants_motion);
  show_paintable (self, GDK_PAINTABLE (animation));
  _uc_conversation_viewer_update_play (self);
}

static void
uc_conversation_viewer_closed (AdwDialog *dialog)
{
  g_cancellable_cancel (UC_CONVERSATION_VIEWER (dialog)->cancellable);

  if (ADW_DIALOG_CLASS (uc_conversation_viewer_parent_class)->closed != NULL)
    ADW_DIALOG_CLASS (uc_conversation_viewer_parent_class)->closed (dialog);
}

static void
uc_conversation_viewer_dispose (GObject *object)
{
  UcConversationViewer *self = UC_CONVERSATION_VIEWER (object);

  forget (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), UC_TYPE_CONVERSATION_VIEWER);
  g_clear_object (&self->gallery);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (uc_conversation_viewer_parent_class)->dispose (object);
}

static void
uc_conversation_viewer_class_init (UcConversationViewerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = uc_conversation_viewer_dispose;
  ADW_DIALOG_CLASS (klass)->closed = uc_conversation_viewer_closed;

  g_type_ensure (UC_TYPE_CONVERSATION_ZOOM);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/example/UnifiedChat/ui/uc-conversation-viewer.ui");
  gtk_widget_class_bind_template_child (widget_class, UcConversationViewer, toasts);
  gtk_widget_class_bind_template_child (widget_class, UcConversationViewer, stack);
  gtk_widget_class_bind_template_child (widget_class, UcConversationViewer, zoom);
  gtk_widget_class_bind_template_child (widget_class, UcConversationViewer, progress);
  gtk_widget_class_bind_template_child (widget_class, UcConversationViewer, problem);
  gtk_widget_class_bind_template_child (widget_class, UcConversationViewer, previous_button);
  gtk_widget_class_bind_template_child (widget_class, UcConversationViewer, next_button);
  gtk_widget_class_bind_template_child (widget_class, UcConversationViewer, play_button);
  gtk_widget_class_bind_template_child (widget_class, UcConversationViewer, percent_button);
  gtk_widget_class_bind_template_callback (widget_class, zoom_changed_cb);
  _uc_conversation_viewer_actions_class_init (widget_class);
}

static void
uc_conversation_viewer_init (UcConversationViewer *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  _uc_conversation_viewer_actions_init (self);
}

/**
 * uc_conversation_viewer_new:
 * @session: what fetches
 * @file: a picture
 *
 * Returns: (transfer floating): a dialog that loads the picture
 */
AdwDialog *
uc_conversation_viewer_new (UcSession *session, UcFile *file)
{
  UcConversationViewer *self = g_object_new (UC_TYPE_CONVERSATION_VIEWER, NULL);

  self->session = g_object_ref (session);
  self->gallery = uc_conversation_gallery_new (session, file);
  g_signal_connect_object (self->gallery, "changed", G_CALLBACK (update_steps), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "transfer-changed", G_CALLBACK (transfer_changed_cb), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_set_focus (ADW_DIALOG (self), GTK_WIDGET (self->zoom));
  _uc_conversation_viewer_load (self);

  return ADW_DIALOG (self);
}
