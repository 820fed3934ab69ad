/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that go with the next message: chosen, dropped or pasted. They are copied when the
 * message is queued; until then they lie where they are. */

#include "config.h"

#include "uc-composer-private.h"

#include "uc-format.h"
#include "uc-id.h"
#include "uc-limits.h"
#include "uc-sanitize.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

static char *
dup_place (const char *channel_id, const char *root_id)
{
  return g_strconcat (channel_id, "/", root_id, NULL);
}

static void
notice (UcComposer *self, const char *text)
{
  g_signal_emit_by_name (self, "notice", text);
}

static void show_files (UcComposer *self);

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
  show_files (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
}

static GtkWidget *
make_chip (UcComposer *self, GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = uc_sanitize_file_name (base);
  GtkWidget       *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget       *label = gtk_label_new (name);
  GtkWidget       *button = gtk_button_new_from_icon_name ("window-close-symbolic");
  g_autofree char *words = g_strdup_printf (_ ("Remove %s"), name);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 28);
  gtk_widget_set_tooltip_text (label, name);
  gtk_box_append (GTK_BOX (chip), gtk_image_new_from_icon_name ("mail-attachment-symbolic"));
  gtk_box_append (GTK_BOX (chip), label);
  gtk_widget_set_tooltip_text (button, words);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (chip), button);
  gtk_widget_add_css_class (chip, "composer-file");

  return chip;
}

static void
show_files (UcComposer *self)
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

static void
attach_texture (UcComposer *self, GdkTexture *texture)
{
  g_autofree char *id = uc_id_new ();
  g_autofree char *folder =
      g_build_filename (g_get_user_cache_dir (), "unified-chat", "pasted", id, NULL);
  /* The name is what the others see. */
  g_autofree char *path = g_build_filename (folder, _ ("picture.png"), NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  if (g_mkdir_with_parents (folder, 0700) != 0 || !gdk_texture_save_to_png (texture, path))
    notice (self, _ ("The picture could not be kept"));
  else
    uc_composer_attach (self, file);
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
  self->files = g_ptr_array_new_with_free_func (g_object_unref);
  self->parked =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  g_signal_connect_object (self->text_view, "paste-clipboard", G_CALLBACK (paste_cb), self,
                           G_CONNECT_SWAPPED);
}

/* Files stay with the conversation they were chosen for. */
void
_uc_composer_files_switch (UcComposer *self, const char *channel_id, const char *root_id)
{
  g_autofree char *before = dup_place (self->channel_id, self->root_id);
  g_autofree char *now = dup_place (channel_id, root_id);
  GPtrArray       *files = g_hash_table_lookup (self->parked, now);

  if (files != NULL)
    g_ptr_array_ref (files);
  else
    files = g_ptr_array_new_with_free_func (g_object_unref);
  if (self->files->len > 0)
    g_hash_table_replace (self->parked, g_steal_pointer (&before), g_steal_pointer (&self->files));
  g_clear_pointer (&self->files, g_ptr_array_unref);
  self->files = files;
  g_hash_table_remove (self->parked, now);
  show_files (self);
}

/* (nullable) (transfer full): NULL for none */
char **
_uc_composer_dup_paths (UcComposer *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (self->files->len == 0)
    return NULL;
  for (guint i = 0; i < self->files->len; i++)
    g_strv_builder_take (builder, g_file_get_path (g_ptr_array_index (self->files, i)));

  return g_strv_builder_end (builder);
}

/* The first @n are on their way. */
void
_uc_composer_files_drop (UcComposer *self, guint n)
{
  g_ptr_array_remove_range (self->files, 0, MIN (n, self->files->len));
  show_files (self);
}

/**
 * uc_composer_attach:
 * @self: a composer
 * @file: a local file
 *
 * Adds a file to the next message, unless there are too many or it is none.
 */
void
uc_composer_attach (UcComposer *self, GFile *file)
{
  g_autofree char *path = g_file_get_path (file);

  g_return_if_fail (UC_IS_COMPOSER (self));

  if (self->mode == UC_COMPOSER_EDIT)
    return;
  if (path == NULL || !g_file_test (path, G_FILE_TEST_IS_REGULAR)) {
    notice (self, _ ("Only files on this computer can be attached"));
    return;
  }
  if (self->files->len >= UC_LIMIT_FILES_PER_POST) {
    g_autofree char *text =
        g_strdup_printf (_ ("A message takes at most %d files"), UC_LIMIT_FILES_PER_POST);

    notice (self, text);
    return;
  }
  g_ptr_array_add (self->files, g_object_ref (file));
  show_files (self);
}
