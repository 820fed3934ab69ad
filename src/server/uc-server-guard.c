/* SPDX-License-Identifier: GPL-3.0-or-later */

/* SoupServer is made for trusted clients; these are the guards that make it bearable
 * for others, together with a reverse proxy in front. */

#include "config.h"

#include "uc-server-guard.h"

#include "uc-error.h"

#include <string.h>

#define MAX_CONNECTIONS 4096
/* Of a body that is refused: what is read before the connection is cut hard. */
#define MAX_DRAIN_BYTES  (16 * 1024 * 1024)
#define MAX_DRAIN_S      5
#define MAX_HEADERS      100
#define MAX_HEADER_BYTES (32 * 1024)

struct _UcServerGuard {
  GHashTable *connections; /* (element-type GSocket): as a set, weak */
  char       *trusted_proxy;
};

static void
socket_gone_cb (gpointer user_data, GObject *where_it_was)
{
  UcServerGuard *self = user_data;

  g_hash_table_remove (self->connections, where_it_was);
}

/**
 * uc_server_guard_new:
 * @trusted_proxy: (nullable): the address whose X-Forwarded-For is believed
 */
UcServerGuard *
uc_server_guard_new (const char *trusted_proxy)
{
  UcServerGuard *self = g_new0 (UcServerGuard, 1);

  self->connections = g_hash_table_new (NULL, NULL);
  self->trusted_proxy = g_strdup (trusted_proxy);
  return self;
}

/**
 * uc_server_guard_free:
 * @self: (transfer full):
 */
void
uc_server_guard_free (UcServerGuard *self)
{
  GHashTableIter iter;
  gpointer       connection;

  g_hash_table_iter_init (&iter, self->connections);
  while (g_hash_table_iter_next (&iter, &connection, NULL))
    g_object_weak_unref (connection, socket_gone_cb, self);
  g_hash_table_unref (self->connections);
  g_free (self->trusted_proxy);
  g_free (self);
}

/**
 * uc_server_guard_check_bind:
 *
 * Errors: UC_ERROR_INVALID
 */
gboolean
uc_server_guard_check_bind (const char *address, const char *trusted_proxy, GError **error)
{
  g_autoptr (GInetAddress) parsed = g_inet_address_new_from_string (address);

  if (parsed == NULL) {
    g_set_error (error, UC_ERROR, UC_ERROR_INVALID, "%s is no address of a network interface",
                 address);
    return FALSE;
  }
  if (g_inet_address_get_is_loopback (parsed))
    return TRUE;
  if (trusted_proxy == NULL || !g_hostname_is_ip_address (trusted_proxy)) {
    g_set_error (error, UC_ERROR, UC_ERROR_INVALID,
                 "%s is reached from other machines: name the reverse proxy that protects it "
                 "with --trusted-proxy ADDRESS",
                 address);
    return FALSE;
  }
  return TRUE;
}

static gboolean
comes_from_proxy (UcServerGuard *self, SoupServerMessage *message)
{
  const char *host = soup_server_message_get_remote_host (message);

  return self->trusted_proxy != NULL && g_strcmp0 (host, self->trusted_proxy) == 0;
}

/**
 * uc_server_guard_admit:
 * @is_known: (out): whether it had a request before
 *
 * Returns: %FALSE when the connection has been cut
 */
gboolean
uc_server_guard_admit (UcServerGuard *self, SoupServerMessage *message, gboolean *is_known)
{
  GSocket *connection = soup_server_message_get_socket (message);

  *is_known = connection != NULL && g_hash_table_contains (self->connections, connection);
  if (connection == NULL)
    return TRUE;
  if (!*is_known) {
    g_hash_table_add (self->connections, connection);
    g_object_weak_ref (G_OBJECT (connection), socket_gone_cb, self);
  }
  if (g_hash_table_size (self->connections) <= MAX_CONNECTIONS)
    return TRUE;
  g_socket_shutdown (connection, TRUE, TRUE, NULL);
  return FALSE;
}

typedef struct {
  guint n_all;
  gsize n_bytes;
  guint n_host;
  guint n_length;
  guint n_encoding;
} HeaderCount;

static void
count_header (const char *name, const char *value, gpointer user_data)
{
  HeaderCount *count = user_data;

  count->n_all++;
  count->n_bytes += strlen (name) + strlen (value);
  count->n_host += g_ascii_strcasecmp (name, "Host") == 0;
  count->n_length += g_ascii_strcasecmp (name, "Content-Length") == 0;
  count->n_encoding += g_ascii_strcasecmp (name, "Transfer-Encoding") == 0;
}

/**
 * uc_server_guard_check_headers:
 *
 * One Host, one length of the body, said in one way: anything else lets two servers in
 * a row understand two different requests.
 */
guint
uc_server_guard_check_headers (UcServerGuard *self, SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  HeaderCount         count = { 0 };

  soup_message_headers_foreach (headers, count_header, &count);
  if (count.n_host != 1 || count.n_length > 1 || count.n_encoding > 1 ||
      (count.n_length > 0 && count.n_encoding > 0))
    return 400;
  if (count.n_all > MAX_HEADERS || count.n_bytes > MAX_HEADER_BYTES)
    return 431;
  if (self->trusted_proxy != NULL && !comes_from_proxy (self, message))
    return 403;
  return 0;
}

/**
 * uc_server_guard_check_origin:
 *
 * Programs send none; a page of a browser must be of this very site.
 */
gboolean
uc_server_guard_check_origin (UcServerGuard *self, SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char         *origin = soup_message_headers_get_one (headers, "Origin");
  const char         *host = soup_message_headers_get_one (headers, "Host");
  const char         *at;

  if (origin == NULL)
    return TRUE;
  at = strstr (origin, "://");
  return at != NULL && host != NULL && g_ascii_strcasecmp (at + 3, host) == 0;
}

/**
 * uc_server_guard_dup_address:
 *
 * Returns: (transfer full): where the request comes from
 */
char *
uc_server_guard_dup_address (UcServerGuard *self, SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char         *forwarded = soup_message_headers_get_one (headers, "X-Forwarded-For");
  const char         *host = soup_server_message_get_remote_host (message);
  g_autofree char    *last = NULL;

  if (forwarded != NULL && comes_from_proxy (self, message)) {
    /* The last is the one the proxy itself has seen; those before it are claims. */
    const char *comma = strrchr (forwarded, ',');

    last = g_strstrip (g_strdup (comma != NULL ? comma + 1 : forwarded));
    if (g_hostname_is_ip_address (last))
      return g_steal_pointer (&last);
  }
  return g_strdup (host != NULL ? host : "");
}

/* -- Refusing a body --------------------------------------------------------------- */

typedef struct {
  GIOStream *stream;
  GSource   *source;
  guint      timer_id;
  gsize      n_read;
} Drain;

static void
drain_free (Drain *drain)
{
  g_source_destroy (drain->source);
  g_source_unref (drain->source);
  g_clear_handle_id (&drain->timer_id, g_source_remove);
  g_io_stream_close (drain->stream, NULL, NULL);
  g_object_unref (drain->stream);
  g_free (drain);
}

static gboolean
drain_cb (GObject *input, gpointer user_data)
{
  Drain *drain = user_data;
  g_autoptr (GError) error = NULL;
  char   buffer[16384];
  gssize n_bytes = g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (input),
                                                             buffer, sizeof buffer, NULL, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return G_SOURCE_CONTINUE;
  if (n_bytes > 0)
    drain->n_read += (gsize) n_bytes;
  if (n_bytes <= 0 || drain->n_read > MAX_DRAIN_BYTES)
    drain_free (drain);
  return G_SOURCE_CONTINUE;
}

static gboolean
drain_timeout_cb (gpointer user_data)
{
  Drain *drain = user_data;

  drain->timer_id = 0;
  drain_free (drain);
  return G_SOURCE_REMOVE;
}

/**
 * uc_server_guard_cut_off:
 * @message: its connection is taken from the library; do not use it afterwards
 * @body: short
 */
void
uc_server_guard_cut_off (SoupServerMessage *message,
                         guint              status,
                         const char        *reason,
                         const char        *body)
{
  g_autofree char *text = g_strdup_printf ("HTTP/1.1 %u %s\r\nContent-Type: application/json\r\n"
                                           "Content-Length: %zu\r\nConnection: close\r\n\r\n%s",
                                           status, reason, strlen (body), body);
  GSocket         *connection = soup_server_message_get_socket (message);
  Drain           *drain;
  GInputStream    *input;

  if (connection != NULL)
    g_object_ref (connection);
  drain = g_new0 (Drain, 1);
  drain->stream = soup_server_message_steal_connection (message);
  /* It fits into any socket's buffer; one that does not take it gets nothing. */
  if (connection != NULL) {
    g_socket_send (connection, text, strlen (text), NULL, NULL);
    g_socket_shutdown (connection, FALSE, TRUE, NULL);
    g_object_unref (connection);
  }
  input = g_io_stream_get_input_stream (drain->stream);
  drain->source = g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (input), NULL);
  g_source_set_callback (drain->source, G_SOURCE_FUNC (drain_cb), drain, NULL);
  g_source_attach (drain->source, g_main_context_get_thread_default ());
  drain->timer_id = g_timeout_add_seconds (MAX_DRAIN_S, drain_timeout_cb, drain);
}
