/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a whole client without a window asks for, and what that costs it: a cold start,
 * all of the history, warm starts, and a minute of idleness, of 50 channels.
 *
 *   bench-sync-volume [MESSAGES [IDLE-SECONDS]] */

#include "config.h"

#include "uc-bench-measure.h"
#include "uc-bench-relay.h"
#include "uc-bench-socket.h"
#include "uc-test-client.h"
#include "uc-test-server.h"
#include "uc-test.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define N_MESSAGES 100000
#define N_CHANNELS 50
#define N_NEW      500
#define N_WRITERS  16
#define IDLE_S     60
/* Nothing was asked for during so long: longer than between two channels that are
 * looked at by and by. */
#define QUIET_S  8
#define LIMIT_MS 600000

typedef struct {
  UcBenchRelay *relay; /* (owned) */
  UcTestServer *server;
  char         *site;
  char         *username;
  char         *dir;
  char         *channel_ids[N_CHANNELS];
  guint         n_written;
} Bench;

/* -- What was spent --------------------------------------------------------------------- */

typedef struct {
  gint64         begin_us;
  double         cpu_s;
  UcBenchTraffic traffic;
} Spent;

static Spent
begin (Bench *bench)
{
  return (Spent){ g_get_monotonic_time (), uc_bench_get_cpu_s (),
                  uc_bench_relay_get_traffic (bench->relay) };
}

static void
print (Bench *bench, const char *what, Spent before, gboolean with_requests)
{
  UcBenchTraffic now = uc_bench_relay_get_traffic (bench->relay);

  g_print (
      "%s: %u requests, %.1f kB up, %.1f kB down, %.3f s of processor, %.2f s\n", what,
      now.n_requests - before.traffic.n_requests, (double) (now.n_up - before.traffic.n_up) / 1000.,
      (double) (now.n_down - before.traffic.n_down) / 1000., uc_bench_get_cpu_s () - before.cpu_s,
      (double) (g_get_monotonic_time () - before.begin_us) / 1e6);
  if (with_requests)
    uc_bench_relay_print_requests (bench->relay, before.traffic.n_requests);
}

/* How often any thread went to sleep. */
static long
count_wake_ups (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_nvcsw;
}

static gboolean
over_cb (gpointer user_data)
{
  gboolean *is_over = user_data;

  *is_over = TRUE;
  return G_SOURCE_REMOVE;
}

static void
stay (guint seconds)
{
  gboolean is_over = FALSE;

  g_timeout_add_seconds (seconds, over_cb, &is_over);
  while (!is_over)
    g_main_context_iteration (NULL, TRUE);
}

/* Until nothing more is asked for. */
static void
become_quiet (Bench *bench)
{
  guint n_before;

  do {
    n_before = uc_bench_relay_get_traffic (bench->relay).n_requests;
    stay (QUIET_S);
  } while (uc_bench_relay_get_traffic (bench->relay).n_requests != n_before);
}

/* -- What there is ---------------------------------------------------------------------- */

/* Several at once, so that the server commits them together. */
static void
write_messages (Bench *bench, guint n)
{
  const char *token = uc_test_server_get_token (bench->server, "admin");
  g_autoptr (GString) answer = g_string_new (NULL);
  int fds[N_WRITERS];

  for (guint i = 0; i < N_WRITERS; i++)
    fds[i] = uc_bench_socket_open (uc_test_server_get_port (bench->server));
  for (guint done = 0; done < n; done += N_WRITERS) {
    guint n_now = MIN (N_WRITERS, n - done);

    for (guint i = 0; i < n_now; i++) {
      guint            number = bench->n_written++;
      g_autofree char *body = g_strdup_printf (
          "{\"channel_id\":\"%s\",\"message\":\"Blood count of bed %u is ready, potassium "
          "slightly raised\"}",
          bench->channel_ids[number % N_CHANNELS], number);
      g_autofree char *request = uc_bench_dup_request ("POST", "/posts", token, body);

      uc_bench_socket_write (fds[i], request, strlen (request));
    }
    for (guint i = 0; i < n_now; i++)
      if (uc_bench_socket_read (fds[i], answer) != 201)
        g_error ("%s", answer->str);
  }
  for (guint i = 0; i < N_WRITERS; i++)
    close (fds[i]);
}

static void
fill (Bench *bench, guint n_messages)
{
  bench->username = uc_test_server_add_user (bench->server, "reader");
  for (guint i = 0; i < N_CHANNELS; i++) {
    g_autofree char *name = g_strdup_printf ("ward-%u", i);

    bench->channel_ids[i] = uc_test_server_add_channel (bench->server, name, bench->username, NULL);
  }
  write_messages (bench, n_messages - N_CHANNELS);
  /* Changes are asked for from a little before the last that is known: without a pause
   * that would be half of what was written in such a hurry. */
  stay (QUIET_S);
  write_messages (bench, N_CHANNELS);
}

static UcTestClient *
new_client (Bench *bench)
{
  return uc_test_client_new (bench->site,
                             uc_test_server_get_user_id (bench->server, bench->username),
                             uc_test_server_get_token (bench->server, bench->username), bench->dir);
}

/* -- Measuring -------------------------------------------------------------------------- */

static gboolean
has_result (gpointer user_data)
{
  GAsyncResult **result = user_data;

  return *result != NULL;
}

static void
measure_cold (Bench *bench)
{
  g_autoptr (UcTestClient) client = new_client (bench);
  Spent before = begin (bench);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  uc_test_client_settle (client);
  print (bench, "cold start", before, TRUE);

  before = begin (bench);
  uc_session_sync_full_async (client->session, NULL, uc_test_result_cb, &result);
  uc_test_wait_until (has_result, &result, LIMIT_MS);
  uc_bench_must (uc_session_sync_full_finish (client->session, result, &error), &error);
  print (bench, "all of the history", before, TRUE);
  g_print ("memory: %.1f MB\n", (double) uc_bench_get_pss_kb () / 1024);
  become_quiet (bench);
}

static void
measure_warm (Bench *bench, const char *what)
{
  g_autoptr (UcTestClient) client = new_client (bench);
  Spent before = begin (bench);

  uc_test_client_settle (client);
  print (bench, what, before, TRUE);
  become_quiet (bench);
  print (bench, "  and by and by, in all", before, FALSE);
}

static void
measure_idle (Bench *bench, const char *what, UcSyncState state, guint seconds)
{
  g_autoptr (UcTestClient) client = new_client (bench);
  Spent before;
  long  n_wake_ups;

  uc_test_client_settle (client);
  uc_test_client_wait_for_state (client, state);
  /* Without a stream it never is quiet. */
  if (state == UC_SYNC_LIVE)
    become_quiet (bench);
  else
    stay (10 * QUIET_S);

  before = begin (bench);
  n_wake_ups = count_wake_ups ();
  stay (seconds);
  /* One is this timer's. */
  g_print ("%s: %ld wake-ups\n", what, count_wake_ups () - n_wake_ups - 1);
  print (bench, what, before, TRUE);
}

int
main (int argc, char **argv)
{
  guint n_messages = argc > 1 ? (guint) atoi (argv[1]) : N_MESSAGES;
  guint idle_s = argc > 2 ? (guint) atoi (argv[2]) : IDLE_S;
  Bench bench = { .relay = uc_bench_relay_new () };

  bench.server = uc_test_server_new ();
  uc_bench_relay_set_server (bench.relay, uc_test_server_get_port (bench.server));
  bench.site = uc_bench_relay_dup_site (bench.relay);
  bench.dir = uc_test_dup_temp_dir ();
  fill (&bench, n_messages);

  measure_cold (&bench);
  measure_warm (&bench, "warm start, nothing new");
  write_messages (&bench, N_NEW);
  measure_warm (&bench, "warm start, 500 new");
  measure_idle (&bench, "idle, live", UC_SYNC_LIVE, idle_s);
  uc_bench_relay_refuse_sockets (bench.relay, TRUE);
  measure_idle (&bench, "idle, polling", UC_SYNC_POLLING, idle_s);

  uc_test_server_free (bench.server);
  uc_bench_relay_free (bench.relay);
  for (guint i = 0; i < N_CHANNELS; i++)
    g_free (bench.channel_ids[i]);
  g_free (bench.dir);
  g_free (bench.site);
  g_free (bench.username);
  return 0;
}
