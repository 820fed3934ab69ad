/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A picture shown large. */

#include "config.h"

#include "uc-conversation-viewer.h"

#include "uc-row-decode.h"
#include "uc-row-save.h"
#include "uc-sanitize.h"

#include <glib/gi18n.h>

/* More pixels than a large screen has are of no use. */
#define MAX_SIDE 4096

struct _UcConversationViewer {
  AdwDialog parent_instance;

  AdwToastOverlay *toasts;
  GtkStack        *stack;
  GtkPicture      *picture;
  AdwStatusPage   *problem;

  UcSession    *session;     /* (owned) */
  UcFile       *file;        /* (owned) */
  GCancellable *cancellable; /* (owned) cancelled in dispose */
};

G_DEFINE_FINAL_TYPE (UcConversationViewer, uc_conversation_viewer, ADW_TYPE_DIALOG)

static void decoded_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
fail (UcConversationViewer *self, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  adw_status_page_set_description (self->problem, error->message);
  gtk_stack_set_visible_child_name (self->stack, "problem");
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcConversationViewer) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = uc_session_fetch_file_finish (UC_SESSION (source), result, &error);

  if (path == NULL)
    fail (self, error);
  else
    uc_row_decode_async (path, MAX_SIDE, MAX_SIDE, self->cancellable, decoded_cb,
                         g_object_ref (self));
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
  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
  gtk_stack_set_visible_child_name (self->stack, "picture");
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcConversationViewer) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!uc_row_save_finish (result, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
      !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    adw_toast_overlay_add_toast (self->toasts, adw_toast_new (error->message));
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

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), UC_TYPE_CONVERSATION_VIEWER);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (uc_conversation_viewer_parent_class)->dispose (object);
}

static void
uc_conversation_viewer_finalize (GObject *object)
{
  UcConversationViewer *self = UC_CONVERSATION_VIEWER (object);

  g_object_unref (self->cancellable);
  uc_file_unref (self->file);

  G_OBJECT_CLASS (uc_conversation_viewer_parent_class)->finalize (object);
}

static void
uc_conversation_viewer_class_init (UcConversationViewerClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = uc_conversation_viewer_dispose;
  object_class->finalize = uc_conversation_viewer_finalize;
  ADW_DIALOG_CLASS (klass)->closed = uc_conversation_viewer_closed;

  g_type_ensure (ADW_TYPE_SPINNER);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/example/UnifiedChat/ui/uc-conversation-viewer.ui");
  gtk_widget_class_bind_template_child (widget_class, UcConversationViewer, toasts);
  gtk_widget_class_bind_template_child (widget_class, UcConversationViewer, stack);
  gtk_widget_class_bind_template_child (widget_class, UcConversationViewer, picture);
  gtk_widget_class_bind_template_child (widget_class, UcConversationViewer, problem);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
}

static void
uc_conversation_viewer_init (UcConversationViewer *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
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
  g_autofree char      *name = uc_sanitize_file_name (file->name);

  self->session = g_object_ref (session);
  self->file = uc_file_ref (file);
  adw_dialog_set_title (ADW_DIALOG (self), name);
  gtk_picture_set_alternative_text (self->picture, name);
  if (*file->id == '\0' && file->local_path != NULL)
    uc_row_decode_async (file->local_path, MAX_SIDE, MAX_SIDE, self->cancellable, decoded_cb,
                         g_object_ref (self));
  else
    uc_session_fetch_file_async (session, file->id, "", self->cancellable, fetched_cb,
                                 g_object_ref (self));

  return ADW_DIALOG (self);
}
