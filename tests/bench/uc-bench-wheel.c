/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A wheel that is turned by a frame's clock. */

#include "config.h"

#include "uc-bench-wheel.h"

#include "uc-bench-measure.h"
#include "uc-test.h"

#define LIMIT_MS 300000

typedef struct {
  GtkWidget     *window;
  GtkAdjustment *adjustment;
  double         step;
  guint          n_left;
  double         before_s;
  GArray        *costs_ms; /* (element-type double) */
} Turning;

static void
before_paint_cb (GdkFrameClock *clock, Turning *turning)
{
  turning->before_s = uc_bench_get_cpu_s ();
  if (turning->n_left > 0)
    gtk_adjustment_set_value (turning->adjustment,
                              gtk_adjustment_get_value (turning->adjustment) + turning->step);
}

static void
after_paint_cb (GdkFrameClock *clock, Turning *turning)
{
  const double cost_ms = (uc_bench_get_cpu_s () - turning->before_s) * 1e3;

  if (turning->n_left == 0)
    return;
  turning->n_left--;
  g_array_append_val (turning->costs_ms, cost_ms);
}

static gboolean
is_done (gpointer user_data)
{
  Turning *turning = user_data;

  if (turning->n_left == 0)
    return TRUE;
  gtk_widget_queue_draw (turning->window);

  return FALSE;
}

UcBenchWheel
uc_bench_wheel_turn (GtkWidget *window, GtkAdjustment *adjustment, double step, guint n_clicks)
{
  g_autoptr (GArray) costs_ms = g_array_sized_new (FALSE, FALSE, sizeof (double), n_clicks);
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
  const long     before_kb = uc_bench_get_pss_kb ();
  const double   begin_s = uc_bench_get_cpu_s ();
  Turning        turning = { window, adjustment, step, n_clicks, 0, costs_ms };
  UcBenchWheel   wheel = { .n_clicks = n_clicks };

  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), &turning);
  g_signal_connect_after (clock, "after-paint", G_CALLBACK (after_paint_cb), &turning);
  uc_test_wait_until (is_done, &turning, LIMIT_MS);
  g_signal_handlers_disconnect_by_data (clock, &turning);

  wheel.cpu_s = uc_bench_get_cpu_s () - begin_s;
  wheel.growth_kb = uc_bench_get_pss_kb () - before_kb;
  wheel.p50_ms = uc_bench_get_quantile (costs_ms, 0.5);
  wheel.p95_ms = uc_bench_get_quantile (costs_ms, 0.95);
  wheel.p99_ms = uc_bench_get_quantile (costs_ms, 0.99);
  wheel.max_ms = uc_bench_get_quantile (costs_ms, 1);

  return wheel;
}

void
uc_bench_wheel_print (const UcBenchWheel *self, const char *name)
{
  g_print ("%-24s %u frames: p50 %.2f ms, p95 %.2f ms, p99 %.2f ms, max %.2f ms, all %.2f s CPU, "
           "PSS %+ld kB\n",
           name, self->n_clicks, self->p50_ms, self->p95_ms, self->p99_ms, self->max_ms,
           self->cpu_s, self->growth_kb);
}
