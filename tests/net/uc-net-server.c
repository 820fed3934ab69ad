/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The servers that the tests of net talk to. */

#include "config.h"

#include "uc-net-server.h"

#include "uc-test.h"

#include <string.h>

SoupServer *
uc_net_server_new (SoupServerCallback handler, gpointer user_data, char **site)
{
  SoupServer *server = soup_server_new (NULL, NULL);
  g_autoptr (GError) error = NULL;
  GSList *uris;

  soup_server_add_handler (server, NULL, handler, user_data, NULL);
  soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (server);
  *site = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return server;
}

void
uc_net_server_free (SoupServer *server)
{
  soup_server_disconnect (server);
  g_object_unref (server);
}

void
uc_net_answer (SoupServerMessage *message, guint status, const char *content_type, const char *body)
{
  soup_server_message_set_status (message, status, NULL);
  if (body != NULL)
    soup_server_message_set_response (message, content_type, SOUP_MEMORY_COPY, body, strlen (body));
}

static char *
dup_accept (const char *head)
{
  const char      *field = strstr (head, "Sec-WebSocket-Key: ");
  g_autofree char *key = NULL;
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  guint8 digest[20];
  gsize  length = sizeof digest;

  if (field == NULL)
    return g_strdup ("");
  field += strlen ("Sec-WebSocket-Key: ");
  key = g_strndup (field, strcspn (field, "\r"));
  g_checksum_update (checksum, (const guchar *) key, -1);
  g_checksum_update (checksum, (const guchar *) "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", -1);
  g_checksum_get_digest (checksum, digest, &length);
  return g_base64_encode (digest, length);
}

typedef struct {
  UcRawServer  *server;     /* (unowned) outlives its peers */
  GIOStream    *connection; /* (owned) */
  GCancellable *gone;       /* (owned) */
  GString      *head;       /* (owned) */
  char          chunk[4096];
} RawPeer;

static void read_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
raw_peer_free (gpointer data)
{
  RawPeer *peer = data;

  g_io_stream_close (peer->connection, NULL, NULL);
  g_object_unref (peer->connection);
  g_object_unref (peer->gone);
  g_string_free (peer->head, TRUE);
  g_free (peer);
}

static void
read_next (RawPeer *peer)
{
  g_input_stream_read_async (g_io_stream_get_input_stream (peer->connection), peer->chunk,
                             sizeof peer->chunk, G_PRIORITY_DEFAULT, peer->gone, read_cb, peer);
}

static void
answer (RawPeer *peer)
{
  GOutputStream   *out = g_io_stream_get_output_stream (peer->connection);
  g_autofree char *accept = dup_accept (peer->head->str);
  gsize            length;
  const char      *bytes = g_bytes_get_data (peer->server->answer, &length);
  const char      *mark = length > 0 ? g_strstr_len (bytes, (gssize) length, "%KEY%") : NULL;

  if (mark != NULL) {
    g_output_stream_write_all (out, bytes, (gsize) (mark - bytes), NULL, NULL, NULL);
    g_output_stream_write_all (out, accept, strlen (accept), NULL, NULL, NULL);
    length -= (gsize) (mark - bytes) + strlen ("%KEY%");
    bytes = mark + strlen ("%KEY%");
  }
  g_output_stream_write_all (out, bytes, length, NULL, NULL, NULL);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RawPeer *peer = user_data;
  gssize   n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);
  gboolean is_at_head;

  if (n <= 0) {
    g_ptr_array_remove (peer->server->open, peer);
    return;
  }
  is_at_head = strstr (peer->head->str, "\r\n\r\n") == NULL;
  g_string_append_len (peer->head, peer->chunk, n);
  g_string_append_len (peer->server->received, peer->chunk, n);
  if (is_at_head && strstr (peer->head->str, "\r\n\r\n") != NULL) {
    answer (peer);
    if (!peer->server->keeps_open) {
      g_ptr_array_remove (peer->server->open, peer);
      return;
    }
  }
  read_next (peer);
}

static gboolean
incoming_cb (GSocketService    *service,
             GSocketConnection *connection,
             GObject           *source,
             gpointer           user_data)
{
  UcRawServer *self = user_data;
  RawPeer     *peer = g_new0 (RawPeer, 1);

  peer->server = self;
  if (self->certificate != NULL)
    peer->connection =
        g_tls_server_connection_new (G_IO_STREAM (connection), self->certificate, NULL);
  else
    peer->connection = g_object_ref (G_IO_STREAM (connection));
  peer->gone = g_cancellable_new ();
  peer->head = g_string_new (NULL);
  self->n_connections++;
  g_ptr_array_add (self->open, peer);
  read_next (peer);
  return TRUE;
}

UcRawServer *
uc_raw_server_new (const char *bytes, gssize length, gboolean keeps_open)
{
  UcRawServer *self = g_new0 (UcRawServer, 1);
  g_autoptr (GError) error = NULL;
  guint16 port;

  self->service = g_socket_service_new ();
  port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (self->service), NULL, &error);
  g_assert_no_error (error);
  self->site = g_strdup_printf ("http://127.0.0.1:%u", port);
  self->answer = g_bytes_new (bytes, length >= 0 ? (gsize) length : strlen (bytes));
  self->keeps_open = keeps_open;
  self->received = g_string_new (NULL);
  self->open = g_ptr_array_new_with_free_func (raw_peer_free);
  g_signal_connect (self->service, "incoming", G_CALLBACK (incoming_cb), self);
  return self;
}

UcRawServer *
uc_raw_server_new_tls (const char *bytes, const char *certificate_name)
{
  UcRawServer     *self = uc_raw_server_new (bytes, -1, TRUE);
  const char      *dir = g_getenv ("UC_TEST_FIXTURES");
  g_autofree char *path =
      g_build_filename (dir != NULL ? dir : "tests/fixtures", "tls", certificate_name, NULL);
  g_autofree char *site = g_steal_pointer (&self->site);
  g_autoptr (GError) error = NULL;

  self->certificate = g_tls_certificate_new_from_file (path, &error);
  g_assert_no_error (error);
  self->site = g_strconcat ("https", site + strlen ("http"), NULL);
  return self;
}

static gboolean
is_alone (gpointer user_data)
{
  UcRawServer *self = user_data;

  return self->open->len == 0;
}

void
uc_raw_server_free (UcRawServer *self)
{
  g_signal_handlers_disconnect_by_data (self->service, self);
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_object_unref (self->service);
  for (guint i = 0; i < self->open->len; i++) {
    RawPeer *peer = g_ptr_array_index (self->open, i);

    g_cancellable_cancel (peer->gone);
  }
  uc_test_wait_until (is_alone, self, 5000);
  g_ptr_array_unref (self->open);
  g_clear_object (&self->certificate);
  g_bytes_unref (self->answer);
  g_string_free (self->received, TRUE);
  g_free (self->site);
  g_free (self);
}

void
uc_raw_server_push (UcRawServer *self, gconstpointer data, gsize length)
{
  for (guint i = 0; i < self->open->len; i++) {
    RawPeer *peer = g_ptr_array_index (self->open, i);

    g_output_stream_write_all (g_io_stream_get_output_stream (peer->connection), data, length, NULL,
                               NULL, NULL);
  }
}

gpointer
uc_net_call (UcApi *api, UcRequest *request, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  uc_api_send_async (api, request, NULL, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  return uc_api_send_finish (api, result, error);
}
