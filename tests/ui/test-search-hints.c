/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Before anything is typed: filters to begin with, searches of lately. */

#include "config.h"

#include "uc-search-hints.h"

#include "uc-account-fixture.h"
#include "uc-action-probe.h"
#include "uc-display.h"
#include "uc-test.h"

#include <adwaita.h>

static void
wanted_cb (UcSearchHints *hints, const char *text, char **wanted)
{
  g_set_str (wanted, text);
}

static guint
count_rows (GtkWidget *root)
{
  guint n = 0;

  if (!gtk_widget_get_visible (root))
    return 0;
  if (ADW_IS_ACTION_ROW (root))
    return 1;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_rows (child);

  return n;
}

static void
test_hints (void)
{
  g_autoptr (UcAccountFixture) account = uc_account_fixture_new ();
  g_autoptr (UcSearchRecent) recent = uc_search_recent_new (account->session);
  GtkWidget       *hints = g_object_ref_sink (g_object_new (UC_TYPE_SEARCH_HINTS, NULL));
  g_autofree char *wanted = NULL;
  GtkWidget       *row;

  g_assert_cmpuint (count_rows (hints), ==, 5);
  g_object_set (hints, "show-flags", TRUE, NULL);
  g_assert_cmpuint (count_rows (hints), ==, 7);
  g_signal_connect (hints, "filter-wanted", G_CALLBACK (wanted_cb), &wanted);
  g_signal_connect (hints, "query-wanted", G_CALLBACK (wanted_cb), &wanted);
  row = uc_action_probe_find (hints, ADW_TYPE_ACTION_ROW);
  g_signal_emit_by_name (row, "activated");
  g_assert_cmpstr (wanted, ==, "from");

  /* What was typed is no markup. */
  uc_search_hints_set_recent (UC_SEARCH_HINTS (hints), recent);
  uc_search_recent_add (recent, "<b>pump</b> & bed");
  g_assert_cmpuint (count_rows (hints), ==, 8);
  row = uc_action_probe_find (hints, ADW_TYPE_ACTION_ROW);
  g_signal_emit_by_name (row, "activated");
  g_assert_cmpstr (wanted, ==, "<b>pump</b> & bed");
  uc_search_recent_clear (recent);
  g_assert_cmpuint (count_rows (hints), ==, 7);

  g_object_set (hints, "advanced", FALSE, NULL);
  g_assert_cmpuint (count_rows (hints), ==, 0);
  g_assert_finalize_object (hints);
}

int
main (int argc, char **argv)
{
  uc_display_init (&argc, &argv);
  g_test_add_func ("/ui/search-hints/hints", test_hints);

  return g_test_run ();
}
