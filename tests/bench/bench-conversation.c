/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What scrolling a conversation costs: processor time a frame while a wheel turns through
 * thousands of messages of every kind, a jump to the far end, and memory. Prints figures;
 * judges nothing. */

#include "config.h"

#include "uc-conversation-page.h"

#include "uc-bench-measure.h"
#include "uc-bench-wheel.h"
#include "uc-conversation-fixture.h"
#include "uc-display.h"
#include "uc-row-message.h"
#include "uc-test.h"
#include "uc-timeline-view.h"

#define N_MESSAGES 5000
#define N_CLICKS   400

static void
run (GtkWidget *window, GtkAdjustment *adjustment, const char *name, double step, guint n_clicks)
{
  const UcBenchWheel wheel = uc_bench_wheel_turn (window, adjustment, step, n_clicks);

  uc_bench_wheel_print (&wheel, name);
}

static gboolean
has_rows (gpointer user_data)
{
  return uc_conversation_fixture_find (user_data, UC_TYPE_ROW_MESSAGE) != NULL;
}

int
main (int argc, char **argv)
{
  UcAccountFixture   *account;
  UcConversationPage *page;
  GtkWidget          *window, *view;
  GtkAdjustment      *adjustment;
  UcTimelineView     *timeline_view;

  uc_display_init (&argc, &argv);
  view = adw_navigation_view_new ();
  account = uc_account_fixture_new ();
  uc_conversation_fixture_fill (account, N_MESSAGES);
  window = adw_window_new ();
  page = uc_conversation_page_new (account->session,
                                   uc_window_account_get_directory (account->account),
                                   uc_window_account_get_sidebar (account->account));
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), ADW_NAVIGATION_PAGE (page));
  adw_window_set_content (ADW_WINDOW (window), view);
  gtk_window_set_default_size (GTK_WINDOW (window), 900, 800);
  gtk_window_present (GTK_WINDOW (window));
  uc_display_settle (window);
  uc_conversation_page_open (page, UC_FIXTURE_SURGERY);
  uc_test_wait_until (has_rows, window, 10000);
  uc_display_settle (window);

  timeline_view = UC_TIMELINE_VIEW (uc_conversation_fixture_find (window, UC_TYPE_TIMELINE_VIEW));
  adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (timeline_view));
  run (window, adjustment, "standing still", 0, 60);
  run (window, adjustment, "wheel up, first", -UC_BENCH_CLICK, N_CLICKS);
  run (window, adjustment, "wheel up", -UC_BENCH_CLICK, 4 * N_CLICKS);
  run (window, adjustment, "wheel down", UC_BENCH_CLICK, N_CLICKS);
  g_print ("live rows %u, PSS %ld kB\n", uc_timeline_view_get_n_live (timeline_view),
           uc_bench_get_pss_kb ());

  gtk_window_destroy (GTK_WINDOW (window));
  uc_account_fixture_free (account);

  return 0;
}
