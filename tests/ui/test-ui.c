/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every resource the program names is there, and the style sheets parse. */

#include "config.h"

#include "uc-ui.h"

static void
count_error_cb (GtkCssProvider *provider, GtkCssSection *section, GError *error, guint *n_errors)
{
  g_autofree char *place = gtk_css_section_to_string (section);

  g_test_message ("%s: %s", place, error->message);
  (*n_errors)++;
}

static void
test_styles (void)
{
  static const char *const sheets[] = { "style.css", "style-shell.css" };

  uc_ui_load_style (gdk_display_get_default ());
  for (guint i = 0; i < G_N_ELEMENTS (sheets); i++) {
    g_autofree char *path = g_strconcat ("/com/example/UnifiedChat/ui/", sheets[i], NULL);
    g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();
    guint n_errors = 0;

    g_signal_connect (provider, "parsing-error", G_CALLBACK (count_error_cb), &n_errors);
    gtk_css_provider_load_from_resource (provider, path);
    g_assert_cmpuint (n_errors, ==, 0);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  gtk_init ();

  g_test_add_func ("/ui/ui/styles", test_styles);

  return g_test_run ();
}
