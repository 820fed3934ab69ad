/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A message that is sent again, because its answer was lost, is there once. */

#include "config.h"

#include "uc-server-test-socket.h"
#include "uc-test.h"

typedef struct {
  UcServerTest *test;
  char         *channel_id;
  char         *other_id;
} Fixture;

static void
set_up (Fixture *self, gconstpointer unused)
{
  self->test = uc_server_test_new ();
  uc_server_test_add_user (self->test, "anna");
  uc_server_test_add_user (self->test, "ben");
  self->channel_id = uc_server_test_add_channel (self->test, "anna", "talk", "O");
  self->other_id = uc_server_test_add_channel (self->test, "anna", "other", "O");
  uc_server_test_join (self->test, self->channel_id, "ben");
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  uc_server_test_free (self->test);
  g_free (self->channel_id);
  g_free (self->other_id);
}

static char *
dup_body (const char *channel_id, const char *pending_id, const char *op, const char *text)
{
  return g_strdup_printf ("{\"channel_id\":\"%s\",\"message\":\"%s\",\"pending_post_id\":\"%s\","
                          "\"props\":{\"unified_chat\":{\"op\":\"%s\"}}}",
                          channel_id, text, pending_id, op);
}

static char *
send_post (Fixture    *self,
           const char *username,
           const char *channel_id,
           const char *pending_id,
           const char *op,
           const char *text)
{
  g_autofree char *body = dup_body (channel_id, pending_id, op, text);
  g_autoptr (JsonNode) post =
      uc_server_test_call (self->test, username, "POST", "/posts", body, 201);

  return g_strdup (uc_test_get_string (post, "id"));
}

static guint
count_texts (Fixture *self, const char *channel_id, const char *text)
{
  g_autofree char *path = g_strdup_printf ("/channels/%s/posts?per_page=200", channel_id);
  g_autoptr (JsonNode) page = uc_server_test_call (self->test, "anna", "GET", path, NULL, 200);
  g_autoptr (GList) posts =
      json_object_get_values (json_object_get_object_member (json_node_get_object (page), "posts"));
  guint n = 0;

  for (GList *link = posts; link != NULL; link = link->next)
    n += g_str_equal (uc_test_get_string (link->data, "message"), text);
  return n;
}

static void
test_in_turn (Fixture *self, gconstpointer unused)
{
  g_autofree char *first = send_post (self, "anna", self->channel_id, "p:1", "", "hello");
  g_autofree char *again = send_post (self, "anna", self->channel_id, "p:1", "", "hello");
  g_autofree char *changed = send_post (self, "anna", self->channel_id, "p:1", "", "changed");
  g_autofree char *next = send_post (self, "anna", self->channel_id, "p:2", "", "hello");

  g_assert_cmpstr (first, ==, again);
  g_assert_cmpstr (first, ==, changed);
  g_assert_cmpstr (first, !=, next);
  g_assert_cmpuint (count_texts (self, self->channel_id, "hello"), ==, 2);
  g_assert_cmpuint (count_texts (self, self->channel_id, "changed"), ==, 0);
}

/* The counter and the sockets hear of it once. */
static void
test_side_effects (Fixture *self, gconstpointer unused)
{
  g_autoptr (UcTestSocket) ben = uc_test_socket_new (self->test, "ben", "");
  g_autofree char *path = g_strdup_printf ("/channels/%s", self->channel_id);
  g_autofree char *first = NULL;
  g_autofree char *again = NULL;
  g_autoptr (JsonNode) before = NULL;
  g_autoptr (JsonNode) after = NULL;

  json_object_unref (uc_test_socket_wait_event (ben, "hello"));
  first = send_post (self, "anna", self->channel_id, "p:1", "", "hello");
  before = uc_server_test_call (self->test, "anna", "GET", path, NULL, 200);
  again = send_post (self, "anna", self->channel_id, "p:1", "", "hello");
  after = uc_server_test_call (self->test, "anna", "GET", path, NULL, 200);
  uc_test_socket_flush (ben);
  g_assert_cmpuint (uc_test_socket_count (ben, "posted"), ==, 1);
  g_assert_cmpint (uc_test_get_int (before, "total_msg_count"), ==,
                   uc_test_get_int (after, "total_msg_count"));
}

typedef struct {
  guint      n_left;
  GPtrArray *ids;
} Parallel;

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Parallel *parallel = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
      soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) post = NULL;

  g_assert_no_error (error);
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  post = json_from_string (text, NULL);
  g_ptr_array_add (parallel->ids, g_strdup (uc_test_get_string (post, "id")));
  parallel->n_left--;
}

static gboolean
is_done (gpointer user_data)
{
  return ((Parallel *) user_data)->n_left == 0;
}

static void
test_at_once (Fixture *self, gconstpointer unused)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = dup_body (self->channel_id, "p:9", "", "at once");
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  Parallel parallel = { 40, ids };

  for (guint i = 0; i < 40; i++) {
    g_autoptr (SoupMessage) message =
        uc_server_test_new_message (self->test, "anna", "POST", "/posts");

    soup_message_set_request_body_from_bytes (message, "application/json", body);
    soup_session_send_and_read_async (self->test->client, message, G_PRIORITY_DEFAULT, NULL,
                                      sent_cb, &parallel);
  }
  uc_test_wait_until (is_done, &parallel, 20000);
  for (guint i = 0; i < ids->len; i++)
    g_assert_cmpstr (ids->pdata[i], ==, ids->pdata[0]);
  g_assert_cmpuint (count_texts (self, self->channel_id, "at once"), ==, 1);
}

/* The id is its author's, and counts in its channel. */
static void
test_others (Fixture *self, gconstpointer unused)
{
  g_autofree char *annas = send_post (self, "anna", self->channel_id, "p:1", "", "hello");
  g_autofree char *bens = send_post (self, "ben", self->channel_id, "p:1", "", "hello");
  g_autofree char *elsewhere = send_post (self, "anna", self->other_id, "p:1", "", "hello");

  g_assert_cmpstr (annas, !=, bens);
  g_assert_cmpstr (annas, !=, elsewhere);
  g_assert_cmpuint (count_texts (self, self->channel_id, "hello"), ==, 2);
  g_assert_cmpuint (count_texts (self, self->other_id, "hello"), ==, 1);
}

/* An operation is done once, however late and under whatever other id it comes again. */
static void
test_operation (Fixture *self, gconstpointer unused)
{
  const char      *op = "abcdefghijkmnopqrstuwxyz13";
  g_autofree char *first = send_post (self, "anna", self->channel_id, "p:1", op, "hello");
  g_autofree char *again = NULL;
  g_autofree char *bens = NULL;

  uc_clock_advance (self->test->clock, G_GINT64_CONSTANT (86400000));
  uc_server_test_restart (self->test);
  again = send_post (self, "anna", self->channel_id, "p:2", op, "hello");
  bens = send_post (self, "ben", self->channel_id, "p:3", op, "hello");
  g_assert_cmpstr (first, ==, again);
  g_assert_cmpstr (first, !=, bens);
  g_assert_cmpuint (count_texts (self, self->channel_id, "hello"), ==, 2);
}

/* Without an id every message is a new one. */
static void
test_no_id (Fixture *self, gconstpointer unused)
{
  g_autofree char *first = send_post (self, "anna", self->channel_id, "", "", "hello");
  g_autofree char *second = send_post (self, "anna", self->channel_id, "", "", "hello");

  g_assert_cmpstr (first, !=, second);
  g_assert_cmpuint (count_texts (self, self->channel_id, "hello"), ==, 2);
}

/* A refused try takes the id from nobody. */
static void
test_after_refusal (Fixture *self, gconstpointer unused)
{
  g_autofree char *filler = g_strnfill (16384, 'x');
  g_autofree char *long_body = dup_body (self->channel_id, "p:1", "", filler);
  g_autofree char *post_id = NULL;

  uc_server_test_do (self->test, "anna", "POST", "/posts", long_body, 400);
  post_id = send_post (self, "anna", self->channel_id, "p:1", "", "better");
  g_assert_cmpuint (count_texts (self, self->channel_id, "better"), ==, 1);
}

#define ADD(name, func) g_test_add ("/repetition/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("in-turn", test_in_turn);
  ADD ("side-effects", test_side_effects);
  ADD ("at-once", test_at_once);
  ADD ("others", test_others);
  ADD ("operation", test_operation);
  ADD ("no-id", test_no_id);
  ADD ("after-refusal", test_after_refusal);
  return g_test_run ();
}
