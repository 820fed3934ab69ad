/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One fault at a time, as a table: whatever happens to the requests that write, each
 * message is there once and in order; whatever happens to the stream, the store ends as
 * the server is. */

#include "config.h"

#include "uc-fault-world.h"
#include "uc-test-time.h"
#include "uc-test-truth.h"
#include "uc-test.h"

#define POST "POST */api/v4/posts"
#define HTML                                                                                       \
  "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 20\r\n\r\n<html>Welcome</html>"
#define LIMITED(retry)                                                                             \
  "HTTP/1.1 429 Too Many Requests\r\n" retry "Content-Length: 15\r\n\r\nlimit exceeded\n"
#define EXPIRED                                                                                    \
  "HTTP/1.1 401 Unauthorized\r\nContent-Type: application/json\r\nContent-Length: 79\r\n\r\n"      \
  "{\"id\":\"api.context.session_expired.app_error\",\"message\":\"x\",\"status_code\":401 }"
#define BROKEN                                                                                     \
  "HTTP/1.1 500 Internal Server Error\r\nContent-Type: application/json\r\nContent-Length: "       \
  "49\r\n\r\n{\"id\":\"app.x\",\"message\":\"x\",\"status_code\":500}      "

typedef struct {
  UcFaultWorld *world;
  UcDevice     *anna;
  UcDevice     *ben;
} Fixture;

static void
set_up (Fixture *self, gconstpointer unused)
{
  self->world = uc_fault_world_new (FALSE);
  self->anna = &self->world->devices[0];
  self->ben = &self->world->devices[1];
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  uc_fault_world_free (self->world);
}

static void
send (Fixture *self, const char *text)
{
  uc_test_client_send (self->anna->client, self->world->channel_ids[0], NULL, text);
}

static void
check_server (Fixture *self, const char *expected)
{
  g_auto (GStrv) texts =
      uc_test_server_dup_texts (self->world->server, self->world->channel_ids[0]);
  g_autoptr (GString) joined = g_string_new (NULL);

  for (guint i = 0; texts[i] != NULL; i++) {
    if (!g_str_equal (texts[i], UC_WORLD_MARK))
      g_string_append_printf (joined, "%s%s", joined->len > 0 ? "|" : "", texts[i]);
  }
  g_assert_cmpstr (joined->str, ==, expected);
}

static gboolean
is_equal (gpointer data)
{
  UcDevice     *device = ((gpointer *) data)[1];
  UcFaultWorld *world = ((gpointer *) data)[0];
  g_auto (GStrv) server = uc_test_truth_of_server (world->server, device->username);
  g_auto (GStrv) client = uc_test_truth_of_client (device->client);
  g_autofree char *difference =
      uc_test_truth_dup_difference ((const char *const *) server, (const char *const *) client);

  return difference == NULL;
}

static void
check_stores (Fixture *self)
{
  uc_fault_world_settle (self->world);
  for (guint i = 0; i < UC_WORLD_N_DEVICES; i++) {
    gpointer data[2] = { self->world, &self->world->devices[i] };

    for (guint n = 0; n < 200 && !is_equal (data); n++)
      uc_fault_world_run (20);
    g_assert_true (is_equal (data));
  }
}

/* -- What writes ----------------------------------------------------------------------- */

static const UcFault writing[] = {
  { UC_FAULT_RESET, POST, 3 },
  { UC_FAULT_STALL, POST, 1 },
  { UC_FAULT_CUT, POST, 2, 0, 100 },
  { UC_FAULT_TWICE, POST, 2 },
  { UC_FAULT_DELAY, POST, 2, 0, 50 },
  { UC_FAULT_SWALLOW, POST, 2 },
  { UC_FAULT_STALL_ANSWER, POST, 1 },
  { UC_FAULT_TRUNCATE, POST, 1, 0, 20 },
  { UC_FAULT_TRUNCATE, POST, 1, 0, 400 },
  { UC_FAULT_REPLACE, POST, 2, 0, 0, BROKEN },
  { UC_FAULT_REPLACE, POST, 1, 0, 0, HTML },
  { UC_FAULT_ANSWER, POST, 2, 0, 0, HTML },
  { UC_FAULT_ANSWER, POST, 2, 0, 0, BROKEN },
  { UC_FAULT_ANSWER, POST, 1, 0, 0, LIMITED ("Retry-After: 7\r\n") },
  { UC_FAULT_ANSWER, POST, 1, 0, 0, LIMITED ("Retry-After: Wed, 21 Oct 2015 07:28:00 GMT\r\n") },
  { UC_FAULT_ANSWER, POST, 1, 0, 0, LIMITED ("Retry-After: Fri, 21 Oct 2095 07:28:00 GMT\r\n") },
  { UC_FAULT_ANSWER, POST, 1, 0, 0, LIMITED ("Retry-After: -3\r\n") },
  { UC_FAULT_ANSWER, POST, 1, 0, 0, LIMITED ("Retry-After: 1000000000\r\n") },
  { UC_FAULT_ANSWER, POST, 1, 0, 0, LIMITED ("") },
};

/* Each twice: with a server that remembers what it has, and with one that has forgotten,
 * as a Mattermost server has after half a minute. */
static void
test_writing (Fixture *self, gconstpointer unused)
{
  g_autoptr (GString) expected = g_string_new (NULL);

  for (guint i = 0; i < 2 * G_N_ELEMENTS (writing); i++) {
    const UcFault   *fault = &writing[i / 2];
    guint            before = uc_fault_proxy_get_hits (self->anna->proxy, fault->kind);
    g_autofree char *first = g_strdup_printf ("%u a", i);
    g_autofree char *second = g_strdup_printf ("%u b", i);

    uc_fault_proxy_put (self->anna->proxy, fault);
    send (self, first);
    send (self, second);
    while (uc_fault_proxy_get_hits (self->anna->proxy, fault->kind) == before)
      g_main_context_iteration (NULL, TRUE);
    if (i % 2 == 1)
      uc_fault_world_forget (self->world);
    uc_fault_world_settle (self->world);
    g_string_append_printf (expected, "%s%s|%s", i > 0 ? "|" : "", first, second);
    check_server (self, expected->str);
  }
  check_stores (self);
}

/* A limit that ends in the year 2095 holds nobody back for more than five minutes. */
static void
test_long_limit (Fixture *self, gconstpointer unused)
{
  uc_fault_proxy_put (self->anna->proxy, &(UcFault){ UC_FAULT_ANSWER, POST, 1, 0, 0,
                                                     LIMITED ("Retry-After: 1000000000\r\n") });
  send (self, "held back");
  while (uc_fault_proxy_get_hits (self->anna->proxy, UC_FAULT_ANSWER) == 0)
    g_main_context_iteration (NULL, TRUE);
  uc_fault_world_run (50);
  uc_test_time_skip (301 * 1000);
  uc_test_client_wait_outbox_empty (self->anna->client);
  check_server (self, "held back");
}

/* The session ends between two messages: what waits stays, is readable, and goes with
 * the next sign-in of the same person. */
static void
test_expired (Fixture *self, gconstpointer unused)
{
  g_autoptr (GPtrArray) rows = NULL;

  send (self, "before");
  uc_test_client_wait_outbox_empty (self->anna->client);
  uc_fault_proxy_put (self->anna->proxy, &(UcFault){ UC_FAULT_ANSWER, POST, 0, 0, 0, EXPIRED });
  send (self, "one");
  send (self, "two");
  uc_test_client_wait_for_state (self->anna->client, UC_SYNC_NEEDS_LOGIN);
  send (self, "three");
  rows = uc_test_client_load_outbox (self->anna->client);
  g_assert_cmpuint (rows->len, ==, 3);
  for (guint i = 0; i < rows->len; i++)
    g_assert_cmpint (((UcOutboxRow *) g_ptr_array_index (rows, i))->state, !=, UC_SEND_FAILED);
  uc_fault_proxy_lift (self->anna->proxy);
  uc_fault_world_restart_device (self->world, self->anna);
  uc_fault_world_settle (self->world);
  check_server (self, "before|one|two|three");
  check_stores (self);
}

/* -- What comes over the stream -------------------------------------------------------- */

static const UcFault events[] = {
  { UC_FAULT_EVENT_DROP, "posted", 1 },
  { UC_FAULT_EVENT_DROP, "post_edited", 1 },
  { UC_FAULT_EVENT_DROP, "post_deleted", 1 },
  { UC_FAULT_EVENT_DROP, "reaction_added", 1 },
  { UC_FAULT_EVENT_DROP, "*", 3 },
  { UC_FAULT_EVENT_DOUBLE, "*", 5 },
  { UC_FAULT_EVENT_SWAP, "posted", 1 },
  { UC_FAULT_EVENT_SWAP, "*", 2 },
  { UC_FAULT_EVENT_CUT, "posted", 1 },
  { UC_FAULT_EVENT_CUT, "reaction_added", 1 },
  { UC_FAULT_EVENT_STALL, "posted", 1 },
};

static void
do_something (Fixture *self, guint n)
{
  const char      *channel_id = self->world->channel_ids[0];
  g_autofree char *text = g_strdup_printf ("%u for @%s", n, self->world->ben);
  g_autofree char *gone = g_strdup_printf ("%u gone", n);
  g_autofree char *changed = g_strdup_printf ("%u changed", n);
  g_autoptr (UcMessage) message = NULL;
  g_autoptr (UcMessage) other = NULL;
  UcSession *session = self->anna->client->session;

  send (self, text);
  message = uc_test_client_wait_for_text (self->anna->client, channel_id, text);
  send (self, gone);
  other = uc_test_client_wait_for_text (self->anna->client, channel_id, gone);
  uc_test_client_wait_outbox_empty (self->anna->client);
  uc_session_react (session, message, "tada", TRUE);
  uc_session_edit (session, message, changed);
  uc_session_delete (session, other);
  uc_test_client_wait_outbox_empty (self->anna->client);
}

static void
test_events (Fixture *self, gconstpointer unused)
{
  for (guint i = 0; i < G_N_ELEMENTS (events); i++) {
    uc_fault_proxy_put (self->ben->proxy, &events[i]);
    do_something (self, i);
    check_stores (self);
    g_assert_cmpuint (uc_fault_proxy_get_hits (self->ben->proxy, events[i].kind), >, 0);
  }
}

/* The other end says nothing any more and nobody closes: noticed within a minute. */
static void
test_half_open (Fixture *self, gconstpointer unused)
{
  UcSession *session = self->anna->client->session;
  guint      waited_s = 0;

  uc_fault_world_settle (self->world);
  uc_fault_proxy_stall_sockets (self->anna->proxy);
  while (uc_session_get_state (session) == UC_SYNC_LIVE && waited_s < 120) {
    uc_test_time_skip (1000);
    waited_s++;
    uc_fault_world_run (2);
  }
  g_test_message ("noticed after %u s", waited_s);
  g_assert_cmpuint (waited_s, <=, 60);
  do_something (self, 1);
  check_stores (self);
}

/* A stream that is resumed while one lives without it is caught up. */
static void
test_resumed_while_polling (Fixture *self, gconstpointer unused)
{
  UcTestClient *client = self->anna->client;

  uc_fault_world_settle (self->world);
  uc_fault_proxy_put (self->anna->proxy, &(UcFault){ UC_FAULT_RESET, "GET *websocket*", 1 });
  uc_fault_proxy_break_sockets (self->anna->proxy);
  uc_session_retry_now (client->session);
  uc_test_client_wait_for_state (client, UC_SYNC_POLLING);
  uc_session_retry_now (client->session);
  uc_test_client_wait_for_state (client, UC_SYNC_LIVE);
  do_something (self, 1);
  check_stores (self);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/integration/sync/faults/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("writing", test_writing);
  ADD ("long-limit", test_long_limit);
  ADD ("expired", test_expired);
  ADD ("events", test_events);
  ADD ("half-open", test_half_open);
  ADD ("resumed-while-polling", test_resumed_while_polling);
  return g_test_run ();
}
