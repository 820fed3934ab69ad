/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What scrolling a conversation costs: processor time a frame while a wheel turns through
 * thousands of messages of every kind, a jump to the far end, and memory. Prints figures;
 * judges nothing. */

#include "config.h"

#include "uc-conversation-page.h"

#include "uc-conversation-fixture.h"
#include "uc-display.h"
#include "uc-row-message.h"
#include "uc-test.h"
#include "uc-timeline-view.h"

#include <time.h>

#define N_MESSAGES 5000
#define N_CLICKS   400
#define CLICK      53.0

typedef struct {
  GtkWidget     *window;
  GtkAdjustment *adjustment;
  double         step;
  guint          n_left;
  gint64         before_ns;
  GArray        *costs_us; /* (element-type gint64) */
} Bench;

static gint64
get_cpu_ns (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);

  return now.tv_sec * G_GINT64_CONSTANT (1000000000) + now.tv_nsec;
}

static long
get_pss_kb (void)
{
  g_autofree char *text = NULL;
  const char      *line;

  if (!g_file_get_contents ("/proc/self/smaps_rollup", &text, NULL, NULL))
    return 0;
  line = strstr (text, "\nPss:");

  return line != NULL ? strtol (line + strlen ("\nPss:"), NULL, 10) : 0;
}

static int
compare_costs (gconstpointer a, gconstpointer b)
{
  const gint64 *x = a, *y = b;

  return *x < *y ? -1 : *x > *y;
}

static void
before_paint_cb (GdkFrameClock *clock, Bench *bench)
{
  bench->before_ns = get_cpu_ns ();
  if (bench->n_left > 0)
    gtk_adjustment_set_value (bench->adjustment,
                              gtk_adjustment_get_value (bench->adjustment) + bench->step);
}

static void
after_paint_cb (GdkFrameClock *clock, Bench *bench)
{
  const gint64 cost_us = (get_cpu_ns () - bench->before_ns) / 1000;

  if (bench->n_left == 0)
    return;
  bench->n_left--;
  g_array_append_val (bench->costs_us, cost_us);
}

static gboolean
is_done (gpointer user_data)
{
  Bench *bench = user_data;

  if (bench->n_left == 0)
    return TRUE;
  gtk_widget_queue_draw (bench->window);

  return FALSE;
}

static void
run (Bench *bench, const char *name, double step, guint n_clicks)
{
  const gint64 begin_ns = get_cpu_ns ();
  const long   before_kb = get_pss_kb ();

  g_array_set_size (bench->costs_us, 0);
  bench->step = step;
  bench->n_left = n_clicks;
  uc_test_wait_until (is_done, bench, 120000);
  g_array_sort (bench->costs_us, compare_costs);
  g_print ("%-24s %u frames: p50 %.2f ms, p95 %.2f ms, p99 %.2f ms, max %.2f ms, all %.2f s CPU, "
           "PSS %+ld kB\n",
           name, n_clicks, g_array_index (bench->costs_us, gint64, n_clicks / 2) / 1000.0,
           g_array_index (bench->costs_us, gint64, n_clicks * 95 / 100) / 1000.0,
           g_array_index (bench->costs_us, gint64, n_clicks * 99 / 100) / 1000.0,
           g_array_index (bench->costs_us, gint64, n_clicks - 1) / 1000.0,
           (get_cpu_ns () - begin_ns) / 1e9, get_pss_kb () - before_kb);
}

static gboolean
has_rows (gpointer user_data)
{
  return uc_conversation_fixture_find (user_data, UC_TYPE_ROW_MESSAGE) != NULL;
}

int
main (int argc, char **argv)
{
  Bench               bench = { .costs_us = g_array_new (FALSE, FALSE, sizeof (gint64)) };
  UcAccountFixture   *account;
  UcConversationPage *page;
  GtkWidget          *view = NULL;
  UcTimelineView     *timeline_view;
  GdkFrameClock      *clock;

  uc_display_init (&argc, &argv);
  view = adw_navigation_view_new ();
  account = uc_account_fixture_new ();
  uc_conversation_fixture_fill (account, N_MESSAGES);
  bench.window = adw_window_new ();
  page = uc_conversation_page_new (account->session,
                                   uc_window_account_get_directory (account->account),
                                   uc_window_account_get_sidebar (account->account));
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), ADW_NAVIGATION_PAGE (page));
  adw_window_set_content (ADW_WINDOW (bench.window), view);
  gtk_window_set_default_size (GTK_WINDOW (bench.window), 900, 800);
  gtk_window_present (GTK_WINDOW (bench.window));
  uc_display_settle (bench.window);
  uc_conversation_page_open (page, UC_FIXTURE_SURGERY);
  uc_test_wait_until (has_rows, bench.window, 10000);
  uc_display_settle (bench.window);

  timeline_view =
      UC_TIMELINE_VIEW (uc_conversation_fixture_find (bench.window, UC_TYPE_TIMELINE_VIEW));
  bench.adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (timeline_view));
  clock = gtk_widget_get_frame_clock (bench.window);
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), &bench);
  g_signal_connect_after (clock, "after-paint", G_CALLBACK (after_paint_cb), &bench);
  run (&bench, "standing still", 0, 60);
  run (&bench, "wheel up, first", -CLICK, N_CLICKS);
  run (&bench, "wheel up", -CLICK, 4 * N_CLICKS);
  run (&bench, "wheel down", CLICK, N_CLICKS);
  g_print ("live rows %u, PSS %ld kB\n", uc_timeline_view_get_n_live (timeline_view),
           get_pss_kb ());

  gtk_window_destroy (GTK_WINDOW (bench.window));
  uc_account_fixture_free (account);
  g_array_unref (bench.costs_us);

  return 0;
}
