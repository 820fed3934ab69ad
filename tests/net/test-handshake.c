/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-error.h"
#include "uc-handshake-private.h"
#include "uc-net-server.h"
#include "uc-test.h"

#include <string.h>

#define UPGRADED                                                                                   \
  "HTTP/1.1 101 Switching Protocols\r\nUpgrade: WebSocket\r\nConnection: keep-alive, upgrade\r\n"  \
  "Sec-WebSocket-Accept: %KEY%\r\n"

static UcBoundedStream *
shake (UcRawServer *server, GError **error)
{
  g_autofree char *text =
      g_strconcat (server->site, "/sub/api/v4/websocket?connection_id=abc&sequence_number=3", NULL);
  g_autoptr (GUri) address = g_uri_parse (text, SOUP_HTTP_URI_FLAGS, NULL);
  g_autoptr (GAsyncResult) result = NULL;

  _uc_handshake_async (address, "canary-token", 1000, NULL, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  return _uc_handshake_finish (result, error);
}

static void
test_good (void)
{
  g_autoptr (UcRawServer) server = uc_raw_server_new (UPGRADED "\r\nearly frames", -1, TRUE);
  g_autofree char *host = g_strdup_printf ("\r\nHost: %s\r\n", server->site + strlen ("http://"));
  g_autoptr (GError) error = NULL;
  g_autoptr (UcBoundedStream) stream = shake (server, &error);
  char        buffer[64] = { 0 };
  const char *seen = server->received->str;

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (
      seen, "GET /sub/api/v4/websocket?connection_id=abc&sequence_number=3 HTTP/1.1\r\n"));
  g_assert_nonnull (strstr (seen, host));
  g_assert_nonnull (strstr (seen, "\r\nAuthorization: Bearer canary-token\r\n"));
  g_assert_nonnull (strstr (seen, "\r\nSec-WebSocket-Version: 13\r\n"));
  g_assert_null (strstr (seen, "Origin"));
  g_assert_null (strstr (seen, "Extensions"));

  /* What came along with the head is the beginning of the stream. */
  g_assert_cmpint (
      g_pollable_input_stream_read_nonblocking (
          G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (G_IO_STREAM (stream))), buffer,
          sizeof buffer, NULL, &error),
      ==, (gssize) strlen ("early frames"));
  g_assert_cmpstr (buffer, ==, "early frames");
}

static void
test_refused (void)
{
  g_autofree char *filler = g_strnfill (20000, 'x');
  g_autofree char *long_head = g_strconcat ("HTTP/1.1 101 OK\r\nX: ", filler, NULL);
  const struct {
    const char *answer;
    UcErrorCode code;
  } cases[] = {
    { "HTTP/1.1 400 Bad Request\r\n\r\n", UC_ERROR_DISABLED },
    { "HTTP/1.1 401 Unauthorized\r\n\r\n"
      "{\"id\":\"api.context.session_expired.app_error\",\"message\":\"Over.\"}",
      UC_ERROR_AUTH },
    { "HTTP/1.1 403 Forbidden\r\n\r\n{\"id\":\"x\",\"message\":\"No.\"}", UC_ERROR_FORBIDDEN },
    { "HTTP/1.1 404 Not Found\r\n\r\n", UC_ERROR_DISABLED },
    { "HTTP/1.1 426 Upgrade Required\r\n\r\n", UC_ERROR_DISABLED },
    { "HTTP/1.1 429 Too Many\r\n\r\nlimit exceeded", UC_ERROR_RATE_LIMITED },
    { "HTTP/1.1 501 Not Implemented\r\n\r\n", UC_ERROR_DISABLED },
    { "HTTP/1.1 503 Down\r\n\r\n", UC_ERROR_SERVER },
    { "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>Hotel", UC_ERROR_PROTOCOL },
    { "HTTP/1.1 200 OK\r\n\r\n{}", UC_ERROR_PROTOCOL },
    { "HTTP/1.1 302 Found\r\nLocation: https://evil.example/\r\n\r\n", UC_ERROR_PROTOCOL },
    { "SSH-2.0-OpenSSH_9.2p1\r\n\r\n", UC_ERROR_PROTOCOL },
    { long_head, UC_ERROR_PROTOCOL },
    { "", UC_ERROR_OFFLINE },
    { "HTTP/1.1 101 Switching", UC_ERROR_OFFLINE },
    /* Upgraded, but not to what was asked for. */
    { "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
      UC_ERROR_PROTOCOL },
    { "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n",
      UC_ERROR_PROTOCOL },
    { "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Accept: %KEY%\r\n\r\n",
      UC_ERROR_PROTOCOL },
    { UPGRADED "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n", UC_ERROR_PROTOCOL },
    { UPGRADED "Sec-WebSocket-Protocol: chat\r\n\r\n", UC_ERROR_PROTOCOL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (UcRawServer) server = uc_raw_server_new (cases[i].answer, -1, FALSE);
    g_autoptr (GError) error = NULL;

    g_assert_null (shake (server, &error));
    g_test_message ("%s", error->message);
    g_assert_error (error, UC_ERROR, (int) cases[i].code);
  }
}

static void
test_nobody_there (void)
{
  g_autoptr (UcRawServer) server = uc_raw_server_new ("", -1, FALSE);
  g_autoptr (GError) error = NULL;

  g_socket_service_stop (server->service);
  g_socket_listener_close (G_SOCKET_LISTENER (server->service));
  g_assert_null (shake (server, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_OFFLINE);
}

static void
test_cancel (void)
{
  g_autoptr (UcRawServer) server = uc_raw_server_new ("", -1, TRUE);
  g_autoptr (GUri) address = g_uri_parse (server->site, SOUP_HTTP_URI_FLAGS, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  _uc_handshake_async (address, NULL, 1000, cancellable, uc_test_result_cb, &result);
  g_cancellable_cancel (cancellable);
  uc_test_wait_result (&result);
  g_assert_null (_uc_handshake_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/net/handshake/good", test_good);
  g_test_add_func ("/net/handshake/refused", test_refused);
  g_test_add_func ("/net/handshake/nobody-there", test_nobody_there);
  g_test_add_func ("/net/handshake/cancel", test_cancel);
  return g_test_run ();
}
