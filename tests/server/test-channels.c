/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Channels and teams: made, joined, left, archived; the sidebar; followed threads. */

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
  uc_server_test_add_user (*test, "carl");
}

static void
tear_down (UcServerTest **test, gconstpointer unused)
{
  uc_server_test_free (*test);
}

static JsonNode *
get (UcServerTest *test, const char *username, const char *path)
{
  return uc_server_test_call (test, username, "GET", path, NULL, 200);
}

static char *
dup_name_path (UcServerTest *test, const char *name)
{
  return g_strdup_printf ("/teams/%s/channels/name/%s", test->team_id, name);
}

static char *
dup_people (UcServerTest *test, const char *const *usernames)
{
  GString *text = g_string_new ("[");

  for (guint i = 0; usernames[i] != NULL; i++)
    g_string_append_printf (text, "%s\"%s\"", i > 0 ? "," : "",
                            uc_server_test_get_id (test, usernames[i]));
  g_string_append_c (text, ']');
  return g_string_free (text, FALSE);
}

/* Everybody of a team is in its two first channels. */
static void
test_defaults (UcServerTest **test, gconstpointer unused)
{
  g_autofree char *path = g_strdup_printf ("/users/me/teams/%s/channels", (*test)->team_id);
  g_autoptr (JsonNode) channels = get (*test, "anna", path);
  g_autofree char *square_path = dup_name_path (*test, "town-square");
  g_autoptr (JsonNode) square = get (*test, "anna", square_path);
  g_autofree char *leave =
      g_strdup_printf ("/channels/%s/members/%s", uc_test_get_string (square, "id"),
                       uc_server_test_get_id (*test, "anna"));
  g_autofree char *archive = g_strdup_printf ("/channels/%s", uc_test_get_string (square, "id"));

  g_assert_cmpuint (uc_test_get_length (channels), ==, 2);
  uc_server_test_do (*test, "anna", "DELETE", leave, NULL, 400);
  uc_server_test_do (*test, "admin", "DELETE", archive, NULL, 400);
}

static void
test_names (UcServerTest **test, gconstpointer unused)
{
  static const char *const bad[] = {
    "A", "a", "Upper", "with space", "a/b", "abcdefghijkmnopqrstuwxyz13__abcdefghijkmnopqrstuwxyz13"
  };
  g_autofree char *first = uc_server_test_add_channel (*test, "anna", "station-3", "O");
  g_autofree char *again = g_strdup_printf (
      "{\"team_id\":\"%s\",\"name\":\"station-3\",\"display_name\":\"x\",\"type\":\"P\"}",
      (*test)->team_id);

  uc_server_test_refused (*test, "ben", "POST", "/channels", again, 400,
                          "store.sql_channel.save_channel.exists.app_error");
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autofree char *body = g_strdup_printf (
        "{\"team_id\":\"%s\",\"name\":\"%s\",\"display_name\":\"x\",\"type\":\"O\"}",
        (*test)->team_id, bad[i]);

    uc_server_test_do (*test, "anna", "POST", "/channels", body, 400);
  }
}

/* One may join what is open, and be taken into what is not. */
static void
test_joining (UcServerTest **test, gconstpointer unused)
{
  g_autofree char *open_id = uc_server_test_add_channel (*test, "anna", "open", "O");
  g_autofree char *closed_id = uc_server_test_add_channel (*test, "anna", "closed", "P");
  g_autofree char *open = g_strdup_printf ("/channels/%s/members", open_id);
  g_autofree char *closed = g_strdup_printf ("/channels/%s/members", closed_id);
  g_autofree char *closed_posts = g_strdup_printf ("/channels/%s/posts", closed_id);
  g_autofree char *leave = g_strdup_printf ("%s/%s", closed, uc_server_test_get_id (*test, "ben"));
  g_autofree char *ben =
      g_strdup_printf ("{\"user_id\":\"%s\"}", uc_server_test_get_id (*test, "ben"));
  g_autoptr (UcTestSocket) socket = uc_test_socket_new (*test, "ben", "");
  g_autoptr (JsonObject) added = NULL;

  uc_server_test_do (*test, "ben", "POST", open, ben, 201);
  uc_server_test_do (*test, "ben", "POST", closed, ben, 403);
  uc_server_test_do (*test, "carl", "POST", closed, ben, 403);
  uc_server_test_do (*test, "ben", "GET", closed_posts, NULL, 403);
  json_object_unref (uc_test_socket_wait_event (socket, "user_added"));
  uc_server_test_do (*test, "anna", "POST", closed, ben, 201);
  added = uc_test_socket_wait_event (socket, "user_added");
  g_assert_cmpstr (json_object_get_string_member (
                       json_object_get_object_member (added, "broadcast"), "channel_id"),
                   ==, closed_id);
  uc_server_test_do (*test, "ben", "GET", closed_posts, NULL, 200);
  uc_server_test_do (*test, "ben", "DELETE", leave, NULL, 200);
  uc_server_test_do (*test, "ben", "GET", closed_posts, NULL, 403);
}

/* The same two, and the same few, have one conversation. */
static void
test_direct (UcServerTest **test, gconstpointer unused)
{
  static const char *const pair[] = { "anna", "ben", NULL };
  static const char *const reversed[] = { "ben", "anna", NULL };
  static const char *const group[] = { "anna", "ben", "carl", NULL };
  static const char *const others[] = { "ben", "carl", NULL };
  g_autofree char         *body = dup_people (*test, pair);
  g_autofree char         *reversed_body = dup_people (*test, reversed);
  g_autofree char         *group_body = dup_people (*test, group);
  g_autofree char         *others_body = dup_people (*test, others);
  g_autofree char         *unknown =
      g_strdup_printf ("[\"%s\",\"abcdefghijkmnopqrstuwxyz13\",\"%s\"]",
                       uc_server_test_get_id (*test, "anna"), uc_server_test_get_id (*test, "ben"));
  g_autoptr (JsonNode) one =
      uc_server_test_call (*test, "anna", "POST", "/channels/direct", body, 201);
  g_autoptr (JsonNode) two =
      uc_server_test_call (*test, "ben", "POST", "/channels/direct", reversed_body, 201);
  g_autoptr (JsonNode) three =
      uc_server_test_call (*test, "anna", "POST", "/channels/group", group_body, 201);
  g_autoptr (JsonNode) four =
      uc_server_test_call (*test, "carl", "POST", "/channels/group", group_body, 201);
  g_autofree char *path = g_strdup_printf ("/channels/%s", uc_test_get_string (one, "id"));

  g_assert_cmpstr (uc_test_get_string (one, "id"), ==, uc_test_get_string (two, "id"));
  g_assert_cmpstr (uc_test_get_string (three, "id"), ==, uc_test_get_string (four, "id"));
  g_assert_cmpstr (uc_test_get_string (three, "display_name"), ==, "anna, ben, carl");
  uc_server_test_do (*test, "carl", "GET", path, NULL, 403);
  uc_server_test_do (*test, "carl", "POST", "/channels/direct", body, 403);
  uc_server_test_do (*test, "anna", "POST", "/channels/group", unknown, 400);
  /* Oneself is the third. */
  uc_server_test_do (*test, "anna", "POST", "/channels/group", others_body, 201);
  uc_server_test_do (*test, "anna", "DELETE", path, NULL, 400);
}

static void
test_archive (UcServerTest **test, gconstpointer unused)
{
  g_autofree char *id = uc_server_test_add_channel (*test, "anna", "old", "O");
  g_autofree char *path = g_strdup_printf ("/channels/%s", id);
  g_autofree char *restore = g_strdup_printf ("/channels/%s/restore", id);
  g_autofree char *body = g_strdup_printf ("{\"channel_id\":\"%s\",\"message\":\"late\"}", id);
  g_autoptr (UcTestSocket) socket = uc_test_socket_new (*test, "anna", "");
  g_autoptr (JsonObject) event = NULL;

  uc_server_test_do (*test, "anna", "DELETE", path, NULL, 200);
  event = uc_test_socket_wait_event (socket, "channel_deleted");
  g_assert_cmpstr (uc_test_frame_get_data (event, "channel_id"), ==, id);
  uc_server_test_do (*test, "anna", "POST", "/posts", body, 400);
  uc_server_test_do (*test, "admin", "POST", restore, NULL, 200);
  uc_server_test_do (*test, "anna", "POST", "/posts", body, 201);
}

/* Who leaves the team leaves its channels. */
static void
test_leaving_team (UcServerTest **test, gconstpointer unused)
{
  g_autofree char *id = uc_server_test_add_channel (*test, "anna", "inner", "P");
  g_autofree char *posts = g_strdup_printf ("/channels/%s/posts", id);
  g_autofree char *leave = g_strdup_printf ("/teams/%s/members/%s", (*test)->team_id,
                                            uc_server_test_get_id (*test, "ben"));
  g_autofree char *channels = g_strdup_printf ("/users/me/teams/%s/channels", (*test)->team_id);
  g_autoptr (JsonNode) teams = NULL;

  uc_server_test_join (*test, id, "ben");
  uc_server_test_do (*test, "ben", "GET", posts, NULL, 200);
  uc_server_test_do (*test, "ben", "DELETE", leave, NULL, 200);
  uc_server_test_do (*test, "ben", "GET", posts, NULL, 403);
  teams = get (*test, "ben", "/users/me/teams");
  g_assert_cmpuint (uc_test_get_length (teams), ==, 0);
  uc_server_test_do (*test, "ben", "GET", channels, NULL, 403);
}

/* -- The sidebar ------------------------------------------------------------------- */

static void
test_categories (UcServerTest **test, gconstpointer unused)
{
  g_autofree char *id = uc_server_test_add_channel (*test, "anna", "station", "O");
  g_autofree char *path =
      g_strdup_printf ("/users/me/teams/%s/channels/categories", (*test)->team_id);
  g_autofree char *body = g_strdup_printf (
      "{\"user_id\":\"%s\",\"team_id\":\"%s\",\"display_name\":\"Mine\",\"channel_ids\":[\"%s\"]}",
      uc_server_test_get_id (*test, "anna"), (*test)->team_id, id);
  g_autoptr (JsonNode) before = get (*test, "anna", path);
  g_autoptr (JsonNode) made = uc_server_test_call (*test, "anna", "POST", path, body, 200);
  g_autofree char *one = g_strdup_printf ("%s/%s", path, uc_test_get_string (made, "id"));
  g_autoptr (JsonNode) after = NULL;
  JsonArray *list = NULL;

  g_assert_cmpuint (json_array_get_length (
                        json_object_get_array_member (json_node_get_object (before), "categories")),
                    ==, 3);
  after = get (*test, "anna", path);
  list = json_object_get_array_member (json_node_get_object (after), "categories");
  g_assert_cmpuint (json_array_get_length (list), ==, 4);
  /* A channel is in one of them. */
  {
    guint n = 0;

    for (guint i = 0; i < json_array_get_length (list); i++) {
      g_autoptr (JsonNode) ids = json_node_copy (
          json_object_get_member (json_array_get_object_element (list, i), "channel_ids"));
      g_autofree char *text = json_to_string (ids, FALSE);

      n += strstr (text, id) != NULL;
    }
    g_assert_cmpuint (n, ==, 1);
  }
  uc_server_test_do (*test, "ben", "GET", one, NULL, 404);
  uc_server_test_do (*test, "anna", "DELETE", one, NULL, 200);
}

static void
test_preferences (UcServerTest **test, gconstpointer unused)
{
  g_autofree char *body = g_strdup_printf (
      "[{\"user_id\":\"%s\",\"category\":\"display\",\"name\":\"theme\",\"value\":\"dark\"}]",
      uc_server_test_get_id (*test, "anna"));
  g_autofree char *foreign = g_strdup_printf (
      "[{\"user_id\":\"%s\",\"category\":\"display\",\"name\":\"theme\",\"value\":\"dark\"}]",
      uc_server_test_get_id (*test, "ben"));
  g_autoptr (UcTestSocket) socket = uc_test_socket_new (*test, "anna", "");
  g_autoptr (JsonNode) one = NULL;

  uc_server_test_do (*test, "anna", "PUT", "/users/me/preferences", body, 200);
  json_object_unref (uc_test_socket_wait_event (socket, "preferences_changed"));
  one = get (*test, "anna", "/users/me/preferences/display/name/theme");
  g_assert_cmpstr (uc_test_get_string (one, "value"), ==, "dark");
  uc_server_test_do (*test, "anna", "PUT", "/users/me/preferences", foreign, 403);
  uc_server_test_do (*test, "anna", "POST", "/users/me/preferences/delete", body, 200);
  json_object_unref (uc_test_socket_wait_event (socket, "preferences_deleted"));
  uc_server_test_do (*test, "anna", "GET", "/users/me/preferences/display", NULL, 404);
}

static void
test_statuses (UcServerTest **test, gconstpointer unused)
{
  g_autofree char *path =
      g_strdup_printf ("/users/%s/status", uc_server_test_get_id (*test, "anna"));
  g_autofree char *dnd = g_strdup_printf ("{\"user_id\":\"%s\",\"status\":\"dnd\"}",
                                          uc_server_test_get_id (*test, "anna"));
  g_autoptr (UcTestSocket) socket = uc_test_socket_new (*test, "anna", "");
  g_autoptr (JsonNode) online = NULL;
  g_autoptr (JsonNode) manual = NULL;
  g_autoptr (JsonNode) me = NULL;
  g_autoptr (JsonNode) recent = NULL;

  json_object_unref (uc_test_socket_wait_event (socket, "status_change"));
  online = get (*test, "ben", path);
  g_assert_cmpstr (uc_test_get_string (online, "status"), ==, "online");
  uc_server_test_do (*test, "anna", "PUT", path, dnd, 200);
  manual = get (*test, "ben", path);
  g_assert_cmpstr (uc_test_get_string (manual, "status"), ==, "dnd");
  uc_server_test_do (*test, "anna", "PUT", "/users/me/status/custom",
                     "{\"emoji\":\"bed\",\"text\":\"off\"}", 200);
  me = get (*test, "ben", "/users/username/anna");
  g_assert_nonnull (strstr (
      json_object_get_string_member (
          json_object_get_object_member (json_node_get_object (me), "props"), "customStatus"),
      "off"));
  recent = get (*test, "anna", "/users/me/preferences/custom_status/name/recent_custom_statuses");
  g_assert_nonnull (strstr (uc_test_get_string (recent, "value"), "off"));
  uc_server_test_do (*test, "anna", "POST", "/users/me/status/custom/recent/delete",
                     "{\"emoji\":\"bed\",\"text\":\"off\"}", 200);
  uc_server_test_do (*test, "anna", "PUT", "/users/me/status/custom",
                     "{\"emoji\":\"bed\",\"text\":\"off\",\"expires_at\":\"2001-01-01T00:00:00Z\"}",
                     400);
}

/* Who takes part in a thread follows it; who does not want to does not. */
static void
test_threads (UcServerTest **test, gconstpointer unused)
{
  g_autofree char *id = uc_server_test_add_channel (*test, "anna", "talk", "O");
  g_autofree char *root_id = uc_server_test_post (*test, "anna", id, "root");
  g_autofree char *reply = g_strdup_printf (
      "{\"channel_id\":\"%s\",\"root_id\":\"%s\",\"message\":\"reply @anna\"}", id, root_id);
  g_autofree char *list = g_strdup_printf ("/users/me/teams/%s/threads", (*test)->team_id);
  g_autofree char *one = g_strdup_printf ("%s/%s", list, root_id);
  g_autofree char *following = g_strdup_printf ("%s/following", one);
  g_autofree char *read = g_strdup_printf ("%s/read/%" G_GINT64_FORMAT, one,
                                           uc_clock_get_now_ms ((*test)->clock) + 5000);
  g_autoptr (JsonNode) followed = NULL;
  g_autoptr (JsonNode) thread = NULL;
  g_autoptr (JsonNode) after = NULL;

  uc_server_test_join (*test, id, "ben");
  uc_clock_advance ((*test)->clock, 1000);
  uc_server_test_do (*test, "ben", "POST", "/posts", reply, 201);
  followed = get (*test, "anna", list);
  g_assert_cmpint (uc_test_get_int (followed, "total"), ==, 1);
  thread = get (*test, "anna", one);
  g_assert_cmpint (uc_test_get_int (thread, "unread_replies"), ==, 1);
  g_assert_cmpint (uc_test_get_int (thread, "unread_mentions"), ==, 1);
  uc_server_test_do (*test, "anna", "PUT", read, NULL, 200);
  after = get (*test, "anna", one);
  g_assert_cmpint (uc_test_get_int (after, "unread_replies"), ==, 0);
  uc_server_test_do (*test, "anna", "DELETE", following, NULL, 200);
  uc_server_test_do (*test, "anna", "GET", one, NULL, 404);
}

static void
check_unread (UcServerTest *test,
              const char   *channel_id,
              const char   *root_id,
              gint64        posts,
              gint64        replies)
{
  g_autofree char *channel_path = g_strdup_printf ("/users/me/channels/%s/unread", channel_id);
  g_autofree char *path = g_strdup_printf ("/users/me/teams/%s/threads/%s", test->team_id, root_id);
  g_autoptr (JsonNode) unread = get (test, "anna", channel_path);
  g_autoptr (JsonNode) thread = get (test, "anna", path);

  g_assert_cmpint (uc_test_get_int (unread, "msg_count"), ==, posts);
  g_assert_cmpint (uc_test_get_int (unread, "mention_count"), ==, posts);
  g_assert_cmpint (uc_test_get_int (thread, "unread_replies"), ==, replies);
  g_assert_cmpint (uc_test_get_int (thread, "unread_mentions"), ==, replies);
}

/* Who looks at a channel has read all of it; its threads too, unless client and person
 * keep them apart. */
static void
test_view_threads (UcServerTest **test, gconstpointer unused)
{
  static const struct {
    const char *knows;
    const char *shows;
    int         replies;
  } cases[] = {
    { "true", "on", 1 },
    { "true", "off", 0 },
    { "false", "on", 0 },
    { "false", "off", 0 },
  };
  g_autofree char *id = uc_server_test_add_channel (*test, "anna", "talk", "O");
  g_autofree char *root_id = uc_server_test_post (*test, "anna", id, "root");
  g_autofree char *reply = g_strdup_printf (
      "{\"channel_id\":\"%s\",\"root_id\":\"%s\",\"message\":\"reply @anna\"}", id, root_id);

  uc_server_test_join (*test, id, "ben");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *view = g_strdup_printf (
        "{\"channel_id\":\"%s\",\"collapsed_threads_supported\":%s}", id, cases[i].knows);
    g_autofree char *all =
        g_strdup_printf ("{\"channel_id\":\"%s\",\"collapsed_threads_supported\":false}", id);
    g_autofree char *row =
        g_strdup_printf ("[{\"user_id\":\"%s\",\"category\":\"display_settings\","
                         "\"name\":\"collapsed_reply_threads\",\"value\":\"%s\"}]",
                         uc_server_test_get_id (*test, "anna"), cases[i].shows);

    uc_server_test_do (*test, "anna", "PUT", "/users/me/preferences", row, 200);
    uc_server_test_do (*test, "anna", "POST", "/channels/members/me/view", all, 200);
    uc_clock_advance ((*test)->clock, 1000);
    uc_server_test_do (*test, "ben", "POST", "/posts", reply, 201);
    check_unread (*test, id, root_id, 1, 1);
    uc_clock_advance ((*test)->clock, 1000);
    uc_server_test_do (*test, "anna", "POST", "/channels/members/me/view", view, 200);
    check_unread (*test, id, root_id, 0, cases[i].replies);
  }
}

#define ADD(name, func)                                                                            \
  g_test_add ("/channels/" name, UcServerTest *, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("defaults", test_defaults);
  ADD ("names", test_names);
  ADD ("joining", test_joining);
  ADD ("direct", test_direct);
  ADD ("archive", test_archive);
  ADD ("leaving-team", test_leaving_team);
  ADD ("categories", test_categories);
  ADD ("preferences", test_preferences);
  ADD ("statuses", test_statuses);
  ADD ("threads", test_threads);
  ADD ("view-threads", test_view_threads);
  return g_test_run ();
}
