/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done with a picture that is shown large, by buttons and by keys. */

#include "config.h"

#include "uc-conversation-viewer-private.h"

#include "uc-row-save.h"

#include <glib/gi18n.h>

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcConversationViewer) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!uc_row_save_finish (result, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
      !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    _uc_conversation_viewer_toast (self, error->message);
}

static void
open_cb (UcConversationViewer *self)
{
  uc_row_save_open_async (self->session, self->file, GTK_WIDGET (self), self->cancellable, done_cb,
                          g_object_ref (self));
}

static void
save_cb (UcConversationViewer *self)
{
  uc_row_save_save_async (self->session, self->file, GTK_WIDGET (self), self->cancellable, done_cb,
                          g_object_ref (self));
}

static void
copy_cb (UcConversationViewer *self)
{
  GdkTexture *texture =
      self->animation != NULL ? uc_row_animation_get_frame (self->animation) : self->texture;

  if (texture == NULL)
    return;
  gdk_clipboard_set_texture (gtk_widget_get_clipboard (GTK_WIDGET (self)), texture);
  _uc_conversation_viewer_toast (self, _ ("Picture copied"));
}

static void
step (UcConversationViewer *self, int direction)
{
  if (!uc_conversation_gallery_step (self->gallery, direction))
    return;
  /* The button may not be one to press any more. */
  gtk_widget_grab_focus (GTK_WIDGET (self->zoom));
  _uc_conversation_viewer_load (self);
}

static void
previous_cb (UcConversationViewer *self)
{
  step (self, -1);
}

static void
next_cb (UcConversationViewer *self)
{
  step (self, 1);
}

static void
zoom_in_cb (UcConversationViewer *self)
{
  uc_conversation_zoom_step (self->zoom, 1);
}

static void
zoom_out_cb (UcConversationViewer *self)
{
  uc_conversation_zoom_step (self->zoom, -1);
}

static void
fit_cb (UcConversationViewer *self)
{
  uc_conversation_zoom_fit (self->zoom);
}

static void
full_cb (UcConversationViewer *self)
{
  uc_conversation_zoom_set_zoom (self->zoom, 1.0);
}

static void
play_cb (UcConversationViewer *self)
{
  if (self->animation == NULL)
    return;
  uc_row_animation_set_playing (self->animation, !uc_row_animation_is_playing (self->animation));
  _uc_conversation_viewer_update_play (self);
}

/* The left key leads to the left, where the earlier ones are, or the later ones for those
 * who read from there. */
static gboolean
key_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  UcConversationViewer *self = UC_CONVERSATION_VIEWER (widget);
  const gboolean        is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  const char           *what = g_variant_get_string (args, NULL);

  if (g_str_equal (what, "left"))
    step (self, is_rtl ? 1 : -1);
  else if (g_str_equal (what, "right"))
    step (self, is_rtl ? -1 : 1);
  else if (g_str_equal (what, "in"))
    zoom_in_cb (self);
  else if (g_str_equal (what, "out"))
    zoom_out_cb (self);
  else if (g_str_equal (what, "fit"))
    fit_cb (self);
  else if (g_str_equal (what, "full"))
    full_cb (self);
  else if (g_str_equal (what, "copy"))
    copy_cb (self);
  else if (g_str_equal (what, "save"))
    save_cb (self);
  else
    play_cb (self);
  return GDK_EVENT_STOP;
}

/* Ahead of the widgets within, which move the focus by some of these keys. */
void
_uc_conversation_viewer_actions_init (UcConversationViewer *self)
{
  static const struct {
    guint           key;
    GdkModifierType modifiers;
    const char     *what;
  } keys[] = {
    { GDK_KEY_Left, 0, "left" },
    { GDK_KEY_Right, 0, "right" },
    { GDK_KEY_plus, 0, "in" },
    { GDK_KEY_KP_Add, 0, "in" },
    { GDK_KEY_equal, 0, "in" },
    { GDK_KEY_plus, GDK_CONTROL_MASK, "in" },
    { GDK_KEY_equal, GDK_CONTROL_MASK, "in" },
    { GDK_KEY_minus, 0, "out" },
    { GDK_KEY_KP_Subtract, 0, "out" },
    { GDK_KEY_minus, GDK_CONTROL_MASK, "out" },
    { GDK_KEY_0, 0, "fit" },
    { GDK_KEY_KP_0, 0, "fit" },
    { GDK_KEY_0, GDK_CONTROL_MASK, "fit" },
    { GDK_KEY_1, 0, "full" },
    { GDK_KEY_KP_1, 0, "full" },
    { GDK_KEY_c, GDK_CONTROL_MASK, "copy" },
    { GDK_KEY_s, GDK_CONTROL_MASK, "save" },
    { GDK_KEY_p, 0, "play" },
  };

  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    GtkShortcut *shortcut =
        gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].key, keys[i].modifiers),
                          gtk_callback_action_new (key_cb, NULL, NULL));

    gtk_shortcut_set_arguments (shortcut, g_variant_new_string (keys[i].what));
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
  }
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

void
_uc_conversation_viewer_actions_class_init (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
  gtk_widget_class_bind_template_callback (widget_class, previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, zoom_in_cb);
  gtk_widget_class_bind_template_callback (widget_class, zoom_out_cb);
  gtk_widget_class_bind_template_callback (widget_class, fit_cb);
  gtk_widget_class_bind_template_callback (widget_class, full_cb);
  gtk_widget_class_bind_template_callback (widget_class, play_cb);
  gtk_widget_class_bind_template_callback_full (widget_class, "retry_cb",
                                                G_CALLBACK (_uc_conversation_viewer_load));
}
