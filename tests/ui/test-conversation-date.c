/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A day is chosen by the button alone, and is its local midnight. */

#include "config.h"

#include "uc-conversation-date.h"

#include "uc-action-probe.h"
#include "uc-display.h"
#include "uc-test.h"

#define LIMIT_MS 10000

static void
chosen_cb (UcConversationDate *date, gint64 midnight_ms, gint64 *chosen_ms)
{
  *chosen_ms = midnight_ms;
}

static gboolean
is_mapped (gpointer user_data)
{
  return gtk_widget_get_mapped (user_data);
}

static void
test_choose (void)
{
  GtkWidget   *window = gtk_window_new ();
  GtkWidget   *button = gtk_menu_button_new ();
  GtkWidget   *date = uc_conversation_date_new ();
  GtkCalendar *calendar;
  gint64       chosen_ms = 0;
  g_autoptr (GDateTime) today = g_date_time_new_now_local ();
  g_autoptr (GDateTime) wanted = NULL;
  g_autoptr (GDateTime) chosen = NULL;

  g_signal_connect (date, "chosen", G_CALLBACK (chosen_cb), &chosen_ms);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), date);
  gtk_window_set_child (GTK_WINDOW (window), button);
  gtk_window_present (GTK_WINDOW (window));
  uc_display_settle (window);
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  uc_test_wait_until (is_mapped, date, LIMIT_MS);
  calendar = GTK_CALENDAR (uc_action_probe_find (date, GTK_TYPE_CALENDAR));
  g_assert_cmpint (gtk_calendar_get_day (calendar), ==, g_date_time_get_day_of_month (today));

  /* Leafing through the calendar goes nowhere. */
  wanted = g_date_time_new_local (2026, 2, 17, 0, 0, 0);
  gtk_calendar_set_day (calendar, 17);
  gtk_calendar_set_month (calendar, 1);
  gtk_calendar_set_year (calendar, 2026);
  g_assert_cmpint (chosen_ms, ==, 0);

  for (GtkWidget *child = gtk_widget_get_next_sibling (GTK_WIDGET (calendar)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    g_signal_emit_by_name (child, "clicked");
  g_assert_cmpint (chosen_ms, ==, g_date_time_to_unix (wanted) * 1000);
  chosen = g_date_time_new_from_unix_local (chosen_ms / 1000);
  g_assert_cmpint (g_date_time_get_hour (chosen), ==, 0);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "Europe/Zurich", TRUE);
  uc_display_init (&argc, &argv);

  g_test_add_func ("/ui/conversation-date/choose", test_choose);

  return g_test_run ();
}
