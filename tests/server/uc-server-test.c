/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Starts the server in the process of its test and talks to it over real sockets. */

#include "config.h"

#include "uc-server-test.h"

#include "uc-test.h"

#include <string.h>

/* Thursday, 20 November 2025, 14:00 in Berlin. */
#define NOW_MS G_GINT64_CONSTANT (1763643600000)
/* How long a silent server is listened to. */
#define SILENCE_MS 400

/* -- The server -------------------------------------------------------------------- */

static void
start (UcServerTest *self)
{
  const UcServerOptions options = { .data_dir = self->data_dir,
                                    .clock = self->clock,
                                    .hash_cost = 1 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  self->server = uc_server_new (&options);
  uc_server_start_async (self->server, NULL, uc_test_result_cb, &result);
  uc_server_start_finish (self->server, uc_test_wait_result (&result), &error);
  g_assert_no_error (error);
}

static void
stop (UcServerTest *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  soup_session_abort (self->client);
  uc_server_stop_async (self->server, uc_test_result_cb, &result);
  uc_server_stop_finish (self->server, uc_test_wait_result (&result), &error);
  g_assert_no_error (error);
  g_clear_object (&result);
  g_assert_finalize_object (g_steal_pointer (&self->server));
}

UcServerTest *
uc_server_test_new_empty (void)
{
  UcServerTest *self = g_new0 (UcServerTest, 1);

  self->data_dir = uc_test_dup_temp_dir ();
  self->clock = uc_clock_new_fake (NOW_MS);
  self->tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->user_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->client = soup_session_new_with_options ("max-conns", 100, "max-conns-per-host", 100, NULL);
  start (self);
  return self;
}

UcServerTest *
uc_server_test_new (void)
{
  UcServerTest *self = uc_server_test_new_empty ();
  g_autoptr (JsonNode) team = NULL;

  uc_server_test_add_stranger (self, "admin");
  team =
      uc_server_test_call (self, "admin", "POST", "/teams",
                           "{\"name\":\"probe\",\"display_name\":\"Probe\",\"type\":\"O\"}", 201);
  self->team_id = g_strdup (uc_test_get_string (team, "id"));
  return self;
}

void
uc_server_test_free (UcServerTest *self)
{
  stop (self);
  g_object_unref (self->client);
  g_object_unref (self->clock);
  g_hash_table_unref (self->tokens);
  g_hash_table_unref (self->user_ids);
  g_free (self->data_dir);
  g_free (self->team_id);
  g_free (self);
}

void
uc_server_test_restart (UcServerTest *self)
{
  stop (self);
  start (self);
}

guint16
uc_server_test_get_port (UcServerTest *self)
{
  return (guint16) g_ascii_strtoull (strrchr (uc_server_get_url (self->server), ':') + 1, NULL, 10);
}

/* -- Calls ------------------------------------------------------------------------- */

SoupMessage *
uc_server_test_new_message (UcServerTest *self,
                            const char   *username,
                            const char   *method,
                            const char   *path)
{
  gboolean         is_whole = g_str_has_prefix (path, "/plugins/") || g_str_has_prefix (path, "//");
  g_autofree char *uri = g_strconcat (uc_server_get_url (self->server), is_whole ? "" : "/api/v4",
                                      g_str_has_prefix (path, "//") ? path + 1 : path, NULL);
  SoupMessage     *message = soup_message_new (method, uri);

  g_assert_nonnull (message);
  if (username != NULL) {
    g_autofree char *value = NULL;

    g_assert_true (g_hash_table_contains (self->tokens, username));
    value = g_strconcat ("Bearer ", g_hash_table_lookup (self->tokens, username), NULL);
    soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization",
                                  value);
  }
  return message;
}

static void
read_json (UcTestAnswer *answer)
{
  gsize       length;
  const char *data = g_bytes_get_data (answer->body, &length);
  g_autoptr (JsonParser) parser = json_parser_new ();
  const char *type = soup_message_headers_get_content_type (answer->headers, NULL);

  if (g_strcmp0 (type, "application/json") != 0)
    return;
  /* It says that it is: then it has to be. */
  g_assert_true (json_parser_load_from_data (parser, data, (gssize) length, NULL));
  answer->json = json_parser_steal_root (parser);
}

UcTestAnswer *
uc_server_test_send (UcServerTest *self, SoupMessage *message)
{
  UcTestAnswer *answer = g_new0 (UcTestAnswer, 1);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  soup_session_send_and_read_async (self->client, message, G_PRIORITY_DEFAULT, NULL,
                                    uc_test_result_cb, &result);
  answer->body =
      soup_session_send_and_read_finish (self->client, uc_test_wait_result (&result), &error);
  g_assert_no_error (error);
  answer->status = soup_message_get_status (message);
  answer->headers = soup_message_headers_ref (soup_message_get_response_headers (message));
  read_json (answer);
  return answer;
}

void
uc_test_answer_free (UcTestAnswer *self)
{
  soup_message_headers_unref (self->headers);
  g_bytes_unref (self->body);
  g_clear_pointer (&self->json, json_node_unref);
  g_free (self);
}

UcTestAnswer *
uc_server_test_ask (UcServerTest *self,
                    const char   *username,
                    const char   *method,
                    const char   *path,
                    const char   *body)
{
  g_autoptr (SoupMessage) message = uc_server_test_new_message (self, username, method, path);

  if (body != NULL) {
    g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

    soup_message_set_request_body_from_bytes (message, "application/json", bytes);
  }
  return uc_server_test_send (self, message);
}

static void
check_status (UcTestAnswer *answer, const char *method, const char *path, guint status)
{
  gsize       length;
  const char *data = g_bytes_get_data (answer->body, &length);

  if (answer->status != status)
    g_error ("%s %s: %u instead of %u: %.*s", method, path, answer->status, status,
             (int) MIN (length, 2000), data);
}

JsonNode *
uc_server_test_call (UcServerTest *self,
                     const char   *username,
                     const char   *method,
                     const char   *path,
                     const char   *body,
                     guint         status)
{
  g_autoptr (UcTestAnswer) answer = uc_server_test_ask (self, username, method, path, body);

  check_status (answer, method, path, status);
  return g_steal_pointer (&answer->json);
}

void
uc_server_test_do (UcServerTest *self,
                   const char   *username,
                   const char   *method,
                   const char   *path,
                   const char   *body,
                   guint         status)
{
  g_autoptr (UcTestAnswer) answer = uc_server_test_ask (self, username, method, path, body);

  check_status (answer, method, path, status);
}

void
uc_server_test_refused (UcServerTest *self,
                        const char   *username,
                        const char   *method,
                        const char   *path,
                        const char   *body,
                        guint         status,
                        const char   *error_id)
{
  g_autoptr (UcTestAnswer) answer = uc_server_test_ask (self, username, method, path, body);

  check_status (answer, method, path, status);
  g_assert_nonnull (answer->json);
  g_assert_cmpstr (uc_test_get_string (answer->json, "id"), ==, error_id);
  g_assert_cmpint (uc_test_get_int (answer->json, "status_code"), ==, status);
}

const char *
uc_test_get_string (JsonNode *node, const char *member)
{
  g_assert_nonnull (node);
  return json_object_get_string_member_with_default (json_node_get_object (node), member, NULL);
}

gint64
uc_test_get_int (JsonNode *node, const char *member)
{
  g_assert_nonnull (node);
  return json_object_get_int_member_with_default (json_node_get_object (node), member, G_MININT64);
}

guint
uc_test_get_length (JsonNode *node)
{
  g_assert_nonnull (node);
  return json_array_get_length (json_node_get_array (node));
}

/* -- People and places ------------------------------------------------------------- */

void
uc_server_test_log_in (UcServerTest *self, const char *username)
{
  g_autofree char *body =
      g_strdup_printf ("{\"login_id\":\"%s\",\"password\":\"" UC_TEST_PASSWORD "\"}", username);
  g_autoptr (UcTestAnswer) answer = uc_server_test_ask (self, NULL, "POST", "/users/login", body);
  const char *token;

  check_status (answer, "POST", "/users/login", 200);
  token = soup_message_headers_get_one (answer->headers, "Token");
  g_assert_nonnull (token);
  g_hash_table_replace (self->tokens, g_strdup (username), g_strdup (token));
  g_hash_table_replace (self->user_ids, g_strdup (username),
                        g_strdup (uc_test_get_string (answer->json, "id")));
}

void
uc_server_test_add_stranger (UcServerTest *self, const char *username)
{
  g_autofree char *body = g_strdup_printf ("{\"username\":\"%s\",\"email\":\"%s@example.org\","
                                           "\"password\":\"" UC_TEST_PASSWORD "\"}",
                                           username, username);
  const char      *creator = g_hash_table_contains (self->tokens, "admin") ? "admin" : NULL;

  uc_server_test_do (self, creator, "POST", "/users", body, 201);
  uc_server_test_log_in (self, username);
}

void
uc_server_test_add_user (UcServerTest *self, const char *username)
{
  g_autofree char *path = g_strdup_printf ("/teams/%s/members", self->team_id);
  g_autofree char *body = NULL;

  uc_server_test_add_stranger (self, username);
  body = g_strdup_printf ("{\"team_id\":\"%s\",\"user_id\":\"%s\"}", self->team_id,
                          uc_server_test_get_id (self, username));
  uc_server_test_do (self, "admin", "POST", path, body, 201);
}

const char *
uc_server_test_get_id (UcServerTest *self, const char *username)
{
  const char *id = g_hash_table_lookup (self->user_ids, username);

  g_assert_nonnull (id);
  return id;
}

char *
uc_server_test_add_channel (UcServerTest *self,
                            const char   *owner,
                            const char   *name,
                            const char   *type)
{
  g_autofree char *body = g_strdup_printf (
      "{\"team_id\":\"%s\",\"name\":\"%s\",\"display_name\":\"%s\",\"type\":\"%s\"}", self->team_id,
      name, name, type);
  g_autoptr (JsonNode) channel = uc_server_test_call (self, owner, "POST", "/channels", body, 201);

  return g_strdup (uc_test_get_string (channel, "id"));
}

void
uc_server_test_join (UcServerTest *self, const char *channel_id, const char *username)
{
  g_autofree char *path = g_strdup_printf ("/channels/%s/members", channel_id);
  g_autofree char *body =
      g_strdup_printf ("{\"user_id\":\"%s\"}", uc_server_test_get_id (self, username));

  uc_server_test_do (self, "admin", "POST", path, body, 201);
}

char *
uc_server_test_post (UcServerTest *self,
                     const char   *username,
                     const char   *channel_id,
                     const char   *message)
{
  g_autofree char *body =
      g_strdup_printf ("{\"channel_id\":\"%s\",\"message\":\"%s\"}", channel_id, message);
  g_autoptr (JsonNode) post = uc_server_test_call (self, username, "POST", "/posts", body, 201);

  return g_strdup (uc_test_get_string (post, "id"));
}

/* -- Bytes ------------------------------------------------------------------------- */

GSocketConnection *
uc_server_test_connect (UcServerTest *self)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection;

  g_socket_client_connect_to_host_async (client, "127.0.0.1", uc_server_test_get_port (self), NULL,
                                         uc_test_result_cb, &result);
  connection =
      g_socket_client_connect_to_host_finish (client, uc_test_wait_result (&result), &error);
  g_assert_no_error (error);
  return connection;
}

/* Writes as much as the server takes: it may well stop in the middle. */
static void
write_all (GIOStream *stream, const char *data, gsize length)
{
  g_autoptr (GAsyncResult) result = NULL;

  g_output_stream_write_all_async (g_io_stream_get_output_stream (stream), data, length,
                                   G_PRIORITY_DEFAULT, NULL, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  g_output_stream_write_all_finish (g_io_stream_get_output_stream (stream), result, NULL, NULL);
}

static gboolean
silence_cb (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_CONTINUE;
}

/* FALSE at the end, or after a while of silence. */
static gboolean
read_some (GIOStream *stream, GString *answer)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  char   buffer[4096];
  gssize n;
  guint  silence_id = g_timeout_add (SILENCE_MS, silence_cb, cancellable);

  g_input_stream_read_async (g_io_stream_get_input_stream (stream), buffer, sizeof buffer,
                             G_PRIORITY_DEFAULT, cancellable, uc_test_result_cb, &result);
  n = g_input_stream_read_finish (g_io_stream_get_input_stream (stream),
                                  uc_test_wait_result (&result), NULL);
  g_source_remove (silence_id);
  if (n > 0)
    g_string_append_len (answer, buffer, n);
  return n > 0;
}

char *
uc_server_test_raw (UcServerTest *self, const char *request, gssize length)
{
  g_autoptr (GSocketConnection) connection = uc_server_test_connect (self);
  GString *answer = g_string_new (NULL);

  write_all (G_IO_STREAM (connection), request, length < 0 ? strlen (request) : (gsize) length);
  while (read_some (G_IO_STREAM (connection), answer))
    ;
  return g_string_free (answer, FALSE);
}

GBytes *
uc_test_dup_png (void)
{
  static const guint8 png[] = { 0x89, 'P',  'N',  'G',  0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00,
                                0x00, 0x0d, 'I',  'H',  'D',  'R',  0x00, 0x00, 0x00, 0x01,
                                0x00, 0x00, 0x00, 0x01, 0x08, 0x06, 0x00, 0x00, 0x00, 0x1f,
                                0x15, 0xc4, 0x89, 0x00, 0x00, 0x00, 0x0d, 'I',  'D',  'A',
                                'T',  0x78, 0xda, 0x63, 0xfc, 0xcf, 0xc0, 0x50, 0x0f, 0x00,
                                0x04, 0x85, 0x01, 0x80, 0x84, 0xa9, 0x8c, 0x21, 0x00, 0x00,
                                0x00, 0x00, 'I',  'E',  'N',  'D',  0xae, 0x42, 0x60, 0x82 };

  return g_bytes_new_static (png, sizeof png);
}
