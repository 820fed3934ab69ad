/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Hostile requests, as bytes. */

#include "config.h"

#include "uc-server-guard.h"

#include "uc-error.h"
#include "uc-server-test.h"
#include "uc-test.h"

#include <string.h>

static void
set_up (UcServerTest **test, gconstpointer unused)
{
  *test = uc_server_test_new ();
}

static void
tear_down (UcServerTest **test, gconstpointer unused)
{
  uc_server_test_free (*test);
}

/* The server still answers others. */
static void
check_alive (UcServerTest *test)
{
  uc_server_test_do (test, "admin", "GET", "/users/me", NULL, 200);
}

static int
get_status (const char *answer)
{
  if (!g_str_has_prefix (answer, "HTTP/1.1 "))
    return 0;
  return atoi (answer + strlen ("HTTP/1.1 "));
}

static guint
count_answers (const char *text)
{
  guint n = 0;

  for (const char *at = text; (at = strstr (at, "HTTP/1.1 ")) != NULL; at++)
    n++;
  return n;
}

static void
test_headers (UcServerTest **test, gconstpointer unused)
{
  static const struct {
    const char *headers;
    const char *body;
    int         status;
  } cases[] = {
    { "Host: a\r\n", "", 200 },
    { "Host: a\r\nHost: b\r\n", "", 400 },
    { "Host: a\r\nhost: a\r\n", "", 400 },
    { "", "", 400 },
    { "Host: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n", 400 },
    { "Host: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n", "0\r\n\r\n", 400 },
    { "Host: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n", "{}", 400 },
    { "Host: a\r\nContent-Length: 2\r\nContent-Length: 2\r\n", "{}", 400 },
    { "Host: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", "0\r\n\r\n",
      400 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *request = g_strconcat ("GET /api/v4/system/ping HTTP/1.1\r\n",
                                            cases[i].headers, "\r\n", cases[i].body, NULL);
    g_autofree char *answer = uc_server_test_raw (*test, request, -1);

    g_test_message ("%s", cases[i].headers);
    /* Some the library refuses by closing. */
    if (cases[i].status == 200 || *answer != '\0')
      g_assert_cmpint (get_status (answer), ==, cases[i].status);
    g_assert_cmpuint (count_answers (answer), <=, 1);
  }
  check_alive (*test);
}

static void
test_many_headers (UcServerTest **test, gconstpointer unused)
{
  g_autoptr (GString) many = g_string_new ("GET /api/v4/system/ping HTTP/1.1\r\nHost: a\r\n");
  g_autofree char *long_value = g_strnfill (40000, 'x');
  g_autofree char *large = g_strdup_printf (
      "GET /api/v4/system/ping HTTP/1.1\r\nHost: a\r\nX-Long: %s\r\n\r\n", long_value);
  g_autofree char *huge_value = g_strnfill (2000000, 'x');
  g_autofree char *huge = g_strdup_printf (
      "GET /api/v4/system/ping HTTP/1.1\r\nHost: a\r\nX-Long: %s\r\n\r\n", huge_value);
  g_autofree char *many_answer = NULL;
  g_autofree char *large_answer = NULL;
  g_autofree char *huge_answer = NULL;

  for (guint i = 0; i < 300; i++)
    g_string_append_printf (many, "X-%u: x\r\n", i);
  g_string_append (many, "\r\n");
  many_answer = uc_server_test_raw (*test, many->str, -1);
  g_assert_cmpint (get_status (many_answer), ==, 431);
  large_answer = uc_server_test_raw (*test, large, -1);
  g_assert_cmpint (get_status (large_answer), ==, 431);
  huge_answer = uc_server_test_raw (*test, huge, -1);
  g_assert_cmpint (get_status (huge_answer), !=, 200);
  check_alive (*test);
}

/* A refused request must not leave bytes behind that are read as the next one. */
static void
test_smuggling (UcServerTest **test, gconstpointer unused)
{
  g_autofree char *answer = uc_server_test_raw (
      *test,
      "POST /api/v4/users/login HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n"
      "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /api/v4/system/ping HTTP/1.1\r\n"
      "Host: a\r\n\r\n",
      -1);

  g_assert_cmpint (get_status (answer), ==, 400);
  g_assert_cmpuint (count_answers (answer), ==, 1);
  check_alive (*test);
}

static void
test_garbage (UcServerTest **test, gconstpointer unused)
{
  static const char *const requests[] = {
    "\r\n\r\n",
    "GET\r\n\r\n",
    "GET / HTTP/9.9\r\nHost: a\r\n\r\n",
    "GET /../../../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET /api/v4/files/..%2f..%2fserver.db HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET /api/v4/users/%00 HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET /api/v4/users/%ff%fe HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET * HTTP/1.1\r\nHost: a\r\n\r\n",
    "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
    "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET http://evil.example/api/v4/system/ping HTTP/1.1\r\nHost: a\r\n\r\n",
    "POST /api/v4/users/login HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    "POST /api/v4/users/login HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
    "POST /api/v4/users/login HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n",
    "GET /api/v4/system/ping HTTP/1.1\r\nHost: a\r\nX: \r\n folded\r\n\r\n",
    "GET /api/v4/system/ping HTTP/1.1\r\nHost: a\r\nBad Name: x\r\n\r\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (requests); i++) {
    g_autofree char *answer = uc_server_test_raw (*test, requests[i], -1);

    g_assert_null (strstr (answer, "root:"));
    g_assert_null (strstr (answer, "SQLite"));
    check_alive (*test);
  }
}

static void
test_declared_size (UcServerTest **test, gconstpointer unused)
{
  g_autofree char *answer = uc_server_test_raw (
      *test,
      "POST /api/v4/users/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
      "Content-Length: 3000000\r\n\r\n{",
      -1);

  g_assert_cmpint (get_status (answer), ==, 413);
  check_alive (*test);
}

/* In pieces that say nothing of the whole. */
static void
test_chunked_size (UcServerTest **test, gconstpointer unused)
{
  g_autoptr (GString) request = g_string_new (
      "POST /api/v4/users/login HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
  g_autofree char *piece = g_strnfill (0x10000, ' ');
  g_autofree char *answer = NULL;

  for (guint i = 0; i < 40; i++)
    g_string_append_printf (request, "10000\r\n%s\r\n", piece);
  g_string_append (request, "0\r\n\r\n");
  answer = uc_server_test_raw (*test, request->str, (gssize) request->len);
  g_assert_cmpint (get_status (answer), ==, 413);
  g_assert_cmpuint (count_answers (answer), ==, 1);
  check_alive (*test);
}

/* Somebody who is not signed in sends no file. */
static void
test_upload_of_nobody (UcServerTest **test, gconstpointer unused)
{
  g_autofree char *answer = uc_server_test_raw (
      *test,
      "POST /api/v4/files?channel_id=abcdefghijkmnopqrstuwxyz13 HTTP/1.1\r\nHost: a\r\n"
      "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 50000000\r\n\r\n--x\r\n",
      -1);

  g_assert_cmpint (get_status (answer), ==, 401);
  check_alive (*test);
}

static void
test_upload_too_large (UcServerTest **test, gconstpointer unused)
{
  g_autofree char *request = g_strdup_printf (
      "POST /api/v4/files?channel_id=abcdefghijkmnopqrstuwxyz13 HTTP/1.1\r\nHost: a\r\n"
      "Authorization: Bearer %s\r\nContent-Type: multipart/form-data; boundary=x\r\n"
      "Content-Length: 200000000\r\n\r\n--x\r\n",
      (const char *) g_hash_table_lookup ((*test)->tokens, "admin"));
  g_autofree char *answer = uc_server_test_raw (*test, request, -1);

  g_assert_cmpint (get_status (answer), ==, 413);
  check_alive (*test);
}

/* Deep, long and broken JSON is a missing body, not a crash. */
static void
test_json (UcServerTest **test, gconstpointer unused)
{
  g_autofree char  *deep = g_strnfill (100000, '[');
  g_autofree char  *name = g_strnfill (1000000, 'n');
  g_autofree char  *object = g_strdup_printf ("{\"login_id\":\"%s\",\"password\":\"x\"}", name);
  const char *const bodies[] = { deep,
                                 object,
                                 "{\"login_id\":",
                                 "nul",
                                 "\"\\ud800\"",
                                 "[1,2]",
                                 "",
                                 "{\"login_id\":1,\"password\":{}}" };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++) {
    g_autoptr (UcTestAnswer) answer =
        uc_server_test_ask (*test, NULL, "POST", "/users/login", bodies[i]);

    g_assert_cmpuint (answer->status, >=, 400);
    g_assert_cmpuint (answer->status, <, 500);
    g_assert_nonnull (answer->json);
  }
  check_alive (*test);
}

/* Connections that say nothing, or go away in the middle, cost nothing. */
static void
test_half_requests (UcServerTest **test, gconstpointer unused)
{
  static const char *const beginnings[] = {
    "",
    "G",
    "GET /api/v4/system/ping HTTP/1.1\r\n",
    "GET /api/v4/system/ping HTTP/1.1\r\nHost: a\r\n",
    "POST /api/v4/users/login HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{\"a\":",
    "POST /api/v4/files?channel_id=abcdefghijkmnopqrstuwxyz13 HTTP/1.1\r\nHost: a\r\n"
    "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 1000\r\n\r\n--x\r\n",
    "GET /api/v4/websocket HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n\x81",
  };

  for (guint round = 0; round < 5; round++) {
    g_autoptr (GPtrArray) connections = g_ptr_array_new_with_free_func (g_object_unref);

    for (guint i = 0; i < G_N_ELEMENTS (beginnings); i++) {
      GSocketConnection *connection = uc_server_test_connect (*test);
      GSocket           *socket = g_socket_connection_get_socket (connection);

      g_socket_send (socket, beginnings[i], strlen (beginnings[i]), NULL, NULL);
      g_ptr_array_add (connections, connection);
    }
    check_alive (*test);
    g_ptr_array_set_size (connections, 0);
    check_alive (*test);
  }
}

/* The answer for it is not called JSON, as it never was. */
static void
check_unknown (UcServerTest *test, const char *method, const char *path)
{
  g_autoptr (UcTestAnswer) answer = uc_server_test_ask (test, "admin", method, path, NULL);
  gsize       length;
  const char *data = g_bytes_get_data (answer->body, &length);

  g_assert_cmpuint (answer->status, ==, 404);
  g_assert_nonnull (g_strstr_len (data, (gssize) length, "\"api.context.404.app_error\""));
}

static void
test_unknown (UcServerTest **test, gconstpointer unused)
{
  check_unknown (*test, "GET", "/nothing/here");
  check_unknown (*test, "DELETE", "/system/ping");
  uc_server_test_refused (*test, NULL, "GET", "/users/me", NULL, 401,
                          "api.context.session_expired.app_error");
}

static void
test_bind (void)
{
  static const struct {
    const char *address;
    const char *proxy;
    gboolean    is_allowed;
  } cases[] = {
    { "127.0.0.1", NULL, TRUE },
    { "::1", NULL, TRUE },
    { "127.1.2.3", NULL, TRUE },
    { "0.0.0.0", NULL, FALSE },
    { "::", NULL, FALSE },
    { "192.0.2.1", NULL, FALSE },
    { "192.0.2.1", "proxy", FALSE },
    { "192.0.2.1", "", FALSE },
    { "192.0.2.1", "192.0.2.9", TRUE },
    { "::", "2001:db8::1", TRUE },
    { "localhost", NULL, FALSE },
    { "", NULL, FALSE },
    { "0.0.0.0", "0.0.0.0/0", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    g_test_message ("%s", cases[i].address);
    g_assert_true (uc_server_guard_check_bind (cases[i].address, cases[i].proxy, &error) ==
                   cases[i].is_allowed);
    if (!cases[i].is_allowed)
      g_assert_error (error, UC_ERROR, UC_ERROR_INVALID);
  }
}

#define ADD(name, func)                                                                            \
  g_test_add ("/server-guard/" name, UcServerTest *, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("headers", test_headers);
  ADD ("many-headers", test_many_headers);
  ADD ("smuggling", test_smuggling);
  ADD ("garbage", test_garbage);
  ADD ("declared-size", test_declared_size);
  ADD ("chunked-size", test_chunked_size);
  ADD ("upload-of-nobody", test_upload_of_nobody);
  ADD ("upload-too-large", test_upload_too_large);
  ADD ("json", test_json);
  ADD ("half-requests", test_half_requests);
  ADD ("unknown", test_unknown);
  g_test_add_func ("/server-guard/bind", test_bind);
  return g_test_run ();
}
