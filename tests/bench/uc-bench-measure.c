/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Processor time, memory, and what stands in the middle of many values. */

#include "config.h"

#include "uc-bench-measure.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

double
uc_bench_get_cpu_s (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec + now.tv_nsec / 1e9;
}

static long
read_kb (const char *path, const char *key)
{
  g_autofree char *text = NULL;
  const char      *line;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  line = strstr (text, key);
  return line != NULL ? strtol (line + strlen (key), NULL, 10) : 0;
}

long
uc_bench_get_pss_kb (void)
{
  return read_kb ("/proc/self/smaps_rollup", "\nPss:");
}

long
uc_bench_get_peak_kb (void)
{
  return read_kb ("/proc/self/status", "\nVmHWM:");
}

void
uc_bench_reset_peak (void)
{
  /* The system's own switch for it; without it the peak is that of the whole run. */
  if (!g_file_set_contents_full ("/proc/self/clear_refs", "5", 1, G_FILE_SET_CONTENTS_NONE, 0600,
                                 NULL))
    g_printerr ("The peak of memory could not be reset.\n");
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  const double *x = a, *y = b;

  return *x < *y ? -1 : *x > *y;
}

double
uc_bench_get_quantile (GArray *values, double share)
{
  g_array_sort (values, compare_doubles);
  return g_array_index (values, double, MIN ((guint) (values->len * share), values->len - 1));
}

void
uc_bench_must (gboolean is_done, GError **error)
{
  if (!is_done)
    g_error ("%s", error != NULL && *error != NULL ? (*error)->message : "failed");
}
