/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A program that bench-start runs: it tells on its standard output what it cost. */

/* What a frame shows. */
typedef enum
{
  UC_BENCH_NOTHING,
  UC_BENCH_CONTENT, /* what is looked at: the conversation */
  UC_BENCH_ALL,     /* and the list beside it */
} UcBenchPainted;

typedef UcBenchPainted (*UcBenchGetPainted) (GtkWidget *window);
/* What the wheel turns, NULL when there is nothing to be turned. */
typedef GtkAdjustment *(*UcBenchGetAdjustment) (GtkWidget *window);

/* Follows the first window of @application. @mode is "start" (ends with the first frame
 * that shows all) or "stay" (goes on to tell of memory, idleness and scrolling). */
void uc_bench_child_follow (GtkApplication      *application,
                            const char          *mode,
                            UcBenchGetPainted    get_painted,
                            UcBenchGetAdjustment get_adjustment);

G_END_DECLS
