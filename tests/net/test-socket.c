/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-error.h"
#include "uc-limits.h"
#include "uc-net-server.h"
#include "uc-socket.h"
#include "uc-test.h"

#include <string.h>
#include <sys/resource.h>

#define UPGRADED                                                                                   \
  "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"              \
  "Sec-WebSocket-Accept: %KEY%\r\n\r\n"

/* A client, what it got, and the server's end of the connection. */
typedef struct {
  SoupServer              *server;
  SoupWebsocketConnection *peer;
  char                    *site;
  char                    *query;
  char                    *authorization;
  GPtrArray               *peer_got;

  UcSocket  *socket;
  GPtrArray *frames;
  GError    *error;
  guint      n_closed;
  gboolean   drops_in_frame;
} Fixture;

static void
peer_message_cb (SoupWebsocketConnection *peer, int type, GBytes *message, gpointer user_data)
{
  Fixture *self = user_data;

  g_ptr_array_add (self->peer_got, g_strdup (g_bytes_get_data (message, NULL)));
}

static void
connected_cb (SoupServer              *server,
              SoupServerMessage       *message,
              const char              *path,
              SoupWebsocketConnection *connection,
              gpointer                 user_data)
{
  Fixture *self = user_data;

  g_assert_cmpstr (path, ==, "/api/v4/websocket");
  g_assert_null (soup_websocket_connection_get_extensions (connection));
  g_set_str (&self->query, g_uri_get_query (soup_server_message_get_uri (message)));
  g_set_str (&self->authorization,
             soup_message_headers_get_one (soup_server_message_get_request_headers (message),
                                           "Authorization"));
  g_set_object (&self->peer, connection);
  g_signal_connect (connection, "message", G_CALLBACK (peer_message_cb), self);
  soup_websocket_connection_send_text (connection, "hello\n");
}

static void
frame_cb (UcSocket *socket, GBytes *frame, gpointer user_data)
{
  Fixture *self = user_data;

  g_ptr_array_add (self->frames, g_bytes_ref (frame));
  if (self->drops_in_frame)
    g_clear_object (&self->socket);
}

static void
closed_cb (UcSocket *socket, GError *error, gpointer user_data)
{
  Fixture *self = user_data;

  g_assert_nonnull (error);
  g_assert_false (uc_socket_is_open (socket));
  self->n_closed++;
  g_clear_error (&self->error);
  self->error = g_error_copy (error);
}

static void
make_socket (Fixture *self, const char *site)
{
  self->socket = uc_socket_new (site);
  g_signal_connect (self->socket, "frame", G_CALLBACK (frame_cb), self);
  g_signal_connect (self->socket, "closed", G_CALLBACK (closed_cb), self);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->frames = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  self->peer_got = g_ptr_array_new_with_free_func (g_free);
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_websocket_handler (self->server, NULL, NULL, NULL, connected_cb, self, NULL);
  {
    g_autoptr (GError) error = NULL;
    GSList *uris;

    soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
    g_assert_no_error (error);
    uris = soup_server_get_uris (self->server);
    self->site = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
    g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  }
  make_socket (self, self->site);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_object (&self->socket);
  g_clear_object (&self->peer);
  uc_net_server_free (self->server);
  g_ptr_array_unref (self->frames);
  g_ptr_array_unref (self->peer_got);
  g_clear_error (&self->error);
  g_free (self->site);
  g_free (self->query);
  g_free (self->authorization);
}

static gboolean
connect_socket (Fixture *self, const char *connection_id, gint64 number, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  uc_socket_connect_async (self->socket, "canary-token", connection_id, number, NULL,
                           uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  g_assert_false (uc_socket_is_open (self->socket));
  return uc_socket_connect_finish (self->socket, result, error);
}

static gboolean
has_frame (gpointer user_data)
{
  return ((Fixture *) user_data)->frames->len > 0;
}

static gboolean
is_closed (gpointer user_data)
{
  return ((Fixture *) user_data)->n_closed > 0;
}

static gboolean
peer_has_two (gpointer user_data)
{
  return ((Fixture *) user_data)->peer_got->len == 2;
}

static gboolean
timer_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static gboolean
is_set (gpointer user_data)
{
  return *(gboolean *) user_data;
}

/* Everything that is on its way has arrived when this comes back. */
static void
let_settle (void)
{
  gboolean is_over = FALSE;

  g_timeout_add (50, timer_cb, &is_over);
  uc_test_wait_until (is_set, &is_over, 5000);
}

static void
test_frames (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (uc_socket_is_open (self->socket));
  g_assert_true (connect_socket (self, NULL, 0, &error));
  g_assert_no_error (error);
  g_assert_true (uc_socket_is_open (self->socket));
  g_assert_cmpuint (self->frames->len, ==, 0);
  uc_test_wait_until (has_frame, self, 5000);
  g_assert_cmpstr (g_bytes_get_data (self->frames->pdata[0], NULL), ==, "hello\n");
  g_assert_cmpstr (self->authorization, ==, "Bearer canary-token");
  g_assert_cmpstr (self->query, ==, NULL);

  uc_socket_send (self->socket, "{\"seq\":1}");
  uc_socket_send (self->socket, "{\"seq\":2}");
  uc_test_wait_until (peer_has_two, self, 5000);
  g_assert_cmpstr (self->peer_got->pdata[0], ==, "{\"seq\":1}");
  g_assert_cmpstr (self->peer_got->pdata[1], ==, "{\"seq\":2}");
  g_assert_cmpuint (self->n_closed, ==, 0);
}

static void
test_resume (Fixture *self, gconstpointer data)
{
  g_assert_true (connect_socket (self, "5ifxpk1tzp85ubjd5yq4wmpt4a", 17, NULL));
  g_assert_cmpstr (self->query, ==, "connection_id=5ifxpk1tzp85ubjd5yq4wmpt4a&sequence_number=17");
}

/* Zero with an id would restart the numbering on the server. */
static void
test_no_resume_at_zero (Fixture *self, gconstpointer data)
{
  g_assert_true (connect_socket (self, "5ifxpk1tzp85ubjd5yq4wmpt4a", 0, NULL));
  g_assert_cmpstr (self->query, ==, NULL);
}

static void
test_close_here (Fixture *self, gconstpointer data)
{
  g_assert_true (connect_socket (self, NULL, 0, NULL));
  uc_socket_close (self->socket);
  g_assert_cmpuint (self->n_closed, ==, 1);
  g_assert_error (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  uc_socket_close (self->socket);
  uc_socket_send (self->socket, "{}");
  let_settle ();
  g_assert_cmpuint (self->n_closed, ==, 1);
  g_assert_cmpuint (self->frames->len, ==, 0);
  g_assert_cmpint (soup_websocket_connection_get_state (self->peer), !=, SOUP_WEBSOCKET_STATE_OPEN);
}

static void
test_close_there (Fixture *self, gconstpointer data)
{
  g_assert_true (connect_socket (self, NULL, 0, NULL));
  uc_test_wait_until (has_frame, self, 5000);
  soup_websocket_connection_close (self->peer, SOUP_WEBSOCKET_CLOSE_NORMAL, "bye");
  uc_test_wait_until (is_closed, self, 8000);
  g_assert_error (self->error, UC_ERROR, UC_ERROR_OFFLINE);
  uc_socket_close (self->socket);
  let_settle ();
  g_assert_cmpuint (self->n_closed, ==, 1);
}

static void
test_large (Fixture *self, gconstpointer data)
{
  gsize            length = UC_LIMIT_SOCKET_IN_BYTES;
  g_autofree char *text = g_strnfill (length, 'x');

  g_assert_true (connect_socket (self, NULL, 0, NULL));
  uc_test_wait_until (has_frame, self, 5000);
  g_ptr_array_set_size (self->frames, 0);
  soup_websocket_connection_send_text (self->peer, text);
  uc_test_wait_until (has_frame, self, 10000);
  g_assert_cmpuint (g_bytes_get_size (self->frames->pdata[0]), ==, length);
  g_assert_cmpuint (self->n_closed, ==, 0);
}

static void
test_too_large (Fixture *self, gconstpointer data)
{
  g_autofree char *text = g_strnfill (UC_LIMIT_SOCKET_IN_BYTES + 1, 'x');

  g_assert_true (connect_socket (self, NULL, 0, NULL));
  uc_test_wait_until (has_frame, self, 5000);
  soup_websocket_connection_send_text (self->peer, text);
  uc_test_wait_until (is_closed, self, 10000);
  g_assert_error (self->error, UC_ERROR, UC_ERROR_PROTOCOL);
  let_settle ();
  g_assert_cmpuint (self->n_closed, ==, 1);
  g_assert_cmpuint (self->frames->len, ==, 1);
}

/* The one who listens lets the socket go, in the middle of a frame. */
static void
test_dropped_in_frame (Fixture *self, gconstpointer data)
{
  g_assert_true (connect_socket (self, NULL, 0, NULL));
  self->drops_in_frame = TRUE;
  for (guint i = 0; i < 100; i++)
    soup_websocket_connection_send_text (self->peer, "more");
  uc_test_wait_until (has_frame, self, 5000);
  let_settle ();
  g_assert_null (self->socket);
  g_assert_cmpuint (self->frames->len, ==, 1);
}

static void
test_cancel (Fixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  uc_socket_connect_async (self->socket, "t", NULL, 0, cancellable, uc_test_result_cb, &result);
  g_cancellable_cancel (cancellable);
  uc_test_wait_result (&result);
  g_assert_false (uc_socket_connect_finish (self->socket, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (self->n_closed, ==, 0);
}

static void
test_bad_token (Fixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  uc_socket_connect_async (self->socket, "a\r\nX-Evil: 1", NULL, 0, NULL, uc_test_result_cb,
                           &result);
  uc_test_wait_result (&result);
  g_assert_false (uc_socket_connect_finish (self->socket, result, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_AUTH);
}

/* -- A server that breaks the rules ---------------------------------------------------- */

typedef struct {
  const char *bytes;
  gsize       length;
  UcErrorCode code;
  gboolean    keeps_open;
} Broken;

#define BYTES(text) text, sizeof (text) - 1

static const Broken broken[] = {
  /* Half a frame, and then nothing more. */
  { BYTES ("\x81\x7e\x01\x00half"), UC_ERROR_OFFLINE, FALSE },
  { BYTES ("\x81"), UC_ERROR_OFFLINE, FALSE },
  { BYTES (""), UC_ERROR_OFFLINE, FALSE },
  /* A masked frame, which only clients send. */
  { BYTES ("\x81\x85\x01\x02\x03\x04hello"), UC_ERROR_PROTOCOL, TRUE },
  /* Bits of an extension nobody asked for. */
  { BYTES ("\xc1\x02hi"), UC_ERROR_PROTOCOL, TRUE },
  /* Text that is none. */
  { BYTES ("\x81\x02\xff\xfe"), UC_ERROR_PROTOCOL, TRUE },
  /* A continuation of nothing; a control frame in parts; an unknown kind. */
  { BYTES ("\x80\x02hi"), UC_ERROR_PROTOCOL, TRUE },
  { BYTES ("\x09\x02hi"), UC_ERROR_PROTOCOL, TRUE },
  { BYTES ("\x83\x02hi"), UC_ERROR_PROTOCOL, TRUE },
  /* 2^63 bytes, as announced. */
  { BYTES ("\x81\x7f\x7f\xff\xff\xff\xff\xff\xff\xffxx"), UC_ERROR_PROTOCOL, TRUE },
  /* Not WebSocket at all: it reads as the beginning of a frame. */
  { BYTES ("HTTP/1.1 400 Bad Request\r\n\r\n"), UC_ERROR_OFFLINE, FALSE },
};

static void
test_broken (Fixture *self, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (broken); i++) {
    g_autoptr (GByteArray) answer = g_byte_array_new ();
    g_autoptr (UcRawServer) server = NULL;

    g_byte_array_append (answer, (const guint8 *) UPGRADED, strlen (UPGRADED));
    g_byte_array_append (answer, (const guint8 *) broken[i].bytes, (guint) broken[i].length);
    server =
        uc_raw_server_new ((const char *) answer->data, (gssize) answer->len, broken[i].keeps_open);

    g_clear_object (&self->socket);
    make_socket (self, server->site);
    self->n_closed = 0;
    g_assert_true (connect_socket (self, NULL, 0, NULL));
    uc_test_wait_until (is_closed, self, 8000);
    g_test_message ("%u: %s", (guint) i, self->error->message);
    g_assert_error (self->error, UC_ERROR, (int) broken[i].code);
    g_assert_cmpuint (self->n_closed, ==, 1);
    g_assert_cmpuint (self->frames->len, ==, 0);
  }
}

typedef struct {
  Fixture     *fixture;
  UcRawServer *server;
  guint        n_sent;
} Flood;

static gboolean
flood_cb (gpointer user_data)
{
  Flood           *flood = user_data;
  g_autofree char *part = g_malloc0 (4 + 65535);

  if (flood->fixture->n_closed > 0 || flood->n_sent > 4000)
    return G_SOURCE_REMOVE;
  /* The first part, then continuations without an end. */
  part[0] = flood->n_sent == 0 ? 0x01 : 0x00;
  part[1] = 0x7e;
  part[2] = (char) 0xff;
  part[3] = (char) 0xff;
  memset (part + 4, 'x', 65535);
  uc_raw_server_push (flood->server, part, 4 + 65535);
  flood->n_sent++;
  return G_SOURCE_CONTINUE;
}

static gint64
get_peak_bytes (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (gint64) usage.ru_maxrss * 1024;
}

/* A message in ever more parts ends where one that is announced too large does. */
static void
test_endless (Fixture *self, gconstpointer data)
{
  g_autoptr (UcRawServer) server = uc_raw_server_new (UPGRADED, -1, TRUE);
  Flood  flood = { self, server, 0 };
  gint64 before;

  g_clear_object (&self->socket);
  make_socket (self, server->site);
  g_assert_true (connect_socket (self, NULL, 0, NULL));
  before = get_peak_bytes ();
  g_idle_add (flood_cb, &flood);
  uc_test_wait_until (is_closed, self, 20000);
  g_assert_error (self->error, UC_ERROR, UC_ERROR_PROTOCOL);
  g_assert_cmpuint (flood.n_sent, <, 200);
  g_assert_cmpint (get_peak_bytes () - before, <, 32 * 1024 * 1024);
  let_settle ();
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("/net/socket/frames", test_frames);
  ADD ("/net/socket/resume", test_resume);
  ADD ("/net/socket/no-resume-at-zero", test_no_resume_at_zero);
  ADD ("/net/socket/close-here", test_close_here);
  ADD ("/net/socket/close-there", test_close_there);
  ADD ("/net/socket/endless", test_endless);
  ADD ("/net/socket/large", test_large);
  ADD ("/net/socket/too-large", test_too_large);
  ADD ("/net/socket/dropped-in-frame", test_dropped_in_frame);
  ADD ("/net/socket/cancel", test_cancel);
  ADD ("/net/socket/bad-token", test_bad_token);
  ADD ("/net/socket/broken", test_broken);
  return g_test_run ();
}
