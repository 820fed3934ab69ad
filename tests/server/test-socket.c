/* SPDX-License-Identifier: GPL-3.0-or-later */

/* WebSockets: who gets one, what is said over it, and when it ends. */

#include "config.h"

#include "uc-server-test-socket.h"
#include "uc-test.h"

#include <string.h>

static void
set_up (UcServerTest **test, gconstpointer unused)
{
  *test = uc_server_test_new ();
  uc_server_test_add_user (*test, "anna");
  uc_server_test_add_user (*test, "ben");
}

static void
tear_down (UcServerTest **test, gconstpointer unused)
{
  uc_server_test_free (*test);
}

static void
unref_event (UcTestSocket *socket, const char *event)
{
  json_object_unref (uc_test_socket_wait_event (socket, event));
}

/* What a reply says: its status, or the id of its error. */
static char *
dup_reply (UcTestSocket *socket, gint64 seq, const char *rest)
{
  g_autofree char *text = g_strdup_printf ("{\"seq\":%" G_GINT64_FORMAT ",%s}", seq, rest);
  g_autoptr (JsonObject) reply = NULL;
  const char *status;

  uc_test_socket_say (socket, text);
  reply = uc_test_socket_wait_reply (socket, seq);
  g_assert_false (json_object_has_member (reply, "event"));
  status = json_object_get_string_member (reply, "status");
  if (g_str_equal (status, "OK"))
    return g_strdup (status);
  return g_strdup (
      json_object_get_string_member (json_object_get_object_member (reply, "error"), "id"));
}

static void
check_reply (UcTestSocket *socket, const char *rest, const char *expected)
{
  static gint64    seq = 100;
  g_autofree char *got = dup_reply (socket, ++seq, rest);

  g_assert_cmpstr (got, ==, expected);
}

static void
test_hello (UcServerTest **test, gconstpointer unused)
{
  g_autoptr (UcTestSocket) socket = uc_test_socket_new (*test, "anna", "");
  g_autoptr (JsonObject) hello = uc_test_socket_wait_event (socket, "hello");
  JsonObject *broadcast = json_object_get_object_member (hello, "broadcast");

  g_assert_cmpint (json_object_get_int_member (hello, "seq"), ==, 0);
  g_assert_cmpuint (strlen (uc_test_frame_get_data (hello, "connection_id")), ==, 26);
  g_assert_true (g_str_has_prefix (uc_test_frame_get_data (hello, "server_version"), "5.37.0."));
  g_assert_cmpstr (json_object_get_string_member (broadcast, "user_id"), ==,
                   uc_server_test_get_id (*test, "anna"));
  g_assert_true (json_object_get_null_member (broadcast, "omit_users"));
  g_assert_cmpuint (uc_server_count_sockets ((*test)->server, NULL), ==, 1);
}

static void
test_challenge (UcServerTest **test, gconstpointer unused)
{
  g_autoptr (UcTestSocket) socket = uc_test_socket_new (*test, NULL, "");
  g_autofree char *challenge = g_strdup_printf (
      "{\"seq\":1,\"action\":\"authentication_challenge\",\"data\":{\"token\":\"%s\"}}",
      (const char *) g_hash_table_lookup ((*test)->tokens, "anna"));
  g_autoptr (JsonObject) reply = NULL;

  uc_test_socket_say (socket, challenge);
  /* The event comes before the reply. */
  unref_event (socket, "hello");
  reply = uc_test_socket_wait_reply (socket, 1);
  g_assert_cmpstr (json_object_get_string_member (reply, "status"), ==, "OK");
  /* A second one changes nothing and is not answered. */
  uc_test_socket_say (socket, challenge);
  uc_test_socket_flush (socket);
  g_assert_cmpuint (uc_test_socket_count (socket, "hello"), ==, 0);
}

static void
test_wrong_challenge (UcServerTest **test, gconstpointer unused)
{
  g_autoptr (UcTestSocket) socket = uc_test_socket_new (*test, NULL, "");

  uc_test_socket_say (socket,
                      "{\"seq\":1,\"action\":\"authentication_challenge\",\"data\":{\"token\":"
                      "\"abcdefghijklmnopqrstuvwxyz\"}}");
  uc_test_socket_wait_closed (socket);
  g_assert_cmpuint (socket->frames->len, ==, 0);
}

/* It is let in, gets no answer, and is closed after a while. */
static void
test_nobody (UcServerTest **test, gconstpointer unused)
{
  g_autoptr (UcTestSocket) socket = uc_test_socket_new (*test, NULL, "");
  g_autofree char *channel_id = uc_server_test_add_channel (*test, "anna", "talk", "O");
  g_autofree char *post_id = NULL;

  uc_test_socket_say (socket, "{\"seq\":1,\"action\":\"ping\"}");
  uc_test_socket_say (socket, "{\"seq\":2,\"action\":\"get_statuses\"}");
  post_id = uc_server_test_post (*test, "anna", channel_id, "secret");
  uc_test_socket_wait_closed (socket);
  g_assert_cmpuint (socket->frames->len, ==, 0);
}

static void
test_actions (UcServerTest **test, gconstpointer unused)
{
  g_autoptr (UcTestSocket) socket = uc_test_socket_new (*test, "anna", "");
  g_autofree char *channel_id = uc_server_test_add_channel (*test, "ben", "private", "P");
  g_autofree char *typing = g_strdup_printf (
      "\"action\":\"user_typing\",\"data\":{\"channel_id\":\"%s\",\"parent_id\":\"\"}", channel_id);
  g_autofree char *ids =
      g_strdup_printf ("\"action\":\"get_statuses_by_ids\",\"data\":{\"user_ids\":[\"%s\"]}",
                       uc_server_test_get_id (*test, "ben"));

  unref_event (socket, "hello");
  check_reply (socket, "\"action\":\"ping\"", "OK");
  check_reply (socket, "\"action\":\"get_statuses\"", "OK");
  check_reply (socket, ids, "OK");
  check_reply (socket, "\"action\":\"get_statuses_by_ids\",\"data\":{\"user_ids\":[]}",
               "api.websocket_handler.invalid_param.app_error");
  check_reply (socket, "\"action\":\"dance\"", "api.web_socket_router.bad_action.app_error");
  check_reply (socket, "\"data\":{}", "api.web_socket_router.no_action.app_error");
  /* A channel somebody is not in does not exist for them. */
  check_reply (socket, typing, "api.websocket_handler.invalid_param.app_error");
  check_reply (socket, "\"action\":\"user_typing\",\"data\":{\"channel_id\":\"x\"}",
               "api.websocket_handler.invalid_param.app_error");
}

static void
test_malformed (UcServerTest **test, gconstpointer unused)
{
  static const char *const bad[] = { "{\"seq\":1,\"action\":", "[]", "\"ping\"", "" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (UcTestSocket) socket = uc_test_socket_new (*test, "anna", "");

    unref_event (socket, "hello");
    uc_test_socket_say (socket, bad[i]);
    uc_test_socket_wait_closed (socket);
  }
}

static void
test_too_long (UcServerTest **test, gconstpointer unused)
{
  g_autoptr (UcTestSocket) socket = uc_test_socket_new (*test, "anna", "");
  g_autofree char *filler = g_strnfill (8200, 'x');
  g_autofree char *text =
      g_strdup_printf ("{\"seq\":1,\"action\":\"ping\",\"data\":{\"a\":\"%s\"}}", filler);

  unref_event (socket, "hello");
  text[100] = '"';
  uc_test_socket_say (socket, text);
  uc_test_socket_wait_closed (socket);
}

static void
test_events (UcServerTest **test, gconstpointer unused)
{
  g_autofree char *channel_id = uc_server_test_add_channel (*test, "anna", "talk", "O");
  g_autofree char *post_id = NULL;
  g_autofree char *typing = g_strdup_printf (
      "\"action\":\"user_typing\",\"data\":{\"channel_id\":\"%s\",\"parent_id\":\"\"}", channel_id);
  g_autoptr (UcTestSocket) anna = uc_test_socket_new (*test, "anna", "");
  g_autoptr (UcTestSocket) admin = uc_test_socket_new (*test, "admin", "");
  g_autoptr (UcTestSocket) ben = NULL;
  g_autoptr (JsonObject) posted = NULL;
  g_autoptr (JsonObject) seen_typing = NULL;
  g_autoptr (JsonNode) post = NULL;

  uc_server_test_join (*test, channel_id, "ben");
  ben = uc_test_socket_new (*test, "ben", "");
  post_id = uc_server_test_post (*test, "anna", channel_id, "hello @ben");

  posted = uc_test_socket_wait_event (ben, "posted");
  post = json_from_string (uc_test_frame_get_data (posted, "post"), NULL);
  g_assert_cmpstr (uc_test_get_string (post, "id"), ==, post_id);
  g_assert_cmpstr (uc_test_frame_get_data (posted, "sender_name"), ==, "@anna");
  g_assert_nonnull (
      strstr (uc_test_frame_get_data (posted, "mentions"), uc_server_test_get_id (*test, "ben")));

  check_reply (anna, typing, "OK");
  seen_typing = uc_test_socket_wait_event (ben, "typing");
  g_assert_cmpstr (uc_test_frame_get_data (seen_typing, "user_id"), ==,
                   uc_server_test_get_id (*test, "anna"));
  uc_test_socket_flush (anna);
  uc_test_socket_flush (admin);
  /* Not to whom it comes from, and nothing to who is not in the channel. */
  g_assert_cmpuint (uc_test_socket_count (anna, "typing"), ==, 0);
  g_assert_cmpuint (uc_test_socket_count (admin, "typing"), ==, 0);
  g_assert_cmpuint (uc_test_socket_count (admin, "posted"), ==, 0);
}

/* A favourite is a heading of the sidebar too. */
static void
test_favourite (UcServerTest **test, gconstpointer unused)
{
  g_autofree char *channel_id = uc_server_test_add_channel (*test, "anna", "talk", "O");
  g_autofree char *rows =
      g_strdup_printf ("[{\"user_id\":\"%s\",\"category\":\"favorite_channel\",\"name\":\"%s\","
                       "\"value\":\"true\"}]",
                       uc_server_test_get_id (*test, "anna"), channel_id);
  g_autoptr (UcTestSocket) socket = uc_test_socket_new (*test, "anna", "");

  unref_event (socket, "hello");
  uc_server_test_do (*test, "anna", "PUT", "/users/me/preferences", rows, 200);
  unref_event (socket, "sidebar_category_updated");
  unref_event (socket, "preferences_changed");
  uc_server_test_do (*test, "anna", "POST", "/users/me/preferences/delete", rows, 200);
  unref_event (socket, "sidebar_category_updated");
  unref_event (socket, "preferences_deleted");
}

/* Event numbers have no gaps, and answers are not counted. */
static void
test_numbers (UcServerTest **test, gconstpointer unused)
{
  g_autofree char *channel_id = uc_server_test_add_channel (*test, "anna", "talk", "O");
  g_autoptr (UcTestSocket) socket = uc_test_socket_new (*test, "anna", "");
  gint64 next = 0;

  for (guint i = 0; i < 20; i++) {
    g_autofree char *post_id = uc_server_test_post (*test, "anna", channel_id, "x");

    uc_test_socket_flush (socket);
  }
  for (guint i = 0; i < socket->frames->len; i++) {
    JsonObject *frame = json_node_get_object (g_ptr_array_index (socket->frames, i));

    if (json_object_has_member (frame, "seq_reply"))
      g_assert_false (json_object_has_member (frame, "seq"));
    else
      g_assert_cmpint (json_object_get_int_member (frame, "seq"), ==, next++);
  }
  g_assert_cmpint (next, >=, 21);
}

static void
test_logout (UcServerTest **test, gconstpointer unused)
{
  g_autoptr (UcTestSocket) anna = uc_test_socket_new (*test, "anna", "");
  g_autoptr (UcTestSocket) ben = uc_test_socket_new (*test, "ben", "");

  unref_event (anna, "hello");
  unref_event (ben, "hello");
  uc_server_test_do (*test, "anna", "POST", "/users/logout", NULL, 200);
  uc_test_socket_wait_closed (anna);
  uc_test_socket_flush (ben);
  g_assert_false (ben->is_closed);
}

static void
test_revoke (UcServerTest **test, gconstpointer unused)
{
  g_autoptr (UcTestSocket) old = uc_test_socket_new (*test, "anna", "");
  g_autoptr (UcTestSocket) new = NULL;
  g_autoptr (JsonNode) sessions = NULL;
  g_autofree char *body = NULL;

  unref_event (old, "hello");
  sessions = uc_server_test_call (*test, "anna", "GET", "/users/me/sessions", NULL, 200);
  g_assert_cmpuint (uc_test_get_length (sessions), ==, 1);
  body = g_strdup_printf (
      "{\"session_id\":\"%s\"}",
      json_object_get_string_member (
          json_array_get_object_element (json_node_get_array (sessions), 0), "id"));
  uc_server_test_log_in (*test, "anna");
  new = uc_test_socket_new (*test, "anna", "");
  unref_event (new, "hello");
  uc_server_test_do (*test, "anna", "POST", "/users/me/sessions/revoke", body, 200);
  uc_test_socket_wait_closed (old);
  uc_test_socket_flush (new);
  g_assert_false (new->is_closed);
}

static void
test_deactivation (UcServerTest **test, gconstpointer unused)
{
  g_autoptr (UcTestSocket) anna = uc_test_socket_new (*test, "anna", "");
  g_autofree char *path =
      g_strdup_printf ("/users/%s/active", uc_server_test_get_id (*test, "anna"));

  unref_event (anna, "hello");
  uc_server_test_do (*test, "admin", "PUT", path, "{\"active\":false}", 200);
  uc_test_socket_wait_closed (anna);
  uc_server_test_refused (*test, "anna", "GET", "/users/me", NULL, 401,
                          "api.context.session_expired.app_error");
}

/* Somebody who leaves hears nothing of the channel from then on. */
static void
test_leaving (UcServerTest **test, gconstpointer unused)
{
  g_autofree char *channel_id = uc_server_test_add_channel (*test, "anna", "talk", "P");
  g_autofree char *path =
      g_strdup_printf ("/channels/%s/members/%s", channel_id, uc_server_test_get_id (*test, "ben"));
  g_autofree char *post_id = NULL;
  g_autoptr (UcTestSocket) ben = NULL;
  g_autoptr (JsonObject) removed = NULL;

  uc_server_test_join (*test, channel_id, "ben");
  ben = uc_test_socket_new (*test, "ben", "");
  uc_server_test_do (*test, "anna", "DELETE", path, NULL, 200);
  removed = uc_test_socket_wait_event (ben, "user_removed");
  g_assert_cmpstr (uc_test_frame_get_data (removed, "channel_id"), ==, channel_id);
  uc_test_socket_flush (ben);
  g_ptr_array_set_size (ben->frames, 0);
  post_id = uc_server_test_post (*test, "anna", channel_id, "he is gone");
  uc_test_socket_flush (ben);
  g_assert_cmpuint (uc_test_socket_count (ben, "posted"), ==, 0);
}

/* A page of a foreign site can't open one with the visitor's cookie. */
static void
test_origin (UcServerTest **test, gconstpointer unused)
{
  static const char head[] = "GET /api/v4/websocket HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n"
                             "Connection: Upgrade\r\nUpgrade: websocket\r\n"
                             "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                             "dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: http://%s\r\n\r\n";
  guint             port = uc_server_test_get_port (*test);
  g_autofree char  *own = g_strdup_printf ("127.0.0.1:%u", port);
  g_autofree char  *foreign_request = g_strdup_printf (head, port, "evil.example");
  g_autofree char  *own_request = g_strdup_printf (head, port, own);
  g_autofree char  *foreign_answer = uc_server_test_raw (*test, foreign_request, -1);
  g_autofree char  *own_answer = uc_server_test_raw (*test, own_request, -1);

  g_assert_true (g_str_has_prefix (foreign_answer, "HTTP/1.1 403 "));
  g_assert_true (g_str_has_prefix (own_answer, "HTTP/1.1 101 "));
  g_assert_nonnull (strstr (own_answer, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
  g_assert_null (strstr (own_answer, "Sec-WebSocket-Extensions"));
}

static void
test_no_upgrade (UcServerTest **test, gconstpointer unused)
{
  uc_server_test_do (*test, "anna", "GET", "/websocket", NULL, 400);
}

#define ADD(name, func) g_test_add ("/socket/" name, UcServerTest *, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("hello", test_hello);
  ADD ("challenge", test_challenge);
  ADD ("wrong-challenge", test_wrong_challenge);
  ADD ("nobody", test_nobody);
  ADD ("actions", test_actions);
  ADD ("malformed", test_malformed);
  ADD ("too-long", test_too_long);
  ADD ("events", test_events);
  ADD ("favourite", test_favourite);
  ADD ("numbers", test_numbers);
  ADD ("logout", test_logout);
  ADD ("revoke", test_revoke);
  ADD ("deactivation", test_deactivation);
  ADD ("leaving", test_leaving);
  ADD ("origin", test_origin);
  ADD ("no-upgrade", test_no_upgrade);
  return g_test_run ();
}
