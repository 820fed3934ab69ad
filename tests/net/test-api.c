/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-api-private.h"
#include "uc-error.h"
#include "uc-net-server.h"
#include "uc-test.h"

#include <string.h>

#define EXPIRED "{\"id\":\"api.context.session_expired.app_error\",\"message\":\"Over.\"}"
#define PAGE    "<!DOCTYPE html><html><body>Welcome to Hotel Free WiFi</body></html>"

/* What the server saw of the last request, and what it shall answer. */
typedef struct {
  SoupServer *server;
  UcApi      *api;
  char       *site;
  char       *path;
  char       *authorization;
  char       *cookie;
  char       *accept_encoding;
  char       *body;
  guint       n_requests;

  guint       status;
  const char *type;
  const char *answer;
  const char *header_name;
  const char *header_value;
} Fixture;

static void
handler_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  Fixture            *self = user_data;
  SoupMessageHeaders *in = soup_server_message_get_request_headers (message);
  SoupMessageHeaders *out = soup_server_message_get_response_headers (message);
  SoupMessageBody    *body = soup_server_message_get_request_body (message);

  self->n_requests++;
  g_set_str (&self->path, path);
  g_set_str (&self->authorization, soup_message_headers_get_one (in, "Authorization"));
  g_set_str (&self->cookie, soup_message_headers_get_one (in, "Cookie"));
  g_set_str (&self->accept_encoding, soup_message_headers_get_one (in, "Accept-Encoding"));
  g_free (self->body);
  self->body = g_strndup (body->data != NULL ? body->data : "", (gsize) body->length);

  if (self->header_name != NULL)
    soup_message_headers_append (out, self->header_name, self->header_value);
  uc_net_answer (message, self->status, self->type, self->answer);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->server = uc_net_server_new (handler_cb, self, &self->site);
  self->api = uc_api_new (self->site);
  self->status = 200;
  self->type = "application/json";
  self->answer = UC_NET_USER;
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_finalize_object (self->api);
  uc_net_server_free (self->server);
  g_free (self->site);
  g_free (self->path);
  g_free (self->authorization);
  g_free (self->cookie);
  g_free (self->accept_encoding);
  g_free (self->body);
}

static void
expect_error (Fixture *self, UcRequest *request, UcErrorCode code, const char *part)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (uc_net_call (self->api, request, &error));
  g_assert_error (error, UC_ERROR, (int) code);
  if (part != NULL)
    g_assert_nonnull (strstr (error->message, part));
}

static void
test_good (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UcUser) user = NULL;

  uc_api_set_token (self->api, "canary-token");
  user = uc_net_call (self->api, uc_request_me (), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (user->username, ==, "anna");
  g_assert_cmpstr (self->path, ==, "/api/v4/users/me");
  g_assert_cmpstr (self->authorization, ==, "Bearer canary-token");
  g_assert_cmpstr (self->accept_encoding, ==, "gzip");
  g_assert_cmpstr (uc_api_get_site (self->api), ==, self->site);
  /* The server is in this process: its clock is ours. */
  g_assert_cmpint (ABS (uc_api_get_server_offset_ms (self->api)), <, 2000);

  self->answer = "{\"status\":\"OK\"}";
  g_assert_null (uc_net_call (self->api, uc_request_ping (), &error));
  g_assert_no_error (error);
  uc_api_set_token (self->api, NULL);
  g_assert_null (uc_net_call (self->api, uc_request_logout (), &error));
  g_assert_no_error (error);
  g_assert_null (self->authorization);
}

static void
test_sub_path (Fixture *self, gconstpointer data)
{
  g_autofree char *site = g_strconcat (self->site, "/chat", NULL);
  g_autoptr (UcApi) api = uc_api_new (site);
  g_autoptr (UcUser) user = NULL;
  g_autofree char *document = NULL;

  user = uc_net_call (api, uc_request_me (), NULL);
  g_assert_nonnull (user);
  g_assert_cmpstr (self->path, ==, "/chat/api/v4/users/me");
  self->answer = "{\"revision\":3,\"flags\":{}}";
  document = uc_net_call (api, uc_request_flags (), NULL);
  g_assert_cmpstr (document, ==, self->answer);
  g_assert_cmpstr (self->path, ==, "/chat/plugins/com.example.unifiedchat/api/v1/flags");
}

static void
test_login_page (Fixture *self, gconstpointer data)
{
  self->answer = PAGE;
  self->type = "text/html";
  expect_error (self, uc_request_me (), UC_ERROR_PROTOCOL, "login page");
  expect_error (self, uc_request_ping (), UC_ERROR_PROTOCOL, "login page");
  expect_error (self, uc_request_my_teams (), UC_ERROR_PROTOCOL, "login page");
  expect_error (self, uc_request_delete_post (UC_NET_USER_ID), UC_ERROR_PROTOCOL, "login page");
  /* A server that does not have it may answer with its web client. */
  expect_error (self, uc_request_flags (), UC_ERROR_NOT_FOUND, NULL);
}

static void
test_broken_json (Fixture *self, gconstpointer data)
{
  gsize            length = strlen (UC_NET_USER);
  g_autofree char *deep = g_strnfill (200000, '[');

  for (gsize cut = 0; cut < length; cut += 7) {
    g_autofree char *truncated = g_strndup (UC_NET_USER, cut);

    self->answer = truncated;
    expect_error (self, uc_request_me (), UC_ERROR_PROTOCOL, NULL);
  }
  self->answer = deep;
  expect_error (self, uc_request_my_teams (), UC_ERROR_PROTOCOL, NULL);
  self->answer = "{\"id\":17}";
  expect_error (self, uc_request_me (), UC_ERROR_PROTOCOL, "/users/me");
  self->answer = "{}\xff";
  expect_error (self, uc_request_flags (), UC_ERROR_PROTOCOL, NULL);
}

static void
test_refusals (Fixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  uc_api_set_token (self->api, "t");
  self->status = 401;
  self->answer = EXPIRED;
  expect_error (self, uc_request_my_teams (), UC_ERROR_AUTH, "Over. (HTTP 401)");
  /* Not every 401 ends the session. */
  self->answer = "{\"id\":\"api.team.disabled.app_error\",\"message\":\"Off.\"}";
  expect_error (self, uc_request_my_teams (), UC_ERROR_FORBIDDEN, "Off.");
  expect_error (self, uc_request_me (), UC_ERROR_AUTH, NULL);

  uc_api_send_async (self->api, uc_request_my_teams (), NULL, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  g_assert_null (uc_api_send_finish (self->api, result, &error));
  g_assert_cmpstr (uc_api_get_error_id (result), ==, "api.team.disabled.app_error");
}

/* Nothing answers a server's question for a password: no second try, no dialog. */
static void
test_no_basic_auth (Fixture *self, gconstpointer data)
{
  self->status = 401;
  self->answer = "{}";
  self->header_name = "WWW-Authenticate";
  self->header_value = "Basic realm=\"x\"";
  expect_error (self, uc_request_my_teams (), UC_ERROR_FORBIDDEN, NULL);
  g_assert_cmpuint (self->n_requests, ==, 1);
}

static void
test_no_cookies (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < 2; i++) {
    g_autoptr (UcUser) user = NULL;

    self->header_name = "Set-Cookie";
    self->header_value = "MMAUTHTOKEN=x; Path=/";
    user = uc_net_call (self->api, uc_request_me (), NULL);
    g_assert_nonnull (user);
    g_assert_null (self->cookie);
  }
}

static void
test_rate_limit (Fixture *self, gconstpointer data)
{
  self->status = 429;
  self->type = "text/plain";
  self->answer = "limit exceeded\n";
  self->header_name = "Retry-After";
  self->header_value = "7";
  expect_error (self, uc_request_me (), UC_ERROR_RATE_LIMITED, NULL);
  g_assert_cmpint (uc_api_get_retry_after_s (self->api), ==, 7);
  self->header_value = "1000000000";
  expect_error (self, uc_request_me (), UC_ERROR_RATE_LIMITED, NULL);
  g_assert_cmpint (uc_api_get_retry_after_s (self->api), ==, 300);
  self->header_value = "Fri, 01 Jan 2010 00:00:00 GMT";
  expect_error (self, uc_request_me (), UC_ERROR_RATE_LIMITED, NULL);
  g_assert_cmpint (uc_api_get_retry_after_s (self->api), ==, 1);
  self->header_name = NULL;
  expect_error (self, uc_request_me (), UC_ERROR_RATE_LIMITED, NULL);
  g_assert_cmpint (uc_api_get_retry_after_s (self->api), ==, 5);
}

static void
test_redirect_elsewhere (Fixture *self, gconstpointer data)
{
  Fixture other = { 0 };

  set_up (&other, NULL);
  uc_api_set_token (self->api, "canary-token");
  self->status = 302;
  self->answer = "";
  self->header_name = "Location";
  self->header_value = other.site;
  expect_error (self, uc_request_me (), UC_ERROR_PROTOCOL, "elsewhere");
  self->status = 307;
  expect_error (self, uc_request_delete_post (UC_NET_USER_ID), UC_ERROR_PROTOCOL, "elsewhere");
  g_assert_cmpuint (other.n_requests, ==, 0);
  tear_down (&other, NULL);
}

static void
test_redirect_loop (Fixture *self, gconstpointer data)
{
  self->status = 302;
  self->answer = "";
  self->header_name = "Location";
  self->header_value = "/api/v4/users/me";
  expect_error (self, uc_request_me (), UC_ERROR_PROTOCOL, NULL);
  g_assert_cmpuint (self->n_requests, ==, 4);
}

static void
redirect_once_cb (SoupServer        *server,
                  SoupServerMessage *message,
                  const char        *path,
                  GHashTable        *query,
                  gpointer           user_data)
{
  Fixture *self = user_data;

  if (g_str_has_prefix (path, "/new/")) {
    handler_cb (server, message, path, query, user_data);
  } else {
    g_autofree char *target = g_strconcat ("/new", path, NULL);

    soup_server_message_set_redirect (message, 308, target);
    self->n_requests++;
  }
}

static void
test_redirect_within (Fixture *self, gconstpointer data)
{
  g_autoptr (UcUser) user = NULL;
  g_autoptr (GPtrArray) users = NULL;
  const char *const ids[] = { UC_NET_USER_ID, NULL };

  soup_server_add_handler (self->server, NULL, redirect_once_cb, self, NULL);
  uc_api_set_token (self->api, "canary-token");
  user = uc_net_call (self->api, uc_request_me (), NULL);
  g_assert_nonnull (user);
  g_assert_cmpstr (self->path, ==, "/new/api/v4/users/me");
  g_assert_cmpstr (self->authorization, ==, "Bearer canary-token");

  self->answer = "[" UC_NET_USER "]";
  users = uc_net_call (self->api, uc_request_users_by_ids (ids), NULL);
  g_assert_cmpuint (users->len, ==, 1);
  g_assert_cmpstr (self->body, ==, "[\"" UC_NET_USER_ID "\"]");
}

static void
test_bad_token_and_path (Fixture *self, gconstpointer data)
{
  expect_error (self, uc_request_channel ("../../../etc"), UC_ERROR_INVALID, NULL);
  uc_api_set_token (self->api, "a\r\nX-Evil: 1");
  expect_error (self, uc_request_me (), UC_ERROR_AUTH, NULL);
  g_assert_cmpuint (self->n_requests, ==, 0);
}

static void
login (Fixture *self, UcUser **user, gboolean *is_mfa_needed, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  uc_api_login_async (self->api, "anna", "secret", "123456", NULL, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  *user = uc_api_login_finish (self->api, result, is_mfa_needed, error);
}

static void
test_login (Fixture *self, gconstpointer data)
{
  g_autoptr (UcUser) user = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_mfa_needed = TRUE;

  uc_api_set_token (self->api, "an-old-token");
  self->header_name = "Token";
  self->header_value = "fresh-token";
  login (self, &user, &is_mfa_needed, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (user->username, ==, "anna");
  g_assert_false (is_mfa_needed);
  g_assert_null (self->authorization);
  g_assert_cmpstr (self->body, ==,
                   "{\"login_id\":\"anna\",\"password\":\"secret\",\"token\":\"123456\"}");
  g_assert_cmpstr (uc_api_get_token (self->api), ==, "fresh-token");
}

static void
test_login_refused (Fixture *self, gconstpointer data)
{
  static const struct {
    const char *id;
    gboolean    is_mfa_needed;
  } cases[] = {
    { "api.user.login.invalid_credentials_email_username", FALSE },
    { "mfa.validate_token.authenticate.app_error", TRUE },
    { "api.user.check_user_mfa.bad_code.app_error", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *body = g_strdup_printf ("{\"id\":\"%s\",\"message\":\"No.\"}", cases[i].id);
    g_autoptr (UcUser) user = NULL;
    g_autoptr (GError) error = NULL;
    gboolean is_mfa_needed = FALSE;

    self->status = 401;
    self->answer = body;
    login (self, &user, &is_mfa_needed, &error);
    g_assert_error (error, UC_ERROR, UC_ERROR_AUTH);
    g_assert_cmpstr (error->message, ==, "No. (HTTP 401)");
    g_assert_cmpint (is_mfa_needed, ==, cases[i].is_mfa_needed);
    g_assert_null (uc_api_get_token (self->api));
  }
}

static void
test_login_without_token (Fixture *self, gconstpointer data)
{
  g_autoptr (UcUser) user = NULL;
  g_autoptr (GError) error = NULL;

  login (self, &user, NULL, &error);
  g_assert_error (error, UC_ERROR, UC_ERROR_PROTOCOL);
  g_assert_null (user);
}

static void
test_cancel (Fixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) before = NULL;
  g_autoptr (GAsyncResult) during = NULL;
  g_autoptr (GError) error = NULL;

  uc_api_send_async (self->api, uc_request_me (), cancellable, uc_test_result_cb, &during);
  g_cancellable_cancel (cancellable);
  uc_test_wait_result (&during);
  g_assert_null (uc_api_send_finish (self->api, during, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  uc_api_send_async (self->api, uc_request_me (), cancellable, uc_test_result_cb, &before);
  uc_test_wait_result (&before);
  g_assert_null (uc_api_send_finish (self->api, before, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Answers before it is asked: what is read behind the request is there already. */
static gboolean
eager_cb (GSocketService *service, GSocketConnection *connection, GObject *source, GPtrArray *open)
{
  static const char answer[] = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                               "Content-Length: 15\r\n\r\n{\"status\":\"OK\"}";

  g_assert_true (
      g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), answer,
                                 strlen (answer), NULL, NULL, NULL));
  g_ptr_array_add (open, g_object_ref (connection));

  return TRUE;
}

typedef struct {
  GCancellable *cancellable;
  guint         n_left;
} Countdown;

static gboolean
count_cb (gpointer user_data)
{
  Countdown *countdown = user_data;

  if (countdown->n_left-- > 0)
    return G_SOURCE_CONTINUE;
  g_cancellable_cancel (countdown->cancellable);

  return G_SOURCE_REMOVE;
}

/* At whatever turn of the loop a call is cancelled: libsoup to 3.6.5 counts a message out
 * twice whose answer came at once and is not taken yet, and what it has then freed too
 * often is used for long after. */
static void
test_cancel_any_time (Fixture *self, gconstpointer data)
{
  g_autoptr (GSocketService) service = g_socket_service_new ();
  g_autoptr (GPtrArray) open = g_ptr_array_new_with_free_func (g_object_unref);
  guint16 port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, NULL);
  g_autofree char *site = g_strdup_printf ("http://127.0.0.1:%u", port);

  g_signal_connect (service, "incoming", G_CALLBACK (eager_cb), open);
  for (guint n = 0; n < 40; n++) {
    g_autoptr (UcApi) api = uc_api_new (site);
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) error = NULL;
    Countdown countdown = { g_cancellable_new (), n };
    guint     id;

    uc_api_send_async (api, uc_request_ping (), countdown.cancellable, uc_test_result_cb, &result);
    id = g_idle_add_full (G_PRIORITY_DEFAULT, count_cb, &countdown, NULL);
    uc_test_wait_result (&result);
    g_assert_null (uc_api_send_finish (api, result, &error));
    if (error != NULL)
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    if (countdown.n_left != G_MAXUINT)
      g_source_remove (id);
    g_object_unref (countdown.cancellable);
  }
}

/* Two hundred calls share a few connections, and every one comes back. */
static void
test_many (Fixture *self, gconstpointer data)
{
  GAsyncResult *slots[200] = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (slots); i++)
    uc_api_send_async (self->api, uc_request_me (), NULL, uc_test_result_cb, &slots[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (slots); i++) {
    g_autoptr (UcUser) user = NULL;

    uc_test_wait_result (&slots[i]);
    user = uc_api_send_finish (self->api, slots[i], NULL);
    g_assert_nonnull (user);
    g_object_unref (slots[i]);
  }
  g_assert_cmpuint (self->n_requests, ==, 200);
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("/net/api/good", test_good);
  ADD ("/net/api/sub-path", test_sub_path);
  ADD ("/net/api/login-page", test_login_page);
  ADD ("/net/api/broken-json", test_broken_json);
  ADD ("/net/api/refusals", test_refusals);
  ADD ("/net/api/no-basic-auth", test_no_basic_auth);
  ADD ("/net/api/no-cookies", test_no_cookies);
  ADD ("/net/api/rate-limit", test_rate_limit);
  ADD ("/net/api/redirect-elsewhere", test_redirect_elsewhere);
  ADD ("/net/api/redirect-loop", test_redirect_loop);
  ADD ("/net/api/redirect-within", test_redirect_within);
  ADD ("/net/api/bad-token-and-path", test_bad_token_and_path);
  ADD ("/net/api/login", test_login);
  ADD ("/net/api/login-refused", test_login_refused);
  ADD ("/net/api/login-without-token", test_login_without_token);
  ADD ("/net/api/cancel", test_cancel);
  ADD ("/net/api/cancel-any-time", test_cancel_any_time);
  ADD ("/net/api/many", test_many);
  return g_test_run ();
}
