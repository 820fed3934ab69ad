/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file in a row. */

#include "config.h"

#include "uc-row-file.h"

#include "uc-format.h"
#include "uc-row-save.h"
#include "uc-sanitize.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _UcRowFile {
  GtkWidget parent_instance;

  GtkImage *icon;
  GtkLabel *name;
  GtkLabel *size;
  GtkStack *stack;

  UcRowContext *context;     /* (owned) */
  UcFile       *file;        /* (owned) */
  GCancellable *cancellable; /* (owned) (nullable) of what runs; cancelled in dispose */
};

G_DEFINE_FINAL_TYPE (UcRowFile, uc_row_file, GTK_TYPE_WIDGET)

static void
end (UcRowFile *self)
{
  g_clear_object (&self->cancellable);
  gtk_stack_set_visible_child_name (self->stack, "ready");
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  UcRowFile *self = user_data;
  g_autoptr (GError) error = NULL;
  const gboolean is_done = uc_row_save_finish (result, &error);

  /* By its button, or gone from the screen. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (!is_done && !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    uc_row_context_notice (self->context, error->message);
  end (self);
}

static GCancellable *
begin (UcRowFile *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_stack_set_visible_child_name (self->stack, "busy");

  return self->cancellable;
}

static void
open_cb (UcRowFile *self)
{
  if (self->cancellable == NULL)
    uc_row_save_open_async (uc_row_context_get_session (self->context), self->file,
                            GTK_WIDGET (self), begin (self), done_cb, self);
}

static void
save_cb (UcRowFile *self)
{
  if (self->cancellable == NULL)
    uc_row_save_save_async (uc_row_context_get_session (self->context), self->file,
                            GTK_WIDGET (self), begin (self), done_cb, self);
}

static void
cancel_cb (UcRowFile *self)
{
  if (self->cancellable != NULL) {
    g_cancellable_cancel (self->cancellable);
    end (self);
  }
}

static void
uc_row_file_dispose (GObject *object)
{
  UcRowFile *self = UC_ROW_FILE (object);
  GtkWidget *child;

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), UC_TYPE_ROW_FILE);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (uc_row_file_parent_class)->dispose (object);
}

static void
uc_row_file_finalize (GObject *object)
{
  UcRowFile *self = UC_ROW_FILE (object);

  g_clear_object (&self->cancellable);
  uc_file_unref (self->file);

  G_OBJECT_CLASS (uc_row_file_parent_class)->finalize (object);
}

static void
uc_row_file_class_init (UcRowFileClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = uc_row_file_dispose;
  object_class->finalize = uc_row_file_finalize;

  g_type_ensure (ADW_TYPE_SPINNER);
  gtk_widget_class_set_css_name (widget_class, "rowfile");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/UnifiedChat/ui/uc-row-file.ui");
  gtk_widget_class_bind_template_child (widget_class, UcRowFile, icon);
  gtk_widget_class_bind_template_child (widget_class, UcRowFile, name);
  gtk_widget_class_bind_template_child (widget_class, UcRowFile, size);
  gtk_widget_class_bind_template_child (widget_class, UcRowFile, stack);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
}

static void
uc_row_file_init (UcRowFile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static GIcon *
get_icon (const UcFile *file)
{
  g_autofree char *type = g_content_type_from_mime_type (file->mime_type);

  return type != NULL ? g_content_type_get_symbolic_icon (type)
                      : g_themed_icon_new ("text-x-generic-symbolic");
}

/**
 * uc_row_file_new:
 * @context: what rows share
 * @file: the file
 *
 * Returns: (transfer floating): a widget for it
 */
GtkWidget *
uc_row_file_new (UcRowContext *context, UcFile *file)
{
  UcRowFile       *self = g_object_new (UC_TYPE_ROW_FILE, NULL);
  g_autofree char *name = uc_sanitize_file_name (file->name);
  g_autofree char *size = uc_format_size (file->size_bytes);
  g_autoptr (GIcon) icon = get_icon (file);

  self->context = g_object_ref (context);
  self->file = uc_file_ref (file);
  gtk_image_set_from_gicon (self->icon, icon);
  gtk_label_set_text (self->name, name);
  gtk_label_set_text (self->size, size);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  /* What waits to be sent cannot be fetched yet. */
  gtk_widget_set_visible (GTK_WIDGET (self->stack), *file->id != '\0');

  return GTK_WIDGET (self);
}
