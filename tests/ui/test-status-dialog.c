/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A status in words: when it ends, and what becomes of it without a server. */

#include "config.h"

#include "uc-status-dialog.h"

#include "uc-account-fixture.h"
#include "uc-action-probe.h"
#include "uc-display.h"
#include "uc-test.h"

/* Friday, 2026-11-20 10:00 in Berlin. */
#define NOW_MS G_GINT64_CONSTANT (1795165200000)

static void
test_end (void)
{
  static const struct {
    UcStatusDuration duration;
    const char      *end;
  } rows[] = {
    { UC_STATUS_HALF_HOUR, "2026-11-20 10:30:00" },  { UC_STATUS_HOUR, "2026-11-20 11:00:00" },
    { UC_STATUS_FOUR_HOURS, "2026-11-20 14:00:00" }, { UC_STATUS_TODAY, "2026-11-20 23:59:59" },
    { UC_STATUS_THIS_WEEK, "2026-11-22 23:59:59" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    gint64 end_ms = uc_status_dialog_get_end_ms (rows[i].duration, NOW_MS);
    g_autoptr (GDateTime) end = g_date_time_new_from_unix_local (end_ms / 1000);
    g_autofree char *text = g_date_time_format (end, "%Y-%m-%d %H:%M:%S");

    g_assert_cmpstr (text, ==, rows[i].end);
  }
  g_assert_cmpint (uc_status_dialog_get_end_ms (UC_STATUS_STAYS, NOW_MS), ==, 0);
}

static gboolean
is_busy (gpointer user_data)
{
  return !gtk_widget_get_sensitive (user_data);
}

static gboolean
is_free (gpointer user_data)
{
  return gtk_widget_get_sensitive (user_data);
}

/* Nothing is set without the server; what was typed stays. */
static void
test_offline (void)
{
  g_autoptr (UcAccountFixture) account = uc_account_fixture_new ();
  GtkWidget *window = adw_window_new ();
  AdwDialog *dialog = uc_status_dialog_new (account->account);
  GtkWidget *row;

  adw_window_set_content (ADW_WINDOW (window), adw_bin_new ());
  gtk_window_set_default_size (GTK_WINDOW (window), 360, 640);
  gtk_window_present (GTK_WINDOW (window));
  adw_dialog_present (dialog, adw_window_get_content (ADW_WINDOW (window)));
  uc_display_settle (window);
  uc_display_shot (window, "status-dialog");

  row = uc_action_probe_find (GTK_WIDGET (dialog), ADW_TYPE_ENTRY_ROW);
  gtk_editable_set_text (GTK_EDITABLE (row), "In the theatre");
  g_assert_true (gtk_widget_activate (adw_dialog_get_default_widget (dialog)));
  uc_test_wait_until (is_busy, row, 5000);
  uc_test_wait_until (is_free, row, 30000);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "In the theatre");
  uc_display_settle (window);
  uc_display_shot (window, "status-dialog-offline");
  adw_dialog_force_close (dialog);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", TRUE);
  uc_display_init (&argc, &argv);

  g_test_add_func ("/ui/status-dialog/end", test_end);
  g_test_add_func ("/ui/status-dialog/offline", test_offline);

  return g_test_run ();
}
