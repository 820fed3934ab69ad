/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A TCP proxy that misbehaves on demand. It looks at the head of each request, which
 * the clients of our tests send in one piece, and at the frames of a WebSocket. */

#include "config.h"

#include "uc-fault-proxy.h"

#define BUFFER_BYTES 65536

typedef struct _Connection Connection;

/* One direction of a connection. */
typedef struct {
  Connection    *connection; /* (unowned) */
  GInputStream  *from;       /* (unowned) */
  GOutputStream *to;         /* (unowned) */
  gboolean       is_from_server;
  guint8         buffer[BUFFER_BYTES];
  GByteArray    *out; /* (owned) being written */
} Pump;

struct _Connection {
  gatomicrefcount    ref_count;
  UcFaultProxy      *proxy;  /* (unowned) (nullable) once the proxy is gone */
  GSocketConnection *client; /* (owned) */
  GSocketConnection *server; /* (owned) (nullable) */
  GCancellable      *cancellable;
  Pump               up;
  Pump               down;
  gboolean           is_socket;     /* an upgrade was asked for */
  gboolean           has_upgraded;  /* frames flow */
  gboolean           is_stalled;    /* nothing comes through, either way */
  gboolean           is_swallowing; /* the server's next words are lost */
  GByteArray        *pending;       /* (owned) an incomplete frame */
};

struct _UcFaultProxy {
  GSocketService *service; /* (owned) */
  guint16         server_port;
  char           *site;
  GPtrArray      *connections; /* (owned) (element-type Connection) */
  GPtrArray      *requests;    /* (owned) (element-type utf8) first lines */

  gboolean is_down;
  gboolean is_refusing;
  char    *swallow_head;
  gboolean has_swallowed;
  gboolean is_going_down;
  char    *stall_head;
  char    *answer_head;
  char    *answer;
  guint    n_drop;
  guint    n_double;
};

static void read_some (Pump *pump);

static Connection *
connection_ref (Connection *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
connection_unref (gpointer data)
{
  Connection *self = data;

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_object (&self->client);
  g_clear_object (&self->server);
  g_object_unref (self->cancellable);
  g_byte_array_unref (self->pending);
  g_byte_array_unref (self->up.out);
  g_byte_array_unref (self->down.out);
  g_free (self);
}

static void
connection_break (Connection *self)
{
  UcFaultProxy *proxy = self->proxy;

  g_cancellable_cancel (self->cancellable);
  g_socket_close (g_socket_connection_get_socket (self->client), NULL);
  if (self->server != NULL)
    g_socket_close (g_socket_connection_get_socket (self->server), NULL);
  self->proxy = NULL;
  if (proxy != NULL)
    g_ptr_array_remove_fast (proxy->connections, self);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Pump       *pump = user_data;
  Connection *connection = pump->connection;

  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL))
    connection_break (connection);
  else if (connection->proxy != NULL)
    read_some (pump);
  connection_unref (connection);
}

static void
write_out (Pump *pump)
{
  connection_ref (pump->connection);
  g_output_stream_write_all_async (pump->to, pump->out->data, pump->out->len, G_PRIORITY_DEFAULT,
                                   pump->connection->cancellable, written_cb, pump);
}

/* Bytes of the first whole frame in @pending; 0: not there yet. The server's frames are
 * not masked. */
static gsize
measure_frame (GByteArray *pending)
{
  gsize head = 2;
  gsize length;

  if (pending->len < 2)
    return 0;
  length = pending->data[1] & 0x7f;
  if (length == 126)
    head = 4;
  else if (length == 127)
    head = 10;
  if (pending->len < head)
    return 0;
  if (head > 2) {
    length = 0;
    for (gsize i = 2; i < head; i++)
      length = length << 8 | pending->data[i];
  }
  return pending->len >= head + length ? head + length : 0;
}

static void
pass_frames (Connection *self)
{
  UcFaultProxy *proxy = self->proxy;
  gsize         length;

  while ((length = measure_frame (self->pending)) > 0) {
    gboolean is_text = (self->pending->data[0] & 0x0f) == 1;
    guint    copies = 1;

    if (is_text && proxy->n_drop > 0) {
      proxy->n_drop--;
      copies = 0;
    } else if (is_text && proxy->n_double > 0) {
      proxy->n_double--;
      copies = 2;
    }
    for (; copies > 0; copies--)
      g_byte_array_append (self->down.out, self->pending->data, (guint) length);
    g_byte_array_remove_range (self->pending, 0, (guint) length);
  }
}

static void
pass_down (Connection *self, const guint8 *data, gsize length)
{
  const char *end;

  if (!self->is_socket) {
    g_byte_array_append (self->down.out, data, (guint) length);
    return;
  }
  g_byte_array_append (self->pending, data, (guint) length);
  if (!self->has_upgraded) {
    end = g_strstr_len ((const char *) self->pending->data, self->pending->len, "\r\n\r\n");
    if (end == NULL)
      return;
    length = (gsize) (end + 4 - (const char *) self->pending->data);
    g_byte_array_append (self->down.out, self->pending->data, (guint) length);
    g_byte_array_remove_range (self->pending, 0, (guint) length);
    self->has_upgraded = TRUE;
  }
  pass_frames (self);
}

static gboolean
begins_with (const guint8 *data, gsize length, const char *head)
{
  return head != NULL && length >= strlen (head) && memcmp (data, head, strlen (head)) == 0;
}

static void
note_request (UcFaultProxy *proxy, const guint8 *data, gsize length)
{
  const char *end = g_strstr_len ((const char *) data, (gssize) length, "\r\n");

  if (end != NULL)
    g_ptr_array_add (proxy->requests,
                     g_strndup ((const char *) data, (gsize) (end - (const char *) data)));
}

/* FALSE: nothing goes up. */
static gboolean
inspect_request (Connection *self, const guint8 *data, gsize length)
{
  UcFaultProxy *proxy = self->proxy;

  note_request (proxy, data, length);
  if (begins_with (data, length, "GET /api/v4/websocket")) {
    self->is_socket = TRUE;
    if (proxy->is_refusing) {
      connection_break (self);
      return FALSE;
    }
  }
  if (begins_with (data, length, proxy->swallow_head)) {
    g_clear_pointer (&proxy->swallow_head, g_free);
    self->is_swallowing = TRUE;
  }
  if (begins_with (data, length, proxy->stall_head)) {
    self->is_stalled = TRUE;
    return FALSE;
  }
  if (begins_with (data, length, proxy->answer_head)) {
    g_byte_array_append (self->down.out, (const guint8 *) proxy->answer,
                         (guint) strlen (proxy->answer));
    g_output_stream_write_all (self->down.to, self->down.out->data, self->down.out->len, NULL, NULL,
                               NULL);
    connection_break (self);
    return FALSE;
  }
  return TRUE;
}

static void
swallow (Connection *self)
{
  UcFaultProxy *proxy = self->proxy;

  proxy->has_swallowed = TRUE;
  connection_break (self);
  if (proxy->is_going_down)
    uc_fault_proxy_set_down (proxy, TRUE);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Pump       *pump = user_data;
  Connection *connection = pump->connection;
  gssize      length = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  g_byte_array_set_size (pump->out, 0);
  if (connection->proxy == NULL) {
    connection_unref (connection);
    return;
  }
  if (length <= 0) {
    connection_break (connection);
  } else if (connection->is_stalled) {
    read_some (pump);
  } else if (pump->is_from_server && connection->is_swallowing) {
    swallow (connection);
  } else if (pump->is_from_server) {
    pass_down (connection, pump->buffer, (gsize) length);
    write_out (pump);
  } else if (connection->has_upgraded ||
             inspect_request (connection, pump->buffer, (gsize) length)) {
    g_byte_array_append (pump->out, pump->buffer, (guint) length);
    write_out (pump);
  } else if (connection->is_stalled) {
    read_some (pump);
  }
  connection_unref (connection);
}

static void
read_some (Pump *pump)
{
  connection_ref (pump->connection);
  g_input_stream_read_async (pump->from, pump->buffer, BUFFER_BYTES, G_PRIORITY_DEFAULT,
                             pump->connection->cancellable, read_cb, pump);
}

static void
init_pump (Pump *pump, Connection *connection, GSocketConnection *from, GSocketConnection *to)
{
  pump->connection = connection;
  pump->from = g_io_stream_get_input_stream (G_IO_STREAM (from));
  pump->to = g_io_stream_get_output_stream (G_IO_STREAM (to));
}

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Connection *self = user_data;

  self->server = g_socket_client_connect_finish (G_SOCKET_CLIENT (source), result, NULL);
  if (self->server == NULL || self->proxy == NULL) {
    connection_break (self);
  } else {
    init_pump (&self->up, self, self->client, self->server);
    init_pump (&self->down, self, self->server, self->client);
    self->down.is_from_server = TRUE;
    read_some (&self->up);
    read_some (&self->down);
  }
  connection_unref (self);
}

static gboolean
incoming_cb (GSocketService    *service,
             GSocketConnection *client,
             GObject           *source,
             gpointer           user_data)
{
  UcFaultProxy *proxy = user_data;
  Connection   *self;
  g_autoptr (GSocketClient) connector = NULL;

  if (proxy->is_down) {
    g_socket_close (g_socket_connection_get_socket (client), NULL);
    return TRUE;
  }
  self = g_new0 (Connection, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->proxy = proxy;
  self->client = g_object_ref (client);
  self->cancellable = g_cancellable_new ();
  self->pending = g_byte_array_new ();
  self->up.out = g_byte_array_new ();
  self->down.out = g_byte_array_new ();
  g_ptr_array_add (proxy->connections, self);

  connector = g_socket_client_new ();
  g_socket_client_connect_to_host_async (connector, "127.0.0.1", proxy->server_port,
                                         self->cancellable, connected_cb, connection_ref (self));
  return TRUE;
}

UcFaultProxy *
uc_fault_proxy_new (guint16 server_port)
{
  UcFaultProxy *self = g_new0 (UcFaultProxy, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GError) error = NULL;

  self->server_port = server_port;
  self->connections = g_ptr_array_new_with_free_func (connection_unref);
  self->requests = g_ptr_array_new_with_free_func (g_free);
  self->service = g_socket_service_new ();
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), wanted, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &address, &error);
  g_assert_no_error (error);
  self->site = g_strdup_printf ("http://127.0.0.1:%u",
                                g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)));
  g_signal_connect (self->service, "incoming", G_CALLBACK (incoming_cb), self);
  g_socket_service_start (self->service);
  return self;
}

static void
break_all (UcFaultProxy *self, gboolean only_sockets)
{
  for (guint i = self->connections->len; i > 0; i--) {
    Connection *connection = g_ptr_array_index (self->connections, i - 1);

    if (!only_sockets || connection->is_socket)
      connection_break (connection);
  }
}

void
uc_fault_proxy_free (UcFaultProxy *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  break_all (self, FALSE);
  g_object_unref (self->service);
  g_ptr_array_unref (self->connections);
  g_ptr_array_unref (self->requests);
  g_free (self->site);
  g_free (self->swallow_head);
  g_free (self->stall_head);
  g_free (self->answer_head);
  g_free (self->answer);
  g_free (self);
}

const char *
uc_fault_proxy_get_site (UcFaultProxy *self)
{
  return self->site;
}

void
uc_fault_proxy_set_down (UcFaultProxy *self, gboolean is_down)
{
  self->is_down = is_down;
  if (is_down)
    break_all (self, FALSE);
}

void
uc_fault_proxy_break_sockets (UcFaultProxy *self)
{
  break_all (self, TRUE);
}

void
uc_fault_proxy_break_one (UcFaultProxy *self)
{
  for (guint i = 0; i < self->connections->len; i++) {
    Connection *connection = g_ptr_array_index (self->connections, i);

    if (connection->is_stalled) {
      connection_break (connection);
      return;
    }
  }
}

void
uc_fault_proxy_refuse_sockets (UcFaultProxy *self, gboolean is_refusing)
{
  self->is_refusing = is_refusing;
}

void
uc_fault_proxy_swallow_answer_to (UcFaultProxy *self, const char *head)
{
  g_set_str (&self->swallow_head, head);
  self->has_swallowed = FALSE;
}

void
uc_fault_proxy_go_down_with_answer (UcFaultProxy *self)
{
  self->is_going_down = TRUE;
}

gboolean
uc_fault_proxy_has_swallowed (UcFaultProxy *self)
{
  return self->has_swallowed;
}

void
uc_fault_proxy_answer (UcFaultProxy *self, const char *head, const char *answer)
{
  g_set_str (&self->answer_head, answer != NULL ? head : NULL);
  g_set_str (&self->answer, answer);
}

void
uc_fault_proxy_stall (UcFaultProxy *self, const char *head)
{
  g_set_str (&self->stall_head, head);
}

void
uc_fault_proxy_stall_sockets (UcFaultProxy *self)
{
  for (guint i = 0; i < self->connections->len; i++) {
    Connection *connection = g_ptr_array_index (self->connections, i);

    connection->is_stalled = connection->is_stalled || connection->is_socket;
  }
}

void
uc_fault_proxy_drop_frame (UcFaultProxy *self)
{
  self->n_drop++;
}

void
uc_fault_proxy_double_frame (UcFaultProxy *self)
{
  self->n_double++;
}

guint
uc_fault_proxy_count (UcFaultProxy *self, const char *head)
{
  guint n = 0;

  for (guint i = 0; i < self->requests->len; i++)
    if (g_str_has_prefix (g_ptr_array_index (self->requests, i), head))
      n++;
  return n;
}
