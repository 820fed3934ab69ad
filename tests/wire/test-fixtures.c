/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every recorded exchange of tests/fixtures/mattermost: the answers are read by the
 * parser that their path calls for, nothing of them may be left out, and what was
 * read is written again and must have the recorded keys, types and values. */

#include "config.h"

#include "uc-json.h"
#include "uc-test.h"
#include "uc-wire-event.h"
#include "uc-wire-json.h"

#include <string.h>

typedef JsonNode *(*Writer) (gconstpointer record);

typedef enum {
  FORM_USER,
  FORM_USERS,
  FORM_TEAM,
  FORM_TEAMS,
  FORM_CHANNEL,
  FORM_CHANNELS,
  FORM_MEMBER,
  FORM_MEMBERS,
  FORM_POST,
  FORM_PAGE,
  FORM_FILE,
  FORM_FILES,
  FORM_REACTION,
  FORM_REACTIONS,
  FORM_STATUSES,
  FORM_PREFERENCES,
  FORM_CONFIG,
  FORM_PING,
  FORM_OTHER,
} Form;

#define ME "(me|[a-z0-9]{26})"

/* The first that matches counts. */
static const struct {
  const char *pattern;
  Form        form;
} paths[] = {
  { "^GET /config/client", FORM_CONFIG },
  { "^GET /system/ping", FORM_PING },
  { "^POST /users/login$", FORM_USER },
  { "^POST /users$", FORM_USER },
  { "^GET /users/" ME "$", FORM_USER },
  { "^GET /users/(username|email)/[^/]+$", FORM_USER },
  { "^PUT /users/" ME "/patch$", FORM_USER },
  { "^GET /users(\\?|$)", FORM_USERS },
  { "^GET /users/autocomplete", FORM_USERS },
  { "^POST /users/(ids|usernames|search|group_channels)", FORM_USERS },
  { "^GET /users/" ME "/teams$", FORM_TEAMS },
  { "^GET /teams(\\?|$)", FORM_TEAMS },
  { "^POST /teams/search$", FORM_TEAMS },
  { "^POST /teams$", FORM_TEAM },
  { "^GET /teams/" ME "$", FORM_TEAM },
  { "^GET /teams/name/[^/]+$", FORM_TEAM },
  { "^PUT /teams/" ME "/patch$", FORM_TEAM },
  { "^POST /teams/" ME "/restore$", FORM_TEAM },
  { "^GET /users/me/teams/" ME "/channels(\\?|$)", FORM_CHANNELS },
  { "^GET /users/me/teams/" ME "/channels/members$", FORM_MEMBERS },
  { "^GET /teams/" ME "/channels(\\?|$)", FORM_CHANNELS },
  { "^GET /teams/" ME "/channels/(deleted|autocomplete|search_autocomplete)", FORM_CHANNELS },
  { "^POST /teams/" ME "/channels/(search|search_archived|ids)$", FORM_CHANNELS },
  { "^POST /channels/(group/)?search$", FORM_CHANNELS },
  { "^POST /channels(/direct|/group)?$", FORM_CHANNEL },
  { "^(GET|PUT) /channels/" ME "(/patch|/privacy)?$", FORM_CHANNEL },
  { "^POST /channels/" ME "/restore$", FORM_CHANNEL },
  { "^GET /teams/(name/[^/]+|" ME ")/channels/name/[^/]+$", FORM_CHANNEL },
  { "^GET /channels/" ME "/members(\\?|$)", FORM_MEMBERS },
  { "^POST /channels/" ME "/members/ids$", FORM_MEMBERS },
  { "^GET /channels/" ME "/members/" ME "$", FORM_MEMBER },
  { "^POST /channels/" ME "/members$", FORM_MEMBER },
  { "^POST /posts(/ephemeral|\\?[^/]*)?$", FORM_POST },
  { "^(GET|PUT) /posts/" ME "(/patch)?$", FORM_POST },
  { "^GET /posts/" ME "/thread", FORM_PAGE },
  { "^GET /channels/" ME "/(posts|pinned)", FORM_PAGE },
  { "^GET /users/me/channels/" ME "/posts/unread", FORM_PAGE },
  { "^GET /users/me/posts/flagged", FORM_PAGE },
  { "^POST /teams/" ME "/posts/search", FORM_PAGE },
  { "^POST /files", FORM_FILES },
  { "^GET /posts/" ME "/files/info", FORM_FILES },
  { "^GET /files/" ME "/info$", FORM_FILE },
  { "^POST /reactions$", FORM_REACTION },
  { "^GET /posts/" ME "/reactions$", FORM_REACTIONS },
  { "^(GET|PUT) /users/" ME "/status$", FORM_STATUSES },
  { "^POST /users/status/ids$", FORM_STATUSES },
  { "^GET /users/me/preferences", FORM_PREFERENCES },
};

/* What the model leaves out on purpose or the server makes anew. */
static const char *const not_kept[] = {
  "auth_data",
  "auth_service",
  "failed_attempts",
  "last_activity_at",
  "disable_welcome_email",
  "props",
  "shared",
  "participants",
  "is_following",
  "metadata",
  "embeds",
  "emojis",
  "images",
  "remote_id",
  "policy_id",
  "dnd_end_time",
  /* What an administrator's search adds. */
  "team_display_name",
  "team_name",
  "team_update_at",
  NULL,
};

static guint n_read[FORM_OTHER + 1];
static guint n_refusals;
static guint n_events;
static guint n_replies;

static Form
find_form (const char *method, const char *path)
{
  g_autofree char *call =
      g_strconcat (method, " ", g_str_has_prefix (path, "/api/v4") ? path + 7 : path, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    if (g_regex_match_simple (paths[i].pattern, call, 0, 0))
      return paths[i].form;
  }
  return FORM_OTHER;
}

static GBytes *
to_bytes (JsonNode *node)
{
  char *text = uc_json_to_text (node);

  return g_bytes_new_take (text, strlen (text));
}

static JsonNode *
write_user (gconstpointer record)
{
  return uc_wire_user_to_json (record, ((const UcUser *) record)->notify_props != NULL);
}

static JsonNode *
write_team (gconstpointer record)
{
  return uc_wire_team_to_json (record, TRUE);
}

static gboolean
is_cut (JsonNode *node)
{
  const char *text =
      JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
          ? json_node_get_string (node)
          : "";

  return strstr (text, "characters in all)") != NULL || JSON_NODE_HOLDS_OBJECT (node);
}

/* @written has the keys of @recorded, each with the type and the value. */
static void
assert_same_record (JsonNode *recorded, JsonNode *written, const char *where)
{
  JsonObject    *want = json_node_get_object (recorded);
  JsonObject    *have = json_node_get_object (written);
  JsonObjectIter iter;
  const char    *key;
  JsonNode      *value;

  json_object_iter_init (&iter, want);
  while (json_object_iter_next (&iter, &key, &value)) {
    JsonNode *other = json_object_get_member (have, key);

    if (g_strv_contains (not_kept, key) || is_cut (value))
      continue;
    /* Reactions are never changed, only made again. */
    if (strcmp (key, "update_at") == 0 && json_object_has_member (want, "emoji_name"))
      continue;
    /* Of a root that the server gives none, the replies beside it are counted. */
    if (strcmp (key, "reply_count") == 0 && json_node_get_int (value) == 0 && other != NULL &&
        json_node_get_int (other) > 0 && *json_object_get_string_member (want, "root_id") == '\0')
      continue;
    if (other == NULL || !json_node_equal (value, other))
      g_error ("%s: “%s” was %s and is %s", where, key, uc_json_to_text (value),
               other != NULL ? uc_json_to_text (other) : "missing");
  }
  json_object_iter_init (&iter, have);
  while (json_object_iter_next (&iter, &key, &value)) {
    JsonNode *other = json_object_get_member (want, key);

    if (other == NULL)
      g_error ("%s: “%s” is new", where, key);
    if (!JSON_NODE_HOLDS_NULL (other) && !JSON_NODE_HOLDS_NULL (value) && !is_cut (other))
      g_assert_cmpint (json_node_get_node_type (other), ==, json_node_get_node_type (value));
  }
}

static void
check_record (JsonNode *recorded, gconstpointer record, Writer write, const char *where)
{
  g_autoptr (JsonNode) written = write (record);

  assert_same_record (recorded, written, where);
}

/* @records came from @recorded, complete and in order. */
static void
check_list (JsonNode *recorded, GPtrArray *records, Writer write, const char *where)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (recorded) ? json_node_get_array (recorded) : NULL;

  g_assert_cmpuint (records->len, ==, array != NULL ? json_array_get_length (array) : 0);
  for (guint i = 0; i < records->len; i++)
    check_record (json_array_get_element (array, i), records->pdata[i], write, where);
}

static JsonNode *
find_list (JsonNode *response, const char *member)
{
  JsonNode *list = JSON_NODE_HOLDS_OBJECT (response)
                       ? json_object_get_member (json_node_get_object (response), member)
                       : NULL;

  return list != NULL ? list : response;
}

static guint
count_users (JsonNode *response)
{
  JsonObjectIter iter;
  JsonNode      *list;
  guint          n = 0;

  if (JSON_NODE_HOLDS_ARRAY (response))
    return json_array_get_length (json_node_get_array (response));
  json_object_iter_init (&iter, json_node_get_object (response));
  while (json_object_iter_next (&iter, NULL, &list))
    n += json_array_get_length (json_node_get_array (list));
  return n;
}

static void
check_page (JsonNode *response, UcPostPage *page, const char *where)
{
  JsonObject    *object = json_node_get_object (response);
  JsonObject    *posts = uc_json_get_object (object, "posts");
  JsonArray     *order = uc_json_get_array (object, "order");
  JsonObjectIter iter;
  JsonNode      *node;
  guint          n_kept = 0;
  gint64         last_ms = 0;

  g_assert_cmpuint (page->n_raw, ==, order != NULL ? json_array_get_length (order) : 0);
  if (posts != NULL) {
    json_object_iter_init (&iter, posts);
    while (json_object_iter_next (&iter, NULL, &node))
      n_kept += *uc_json_get_string (json_node_get_object (node), "original_id", "") == '\0';
  }
  g_assert_cmpuint (page->posts->len + page->others->len, ==, n_kept);

  for (guint i = 0; i < page->posts->len; i++) {
    UcPost *post = page->posts->pdata[i];

    g_assert_cmpint (post->create_at_ms, >=, last_ms);
    last_ms = post->create_at_ms;
    check_record (json_object_get_member (posts, post->id), post, (Writer) uc_wire_post_to_json,
                  where);
  }
}

static void
check_answer (Form form, JsonNode *response, const char *where)
{
  g_autoptr (GBytes) body = to_bytes (response);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = NULL;

  switch (form) {
  case FORM_USER: {
    g_autoptr (UcUser) user = uc_wire_parse_user (body, &error);

    g_assert_no_error (error);
    check_record (response, user, write_user, where);
    break;
  }
  case FORM_USERS:
    list = uc_wire_parse_users (body, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (list->len, ==, count_users (response));
    if (JSON_NODE_HOLDS_ARRAY (response))
      check_list (response, list, write_user, where);
    break;
  case FORM_TEAM: {
    g_autoptr (UcTeam) team = uc_wire_team_from_json (response, where, &error);

    g_assert_no_error (error);
    check_record (response, team, write_team, where);
    break;
  }
  case FORM_TEAMS:
    list = uc_wire_parse_teams (body, &error);
    g_assert_no_error (error);
    check_list (find_list (response, "teams"), list, write_team, where);
    break;
  case FORM_CHANNEL: {
    g_autoptr (UcChannel) channel = uc_wire_parse_channel (body, &error);

    g_assert_no_error (error);
    check_record (response, channel, (Writer) uc_wire_channel_to_json, where);
    break;
  }
  case FORM_CHANNELS:
    list = uc_wire_parse_channels (body, &error);
    g_assert_no_error (error);
    check_list (find_list (response, "channels"), list, (Writer) uc_wire_channel_to_json, where);
    break;
  case FORM_MEMBER: {
    g_autoptr (UcMember) member = uc_wire_parse_member (body, &error);

    g_assert_no_error (error);
    check_record (response, member, (Writer) uc_wire_member_to_json, where);
    break;
  }
  case FORM_MEMBERS:
    list = uc_wire_parse_members (body, &error);
    g_assert_no_error (error);
    check_list (response, list, (Writer) uc_wire_member_to_json, where);
    break;
  case FORM_POST: {
    g_autoptr (UcPost) post = uc_wire_parse_post (body, &error);

    g_assert_no_error (error);
    check_record (response, post, (Writer) uc_wire_post_to_json, where);
    break;
  }
  case FORM_PAGE: {
    g_autoptr (UcPostPage) page = uc_wire_parse_post_page (body, &error);

    g_assert_no_error (error);
    check_page (response, page, where);
    break;
  }
  case FORM_FILE: {
    g_autoptr (UcFile) file = uc_wire_file_from_json (response, where, &error);

    g_assert_no_error (error);
    check_record (response, file, (Writer) uc_wire_file_to_json, where);
    break;
  }
  case FORM_FILES:
    list = uc_wire_parse_file_infos (body, &error);
    g_assert_no_error (error);
    check_list (find_list (response, "file_infos"), list, (Writer) uc_wire_file_to_json, where);
    break;
  case FORM_REACTION: {
    g_autoptr (UcReaction) reaction = uc_wire_reaction_from_json (response, where, &error);

    g_assert_no_error (error);
    check_record (response, reaction, (Writer) uc_wire_reaction_to_json, where);
    break;
  }
  case FORM_REACTIONS:
    list = uc_wire_parse_reactions (body, &error);
    g_assert_no_error (error);
    check_list (response, list, (Writer) uc_wire_reaction_to_json, where);
    break;
  case FORM_STATUSES:
    list = uc_wire_parse_statuses (body, &error);
    g_assert_no_error (error);
    if (JSON_NODE_HOLDS_OBJECT (response))
      check_record (response, list->pdata[0], (Writer) uc_wire_status_to_json, where);
    else
      check_list (response, list, (Writer) uc_wire_status_to_json, where);
    break;
  case FORM_PREFERENCES:
    list = uc_wire_parse_preferences (body, &error);
    g_assert_no_error (error);
    if (JSON_NODE_HOLDS_OBJECT (response))
      check_record (response, list->pdata[0], (Writer) uc_wire_preference_to_json, where);
    else
      check_list (response, list, (Writer) uc_wire_preference_to_json, where);
    break;
  case FORM_CONFIG: {
    g_autoptr (UcServerConfig) config = uc_wire_parse_config (body, &error);

    g_assert_no_error (error);
    g_assert_true (g_str_has_prefix (config->version, "5.37"));
    break;
  }
  case FORM_PING:
    g_assert_true (uc_wire_parse_ping (body, &error));
    break;
  case FORM_OTHER:
  default:
    break;
  }
  n_read[form]++;
}

/* A refusal is one, unless it was recorded as plain text. */
static void
check_refusal (JsonNode *response, gint64 status, const char *where)
{
  g_autoptr (GBytes) body = to_bytes (response);
  g_autoptr (UcWireError) refusal = uc_wire_parse_error (body);
  gboolean is_text = !JSON_NODE_HOLDS_OBJECT (response) ||
                     json_object_has_member (json_node_get_object (response), "_text");

  if ((refusal == NULL) != is_text)
    g_error ("%s: not read as a refusal", where);
  if (refusal != NULL) {
    g_assert_cmpint (refusal->status, ==, status);
    g_assert_cmpstr (refusal->id, !=, "");
    n_refusals++;
  }
}

static void
check_exchange (JsonObject *entry, const char *file)
{
  JsonObject      *request = uc_json_get_object (entry, "request");
  const char      *method = uc_json_get_string (request, "method", "");
  const char      *path = uc_json_get_string (request, "path", "");
  JsonNode        *response = json_object_get_member (entry, "response");
  gint64           status = uc_json_get_int (entry, "status", 0);
  g_autofree char *where =
      g_strdup_printf ("%s “%s” %s %s", file, uc_json_get_string (entry, "name", ""), method, path);

  if (response == NULL || JSON_NODE_HOLDS_NULL (response) || status == 0)
    return;
  g_test_message ("%s", where);
  if (status >= 400)
    check_refusal (response, status, where);
  else
    check_answer (find_form (method, path), response, where);
}

static void
check_frame (JsonNode *node, const char *file)
{
  JsonObject *frame = json_node_get_object (node);
  g_autoptr (GBytes) body = to_bytes (node);
  g_autoptr (GError) error = NULL;
  gint64 seq = 0;
  g_autoptr (UcEvent) event = uc_wire_parse_event (body, &seq, &error);

  g_test_message ("%s: %s", file, (const char *) g_bytes_get_data (body, NULL));
  g_assert_no_error (error);
  if (event->kind == UC_EVENT_REPLY) {
    g_assert_cmpint (event->seq, ==, -1);
    g_assert_cmpint (seq, ==, -1);
    g_assert_cmpint (event->seq_reply, ==, uc_json_get_int (frame, "seq_reply", 0));
    g_assert_cmpint (event->is_ok, ==, event->error == NULL);
    n_replies++;
  } else {
    g_assert_cmpint (seq, ==, uc_json_get_int (frame, "seq", -2));
    g_assert_cmpstr (event->name, ==, uc_json_get_string (frame, "event", NULL));
    n_events++;
  }
}

static void
walk (JsonNode *node, const char *file)
{
  JsonObjectIter iter;
  JsonObject    *object;
  JsonNode      *child;

  if (JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);

    for (guint i = 0; i < json_array_get_length (array); i++)
      walk (json_array_get_element (array, i), file);
  }
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return;

  object = json_node_get_object (node);
  if (json_object_has_member (object, "request") && json_object_has_member (object, "status"))
    check_exchange (object, file);
  if ((json_object_has_member (object, "event") && json_object_has_member (object, "seq")) ||
      (json_object_has_member (object, "seq_reply") && json_object_has_member (object, "status")))
    check_frame (node, file);
  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, NULL, &child))
    walk (child, file);
}

static void
test_all (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_build_filename (g_getenv ("UC_TEST_FIXTURES"), "mattermost", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  const char *name;
  guint       n_files = 0;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *fixture = g_build_filename ("mattermost", name, NULL);
    g_autofree char *text = NULL;
    gsize            length;
    g_autoptr (JsonNode) root = NULL;

    if (!g_str_has_suffix (name, ".json"))
      continue;
    text = uc_test_dup_fixture (fixture, &length);
    root = uc_json_parse (text, (gssize) length, &error);
    g_assert_no_error (error);
    walk (root, name);
    n_files++;
  }

  /* So that a pattern that no longer matches is noticed. */
  g_assert_cmpuint (n_files, ==, 25);
  for (guint i = 0; i < FORM_OTHER; i++) {
    g_test_message ("form %u: %u", i, n_read[i]);
    g_assert_cmpuint (n_read[i], >, 0);
  }
  g_test_message ("other: %u, refusals: %u, events: %u, replies: %u", n_read[FORM_OTHER],
                  n_refusals, n_events, n_replies);
  g_assert_cmpuint (n_refusals, >=, 200);
  g_assert_cmpuint (n_events, >=, 250);
  g_assert_cmpuint (n_replies, >=, 15);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/wire/fixtures/all", test_all);
  return g_test_run ();
}
