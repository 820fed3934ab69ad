/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Search on a whole server: what is found by which words and operators, in which order,
 * and that nobody finds what he may not read. */

#include "config.h"

#include "uc-server-test.h"

#include <string.h>

typedef struct {
  UcServerTest *test;
  char         *talk_id;
} Fixture;

/* The clock of the test begins on this day; a message a minute. */
#define TODAY     "2025-11-20"
#define YESTERDAY "2025-11-19"
#define TOMORROW  "2025-11-21"
#define DAY_MS    G_GINT64_CONSTANT (86400000)

static void
set_up (Fixture *self, gconstpointer unused)
{
  self->test = uc_server_test_new ();
  uc_server_test_add_user (self->test, "anna");
  uc_server_test_add_user (self->test, "ben");
  self->talk_id = uc_server_test_add_channel (self->test, "anna", "talk", "O");
  uc_server_test_join (self->test, self->talk_id, "ben");
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  uc_server_test_free (self->test);
  g_free (self->talk_id);
}

static void
post (Fixture *self, const char *username, const char *channel_id, const char *text)
{
  uc_clock_advance (self->test->clock, 60000);
  g_free (uc_server_test_post (self->test, username, channel_id, text));
}

static char *
dup_query (const char *terms, gboolean any_word, int page)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_alloc ();

  json_object_set_string_member (object, "terms", terms);
  json_object_set_boolean_member (object, "is_or_search", any_word);
  json_object_set_int_member (object, "page", page);
  json_node_init_object (node, object);
  return json_to_string (node, FALSE);
}

/* The texts found, newest first, joined. */
static char *
dup_found (JsonNode *answer)
{
  JsonObject *object = json_node_get_object (answer);
  JsonArray  *order = json_object_get_array_member (object, "order");
  JsonObject *posts = json_object_get_object_member (object, "posts");
  g_autoptr (GString) texts = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (order); i++) {
    JsonObject *found =
        json_object_get_object_member (posts, json_array_get_string_element (order, i));

    g_string_append_printf (texts, "%s%s", i > 0 ? "|" : "",
                            json_object_get_string_member (found, "message"));
  }
  return g_string_free (g_steal_pointer (&texts), FALSE);
}

static void
check_on (Fixture *self, const char *path, const char *username, char *body, const char *expected)
{
  g_autofree char *taken = body;
  g_autoptr (JsonNode) answer =
      uc_server_test_call (self->test, username, "POST", path, taken, 200);
  g_autofree char *found = dup_found (answer);

  g_test_message ("%s: %s", username, taken);
  g_assert_cmpstr (found, ==, expected);
}

static void
check (Fixture *self, const char *username, const char *terms, const char *expected)
{
  g_autofree char *path = g_strdup_printf ("/teams/%s/posts/search", self->test->team_id);

  check_on (self, path, username, dup_query (terms, FALSE, 0), expected);
}

typedef struct {
  const char *terms;
  const char *expected;
} Case;

static void
check_all (Fixture *self, const char *username, const Case *cases, guint n_cases)
{
  for (guint i = 0; i < n_cases; i++)
    check (self, username, cases[i].terms, cases[i].expected);
}

static void
test_words (Fixture *self, gconstpointer unused)
{
  static const Case cases[] = {
    { "knee", "right knee #urgent|left knee and left hand" },
    { "KNEE", "right knee #urgent|left knee and left hand" },
    { "left knee", "left knee and left hand" },
    { "knee left", "left knee and left hand" },
    { "\"left knee\"", "left knee and left hand" },
    { "\"knee left\"", "" },
    { "\"left hand\"", "left knee and left hand" },
    { "kne*", "right knee #urgent|left knee and left hand" },
    { "kne", "" },
    { "#urgent", "right knee #urgent" },
    { "knee -left", "right knee #urgent" },
    { "knee -\"left knee\"", "right knee #urgent" },
    { "knee -urgent -hand", "" },
    /* No part of a word, also where words have no borders: as Mattermost has it. */
    { "检验", "" },
    { "请检验一下", "请检验一下" },
    { "\"; DROP TABLE posts; --", "" },
    { "NEAR(left knee)", "" },
    { "channel_id : knee", "" },
  };
  g_autofree char *path = g_strdup_printf ("/teams/%s/posts/search", self->test->team_id);

  post (self, "anna", self->talk_id, "left knee and left hand");
  post (self, "ben", self->talk_id, "right knee #urgent");
  post (self, "ben", self->talk_id, "请检验一下");
  check_all (self, "anna", cases, G_N_ELEMENTS (cases));
  check_on (self, path, "anna", dup_query ("urgent hand", TRUE, 0),
            "right knee #urgent|left knee and left hand");
}

static void
test_operators (Fixture *self, gconstpointer unused)
{
  static const Case cases[] = {
    { "ward from:anna", "other ward|ward one" },
    { "from:anna", "other ward|ward one" },
    { "ward -from:anna", "ward two" },
    { "ward from:anna from:ben", "other ward|ward two|ward one" },
    { "ward from:nobody", "" },
    { "ward in:talk", "ward two|ward one" },
    { "ward in: talk", "ward two|ward one" },
    { "ward -in:talk", "other ward" },
    { "in:other", "other ward" },
    { "ward in:nowhere", "" },
    { "ward in:talk from:ben", "ward two" },
  };
  g_autofree char *other_id = uc_server_test_add_channel (self->test, "anna", "other", "O");

  post (self, "anna", self->talk_id, "ward one");
  post (self, "ben", self->talk_id, "ward two");
  post (self, "anna", other_id, "other ward");
  check_all (self, "anna", cases, G_N_ELEMENTS (cases));
  check_on (self, "/posts/search", "anna", dup_query ("ward in:talk", FALSE, 0),
            "ward two|ward one");
  check_on (self, "/posts/search", "anna", dup_query ("ward -in:talk", FALSE, 0), "other ward");
  check_on (self, "/posts/search", "anna", dup_query ("ward in:nowhere", FALSE, 0), "");
  /* Ben is not in the other one. */
  check (self, "ben", "ward", "ward two|ward one");
  check (self, "ben", "from:anna", "ward one");
}

static void
test_days (Fixture *self, gconstpointer unused)
{
  static const Case cases[] = {
    { "round", "third round|second round|first round" },
    { "round on:" TODAY, "first round" },
    { "round on:" TOMORROW, "second round" },
    { "round before:" TODAY, "" },
    { "round before:" TOMORROW, "first round" },
    { "round after:" YESTERDAY, "third round|second round|first round" },
    { "round after:" TODAY, "third round|second round" },
    { "round after:" TODAY " before:2025-11-22", "second round" },
    { "round on:someday", "" },
    { "on:" TODAY " from:anna", "first round" },
  };

  post (self, "anna", self->talk_id, "first round");
  uc_clock_advance (self->test->clock, DAY_MS);
  post (self, "anna", self->talk_id, "second round");
  uc_clock_advance (self->test->clock, DAY_MS);
  post (self, "anna", self->talk_id, "third round");
  check_all (self, "anna", cases, G_N_ELEMENTS (cases));
}

/* A hundred at most, the newest; like the real server there is no second page. */
static void
test_pages (Fixture *self, gconstpointer unused)
{
  g_autofree char *path = g_strdup_printf ("/teams/%s/posts/search", self->test->team_id);
  g_autofree char *body = dup_query ("bed", FALSE, 0);
  g_autoptr (JsonNode) answer = NULL;
  g_autofree char *found = NULL;

  for (guint i = 0; i < 120; i++) {
    g_autofree char *text = g_strdup_printf ("bed %u", i);

    post (self, "anna", self->talk_id, text);
  }
  answer = uc_server_test_call (self->test, "anna", "POST", path, body, 200);
  found = dup_found (answer);
  g_assert_true (g_str_has_prefix (found, "bed 119|bed 118|"));
  g_assert_true (g_str_has_suffix (found, "|bed 20"));
  check_on (self, path, "anna", dup_query ("bed", FALSE, 1), "");
}

/* Never a hit of a channel one is not in, however it is asked for. */
static void
test_permissions (Fixture *self, gconstpointer unused)
{
  static const char *const asked[] = {
    "secret",
    "secr*",
    "\"the secret\"",
    "from:anna",
    "in:hidden",
    "in:hidden secret",
    "on:" TODAY " secret",
    "in:@anna secret",
  };
  g_autofree char *hidden_id = uc_server_test_add_channel (self->test, "anna", "hidden", "P");
  g_autofree char *leave = g_strdup_printf ("/channels/%s/members/%s", hidden_id,
                                            uc_server_test_get_id (self->test, "ben"));
  g_autofree char *direct =
      g_strdup_printf ("[\"%s\",\"%s\"]", uc_server_test_get_id (self->test, "anna"),
                       uc_server_test_get_id (self->test, "admin"));
  g_autofree char *team = g_strdup_printf ("/teams/%s/posts/search", self->test->team_id);
  g_autofree char *query = dup_query ("secret", FALSE, 0);
  g_autoptr (JsonNode) channel =
      uc_server_test_call (self->test, "anna", "POST", "/channels/direct", direct, 201);

  post (self, "anna", hidden_id, "the secret");
  post (self, "anna", uc_test_get_string (channel, "id"), "a secret between two");
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++) {
    check (self, "ben", asked[i], "");
    check_on (self, "/posts/search", "ben", dup_query (asked[i], FALSE, 0), "");
  }
  check (self, "anna", "secret", "a secret between two|the secret");
  check (self, "anna", "in:@admin secret", "a secret between two");
  /* Even an administrator only what he is in. */
  check (self, "admin", "secret", "a secret between two");

  uc_server_test_join (self->test, hidden_id, "ben");
  check (self, "ben", "secret", "the secret");
  uc_server_test_do (self->test, "ben", "DELETE", leave, NULL, 200);
  check (self, "ben", "secret", "");

  uc_server_test_add_stranger (self->test, "carl");
  uc_server_test_refused (self->test, "carl", "POST", team, query, 403,
                          "api.context.permissions.app_error");
  uc_server_test_refused (self->test, NULL, "POST", team, query, 401,
                          "api.context.session_expired.app_error");
}

/* What was changed a moment ago is found as it is now: the reading connection is not
 * behind. */
static void
test_changes (Fixture *self, gconstpointer unused)
{
  for (guint i = 0; i < 20; i++) {
    g_autofree char *text = g_strdup_printf ("note%u", i);
    g_autofree char *patch = g_strdup_printf ("{\"message\":\"changed%u\"}", i);
    g_autofree char *changed = g_strdup_printf ("changed%u", i);
    g_autofree char *id = NULL;
    g_autofree char *path = NULL;
    g_autofree char *patch_path = NULL;

    uc_clock_advance (self->test->clock, 1000);
    id = uc_server_test_post (self->test, "anna", self->talk_id, text);
    path = g_strdup_printf ("/posts/%s", id);
    patch_path = g_strdup_printf ("/posts/%s/patch", id);
    check (self, "ben", text, text);
    uc_server_test_do (self->test, "anna", "PUT", patch_path, patch, 200);
    check (self, "ben", text, "");
    check (self, "ben", changed, changed);
    uc_server_test_do (self->test, "anna", "DELETE", path, NULL, 200);
    check (self, "ben", changed, "");
  }
}

static void
test_bad (Fixture *self, gconstpointer unused)
{
  g_autofree char *path = g_strdup_printf ("/teams/%s/posts/search", self->test->team_id);

  uc_server_test_do (self->test, "anna", "POST", path, "{\"terms\":\"\"}", 400);
  uc_server_test_do (self->test, "anna", "POST", path, "{}", 400);
  uc_server_test_do (self->test, "anna", "POST", path, "[]", 400);
}

#define ADD(name, func) g_test_add ("/search/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("words", test_words);
  ADD ("operators", test_operators);
  ADD ("days", test_days);
  ADD ("pages", test_pages);
  ADD ("permissions", test_permissions);
  ADD ("changes", test_changes);
  ADD ("bad", test_bad);
  return g_test_run ();
}
