/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The about dialog and the debug information in it. What is said of people, messages
 * and servers are counts and states only. */

#include "config.h"

#include "uc-about.h"

#include "uc-log.h"

#include <glib/gi18n.h>

static const char *
get_state_name (UcSyncState state)
{
  switch (state) {
  case UC_SYNC_STOPPED:
    return "stopped";
  case UC_SYNC_OFFLINE:
    return "offline";
  case UC_SYNC_CONNECTING:
    return "connecting";
  case UC_SYNC_CATCHING_UP:
    return "catching up";
  case UC_SYNC_LIVE:
    return "live";
  case UC_SYNC_POLLING:
    return "polling";
  case UC_SYNC_NEEDS_TOKEN:
    return "needs token";
  case UC_SYNC_NEEDS_LOGIN:
    return "needs login";
  default:
    return "unknown";
  }
}

static const char *
get_source_name (UcFlagSource source)
{
  switch (source) {
  case UC_FLAG_FROM_DEFAULT:
    return "default";
  case UC_FLAG_FROM_CACHE:
    return "cache";
  case UC_FLAG_FROM_SERVER:
    return "server";
  case UC_FLAG_FROM_OVERRIDE:
    return "override";
  case UC_FLAG_FROM_ENVIRONMENT:
    return "environment";
  case UC_FLAG_FROM_GUARD:
    return "guard";
  default:
    return "unknown";
  }
}

static void
append_versions (GString *text)
{
  g_autofree char *os = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);

  g_string_append_printf (text, "Unified Chat %s%s\n", UC_VERSION,
                          UC_IS_DEVELOPMENT ? " (development)" : "");
  g_string_append_printf (text, "System: %s%s\n", os != NULL ? os : "unknown",
                          g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS) ? ", Flatpak" : "");
  g_string_append_printf (text, "GTK %u.%u.%u, libadwaita %u.%u.%u, GLib %u.%u.%u\n",
                          gtk_get_major_version (), gtk_get_minor_version (),
                          gtk_get_micro_version (), adw_get_major_version (),
                          adw_get_minor_version (), adw_get_micro_version (), glib_major_version,
                          glib_minor_version, glib_micro_version);
  g_string_append_printf (
      text, "Display: %s, renderer: %s\n", G_OBJECT_TYPE_NAME (gdk_display_get_default ()),
      g_getenv ("GSK_RENDERER") != NULL ? g_getenv ("GSK_RENDERER") : "default");
  g_string_append_printf (text, "Language: %s\n", g_get_language_names ()[0]);
}

static void
append_account (GString *text, UcWindowAccount *account)
{
  UcSession *session = uc_window_account_get_session (account);
  UcSidebar *sidebar = uc_window_account_get_sidebar (account);
  UcFlags   *flags = uc_session_get_flags (session);

  g_string_append_printf (text, "Sync: %s, extension: %s\n",
                          get_state_name (uc_session_get_state (session)),
                          uc_session_has_extension (session) ? "yes" : "no");
  g_string_append_printf (
      text, "Store: %s; teams: %u, rows of the sidebar: %u\n",
      uc_store_is_read_only (uc_session_get_store (session)) ? "read-only" : "read and write",
      uc_sidebar_get_teams (sidebar)->len, g_list_model_get_n_items (G_LIST_MODEL (sidebar)));
  g_string_append_printf (text, "Flags, revision %" G_GINT64_FORMAT ":\n",
                          uc_flags_get_revision (flags));
  for (guint i = 0; i < UC_N_FLAGS; i++)
    g_string_append_printf (text, "  %s: %s (%s)\n", uc_flag_get_name ((UcFlagId) i),
                            uc_flags_is_on (flags, (UcFlagId) i) ? "on" : "off",
                            get_source_name (uc_flags_get_source (flags, (UcFlagId) i)));
}

/**
 * uc_about_dup_debug_info:
 * @account: (nullable): the account that is shown
 *
 * Gathers what helps to understand a fault.
 *
 * Returns: (transfer full): text for a bug report, in English
 */
char *
uc_about_dup_debug_info (UcWindowAccount *account)
{
  GString         *text = g_string_new (NULL);
  g_autofree char *log = uc_log_dup_recent ();

  g_return_val_if_fail (account == NULL || UC_IS_WINDOW_ACCOUNT (account), NULL);

  append_versions (text);
  g_string_append_c (text, '\n');
  if (account != NULL)
    append_account (text, account);
  else
    g_string_append (text, "No account.\n");
  g_string_append_printf (text, "\nLog:\n%s", log);

  return g_string_free (text, FALSE);
}

/**
 * uc_about_dialog_new:
 * @account: (nullable): the account that is shown
 *
 * Returns: (transfer floating): the about dialog
 */
AdwDialog *
uc_about_dialog_new (UcWindowAccount *account)
{
  static const char *const developers[] = { "The Unified Chat contributors", NULL };
  g_autofree char         *debug_info = uc_about_dup_debug_info (account);
  AdwDialog               *dialog = adw_about_dialog_new ();
  AdwAboutDialog          *about = ADW_ABOUT_DIALOG (dialog);

  adw_about_dialog_set_application_name (about, _ ("Unified Chat"));
  adw_about_dialog_set_application_icon (about, UC_APP_ID);
  adw_about_dialog_set_version (about, UC_VERSION);
  adw_about_dialog_set_developer_name (about, _ ("The Unified Chat contributors"));
  adw_about_dialog_set_developers (about, (const char **) developers);
  adw_about_dialog_set_comments (about, _ ("Talk with your team, online and offline"));
  adw_about_dialog_set_copyright (about, "© 2026 The Unified Chat contributors");
  adw_about_dialog_set_license_type (about, GTK_LICENSE_GPL_3_0);
  /* Translators: your names, one a line. */
  adw_about_dialog_set_translator_credits (about, _ ("translator-credits"));
  adw_about_dialog_set_debug_info (about, debug_info);
  adw_about_dialog_set_debug_info_filename (about, "unified-chat-debug.txt");

  return dialog;
}
