/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Starts the real server for a test, fills it, kills it and starts it again. */

#include "config.h"

#include "uc-test-server.h"

#include "uc-test.h"

#include <libsoup/soup.h>
#include <signal.h>
#include <sys/prctl.h>

#define PASSWORD "Probe-2026!x"

struct _UcTestServer {
  GSubprocess *process; /* (owned) (nullable) */
  SoupSession *session; /* (owned) */
  char        *data_dir;
  char        *site;
  char        *admin;
  char        *password;
  char        *team_id;
  char        *suffix; /* makes names unique on a server that others use too */
  guint16      port;
  GHashTable  *user_ids; /* (owned) user name to id */
  GHashTable  *tokens;   /* (owned) user name to token */
};

/* Reads the one line a server prints when it is ready. */
static void
read_address (UcTestServer *self)
{
  g_autoptr (GDataInputStream) lines =
      g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  g_autoptr (GError) error = NULL;
  g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  const char      *prefix = "listening on ";

  g_assert_no_error (error);
  g_assert_nonnull (line);
  g_assert_true (g_str_has_prefix (line, prefix));
  g_set_str (&self->site, line + strlen (prefix));
  self->port = (guint16) g_ascii_strtoull (strrchr (line, ':') + 1, NULL, 10);
  g_assert_cmpuint (self->port, !=, 0);
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (lines), FALSE);
}

/* A test that fails takes its server with it. */
static void
die_with_test (gpointer unused)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static void
start (UcTestServer *self)
{
  const char      *binary = g_getenv ("UC_TEST_SERVER");
  g_autofree char *port = g_strdup_printf ("%u", self->port);
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (binary);
  g_subprocess_launcher_set_child_setup (launcher, die_with_test, NULL, NULL);
  self->process = g_subprocess_launcher_spawn (launcher, &error, binary, "--port", port, "--data",
                                               self->data_dir, NULL);
  g_assert_no_error (error);
  read_address (self);
}

static SoupMessage *
new_message (UcTestServer *self, const char *username, const char *method, const char *path)
{
  gboolean         is_plugin = g_str_has_prefix (path, "/plugins/");
  g_autofree char *uri = g_strconcat (self->site, is_plugin ? "" : "/api/v4", path, NULL);
  SoupMessage     *message = soup_message_new (method, uri);
  const char *token = g_hash_table_lookup (self->tokens, username != NULL ? username : self->admin);

  g_assert_nonnull (message);
  if (token != NULL) {
    g_autofree char *value = g_strconcat ("Bearer ", token, NULL);

    soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization",
                                  value);
  }
  return message;
}

static JsonNode *
send (UcTestServer *self, SoupMessage *message, const char *body, guint status)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autofree char *text = NULL;

  if (body != NULL) {
    g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

    soup_message_set_request_body_from_bytes (message, "application/json", bytes);
  }
  answer = soup_session_send_and_read (self->session, message, NULL, &error);
  g_assert_no_error (error);
  text = g_strndup (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer));
  if (soup_message_get_status (message) != status)
    g_error ("%s %s: %u %s", soup_message_get_method (message),
             g_uri_get_path (soup_message_get_uri (message)), soup_message_get_status (message),
             text);
  return json_from_string (text, NULL);
}

JsonNode *
uc_test_server_call (UcTestServer *self,
                     const char   *username,
                     const char   *method,
                     const char   *path,
                     const char   *body,
                     guint         status)
{
  g_autoptr (SoupMessage) message = new_message (self, username, method, path);

  return send (self, message, body, status);
}

static const char *
get_member (JsonNode *node, const char *member)
{
  return json_object_get_string_member (json_node_get_object (node), member);
}

static void
log_in (UcTestServer *self, const char *username)
{
  g_autofree char *body =
      g_strdup_printf ("{\"login_id\":\"%s\",\"password\":\"%s\"}", username, self->password);
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (JsonNode) me = NULL;
  const char *token;

  g_hash_table_remove (self->tokens, username);
  message = new_message (self, username, "POST", "/users/login");
  me = send (self, message, body, 200);
  token = soup_message_headers_get_one (soup_message_get_response_headers (message), "Token");
  g_assert_nonnull (token);
  g_hash_table_replace (self->tokens, g_strdup (username), g_strdup (token));
  g_hash_table_replace (self->user_ids, g_strdup (username), g_strdup (get_member (me, "id")));
}

static void
create_user (UcTestServer *self, const char *username, guint status)
{
  g_autofree char *body =
      g_strdup_printf ("{\"username\":\"%s\",\"email\":\"%s@example.org\",\"password\":\"%s\"}",
                       username, username, self->password);
  g_autoptr (JsonNode) user = uc_test_server_call (self, NULL, "POST", "/users", body, status);
}

static void
create_team (UcTestServer *self)
{
  g_autofree char *body = g_strdup_printf (
      "{\"name\":\"probe-%s\",\"display_name\":\"Probe\",\"type\":\"O\"}", self->suffix);
  g_autoptr (JsonNode) team = uc_test_server_call (self, NULL, "POST", "/teams", body, 201);

  self->team_id = g_strdup (get_member (team, "id"));
}

UcTestServer *
uc_test_server_new (void)
{
  UcTestServer *self = g_new0 (UcTestServer, 1);
  const char   *url = g_getenv ("UC_TEST_SERVER_URL");

  self->session = soup_session_new ();
  self->tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->user_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->suffix = g_strdup_printf ("%08x", g_random_int ());

  if (url != NULL) {
    g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);

    self->site = g_strdup (url);
    self->port = (guint16) g_uri_get_port (uri);
    self->admin = g_strdup (g_getenv ("UC_TEST_ADMIN"));
    self->password = g_strdup (g_getenv ("UC_TEST_PASSWORD"));
  } else {
    self->data_dir = uc_test_dup_temp_dir ();
    self->admin = g_strdup ("admin");
    self->password = g_strdup (PASSWORD);
    start (self);
    create_user (self, self->admin, 201);
  }
  log_in (self, self->admin);
  create_team (self);
  return self;
}

void
uc_test_server_free (UcTestServer *self)
{
  if (self->process != NULL)
    uc_test_server_kill (self);
  g_object_unref (self->session);
  g_hash_table_unref (self->tokens);
  g_hash_table_unref (self->user_ids);
  g_free (self->data_dir);
  g_free (self->site);
  g_free (self->admin);
  g_free (self->password);
  g_free (self->team_id);
  g_free (self->suffix);
  g_free (self);
}

const char *
uc_test_server_get_site (UcTestServer *self)
{
  return self->site;
}

guint16
uc_test_server_get_port (UcTestServer *self)
{
  return self->port;
}

const char *
uc_test_server_get_team_id (UcTestServer *self)
{
  return self->team_id;
}

const char *
uc_test_server_get_data_dir (UcTestServer *self)
{
  return self->data_dir;
}

const char *
uc_test_server_get_password (UcTestServer *self)
{
  return self->password;
}

void
uc_test_server_kill (UcTestServer *self)
{
  g_assert_nonnull (self->process);
  g_subprocess_send_signal (self->process, SIGKILL);
  g_subprocess_wait (self->process, NULL, NULL);
  g_clear_object (&self->process);
  /* The connections that were kept are dead with it. */
  soup_session_abort (self->session);
}

void
uc_test_server_restart (UcTestServer *self)
{
  g_assert_null (self->process);
  start (self);
}

char *
uc_test_server_add_user (UcTestServer *self, const char *name)
{
  char            *username = g_strdup_printf ("%s.%s", name, self->suffix);
  g_autofree char *path = g_strdup_printf ("/teams/%s/members", self->team_id);
  g_autofree char *body = NULL;
  g_autoptr (JsonNode) member = NULL;

  create_user (self, username, 201);
  log_in (self, username);
  body = g_strdup_printf ("{\"team_id\":\"%s\",\"user_id\":\"%s\"}", self->team_id,
                          uc_test_server_get_user_id (self, username));
  member = uc_test_server_call (self, NULL, "POST", path, body, 201);
  return username;
}

const char *
uc_test_server_get_user_id (UcTestServer *self, const char *username)
{
  const char *user_id = g_hash_table_lookup (self->user_ids, username);

  g_assert_nonnull (user_id);
  return user_id;
}

const char *
uc_test_server_get_token (UcTestServer *self, const char *username)
{
  const char *token = g_hash_table_lookup (self->tokens, username);

  g_assert_nonnull (token);
  return token;
}

void
uc_test_server_join (UcTestServer *self, const char *channel_id, const char *username)
{
  g_autofree char *path = g_strdup_printf ("/channels/%s/members", channel_id);
  g_autofree char *body =
      g_strdup_printf ("{\"user_id\":\"%s\"}", uc_test_server_get_user_id (self, username));
  g_autoptr (JsonNode) member = uc_test_server_call (self, NULL, "POST", path, body, 201);
}

char *
uc_test_server_add_channel (UcTestServer *self, const char *name, ...)
{
  g_autofree char *body = g_strdup_printf (
      "{\"team_id\":\"%s\",\"name\":\"%s-%08x\",\"display_name\":\"%s\",\"type\":\"O\"}",
      self->team_id, name, g_random_int (), name);
  g_autoptr (JsonNode) channel = uc_test_server_call (self, NULL, "POST", "/channels", body, 201);
  char       *channel_id = g_strdup (get_member (channel, "id"));
  const char *username;
  va_list     usernames;

  va_start (usernames, name);
  while ((username = va_arg (usernames, const char *)) != NULL)
    uc_test_server_join (self, channel_id, username);
  va_end (usernames);
  return channel_id;
}

static char *
dup_post_body (const char *channel_id, const char *root_id, const char *message)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_alloc ();

  json_object_set_string_member (object, "channel_id", channel_id);
  json_object_set_string_member (object, "message", message);
  if (root_id != NULL)
    json_object_set_string_member (object, "root_id", root_id);
  json_node_init_object (node, object);
  return json_to_string (node, FALSE);
}

char *
uc_test_server_post (UcTestServer *self,
                     const char   *username,
                     const char   *channel_id,
                     const char   *root_id,
                     const char   *message)
{
  g_autofree char *body = dup_post_body (channel_id, root_id, message);
  g_autoptr (JsonNode) post = uc_test_server_call (self, username, "POST", "/posts", body, 201);

  return g_strdup (get_member (post, "id"));
}

/* One page, newest first, into @texts; FALSE when there is no further one. */
static gboolean
add_texts (UcTestServer *self, const char *channel_id, int page, GPtrArray *texts)
{
  g_autofree char *path =
      g_strdup_printf ("/channels/%s/posts?page=%d&per_page=200", channel_id, page);
  g_autoptr (JsonNode) answer = uc_test_server_call (self, NULL, "GET", path, NULL, 200);
  JsonObject *object = json_node_get_object (answer);
  JsonArray  *order = json_object_get_array_member (object, "order");
  JsonObject *posts = json_object_get_object_member (object, "posts");

  for (guint i = 0; i < json_array_get_length (order); i++) {
    JsonObject *post =
        json_object_get_object_member (posts, json_array_get_string_element (order, i));

    if (*json_object_get_string_member (post, "type") == '\0')
      g_ptr_array_add (texts, g_strdup (json_object_get_string_member (post, "message")));
  }
  return json_array_get_length (order) == 200;
}

GStrv
uc_test_server_dup_texts (UcTestServer *self, const char *channel_id)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();
  GStrv result;
  int   page = 0;

  while (add_texts (self, channel_id, page, texts))
    page++;
  result = g_new0 (char *, texts->len + 1);
  for (guint i = 0; i < texts->len; i++)
    result[i] = g_ptr_array_index (texts, texts->len - 1 - i);
  return result;
}
