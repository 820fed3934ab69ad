/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The demo on a whole server, looked at from outside as a client does. */

#include "config.h"

#include "uc-demo.h"

#include "uc-error.h"
#include "uc-server-test-socket.h"
#include "uc-test.h"

#include <string.h>

#define PASSWORD "demo-Lindenhof-1"

static UcDemo *
start (UcServerTest *test, GError **error)
{
  const UcDemoPace pace = { .second_ms = 2, .seed = 11 };
  g_autoptr (GAsyncResult) result = NULL;

  uc_demo_start_async (test->server, &pace, NULL, uc_test_result_cb, &result);
  return uc_demo_start_finish (test->server, uc_test_wait_result (&result), error);
}

static void
log_in (UcServerTest *test, const char *username)
{
  g_autofree char *body =
      g_strdup_printf ("{\"login_id\":\"%s\",\"password\":\"" PASSWORD "\"}", username);
  g_autoptr (UcTestAnswer) answer = uc_server_test_ask (test, NULL, "POST", "/users/login", body);

  g_assert_cmpuint (answer->status, ==, 200);
  g_hash_table_replace (test->tokens, g_strdup (username),
                        g_strdup (soup_message_headers_get_one (answer->headers, "Token")));
  g_hash_table_replace (test->user_ids, g_strdup (username),
                        g_strdup (uc_test_get_string (answer->json, "id")));
}

/* The first team of somebody, or a channel in it by its name. */
static char *
dup_id (UcServerTest *test, const char *username, const char *channel)
{
  g_autoptr (JsonNode) teams =
      uc_server_test_call (test, username, "GET", "/users/me/teams", NULL, 200);
  JsonObject      *team = json_array_get_object_element (json_node_get_array (teams), 0);
  const char      *team_id = json_object_get_string_member (team, "id");
  g_autofree char *path = NULL;
  g_autoptr (JsonNode) found = NULL;

  if (channel == NULL)
    return g_strdup (team_id);
  path = g_strdup_printf ("/teams/%s/channels/name/%s", team_id, channel);
  found = uc_server_test_call (test, username, "GET", path, NULL, 200);
  return g_strdup (uc_test_get_string (found, "id"));
}

static gint64
count_messages (UcServerTest *test)
{
  g_autofree char *team_id = dup_id (test, "anna.keller", NULL);
  g_autofree char *path = g_strdup_printf ("/users/me/teams/%s/channels", team_id);
  g_autoptr (JsonNode) channels = uc_server_test_call (test, "anna.keller", "GET", path, NULL, 200);
  JsonArray *array = json_node_get_array (channels);
  gint64     n = 0;

  for (guint i = 0; i < json_array_get_length (array); i++)
    n += json_object_get_int_member (json_array_get_object_element (array, i), "total_msg_count");
  return n;
}

/* -- Looking ------------------------------------------------------------------------------ */

static void
test_first_look (void)
{
  UcServerTest *test = uc_server_test_new_empty ();
  g_autoptr (GError) error = NULL;
  g_autoptr (UcDemo) demo = start (test, &error);
  g_autofree char *team_id = NULL;
  g_autofree char *ward = NULL;
  g_autofree char *path = NULL;
  g_autoptr (JsonNode) unread = NULL;
  g_autoptr (JsonNode) page = NULL;

  g_assert_no_error (error);
  log_in (test, "anna.keller");
  team_id = dup_id (test, "anna.keller", NULL);
  ward = dup_id (test, "anna.keller", "ward-3");
  path = g_strdup_printf ("/users/me/teams/%s/unread", team_id);
  unread = uc_server_test_call (test, "anna.keller", "GET", path, NULL, 200);
  g_assert_cmpint (uc_test_get_int (unread, "mention_count"), ==, 2);
  g_assert_cmpint (uc_test_get_int (unread, "msg_count"), >, 4);
  g_free (path);
  path = g_strdup_printf ("/channels/%s/posts?per_page=60", ward);
  page = uc_server_test_call (test, "anna.keller", "GET", path, NULL, 200);
  g_assert_cmpuint (
      json_array_get_length (json_object_get_array_member (json_node_get_object (page), "order")),
      ==, 60);
  g_assert_cmpint (count_messages (test), >, 600);

  g_clear_pointer (&demo, uc_demo_free);
  uc_server_test_free (test);
}

/* A picture comes with its size, and is one. */
static void
test_picture (void)
{
  UcServerTest *test = uc_server_test_new_empty ();
  g_autoptr (GError) error = NULL;
  g_autoptr (UcDemo) demo = start (test, &error);
  g_autofree char *channel = NULL;
  g_autofree char *path = NULL;
  g_autoptr (JsonNode) page = NULL;
  JsonObject *posts;
  GList      *members;
  guint       n_pictures = 0;

  g_assert_no_error (error);
  log_in (test, "anna.keller");
  channel = dup_id (test, "anna.keller", "off-topic");
  path = g_strdup_printf ("/channels/%s/posts?per_page=200", channel);
  page = uc_server_test_call (test, "anna.keller", "GET", path, NULL, 200);
  posts = json_object_get_object_member (json_node_get_object (page), "posts");
  members = json_object_get_values (posts);
  for (GList *link = members; link != NULL; link = link->next) {
    JsonObject *metadata =
        json_object_get_object_member (json_node_get_object (link->data), "metadata");
    JsonObject      *file;
    g_autofree char *file_path = NULL;
    g_autoptr (UcTestAnswer) answer = NULL;

    if (!json_object_has_member (metadata, "files"))
      continue;
    file = json_array_get_object_element (json_object_get_array_member (metadata, "files"), 0);
    g_assert_cmpint (json_object_get_int_member (file, "width"), ==, 960);
    g_assert_cmpint (json_object_get_int_member (file, "height"), >=, 540);
    file_path = g_strdup_printf ("/files/%s", json_object_get_string_member (file, "id"));
    answer = uc_server_test_ask (test, "anna.keller", "GET", file_path, NULL);
    g_assert_cmpuint (answer->status, ==, 200);
    g_assert_cmpstr (soup_message_headers_get_content_type (answer->headers, NULL), ==,
                     "image/png");
    g_assert_cmpint (g_bytes_get_size (answer->body), ==,
                     json_object_get_int_member (file, "size"));
    n_pictures++;
  }
  g_list_free (members);
  g_assert_cmpuint (n_pictures, >=, 3);

  g_clear_pointer (&demo, uc_demo_free);
  uc_server_test_free (test);
}

/* There is something to look at on the Rollouts page. */
static void
test_rollouts (void)
{
  UcServerTest *test = uc_server_test_new_empty ();
  g_autoptr (GError) error = NULL;
  g_autoptr (UcDemo) demo = start (test, &error);
  g_autoptr (JsonNode) document = NULL;
  JsonObject *flags;
  JsonObject *flag;

  g_assert_no_error (error);
  log_in (test, "helen.brooks");
  document = uc_server_test_call (test, "helen.brooks", "GET",
                                  "/plugins/com.example.unifiedchat/api/v1/flags", NULL, 200);
  g_assert_cmpint (uc_test_get_int (document, "revision"), >, 0);
  flags = json_object_get_object_member (json_node_get_object (document), "flags");
  flag = json_object_get_object_member (flags, "realtime_features");
  g_assert_true (json_object_get_boolean_member (flag, "enabled"));
  g_assert_cmpint (json_object_get_int_member (flag, "rollout_percentage"), ==, 100);
  flag = json_object_get_object_member (flags, "performance_monitoring");
  g_assert_true (json_object_get_boolean_member (flag, "enabled"));
  g_assert_cmpint (json_object_get_int_member (flag, "rollout_percentage"), ==, 25);

  g_clear_pointer (&demo, uc_demo_free);
  uc_server_test_free (test);
}

/* -- Living ----------------------------------------------------------------------------------- */

/* Waits until somebody is seen typing. */
static void
wait_typing (UcTestSocket *socket, const char *user_id)
{
  gboolean is_seen = FALSE;

  while (!is_seen) {
    g_autoptr (JsonObject) frame = uc_test_socket_wait_event (socket, "typing");

    is_seen = g_str_equal (uc_test_frame_get_data (frame, "user_id"), user_id);
  }
}

/* Waits for what somebody posts in a channel. */
static char *
dup_posted (UcTestSocket *socket, const char *sender, const char *channel_id)
{
  for (;;) {
    g_autoptr (JsonObject) frame = uc_test_socket_wait_event (socket, "posted");
    JsonObject *broadcast = json_object_get_object_member (frame, "broadcast");

    if (g_str_equal (json_object_get_string_member (broadcast, "channel_id"), channel_id) &&
        g_str_equal (uc_test_frame_get_data (frame, "sender_name"), sender))
      return g_strdup (uc_test_frame_get_data (frame, "post"));
  }
}

static char *
open_direct (UcServerTest *test, const char *username, const char *other)
{
  g_autofree char *body = NULL;
  g_autoptr (JsonNode) channel = NULL;

  body = g_strdup_printf ("[\"%s\",\"%s\"]", uc_server_test_get_id (test, username),
                          uc_server_test_get_id (test, other));
  channel = uc_server_test_call (test, username, "POST", "/channels/direct", body, 201);
  return g_strdup (uc_test_get_string (channel, "id"));
}

static void
test_life (void)
{
  UcServerTest *test = uc_server_test_new_empty ();
  g_autoptr (GError) error = NULL;
  g_autoptr (UcDemo) demo = start (test, &error);
  g_autofree char *channel = NULL;
  g_autofree char *post = NULL;
  g_autofree char *answer = NULL;
  UcTestSocket    *socket;

  g_assert_no_error (error);
  log_in (test, "anna.keller");
  log_in (test, "clara.wu");
  channel = open_direct (test, "anna.keller", "clara.wu");
  socket = uc_test_socket_new (test, "anna.keller", "");
  post = uc_server_test_post (test, "anna.keller", channel, "Did you see the ECG of bed 8?");
  wait_typing (socket, uc_server_test_get_id (test, "clara.wu"));
  answer = dup_posted (socket, "@clara.wu", channel);
  g_assert_nonnull (strstr (answer, channel));
  uc_test_socket_free (socket);

  g_clear_pointer (&demo, uc_demo_free);
  uc_server_test_free (test);
}

/* Somebody who has just come is answered, too. */
static void
test_newcomer (void)
{
  UcServerTest *test = uc_server_test_new_empty ();
  g_autoptr (GError) error = NULL;
  g_autoptr (UcDemo) demo = start (test, &error);
  g_autofree char *channel = NULL;
  g_autofree char *post = NULL;
  g_autofree char *answer = NULL;
  UcTestSocket    *socket;

  g_assert_no_error (error);
  log_in (test, "helen.brooks");
  g_hash_table_insert (test->tokens, g_strdup ("admin"),
                       g_strdup (g_hash_table_lookup (test->tokens, "helen.brooks")));
  uc_server_test_add_stranger (test, "newcomer");
  log_in (test, "noah.fischer");
  channel = open_direct (test, "newcomer", "noah.fischer");
  socket = uc_test_socket_new (test, "newcomer", "");
  post = uc_server_test_post (test, "newcomer", channel, "My password does not work");
  answer = dup_posted (socket, "@noah.fischer", channel);
  uc_test_socket_free (socket);

  g_clear_pointer (&demo, uc_demo_free);
  uc_server_test_free (test);
}

/* -- Again --------------------------------------------------------------------------------------
 */

static void
test_again (void)
{
  UcServerTest *test = uc_server_test_new_empty ();
  g_autoptr (GError) error = NULL;
  UcDemo          *demo = start (test, &error);
  g_autofree char *channel = NULL;
  g_autofree char *post = NULL;
  g_autofree char *answer = NULL;
  UcTestSocket    *socket;
  gint64           n_messages;

  g_assert_no_error (error);
  log_in (test, "anna.keller");
  log_in (test, "ben.ortiz");
  n_messages = count_messages (test);
  uc_demo_free (demo);
  uc_server_test_restart (test);
  demo = start (test, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count_messages (test), ==, n_messages);

  /* And it lives on. */
  channel = open_direct (test, "anna.keller", "ben.ortiz");
  socket = uc_test_socket_new (test, "anna.keller", "");
  post = uc_server_test_post (test, "anna.keller", channel, "Are you still there?");
  answer = dup_posted (socket, "@ben.ortiz", channel);
  uc_test_socket_free (socket);
  uc_demo_free (demo);
  uc_server_test_free (test);
}

static void
test_foreign (void)
{
  UcServerTest *test = uc_server_test_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (start (test, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_CONFLICT);
  uc_server_test_free (test);
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "Europe/Berlin", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/server/demo/first-look", test_first_look);
  g_test_add_func ("/server/demo/picture", test_picture);
  g_test_add_func ("/server/demo/rollouts", test_rollouts);
  g_test_add_func ("/server/demo/life", test_life);
  g_test_add_func ("/server/demo/newcomer", test_newcomer);
  g_test_add_func ("/server/demo/again", test_again);
  g_test_add_func ("/server/demo/foreign", test_foreign);
  return g_test_run ();
}
