/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A server that cannot prove who it is hears nothing from us, on neither way. */

#include "config.h"

#include "uc-api.h"
#include "uc-error.h"
#include "uc-net-server.h"
#include "uc-socket.h"
#include "uc-test.h"

#include <string.h>

#define HEAD "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
#define UPGRADED                                                                                   \
  "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"              \
  "Sec-WebSocket-Accept: %KEY%\r\n\r\n"

static void
frame_cb (UcSocket *socket, GBytes *frame, gpointer user_data)
{
  *(gsize *) user_data += g_bytes_get_size (frame);
}

static void
connect_socket (UcSocket *socket, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  uc_socket_connect_async (socket, "canary-token", NULL, 0, NULL, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  (void) uc_socket_connect_finish (socket, result, error);
}

static void
test_http (void)
{
  g_autofree char *answer =
      g_strdup_printf (HEAD "%u\r\n\r\n%s", (guint) strlen (UC_NET_USER), UC_NET_USER);
  g_autoptr (UcRawServer) server = uc_raw_server_new_tls (answer, "good.pem");
  g_autoptr (UcApi) api = uc_api_new (server->site);
  g_autoptr (GError) error = NULL;
  g_autoptr (UcUser) user = NULL;

  uc_api_set_token (api, "canary-token");
  user = uc_net_call (api, uc_request_me (), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (user->username, ==, "anna");
  g_assert_nonnull (strstr (server->received->str, "canary-token"));
}

static gboolean
has_all (gpointer user_data)
{
  return *(gsize *) user_data == 5 + 100 * 10000;
}

/* A frame that comes with the head, and more than one turn of the loop reads. */
static void
test_socket (void)
{
  g_autoptr (UcRawServer) server = uc_raw_server_new_tls (UPGRADED "\x81\x05hello", "good.pem");
  g_autoptr (UcSocket) socket = uc_socket_new (server->site);
  g_autoptr (GError) error = NULL;
  gsize  n_bytes = 0;
  guint8 frame[4 + 10000] = { 0x82, 0x7e, 0x27, 0x10 };

  g_signal_connect (socket, "frame", G_CALLBACK (frame_cb), &n_bytes);
  connect_socket (socket, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 100; i++)
    uc_raw_server_push (server, frame, sizeof frame);
  uc_test_wait_until (has_all, &n_bytes, 10000);
  uc_socket_close (socket);
}

typedef struct {
  const char *certificate;
  const char *reason;
} Bad;

static const Bad bad[] = {
  { "expired.pem", "expired" },
  { "wrong-host.pem", "another server" },
  { "untrusted.pem", "nobody" },
};

static void
test_bad (gconstpointer data)
{
  const Bad *self = data;
  g_autoptr (UcRawServer) server = uc_raw_server_new_tls (UPGRADED, self->certificate);
  g_autoptr (UcApi) api = uc_api_new (server->site);
  g_autoptr (UcSocket) socket = uc_socket_new (server->site);
  g_autoptr (GError) error = NULL;

  uc_api_set_token (api, "canary-token");
  g_assert_null (uc_net_call (api, uc_request_me (), &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_PROTOCOL);
  g_assert_nonnull (strstr (error->message, self->reason));
  g_clear_error (&error);

  connect_socket (socket, &error);
  g_assert_error (error, UC_ERROR, UC_ERROR_PROTOCOL);
  g_assert_nonnull (strstr (error->message, self->reason));
  g_assert_cmpuint (server->received->len, ==, 0);
}

static void
trust_authority (void)
{
  const char      *dir = g_getenv ("UC_TEST_FIXTURES");
  g_autofree char *path =
      g_build_filename (dir != NULL ? dir : "tests/fixtures", "tls", "ca.pem", NULL);
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (absolute, &error);

  g_assert_no_error (error);
  g_tls_backend_set_default_database (g_tls_backend_get_default (), database);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  trust_authority ();
  g_test_add_func ("/net/tls/http", test_http);
  g_test_add_func ("/net/tls/socket", test_socket);
  g_test_add_data_func ("/net/tls/expired", &bad[0], test_bad);
  g_test_add_data_func ("/net/tls/wrong-host", &bad[1], test_bad);
  g_test_add_data_func ("/net/tls/untrusted", &bad[2], test_bad);
  return g_test_run ();
}
