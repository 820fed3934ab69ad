/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Watches a window until it shows what it should, then what it costs to have it. */

#include "config.h"

#include "uc-bench-child.h"

#include "uc-bench-measure.h"
#include "uc-bench-wheel.h"

#include <sys/resource.h>
#include <unistd.h>

/* Long enough for what is done behind the first frame to be over. */
#define SETTLE_S 5
#define IDLE_S   30

typedef struct {
  const char          *mode;
  UcBenchGetPainted    get_painted;
  UcBenchPainted       painted;
  UcBenchGetAdjustment get_adjustment;
  GtkWidget           *window;
  gulong               paint_id;
  long                 n_wake_ups;
} Child;

/* How often any thread of the process went to sleep, those that have ended included. */
static long
count_wake_ups (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);

  return usage.ru_nvcsw;
}

static void
turn (Child *child, const char *key, double step, guint n_clicks)
{
  const UcBenchWheel wheel =
      uc_bench_wheel_turn (child->window, child->get_adjustment (child->window), step, n_clicks);

  g_print ("%s-p50-ms %.3f\n%s-p99-ms %.3f\n%s-cpu-s %.3f\n%s-growth-kb %ld\n", key, wheel.p50_ms,
           key, wheel.p99_ms, key, wheel.cpu_s, key, wheel.growth_kb);
}

static gboolean
idle_over_cb (gpointer user_data)
{
  Child *child = user_data;

  /* One is this timer's. */
  g_print ("wake-ups %ld\n", count_wake_ups () - child->n_wake_ups - 1);
  if (child->get_adjustment (child->window) != NULL) {
    turn (child, "wheel", -UC_BENCH_CLICK, 400);
    turn (child, "further", -UC_BENCH_CLICK, 2000);
    turn (child, "far", -UC_BENCH_CLICK, 8000);
    g_print ("scrolled-pss-kb %ld\n", uc_bench_get_pss_kb ());
  }
  _exit (0);
}

static gboolean
left_cb (gpointer user_data)
{
  Child *child = user_data;

  child->n_wake_ups = count_wake_ups ();
  g_timeout_add_seconds (IDLE_S, idle_over_cb, child);

  return G_SOURCE_REMOVE;
}

static gboolean
settled_cb (gpointer user_data)
{
  Child *child = user_data;

  g_print ("pss-kb %ld\n", uc_bench_get_pss_kb ());
  /* As when another window is worked in: without a window manager the pointer alone gives
   * the focus, and a cursor that blinks is no idleness. */
  gtk_window_set_focus (GTK_WINDOW (child->window), NULL);
  g_timeout_add_seconds (1, left_cb, child);

  return G_SOURCE_REMOVE;
}

static void
tell (GdkFrameClock *clock, const char *what)
{
  g_print ("%s-us %" G_GINT64_FORMAT "\n%s-cpu-s %.4f\n%s-frame %" G_GINT64_FORMAT "\n", what,
           g_get_monotonic_time (), what, uc_bench_get_cpu_s (), what,
           gdk_frame_clock_get_frame_counter (clock));
}

static void
after_paint_cb (GdkFrameClock *clock, Child *child)
{
  const UcBenchPainted painted = child->get_painted (child->window);

  if (painted >= UC_BENCH_CONTENT && child->painted < UC_BENCH_CONTENT)
    tell (clock, "content");
  child->painted = painted;
  if (painted < UC_BENCH_ALL)
    return;

  tell (clock, "all");
  if (g_str_equal (child->mode, "start")) {
    fflush (stdout);
    _exit (0);
  }
  g_clear_signal_handler (&child->paint_id, clock);
  g_timeout_add_seconds (SETTLE_S, settled_cb, child);
}

static void
realize_cb (Child *child)
{
  child->paint_id = g_signal_connect_after (gtk_widget_get_frame_clock (child->window),
                                            "after-paint", G_CALLBACK (after_paint_cb), child);
}

static void
window_added_cb (GtkApplication *application, GtkWindow *window, Child *child)
{
  if (child->window != NULL)
    return;
  child->window = GTK_WIDGET (window);
  g_signal_connect_swapped (window, "realize", G_CALLBACK (realize_cb), child);
}

void
uc_bench_child_follow (GtkApplication      *application,
                       const char          *mode,
                       UcBenchGetPainted    get_painted,
                       UcBenchGetAdjustment get_adjustment)
{
  Child *child = g_new0 (Child, 1); /* as long as the process */

  child->mode = mode;
  child->get_painted = get_painted;
  child->get_adjustment = get_adjustment;
  g_signal_connect (application, "window-added", G_CALLBACK (window_added_cb), child);
}
