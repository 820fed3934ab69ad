/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the server finds beyond the store, against a real server. */

#include "config.h"

#include "uc-error.h"
#include "uc-fault-proxy.h"
#include "uc-store-search.h"
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
  char         *old_id;
  char         *link_id;
  char         *new_id;
  char         *other_ids[5];
} Fixture;

static const char *const others[] = { "giraffe #oddtag", "a walrus on the ice", "penguins",
                                      "an ostrich", "a red fox jumps" };

static char *
post (Fixture *fixture, const char *message)
{
  return uc_test_server_post (fixture->server, fixture->ben, fixture->channel_id, NULL, message);
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
  fixture->old_id = post (fixture, "a zebra in the barn");
  fixture->link_id = post (fixture, "zebra: https://example.org/zebra");
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    fixture->other_ids[i] = post (fixture, others[i]);
  for (int i = 0; i < N_LATER; i++) {
    g_autofree char *text = g_strdup_printf ("later %d", i);
    g_autofree char *later_id = post (fixture, text);
  }
  fixture->new_id = post (fixture, "another zebra");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  uc_fault_proxy_free (fixture->proxy);
  uc_test_server_free (fixture->server);
  g_free (fixture->anna);
  g_free (fixture->ben);
  g_free (fixture->channel_id);
  g_free (fixture->old_id);
  g_free (fixture->link_id);
  g_free (fixture->new_id);
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    g_free (fixture->other_ids[i]);
}

static UcTestClient *
new_client (Fixture *fixture)
{
  return uc_test_client_new (uc_fault_proxy_get_site (fixture->proxy),
                             uc_test_server_get_user_id (fixture->server, fixture->anna),
                             uc_test_server_get_token (fixture->server, fixture->anna), NULL);
}

static GStrv
ask (UcTestClient *client, const char *query, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  uc_session_search_server_async (client->session, query, NULL, uc_test_result_cb, &result);
  return uc_session_search_server_finish (client->session, uc_test_wait_result (&result), error);
}

static void
assert_asked (UcTestClient *client, const char *query, const char *one_id, const char *other_id)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) ids = ask (client, query, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (ids), ==, (one_id != NULL) + (other_id != NULL));
  g_assert_true (one_id == NULL || g_strv_contains ((const char *const *) ids, one_id));
  g_assert_true (other_id == NULL || g_strv_contains ((const char *const *) ids, other_id));
}

static guint
count_found (UcTestClient *client, const char *query)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hits = NULL;

  uc_store_search_async (client->store, query, uc_session_get_user_id (client->session),
                         UC_SEARCH_NEWEST, 0, 50, NULL, uc_test_result_cb, &result);
  hits = uc_store_search_finish (client->store, uc_test_wait_result (&result), &error);
  g_assert_no_error (error);
  return hits->len;
}

static void
test_more (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcTestClient) client = new_client (fixture);
  g_autoptr (GArray) before = NULL;
  g_autoptr (GArray) after = NULL;

  uc_test_client_settle (client);
  g_assert_cmpuint (count_found (client, "zebra"), ==, 1);
  before = uc_test_client_load_spans (client, fixture->channel_id);
  assert_asked (client, "zebra", fixture->old_id, fixture->link_id);
  g_assert_cmpuint (count_found (client, "zebra"), ==, 3);
  /* They prove nothing about what lies between them. */
  after = uc_test_client_load_spans (client, fixture->channel_id);
  g_assert_cmpuint (after->len, ==, before->len);
  g_assert_cmpint (g_array_index (after, UcSpan, 0).lo_seq, ==,
                   g_array_index (before, UcSpan, 0).lo_seq);
  assert_asked (client, "zebra", NULL, NULL);
}

static void
test_own_operators (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcTestClient) client = new_client (fixture);
  g_autofree char *from = g_strdup_printf ("from:%s zebra -barn", fixture->ben);

  uc_test_client_settle (client);
  assert_asked (client, "zebra has:link", fixture->link_id, NULL);
  assert_asked (client, "zebra is:pinned", NULL, NULL);
  assert_asked (client, "zebra from:nobody", NULL, NULL);
  assert_asked (client, from, NULL, NULL);
  assert_asked (client, "barn OR nothing", NULL, NULL);
}

/* What goes out in the server's own language. */
static void
test_language (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcTestClient) client = new_client (fixture);
  g_autofree char *from =
      g_strdup_printf ("from:%s on:today ostrich OR nobody -zebra", fixture->ben);

  uc_test_client_settle (client);
  assert_asked (client, "ostrich before:yesterday", NULL, NULL);
  assert_asked (client, "#oddtag", fixture->other_ids[0], NULL);
  /* It would give what either finds: not all that has the tag is meant. */
  assert_asked (client, "#oddtag walrus", NULL, NULL);
  assert_asked (client, "\"on the ice\"", fixture->other_ids[1], NULL);
  assert_asked (client, "\"ice the on\"", NULL, NULL);
  assert_asked (client, "fox -\"jumps red\"", fixture->other_ids[4], NULL);
  assert_asked (client, "fox -\"red fox\"", NULL, NULL);
  assert_asked (client, "peng*", fixture->other_ids[2], NULL);
  assert_asked (client, from, fixture->other_ids[3], NULL);
}

/* Of what is asked for in part, only what is meant as a whole counts. */
static void
test_partial (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcTestClient) client = new_client (fixture);

  uc_test_client_settle (client);
  assert_asked (client, "zebra *exam", fixture->link_id, NULL);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcTestClient) client = new_client (fixture);
  g_autoptr (GError) offline = NULL;
  g_autoptr (GError) invalid = NULL;

  g_assert_null (ask (client, "zebra", &offline));
  g_assert_error (offline, UC_ERROR, UC_ERROR_OFFLINE);
  uc_test_client_settle (client);
  g_assert_null (ask (client, "on:someday", &invalid));
  g_assert_error (invalid, UC_ERROR, UC_ERROR_INVALID);
}

/* A server that searches team by team, and one that asks to wait. */
static void
test_by_team (Fixture *fixture, gconstpointer data)
{
  static const char *const all = "POST /api/v4/posts/search ";
  g_autoptr (UcTestClient) client = new_client (fixture);
  g_autofree char *one = g_strdup_printf ("POST /api/v4/teams/%s/posts/search ",
                                          uc_test_server_get_team_id (fixture->server));
  g_autoptr (GError) error = NULL;

  uc_test_client_settle (client);
  uc_fault_proxy_answer (fixture->proxy, all,
                         "HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\n"
                         "Content-Length: 52\r\n\r\n"
                         "{\"id\":\"api.context.404.app_error\",\"status_code\":404}");
  assert_asked (client, "zebra barn", fixture->old_id, NULL);
  assert_asked (client, "zebra has:link", fixture->link_id, NULL);
  /* That it cannot is learned once. */
  g_assert_cmpuint (uc_fault_proxy_count (fixture->proxy, all), ==, 1);
  g_assert_cmpuint (uc_fault_proxy_count (fixture->proxy, one), ==, 2);

  uc_fault_proxy_answer (fixture->proxy, NULL, NULL);
  uc_fault_proxy_answer (fixture->proxy, one,
                         "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 30\r\n"
                         "Content-Length: 15\r\n\r\nlimit exceeded\n");
  g_assert_null (ask (client, "later", &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_RATE_LIMITED);
  uc_fault_proxy_answer (fixture->proxy, NULL, NULL);
}

static void
test_called_off (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcTestClient) client = new_client (fixture);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  uc_test_client_settle (client);
  uc_session_search_server_async (client->session, "zebra", cancellable, uc_test_result_cb,
                                  &result);
  g_cancellable_cancel (cancellable);
  g_assert_null (
      uc_session_search_server_finish (client->session, uc_test_wait_result (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(path, func) g_test_add ("/sync/search/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("more", test_more);
  ADD ("own-operators", test_own_operators);
  ADD ("language", test_language);
  ADD ("partial", test_partial);
  ADD ("refused", test_refused);
  ADD ("by-team", test_by_team);
  ADD ("called-off", test_called_off);
#undef ADD
  return g_test_run ();
}
