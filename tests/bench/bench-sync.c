/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What it takes until a message is acknowledged, and until somebody else has it: two
 * whole clients without windows and the server, a process of its own, over loopback.
 * The floor of both is the same request from a plain socket.
 *
 *   bench-sync [MESSAGES] */

#include "config.h"

#include "uc-bench-measure.h"
#include "uc-bench-socket.h"
#include "uc-test-client.h"
#include "uc-test-server.h"
#include "uc-test.h"

#include <stdlib.h>
#include <string.h>

#define N_MESSAGES 500
/* Between two messages: everything that the one before set going is over. */
#define PAUSE_MS 10
#define LIMIT_MS 20000

/* One message on its way. */
typedef struct {
  char  *text;
  gint64 begin_us;
  gint64 stored_us;       /* the call came back: it cannot be lost any more */
  gint64 acknowledged_us; /* DONE in the sender's store */
  gint64 delivered_us;    /* in the receiver's */
} Trip;

static void
look_for (UcChangeSet *changes, Trip *trip, gboolean is_done, gint64 *when_us)
{
  for (guint i = 0; *when_us == 0 && i < changes->messages->len; i++) {
    UcMessageChange *change = g_ptr_array_index (changes->messages, i);

    if (g_str_equal (change->message->post->message, trip->text) &&
        (!is_done || change->message->send_state == UC_SEND_DONE))
      *when_us = g_get_monotonic_time ();
  }
}

static void
sender_changed_cb (UcStore *store, UcChangeSet *changes, Trip *trip)
{
  look_for (changes, trip, TRUE, &trip->acknowledged_us);
}

static void
receiver_changed_cb (UcStore *store, UcChangeSet *changes, Trip *trip)
{
  look_for (changes, trip, FALSE, &trip->delivered_us);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Trip *trip = user_data;
  g_autoptr (GError) error = NULL;

  uc_bench_must (uc_session_send_finish (UC_SESSION (source), result, &error), &error);
  trip->stored_us = g_get_monotonic_time ();
}

static gboolean
has_arrived (gpointer user_data)
{
  Trip *trip = user_data;

  return trip->stored_us != 0 && trip->acknowledged_us != 0 && trip->delivered_us != 0;
}

static gboolean
is_later (gpointer user_data)
{
  gint64 *until_us = user_data;

  return g_get_monotonic_time () >= *until_us;
}

static void
pause_ms (guint ms)
{
  gint64 until_us = g_get_monotonic_time () + ms * 1000;
  guint  wake_id = g_timeout_add (ms, (GSourceFunc) is_later, &until_us);

  uc_test_wait_until (is_later, &until_us, ms + LIMIT_MS);
  if (g_main_context_find_source_by_id (NULL, wake_id) != NULL)
    g_source_remove (wake_id);
}

static void
add_ms (GArray *times, gint64 begin_us, gint64 end_us)
{
  double ms = (double) (end_us - begin_us) / 1000.;

  g_array_append_val (times, ms);
}

static void
measure_floor (int fd, const char *token, const char *channel_id, const char *text, GArray *times)
{
  g_autofree char *body = g_strdup_printf (
      "{\"channel_id\":\"%s\",\"message\":\"%s\",\"pending_post_id\":\"floor:%s\"}", channel_id,
      text, text);
  g_autofree char *request = uc_bench_dup_request ("POST", "/posts", token, body);
  g_autoptr (GString) answer = g_string_new (NULL);
  gint64 begin_us = g_get_monotonic_time ();

  uc_bench_socket_write (fd, request, strlen (request));
  if (uc_bench_socket_read (fd, answer) != 201)
    g_error ("%s", answer->str);
  add_ms (times, begin_us, g_get_monotonic_time ());
}

static void
print (const char *what, GArray *times, double floor_ms)
{
  g_print ("%s: p50 %.2f ms, p95 %.2f ms, p99 %.2f ms (floor x %.1f)\n", what,
           uc_bench_get_quantile (times, .5), uc_bench_get_quantile (times, .95),
           uc_bench_get_quantile (times, .99), uc_bench_get_quantile (times, .5) / floor_ms);
}

static UcTestClient *
new_client (UcTestServer *server, const char *username)
{
  UcTestClient *client = uc_test_client_new (uc_test_server_get_site (server),
                                             uc_test_server_get_user_id (server, username),
                                             uc_test_server_get_token (server, username), NULL);

  uc_test_client_settle (client);
  uc_test_client_wait_for_state (client, UC_SYNC_LIVE);
  return client;
}

int
main (int argc, char **argv)
{
  guint n_messages = argc > 1 ? (guint) atoi (argv[1]) : N_MESSAGES;
  g_autoptr (UcTestServer) server = uc_test_server_new ();
  g_autofree char *writer = uc_test_server_add_user (server, "writer");
  g_autofree char *reader = uc_test_server_add_user (server, "reader");
  g_autofree char *plain = uc_test_server_add_user (server, "plain");
  g_autofree char *channel_id = uc_test_server_add_channel (server, "talk", writer, reader, NULL);
  g_autofree char *floor_id = uc_test_server_add_channel (server, "floor", plain, NULL);
  g_autoptr (UcTestClient) sender = new_client (server, writer);
  g_autoptr (UcTestClient) receiver = new_client (server, reader);
  g_autoptr (GArray) floor = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) stored = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) acknowledged = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) delivered = g_array_new (FALSE, FALSE, sizeof (double));
  int    fd = uc_bench_socket_open (uc_test_server_get_port (server));
  Trip   trip = { 0 };
  double cpu_s = 0;

  g_signal_connect (sender->store, "changed", G_CALLBACK (sender_changed_cb), &trip);
  g_signal_connect (receiver->store, "changed", G_CALLBACK (receiver_changed_cb), &trip);

  for (guint i = 0; i < n_messages; i++) {
    g_autofree char *text = g_strdup_printf ("Blood count of bed %u is ready, potassium raised", i);
    double           begin_s;

    measure_floor (fd, uc_test_server_get_token (server, plain), floor_id, text, floor);
    pause_ms (PAUSE_MS);

    trip = (Trip){ .text = text, .begin_us = g_get_monotonic_time () };
    begin_s = uc_bench_get_cpu_s ();
    uc_session_send_async (sender->session, channel_id, NULL, text, NULL, NULL, sent_cb, &trip);
    uc_test_wait_until (has_arrived, &trip, LIMIT_MS);
    pause_ms (PAUSE_MS);
    cpu_s += uc_bench_get_cpu_s () - begin_s;

    add_ms (stored, trip.begin_us, trip.stored_us);
    add_ms (acknowledged, trip.begin_us, trip.acknowledged_us);
    add_ms (delivered, trip.begin_us, trip.delivered_us);
  }

  print ("floor, the request alone", floor, uc_bench_get_quantile (floor, .5));
  print ("in the sender's store", stored, uc_bench_get_quantile (floor, .5));
  print ("acknowledged", acknowledged, uc_bench_get_quantile (floor, .5));
  print ("delivered", delivered, uc_bench_get_quantile (floor, .5));
  g_print ("processor of both clients: %.2f ms a message\n", cpu_s / n_messages * 1000);
  g_signal_handlers_disconnect_by_data (sender->store, &trip);
  g_signal_handlers_disconnect_by_data (receiver->store, &trip);
  return 0;
}
