/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Accounts and sessions: the first one, passwords and how often one may guess, tokens. */

#define _GNU_SOURCE /* memmem */

#include "config.h"

#include "uc-server-test.h"
#include "uc-test.h"

#include <string.h>

#define CREDENTIALS "api.user.login.invalid_credentials_email_username"
#define LOCKED      "api.user.check_user_login_attempts.too_many.app_error"
#define EXPIRED     "api.context.session_expired.app_error"
#define DAY_MS      G_GINT64_CONSTANT (86400000)

static void
set_up (UcServerTest **test, gconstpointer unused)
{
  *test = uc_server_test_new ();
  uc_server_test_add_user (*test, "anna");
}

static void
tear_down (UcServerTest **test, gconstpointer unused)
{
  uc_server_test_free (*test);
}

static char *
dup_credentials (const char *login_id, const char *password)
{
  return g_strdup_printf ("{\"login_id\":\"%s\",\"password\":\"%s\"}", login_id, password);
}

static void
check_login (UcServerTest *test, const char *login_id, const char *password, const char *error_id)
{
  g_autofree char *body = dup_credentials (login_id, password);

  if (error_id != NULL)
    uc_server_test_refused (test, NULL, "POST", "/users/login", body, 401, error_id);
  else
    uc_server_test_do (test, NULL, "POST", "/users/login", body, 200);
}

/* Nobody may make an account but the first, who owns the server, and who owns it. */
static void
test_first (void)
{
  g_autoptr (UcServerTest) test = uc_server_test_new_empty ();
  const char *body = "{\"username\":\"second\",\"email\":\"b@example.org\","
                     "\"password\":\"" UC_TEST_PASSWORD "\"}";
  g_autoptr (JsonNode) before =
      uc_server_test_call (test, NULL, "GET", "/config/client?format=old", NULL, 200);
  g_autoptr (JsonNode) after = NULL;
  g_autoptr (JsonNode) first = NULL;
  g_autoptr (JsonNode) second = NULL;

  g_assert_cmpstr (uc_test_get_string (before, "NoAccounts"), ==, "true");
  uc_server_test_add_stranger (test, "owner");
  after = uc_server_test_call (test, NULL, "GET", "/config/client?format=old", NULL, 200);
  g_assert_cmpstr (uc_test_get_string (after, "NoAccounts"), ==, "false");
  first = uc_server_test_call (test, "owner", "GET", "/users/me", NULL, 200);
  g_assert_cmpstr (uc_test_get_string (first, "roles"), ==, "system_admin system_user");
  uc_server_test_refused (test, NULL, "POST", "/users", body, 403,
                          "api.user.create_user.no_open_server");
  second = uc_server_test_call (test, "owner", "POST", "/users", body, 201);
  g_assert_cmpstr (uc_test_get_string (second, "roles"), ==, "system_user");
}

static void
test_login (UcServerTest **test, gconstpointer unused)
{
  g_autofree char *body = dup_credentials ("anna", UC_TEST_PASSWORD);
  g_autoptr (UcTestAnswer) answer = uc_server_test_ask (*test, NULL, "POST", "/users/login", body);
  gsize       length;
  const char *text = g_bytes_get_data (answer->body, &length);

  g_assert_cmpuint (answer->status, ==, 200);
  /* The secret stands in the header only, and no hash anywhere. */
  g_assert_cmpuint (strlen (soup_message_headers_get_one (answer->headers, "Token")), ==, 52);
  g_assert_null (g_strstr_len (text, (gssize) length, "$y$"));
  g_assert_cmpstr (uc_test_get_string (answer->json, "password"), ==, NULL);

  check_login (*test, "anna", UC_TEST_PASSWORD, NULL);
  check_login (*test, "ANNA", UC_TEST_PASSWORD, NULL);
  check_login (*test, "anna@example.org", UC_TEST_PASSWORD, NULL);
  check_login (*test, "anna", "wrong", CREDENTIALS);
  check_login (*test, "nobody", UC_TEST_PASSWORD, CREDENTIALS);
  check_login (*test, "' OR 1=1 --", UC_TEST_PASSWORD, CREDENTIALS);
}

static void
test_account_limit (UcServerTest **test, gconstpointer unused)
{
  for (guint i = 0; i < 10; i++)
    check_login (*test, "anna", "wrong", CREDENTIALS);
  check_login (*test, "anna", UC_TEST_PASSWORD, LOCKED);
  /* Others get in. */
  check_login (*test, "admin", UC_TEST_PASSWORD, NULL);
}

/* A success in between forgets the failures. */
static void
test_account_limit_reset (UcServerTest **test, gconstpointer unused)
{
  for (guint i = 0; i < 8; i++)
    check_login (*test, "anna", "wrong", CREDENTIALS);
  check_login (*test, "anna", UC_TEST_PASSWORD, NULL);
  for (guint i = 0; i < 8; i++)
    check_login (*test, "anna", "wrong", CREDENTIALS);
  check_login (*test, "anna", UC_TEST_PASSWORD, NULL);
}

static void
test_address_limit (UcServerTest **test, gconstpointer unused)
{
  g_autofree char *good = dup_credentials ("admin", UC_TEST_PASSWORD);
  g_autoptr (UcTestAnswer) answer = NULL;
  guint wait_s;

  for (guint i = 0; i < 30; i++) {
    g_autofree char *name = g_strdup_printf ("nobody%u", i);

    check_login (*test, name, "wrong", CREDENTIALS);
  }
  answer = uc_server_test_ask (*test, NULL, "POST", "/users/login", good);
  g_assert_cmpuint (answer->status, ==, 429);
  wait_s = (guint) atoi (soup_message_headers_get_one (answer->headers, "Retry-After"));
  g_assert_cmpuint (wait_s, >, 0);
  /* Who is signed in goes on; and after the time that was told one may try again. */
  uc_server_test_do (*test, "anna", "GET", "/users/me", NULL, 200);
  uc_clock_advance ((*test)->clock, wait_s * 1000);
  check_login (*test, "admin", UC_TEST_PASSWORD, NULL);
}

static void
test_logout (UcServerTest **test, gconstpointer unused)
{
  uc_server_test_do (*test, "anna", "POST", "/users/logout", NULL, 200);
  uc_server_test_refused (*test, "anna", "GET", "/users/me", NULL, 401, EXPIRED);
  uc_server_test_do (*test, "admin", "GET", "/users/me", NULL, 200);
}

/* Thirty days from when it was last used. */
static void
test_expiry (UcServerTest **test, gconstpointer unused)
{
  for (guint i = 0; i < 3; i++) {
    uc_clock_advance ((*test)->clock, 29 * DAY_MS);
    uc_server_test_do (*test, "anna", "GET", "/users/me", NULL, 200);
  }
  uc_server_test_restart (*test);
  uc_server_test_do (*test, "anna", "GET", "/users/me", NULL, 200);
  uc_clock_advance ((*test)->clock, 31 * DAY_MS);
  uc_server_test_refused (*test, "anna", "GET", "/users/me", NULL, 401, EXPIRED);
}

static void
test_password (UcServerTest **test, gconstpointer unused)
{
  const char *wrong = "{\"current_password\":\"wrong\",\"new_password\":\"Another-2026!x\"}";
  const char *weak = "{\"current_password\":\"" UC_TEST_PASSWORD "\",\"new_password\":\"short\"}";
  const char *good =
      "{\"current_password\":\"" UC_TEST_PASSWORD "\",\"new_password\":\"Another-2026!x\"}";

  uc_server_test_refused (*test, "anna", "PUT", "/users/me/password", wrong, 400,
                          "api.user.update_password.incorrect.app_error");
  uc_server_test_do (*test, "anna", "PUT", "/users/me/password", weak, 400);
  check_login (*test, "anna", UC_TEST_PASSWORD, NULL);
  uc_server_test_do (*test, "anna", "PUT", "/users/me/password", good, 200);
  check_login (*test, "anna", UC_TEST_PASSWORD, CREDENTIALS);
  check_login (*test, "anna", "Another-2026!x", NULL);
}

/* Nobody ends a session of somebody else. */
static void
test_foreign_session (UcServerTest **test, gconstpointer unused)
{
  g_autofree char *path =
      g_strdup_printf ("/users/%s/sessions", uc_server_test_get_id (*test, "admin"));
  g_autoptr (JsonNode) sessions =
      uc_server_test_call (*test, "admin", "GET", "/users/me/sessions", NULL, 200);
  g_autofree char *body = g_strdup_printf (
      "{\"session_id\":\"%s\"}",
      json_object_get_string_member (
          json_array_get_object_element (json_node_get_array (sessions), 0), "id"));

  uc_server_test_refused (*test, "anna", "GET", path, NULL, 403,
                          "api.context.permissions.app_error");
  uc_server_test_do (*test, "anna", "POST", "/users/me/sessions/revoke", body, 400);
  uc_server_test_do (*test, "admin", "GET", "/users/me", NULL, 200);
}

/* A token for a program: made by who may, shown once, revoked at once. */
static void
test_access_token (UcServerTest **test, gconstpointer unused)
{
  g_autoptr (JsonNode) made = uc_server_test_call (*test, "admin", "POST", "/users/me/tokens",
                                                   "{\"description\":\"script\"}", 200);
  g_autofree char *path = g_strdup_printf ("/users/tokens/%s", uc_test_get_string (made, "id"));
  g_autofree char *body =
      g_strdup_printf ("{\"token_id\":\"%s\"}", uc_test_get_string (made, "id"));
  g_autoptr (JsonNode) shown = NULL;

  uc_server_test_do (*test, "anna", "POST", "/users/me/tokens", "{\"description\":\"x\"}", 403);
  g_hash_table_insert ((*test)->tokens, g_strdup ("program"),
                       g_strdup (uc_test_get_string (made, "token")));
  uc_server_test_do (*test, "program", "GET", "/users/me", NULL, 200);
  shown = uc_server_test_call (*test, "admin", "GET", path, NULL, 200);
  g_assert_cmpstr (uc_test_get_string (shown, "token"), ==, NULL);
  uc_server_test_do (*test, "admin", "POST", "/users/tokens/revoke", body, 200);
  uc_server_test_refused (*test, "program", "GET", "/users/me", NULL, 401, EXPIRED);
}

/* What is on the disk lets nobody in. */
static void
test_no_secrets (UcServerTest **test, gconstpointer unused)
{
  g_autofree char         *token = g_strdup (g_hash_table_lookup ((*test)->tokens, "anna"));
  static const char *const names[] = { "server.db", "server.db-wal" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_build_filename ((*test)->data_dir, names[i], NULL);
    g_autofree char *content = NULL;
    gsize            length = 0;

    if (!g_file_get_contents (path, &content, &length, NULL))
      continue;
    g_assert_null (memmem (content, length, token, strlen (token)));
    g_assert_null (memmem (content, length, UC_TEST_PASSWORD, strlen (UC_TEST_PASSWORD)));
  }
}

/* A cookie is enough for a browser, but not for a page of another site. */
static void
test_cookie (UcServerTest **test, gconstpointer unused)
{
  g_autofree char *cookie = g_strdup_printf (
      "MMAUTHTOKEN=%s", (const char *) g_hash_table_lookup ((*test)->tokens, "anna"));
  g_autoptr (SoupMessage) get = uc_server_test_new_message (*test, NULL, "GET", "/users/me");
  g_autoptr (SoupMessage) forged =
      uc_server_test_new_message (*test, NULL, "PUT", "/users/me/status");
  g_autoptr (GBytes) body = g_bytes_new_static ("{\"status\":\"dnd\"}", 16);
  g_autoptr (UcTestAnswer) got = NULL;
  g_autoptr (UcTestAnswer) refused = NULL;

  soup_message_headers_append (soup_message_get_request_headers (get), "Cookie", cookie);
  soup_message_headers_append (soup_message_get_request_headers (forged), "Cookie", cookie);
  soup_message_set_request_body_from_bytes (forged, "application/json", body);
  got = uc_server_test_send (*test, get);
  g_assert_cmpuint (got->status, ==, 200);
  refused = uc_server_test_send (*test, forged);
  g_assert_cmpuint (refused->status, ==, 401);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/accounts/" name, UcServerTest *, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/accounts/first", test_first);
  ADD ("login", test_login);
  ADD ("account-limit", test_account_limit);
  ADD ("account-limit-reset", test_account_limit_reset);
  ADD ("address-limit", test_address_limit);
  ADD ("logout", test_logout);
  ADD ("expiry", test_expiry);
  ADD ("password", test_password);
  ADD ("foreign-session", test_foreign_session);
  ADD ("access-token", test_access_token);
  ADD ("no-secrets", test_no_secrets);
  ADD ("cookie", test_cookie);
  return g_test_run ();
}
