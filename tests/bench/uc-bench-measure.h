/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the benchmarks measure with. Times are the process's processor time, in
 * seconds, since the machine is seldom theirs alone. */

double uc_bench_get_cpu_s     (void);
/* The process's share of memory; 0 when the system does not tell. */
long   uc_bench_get_pss_kb    (void);
/* The most memory the process ever had. */
long   uc_bench_get_peak_kb   (void);
void   uc_bench_reset_peak    (void);

/* @values (element-type double) is sorted. @share in [0,1]: 0.5 is the median. */
double uc_bench_get_quantile  (GArray       *values,
                               double        share);
/* Ends the program with *@error (nullable) when @is_done does not hold. */
void   uc_bench_must          (gboolean      is_done,
                               GError      **error);

G_END_DECLS
