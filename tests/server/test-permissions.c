/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who may what. The first half needs no list: it takes every line of the table of
 * routes and calls it with the ids of things that are none of the caller's business.
 * The second is a list of what members may not do to each other. */

#include "config.h"

#include "uc-role.h"
#include "uc-router.h"
#include "uc-server-test.h"
#include "uc-test.h"

#include <string.h>

#define PERMISSION "api.context.permissions.app_error"

/* A hidden team with a private channel, full of things that are called secret. The
 * administrator owns them; ben is in the team, eve is not. */
typedef struct {
  UcServerTest *test;
  char         *channel_id;
  char         *post_id;
  char         *reply_id;
  char         *file_id;
  char         *emoji_id;
  char         *upload_id;
  char         *token_id;
  char         *session_id;
  char         *invite_id;
} Fixture;

static char *
dup_id_of (Fixture *self, const char *method, const char *path, const char *body, guint status)
{
  g_autoptr (JsonNode) node = uc_server_test_call (self->test, "admin", method, path, body, status);

  if (JSON_NODE_HOLDS_ARRAY (node))
    return g_strdup (json_object_get_string_member (
        json_array_get_object_element (json_node_get_array (node), 0), "id"));
  return g_strdup (uc_test_get_string (node, "id"));
}

static void
add_file (Fixture *self)
{
  g_autofree char *path =
      g_strdup_printf ("/files?channel_id=%s&filename=secret.txt", self->channel_id);
  g_autoptr (JsonNode) answer =
      uc_server_test_call (self->test, "admin", "POST", path, "secret content", 201);
  JsonArray *infos = json_object_get_array_member (json_node_get_object (answer), "file_infos");

  self->file_id =
      g_strdup (json_object_get_string_member (json_array_get_object_element (infos, 0), "id"));
}

static void
add_emoji (Fixture *self)
{
  g_autoptr (SoupMultipart) form = soup_multipart_new (SOUP_FORM_MIME_TYPE_MULTIPART);
  g_autoptr (SoupMessage) message =
      uc_server_test_new_message (self->test, "admin", "POST", "/emoji");
  g_autofree char *fields = g_strdup_printf ("{\"name\":\"parrot\",\"creator_id\":\"%s\"}",
                                             uc_server_test_get_id (self->test, "admin"));
  g_autoptr (GBytes) png = uc_test_dup_png ();
  g_autoptr (GBytes) body = NULL;
  g_autofree char *type = NULL;
  g_autoptr (UcTestAnswer) answer = NULL;

  soup_multipart_append_form_string (form, "emoji", fields);
  soup_multipart_append_form_file (form, "image", "a.png", "image/png", png);
  soup_multipart_to_message (form, soup_message_get_request_headers (message), &body);
  type = g_strdup (
      soup_message_headers_get_one (soup_message_get_request_headers (message), "Content-Type"));
  soup_message_set_request_body_from_bytes (message, type, body);
  answer = uc_server_test_send (self->test, message);
  g_assert_cmpuint (answer->status, ==, 200);
  self->emoji_id = g_strdup (uc_test_get_string (answer->json, "id"));
}

static void
set_up (Fixture *self, gconstpointer unused)
{
  g_autofree char *patch = NULL;
  g_autofree char *post = NULL;
  g_autofree char *reply = NULL;
  g_autofree char *upload = NULL;
  g_autofree char *path = NULL;
  g_autoptr (JsonNode) team = NULL;

  self->test = uc_server_test_new ();
  patch = g_strdup_printf ("/teams/%s/patch", self->test->team_id);
  uc_server_test_do (self->test, "admin", "PUT", patch,
                     "{\"display_name\":\"hidden team\",\"allow_open_invite\":false}", 200);
  uc_server_test_add_user (self->test, "ben");
  uc_server_test_add_stranger (self->test, "eve");
  self->channel_id = uc_server_test_add_channel (self->test, "admin", "secret-channel", "P");
  add_file (self);
  add_emoji (self);
  post = g_strdup_printf ("{\"channel_id\":\"%s\",\"message\":\"secret text\","
                          "\"file_ids\":[\"%s\"]}",
                          self->channel_id, self->file_id);
  self->post_id = dup_id_of (self, "POST", "/posts", post, 201);
  reply =
      g_strdup_printf ("{\"channel_id\":\"%s\",\"message\":\"secret reply\",\"root_id\":\"%s\"}",
                       self->channel_id, self->post_id);
  self->reply_id = dup_id_of (self, "POST", "/posts", reply, 201);
  upload = g_strdup_printf ("{\"channel_id\":\"%s\",\"filename\":\"secret.bin\",\"file_size\":10}",
                            self->channel_id);
  self->upload_id = dup_id_of (self, "POST", "/uploads", upload, 201);
  self->token_id =
      dup_id_of (self, "POST", "/users/me/tokens", "{\"description\":\"secret\"}", 200);
  self->session_id = dup_id_of (self, "GET", "/users/me/sessions", NULL, 200);
  path = g_strdup_printf ("/teams/%s", self->test->team_id);
  team = uc_server_test_call (self->test, "admin", "GET", path, NULL, 200);
  self->invite_id = g_strdup (uc_test_get_string (team, "invite_id"));
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  uc_server_test_free (self->test);
  g_free (self->channel_id);
  g_free (self->post_id);
  g_free (self->reply_id);
  g_free (self->file_id);
  g_free (self->emoji_id);
  g_free (self->upload_id);
  g_free (self->token_id);
  g_free (self->session_id);
  g_free (self->invite_id);
}

/* -- All routes -------------------------------------------------------------------- */

static const char *
get_value (Fixture *self, const char *name)
{
  const struct {
    const char *name;
    const char *value;
  } values[] = {
    { "team_id", self->test->team_id },
    { "channel_id", self->channel_id },
    { "user_id", uc_server_test_get_id (self->test, "admin") },
    { "post_id", self->post_id },
    { "file_id", self->file_id },
    { "upload_id", self->upload_id },
    { "emoji_id", self->emoji_id },
    { "token_id", self->token_id },
    { "invite_id", "abcdefghijkmnopqrstuwxyz13" },
    { "channel_name", "secret-channel" },
    { "team_name", "probe" },
    { "username", "admin" },
    { "email", "admin@example.org" },
    { "role_name", "system_admin" },
    { "emoji_name", "smile" },
    { "timestamp", "1763643600000" },
    { "category", "flagged_post" },
    { "name", "probe" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++) {
    if (g_str_equal (values[i].name, name))
      return values[i].value;
  }
  g_error ("A route has the parameter {%s}: say here what stands for it", name);
}

/* The address below the root, with ids that exist. */
static char *
dup_path (Fixture *self, const UcRoute *route)
{
  g_auto (GStrv) segments = g_strsplit (route->pattern, "/", -1);

  for (guint i = 0; segments[i] != NULL; i++) {
    if (segments[i][0] != '{')
      continue;
    segments[i][strlen (segments[i]) - 1] = '\0';
    g_set_str (&segments[i], get_value (self, segments[i] + 1));
  }
  return g_strjoinv ("/", segments);
}

/* All members that any call takes, with what it would need to do harm. */
static char *
dup_object (Fixture *self)
{
  const char *admin = uc_server_test_get_id (self->test, "admin");
  const char *ben = uc_server_test_get_id (self->test, "ben");

  return g_strdup_printf (
      "{\"id\":\"%s\",\"channel_id\":\"%s\",\"team_id\":\"%s\",\"user_id\":\"%s\","
      "\"post_id\":\"%s\",\"root_id\":\"%s\",\"user_ids\":[\"%s\",\"%s\"],\"file_ids\":[\"%s\"],"
      "\"session_id\":\"%s\",\"token_id\":\"%s\",\"message\":\"evil\",\"name\":\"evil-name\","
      "\"display_name\":\"Evil\",\"header\":\"evil\",\"type\":\"O\",\"privacy\":\"O\","
      "\"emoji_name\":\"smile\",\"terms\":\"secret\",\"term\":\"secret\",\"filename\":\"x\","
      "\"file_size\":10,\"active\":false,\"roles\":\"system_admin system_user\","
      "\"scheme_admin\":true,\"scheme_user\":true,\"login_id\":\"admin\",\"password\":\"wrong\","
      "\"current_password\":\"wrong\",\"new_password\":\"Another-2026!x\",\"status\":\"dnd\","
      "\"username\":\"evil\",\"description\":\"evil\",\"in_channel_id\":\"%s\",\"page\":0,"
      "\"per_page\":100,\"enabled\":true,\"create_at\":0}",
      self->post_id, self->channel_id, self->test->team_id, admin, self->post_id, self->post_id,
      admin, ben, self->file_id, self->session_id, self->token_id, self->channel_id);
}

static char *
dup_texts (Fixture *self)
{
  return g_strdup_printf ("[\"%s\",\"%s\",\"%s\",\"probe\"]", self->channel_id, self->post_id,
                          uc_server_test_get_id (self->test, "admin"));
}

static char *
dup_objects (Fixture *self, const char *username)
{
  return g_strdup_printf ("[{\"team_id\":\"%s\",\"user_id\":\"%s\",\"category\":\"c\","
                          "\"name\":\"n\",\"value\":\"v\"}]",
                          self->test->team_id, uc_server_test_get_id (self->test, username));
}

static gboolean
is_harmless_for_all (const UcRoute *route)
{
  return route->need == UC_NEED_NOTHING;
}

static void
check_silent (UcTestAnswer *answer, const UcRoute *route, const char *word)
{
  gsize       length;
  const char *data = g_bytes_get_data (answer->body, &length);

  if (g_strstr_len (data, (gssize) length, word) != NULL)
    g_error ("%s %s tells: %.*s", route->method, route->pattern, (int) length, data);
  if (answer->status >= 500 && answer->status != 501)
    g_error ("%s %s: %u", route->method, route->pattern, answer->status);
}

/* Calls of these lines must be refused whatever the handler would do. */
static guint
get_expected (const UcRoute *route)
{
  switch (route->need) {
  case UC_NEED_SELF:
  case UC_NEED_TEAM:
  case UC_NEED_CHANNEL:
    return 403;
  case UC_NEED_SYSTEM:
    return uc_roles_allow ("system_user", route->permission) ? 0 : 403;
  case UC_NEED_NOTHING:
  case UC_NEED_SESSION:
  default:
    return 0;
  }
}

static UcTestAnswer *
ask (Fixture *self, const char *username, const UcRoute *route, const char *body)
{
  g_autofree char *path = dup_path (self, route);
  g_autofree char *whole =
      g_str_has_prefix (path, "/plugins/") ? g_strdup (path) : g_strconcat ("/", path, NULL);
  gboolean has_body = body != NULL && !g_str_equal (route->method, "GET");

  return uc_server_test_ask (self->test, username, route->method, whole, has_body ? body : NULL);
}

/* Some calls sign the caller out: then they sign in again. */
static void
stay_signed_in (Fixture *self, const char *username)
{
  g_autoptr (UcTestAnswer) answer =
      uc_server_test_ask (self->test, username, "GET", "/users/me", NULL);

  if (answer->status == 401) {
    uc_clock_advance (self->test->clock, 60000);
    uc_server_test_log_in (self->test, username);
  }
}

/* %c channel, %p the administrator's post, %t team, %a administrator, %b ben */
static char *
dup_filled (Fixture *self, const char *pattern)
{
  GString *text = g_string_new (pattern);

  g_string_replace (text, "%c", self->channel_id, 0);
  g_string_replace (text, "%p", self->post_id, 0);
  g_string_replace (text, "%t", self->test->team_id, 0);
  g_string_replace (text, "%a", uc_server_test_get_id (self->test, "admin"), 0);
  g_string_replace (text, "%b", uc_server_test_get_id (self->test, "ben"), 0);
  return g_string_free (text, FALSE);
}

/* All that must not have changed, as text. */
static char *
dup_state (Fixture *self)
{
  static const char *const paths[] = {
    "/channels/%c/posts",
    "/channels/%c",
    "/channels/%c/members",
    "/channels/%c/stats",
    "/channels/%c/pinned",
    "/posts/%p/reactions",
    "/teams/%t",
    "/teams/%t/members",
    "/users/me",
    "/users/me/preferences",
    "/users/me/tokens",
    "/users/me/status",
    "/users/me/uploads",
    "/emoji",
    "/plugins/com.example.unifiedchat/api/v1/flags",
  };
  GString *state = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_autofree char *path = dup_filled (self, paths[i]);
    g_autoptr (UcTestAnswer) answer = uc_server_test_ask (self->test, "admin", "GET", path, NULL);

    g_assert_cmpuint (answer->status, ==, 200);
    g_string_append_printf (state, "%s: %.*s\n", path, (int) g_bytes_get_size (answer->body),
                            (const char *) g_bytes_get_data (answer->body, NULL));
  }
  return g_string_free (state, FALSE);
}

static void
check_all_routes (Fixture *self, const char *username)
{
  g_autofree char  *object = dup_object (self);
  g_autofree char  *texts = dup_texts (self);
  g_autofree char  *objects = dup_objects (self, username);
  const char *const bodies[] = { NULL, object, texts, objects };
  g_autofree char  *before = dup_state (self);
  g_autofree char  *after = NULL;
  guint             n_bodies;

  for (const UcRoute *route = uc_routes; route->method != NULL; route++) {
    n_bodies = g_str_equal (route->method, "GET") ? 1 : G_N_ELEMENTS (bodies);
    for (guint i = 0; i < n_bodies; i++) {
      g_autoptr (UcTestAnswer) answer = ask (self, username, route, bodies[i]);
      guint expected = get_expected (route);

      check_silent (answer, route, "secret");
      if (g_str_equal (username, "eve"))
        check_silent (answer, route, "hidden");
      /* Ben is in the team: only what is hers alone is refused him for certain. */
      if (g_str_equal (username, "ben") && route->need == UC_NEED_TEAM)
        expected = 0;
      if (expected != 0 && answer->status != expected)
        g_error ("%s %s: %u for %s", route->method, route->pattern, answer->status, username);
      stay_signed_in (self, username);
    }
  }
  after = dup_state (self);
  g_assert_cmpstr (before, ==, after);
}

static void
test_stranger (Fixture *self, gconstpointer unused)
{
  check_all_routes (self, "eve");
}

static void
test_team_member (Fixture *self, gconstpointer unused)
{
  check_all_routes (self, "ben");
}

static void
test_nobody (Fixture *self, gconstpointer unused)
{
  g_autofree char *object = dup_object (self);
  g_autofree char *before = dup_state (self);
  g_autofree char *after = NULL;

  for (const UcRoute *route = uc_routes; route->method != NULL; route++) {
    g_autoptr (UcTestAnswer) answer = ask (self, NULL, route, object);

    check_silent (answer, route, "secret");
    check_silent (answer, route, "hidden");
    if (!is_harmless_for_all (route) && answer->status != 401)
      g_error ("%s %s: %u for nobody", route->method, route->pattern, answer->status);
  }
  after = dup_state (self);
  g_assert_cmpstr (before, ==, after);
}

/* An id that is none is refused before anything is looked up. */
static void
test_bad_ids (Fixture *self, gconstpointer unused)
{
  static const char *const bad[] = { "x", "UPPERCASEUPPERCASEUPPERCAS", "..%2f..", "%27%20OR%201",
                                     "abcdefghijkmnopqrstuwxyz1345" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    static const char *const paths[][2] = {
      { "/channels/", "" }, { "/posts/", "" }, { "/users/", "" },          { "/teams/", "" },
      { "/files/", "" },    { "/emoji/", "" }, { "/channels/", "/posts" }, { "/users/", "/status" },
    };

    for (guint j = 0; j < G_N_ELEMENTS (paths); j++) {
      g_autofree char *path = g_strconcat (paths[j][0], bad[i], paths[j][1], NULL);
      g_autoptr (UcTestAnswer) answer = uc_server_test_ask (self->test, "admin", "GET", path, NULL);

      g_assert_true (answer->status == 400 || answer->status == 404);
    }
  }
}

/* -- Members among themselves ------------------------------------------------------ */

/* Ben is a member of the channel now, no more. */
static void
test_channel_member (Fixture *self, gconstpointer unused)
{
  static const struct {
    const char *method;
    const char *path;
    const char *body;
    guint       status;
  } cases[] = {
    { "GET", "/posts/%p", NULL, 200 },
    { "POST", "/posts", "{\"channel_id\":\"%c\",\"message\":\"hello\"}", 201 },
    { "POST", "/posts/%p/pin", NULL, 200 },
    { "POST", "/reactions", "{\"user_id\":\"%b\",\"post_id\":\"%p\",\"emoji_name\":\"smile\"}",
      200 },
    { "POST", "/reactions", "{\"user_id\":\"%a\",\"post_id\":\"%p\",\"emoji_name\":\"smile\"}",
      403 },
    { "PUT", "/posts/%p/patch", "{\"message\":\"mine now\"}", 403 },
    { "PUT", "/posts/%p", "{\"id\":\"%p\",\"message\":\"mine now\"}", 403 },
    { "DELETE", "/posts/%p", NULL, 403 },
    { "DELETE", "/users/%a/posts/%p/reactions/smile", NULL, 403 },
    { "PUT", "/channels/%c/members/%b/schemeRoles", "{\"scheme_admin\":true,\"scheme_user\":true}",
      403 },
    { "PUT", "/channels/%c/members/%b/roles", "{\"roles\":\"channel_admin channel_user\"}", 403 },
    { "PUT", "/channels/%c/members/%a/notify_props", "{\"desktop\":\"none\"}", 403 },
    { "PUT", "/teams/%t/members/%b/schemeRoles", "{\"scheme_admin\":true,\"scheme_user\":true}",
      403 },
    { "PUT", "/teams/%t/patch", "{\"display_name\":\"x\"}", 403 },
    { "DELETE", "/teams/%t", NULL, 403 },
    { "DELETE", "/teams/%t/members/%a", NULL, 403 },
    { "PUT", "/users/%a/patch", "{\"nickname\":\"x\"}", 403 },
    { "PUT", "/users/%b/roles", "{\"roles\":\"system_admin system_user\"}", 403 },
    { "PUT", "/users/%a/active", "{\"active\":false}", 403 },
    { "PUT", "/users/%a/status", "{\"user_id\":\"%a\",\"status\":\"dnd\"}", 403 },
    { "GET", "/users/%a/preferences", NULL, 403 },
    { "POST", "/users",
      "{\"username\":\"new\",\"email\":\"n@e.org\",\"password\":\"Probe-2026!x\"}", 403 },
    { "PUT", "/plugins/com.example.unifiedchat/api/v1/flags/urgent", "{\"enabled\":false}", 403 },
    { "DELETE", "/plugins/com.example.unifiedchat/api/v1/flags/urgent", NULL, 403 },
    { "GET", "/plugins/com.example.unifiedchat/api/v1/flags", NULL, 200 },
  };

  uc_server_test_join (self->test, self->channel_id, "ben");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = dup_filled (self, cases[i].path);
    g_autofree char *body = cases[i].body != NULL ? dup_filled (self, cases[i].body) : NULL;
    g_autoptr (UcTestAnswer) answer =
        uc_server_test_ask (self->test, "ben", cases[i].method, path, body);

    g_test_message ("%s %s", cases[i].method, cases[i].path);
    g_assert_cmpuint (answer->status, ==, cases[i].status);
  }
}

/* Nobody makes a post of somebody else's, or with a type that only the server makes. */
static void
test_forged_post (Fixture *self, gconstpointer unused)
{
  g_autofree char *as_admin = NULL;
  g_autofree char *as_system = NULL;
  g_autoptr (JsonNode) post = NULL;
  g_autoptr (UcTestAnswer) answer = NULL;

  uc_server_test_join (self->test, self->channel_id, "ben");
  as_admin = dup_filled (self, "{\"channel_id\":\"%c\",\"user_id\":\"%a\",\"message\":\"x\","
                               "\"create_at\":1,\"is_pinned\":true}");
  post = uc_server_test_call (self->test, "ben", "POST", "/posts", as_admin, 201);
  g_assert_cmpstr (uc_test_get_string (post, "user_id"), ==,
                   uc_server_test_get_id (self->test, "ben"));
  g_assert_cmpstr (uc_test_get_string (post, "id"), !=, self->post_id);
  g_assert_cmpint (uc_test_get_int (post, "create_at"), >, 1);
  as_system = dup_filled (self, "{\"channel_id\":\"%c\",\"message\":\"x\","
                                "\"type\":\"system_join_channel\"}");
  answer = uc_server_test_ask (self->test, "ben", "POST", "/posts", as_system);
  if (answer->status == 201)
    g_assert_cmpstr (uc_test_get_string (answer->json, "type"), !=, "system_join_channel");
}

/* The file of somebody else does not come along. */
static void
test_foreign_file (Fixture *self, gconstpointer unused)
{
  g_autofree char *public_id = uc_server_test_add_channel (self->test, "ben", "public", "O");
  g_autofree char *body =
      g_strdup_printf ("{\"channel_id\":\"%s\",\"message\":\"look\",\"file_ids\":[\"%s\"]}",
                       public_id, self->file_id);
  g_autoptr (UcTestAnswer) answer = uc_server_test_ask (self->test, "ben", "POST", "/posts", body);
  g_autofree char *path = g_strdup_printf ("/files/%s", self->file_id);
  g_autoptr (UcTestAnswer) file = uc_server_test_ask (self->test, "ben", "GET", path, NULL);

  g_assert_cmpuint (file->status, ==, 403);
  g_assert_null (g_strstr_len (g_bytes_get_data (answer->body, NULL),
                               (gssize) g_bytes_get_size (answer->body), "secret"));
}

#define ADD(name, func) g_test_add ("/permissions/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("stranger", test_stranger);
  ADD ("team-member", test_team_member);
  ADD ("nobody", test_nobody);
  ADD ("bad-ids", test_bad_ids);
  ADD ("channel-member", test_channel_member);
  ADD ("forged-post", test_forged_post);
  ADD ("foreign-file", test_foreign_file);
  return g_test_run ();
}
