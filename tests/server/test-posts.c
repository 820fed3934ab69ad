/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Posts: written, read by page and by time, changed, deleted, answered, found. */

#include "config.h"

#include "uc-server-test-socket.h"
#include "uc-test.h"

#include <string.h>

typedef struct {
  UcServerTest *test;
  char         *channel_id;
} Fixture;

static void
set_up (Fixture *self, gconstpointer unused)
{
  self->test = uc_server_test_new ();
  uc_server_test_add_user (self->test, "anna");
  uc_server_test_add_user (self->test, "ben");
  self->channel_id = uc_server_test_add_channel (self->test, "anna", "talk", "O");
  uc_server_test_join (self->test, self->channel_id, "ben");
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  uc_server_test_free (self->test);
  g_free (self->channel_id);
}

static char *
post (Fixture *self, const char *username, const char *text)
{
  uc_clock_advance (self->test->clock, 1000);
  return uc_server_test_post (self->test, username, self->channel_id, text);
}

static char *
reply (Fixture *self, const char *username, const char *root_id, const char *text)
{
  g_autofree char *body =
      g_strdup_printf ("{\"channel_id\":\"%s\",\"root_id\":\"%s\",\"message\":\"%s\"}",
                       self->channel_id, root_id, text);
  g_autoptr (JsonNode) node = NULL;

  uc_clock_advance (self->test->clock, 1000);
  node = uc_server_test_call (self->test, username, "POST", "/posts", body, 201);
  return g_strdup (uc_test_get_string (node, "id"));
}

static JsonNode *
get_post (Fixture *self, const char *post_id)
{
  g_autofree char *path = g_strdup_printf ("/posts/%s", post_id);

  return uc_server_test_call (self->test, "anna", "GET", path, NULL, 200);
}

static void
change (Fixture    *self,
        const char *username,
        const char *method,
        const char *post_id,
        const char *rest,
        const char *body,
        guint       status)
{
  g_autofree char *path = g_strdup_printf ("/posts/%s%s", post_id, rest);

  uc_clock_advance (self->test->clock, 1000);
  uc_server_test_do (self->test, username, method, path, body, status);
}

/* Texts of a page in its order, system messages left out: "three two one". */
static char *
dup_page (Fixture *self, const char *query)
{
  g_autofree char *path = g_strdup_printf ("/channels/%s/posts%s", self->channel_id, query);
  g_autoptr (JsonNode) page = uc_server_test_call (self->test, "anna", "GET", path, NULL, 200);
  JsonObject *object = json_node_get_object (page);
  JsonArray  *order = json_object_get_array_member (object, "order");
  JsonObject *posts = json_object_get_object_member (object, "posts");
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < json_array_get_length (order); i++) {
    JsonObject *one =
        json_object_get_object_member (posts, json_array_get_string_element (order, i));

    g_assert_nonnull (one);
    if (*json_object_get_string_member (one, "type") == '\0')
      g_ptr_array_add (texts, g_strdup (json_object_get_string_member (one, "message")));
  }
  g_ptr_array_add (texts, NULL);
  return g_strjoinv (" ", (char **) texts->pdata);
}

static void
check_page (Fixture *self, const char *query, const char *expected)
{
  g_autofree char *texts = dup_page (self, query);

  g_test_message ("%s", query);
  g_assert_cmpstr (texts, ==, expected);
}

static void
test_pages (Fixture *self, gconstpointer unused)
{
  static const char *const texts[] = { "one", "two", "three", "four", "five" };
  char                    *ids[G_N_ELEMENTS (texts)];
  g_autofree char         *before = NULL;
  g_autofree char         *after = NULL;
  g_autofree char         *both = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    ids[i] = post (self, "anna", texts[i]);
  check_page (self, "", "five four three two one");
  check_page (self, "?per_page=2", "five four");
  check_page (self, "?per_page=2&page=1", "three two");
  check_page (self, "?per_page=2&page=9", "");
  before = g_strdup_printf ("?before=%s&per_page=2", ids[3]);
  check_page (self, before, "three two");
  after = g_strdup_printf ("?after=%s&per_page=2", ids[1]);
  check_page (self, after, "four three");
  both = g_strdup_printf ("?before=%s&per_page=1&page=1", ids[3]);
  check_page (self, both, "two");
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (ids[i]);
}

/* Written in the same millisecond they keep their order, over pages too. */
static void
test_same_time (Fixture *self, gconstpointer unused)
{
  g_autoptr (GString) expected = g_string_new (NULL);
  g_autofree char *anchor = NULL;
  g_autofree char *query = NULL;

  for (guint i = 0; i < 20; i++) {
    g_autofree char *text = g_strdup_printf ("t%02u", i);
    g_autofree char *id = uc_server_test_post (self->test, "anna", self->channel_id, text);

    if (i == 10)
      anchor = g_strdup (id);
  }
  for (int i = 19; i >= 0; i--)
    g_string_append_printf (expected, "%st%02d", i < 19 ? " " : "", i);
  check_page (self, "", expected->str);
  query = g_strdup_printf ("?before=%s&per_page=3", anchor);
  check_page (self, query, "t09 t08 t07");
  g_free (query);
  query = g_strdup_printf ("?after=%s&per_page=3", anchor);
  check_page (self, query, "t13 t12 t11");
}

/* What changed since: new, edited, deleted. */
static void
test_since (Fixture *self, gconstpointer unused)
{
  g_autofree char *old_id = post (self, "anna", "old");
  g_autofree char *edited_id = post (self, "anna", "edited");
  g_autofree char *gone_id = post (self, "anna", "gone");
  gint64           since_ms = uc_clock_get_now_ms (self->test->clock);
  g_autofree char *path =
      g_strdup_printf ("/channels/%s/posts?since=%" G_GINT64_FORMAT, self->channel_id, since_ms);
  g_autofree char *new_id = post (self, "anna", "new");
  g_autoptr (JsonNode) page = NULL;
  JsonObject *posts;

  change (self, "anna", "PUT", edited_id, "/patch", "{\"message\":\"better\"}", 200);
  change (self, "anna", "DELETE", gone_id, "", NULL, 200);
  page = uc_server_test_call (self->test, "anna", "GET", path, NULL, 200);
  posts = json_object_get_object_member (json_node_get_object (page), "posts");
  g_assert_false (json_object_has_member (posts, old_id));
  g_assert_true (json_object_has_member (posts, new_id));
  g_assert_cmpstr (
      json_object_get_string_member (json_object_get_object_member (posts, edited_id), "message"),
      ==, "better");
  g_assert_cmpint (
      json_object_get_int_member (json_object_get_object_member (posts, gone_id), "delete_at"), >,
      since_ms);
}

static void
test_edit (Fixture *self, gconstpointer unused)
{
  g_autofree char *id = post (self, "anna", "first");
  g_autoptr (UcTestSocket) ben = uc_test_socket_new (self->test, "ben", "");
  g_autoptr (JsonObject) event = NULL;
  g_autoptr (JsonNode) edited = NULL;
  g_autoptr (JsonNode) pinned = NULL;

  json_object_unref (uc_test_socket_wait_event (ben, "hello"));
  change (self, "anna", "PUT", id, "/patch", "{\"message\":\"second #tag\"}", 200);
  edited = get_post (self, id);
  g_assert_cmpstr (uc_test_get_string (edited, "message"), ==, "second #tag");
  g_assert_cmpstr (uc_test_get_string (edited, "hashtags"), ==, "#tag");
  g_assert_cmpint (uc_test_get_int (edited, "edit_at"), >, uc_test_get_int (edited, "create_at"));
  event = uc_test_socket_wait_event (ben, "post_edited");
  g_assert_nonnull (strstr (uc_test_frame_get_data (event, "post"), "second #tag"));
  change (self, "ben", "PUT", id, "/patch", "{\"message\":\"third\"}", 403);

  change (self, "ben", "POST", id, "/pin", NULL, 200);
  pinned = get_post (self, id);
  g_assert_true (json_object_get_boolean_member (json_node_get_object (pinned), "is_pinned"));
  /* A pin is no edit. */
  g_assert_cmpint (uc_test_get_int (pinned, "edit_at"), ==, uc_test_get_int (edited, "edit_at"));
}

/* With its answers, its file and its text. */
static void
test_delete (Fixture *self, gconstpointer unused)
{
  g_autofree char *path = g_strdup_printf ("/files?channel_id=%s&filename=a.txt", self->channel_id);
  g_autoptr (JsonNode) upload =
      uc_server_test_call (self->test, "anna", "POST", path, "content", 201);
  const char *file_id = json_object_get_string_member (
      json_array_get_object_element (
          json_object_get_array_member (json_node_get_object (upload), "file_infos"), 0),
      "id");
  g_autofree char *body =
      g_strdup_printf ("{\"channel_id\":\"%s\",\"message\":\"a secret\",\"file_ids\":[\"%s\"]}",
                       self->channel_id, file_id);
  g_autoptr (JsonNode) root = uc_server_test_call (self->test, "anna", "POST", "/posts", body, 201);
  g_autofree char *id = g_strdup (uc_test_get_string (root, "id"));
  g_autofree char *reply_id = reply (self, "ben", id, "an answer");
  g_autofree char *root_path = g_strdup_printf ("/posts/%s", id);
  g_autofree char *reply_path = g_strdup_printf ("/posts/%s", reply_id);
  g_autofree char *file_path = g_strdup_printf ("/files/%s", file_id);
  g_autofree char *since_path = g_strdup_printf ("/channels/%s/posts?since=1", self->channel_id);
  g_autoptr (UcTestAnswer) since = NULL;

  uc_server_test_do (self->test, "ben", "GET", file_path, NULL, 200);
  change (self, "ben", "DELETE", id, "", NULL, 403);
  change (self, "anna", "DELETE", id, "", NULL, 200);
  uc_server_test_do (self->test, "anna", "GET", root_path, NULL, 404);
  uc_server_test_do (self->test, "anna", "GET", reply_path, NULL, 404);
  uc_server_test_do (self->test, "ben", "GET", file_path, NULL, 404);
  uc_server_test_do (self->test, "anna", "GET", file_path, NULL, 404);
  check_page (self, "", "");
  /* Told that it is gone, not what it was. */
  since = uc_server_test_ask (self->test, "ben", "GET", since_path, NULL);
  g_assert_null (g_strstr_len (g_bytes_get_data (since->body, NULL),
                               (gssize) g_bytes_get_size (since->body), "a secret"));
  change (self, "anna", "PUT", id, "/patch", "{\"message\":\"back\"}", 403);
  change (self, "anna", "DELETE", id, "", NULL, 403);
}

static void
test_thread (Fixture *self, gconstpointer unused)
{
  g_autofree char *id = post (self, "anna", "root");
  g_autofree char *first_id = reply (self, "ben", id, "first");
  g_autofree char *second_id = reply (self, "anna", id, "second");
  g_autofree char *path = g_strdup_printf ("/posts/%s/thread", second_id);
  g_autofree char *body =
      g_strdup_printf ("{\"channel_id\":\"%s\",\"root_id\":\"%s\",\"message\":\"deep\"}",
                       self->channel_id, first_id);
  g_autoptr (JsonNode) thread = uc_server_test_call (self->test, "anna", "GET", path, NULL, 200);
  g_autoptr (JsonNode) root = get_post (self, id);
  g_autoptr (JsonNode) fewer = NULL;
  JsonObject *posts = json_object_get_object_member (json_node_get_object (thread), "posts");

  g_assert_cmpuint (json_object_get_size (posts), ==, 3);
  g_assert_cmpint (uc_test_get_int (root, "reply_count"), ==, 2);
  /* An answer to an answer is none. */
  uc_server_test_do (self->test, "anna", "POST", "/posts", body, 400);
  change (self, "ben", "DELETE", first_id, "", NULL, 200);
  fewer = get_post (self, id);
  g_assert_cmpint (uc_test_get_int (fewer, "reply_count"), ==, 1);
}

static void
test_reactions (Fixture *self, gconstpointer unused)
{
  g_autofree char *id = post (self, "anna", "nice");
  g_autofree char *body =
      g_strdup_printf ("{\"user_id\":\"%s\",\"post_id\":\"%s\",\"emoji_name\":\"heart\"}",
                       uc_server_test_get_id (self->test, "ben"), id);
  g_autofree char *path = g_strdup_printf ("/posts/%s/reactions", id);
  g_autofree char *own = g_strdup_printf ("/users/me/posts/%s/reactions/heart", id);
  g_autoptr (UcTestSocket) anna = uc_test_socket_new (self->test, "anna", "");
  g_autoptr (JsonNode) made = NULL;
  g_autoptr (JsonNode) reacted = NULL;
  g_autoptr (JsonNode) list = NULL;
  g_autoptr (JsonNode) empty = NULL;

  made = uc_server_test_call (self->test, "ben", "POST", "/reactions", body, 200);
  /* However little time has passed, the post is of another time than before. */
  reacted = get_post (self, id);
  g_assert_cmpint (uc_test_get_int (reacted, "update_at"), >,
                   uc_test_get_int (reacted, "create_at"));
  g_assert_cmpint (uc_test_get_int (made, "create_at"), ==, uc_test_get_int (reacted, "update_at"));
  uc_server_test_do (self->test, "ben", "POST", "/reactions", body, 200);
  list = uc_server_test_call (self->test, "anna", "GET", path, NULL, 200);
  g_assert_cmpuint (uc_test_get_length (list), ==, 1);
  json_object_unref (uc_test_socket_wait_event (anna, "reaction_added"));
  uc_server_test_do (self->test, "ben", "DELETE", own, NULL, 200);
  empty = uc_server_test_call (self->test, "anna", "GET", path, NULL, 200);
  g_assert_cmpuint (uc_test_get_length (empty), ==, 0);
  json_object_unref (uc_test_socket_wait_event (anna, "reaction_removed"));
}

/* How many posts a search finds. */
static void
check_search (Fixture *self, const char *username, const char *terms, guint n)
{
  g_autofree char *path = g_strdup_printf ("/teams/%s/posts/search", self->test->team_id);
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) query = json_node_alloc ();
  g_autofree char *body = NULL;
  g_autoptr (JsonNode) found = NULL;

  json_object_set_string_member (object, "terms", terms);
  json_object_set_boolean_member (object, "is_or_search", FALSE);
  json_node_init_object (query, object);
  body = json_to_string (query, FALSE);
  found = uc_server_test_call (self->test, username, "POST", path, body, 200);
  g_test_message ("%s", terms);
  g_assert_cmpuint (
      json_array_get_length (json_object_get_array_member (json_node_get_object (found), "order")),
      ==, n);
}

static void
test_search (Fixture *self, gconstpointer unused)
{
  g_autofree char *one = post (self, "anna", "The X-ray of the left knee #knee");
  g_autofree char *two = post (self, "ben", "the right knee is fine");
  g_autofree char *three = post (self, "ben", "lunch?");
  g_autofree char *private_id = uc_server_test_add_channel (self->test, "ben", "private", "P");
  g_autofree char *four = uc_server_test_post (self->test, "ben", private_id, "my own knee");

  check_search (self, "anna", "knee", 2);
  check_search (self, "ben", "knee", 3);
  check_search (self, "anna", "left knee", 1);
  check_search (self, "anna", "knee from:ben", 1);
  check_search (self, "anna", "knee -from:ben", 1);
  check_search (self, "anna", "kne*", 2);
  check_search (self, "anna", "#knee", 1);
  check_search (self, "anna", "\"right knee\"", 1);
  check_search (self, "anna", "in:talk", 3);
  check_search (self, "anna", "knee in:private", 0);
  check_search (self, "anna", "\"; DROP TABLE posts; --", 0);
  check_search (self, "anna", "knee on:2025-11-20", 2);
  check_search (self, "anna", "knee before:2025-11-20", 0);
  change (self, "anna", "DELETE", one, "", NULL, 200);
  check_search (self, "anna", "left", 0);
  change (self, "ben", "PUT", two, "/patch", "{\"message\":\"the elbow is fine\"}", 200);
  check_search (self, "anna", "right", 0);
  check_search (self, "anna", "elbow", 1);
}

/* Unread from a certain message on, and read again. */
static void
test_unread (Fixture *self, gconstpointer unused)
{
  g_autofree char *one = post (self, "anna", "one");
  g_autofree char *two = post (self, "anna", "two");
  g_autofree char *three = post (self, "anna", "three");
  g_autofree char *set = g_strdup_printf ("/users/me/posts/%s/set_unread", two);
  g_autofree char *get = g_strdup_printf ("/users/me/channels/%s/unread", self->channel_id);
  g_autofree char *view = g_strdup_printf ("{\"channel_id\":\"%s\"}", self->channel_id);
  g_autoptr (JsonNode) before = NULL;
  g_autoptr (JsonNode) after = NULL;

  uc_server_test_do (self->test, "ben", "POST", "/channels/members/me/view", view, 200);
  before = uc_server_test_call (self->test, "ben", "GET", get, NULL, 200);
  g_assert_cmpint (uc_test_get_int (before, "msg_count"), ==, 0);
  uc_server_test_do (self->test, "ben", "POST", set, "{}", 200);
  after = uc_server_test_call (self->test, "ben", "GET", get, NULL, 200);
  g_assert_cmpint (uc_test_get_int (after, "msg_count"), ==, 2);
}

#define ADD(name, func) g_test_add ("/posts/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("pages", test_pages);
  ADD ("same-time", test_same_time);
  ADD ("since", test_since);
  ADD ("edit", test_edit);
  ADD ("delete", test_delete);
  ADD ("thread", test_thread);
  ADD ("reactions", test_reactions);
  ADD ("search", test_search);
  ADD ("unread", test_unread);
  return g_test_run ();
}
