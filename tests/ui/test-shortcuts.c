/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of keys: what it names exists, and no key is given twice. */

#include "config.h"

#include "uc-shortcuts.h"

#include "uc-display.h"
#include "uc-main-window.h"

static AdwApplication *application;
static UcMainWindow   *window;

static void
test_actions_exist (void)
{
  g_auto (GStrv) actions = NULL;

  uc_shortcuts_install (GTK_APPLICATION (application));
  actions = gtk_application_list_action_descriptions (GTK_APPLICATION (application));
  g_assert_cmpuint (g_strv_length (actions), >, 10);
  for (guint i = 0; actions[i] != NULL; i++) {
    if (g_str_has_prefix (actions[i], "win."))
      g_assert_true (g_action_group_has_action (G_ACTION_GROUP (window), actions[i] + 4));
  }
}

static void
test_keys_are_unique (void)
{
  g_auto (GStrv) actions = gtk_application_list_action_descriptions (GTK_APPLICATION (application));

  for (guint i = 0; actions[i] != NULL; i++) {
    g_auto (GStrv) accels =
        gtk_application_get_accels_for_action (GTK_APPLICATION (application), actions[i]);

    g_assert_cmpuint (g_strv_length (accels), >, 0);
    for (guint j = 0; accels[j] != NULL; j++) {
      g_auto (GStrv) owners =
          gtk_application_get_actions_for_accel (GTK_APPLICATION (application), accels[j]);

      g_assert_cmpuint (g_strv_length (owners), ==, 1);
    }
  }
}

static guint
count_rows (GtkWidget *widget)
{
  guint n = ADW_IS_ACTION_ROW (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_rows (child);

  return n;
}

static void
test_dialog (void)
{
  AdwDialog *dialog = uc_shortcuts_dialog_new ();

  adw_dialog_present (dialog, GTK_WIDGET (window));
  gtk_window_present (GTK_WINDOW (window));
  uc_display_settle (GTK_WIDGET (window));
  uc_display_shot (GTK_WIDGET (window), "shortcuts");
  g_assert_cmpuint (count_rows (GTK_WIDGET (dialog)), >, 20);
  adw_dialog_force_close (dialog);
}

int
main (int argc, char **argv)
{
  g_autoptr (GSettings) settings = NULL;
  int status;

  uc_display_init (&argc, &argv);
  application = ADW_APPLICATION (adw_application_new (NULL, G_APPLICATION_NON_UNIQUE));
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  settings = g_settings_new ("com.example.UnifiedChat");
  window = uc_main_window_new (application, settings);

  g_test_add_func ("/ui/shortcuts/actions-exist", test_actions_exist);
  g_test_add_func ("/ui/shortcuts/keys-are-unique", test_keys_are_unique);
  g_test_add_func ("/ui/shortcuts/dialog", test_dialog);

  status = g_test_run ();
  gtk_window_destroy (GTK_WINDOW (window));
  g_object_unref (application);

  return status;
}
