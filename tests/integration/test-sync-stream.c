/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nothing is lost and nothing doubled on the stream, or without one. */

#include "config.h"

#include "uc-fault-proxy.h"
#include "uc-test-client.h"
#include "uc-test-server.h"
#include "uc-test.h"

#define SOCKET "GET /api/v4/websocket"
#define TEAMS  "GET /api/v4/users/me/teams "

typedef struct {
  UcTestServer *server;
  UcFaultProxy *proxy;
  UcTestClient *anna;
  char         *name;
  char         *ben;
  char         *channel_id;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = uc_test_server_new ();
  fixture->proxy = uc_fault_proxy_new (uc_test_server_get_port (fixture->server));
  fixture->name = uc_test_server_add_user (fixture->server, "anna");
  fixture->ben = uc_test_server_add_user (fixture->server, "ben");
  fixture->channel_id =
      uc_test_server_add_channel (fixture->server, "probe", fixture->name, fixture->ben, NULL);
  fixture->anna =
      uc_test_client_new (uc_fault_proxy_get_site (fixture->proxy),
                          uc_test_server_get_user_id (fixture->server, fixture->name),
                          uc_test_server_get_token (fixture->server, fixture->name), NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  uc_test_client_free (fixture->anna);
  uc_fault_proxy_free (fixture->proxy);
  uc_test_server_free (fixture->server);
  g_free (fixture->name);
  g_free (fixture->ben);
  g_free (fixture->channel_id);
}

static void
post (Fixture *fixture, const char *message)
{
  g_autofree char *post_id =
      uc_test_server_post (fixture->server, fixture->ben, fixture->channel_id, NULL, message);
}

static void
wait_for (Fixture *fixture, const char *text)
{
  g_autoptr (UcMessage) message =
      uc_test_client_wait_for_text (fixture->anna, fixture->channel_id, text);
}

/* The stored messages are these, and no hole is among them. */
static void
assert_stored (Fixture *fixture, const char *expected)
{
  g_autoptr (GPtrArray) messages = uc_test_client_load (fixture->anna, fixture->channel_id, 100);
  g_autoptr (GArray) spans = uc_test_client_load_spans (fixture->anna, fixture->channel_id);
  g_autoptr (GString) texts = g_string_new (NULL);

  for (guint i = 0; i < messages->len; i++)
    g_string_append_printf (texts, "%s%s", i > 0 ? "|" : "",
                            ((UcMessage *) g_ptr_array_index (messages, i))->post->message);
  g_assert_cmpstr (texts->str, ==, expected);
  g_assert_cmpuint (spans->len, ==, 1);
}

static void
assert_unread (Fixture *fixture, gint64 unread)
{
  UcChannelState *state = uc_test_client_load_channel (fixture->anna, fixture->channel_id);

  g_assert_cmpint (state->unread, ==, unread);
  uc_channel_state_free (state);
}

static void
test_gap (Fixture *fixture, gconstpointer data)
{
  uc_test_client_settle (fixture->anna);
  post (fixture, "one");
  wait_for (fixture, "one");
  uc_fault_proxy_drop_frame (fixture->proxy);
  post (fixture, "lost on the way");
  post (fixture, "three");
  wait_for (fixture, "three");
  uc_test_client_wait_for_state (fixture->anna, UC_SYNC_LIVE);
  uc_test_client_settle (fixture->anna);
  g_assert_cmpuint (uc_fault_proxy_count (fixture->proxy, SOCKET), >, 1);
  assert_stored (fixture, "one|lost on the way|three");
  assert_unread (fixture, 3);
}

static void
test_doubled (Fixture *fixture, gconstpointer data)
{
  uc_test_client_settle (fixture->anna);
  uc_fault_proxy_double_frame (fixture->proxy);
  post (fixture, "one");
  wait_for (fixture, "one");
  uc_fault_proxy_double_frame (fixture->proxy);
  post (fixture, "two");
  wait_for (fixture, "two");
  g_assert_cmpuint (uc_fault_proxy_count (fixture->proxy, SOCKET), ==, 1);
  assert_stored (fixture, "one|two");
  assert_unread (fixture, 2);
}

/* A short break costs no catching up: the server kept what was missed. */
static void
test_resume (Fixture *fixture, gconstpointer data)
{
  guint lists;

  uc_test_client_settle (fixture->anna);
  post (fixture, "one");
  wait_for (fixture, "one");
  lists = uc_fault_proxy_count (fixture->proxy, TEAMS);

  uc_fault_proxy_break_sockets (fixture->proxy);
  post (fixture, "two");
  post (fixture, "three");
  wait_for (fixture, "three");
  uc_test_client_settle (fixture->anna);
  assert_stored (fixture, "one|two|three");
  assert_unread (fixture, 3);
  g_assert_cmpuint (uc_fault_proxy_count (fixture->proxy, TEAMS), ==, lists);
}

/* Nothing missed: the answer to a ping is the only proof that it goes on. */
static void
test_resume_quietly (Fixture *fixture, gconstpointer data)
{
  guint lists;

  uc_test_client_settle (fixture->anna);
  post (fixture, "one");
  wait_for (fixture, "one");
  lists = uc_fault_proxy_count (fixture->proxy, TEAMS);
  uc_fault_proxy_break_sockets (fixture->proxy);
  uc_test_client_wait_for_state (fixture->anna, UC_SYNC_CONNECTING);
  uc_test_client_wait_for_state (fixture->anna, UC_SYNC_LIVE);
  g_assert_cmpuint (uc_fault_proxy_count (fixture->proxy, TEAMS), ==, lists);
  post (fixture, "two");
  wait_for (fixture, "two");
  assert_stored (fixture, "one|two");
}

static void
test_down_and_back (Fixture *fixture, gconstpointer data)
{
  uc_test_client_settle (fixture->anna);
  post (fixture, "one");
  wait_for (fixture, "one");
  uc_fault_proxy_set_down (fixture->proxy, TRUE);
  uc_test_client_wait_for_state (fixture->anna, UC_SYNC_OFFLINE);
  g_assert_nonnull (uc_session_get_state_reason (fixture->anna->session));
  g_assert_cmpint (uc_session_get_next_try_ms (fixture->anna->session), >, 0);

  for (int i = 0; i < 70; i++) {
    g_autofree char *text = g_strdup_printf ("missed %d", i);

    post (fixture, text);
  }
  uc_fault_proxy_set_down (fixture->proxy, FALSE);
  uc_session_retry_now (fixture->anna->session);
  uc_test_client_wait_for_state (fixture->anna, UC_SYNC_LIVE);
  wait_for (fixture, "missed 69");
  uc_test_client_settle (fixture->anna);
  assert_unread (fixture, 71);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  uc_fault_proxy_refuse_sockets (fixture->proxy, TRUE);
  post (fixture, "one");
  uc_test_client_start (fixture->anna);
  uc_test_client_wait_for_state (fixture->anna, UC_SYNC_POLLING);
  g_assert_nonnull (uc_session_get_state_reason (fixture->anna->session));
  wait_for (fixture, "one");
  uc_session_set_visible (fixture->anna->session, fixture->channel_id, FALSE);
  uc_test_client_settle (fixture->anna);
  assert_stored (fixture, "one");

  post (fixture, "two");
  wait_for (fixture, "two");
  uc_test_client_send (fixture->anna, fixture->channel_id, NULL, "three");
  wait_for (fixture, "three");
  uc_test_client_wait_outbox_empty (fixture->anna);
  uc_test_client_settle (fixture->anna);
  assert_stored (fixture, "one|two|three");

  /* As soon as the socket is to be had again. */
  uc_fault_proxy_refuse_sockets (fixture->proxy, FALSE);
  uc_session_retry_now (fixture->anna->session);
  uc_test_client_wait_for_state (fixture->anna, UC_SYNC_LIVE);
  post (fixture, "four");
  wait_for (fixture, "four");
  uc_test_client_settle (fixture->anna);
  assert_stored (fixture, "one|two|three|four");
}

/* The other end is gone and nobody says so. */
static void
test_dead_peer (Fixture *fixture, gconstpointer data)
{
  uc_test_client_settle (fixture->anna);
  post (fixture, "one");
  wait_for (fixture, "one");
  uc_fault_proxy_stall_sockets (fixture->proxy);
  post (fixture, "two");
  /* A person, or the network monitor, has a doubt: within seconds it is certain. */
  uc_session_retry_now (fixture->anna->session);
  wait_for (fixture, "two");
  uc_test_client_settle (fixture->anna);
  g_assert_cmpuint (uc_fault_proxy_count (fixture->proxy, SOCKET), ==, 2);
  assert_stored (fixture, "one|two");
}

/* Up and down and up again, while both sides write. */
static void
test_flapping (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) expected = g_string_new (NULL);
  g_auto (GStrv) texts = NULL;
  g_autofree char *joined = NULL;

  uc_test_client_settle (fixture->anna);
  for (int i = 0; i < 6; i++) {
    g_autofree char *theirs = g_strdup_printf ("theirs %d", i);
    g_autofree char *mine = g_strdup_printf ("mine %d", i);

    uc_fault_proxy_set_down (fixture->proxy, TRUE);
    post (fixture, theirs);
    uc_test_client_send (fixture->anna, fixture->channel_id, NULL, mine);
    uc_fault_proxy_set_down (fixture->proxy, FALSE);
    uc_session_retry_now (fixture->anna->session);
    uc_test_client_wait_outbox_empty (fixture->anna);
    g_string_append_printf (expected, "%s%s|%s", i > 0 ? "|" : "", theirs, mine);
  }
  uc_test_client_wait_for_state (fixture->anna, UC_SYNC_LIVE);
  uc_test_client_settle (fixture->anna);
  texts = uc_test_server_dup_texts (fixture->server, fixture->channel_id);
  joined = g_strjoinv ("|", texts);
  g_assert_cmpstr (joined, ==, expected->str);
  assert_stored (fixture, expected->str);
}

static gint64
get_wait_ms (Fixture *fixture)
{
  return uc_session_get_next_try_ms (fixture->anna->session) - g_get_real_time () / 1000;
}

static gboolean
is_offline_for_long (gpointer user_data)
{
  Fixture *fixture = user_data;

  if (uc_session_get_state (fixture->anna->session) == UC_SYNC_OFFLINE &&
      get_wait_ms (fixture) > 20000)
    return TRUE;
  uc_session_retry_now (fixture->anna->session);
  return FALSE;
}

/* A network that comes back ends a long wait. */
static void
test_network_back (Fixture *fixture, gconstpointer data)
{
  uc_test_client_settle (fixture->anna);
  uc_fault_proxy_set_down (fixture->proxy, TRUE);
  post (fixture, "meanwhile");
  uc_test_wait_until (is_offline_for_long, fixture, 20000);
  uc_fault_proxy_set_down (fixture->proxy, FALSE);
  g_signal_emit_by_name (g_network_monitor_get_default (), "network-changed", TRUE);
  g_assert_cmpint (get_wait_ms (fixture), <=, 3000);
  uc_test_client_wait_for_state (fixture->anna, UC_SYNC_LIVE);
  wait_for (fixture, "meanwhile");
}

static void
count_posted_cb (UcSession *session, gpointer message, gboolean mentions_me, guint *n)
{
  (*n)++;
}

/* The flag switches at once, both ways. What nobody looks at is asked for less often
 * then, and heard of all the same. */
static void
test_flag (Fixture *fixture, gconstpointer data)
{
  guint n_posted = 0;

  uc_test_client_settle (fixture->anna);
  g_assert_cmpint (uc_session_get_state (fixture->anna->session), ==, UC_SYNC_LIVE);
  g_signal_connect (fixture->anna->session, "posted", G_CALLBACK (count_posted_cb), &n_posted);

  uc_flags_set_override (fixture->anna->flags, UC_FLAG_realtime_features, 0);
  uc_test_client_wait_for_state (fixture->anna, UC_SYNC_POLLING);
  uc_test_client_settle (fixture->anna);
  post (fixture, "by asking");
  wait_for (fixture, "by asking");
  g_assert_cmpuint (n_posted, ==, 1);
  g_assert_cmpuint (uc_fault_proxy_count (fixture->proxy, SOCKET), ==, 1);

  uc_flags_set_override (fixture->anna->flags, UC_FLAG_realtime_features, 1);
  uc_test_client_wait_for_state (fixture->anna, UC_SYNC_LIVE);
  post (fixture, "pushed");
  wait_for (fixture, "pushed");
  uc_test_client_settle (fixture->anna);
  assert_stored (fixture, "by asking|pushed");
}

/* A login page where the server should be: nothing is taken for an empty account. */
static void
test_portal (Fixture *fixture, gconstpointer data)
{
  post (fixture, "stays");
  uc_test_client_settle (fixture->anna);
  uc_fault_proxy_answer (fixture->proxy, "GET /api/v4/",
                         "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 20\r\n\r\n"
                         "<html>Welcome</html>");
  uc_fault_proxy_break_sockets (fixture->proxy);
  uc_test_client_wait_for_state (fixture->anna, UC_SYNC_OFFLINE);
  assert_stored (fixture, "stays");
  uc_fault_proxy_answer (fixture->proxy, NULL, NULL);
  uc_session_retry_now (fixture->anna->session);
  uc_test_client_wait_for_state (fixture->anna, UC_SYNC_LIVE);
  assert_stored (fixture, "stays");
}

static guint
count_pages (Fixture *fixture, const char *kind)
{
  g_autofree char *head =
      g_strdup_printf ("GET /api/v4/channels/%s/posts?%s", fixture->channel_id, kind);

  return uc_fault_proxy_count (fixture->proxy, head);
}

/* A start with everything known asks what has changed, and for no page: what is stored
 * still reaches the present, and goes on with what is pushed. */
static void
test_nothing_new (Fixture *fixture, gconstpointer data)
{
  guint n_pages;

  post (fixture, "one");
  uc_test_client_settle (fixture->anna);
  n_pages = count_pages (fixture, "page");
  uc_session_stop (fixture->anna->session);
  uc_test_client_settle (fixture->anna);
  g_assert_cmpuint (count_pages (fixture, "since"), ==, 1);
  g_assert_cmpuint (count_pages (fixture, "page"), ==, n_pages);
  post (fixture, "two");
  wait_for (fixture, "two");
  assert_stored (fixture, "one|two");

  uc_session_stop (fixture->anna->session);
  post (fixture, "three");
  uc_test_client_settle (fixture->anna);
  g_assert_cmpuint (count_pages (fixture, "page"), ==, n_pages + 1);
  assert_stored (fixture, "one|two|three");
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*run) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "gap", test_gap },
    { "doubled", test_doubled },
    { "resume", test_resume },
    { "resume-quietly", test_resume_quietly },
    { "down-and-back", test_down_and_back },
    { "dead-peer", test_dead_peer },
    { "flapping", test_flapping },
    { "network-back", test_network_back },
    { "refused", test_refused },
    { "flag", test_flag },
    { "portal", test_portal },
    { "nothing-new", test_nothing_new },
  };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path = g_strconcat ("/integration/sync/stream/", tests[i].name, NULL);

    g_test_add (path, Fixture, NULL, set_up, tests[i].run, tear_down);
  }
  return g_test_run ();
}
