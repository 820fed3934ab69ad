/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From an address to a connection that speaks WebSocket. Done here and not by the
 * library because its own way gives no place to bound what a peer sends without end
 * (a property for that comes only with libsoup 3.8). No extension is offered, so none
 * can be used; proxies and TLS are GSocketClient's. */

#include "config.h"

#include "uc-handshake-private.h"

#include "uc-answer-private.h"
#include "uc-id.h"
#include "uc-token-private.h"
#include "uc-watch-private.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#include <string.h>

#define CONNECT_LIMIT_MS 10000
#define ANSWER_LIMIT_MS  10000
#define HEAD_MAX_BYTES   (16 * 1024)
#define CHUNK_BYTES      4096
#define KEY_BYTES        16

/* RFC 6455, 1.3. */
#define ACCEPT_GUID "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

typedef struct {
  /* input */
  GUri *address; /* (owned) */
  char *token;   /* (owned) (nullable) wiped when freed */
  gsize limit_bytes;

  /* in progress */
  GTlsConnection *tls;        /* (owned) (nullable) while it is being set up */
  UcWatch        *watch;      /* (owned) */
  GIOStream      *connection; /* (owned) (nullable) */
  char           *key;        /* (owned) what the server must answer to */
  char           *request;    /* (owned) wiped when freed: it holds the token */
  GByteArray     *head;       /* (owned) */
  guint8          chunk[CHUNK_BYTES];
} Handshake;

static void connected_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void written_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void read_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
handshake_free (gpointer data)
{
  Handshake *self = data;

  g_clear_pointer (&self->watch, _uc_watch_free);
  g_clear_object (&self->tls);
  g_clear_object (&self->connection);
  g_clear_pointer (&self->head, g_byte_array_unref);
  g_clear_pointer (&self->address, g_uri_unref);
  _uc_token_free (self->request);
  _uc_token_free (self->token);
  g_free (self->key);
  g_free (self);
}

/* Takes @error. */
static void
return_error (GTask *task, GError *error)
{
  Handshake *self = g_task_get_task_data (task);

  _uc_watch_stop (self->watch);
  g_task_return_error (task, error);
}

static void
return_transport_error (GTask *task, const GError *cause, UcPhase phase)
{
  Handshake *self = g_task_get_task_data (task);

  return_error (task,
                _uc_answer_dup_transport (cause, phase, _uc_watch_is_timed_out (self->watch)));
}

static void
client_event_cb (GSocketClient      *client,
                 GSocketClientEvent  event,
                 GSocketConnectable *connectable,
                 GIOStream          *connection,
                 gpointer            user_data)
{
  static const char *const protocols[] = { "http/1.1", NULL };
  Handshake               *self = user_data;

  if (event != G_SOCKET_CLIENT_TLS_HANDSHAKING)
    return;
  g_set_object (&self->tls, G_TLS_CONNECTION (connection));
  g_tls_connection_set_advertised_protocols (self->tls, protocols);
}

/* @address: an http or https URI; @token: (nullable): graphic ASCII only */
void
_uc_handshake_async (GUri               *address,
                     const char         *token,
                     gsize               limit_bytes,
                     GCancellable       *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  Handshake       *self = g_new0 (Handshake, 1);
  gboolean         is_tls = strcmp (g_uri_get_scheme (address), "https") == 0;
  g_autofree char *host = g_uri_to_string_partial (address, G_URI_HIDE_QUERY);

  g_task_set_source_tag (task, _uc_handshake_async);
  g_task_set_task_data (task, self, handshake_free);
  self->address = g_uri_ref (address);
  self->token = g_strdup (token);
  self->limit_bytes = limit_bytes;
  self->watch = _uc_watch_new (cancellable);
  self->head = g_byte_array_new ();

  g_socket_client_set_tls (client, is_tls);
  g_signal_connect (client, "event", G_CALLBACK (client_event_cb), self);
  _uc_watch_arm (self->watch, CONNECT_LIMIT_MS);
  g_socket_client_connect_to_uri_async (client, host, is_tls ? 443 : 80,
                                        _uc_watch_get_cancellable (self->watch), connected_cb,
                                        g_steal_pointer (&task));
}

static char *
dup_host_header (GUri *address)
{
  const char *host = g_uri_get_host (address);
  gboolean    is_ipv6 = strchr (host, ':') != NULL;
  int         port = g_uri_get_port (address);

  if (port <= 0)
    return g_strdup_printf (is_ipv6 ? "[%s]" : "%s", host);
  return g_strdup_printf (is_ipv6 ? "[%s]:%d" : "%s:%d", host, port);
}

static char *
dup_request (Handshake *self)
{
  g_autofree char *host = dup_host_header (self->address);
  const char      *query = g_uri_get_query (self->address);
  gboolean         has_token = self->token != NULL;

  return g_strconcat ("GET ", g_uri_get_path (self->address), query != NULL ? "?" : "",
                      query != NULL ? query : "", " HTTP/1.1\r\nHost: ", host,
                      "\r\nConnection: Upgrade\r\nUpgrade: websocket"
                      "\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ",
                      self->key, "\r\nUser-Agent: UnifiedChat/" UC_VERSION,
                      has_token ? "\r\nAuthorization: Bearer " : "", has_token ? self->token : "",
                      "\r\n\r\n", NULL);
}

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Handshake *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) connection =
      g_socket_client_connect_to_uri_finish (G_SOCKET_CLIENT (source), result, &error);
  guint8 key[KEY_BYTES];

  if (connection == NULL) {
    if (self->tls != NULL && g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
      return_error (
          task, _uc_answer_new_unproven (g_tls_connection_get_peer_certificate_errors (self->tls)));
    else
      return_transport_error (task, error, UC_PHASE_CONNECTING);
    return;
  }
  g_clear_object (&self->tls);
  g_socket_set_keepalive (g_socket_connection_get_socket (connection), TRUE);
  /* With TLS what GSocketClient gives is a wrapper that cannot be polled. */
  if (G_IS_TCP_WRAPPER_CONNECTION (connection))
    self->connection = g_object_ref (
        g_tcp_wrapper_connection_get_base_io_stream (G_TCP_WRAPPER_CONNECTION (connection)));
  else
    self->connection = G_IO_STREAM (g_steal_pointer (&connection));

  uc_random_bytes (key, sizeof key);
  self->key = g_base64_encode (key, sizeof key);
  self->request = dup_request (self);
  _uc_watch_arm (self->watch, ANSWER_LIMIT_MS);
  g_output_stream_write_all_async (g_io_stream_get_output_stream (self->connection), self->request,
                                   strlen (self->request), G_PRIORITY_DEFAULT,
                                   _uc_watch_get_cancellable (self->watch), written_cb,
                                   g_steal_pointer (&task));
}

/* Takes @task. */
static void
read_next (GTask *task)
{
  Handshake *self = g_task_get_task_data (task);

  g_input_stream_read_async (g_io_stream_get_input_stream (self->connection), self->chunk,
                             sizeof self->chunk, G_PRIORITY_DEFAULT,
                             _uc_watch_get_cancellable (self->watch), read_cb, task);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &error)) {
    return_transport_error (task, error, UC_PHASE_READING);
    return;
  }
  read_next (g_steal_pointer (&task));
}

static gboolean
is_upgraded (Handshake *self, SoupMessageHeaders *headers)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  g_autofree char *expected = NULL;
  const char      *accept = soup_message_headers_get_one (headers, "Sec-WebSocket-Accept");
  guint8           digest[20];
  gsize            length = sizeof digest;

  g_checksum_update (checksum, (const guchar *) self->key, -1);
  g_checksum_update (checksum, (const guchar *) ACCEPT_GUID, -1);
  g_checksum_get_digest (checksum, digest, &length);
  expected = g_base64_encode (digest, length);

  return g_strcmp0 (accept, expected) == 0 &&
         soup_message_headers_header_equals (headers, "Upgrade", "websocket") &&
         soup_message_headers_header_contains (headers, "Connection", "Upgrade") &&
         soup_message_headers_get_list (headers, "Sec-WebSocket-Extensions") == NULL &&
         soup_message_headers_get_one (headers, "Sec-WebSocket-Protocol") == NULL;
}

static GError *
dup_refusal (guint status, SoupMessageHeaders *headers, GBytes *body)
{
  UcAnswer         answer = { 0 };
  g_autofree char *error_id = NULL;
  GError          *error = NULL;

  answer.status = status;
  answer.content_type = soup_message_headers_get_one (headers, "Content-Type");
  answer.body = body;
  if (SOUP_STATUS_IS_SUCCESSFUL (status) && _uc_answer_is_html (&answer))
    return _uc_answer_new_login_page ();

  error = _uc_answer_dup_refusal (&answer, &error_id);
  /* The server, or a proxy before it, does not know this way at all. */
  if (status < 400 || g_error_matches (error, UC_ERROR, UC_ERROR_INVALID) ||
      g_error_matches (error, UC_ERROR, UC_ERROR_NOT_FOUND)) {
    g_clear_error (&error);
    error = g_error_new (UC_ERROR, status < 400 ? UC_ERROR_PROTOCOL : UC_ERROR_DISABLED,
                         _ ("The server gives no live connection (HTTP %u)."), status);
  }
  return error;
}

static void
finish (GTask *task, gsize head_bytes)
{
  Handshake *self = g_task_get_task_data (task);
  g_autoptr (SoupMessageHeaders) headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  SoupHTTPVersion version;
  guint           status = 0;
  g_autoptr (GBytes) rest =
      g_bytes_new (self->head->data + head_bytes, self->head->len - head_bytes);

  if (!soup_headers_parse_response ((const char *) self->head->data, (int) head_bytes, headers,
                                    &version, &status, NULL)) {
    return_error (task, g_error_new_literal (UC_ERROR, UC_ERROR_PROTOCOL,
                                             _ ("What answers there does not speak HTTP.")));
    return;
  }
  if (status != SOUP_STATUS_SWITCHING_PROTOCOLS) {
    return_error (task, dup_refusal (status, headers, rest));
    return;
  }
  if (!is_upgraded (self, headers)) {
    return_error (task,
                  g_error_new_literal (UC_ERROR, UC_ERROR_PROTOCOL,
                                       _ ("The server's live connection is not a WebSocket.")));
    return;
  }

  _uc_watch_stop (self->watch);
  g_task_return_pointer (task, _uc_bounded_stream_new (self->connection, rest, self->limit_bytes),
                         g_object_unref);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Handshake *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gssize      n_read = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);
  const char *end;

  if (n_read < 0) {
    return_transport_error (task, error, UC_PHASE_READING);
    return;
  }
  if (n_read == 0) {
    return_error (task, g_error_new_literal (UC_ERROR, UC_ERROR_OFFLINE,
                                             _ ("The server closed the live connection at once.")));
    return;
  }

  g_byte_array_append (self->head, self->chunk, (guint) n_read);
  end = g_strstr_len ((const char *) self->head->data, self->head->len, "\r\n\r\n");
  if (end != NULL) {
    finish (task, (gsize) (end - (const char *) self->head->data) + strlen ("\r\n\r\n"));
  } else if (self->head->len > HEAD_MAX_BYTES) {
    return_error (task, g_error_new_literal (UC_ERROR, UC_ERROR_PROTOCOL,
                                             _ ("What answers there does not speak HTTP.")));
  } else {
    read_next (g_steal_pointer (&task));
  }
}

/* (transfer full) */
UcBoundedStream *
_uc_handshake_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
