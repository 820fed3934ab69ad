/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The day that is chosen is the one that is told, and the calendar goes away. */

#include "config.h"

#include "uc-search-day.h"

#include "uc-action-probe.h"
#include "uc-display.h"
#include "uc-test.h"

#include <adwaita.h>

/* 2026-11-20 12:00 UTC. */
#define NOW_MS G_GINT64_CONSTANT (1795176000000)

static void
chosen_cb (GtkPopover *day, const char *name, const char *value, char **chosen)
{
  *chosen = g_strdup_printf ("%s:%s", name, value);
}

static gboolean
is_childless (gpointer user_data)
{
  return gtk_widget_get_first_child (user_data) == NULL;
}

static gboolean
is_mapped (gpointer user_data)
{
  return gtk_widget_get_mapped (user_data);
}

static void
test_choose (void)
{
  GtkWidget  *window = adw_window_new ();
  GtkWidget  *parent = gtk_label_new ("parent");
  GtkPopover *day = uc_search_day_new ("after", NOW_MS);
  GtkWidget  *calendar = uc_action_probe_find (gtk_popover_get_child (day), GTK_TYPE_CALENDAR);
  g_autoptr (GDateTime) first = g_date_time_new_local (2026, 3, 1, 0, 0, 0);
  g_autofree char *chosen = NULL;

  adw_window_set_content (ADW_WINDOW (window), parent);
  gtk_window_present (GTK_WINDOW (window));
  uc_display_settle (window);
  g_signal_connect (day, "chosen", G_CALLBACK (chosen_cb), &chosen);
  uc_search_day_popup (day, parent);
  uc_test_wait_until (is_mapped, day, 5000);
  gtk_calendar_select_day (GTK_CALENDAR (calendar), first);
  g_signal_emit_by_name (gtk_widget_get_last_child (gtk_popover_get_child (day)), "clicked");
  g_assert_cmpstr (chosen, ==, "after:2026-03-01");
  uc_test_wait_until (is_childless, parent, 5000);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  uc_display_init (&argc, &argv);
  g_test_add_func ("/ui/search-day/choose", test_choose);

  return g_test_run ();
}
