/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The preferences dialog. Its rows are bound to the settings; app listens to those and
 * does what they say. */

#include "config.h"

#include "uc-preferences.h"

#include "uc-sidebar-avatar.h"
#include "uc-preferences-devices.h"
#include "uc-preferences-features.h"
#include "uc-preferences-files.h"
#include "uc-preferences-rollouts.h"
#include "uc-preferences-storage.h"

#include "uc-meeting.h"
#include "uc-thread.h"
#include "uc-user.h"

#include <glib/gi18n.h>

struct _UcPreferences {
  AdwPreferencesDialog parent_instance;

  AdwPreferencesPage *general_page;
  GtkWidget          *account_row;
  UcSidebarAvatar    *avatar;
  AdwToggleGroup     *scheme_group;
  GtkWidget          *use_24h_row;
  GtkWidget          *send_on_enter_row;
  GtkWidget          *call_address_row;
  GtkWidget          *background_row;
  GtkWidget          *autostart_row;
  GtkWidget          *notifications_row;
  GtkWidget          *preview_row;
  GtkWidget          *ai_mode_row;
  GtkWidget          *ai_off_label;

  UcWindowAccount *account;  /* (owned) */
  GSettings       *settings; /* (owned) */
};

G_DEFINE_FINAL_TYPE (UcPreferences, uc_preferences, ADW_TYPE_PREFERENCES_DIALOG)

static void
update_account (UcPreferences *self)
{
  UcDirectory     *directory = uc_window_account_get_directory (self->account);
  UcSession       *session = uc_window_account_get_session (self->account);
  const UcUser    *me = uc_window_account_get_me (self->account);
  g_autofree char *name = uc_directory_dup_name (directory, uc_session_get_user_id (session));
  g_autofree char *host = uc_window_account_dup_host (self->account);
  g_autofree char *where = NULL;

  /* Translators: user name, then the server: "@anna on chat.example.org". */
  where = me != NULL ? g_strdup_printf (C_ ("account", "@%s on %s"), me->username, host)
                     : g_strdup (host);
  uc_sidebar_avatar_set_person (self->avatar, uc_session_get_user_id (session), name);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->account_row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->account_row), where);
}

static void
update_ai (UcPreferences *self)
{
  UcFlags *flags = uc_session_get_flags (uc_window_account_get_session (self->account));
  gboolean is_allowed = uc_flags_is_on (flags, UC_FLAG_ai_mode);

  gtk_widget_set_sensitive (self->ai_mode_row, is_allowed);
  gtk_widget_set_visible (self->ai_off_label, !is_allowed);
}

/* The nick of the enum is the name of the toggle. */
static void
bind_settings (UcPreferences *self, GSettings *settings)
{
  g_settings_bind (settings, "color-scheme", self->scheme_group, "active-name",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "use-24h", self->use_24h_row, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "send-on-enter", self->send_on_enter_row, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "run-in-background", self->background_row, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "autostart", self->autostart_row, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "run-in-background", self->autostart_row, "sensitive",
                   G_SETTINGS_BIND_GET);
  g_settings_bind (settings, "notifications", self->notifications_row, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "notification-preview", self->preview_row, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "notifications", self->preview_row, "sensitive", G_SETTINGS_BIND_GET);
  g_settings_bind (settings, "ai-mode", self->ai_mode_row, "active",
                   G_SETTINGS_BIND_DEFAULT | G_SETTINGS_BIND_NO_SENSITIVITY);
}

/* Empty is the address that the program comes with. */
static void
call_address_applied_cb (UcPreferences *self)
{
  const char *address = gtk_editable_get_text (GTK_EDITABLE (self->call_address_row));
  g_autoptr (GError) error = NULL;

  if (*address == '\0') {
    g_autofree char *usual = NULL;

    g_settings_reset (self->settings, "call-address");
    usual = g_settings_get_string (self->settings, "call-address");
    gtk_editable_set_text (GTK_EDITABLE (self->call_address_row), usual);
  } else if (uc_meeting_check_template (address, &error)) {
    g_settings_set_string (self->settings, "call-address", address);
  } else {
    gtk_widget_add_css_class (self->call_address_row, "error");
    adw_preferences_dialog_add_toast (
        ADW_PREFERENCES_DIALOG (self),
        g_object_new (ADW_TYPE_TOAST, "title", error->message, "use-markup", FALSE, NULL));
  }
}

static void
call_address_changed_cb (UcPreferences *self)
{
  gtk_widget_remove_css_class (self->call_address_row, "error");
}

static void
sign_out_cb (UcPreferences *self)
{
  /* The question stands over the window, not over these preferences. */
  gtk_widget_activate_action (GTK_WIDGET (self), "win.sign-out", NULL);
}

static void
uc_preferences_dispose (GObject *object)
{
  UcPreferences *self = UC_PREFERENCES (object);

  g_clear_object (&self->account);
  g_clear_object (&self->settings);
  gtk_widget_dispose_template (GTK_WIDGET (object), UC_TYPE_PREFERENCES);

  G_OBJECT_CLASS (uc_preferences_parent_class)->dispose (object);
}

static void
uc_preferences_class_init (UcPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = uc_preferences_dispose;

  g_type_ensure (UC_TYPE_SIDEBAR_AVATAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/UnifiedChat/ui/uc-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, UcPreferences, general_page);
  gtk_widget_class_bind_template_child (widget_class, UcPreferences, account_row);
  gtk_widget_class_bind_template_child (widget_class, UcPreferences, avatar);
  gtk_widget_class_bind_template_child (widget_class, UcPreferences, scheme_group);
  gtk_widget_class_bind_template_child (widget_class, UcPreferences, use_24h_row);
  gtk_widget_class_bind_template_child (widget_class, UcPreferences, send_on_enter_row);
  gtk_widget_class_bind_template_child (widget_class, UcPreferences, call_address_row);
  gtk_widget_class_bind_template_child (widget_class, UcPreferences, background_row);
  gtk_widget_class_bind_template_child (widget_class, UcPreferences, autostart_row);
  gtk_widget_class_bind_template_child (widget_class, UcPreferences, notifications_row);
  gtk_widget_class_bind_template_child (widget_class, UcPreferences, preview_row);
  gtk_widget_class_bind_template_child (widget_class, UcPreferences, ai_mode_row);
  gtk_widget_class_bind_template_child (widget_class, UcPreferences, ai_off_label);
  gtk_widget_class_bind_template_callback (widget_class, call_address_applied_cb);
  gtk_widget_class_bind_template_callback (widget_class, call_address_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, sign_out_cb);
}

static void
uc_preferences_init (UcPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * uc_preferences_new:
 * @account: the account they are about
 * @settings: the program's settings
 *
 * Returns: (transfer floating): the dialog
 */
AdwDialog *
uc_preferences_new (UcWindowAccount *account, GSettings *settings)
{
  UcPreferences   *self;
  UcSession       *session;
  const UcUser    *me;
  g_autofree char *address = NULL;

  UC_ASSERT_MAIN_THREAD ();
  g_return_val_if_fail (UC_IS_WINDOW_ACCOUNT (account), NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  self = g_object_new (UC_TYPE_PREFERENCES, NULL);
  self->account = g_object_ref (account);
  self->settings = g_object_ref (settings);
  session = uc_window_account_get_session (account);
  bind_settings (self, settings);
  adw_preferences_page_add (self->general_page, uc_preferences_files_new (session, settings));
  address = g_settings_get_string (settings, "call-address");
  gtk_editable_set_text (GTK_EDITABLE (self->call_address_row), address);

  g_signal_connect_object (uc_session_get_flags (session), "changed", G_CALLBACK (update_ai), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (uc_window_account_get_directory (account), "user-changed",
                           G_CALLBACK (update_account), self, G_CONNECT_SWAPPED);
  update_account (self);
  update_ai (self);

  adw_preferences_dialog_add (
      ADW_PREFERENCES_DIALOG (self),
      uc_preferences_features_new (uc_session_get_flags (session), settings));
  adw_preferences_dialog_add (ADW_PREFERENCES_DIALOG (self),
                              uc_preferences_devices_new (account, settings));
  adw_preferences_dialog_add (ADW_PREFERENCES_DIALOG (self), uc_preferences_storage_new (session));
  me = uc_window_account_get_me (account);
  if (me != NULL && uc_user_has_role (me, "system_admin") && uc_session_has_extension (session))
    adw_preferences_dialog_add (ADW_PREFERENCES_DIALOG (self),
                                uc_preferences_rollouts_new (session));

  return ADW_DIALOG (self);
}
