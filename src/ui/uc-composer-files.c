/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that go with the next message: chosen, dropped or pasted. They are copied when the
 * message is queued; until then they lie where they are. */

#include "config.h"

#include "uc-composer-private.h"

#include "uc-format.h"
#include "uc-id.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

/* Pixels. */
#define THUMBNAIL_SIZE 32

static void
notice (UcComposer *self, const char *text)
{
  g_signal_emit_by_name (self, "notice", text);
}

static void
remove_cb (UcComposer *self, GtkWidget *button)
{
  GtkWidget *chip = gtk_widget_get_parent (button);
  guint      index = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->files_box));
       child != NULL && child != chip; child = gtk_widget_get_next_sibling (child))
    index++;
  if (index < self->files->len)
    g_ptr_array_remove_index (self->files, index);
  _uc_composer_show_files (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
}

/* The picture itself, or the sign of what it is. */
static GtkWidget *
make_sign (UcComposerFile *file)
{
  GtkWidget *sign = gtk_image_new ();

  if (file->thumbnail != NULL) {
    gtk_image_set_from_paintable (GTK_IMAGE (sign), GDK_PAINTABLE (file->thumbnail));
    gtk_image_set_pixel_size (GTK_IMAGE (sign), THUMBNAIL_SIZE);
  } else {
    g_autoptr (GIcon) icon = g_content_type_get_symbolic_icon (file->content_type);

    gtk_image_set_from_gicon (GTK_IMAGE (sign), icon);
  }
  return sign;
}

static GtkWidget *
make_words (UcComposerFile *file)
{
  GtkWidget       *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget       *name = gtk_label_new (file->name);
  g_autofree char *size_words = uc_format_size (file->size_bytes);
  GtkWidget       *size = gtk_label_new (size_words);

  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (name), 24);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_widget_set_tooltip_text (name, file->name);
  gtk_label_set_xalign (GTK_LABEL (size), 0);
  gtk_widget_add_css_class (size, "caption");
  gtk_widget_add_css_class (size, "dim-label");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), size);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  return box;
}

static GtkWidget *
make_chip (UcComposer *self, UcComposerFile *file)
{
  GtkWidget       *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget       *button = gtk_button_new_from_icon_name ("window-close-symbolic");
  g_autofree char *words = g_strdup_printf (_ ("Remove %s"), file->name);

  gtk_box_append (GTK_BOX (chip), make_sign (file));
  gtk_box_append (GTK_BOX (chip), make_words (file));
  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (chip), button);
  gtk_widget_add_css_class (chip, "composer-file");

  return chip;
}

void
_uc_composer_show_files (UcComposer *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->files_box))) != NULL)
    adw_wrap_box_remove (self->files_box, child);
  for (guint i = 0; i < self->files->len; i++)
    adw_wrap_box_append (self->files_box, make_chip (self, g_ptr_array_index (self->files, i)));
  gtk_widget_set_visible (GTK_WIDGET (self->files_box), self->files->len > 0);
  _uc_composer_update (self);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcComposer) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) files =
      gtk_file_dialog_open_multiple_finish (GTK_FILE_DIALOG (source), result, &error);

  if (files == NULL) {
    if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
      notice (self, error->message);
    return;
  }
  for (guint i = 0; i < g_list_model_get_n_items (files); i++) {
    g_autoptr (GFile) file = g_list_model_get_item (files, i);

    uc_composer_attach (self, file);
  }
}

void
_uc_composer_files_choose (UcComposer *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_file_dialog_set_title (dialog, _ ("Attach Files"));
  gtk_file_dialog_open_multiple (dialog, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL,
                                 chosen_cb, g_object_ref (self));
}

static void
attach_list (UcComposer *self, const GValue *value)
{
  GSList *files = g_value_get_boxed (value);

  for (GSList *link = files; link != NULL; link = link->next)
    uc_composer_attach (self, link->data);
}

/* A large picture takes a while to be written. The folder is one of those that are
 * emptied after a day. */
static void
save_in_worker (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GdkTexture      *texture = task_data;
  g_autofree char *opened = uc_session_dup_opened_folder ();
  g_autofree char *id = uc_id_new ();
  g_autofree char *folder = g_build_filename (opened, id, NULL);
  /* The name is what the others see. */
  g_autofree char *path = g_build_filename (folder, _ ("picture.png"), NULL);

  if (g_mkdir_with_parents (folder, 0700) == 0 && gdk_texture_save_to_png (texture, path))
    g_task_return_pointer (task, g_file_new_for_path (path), g_object_unref);
  else
    g_task_return_pointer (task, NULL, NULL);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcComposer) self = user_data;
  g_autoptr (GFile) file = g_task_propagate_pointer (G_TASK (result), NULL);

  if (file == NULL)
    notice (self, _ ("The picture could not be kept"));
  else
    uc_composer_attach (self, file);
}

static void
attach_texture (UcComposer *self, GdkTexture *texture)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, saved_cb, g_object_ref (self));

  g_task_set_source_tag (task, attach_texture);
  g_task_set_task_data (task, g_object_ref (texture), g_object_unref);
  g_task_run_in_thread (task, save_in_worker);
}

static void
pasted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcComposer) self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, &error);

  if (value == NULL)
    notice (self, error->message);
  else if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    attach_list (self, value);
  else if (G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE))
    attach_texture (self, g_value_get_object (value));
}

/* Files and pictures are attached; everything else is text. */
static void
paste_cb (UcComposer *self)
{
  GdkClipboard      *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);
  GType              type = G_TYPE_INVALID;

  if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST))
    type = GDK_TYPE_FILE_LIST;
  else if (!gdk_content_formats_contain_gtype (formats, G_TYPE_STRING) &&
           gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE))
    type = GDK_TYPE_TEXTURE;
  if (type == G_TYPE_INVALID || self->mode == UC_COMPOSER_EDIT)
    return;

  g_signal_stop_emission_by_name (self->text_view, "paste-clipboard");
  gdk_clipboard_read_value_async (clipboard, type, G_PRIORITY_DEFAULT, NULL, pasted_cb,
                                  g_object_ref (self));
}

void
_uc_composer_files_init (UcComposer *self)
{
  self->files = _uc_composer_new_files ();
  g_queue_init (&self->checks);
  self->parked =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  g_signal_connect_object (self->text_view, "paste-clipboard", G_CALLBACK (paste_cb), self,
                           G_CONNECT_SWAPPED);
}

char *
_uc_composer_dup_place (const char *channel_id, const char *root_id)
{
  return g_strconcat (channel_id, "/", root_id, NULL);
}

/* (transfer none): those of a place, which may not be the one that is shown */
GPtrArray *
_uc_composer_get_files (UcComposer *self, const char *place)
{
  g_autofree char *here = _uc_composer_dup_place (self->channel_id, self->root_id);
  GPtrArray       *files;

  if (g_str_equal (place, here))
    return self->files;
  files = g_hash_table_lookup (self->parked, place);
  if (files == NULL) {
    files = _uc_composer_new_files ();
    g_hash_table_insert (self->parked, g_strdup (place), files);
  }
  return files;
}

/* Files stay with the conversation they were chosen for. */
void
_uc_composer_files_switch (UcComposer *self, const char *channel_id, const char *root_id)
{
  g_autofree char *before = _uc_composer_dup_place (self->channel_id, self->root_id);
  g_autofree char *now = _uc_composer_dup_place (channel_id, root_id);
  GPtrArray       *files = g_hash_table_lookup (self->parked, now);

  if (files != NULL)
    g_ptr_array_ref (files);
  else
    files = _uc_composer_new_files ();
  if (self->files->len > 0)
    g_hash_table_replace (self->parked, g_steal_pointer (&before), g_steal_pointer (&self->files));
  g_clear_pointer (&self->files, g_ptr_array_unref);
  self->files = files;
  g_hash_table_remove (self->parked, now);
  _uc_composer_show_files (self);
}

/* (nullable) (transfer full): NULL for none */
char **
_uc_composer_dup_paths (UcComposer *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (self->files->len == 0)
    return NULL;
  for (guint i = 0; i < self->files->len; i++)
    g_strv_builder_take (
        builder, g_file_get_path (((UcComposerFile *) g_ptr_array_index (self->files, i))->file));

  return g_strv_builder_end (builder);
}

/* The first @n are on their way. */
void
_uc_composer_files_drop (UcComposer *self, guint n)
{
  g_ptr_array_remove_range (self->files, 0, MIN (n, self->files->len));
  _uc_composer_show_files (self);
}
