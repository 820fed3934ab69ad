/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A filter says what it is and can be removed in every way. */

#include "config.h"

#include "uc-search-pill.h"

#include "uc-display.h"

static void
count_cb (GtkWidget *pill, guint *n)
{
  (*n)++;
}

static void
test_pill (void)
{
  GtkWidget *pill = g_object_ref_sink (uc_search_pill_new ("From <b>Anna</b> & Co"));
  GtkWidget *button = gtk_widget_get_first_child (pill);
  guint      n_removed = 0;

  /* A name is no markup. */
  g_assert_cmpstr (uc_search_pill_get_label (UC_SEARCH_PILL (pill)), ==, "From <b>Anna</b> & Co");
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "From <b>Anna</b> & Co");
  uc_search_pill_set_label (UC_SEARCH_PILL (pill), "From Anna");
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Remove “From Anna”");
  g_signal_connect (pill, "remove", G_CALLBACK (count_cb), &n_removed);
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpuint (n_removed, ==, 1);

  uc_search_pill_set_wrong (UC_SEARCH_PILL (pill), TRUE);
  g_assert_true (gtk_widget_has_css_class (pill, "wrong"));
  g_assert_true (
      gtk_test_accessible_has_state (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_STATE_INVALID));
  uc_search_pill_set_wrong (UC_SEARCH_PILL (pill), FALSE);
  g_assert_false (gtk_widget_has_css_class (pill, "wrong"));
  g_assert_finalize_object (pill);
}

int
main (int argc, char **argv)
{
  uc_display_init (&argc, &argv);
  g_test_add_func ("/ui/search-pill/pill", test_pill);

  return g_test_run ();
}
