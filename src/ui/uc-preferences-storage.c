/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Storage page: how much lies on this computer, and taking it along. */

#include "config.h"

#include "uc-preferences-storage.h"

#include "uc-export.h"
#include "uc-store-care.h"

#include <glib/gi18n.h>

struct _UcPreferencesStorage {
  AdwPreferencesPage parent_instance;

  GtkLabel       *messages_label; /* (unowned) */
  GtkWidget      *copies_row;     /* (unowned) */
  GtkLabel       *copies_label;   /* (unowned) */
  GtkLabel       *files_label;    /* (unowned) */
  GtkWidget      *clear_button;   /* (unowned) */
  GtkWidget      *format_row;     /* (unowned) */
  GtkWidget      *with_files_row; /* (unowned) */
  GtkWidget      *export_row;     /* (unowned) */
  GtkWidget      *progress_row;   /* (unowned) shown while an export is under way */
  GtkProgressBar *progress;       /* (unowned) */

  UcSession    *session;     /* (owned) */
  GCancellable *cancellable; /* (owned) cancelled in dispose */
  GCancellable *exporting;   /* (owned) (nullable) ends the export under way */
  GFile        *exported;    /* (owned) (nullable) the last one */
};

G_DEFINE_FINAL_TYPE (UcPreferencesStorage, uc_preferences_storage, ADW_TYPE_PREFERENCES_PAGE)

/* In the order of uc_export_list_formats(). */
static const char *const format_titles[] = {
  N_ ("For Programs (JSON Lines)"),
  N_ ("For Reading and Printing (HTML)"),
  N_ ("As Text (Markdown)"),
  NULL,
};
#define DEFAULT_FORMAT 1

/* -- Room ------------------------------------------------------------------------------- */

static void
set_size (GtkLabel *label, guint64 bytes)
{
  g_autofree char *size = g_format_size (bytes);

  gtk_label_set_text (label, size);
}

static void
measured_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcPreferencesStorage) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 bytes = uc_session_measure_cache_finish (UC_SESSION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  set_size (self->files_label, (guint64) MAX (bytes, 0));
  gtk_widget_set_sensitive (self->clear_button, bytes > 0);
}

static void
measure_files (UcPreferencesStorage *self, gboolean do_clear)
{
  gtk_widget_set_sensitive (self->clear_button, FALSE);
  uc_session_measure_cache_async (self->session, do_clear, self->cancellable, measured_cb,
                                  g_object_ref (self));
}

static void
measure (UcPreferencesStorage *self)
{
  const char *path = uc_store_get_path (uc_session_get_store (self->session));
  guint64     store_bytes;
  guint64     copies_bytes;

  uc_store_measure (path, &store_bytes, &copies_bytes);
  set_size (self->messages_label, store_bytes);
  set_size (self->copies_label, copies_bytes);
  gtk_widget_set_visible (self->copies_row, copies_bytes > 0);
  measure_files (self, FALSE);
}

static void
clear_cb (UcPreferencesStorage *self)
{
  measure_files (self, TRUE);
}

/* -- Exporting -------------------------------------------------------------------------- */

static void
show_cb (UcPreferencesStorage *self)
{
  g_autoptr (GtkFileLauncher) launcher = gtk_file_launcher_new (self->exported);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_file_launcher_launch (launcher, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, NULL,
                            NULL);
}

static void
toast (UcPreferencesStorage *self, const char *text, gboolean has_folder)
{
  GtkWidget *dialog = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_DIALOG);
  AdwToast  *made;

  if (dialog == NULL)
    return;
  made = g_object_new (ADW_TYPE_TOAST, "title", text, "use-markup", FALSE, NULL);
  if (has_folder) {
    adw_toast_set_button_label (made, _ ("_Show"));
    g_signal_connect_object (made, "button-clicked", G_CALLBACK (show_cb), self, G_CONNECT_SWAPPED);
  }
  adw_preferences_dialog_add_toast (ADW_PREFERENCES_DIALOG (dialog), made);
}

static void
set_exporting (UcPreferencesStorage *self, gboolean is_exporting)
{
  gtk_widget_set_visible (self->progress_row, is_exporting);
  gtk_widget_set_sensitive (self->export_row, !is_exporting);
  gtk_widget_set_sensitive (self->format_row, !is_exporting);
  gtk_widget_set_sensitive (self->with_files_row, !is_exporting);
  gtk_progress_bar_set_fraction (self->progress, 0);
}

static void
progress_cb (gint64 n_done, gint64 n_total, gpointer user_data)
{
  UcPreferencesStorage *self = user_data;

  if (n_total > 0 && self->progress != NULL)
    gtk_progress_bar_set_fraction (self->progress, MIN (1.0, (double) n_done / (double) n_total));
}

static char *
dup_done_text (const UcExportResult *result)
{
  g_autofree char *messages =
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d message exported", "%d messages exported",
                                    (gulong) result->n_messages),
                       (int) result->n_messages);

  if (result->n_missing_files == 0)
    return g_steal_pointer (&messages);
  /* Translators: "12 messages exported", then how many files. */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s; %d file is not on this computer",
                                       "%s; %d files are not on this computer",
                                       (gulong) result->n_missing_files),
                          messages, (int) result->n_missing_files);
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcPreferencesStorage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  UcExportResult   exported;
  gboolean         is_done = uc_export_run_finish (result, &exported, &error);

  g_clear_object (&self->exporting);
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  set_exporting (self, FALSE);
  if (is_done)
    text = dup_done_text (&exported);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    text = g_strdup (_ ("Cancelled. What was written stays in its folder"));
  else
    text = g_strdup (error->message);
  toast (self, text, is_done);
}

static GFile *
make_target (GFile *parent)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%d-%H%M%S");
  g_autofree char *name = g_strconcat ("unified-chat-", time, NULL);

  return g_file_get_child (parent, name);
}

/**
 * uc_preferences_storage_export:
 * @parent: a folder on this computer
 *
 * Begins an export to a new folder in @parent, as the rows of the page say; nothing while
 * another one is under way.
 */
void
uc_preferences_storage_export (UcPreferencesStorage *self, GFile *parent)
{
  guint            format;
  UcExportOptions  options = { 0 };
  g_autofree char *folder = NULL;

  g_return_if_fail (UC_IS_PREFERENCES_STORAGE (self));
  g_return_if_fail (G_IS_FILE (parent));

  if (self->exporting != NULL)
    return;
  g_clear_object (&self->exported);
  self->exported = make_target (parent);
  folder = g_file_get_path (self->exported);
  if (folder == NULL) {
    toast (self, _ ("The folder is not on this computer"), FALSE);
    return;
  }
  format = adw_combo_row_get_selected (ADW_COMBO_ROW (self->format_row));
  options.store_path = uc_store_get_path (uc_session_get_store (self->session));
  options.folder = folder;
  options.format = uc_export_list_formats ()[MIN (format, G_N_ELEMENTS (format_titles) - 2)];
  options.with_files = adw_switch_row_get_active (ADW_SWITCH_ROW (self->with_files_row));
  self->exporting = g_cancellable_new ();
  set_exporting (self, TRUE);
  uc_export_run_async (&options, progress_cb, self, self->exporting, exported_cb,
                       g_object_ref (self));
}

static void
folder_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcPreferencesStorage) self = user_data;
  g_autoptr (GFile) parent =
      gtk_file_dialog_select_folder_finish (GTK_FILE_DIALOG (source), result, NULL);

  /* Thought better of it, or gone meanwhile. */
  if (parent != NULL && !g_cancellable_is_cancelled (self->cancellable))
    uc_preferences_storage_export (self, parent);
}

static void
choose_cb (UcPreferencesStorage *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_file_dialog_set_title (dialog, _ ("Where To?"));
  gtk_file_dialog_set_accept_label (dialog, _ ("_Export Here"));
  gtk_file_dialog_select_folder (dialog, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                 self->cancellable, folder_chosen_cb, g_object_ref (self));
}

static void
stop_cb (UcPreferencesStorage *self)
{
  if (self->exporting != NULL)
    g_cancellable_cancel (self->exporting);
}

/* -- The page --------------------------------------------------------------------------- */

static GtkWidget *
make_size_row (const char *title, const char *subtitle, GtkLabel **label)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  *label = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (*label), "dimmed");
  gtk_widget_add_css_class (GTK_WIDGET (*label), "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), GTK_WIDGET (*label));

  return row;
}

static GtkWidget *
make_button (const char *label)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);

  return button;
}

static void
add_room (UcPreferencesStorage *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  GtkWidget           *row;

  adw_preferences_group_set_title (group, _ ("On This Computer"));
  adw_preferences_group_set_description (
      group, _ ("All that is stored can be read, searched and answered without a network."));
  adw_preferences_group_add (group, make_size_row (_ ("Messages"),
                                                   _ ("With drafts and what waits to be sent"),
                                                   &self->messages_label));
  row = make_size_row (_ ("Files and Pictures"), _ ("Fetched again when they are looked at"),
                       &self->files_label);
  self->clear_button = make_button (_ ("_Remove"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->clear_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Remove files and pictures"),
                                  -1);
  g_signal_connect_object (self->clear_button, "clicked", G_CALLBACK (clear_cb), self,
                           G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), self->clear_button);
  adw_preferences_group_add (group, row);
  self->copies_row = make_size_row (_ ("Backups"),
                                    _ ("Made before the program changes anything "
                                       "of importance"),
                                    &self->copies_label);
  adw_preferences_group_add (group, self->copies_row);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), group);
}

static void
make_format_row (UcPreferencesStorage *self)
{
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);

  for (guint i = 0; format_titles[i] != NULL; i++)
    gtk_string_list_append (model, _ (format_titles[i]));
  self->format_row = adw_combo_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->format_row), _ ("Format"));
  adw_combo_row_set_model (ADW_COMBO_ROW (self->format_row), G_LIST_MODEL (model));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->format_row), DEFAULT_FORMAT);
}

static void
make_progress_row (UcPreferencesStorage *self)
{
  GtkWidget *stop = make_button (_ ("_Cancel"));

  self->progress_row = adw_action_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->progress_row), _ ("Exporting…"));
  self->progress = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->progress), GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Exporting…"), -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->progress_row), GTK_WIDGET (self->progress));
  g_signal_connect_object (stop, "clicked", G_CALLBACK (stop_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->progress_row), stop);
  gtk_widget_set_visible (self->progress_row, FALSE);
}

static void
add_export (UcPreferencesStorage *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_title (group, _ ("Take Your Data With You"));
  adw_preferences_group_set_description (group,
                                         _ ("Writes everything that is stored of this account to a "
                                            "new folder that only you can open."));
  make_format_row (self);
  adw_preferences_group_add (group, self->format_row);
  self->with_files_row = adw_switch_row_new ();
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (self->with_files_row), TRUE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->with_files_row), _ ("_Include Files"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->with_files_row),
                               _ ("Those that are on this computer; others are named"));
  adw_preferences_group_add (group, self->with_files_row);
  self->export_row = adw_button_row_new ();
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (self->export_row), TRUE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->export_row), _ ("_Export…"));
  g_signal_connect_object (self->export_row, "activated", G_CALLBACK (choose_cb), self,
                           G_CONNECT_SWAPPED);
  adw_preferences_group_add (group, self->export_row);
  make_progress_row (self);
  adw_preferences_group_add (group, self->progress_row);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), group);
}

static void
uc_preferences_storage_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (uc_preferences_storage_parent_class)->map (widget);

  measure (UC_PREFERENCES_STORAGE (widget));
}

static void
uc_preferences_storage_dispose (GObject *object)
{
  UcPreferencesStorage *self = UC_PREFERENCES_STORAGE (object);

  stop_cb (self);
  g_cancellable_cancel (self->cancellable);
  self->progress = NULL;
  g_clear_object (&self->session);
  g_clear_object (&self->exported);

  G_OBJECT_CLASS (uc_preferences_storage_parent_class)->dispose (object);
}

static void
uc_preferences_storage_finalize (GObject *object)
{
  UcPreferencesStorage *self = UC_PREFERENCES_STORAGE (object);

  g_clear_object (&self->exporting);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (uc_preferences_storage_parent_class)->finalize (object);
}

static void
uc_preferences_storage_class_init (UcPreferencesStorageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = uc_preferences_storage_dispose;
  G_OBJECT_CLASS (klass)->finalize = uc_preferences_storage_finalize;
  GTK_WIDGET_CLASS (klass)->map = uc_preferences_storage_map;
}

static void
uc_preferences_storage_init (UcPreferencesStorage *self)
{
  self->cancellable = g_cancellable_new ();
  add_room (self);
  add_export (self);
}

/**
 * uc_preferences_storage_new:
 * @session: of the account
 *
 * Returns: (transfer floating): the page
 */
AdwPreferencesPage *
uc_preferences_storage_new (UcSession *session)
{
  UcPreferencesStorage *self;

  g_return_val_if_fail (UC_IS_SESSION (session), NULL);

  self = g_object_new (UC_TYPE_PREFERENCES_STORAGE, "name", "storage", "title", _ ("Storage"),
                       "icon-name", "drive-harddisk-symbolic", NULL);
  self->session = g_object_ref (session);

  return ADW_PREFERENCES_PAGE (self);
}
