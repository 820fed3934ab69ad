/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two hundred messages are sent while the client, or the server, is killed at ten random
 * moments: each arrives once, and in order. The client that is killed is this program
 * again, as a process of its own. */

#include "config.h"

#include "uc-fault-proxy.h"
#include "uc-test-client.h"
#include "uc-test-server.h"
#include "uc-test.h"

#include <signal.h>

#define POST       "POST /api/v4/posts "
#define N_MESSAGES 200
#define N_KILLS    10

static const char *own_path;

typedef struct {
  UcTestServer *server;
  UcFaultProxy *proxy;
  char         *name;
  char         *dir;
  char         *channel_id;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = uc_test_server_new ();
  fixture->proxy = uc_fault_proxy_new (uc_test_server_get_port (fixture->server));
  fixture->name = uc_test_server_add_user (fixture->server, "anna");
  fixture->dir = uc_test_dup_temp_dir ();
  fixture->channel_id = uc_test_server_add_channel (fixture->server, "probe", fixture->name, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  uc_fault_proxy_free (fixture->proxy);
  uc_test_server_free (fixture->server);
  g_free (fixture->name);
  g_free (fixture->dir);
  g_free (fixture->channel_id);
}

static UcTestClient *
new_client (Fixture *fixture)
{
  return uc_test_client_new (uc_fault_proxy_get_site (fixture->proxy),
                             uc_test_server_get_user_id (fixture->server, fixture->name),
                             uc_test_server_get_token (fixture->server, fixture->name),
                             fixture->dir);
}

static void
queue_all (UcTestClient *client, const char *channel_id)
{
  for (int i = 0; i < N_MESSAGES; i++) {
    g_autofree char *text = g_strdup_printf ("%d", i);

    uc_test_client_send (client, channel_id, NULL, text);
  }
}

static int
compare_counts (gconstpointer a, gconstpointer b)
{
  return *(const guint *) a < *(const guint *) b ? -1 : *(const guint *) a > *(const guint *) b;
}

/* After how many requests each kill comes. */
static void
draw_kills (guint *kills)
{
  for (guint i = 0; i < N_KILLS; i++)
    kills[i] = (guint) g_test_rand_int_range (1, N_MESSAGES - 5);
  qsort (kills, N_KILLS, sizeof *kills, compare_counts);
}

static void
assert_arrived (Fixture *fixture)
{
  g_auto (GStrv) texts = uc_test_server_dup_texts (fixture->server, fixture->channel_id);

  g_assert_cmpuint (g_strv_length (texts), ==, N_MESSAGES);
  for (int i = 0; i < N_MESSAGES; i++) {
    g_autofree char *text = g_strdup_printf ("%d", i);

    g_assert_cmpstr (texts[i], ==, text);
  }
}

/* -- The client that is killed ----------------------------------------------------------- */

/* The whole life of a child: opens the store, sends what waits, goes. */
static int
drain (char **args)
{
  g_autoptr (UcTestClient) client = uc_test_client_new (args[0], args[1], args[2], args[3]);

  uc_test_client_start (client);
  uc_test_client_wait_outbox_empty (client);
  return 0;
}

static GSubprocess *
start_child (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GSubprocess *child = g_subprocess_new (
      G_SUBPROCESS_FLAGS_NONE, &error, own_path, "--drain",
      uc_fault_proxy_get_site (fixture->proxy),
      uc_test_server_get_user_id (fixture->server, fixture->name),
      uc_test_server_get_token (fixture->server, fixture->name), fixture->dir, NULL);

  g_assert_no_error (error);
  return child;
}

static void
kill_child (GSubprocess *child)
{
  g_subprocess_send_signal (child, SIGKILL);
  g_subprocess_wait (child, NULL, NULL);
  g_assert_true (g_subprocess_get_if_signaled (child));
}

static void
test_client (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcTestClient) client = new_client (fixture);
  g_autoptr (GSubprocess) last = NULL;
  g_autoptr (GAsyncResult) ended = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  guint kills[N_KILLS];

  uc_test_client_settle (client);
  uc_session_stop (client->session);
  queue_all (client, fixture->channel_id);
  g_clear_pointer (&client, uc_test_client_free);

  draw_kills (kills);
  for (guint i = 0; i < N_KILLS; i++) {
    g_autoptr (GSubprocess) child = start_child (fixture);
    guint at =
        uc_fault_proxy_count (fixture->proxy, POST) + (i > 0 ? kills[i] - kills[i - 1] : kills[0]);

    while (uc_fault_proxy_count (fixture->proxy, POST) < at)
      g_main_context_iteration (NULL, TRUE);
    kill_child (child);
  }

  last = start_child (fixture);
  g_subprocess_wait_async (last, NULL, uc_test_result_cb, &ended);
  g_subprocess_wait_finish (last, uc_test_wait_result (&ended), NULL);
  g_assert_true (g_subprocess_get_if_exited (last));
  g_assert_cmpint (g_subprocess_get_exit_status (last), ==, 0);
  assert_arrived (fixture);

  client = new_client (fixture);
  rows = uc_test_client_load_outbox (client);
  g_assert_cmpuint (rows->len, ==, 0);
}

/* -- The server that is killed -------------------------------------------------------------- */

static gboolean
is_not_live (gpointer user_data)
{
  UcTestClient *client = user_data;

  return uc_session_get_state (client->session) != UC_SYNC_LIVE;
}

static void
test_server (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcTestClient) client = new_client (fixture);
  guint kills[N_KILLS];

  uc_test_client_settle (client);
  uc_session_stop (client->session);
  queue_all (client, fixture->channel_id);

  draw_kills (kills);
  uc_test_client_start (client);
  for (guint i = 0; i < N_KILLS; i++) {
    guint at =
        uc_fault_proxy_count (fixture->proxy, POST) + (i > 0 ? kills[i] - kills[i - 1] : kills[0]);

    while (uc_fault_proxy_count (fixture->proxy, POST) < at)
      g_main_context_iteration (NULL, TRUE);
    uc_test_server_kill (fixture->server);
    uc_test_wait_until (is_not_live, client, 20000);
    uc_test_server_restart (fixture->server);
    uc_session_retry_now (client->session);
  }
  uc_test_client_wait_outbox_empty (client);
  assert_arrived (fixture);
}

static gboolean
has_swallowed (gpointer user_data)
{
  return uc_fault_proxy_has_swallowed (user_data);
}

/* The server has committed the message, and dies before it can say so. */
static void
test_after_commit (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcTestClient) client = new_client (fixture);
  g_auto (GStrv) texts = NULL;

  uc_test_client_settle (client);
  uc_fault_proxy_swallow_answer_to (fixture->proxy, POST);
  uc_fault_proxy_go_down_with_answer (fixture->proxy);
  uc_test_client_send (client, fixture->channel_id, NULL, "once");
  uc_test_client_send (client, fixture->channel_id, NULL, "then this");
  uc_test_wait_until (has_swallowed, fixture->proxy, 20000);
  uc_test_server_kill (fixture->server);
  uc_test_server_restart (fixture->server);
  uc_fault_proxy_set_down (fixture->proxy, FALSE);
  uc_session_retry_now (client->session);
  uc_test_client_wait_outbox_empty (client);

  texts = uc_test_server_dup_texts (fixture->server, fixture->channel_id);
  g_assert_cmpuint (g_strv_length (texts), ==, 2);
  g_assert_cmpstr (texts[0], ==, "once");
  g_assert_cmpstr (texts[1], ==, "then this");
}

int
main (int argc, char **argv)
{
  own_path = argv[0];
  if (argc == 6 && g_str_equal (argv[1], "--drain"))
    return drain (argv + 2);

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add ("/integration/sync/kill/client", Fixture, NULL, set_up, test_client, tear_down);
  /* Another's server is not ours to kill. */
  if (g_getenv ("UC_TEST_SERVER_URL") == NULL) {
    g_test_add ("/integration/sync/kill/server", Fixture, NULL, set_up, test_server, tear_down);
    g_test_add ("/integration/sync/kill/after-commit", Fixture, NULL, set_up, test_after_commit,
                tear_down);
  }
  return g_test_run ();
}
