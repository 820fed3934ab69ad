/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search as a list, with a real server behind it: what it adds, marks and tells. */

#include "config.h"

#include "uc-search.h"

#include "uc-fault-proxy.h"
#include "uc-search-private.h"
#include "uc-test-client.h"
#include "uc-test-server.h"
#include "uc-test.h"

/* More than is read of a channel at first. */
#define N_LATER 150

typedef struct {
  UcTestServer *server;
  UcFaultProxy *proxy;
  char         *anna;
  char         *ben;
  char         *channel_id;
  UcTestClient *client;
  UcSearch     *search;
  GString      *states; /* a letter for each that the server's part was in */
} Fixture;

static void
server_cb (Fixture *fixture)
{
  g_string_append_c (fixture->states, "nOadf"[uc_search_get_server (fixture->search)]);
}

static void
post (Fixture *fixture, const char *message)
{
  g_autofree char *id =
      uc_test_server_post (fixture->server, fixture->ben, fixture->channel_id, NULL, message);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = uc_test_server_new ();
  fixture->proxy = uc_fault_proxy_new (uc_test_server_get_port (fixture->server));
  fixture->anna = uc_test_server_add_user (fixture->server, "anna");
  fixture->ben = uc_test_server_add_user (fixture->server, "ben");
  fixture->channel_id =
      uc_test_server_add_channel (fixture->server, "probe", fixture->anna, fixture->ben, NULL);
  post (fixture, "a zebra in the barn");
  post (fixture, "zebra crossing");
  for (int i = 0; i < N_LATER; i++) {
    g_autofree char *text = g_strdup_printf ("later %d", i);

    post (fixture, text);
  }
  post (fixture, "another zebra");
  fixture->client =
      uc_test_client_new (uc_fault_proxy_get_site (fixture->proxy),
                          uc_test_server_get_user_id (fixture->server, fixture->anna),
                          uc_test_server_get_token (fixture->server, fixture->anna), NULL);
  fixture->search = uc_search_new (fixture->client->session);
  _uc_search_set_delays (fixture->search, 0, 0);
  fixture->states = g_string_new (NULL);
  g_signal_connect_swapped (fixture->search, "notify::server", G_CALLBACK (server_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  uc_search_set_query (fixture->search, "");
  g_object_unref (fixture->search);
  g_string_free (fixture->states, TRUE);
  uc_test_client_free (fixture->client);
  uc_fault_proxy_free (fixture->proxy);
  uc_test_server_free (fixture->server);
  g_free (fixture->anna);
  g_free (fixture->ben);
  g_free (fixture->channel_id);
}

static gboolean
is_done (gpointer user_data)
{
  return uc_search_get_server (user_data) == UC_SEARCH_SERVER_DONE;
}

static gboolean
is_failed (gpointer user_data)
{
  return uc_search_get_server (user_data) == UC_SEARCH_SERVER_FAILED;
}

static gboolean
is_offline (gpointer user_data)
{
  return uc_search_get_server (user_data) == UC_SEARCH_SERVER_OFFLINE;
}

/* "." for what was stored, "s" for what only the server had. */
static void
assert_marks (Fixture *fixture, const char *expected)
{
  GListModel *model = G_LIST_MODEL (fixture->search);
  g_autoptr (GString) marks = g_string_new (NULL);
  gint64 seq = G_MAXINT64;

  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (UcSearchItem) item = g_list_model_get_item (model, i);

    g_string_append_c (marks, uc_search_item_is_from_server (item) ? 's' : '.');
    g_assert_cmpint (uc_search_item_get_message (item)->seq, <, seq);
    g_assert_nonnull (strchr (uc_search_item_get_snippet (item), '\002'));
    seq = uc_search_item_get_message (item)->seq;
  }
  g_assert_cmpstr (marks->str, ==, expected);
}

static void
test_merged (Fixture *fixture, gconstpointer data)
{
  uc_test_client_settle (fixture->client);
  uc_search_set_query (fixture->search, "zebra");
  uc_test_wait_until (is_done, fixture->search, 20000);
  assert_marks (fixture, ".ss");
  g_assert_cmpuint (uc_search_get_n_from_server (fixture->search), ==, 2);
  g_assert_cmpstr (fixture->states->str, ==, "ad");
  /* They are stored by now: the next time they are found here. */
  uc_search_set_query (fixture->search, "");
  uc_search_set_query (fixture->search, "zebra");
  uc_test_wait_until (is_done, fixture->search, 20000);
  assert_marks (fixture, "...");
  g_assert_cmpstr (fixture->states->str, ==, "adnad");
}

/* Whoever asks too early is told, and answered when that can be. */
static void
test_offline_then_live (Fixture *fixture, gconstpointer data)
{
  uc_search_set_query (fixture->search, "zebra");
  uc_test_wait_until (is_offline, fixture->search, 20000);
  uc_test_client_settle (fixture->client);
  uc_test_wait_until (is_done, fixture->search, 20000);
  g_assert_cmpstr (fixture->states->str, ==, "Oad");
  /* What was caught up with is there as well. */
  assert_marks (fixture, ".ss");
}

static void
test_failed_then_retried (Fixture *fixture, gconstpointer data)
{
  uc_test_client_settle (fixture->client);
  uc_fault_proxy_answer (fixture->proxy, "POST /api/v4/posts/search ",
                         "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 5\r\n\r\nsorry");
  uc_search_set_query (fixture->search, "zebra");
  uc_test_wait_until (is_failed, fixture->search, 20000);
  assert_marks (fixture, ".");
  uc_fault_proxy_answer (fixture->proxy, NULL, NULL);
  uc_search_retry_server (fixture->search);
  uc_test_wait_until (is_done, fixture->search, 20000);
  assert_marks (fixture, ".ss");
  g_assert_cmpstr (fixture->states->str, ==, "afad");
}

/* One letter more, and the answer to what was asked before is not waited for. */
static void
test_typed_on (Fixture *fixture, gconstpointer data)
{
  uc_test_client_settle (fixture->client);
  uc_search_set_query (fixture->search, "later");
  uc_search_set_query (fixture->search, "zebra");
  uc_search_set_query (fixture->search, "zebra crossing");
  uc_test_wait_until (is_done, fixture->search, 20000);
  assert_marks (fixture, "s");
  g_assert_cmpuint (uc_fault_proxy_count (fixture->proxy, "POST /api/v4/posts/search "), ==, 1);
}

/* Without the flag nobody is asked. */
static void
test_plain (Fixture *fixture, gconstpointer data)
{
  uc_test_client_settle (fixture->client);
  uc_flags_set_override (fixture->client->flags, UC_FLAG_advanced_search, 0);
  uc_search_set_query (fixture->search, "zebra");
  while (!uc_search_is_settled (fixture->search))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (uc_search_get_server (fixture->search), ==, UC_SEARCH_SERVER_NONE);
  assert_marks (fixture, ".");
  /* At once, while the results are there. */
  uc_flags_set_override (fixture->client->flags, UC_FLAG_advanced_search, -1);
  uc_test_wait_until (is_done, fixture->search, 20000);
  assert_marks (fixture, ".ss");
  g_assert_cmpuint (uc_fault_proxy_count (fixture->proxy, "POST /api/v4/posts/search "), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(path, func) g_test_add ("/view/search/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("merged", test_merged);
  ADD ("offline-then-live", test_offline_then_live);
  ADD ("failed-then-retried", test_failed_then_retried);
  ADD ("typed-on", test_typed_on);
  ADD ("plain", test_plain);
#undef ADD
  return g_test_run ();
}
