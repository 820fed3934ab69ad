/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Features page follows the flags and writes overrides. */

#include "config.h"

#include "uc-preferences-features.h"

#include "uc-display.h"

static GSettings *
new_settings (void)
{
  GSettings *settings = g_settings_new ("com.example.UnifiedChat");

  g_settings_reset (settings, "flag-overrides");

  return settings;
}

static void
test_overrides (void)
{
  g_autoptr (GSettings) settings = new_settings ();

  g_assert_cmpint (uc_preferences_features_get_override (settings, "ai_mode"), ==, -1);
  uc_preferences_features_set_override (settings, "ai_mode", 1);
  uc_preferences_features_set_override (settings, "virtual_scrolling", 0);
  g_assert_cmpint (uc_preferences_features_get_override (settings, "ai_mode"), ==, 1);
  g_assert_cmpint (uc_preferences_features_get_override (settings, "virtual_scrolling"), ==, 0);
  uc_preferences_features_set_override (settings, "ai_mode", 0);
  g_assert_cmpint (uc_preferences_features_get_override (settings, "ai_mode"), ==, 0);
  uc_preferences_features_set_override (settings, "ai_mode", -1);
  g_assert_cmpint (uc_preferences_features_get_override (settings, "ai_mode"), ==, -1);
  g_assert_cmpint (uc_preferences_features_get_override (settings, "virtual_scrolling"), ==, 0);
}

/* -- The page ------------------------------------------------------------------------- */

static void
collect (GtkWidget *widget, GType type, GPtrArray *found)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    g_ptr_array_add (found, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, type, found);
}

/* App stands between setting and flags. */
static void
hand_on_cb (GSettings *settings, const char *key, UcFlags *flags)
{
  for (guint i = 0; i < UC_N_FLAGS; i++)
    uc_flags_set_override (
        flags, (UcFlagId) i,
        uc_preferences_features_get_override (settings, uc_flag_get_name ((UcFlagId) i)));
}

static void
test_page (void)
{
  g_autoptr (GSettings) settings = new_settings ();
  g_autoptr (UcFlags) flags = uc_flags_new ();
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  g_autoptr (GPtrArray) combos = g_ptr_array_new ();
  GtkWidget *page;

  g_signal_connect (settings, "changed::flag-overrides", G_CALLBACK (hand_on_cb), flags);
  page = g_object_ref_sink (GTK_WIDGET (uc_preferences_features_new (flags, settings)));
  collect (page, ADW_TYPE_EXPANDER_ROW, rows);
  collect (page, ADW_TYPE_COMBO_ROW, combos);
  g_assert_cmpuint (rows->len, ==, UC_N_FLAGS);
  g_assert_cmpuint (combos->len, ==, UC_N_FLAGS);

  /* "Always Off" reaches the flag, and what the row says follows. */
  g_assert_true (uc_flags_is_on (flags, UC_FLAG_virtual_scrolling));
  adw_combo_row_set_selected (g_ptr_array_index (combos, UC_FLAG_virtual_scrolling), 2);
  g_assert_false (uc_flags_is_on (flags, UC_FLAG_virtual_scrolling));
  g_assert_cmpstr (
      adw_expander_row_get_subtitle (g_ptr_array_index (rows, UC_FLAG_virtual_scrolling)), ==,
      "Decided on this computer");
  /* A flag that changes elsewhere does too. */
  adw_combo_row_set_selected (g_ptr_array_index (combos, UC_FLAG_virtual_scrolling), 0);
  g_assert_true (uc_flags_is_on (flags, UC_FLAG_virtual_scrolling));
  uc_flags_trip (flags, UC_FLAG_virtual_scrolling, "three errors");
  g_assert_cmpstr (
      adw_expander_row_get_subtitle (g_ptr_array_index (rows, UC_FLAG_virtual_scrolling)), ==,
      "Turned off after repeated failure");

  g_signal_handlers_disconnect_by_data (settings, flags);
  g_assert_finalize_object (page);
}

int
main (int argc, char **argv)
{
  uc_display_init (&argc, &argv);

  g_test_add_func ("/ui/preferences-features/overrides", test_overrides);
  g_test_add_func ("/ui/preferences-features/page", test_page);

  return g_test_run ();
}
