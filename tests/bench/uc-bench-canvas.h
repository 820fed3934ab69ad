/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UcBenchCanvas:
 *
 * The floor of scrolling: a million texts drawn by one widget, each laid out when it
 * comes into sight and forgotten when it leaves. No rows, no styles, no pictures.
 */
#define UC_BENCH_TYPE_CANVAS (uc_bench_canvas_get_type ())
G_DECLARE_FINAL_TYPE (UcBenchCanvas, uc_bench_canvas, UC_BENCH, CANVAS, GtkWidget)

GtkWidget     *uc_bench_canvas_new            (void);
GtkAdjustment *uc_bench_canvas_get_adjustment (UcBenchCanvas *self);

G_END_DECLS
