/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The room that files take. */

#include "config.h"

#include "uc-preferences-files.h"

#include "uc-format.h"

#include <glib/gi18n.h>

/* Megabytes. */
#define MIN_LIMIT  64
#define MAX_LIMIT  65536
#define LIMIT_STEP 64

struct _UcPreferencesFiles {
  AdwPreferencesGroup parent_instance;

  GtkWidget    *limit_row;
  GtkWidget    *used_row;
  GtkWidget    *clear_button;
  UcSession    *session;     /* (owned) */
  GCancellable *cancellable; /* (owned) cancelled in dispose */
};

G_DEFINE_FINAL_TYPE (UcPreferencesFiles, uc_preferences_files, ADW_TYPE_PREFERENCES_GROUP)

static void
measured_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  UcPreferencesFiles *self = user_data;
  g_autoptr (GError) error = NULL;
  const gint64 used_bytes = uc_session_measure_cache_finish (UC_SESSION (source), result, &error);
  g_autofree char *used = NULL;

  /* Gone from the screen. */
  if (used_bytes < 0)
    return;
  used = uc_format_size (used_bytes);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->used_row), used);
  gtk_widget_set_sensitive (self->clear_button, used_bytes > 0);
}

static void
measure (UcPreferencesFiles *self, gboolean do_clear)
{
  uc_session_measure_cache_async (self->session, do_clear, self->cancellable, measured_cb, self);
}

static void
clear_cb (UcPreferencesFiles *self)
{
  gtk_widget_set_sensitive (self->clear_button, FALSE);
  measure (self, TRUE);
}

static void
uc_preferences_files_dispose (GObject *object)
{
  UcPreferencesFiles *self = UC_PREFERENCES_FILES (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (uc_preferences_files_parent_class)->dispose (object);
}

static void
uc_preferences_files_finalize (GObject *object)
{
  g_object_unref (UC_PREFERENCES_FILES (object)->cancellable);

  G_OBJECT_CLASS (uc_preferences_files_parent_class)->finalize (object);
}

static void
uc_preferences_files_class_init (UcPreferencesFilesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = uc_preferences_files_dispose;
  object_class->finalize = uc_preferences_files_finalize;
}

static void
uc_preferences_files_init (UcPreferencesFiles *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);

  self->cancellable = g_cancellable_new ();
  adw_preferences_group_set_title (group, _ ("Files"));

  self->limit_row = adw_spin_row_new_with_range (MIN_LIMIT, MAX_LIMIT, LIMIT_STEP);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->limit_row), _ ("_Keep up to (MB)"));
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (self->limit_row), TRUE);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->limit_row),
                               _ ("Files and pictures that were shown stay on this computer; those "
                                  "not looked at for the longest time go first"));
  adw_preferences_group_add (group, self->limit_row);

  self->used_row = adw_action_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->used_row), _ ("In use"));
  self->clear_button = gtk_button_new_with_mnemonic (_ ("_Clear"));
  gtk_widget_set_tooltip_text (self->clear_button,
                               _ ("Removes what was fetched; what waits to be sent stays"));
  gtk_widget_set_valign (self->clear_button, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (self->clear_button, FALSE);
  g_signal_connect_object (self->clear_button, "clicked", G_CALLBACK (clear_cb), self,
                           G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->used_row), self->clear_button);
  adw_preferences_group_add (group, self->used_row);
}

/**
 * uc_preferences_files_new:
 * @session: the account whose files they are
 * @settings: the program's settings
 *
 * Returns: (transfer floating): the group
 */
AdwPreferencesGroup *
uc_preferences_files_new (UcSession *session, GSettings *settings)
{
  UcPreferencesFiles *self = g_object_new (UC_TYPE_PREFERENCES_FILES, NULL);

  self->session = g_object_ref (session);
  g_settings_bind (settings, "file-cache-megabytes", self->limit_row, "value",
                   G_SETTINGS_BIND_DEFAULT);
  measure (self, FALSE);

  return ADW_PREFERENCES_GROUP (self);
}
