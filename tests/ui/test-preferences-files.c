/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much room files may take is a setting; what they take can be made none. */

#include "config.h"

#include "uc-preferences-files.h"

#include "uc-account-fixture.h"
#include "uc-action-probe.h"
#include "uc-display.h"
#include "uc-test.h"

static gboolean
is_measured (gpointer user_data)
{
  const char *used = adw_action_row_get_subtitle (user_data);

  return used != NULL && *used != '\0';
}

static void
test_limit (void)
{
  UcAccountFixture *account = uc_account_fixture_new ();
  g_autoptr (GSettings) settings = g_settings_new ("com.example.UnifiedChat");
  GtkWidget *window = gtk_window_new ();
  GtkWidget *group = GTK_WIDGET (uc_preferences_files_new (account->session, settings));
  GtkWidget *spin;
  GtkWidget *used;

  gtk_window_set_child (GTK_WINDOW (window), group);
  gtk_window_set_default_size (GTK_WINDOW (window), 360, 300);
  gtk_window_present (GTK_WINDOW (window));
  uc_display_settle (window);
  spin = uc_action_probe_find (group, ADW_TYPE_SPIN_ROW);
  g_assert_cmpfloat (adw_spin_row_get_value (ADW_SPIN_ROW (spin)), ==,
                     g_settings_get_uint (settings, "file-cache-megabytes"));
  adw_spin_row_set_value (ADW_SPIN_ROW (spin), 128);
  g_assert_cmpuint (g_settings_get_uint (settings, "file-cache-megabytes"), ==, 128);

  used = gtk_widget_get_next_sibling (spin);
  uc_test_wait_until (is_measured, used, 10000);
  uc_display_shot (window, "preferences-files");
  gtk_window_destroy (GTK_WINDOW (window));
  uc_account_fixture_free (account);
}

int
main (int argc, char **argv)
{
  uc_display_init (&argc, &argv);

  g_test_add_func ("/ui/preferences-files/limit", test_limit);

  return g_test_run ();
}
