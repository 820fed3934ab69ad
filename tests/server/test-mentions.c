/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-mentions.h"

#include "uc-server-test-socket.h"
#include "uc-test.h"

static void
check_names (const char *text, const char *expected)
{
  g_autoptr (UcMentions) mentions = uc_mentions_new (text);
  GPtrArray *names = uc_mentions_get_names (mentions);
  g_autoptr (GString) got = g_string_new (NULL);

  for (guint i = 0; i < names->len; i++)
    g_string_append_printf (got, "%s ", (const char *) g_ptr_array_index (names, i));
  g_test_message ("%s: %s", text, got->str);
  if (expected == NULL)
    g_assert_cmpstr (got->str, ==, "");
  else
    g_assert_nonnull (strstr (got->str, expected));
}

static void
test_names (void)
{
  check_names ("@anna", "anna ");
  check_names ("hello @Anna.Berg, how", "anna.berg ");
  check_names ("(@anna)", "anna ");
  check_names ("mail anna@example.org", NULL);
  check_names ("`@anna`", NULL);
  check_names ("```\n@anna\n```", NULL);
  check_names ("``` @anna", NULL);
  check_names ("` @anna", "anna ");
  check_names ("https://example.org/@anna", NULL);
  check_names ("@", NULL);
  check_names ("", NULL);
}

/* So many names that looking them all up would take long: only some are. */
static void
test_many (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (UcMentions) mentions = NULL;

  for (guint i = 0; i < 10000; i++)
    g_string_append_printf (text, "@user%u ", i);
  mentions = uc_mentions_new (text->str);
  g_assert_cmpuint (uc_mentions_get_names (mentions)->len, <=, 200);
}

/* -- The recorded table: who is mentioned by which message -------------------------- */

typedef struct {
  UcServerTest *test;
  JsonNode     *recorded; /* (owned) */
  char         *channel_id;
} Fixture;

static void
set_notify (Fixture *self, const char *username, const char *props)
{
  g_autofree char *body = g_strdup_printf ("{\"notify_props\":{%s}}", props);

  uc_server_test_do (self->test, username, "PUT", "/users/me/patch", body, 200);
}

static void
set_up (Fixture *self, gconstpointer unused)
{
  static const char *const members[] = { "katrin.sommer", "jonas.weber", "li.wei", "olga.petrowa" };
  g_autofree char         *text = uc_test_dup_fixture ("mattermost/mentions.json", NULL);

  self->recorded = json_from_string (text, NULL);
  self->test = uc_server_test_new ();
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    uc_server_test_add_user (self->test, members[i]);
  uc_server_test_add_user (self->test, "paula.brandt");
  self->channel_id = uc_server_test_add_channel (self->test, "katrin.sommer", "talk", "O");
  for (guint i = 1; i < G_N_ELEMENTS (members); i++)
    uc_server_test_join (self->test, self->channel_id, members[i]);
  uc_server_test_do (self->test, "jonas.weber", "PUT", "/users/me/patch",
                     "{\"first_name\":\"Jonas\"}", 200);
  uc_server_test_do (self->test, "li.wei", "PUT", "/users/me/patch", "{\"first_name\":\"Wei\"}",
                     200);
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  uc_server_test_free (self->test);
  json_node_unref (self->recorded);
  g_free (self->channel_id);
}

static JsonObject *
get_recorded (Fixture *self, guint index)
{
  return json_array_get_object_element (json_node_get_array (self->recorded), index);
}

/* Names, sorted, from the ids of an event. */
static char *
dup_mentioned (Fixture *self, JsonObject *posted)
{
  const char *mentions = uc_test_frame_get_data (posted, "mentions");
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer       name;
  gpointer       id;

  g_hash_table_iter_init (&iter, self->test->user_ids);
  while (g_hash_table_iter_next (&iter, &name, &id)) {
    if (mentions != NULL && strstr (mentions, id) != NULL)
      g_ptr_array_add (names, name);
  }
  g_ptr_array_sort_values (names, (GCompareFunc) g_strcmp0);
  g_ptr_array_add (names, NULL);
  return g_strjoinv (" ", (char **) names->pdata);
}

static char *
dup_expected (JsonObject *row)
{
  JsonArray *list = json_object_get_array_member (row, "mentioned");
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < json_array_get_length (list); i++)
    g_ptr_array_add (names, (gpointer) json_array_get_string_element (list, i));
  g_ptr_array_sort_values (names, (GCompareFunc) g_strcmp0);
  g_ptr_array_add (names, NULL);
  return g_strjoinv (" ", (char **) names->pdata);
}

static char *
dup_body (Fixture *self, const char *message)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_alloc ();

  json_object_set_string_member (object, "channel_id", self->channel_id);
  json_object_set_string_member (object, "message", message);
  json_node_init_object (node, object);
  return json_to_string (node, FALSE);
}

static void
test_recorded (Fixture *self, gconstpointer unused)
{
  JsonArray *rows = json_object_get_array_member (get_recorded (self, 0), "rows");
  g_autoptr (UcTestSocket) katrin = uc_test_socket_new (self->test, "katrin.sommer", "");
  g_autoptr (UcTestSocket) jonas = uc_test_socket_new (self->test, "jonas.weber", "");

  set_notify (self, "jonas.weber",
              "\"first_name\":\"true\",\"mention_keys\":\"station 3,jonas\",\"channel\":\"true\"");
  set_notify (
      self, "li.wei",
      "\"first_name\":\"true\",\"mention_keys\":\"labor, blut ,CRP,\346\243\200\351\252\214,"
      "@pflege\",\"channel\":\"true\"");
  set_notify (self, "olga.petrowa", "\"first_name\":\"false\",\"channel\":\"false\"");
  json_object_unref (uc_test_socket_wait_event (katrin, "hello"));
  json_object_unref (uc_test_socket_wait_event (jonas, "hello"));
  g_assert_cmpuint (json_array_get_length (rows), >, 50);
  for (guint i = 0; i < json_array_get_length (rows); i++) {
    JsonObject      *row = json_array_get_object_element (rows, i);
    const char      *message = json_object_get_string_member (row, "message");
    g_autofree char *body = dup_body (self, message);
    g_autofree char *expected = dup_expected (row);
    g_autofree char *got = NULL;
    g_autoptr (JsonObject) posted = NULL;

    uc_server_test_do (self->test, "katrin.sommer", "POST", "/posts", body, 201);
    posted = uc_test_socket_wait_event (katrin, "posted");
    got = dup_mentioned (self, posted);
    g_test_message ("%s", message);
    g_assert_cmpstr (got, ==, expected);
    if (json_object_has_member (row, "ephemeral_to_author"))
      json_object_unref (uc_test_socket_wait_event (katrin, "ephemeral_message"));
  }
}

/* -- The recorded steps: what is unread --------------------------------------------- */

static void
check_numbers (JsonNode *got, JsonObject *expected)
{
  g_autoptr (GList) names = json_object_get_members (expected);

  for (GList *link = names; link != NULL; link = link->next) {
    g_test_message ("  %s", (const char *) link->data);
    g_assert_cmpint (uc_test_get_int (got, link->data), ==,
                     json_object_get_int_member (expected, link->data));
  }
}

static void
check_step (Fixture *self, guint index)
{
  JsonArray       *rows = json_object_get_array_member (get_recorded (self, 1), "rows");
  JsonObject      *row = json_array_get_object_element (rows, index);
  const char      *jonas_id = uc_server_test_get_id (self->test, "jonas.weber");
  g_autofree char *unread_path = g_strdup_printf ("/users/me/channels/%s/unread", self->channel_id);
  g_autofree char *channel_path = g_strdup_printf ("/channels/%s", self->channel_id);
  g_autofree char *member_path =
      g_strdup_printf ("/channels/%s/members/%s", self->channel_id, jonas_id);
  g_autoptr (JsonNode) unread =
      uc_server_test_call (self->test, "jonas.weber", "GET", unread_path, NULL, 200);
  g_autoptr (JsonNode) channel =
      uc_server_test_call (self->test, "jonas.weber", "GET", channel_path, NULL, 200);
  g_autoptr (JsonNode) member =
      uc_server_test_call (self->test, "jonas.weber", "GET", member_path, NULL, 200);

  g_test_message ("%s", json_object_get_string_member (row, "step"));
  check_numbers (unread, json_object_get_object_member (row, "unread"));
  check_numbers (channel, json_object_get_object_member (row, "channel"));
  check_numbers (member, json_object_get_object_member (row, "member"));
}

static char *
reply (Fixture *self, const char *root_id, const char *message)
{
  g_autofree char *body =
      g_strdup_printf ("{\"channel_id\":\"%s\",\"root_id\":\"%s\",\"message\":\"%s\"}",
                       self->channel_id, root_id, message);
  g_autoptr (JsonNode) post =
      uc_server_test_call (self->test, "katrin.sommer", "POST", "/posts", body, 201);

  return g_strdup (uc_test_get_string (post, "id"));
}

static char *
post (Fixture *self, const char *username, const char *message)
{
  return uc_server_test_post (self->test, username, self->channel_id, message);
}

static void
do_as (Fixture *self, const char *username, const char *method, const char *path, const char *body)
{
  uc_server_test_do (self->test, username, method, path, body, 200);
}

static void
test_counters (Fixture *self, gconstpointer unused)
{
  g_autofree char *members = NULL;
  g_autofree char *jonas =
      g_strdup_printf ("{\"user_id\":\"%s\"}", uc_server_test_get_id (self->test, "jonas.weber"));
  g_autofree char *view = NULL;
  g_autofree char *patch = NULL;
  g_autofree char *notify = NULL;
  g_autofree char *root_id = NULL;
  g_autofree char *mention_id = NULL;
  g_autofree char *reply_id = NULL;
  g_autofree char *reply_2_id = NULL;
  g_autofree char *own_id = NULL;
  g_autofree char *late_id = NULL;
  g_autofree char *late_path = NULL;
  g_autofree char *edit_path = NULL;
  char            *rest[3] = { NULL };

  g_free (self->channel_id);
  self->channel_id = uc_server_test_add_channel (self->test, "katrin.sommer", "fresh", "O");
  members = g_strdup_printf ("/channels/%s/members", self->channel_id);
  view = g_strdup_printf ("{\"channel_id\":\"%s\"}", self->channel_id);
  patch = g_strdup_printf ("/channels/%s/patch", self->channel_id);
  notify = g_strdup_printf ("/channels/%s/members/%s/notify_props", self->channel_id,
                            uc_server_test_get_id (self->test, "jonas.weber"));

  uc_server_test_do (self->test, "katrin.sommer", "POST", members, jonas, 201);
  check_step (self, 0);
  do_as (self, "jonas.weber", "POST", "/channels/members/me/view", view);
  check_step (self, 1);
  root_id = post (self, "katrin.sommer", "first");
  check_step (self, 2);
  mention_id = post (self, "katrin.sommer", "@jonas.weber");
  check_step (self, 3);
  reply_id = reply (self, root_id, "reply");
  check_step (self, 4);
  reply_2_id = reply (self, root_id, "reply @jonas.weber");
  check_step (self, 5);
  do_as (self, "katrin.sommer", "PUT", patch, "{\"header\":\"new\"}");
  check_step (self, 6);
  own_id = post (self, "jonas.weber", "mine");
  check_step (self, 7);
  late_id = post (self, "katrin.sommer", "later");
  check_step (self, 8);
  late_path = g_strdup_printf ("/posts/%s", late_id);
  do_as (self, "katrin.sommer", "DELETE", late_path, NULL);
  check_step (self, 9);
  rest[0] = post (self, "katrin.sommer", "@all");
  check_step (self, 10);
  edit_path = g_strdup_printf ("/posts/%s/patch", root_id);
  do_as (self, "katrin.sommer", "PUT", edit_path, "{\"message\":\"first @jonas.weber\"}");
  check_step (self, 11);
  do_as (self, "jonas.weber", "PUT", notify, "{\"mark_unread\":\"mention\"}");
  check_step (self, 12);
  rest[1] = post (self, "katrin.sommer", "quiet");
  check_step (self, 13);
  rest[2] = post (self, "katrin.sommer", "@jonas.weber");
  check_step (self, 14);
  g_free (rest[0]);
  g_free (rest[1]);
  g_free (rest[2]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mentions/names", test_names);
  g_test_add_func ("/mentions/many", test_many);
  g_test_add ("/mentions/recorded", Fixture, NULL, set_up, test_recorded, tear_down);
  g_test_add ("/mentions/counters", Fixture, NULL, set_up, test_counters, tear_down);
  return g_test_run ();
}
