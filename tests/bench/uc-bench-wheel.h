/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How far a click of a wheel goes, in pixels. */
#define UC_BENCH_CLICK 53.0

/**
 * UcBenchWheel:
 *
 * What turning a wheel cost, one click a frame.
 */
typedef struct
{
  guint  n_clicks;
  double p50_ms; /* processor time of a frame */
  double p95_ms;
  double p99_ms;
  double max_ms;
  double cpu_s;
  long   growth_kb; /* of the process's share of memory */
} UcBenchWheel;

/* Turns for @n_clicks, each by @step pixels, and waits for the last frame. */
UcBenchWheel uc_bench_wheel_turn  (GtkWidget          *window,
                                   GtkAdjustment      *adjustment,
                                   double              step,
                                   guint               n_clicks);
void         uc_bench_wheel_print (const UcBenchWheel *self,
                                   const char         *name);

G_END_DECLS
