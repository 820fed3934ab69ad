/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the program costs with a large store and no network: from its start to the last
 * conversation painted, its memory, what it does when nobody looks, and turning a wheel
 * through ten thousand messages. The floor is a bare libadwaita window with fifty labels;
 * for the wheel, a canvas that draws texts. Prints figures; judges nothing.
 *
 * bench-start PROGRAM WINDOW [start|stay|instructions] [N-MESSAGES] */

#include "config.h"

#include "uc-bench-measure.h"
#include "uc-bench-store.h"
#include "uc-test.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define N_STARTS 9
#define ACCOUNT  "bench"

typedef struct {
  const char *program;
  const char *window;
  char      **environment;
} Bench;

/* -- The account ------------------------------------------------------------------------- */

static void
write_settings (const char *folder)
{
  g_autofree char *dir = g_build_filename (folder, "glib-2.0", "settings", NULL);
  g_autofree char *path = g_build_filename (dir, "keyfile", NULL);
  g_autofree char *channel_id = uc_bench_dup_channel_id (0);
  g_autofree char *text = g_strdup_printf ("[com/example/UnifiedChat]\n"
                                           "last-account='" ACCOUNT "'\n"
                                           "last-teams={'" ACCOUNT "': '" UC_BENCH_TEAM "'}\n"
                                           "last-channels={'" ACCOUNT "': '%s'}\n",
                                           channel_id);

  g_mkdir_with_parents (dir, 0700);
  uc_bench_must (g_file_set_contents (path, text, -1, NULL), NULL);
}

/* A home of its own, with the store where the program looks for it. */
static char **
make_home (guint n_messages)
{
  g_autofree char *path = uc_bench_store_dup_path (n_messages);
  g_autofree char *copy = uc_bench_store_dup_copy (path);
  g_autofree char *home = uc_test_dup_temp_dir ();
  g_autofree char *data = g_build_filename (home, "data", NULL);
  g_autofree char *config = g_build_filename (home, "config", NULL);
  g_autofree char *cache = g_build_filename (home, "cache", NULL);
  g_autofree char *account = g_build_filename (data, "unified-chat", "accounts", ACCOUNT, NULL);
  g_autofree char *store = g_build_filename (account, "store.db", NULL);
  char           **environment = g_get_environ ();

  g_mkdir_with_parents (account, 0700);
  uc_bench_must (g_rename (copy, store) == 0, NULL);
  write_settings (config);
  environment = g_environ_setenv (environment, "XDG_DATA_HOME", data, TRUE);
  environment = g_environ_setenv (environment, "XDG_CONFIG_HOME", config, TRUE);
  environment = g_environ_setenv (environment, "XDG_CACHE_HOME", cache, TRUE);
  return g_environ_setenv (environment, "GSETTINGS_BACKEND", "keyfile", TRUE);
}

/* -- Running --------------------------------------------------------------------------------- */

static char *
run (Bench *bench, const char *const *arguments)
{
  g_autoptr (GError) error = NULL;
  char *output = NULL;
  int   status;

  uc_bench_must (g_spawn_sync (NULL, (char **) arguments, bench->environment, G_SPAWN_SEARCH_PATH,
                               NULL, NULL, &output, NULL, &status, &error) &&
                     g_spawn_check_wait_status (status, &error),
                 &error);
  return output;
}

static double
get_value (const char *output, const char *key)
{
  const char *line = output;

  while (line != NULL) {
    if (g_str_has_prefix (line, key) && line[strlen (key)] == ' ')
      return g_ascii_strtod (line + strlen (key), NULL);
    line = strchr (line, '\n');
    if (line != NULL)
      line++;
  }
  return 0;
}

/* -- The start --------------------------------------------------------------------------------- */

/* To the conversation, and to all of the window. */
static const char *const stages[] = { "content", "all" };

typedef struct {
  GArray *wall_ms[G_N_ELEMENTS (stages)];
  GArray *cpu_ms[G_N_ELEMENTS (stages)];
} Starts;

static void
starts_init (Starts *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (stages); i++) {
    self->wall_ms[i] = g_array_new (FALSE, FALSE, sizeof (double));
    self->cpu_ms[i] = g_array_new (FALSE, FALSE, sizeof (double));
  }
}

static void
starts_clear (Starts *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (stages); i++) {
    g_array_unref (self->wall_ms[i]);
    g_array_unref (self->cpu_ms[i]);
  }
}

static void
start_once (Bench *bench, const char *const *arguments, Starts *starts)
{
  const gint64     begin_us = g_get_monotonic_time ();
  g_autofree char *output = run (bench, arguments);

  for (guint i = 0; i < G_N_ELEMENTS (stages); i++) {
    g_autofree char *us = g_strconcat (stages[i], "-us", NULL);
    g_autofree char *cpu_s = g_strconcat (stages[i], "-cpu-s", NULL);
    const double     wall_ms = (get_value (output, us) - (double) begin_us) / 1e3;
    const double     cpu_ms = get_value (output, cpu_s) * 1e3;

    g_array_append_val (starts->wall_ms[i], wall_ms);
    g_array_append_val (starts->cpu_ms[i], cpu_ms);
  }
}

static void
print_start (const char *name, const char *by, GArray *program, GArray *floor)
{
  const double program_ms = uc_bench_get_quantile (program, 0.5);
  const double floor_ms = uc_bench_get_quantile (floor, 0.5);

  printf ("%s, %s: floor × %.2f, %.0f ms (floor %.0f ms)\n", name, by, program_ms / floor_ms,
          program_ms, floor_ms);
}

static void
time_starts (Bench *bench)
{
  const char *const floor_arguments[] = { bench->window, "labels", "start", NULL };
  const char *const arguments[] = { bench->program, "start", NULL };
  Starts            floor, program;

  starts_init (&floor);
  starts_init (&program);
  for (guint i = 0; i < N_STARTS; i++) {
    start_once (bench, floor_arguments, &floor);
    start_once (bench, arguments, &program);
  }
  print_start ("start to the last conversation", "processor", program.cpu_ms[0], floor.cpu_ms[0]);
  print_start ("start to the last conversation", "clock", program.wall_ms[0], floor.wall_ms[0]);
  print_start ("start to the list beside it", "processor", program.cpu_ms[1], floor.cpu_ms[1]);
  print_start ("start to the list beside it", "clock", program.wall_ms[1], floor.wall_ms[1]);
  starts_clear (&floor);
  starts_clear (&program);
}

/* -- Instructions ---------------------------------------------------------------------------- */

static double
count_instructions (Bench *bench, const char *first, const char *second, const char *third)
{
  const char *const arguments[] = { "valgrind",
                                    "--tool=callgrind",
                                    "--callgrind-out-file=/dev/null",
                                    "--log-fd=1",
                                    first,
                                    second,
                                    third,
                                    NULL };
  g_autofree char  *output = run (bench, arguments);
  const char       *line = strstr (output, "Collected : ");

  return line != NULL ? g_ascii_strtod (line + strlen ("Collected : "), NULL) : 0;
}

static void
print_instructions (Bench *bench)
{
  g_autofree char *valgrind = g_find_program_in_path ("valgrind");
  double           floor, program;

  if (valgrind == NULL)
    return;
  floor = count_instructions (bench, bench->window, "labels", "start");
  program = count_instructions (bench, bench->program, "start", NULL);
  printf ("start to the last conversation, instructions: floor × %.2f, %.0f M (floor %.0f M)\n",
          program / floor, program / 1e6, floor / 1e6);
}

/* -- Staying ---------------------------------------------------------------------------------- */

static void
print_wheel (const char *name, const char *key, const char *output, double floor_cpu_s)
{
  g_autofree char *p50 = g_strconcat (key, "-p50-ms", NULL);
  g_autofree char *p99 = g_strconcat (key, "-p99-ms", NULL);
  g_autofree char *cpu = g_strconcat (key, "-cpu-s", NULL);
  g_autofree char *growth = g_strconcat (key, "-growth-kb", NULL);

  printf ("%s: ", name);
  if (floor_cpu_s > 0)
    printf ("floor × %.2f, ", get_value (output, cpu) / floor_cpu_s);
  printf ("%.2f s; a frame p50 %.2f ms, p99 %.2f ms; memory %+.1f MB\n", get_value (output, cpu),
          get_value (output, p50), get_value (output, p99), get_value (output, growth) / 1024);
}

static void
measure_stay (Bench *bench)
{
  const char *const label_arguments[] = { bench->window, "labels", "stay", NULL };
  const char *const canvas_arguments[] = { bench->window, "canvas", "stay", NULL };
  const char *const arguments[] = { bench->program, "stay", NULL };
  g_autofree char  *labels = run (bench, label_arguments);
  g_autofree char  *canvas = run (bench, canvas_arguments);
  g_autofree char  *program = run (bench, arguments);
  const double      floor_cpu_s = get_value (canvas, "wheel-cpu-s");

  printf ("memory, idle: floor × %.2f, %.1f MB (floor %.1f MB)\n",
          get_value (program, "pss-kb") / get_value (labels, "pss-kb"),
          get_value (program, "pss-kb") / 1024, get_value (labels, "pss-kb") / 1024);
  printf ("wake-ups in 30 s: %.0f (floor %.0f)\n", get_value (program, "wake-ups"),
          get_value (labels, "wake-ups"));
  print_wheel ("canvas, 400 clicks", "wheel", canvas, 0);
  print_wheel ("canvas, 2,000 more", "further", canvas, 0);
  print_wheel ("400 clicks back", "wheel", program, floor_cpu_s);
  print_wheel ("2,000 more", "further", program, 0);
  print_wheel ("8,000 more", "far", program, 0);
}

int
main (int argc, char **argv)
{
  const char *part = argc > 3 ? argv[3] : "start";
  const guint n_messages = argc > 4 ? (guint) g_ascii_strtoull (argv[4], NULL, 10) : 1000000;
  Bench       bench = { NULL, NULL, NULL };

  if (argc < 3) {
    g_printerr ("bench-start PROGRAM WINDOW [start|stay|instructions] [N-MESSAGES]\n");
    return 2;
  }
  bench.program = argv[1];
  bench.window = argv[2];
  bench.environment = make_home (n_messages);
  if (g_str_equal (part, "start"))
    time_starts (&bench);
  else if (g_str_equal (part, "stay"))
    measure_stay (&bench);
  else
    print_instructions (&bench);
  g_strfreev (bench.environment);
  return 0;
}
