/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Old history on demand, against a real server: a day, holes, a long thread. */

#include "config.h"

#include "uc-error.h"
#include "uc-test-client.h"
#include "uc-test-server.h"
#include "uc-test.h"

#include <string.h>

#define DAY_MS (24 * 60 * 60 * G_GINT64_CONSTANT (1000))
/* 2026-01-01 */
#define BEGIN_MS    G_GINT64_CONSTANT (1767225600000)
#define N_DAYS      90
#define DAY_POSTS   4
#define N_REPLIES   1000
#define SILENT_DAYS 5

typedef struct {
  UcTestServer *server;
  char         *anna;
  char         *ben;
  char         *channel_id;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = uc_test_server_new ();
  fixture->anna = uc_test_server_add_user (fixture->server, "anna");
  fixture->ben = uc_test_server_add_user (fixture->server, "ben");
  fixture->channel_id =
      uc_test_server_add_channel (fixture->server, "probe", fixture->anna, fixture->ben, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  uc_test_server_free (fixture->server);
  g_free (fixture->anna);
  g_free (fixture->ben);
  g_free (fixture->channel_id);
}

static UcTestClient *
new_client (Fixture *fixture, const char *username)
{
  return uc_test_client_new (uc_test_server_get_site (fixture->server),
                             uc_test_server_get_user_id (fixture->server, username),
                             uc_test_server_get_token (fixture->server, username), NULL);
}

/* Only an administrator may say when it was. */
static void
post_at (Fixture *fixture, gint64 at_ms, const char *message)
{
  g_autofree char *body = g_strdup_printf ("{\"channel_id\":\"%s\",\"message\":\"%s\","
                                           "\"create_at\":%" G_GINT64_FORMAT "}",
                                           fixture->channel_id, message, at_ms);
  g_autoptr (JsonNode) answer =
      uc_test_server_call (fixture->server, NULL, "POST", "/posts", body, 201);
}

/* Days of the year, four posts each; every sixth is followed by five silent ones. */
static gboolean
is_silent (int day)
{
  return day % 6 >= 6 - SILENT_DAYS + 4;
}

static void
post_days (Fixture *fixture)
{
  for (int day = 0; day < N_DAYS; day++) {
    for (int i = 0; i < DAY_POSTS && !is_silent (day); i++) {
      g_autofree char *text = g_strdup_printf ("day %d.%d", day, i);

      post_at (fixture, BEGIN_MS + day * DAY_MS + (i + 1) * 1000, text);
    }
  }
}

static char *
dup_date_text (UcTestClient *client, const char *channel_id, gint64 time_ms)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (UcMessage) message = NULL;

  uc_session_load_date_async (client->session, channel_id, time_ms, NULL, uc_test_result_cb,
                              &result);
  message = uc_session_load_date_finish (client->session, uc_test_wait_result (&result), &error);
  g_assert_no_error (error);
  return g_strdup (message->post->message);
}

static void
test_date (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcTestClient) anna = new_client (fixture, fixture->anna);
  const int days[] = { 3, 41, 8, 0, 72, 10, N_DAYS - 3 };

  post_days (fixture);
  uc_test_client_settle (anna);
  for (guint i = 0; i < G_N_ELEMENTS (days); i++) {
    g_autofree char *text = dup_date_text (anna, fixture->channel_id, BEGIN_MS + days[i] * DAY_MS);
    int              day = days[i];

    while (is_silent (day))
      day++;
    g_autofree char *expected = g_strdup_printf ("day %d.0", day);
    g_assert_cmpstr (text, ==, expected);
  }
  {
    g_autofree char *middle =
        dup_date_text (anna, fixture->channel_id, BEGIN_MS + 20 * DAY_MS + 2500);
    g_autofree char *after =
        dup_date_text (anna, fixture->channel_id, g_get_real_time () / 1000 + DAY_MS);

    g_assert_cmpstr (middle, ==, "day 20.2");
    /* Nothing is as new: the newest there is, which tells who joined. */
    g_assert_false (g_str_has_prefix (after, "day "));
  }
}

/* Without the server what is stored must do. */
static void
test_date_offline (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcTestClient) anna = new_client (fixture, fixture->anna);
  g_autofree char *text = NULL;

  if (g_getenv ("UC_TEST_SERVER_URL") != NULL) {
    g_test_message ("Left out: the server is not ours to kill.");
    return;
  }
  post_days (fixture);
  uc_test_client_settle (anna);
  uc_test_server_kill (fixture->server);
  text = dup_date_text (anna, fixture->channel_id, BEGIN_MS + 3 * DAY_MS);
  g_assert_true (g_str_has_prefix (text, "day "));
  g_assert_cmpstr (text, !=, "day 3.0");
}

/* -- Holes ------------------------------------------------------------------------------- */

typedef struct {
  UcTestClient *client;
  const char   *channel_id;
  gint64        seq;
  UcHoleState   wanted;
} HoleWait;

static gboolean
is_hole_so (gpointer user_data)
{
  HoleWait *wait = user_data;

  return uc_session_get_hole (wait->client->session, wait->channel_id, wait->seq, NULL) ==
         wait->wanted;
}

static void
wait_for_hole (UcTestClient *client, const char *channel_id, gint64 seq, UcHoleState wanted)
{
  HoleWait wait = { client, channel_id, seq, wanted };

  uc_test_wait_until (is_hole_so, &wait, 30000);
}

static gint64
get_lo (UcTestClient *client, const char *channel_id, guint i)
{
  g_autoptr (GArray) spans = uc_test_client_load_spans (client, channel_id);

  g_assert_cmpuint (spans->len, >, i);
  return g_array_index (spans, UcSpan, i).lo_seq;
}

/* Two holes in view: both are filled, and both wait when nobody is there. */
static void
test_two_holes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcTestClient) anna = new_client (fixture, fixture->anna);
  g_autofree char *text = NULL;
  gint64           upper, lower;

  post_days (fixture);
  uc_test_client_settle (anna);
  text = dup_date_text (anna, fixture->channel_id, BEGIN_MS + 40 * DAY_MS);
  upper = get_lo (anna, fixture->channel_id, 0);
  lower = get_lo (anna, fixture->channel_id, 1);

  if (g_getenv ("UC_TEST_SERVER_URL") == NULL) {
    uc_test_server_kill (fixture->server);
    uc_session_fill_hole (anna->session, fixture->channel_id, upper);
    uc_session_fill_hole (anna->session, fixture->channel_id, lower);
    g_assert_cmpint (uc_session_get_hole (anna->session, fixture->channel_id, upper, NULL), ==,
                     UC_HOLE_FILLING);
    wait_for_hole (anna, fixture->channel_id, upper, UC_HOLE_WAITING);
    wait_for_hole (anna, fixture->channel_id, lower, UC_HOLE_WAITING);
    uc_test_server_restart (fixture->server);
    uc_session_retry_now (anna->session);
  } else {
    uc_session_fill_hole (anna->session, fixture->channel_id, upper);
    uc_session_fill_hole (anna->session, fixture->channel_id, lower);
  }
  wait_for_hole (anna, fixture->channel_id, upper, UC_HOLE_IDLE);
  wait_for_hole (anna, fixture->channel_id, lower, UC_HOLE_IDLE);
  g_assert_cmpint (get_lo (anna, fixture->channel_id, 0), <, upper);
  g_assert_cmpint (get_lo (anna, fixture->channel_id, 1), <, lower);
}

/* What the server refuses is said and not asked again. */
static void
test_refused_hole (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcTestClient) anna = new_client (fixture, fixture->anna);
  g_autofree char *path = NULL;
  const char      *reason = NULL;
  gint64           lower;

  post_days (fixture);
  uc_test_client_settle (anna);
  lower = get_lo (anna, fixture->channel_id, 0);
  uc_session_fill_hole (anna->session, "abcdefghijkabcdefghijkabcd", lower);
  wait_for_hole (anna, "abcdefghijkabcdefghijkabcd", lower, UC_HOLE_FAILED);
  uc_session_get_hole (anna->session, "abcdefghijkabcdefghijkabcd", lower, &reason);
  g_assert_nonnull (reason);
}

/* -- Threads ------------------------------------------------------------------------------- */

static gboolean
has_thread (gpointer user_data)
{
  HoleWait *wait = user_data;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (UcWindow) window = NULL;

  uc_store_load_window_async (wait->client->store, "", wait->channel_id, UC_WINDOW_NEWEST, 0, 5000,
                              NULL, uc_test_result_cb, &result);
  window = uc_store_load_window_finish (wait->client->store, uc_test_wait_result (&result), NULL);
  return window->messages->len == (guint) wait->seq;
}

static int
get_reply_count (UcTestClient *client, const char *post_id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (UcMessage) message = NULL;

  uc_store_load_message_async (client->store, post_id, NULL, uc_test_result_cb, &result);
  message = uc_store_load_message_finish (client->store, uc_test_wait_result (&result), NULL);
  return message != NULL ? message->post->reply_count : -1;
}

static void
test_long_thread (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcTestClient) anna = new_client (fixture, fixture->anna);
  g_autofree char *root =
      uc_test_server_post (fixture->server, fixture->ben, fixture->channel_id, NULL, "root");
  HoleWait wait = { anna, root, N_REPLIES + 1, 0 };

  for (int i = 0; i < N_REPLIES; i++) {
    g_autofree char *text = g_strdup_printf ("reply %d", i);
    g_autofree char *id =
        uc_test_server_post (fixture->server, fixture->ben, fixture->channel_id, root, text);
  }
  uc_test_client_settle (anna);
  uc_session_load_thread (anna->session, root);
  uc_test_wait_until (has_thread, &wait, 30000);
  g_assert_cmpint (get_reply_count (anna, root), ==, N_REPLIES);
}

/* Replies on other pages than their root, two and two apart: however they come in, each
 * root has two, and one when one of them was deleted meanwhile. */
static void
test_reply_counts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcTestClient) anna = new_client (fixture, fixture->anna);
  g_autoptr (GPtrArray) roots = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) replies = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GAsyncResult) full = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  for (int i = 0; i < 12; i++)
    g_ptr_array_add (roots, uc_test_server_post (fixture->server, fixture->ben, fixture->channel_id,
                                                 NULL, "root"));
  for (int round = 0; round < 2; round++) {
    for (int i = 0; i < 240; i++)
      g_free (uc_test_server_post (fixture->server, fixture->ben, fixture->channel_id, NULL, "x"));
    for (guint i = 0; i < roots->len; i++)
      g_ptr_array_add (replies,
                       uc_test_server_post (fixture->server, fixture->ben, fixture->channel_id,
                                            roots->pdata[i], "reply"));
  }
  uc_test_client_settle (anna);
  path = g_strdup_printf ("/posts/%s", (char *) replies->pdata[0]);
  json_node_unref (uc_test_server_call (fixture->server, fixture->ben, "DELETE", path, NULL, 200));
  uc_session_sync_full_async (anna->session, NULL, uc_test_result_cb, &full);
  uc_session_sync_full_finish (anna->session, uc_test_wait_result (&full), &error);
  g_assert_no_error (error);
  for (guint i = 0; i < roots->len; i++)
    g_assert_cmpint (get_reply_count (anna, roots->pdata[i]), ==, i == 0 ? 1 : 2);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*func) (Fixture *, gconstpointer);
  } tests[] = {
    { "date", test_date },
    { "date-offline", test_date_offline },
    { "two-holes", test_two_holes },
    { "refused-hole", test_refused_hole },
    { "long-thread", test_long_thread },
    { "reply-counts", test_reply_counts },
  };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path = g_strconcat ("/integration/sync-history/", tests[i].name, NULL);

    g_test_add (path, Fixture, NULL, set_up, tests[i].func, tear_down);
  }
  return g_test_run ();
}
