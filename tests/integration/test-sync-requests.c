/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The gate: how many requests go at once, which first, and what a limiter's word does. */

#include "config.h"

#include "uc-context-private.h"
#include "uc-error.h"
#include "uc-fault-proxy.h"
#include "uc-request-queue-private.h"
#include "uc-test-client.h"
#include "uc-test-server.h"
#include "uc-test.h"

#define ME       "GET /api/v4/users/me "
#define URGENT   "3enrnfw7k7y53nb4x7ra9pj4fw"
#define LEISURED "5rafe8kbrtfcpc4x3ysn6yx84o"

typedef struct {
  UcTestServer   *server;
  UcFaultProxy   *proxy;
  UcApi          *api;
  UcRequestQueue *queue;
  char           *name;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = uc_test_server_new ();
  fixture->proxy = uc_fault_proxy_new (uc_test_server_get_port (fixture->server));
  fixture->name = uc_test_server_add_user (fixture->server, "anna");
  fixture->api = uc_api_new (uc_fault_proxy_get_site (fixture->proxy));
  uc_api_set_token (fixture->api, uc_test_server_get_token (fixture->server, fixture->name));
  fixture->queue = _uc_request_queue_new (fixture->api);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->queue);
  g_object_unref (fixture->api);
  uc_fault_proxy_free (fixture->proxy);
  uc_test_server_free (fixture->server);
  g_free (fixture->name);
}

/* What came of a request. */
typedef struct {
  gboolean is_over;
  int      code; /* of its error; -1: none */
} Outcome;

static void
outcome_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;
  g_autoptr (GError) error = NULL;
  UcUser *user = _uc_request_queue_send_finish (UC_REQUEST_QUEUE (source), result, &error);

  outcome->is_over = TRUE;
  outcome->code = error != NULL ? error->code : -1;
  g_clear_pointer (&user, uc_user_unref);
}

static gboolean
is_over (gpointer user_data)
{
  return ((Outcome *) user_data)->is_over;
}

static void
ask_me (Fixture *fixture, UcLane lane, Outcome *outcome)
{
  *outcome = (Outcome){ 0 };
  _uc_request_queue_send_async (fixture->queue, lane, uc_request_me (), NULL, outcome_cb, outcome);
}

typedef struct {
  UcFaultProxy *proxy;
  const char   *head;
  guint         n;
} Count;

static gboolean
has_count (gpointer user_data)
{
  Count *count = user_data;

  return uc_fault_proxy_count (count->proxy, count->head) >= count->n;
}

static void
wait_for_count (Fixture *fixture, const char *head, guint n)
{
  Count count = { fixture->proxy, head, n };

  uc_test_wait_until (has_count, &count, 10000);
}

static void
test_at_most_four (Fixture *fixture, gconstpointer data)
{
  Outcome outcomes[6];
  Outcome command;

  uc_fault_proxy_stall (fixture->proxy, ME);
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    ask_me (fixture, UC_LANE_NORMAL, &outcomes[i]);
  wait_for_count (fixture, ME, 4);
  /* A person does not queue behind them. */
  ask_me (fixture, UC_LANE_COMMAND, &command);
  wait_for_count (fixture, ME, 5);
  g_assert_cmpuint (uc_fault_proxy_count (fixture->proxy, ME), ==, 5);

  uc_fault_proxy_stall (fixture->proxy, NULL);
  uc_fault_proxy_set_down (fixture->proxy, TRUE);
  uc_fault_proxy_set_down (fixture->proxy, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    uc_test_wait_until (is_over, &outcomes[i], 10000);
  uc_test_wait_until (is_over, &command, 10000);
  g_assert_cmpint (outcomes[0].code, !=, -1);
  g_assert_cmpint (outcomes[5].code, ==, -1);
}

static void
ignore_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;
  g_autoptr (GError) error = NULL;

  g_assert_null (_uc_request_queue_send_finish (UC_REQUEST_QUEUE (source), result, &error));
  outcome->is_over = TRUE;
}

static void
test_urgent_first (Fixture *fixture, gconstpointer data)
{
  Outcome outcomes[4];
  Outcome leisured = { 0 };
  Outcome urgent = { 0 };

  uc_fault_proxy_stall (fixture->proxy, ME);
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    ask_me (fixture, UC_LANE_BACKGROUND, &outcomes[i]);
  wait_for_count (fixture, ME, 4);
  _uc_request_queue_send_async (fixture->queue, UC_LANE_BACKGROUND, uc_request_channel (LEISURED),
                                NULL, ignore_cb, &leisured);
  _uc_request_queue_send_async (fixture->queue, UC_LANE_VISIBLE, uc_request_channel (URGENT), NULL,
                                ignore_cb, &urgent);
  uc_fault_proxy_stall (fixture->proxy, "GET /api/v4/channels/" URGENT);
  uc_fault_proxy_break_one (fixture->proxy);
  wait_for_count (fixture, "GET /api/v4/channels/" URGENT, 1);
  g_assert_cmpuint (uc_fault_proxy_count (fixture->proxy, "GET /api/v4/channels/" LEISURED), ==, 0);

  uc_fault_proxy_stall (fixture->proxy, NULL);
  uc_fault_proxy_set_down (fixture->proxy, TRUE);
  uc_test_wait_until (is_over, &leisured, 10000);
  uc_test_wait_until (is_over, &urgent, 10000);
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    uc_test_wait_until (is_over, &outcomes[i], 10000);
}

static void
test_limited (Fixture *fixture, gconstpointer data)
{
  Outcome first;
  Outcome second;
  gint64  before_us;

  uc_fault_proxy_answer (fixture->proxy, ME,
                         "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 2\r\n"
                         "Content-Length: 15\r\n\r\nlimit exceeded\n");
  ask_me (fixture, UC_LANE_NORMAL, &first);
  uc_test_wait_until (is_over, &first, 10000);
  g_assert_cmpint (first.code, ==, UC_ERROR_RATE_LIMITED);
  g_assert_cmpint (_uc_request_queue_get_pause_ms (fixture->queue), >, 1000);

  /* Nobody goes on meanwhile, however urgent. */
  uc_fault_proxy_answer (fixture->proxy, NULL, NULL);
  before_us = g_get_monotonic_time ();
  ask_me (fixture, UC_LANE_COMMAND, &second);
  uc_test_wait_until (is_over, &second, 10000);
  g_assert_cmpint (second.code, ==, -1);
  g_assert_cmpint (g_get_monotonic_time () - before_us, >, 1500 * 1000);
}

static void
count_cb (UcRequestQueue *queue, guint *n)
{
  (*n)++;
}

static void
test_session_end (Fixture *fixture, gconstpointer data)
{
  Outcome outcome;
  guint   n = 0;

  g_signal_connect (fixture->queue, "session-ended", G_CALLBACK (count_cb), &n);
  uc_api_set_token (fixture->api, "wrongwrongwrongwrongwrongw");
  ask_me (fixture, UC_LANE_NORMAL, &outcome);
  uc_test_wait_until (is_over, &outcome, 10000);
  g_assert_cmpint (outcome.code, ==, UC_ERROR_AUTH);
  g_assert_cmpuint (n, ==, 1);

  /* Without a token nothing is sent, and nothing learned. */
  uc_api_set_token (fixture->api, NULL);
  ask_me (fixture, UC_LANE_NORMAL, &outcome);
  uc_test_wait_until (is_over, &outcome, 10000);
  g_assert_cmpint (outcome.code, ==, UC_ERROR_AUTH);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (uc_fault_proxy_count (fixture->proxy, ME), ==, 1);

  /* While one is being looked up, it waits. */
  _uc_request_queue_set_waiting (fixture->queue, TRUE);
  ask_me (fixture, UC_LANE_NORMAL, &outcome);
  g_assert_false (outcome.is_over);
  uc_api_set_token (fixture->api, uc_test_server_get_token (fixture->server, fixture->name));
  _uc_request_queue_set_waiting (fixture->queue, FALSE);
  uc_test_wait_until (is_over, &outcome, 10000);
  g_assert_cmpint (outcome.code, ==, -1);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/integration/sync/requests/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("at-most-four", test_at_most_four);
  ADD ("urgent-first", test_urgent_first);
  ADD ("limited", test_limited);
  ADD ("session-end", test_session_end);
  return g_test_run ();
}
