/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program as the desktop sees it: start, command line, actions, the one window. */

#include "config.h"

#include "uc-application-private.h"

#include "uc-account-folder.h"
#include "uc-shortcuts.h"
#include "uc-ui.h"

#include "uc-thread.h"

#include <glib-unix.h>
#include <glib/gi18n.h>

/* How long a window waits for what it is to show. */
#define PATIENCE_MS 150

G_DEFINE_FINAL_TYPE (UcApplication, uc_application, ADW_TYPE_APPLICATION)

static const GOptionEntry option_entries[] = {
  { "server", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, NULL,
    N_ ("Open the sign-in page for a server"), N_ ("URL") },
  { "demo", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, NULL,
    N_ ("Try the demo organisation on this computer"), NULL },
  { "background", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, NULL,
    N_ ("Start without a window, to receive messages"), NULL },
  { "quit-on-close", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, NULL,
    N_ ("End when the window is closed"), NULL },
  { "version", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, NULL, N_ ("Print the version"), NULL },
  { NULL },
};

/* -- Settings ---------------------------------------------------------------------------- */

static void
apply_color_scheme (UcApplication *self)
{
  static const AdwColorScheme schemes[] = { ADW_COLOR_SCHEME_DEFAULT, ADW_COLOR_SCHEME_FORCE_LIGHT,
                                            ADW_COLOR_SCHEME_FORCE_DARK };
  int                         value = g_settings_get_enum (self->settings, "color-scheme");

  g_return_if_fail (value >= 0 && value < (int) G_N_ELEMENTS (schemes));

  adw_style_manager_set_color_scheme (adw_application_get_style_manager (ADW_APPLICATION (self)),
                                      schemes[value]);
}

/* -- The window ---------------------------------------------------------------------------- */

/* TRUE when it was not there before. */
gboolean
_uc_application_ensure_window (UcApplication *self)
{
  g_autofree char *server = NULL;

  if (self->window != NULL)
    return FALSE;

  server = uc_demo_runner_find_server ();
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->window = uc_main_window_new (ADW_APPLICATION (self), self->settings);
  uc_main_window_set_has_demo (self->window, server != NULL);
  uc_main_window_set_accounts (self->window, uc_accounts_get_running (self->accounts));
  g_signal_connect_object (self->window, "demo", G_CALLBACK (_uc_application_start_demo), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->window, "signed-in", G_CALLBACK (_uc_application_take_sign_in),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->window, "sign-in-again",
                           G_CALLBACK (_uc_application_sign_in_again), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->window, "sign-out", G_CALLBACK (_uc_application_sign_out), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->window, "try-again", G_CALLBACK (_uc_application_try_again), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->window, "watched-changed",
                           G_CALLBACK (_uc_application_update_watched), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->window, "notify::is-active",
                           G_CALLBACK (_uc_application_update_activity), self, G_CONNECT_SWAPPED);

  return TRUE;
}

void
_uc_application_present_late (UcApplication *self)
{
  if (self->patience_id == 0)
    return;
  g_clear_handle_id (&self->patience_id, g_source_remove);
  gtk_window_present (GTK_WINDOW (self->window));
}

static gboolean
patience_over_cb (gpointer user_data)
{
  UcApplication *self = user_data;

  self->patience_id = 0;
  gtk_window_present (GTK_WINDOW (self->window));

  return G_SOURCE_REMOVE;
}

/* Nearly every store is open before a window could be drawn: it then comes up with the
 * conversation in it, and nothing is drawn twice. */
static void
present_soon (UcApplication *self)
{
  gboolean is_opening =
      *self->shown_id != '\0' && uc_accounts_find (self->accounts, self->shown_id) == NULL;

  if (is_opening)
    self->patience_id = g_timeout_add (PATIENCE_MS, patience_over_cb, self);
  else
    gtk_window_present (GTK_WINDOW (self->window));
}

/* Without a window: on in the background, or to the end. Stores are closed before the
 * program ends: the accounts hold it so long. */
void
_uc_application_leave (UcApplication *self)
{
  gboolean stays = self->stay == UC_STAY_AS_SET && self->demo == NULL &&
                   g_settings_get_boolean (self->settings, "run-in-background");

  if (stays)
    uc_background_begin (self->background);
  else
    uc_accounts_close_all (self->accounts);
}

/* Also when the desktop refuses it while there is no window. */
static void
run_in_background_changed_cb (UcApplication *self)
{
  if (self->window == NULL)
    _uc_application_leave (self);
}

static void
refused_cb (UcApplication *self, const char *text)
{
  g_message ("%s", text);
  if (self->window != NULL)
    uc_main_window_toast (self->window, text);
}

static void
uc_application_window_removed (GtkApplication *application, GtkWindow *window)
{
  UcApplication *self = UC_APPLICATION (application);

  if (window == GTK_WINDOW (self->window)) {
    g_cancellable_cancel (self->cancellable);
    g_clear_handle_id (&self->patience_id, g_source_remove);
    self->window = NULL;
    _uc_application_update_watched (self);
    _uc_application_update_activity (self);
    _uc_application_leave (self);
  }
  GTK_APPLICATION_CLASS (uc_application_parent_class)->window_removed (application, window);
}

/* -- Actions --------------------------------------------------------------------------------- */

static void
quit (UcApplication *self)
{
  self->stay = UC_STAY_NO_MORE;
  if (self->window != NULL)
    uc_main_window_close (self->window);
  else
    _uc_application_leave (self);
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  quit (user_data);
}

static gboolean
terminated_cb (gpointer user_data)
{
  quit (user_data);

  return G_SOURCE_CONTINUE;
}

static void
show_account_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UcApplication *self = user_data;

  _uc_application_ensure_window (self);
  _uc_application_show_account (self, g_variant_get_string (parameter, NULL));
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
add_account_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UcApplication *self = user_data;

  _uc_application_ensure_window (self);
  uc_main_window_show_sign_in (self->window, NULL, NULL);
  gtk_window_present (GTK_WINDOW (self->window));
}

static const GActionEntry action_entries[] = {
  { "quit", quit_cb },
  { "show-account", show_account_cb, "s" },
  { "add-account", add_account_cb },
};

/* -- The class ----------------------------------------------------------------------------------
 */

static void
uc_application_startup (GApplication *application)
{
  UcApplication *self = UC_APPLICATION (application);

  G_APPLICATION_CLASS (uc_application_parent_class)->startup (application);

  uc_ui_load_style (gdk_display_get_default ());
  gtk_window_set_default_icon_name (UC_APP_ID);
  self->settings = g_settings_new (UC_APP_ID);
  self->clock = uc_clock_new_system ();
  self->secrets = uc_secrets_new_service ();
  self->root = uc_account_folder_dup_root ();
  self->accounts =
      uc_accounts_new (application, self->root, self->settings, self->secrets, self->clock);
  _uc_application_follow_accounts (self);
  g_signal_connect (self, "notify::screensaver-active",
                    G_CALLBACK (_uc_application_update_activity), NULL);
  self->background = uc_background_new (self->settings, uc_background_is_sandboxed ());
  g_signal_connect_object (self->background, "refused", G_CALLBACK (refused_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::run-in-background",
                           G_CALLBACK (run_in_background_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::color-scheme", G_CALLBACK (apply_color_scheme),
                           self, G_CONNECT_SWAPPED);
  apply_color_scheme (self);
  g_action_map_add_action_entries (G_ACTION_MAP (self), action_entries,
                                   G_N_ELEMENTS (action_entries), self);
  _uc_application_add_wish_actions (self);
  uc_shortcuts_install (GTK_APPLICATION (self));
  g_unix_signal_add (SIGTERM, terminated_cb, self);
  g_unix_signal_add (SIGINT, terminated_cb, self);
}

static void
uc_application_activate (GApplication *application)
{
  UcApplication *self = UC_APPLICATION (application);

  if (self->window == NULL) {
    _uc_application_open_first (self);
    _uc_application_ensure_window (self);
    _uc_application_begin (self);
    present_soon (self);
  } else if (self->patience_id == 0)
    gtk_window_present (GTK_WINDOW (self->window));
}

static int
uc_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  if (g_variant_dict_contains (options, "version")) {
    g_print ("unified-chat %s\n", UC_VERSION);
    return 0;
  }

  return -1;
}

static int
uc_application_command_line (GApplication *application, GApplicationCommandLine *command_line)
{
  UcApplication *self = UC_APPLICATION (application);
  GVariantDict  *options = g_application_command_line_get_options_dict (command_line);
  const char    *server = NULL;
  gboolean       wants_demo = FALSE, wants_no_window = FALSE;

  g_variant_dict_lookup (options, "server", "&s", &server);
  g_variant_dict_lookup (options, "demo", "b", &wants_demo);
  g_variant_dict_lookup (options, "background", "b", &wants_no_window);

  if (g_variant_dict_contains (options, "quit-on-close"))
    self->stay = UC_STAY_NEVER;
  if (wants_no_window) {
    uc_accounts_open_all (self->accounts);
    return 0;
  }
  if (server == NULL && !wants_demo) {
    g_application_activate (application);
    return 0;
  }
  _uc_application_ensure_window (self);
  if (wants_demo)
    _uc_application_start_demo (self);
  else
    uc_main_window_show_sign_in (self->window, server, NULL);
  gtk_window_present (GTK_WINDOW (self->window));

  return 0;
}

static void
uc_application_shutdown (GApplication *application)
{
  UcApplication *self = UC_APPLICATION (application);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->background);
  g_clear_object (&self->accounts);
  g_clear_object (&self->demo);
  g_clear_object (&self->secrets);
  g_clear_object (&self->clock);
  g_clear_object (&self->settings);

  G_APPLICATION_CLASS (uc_application_parent_class)->shutdown (application);
}

static void
uc_application_finalize (GObject *object)
{
  UcApplication *self = UC_APPLICATION (object);

  g_free (self->root);
  g_free (self->shown_id);
  g_ptr_array_unref (self->wishes);

  G_OBJECT_CLASS (uc_application_parent_class)->finalize (object);
}

static void
uc_application_class_init (UcApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = uc_application_finalize;
  application_class->startup = uc_application_startup;
  application_class->activate = uc_application_activate;
  application_class->handle_local_options = uc_application_handle_local_options;
  application_class->command_line = uc_application_command_line;
  application_class->shutdown = uc_application_shutdown;
  GTK_APPLICATION_CLASS (klass)->window_removed = uc_application_window_removed;
}

static void
uc_application_init (UcApplication *self)
{
  g_application_add_main_option_entries (G_APPLICATION (self), option_entries);
  self->shown_id = g_strdup ("");
  self->wishes = _uc_application_new_wishes ();
}

/**
 * uc_application_new:
 *
 * Returns: (transfer full): the program, not started yet
 */
UcApplication *
uc_application_new (void)
{
  return g_object_new (UC_TYPE_APPLICATION, "application-id", UC_APP_ID, "flags",
                       G_APPLICATION_HANDLES_COMMAND_LINE, "register-session", TRUE,
                       "resource-base-path", "/com/example/UnifiedChat", NULL);
}

/**
 * uc_application_get_exit_status:
 *
 * Returns: what the process ends with when it ran to its end
 */
int
uc_application_get_exit_status (UcApplication *self)
{
  g_return_val_if_fail (UC_IS_APPLICATION (self), 1);

  return self->exit_status;
}
