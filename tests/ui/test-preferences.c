/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The preferences: rows are settings, and AI mode is off until somebody wants it. */

#include "config.h"

#include "uc-preferences.h"

#include "uc-account-fixture.h"
#include "uc-action-probe.h"
#include "uc-display.h"

typedef struct {
  UcAccountFixture *account;
  GSettings        *settings;
  GtkWidget        *window;
  AdwDialog        *dialog;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->account = uc_account_fixture_new ();
  fixture->settings = g_settings_new ("com.example.UnifiedChat");
  g_settings_reset (fixture->settings, "ai-mode");
  g_settings_reset (fixture->settings, "flag-overrides");
  fixture->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 800, 700);
  adw_window_set_content (ADW_WINDOW (fixture->window), gtk_label_new (NULL));
  gtk_window_present (GTK_WINDOW (fixture->window));
  fixture->dialog = uc_preferences_new (fixture->account->account, fixture->settings);
  adw_dialog_present (fixture->dialog, fixture->window);
  uc_display_settle (fixture->window);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_object_unref (fixture->settings);
  uc_account_fixture_free (fixture->account);
}

static void
show_page (Fixture *fixture, const char *name)
{
  adw_preferences_dialog_set_visible_page_name (ADW_PREFERENCES_DIALOG (fixture->dialog), name);
  uc_display_settle (fixture->window);
}

/* The switch row called @title. */
static GtkWidget *
find_switch (GtkWidget *root, const char *title)
{
  if (ADW_IS_SWITCH_ROW (root) &&
      g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (root)), title))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_switch (child, title);

    if (found != NULL)
      return found;
  }

  return NULL;
}

static void
test_ai_mode (Fixture *fixture, gconstpointer data)
{
  UcFlags   *flags = uc_session_get_flags (fixture->account->session);
  GtkWidget *row;

  show_page (fixture, "ai");
  uc_display_shot (fixture->window, "preferences-ai");
  row = find_switch (GTK_WIDGET (fixture->dialog), "AI _Mode");
  g_assert_false (adw_switch_row_get_active (ADW_SWITCH_ROW (row)));
  g_assert_false (g_settings_get_boolean (fixture->settings, "ai-mode"));
  adw_switch_row_set_active (ADW_SWITCH_ROW (row), TRUE);
  g_assert_true (g_settings_get_boolean (fixture->settings, "ai-mode"));

  /* Where the organisation has it off, there is nothing to switch. */
  g_assert_true (gtk_widget_get_sensitive (row));
  uc_flags_set_override (flags, UC_FLAG_ai_mode, FALSE);
  g_assert_false (gtk_widget_get_sensitive (row));
  uc_flags_set_override (flags, UC_FLAG_ai_mode, -1);
  g_assert_true (gtk_widget_get_sensitive (row));
}

static void
test_pages (Fixture *fixture, gconstpointer data)
{
  show_page (fixture, "general");
  uc_display_shot (fixture->window, "preferences-general");
  show_page (fixture, "features");
  uc_display_shot (fixture->window, "preferences-features");
  g_assert_nonnull (find_switch (GTK_WIDGET (fixture->dialog), "_24-Hour Clock"));
  /* Without the extension there is nothing to roll out. */
  g_assert_null (find_switch (GTK_WIDGET (fixture->dialog), "Enabled"));
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  uc_display_init (&argc, &argv);

  add ("/ui/preferences/ai-mode", test_ai_mode);
  add ("/ui/preferences/pages", test_pages);

  return g_test_run ();
}
