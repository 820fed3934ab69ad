/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One WebSocket to a server, frame by frame. The library's object may be in the middle
 * of its own work when it tells something, so it is never let go from within a
 * handler but from the main loop. */

#include "config.h"

#include "uc-socket.h"

#include "uc-answer-private.h"
#include "uc-handshake-private.h"
#include "uc-limits.h"
#include "uc-token-private.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#include <string.h>

/* How long a connection that we end may take to say so to its peer. */
#define FAREWELL_MS 2000

/* Frame heads, pings and what belongs to the next message already. */
#define SLACK_BYTES (64 * 1024)

struct _UcSocket {
  GObject parent_instance;

  char                    *site;       /* (owned) */
  GUri                    *address;    /* (owned) (nullable) */
  UcBoundedStream         *stream;     /* (owned) (nullable) */
  SoupWebsocketConnection *connection; /* (owned) (nullable) while open */
  gboolean                 is_begun;
};

G_DEFINE_FINAL_TYPE (UcSocket, uc_socket, G_TYPE_OBJECT)

enum { FRAME, CLOSED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void handshake_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static gboolean
release_cb (gpointer user_data)
{
  g_object_unref (user_data);
  return G_SOURCE_REMOVE;
}

static void
let_go (UcSocket *self, guint delay_ms)
{
  if (self->connection != NULL) {
    g_signal_handlers_disconnect_by_data (self->connection, self);
    g_timeout_add (delay_ms, release_cb, g_steal_pointer (&self->connection));
  }
  g_clear_object (&self->stream);
}

/* Takes @error. The one place that tells the end, and only once. */
static void
end (UcSocket *self, GError *error)
{
  g_autoptr (UcSocket) alive = g_object_ref (self);
  g_autoptr (GError) owned = error;

  if (self->connection == NULL)
    return;
  let_go (self, 0);
  g_signal_emit (self, signals[CLOSED], 0, owned);
}

static void
message_cb (SoupWebsocketConnection *connection, int type, GBytes *frame, UcSocket *self)
{
  g_autoptr (UcSocket) alive = g_object_ref (self);

  _uc_bounded_stream_reset (self->stream);
  g_signal_emit (self, signals[FRAME], 0, frame);
}

static GError *
dup_failure (UcSocket *self, const GError *cause)
{
  if (_uc_bounded_stream_is_exceeded (self->stream) ||
      g_error_matches (cause, SOUP_WEBSOCKET_ERROR, SOUP_WEBSOCKET_CLOSE_TOO_BIG))
    return g_error_new_literal (UC_ERROR, UC_ERROR_PROTOCOL,
                                _ ("The server sent a message that is too large."));
  if (cause->domain == SOUP_WEBSOCKET_ERROR)
    return g_error_new (UC_ERROR, UC_ERROR_PROTOCOL,
                        _ ("The live connection broke its own rules (%s)."), cause->message);
  return _uc_answer_dup_transport (cause, UC_PHASE_READING, FALSE);
}

static void
error_cb (SoupWebsocketConnection *connection, GError *error, UcSocket *self)
{
  end (self, dup_failure (self, error));
}

static void
closed_cb (SoupWebsocketConnection *connection, UcSocket *self)
{
  end (self, g_error_new_literal (UC_ERROR, UC_ERROR_OFFLINE,
                                  _ ("The server ended the live connection.")));
}

/* Frames begin to flow. */
static void
begin (UcSocket *self)
{
  GObjectClass *klass;

  self->connection =
      soup_websocket_connection_new (G_IO_STREAM (self->stream), self->address,
                                     SOUP_WEBSOCKET_CONNECTION_CLIENT, NULL, NULL, NULL);
  soup_websocket_connection_set_max_incoming_payload_size (self->connection,
                                                           UC_LIMIT_SOCKET_IN_BYTES);
  klass = G_OBJECT_GET_CLASS (self->connection);
  if (g_object_class_find_property (klass, "max-total-message-size") != NULL)
    g_object_set (self->connection, "max-total-message-size", (guint64) UC_LIMIT_SOCKET_IN_BYTES,
                  NULL);
  g_signal_connect (self->connection, "message", G_CALLBACK (message_cb), self);
  g_signal_connect (self->connection, "error", G_CALLBACK (error_cb), self);
  g_signal_connect (self->connection, "closed", G_CALLBACK (closed_cb), self);
}

static void
uc_socket_dispose (GObject *object)
{
  UcSocket *self = UC_SOCKET (object);

  let_go (self, 0);

  G_OBJECT_CLASS (uc_socket_parent_class)->dispose (object);
}

static void
uc_socket_finalize (GObject *object)
{
  UcSocket *self = UC_SOCKET (object);

  g_clear_pointer (&self->address, g_uri_unref);
  g_free (self->site);

  G_OBJECT_CLASS (uc_socket_parent_class)->finalize (object);
}

static void
uc_socket_class_init (UcSocketClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = uc_socket_dispose;
  object_class->finalize = uc_socket_finalize;

  /**
   * UcSocket::frame:
   * @frame: one whole message; a NUL byte follows its last one
   */
  signals[FRAME] = g_signal_new ("frame", UC_TYPE_SOCKET, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_BYTES);

  /**
   * UcSocket::closed:
   * @error: never %NULL: OFFLINE when it broke or the server ended it, PROTOCOL when
   *   it sent what may not be, G_IO_ERROR_CANCELLED after uc_socket_close()
   *
   * Emitted once for a connection that uc_socket_connect_finish() gave.
   */
  signals[CLOSED] = g_signal_new ("closed", UC_TYPE_SOCKET, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
uc_socket_init (UcSocket *self)
{
}

/**
 * uc_socket_new:
 * @site: a site URL as uc_api_check_site() gives it
 *
 * Returns: (transfer full): a socket, for one connection
 */
UcSocket *
uc_socket_new (const char *site)
{
  UcSocket *self;

  g_return_val_if_fail (site != NULL, NULL);

  self = g_object_new (UC_TYPE_SOCKET, NULL);
  self->site = g_strdup (site);
  return self;
}

static GUri *
dup_address (UcSocket *self, const char *connection_id, gint64 sequence_number, GError **error)
{
  g_autoptr (GString) text = g_string_new (self->site);

  g_string_append (text, "/api/v4/websocket");
  /* Zero with an id would restart the numbering: it asks for nothing, so ask anew. */
  if (connection_id != NULL && *connection_id != '\0' && sequence_number > 0) {
    g_string_append (text, "?connection_id=");
    g_string_append_uri_escaped (text, connection_id, NULL, FALSE);
    g_string_append_printf (text, "&sequence_number=%" G_GINT64_FORMAT, sequence_number);
  }
  return g_uri_parse (text->str, SOUP_HTTP_URI_FLAGS, error);
}

/**
 * uc_socket_connect_async:
 * @self: a socket that was not connected before
 * @token: of the session
 * @connection_id: (nullable): of the stream to resume
 * @sequence_number: the next one expected on it
 * @cancellable: (nullable)
 * @callback: called on the main thread
 * @user_data: for @callback
 *
 * Connects. A success does not mean that the server took the token: a wrong one shows
 * only in that no hello comes. Errors: OFFLINE, TIMEOUT, AUTH, FORBIDDEN,
 * RATE_LIMITED, SERVER, PROTOCOL, and DISABLED where there is no WebSocket.
 */
void
uc_socket_connect_async (UcSocket           *self,
                         const char         *token,
                         const char         *connection_id,
                         gint64              sequence_number,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;

  g_return_if_fail (UC_IS_SOCKET (self));
  g_return_if_fail (token != NULL);
  g_return_if_fail (!self->is_begun);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, uc_socket_connect_async);
  self->is_begun = TRUE;

  if (!_uc_token_is_usable (token)) {
    g_task_return_new_error (task, UC_ERROR, UC_ERROR_AUTH,
                             _ ("The token holds characters that no token has."));
    return;
  }
  self->address = dup_address (self, connection_id, sequence_number, &error);
  if (self->address == NULL) {
    g_task_return_new_error (task, UC_ERROR, UC_ERROR_INVALID, "%s", error->message);
    g_error_free (error);
    return;
  }
  _uc_handshake_async (self->address, token, UC_LIMIT_SOCKET_IN_BYTES + SLACK_BYTES, cancellable,
                       handshake_cb, g_steal_pointer (&task));
}

static void
handshake_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UcSocket *self = g_task_get_source_object (task);
  GError   *error = NULL;

  self->stream = _uc_handshake_finish (result, &error);
  if (self->stream == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * uc_socket_connect_finish:
 * @self: a socket
 * @result: of the callback
 * @error: see uc_socket_connect_async()
 *
 * With its success, and not before, frames begin to come.
 *
 * Returns: whether the socket is open
 */
gboolean
uc_socket_connect_finish (UcSocket *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error)) {
    g_clear_object (&self->stream);
    return FALSE;
  }
  begin (self);
  return TRUE;
}

/**
 * uc_socket_is_open:
 * @self: a socket
 *
 * Returns: whether frames can be sent
 */
gboolean
uc_socket_is_open (UcSocket *self)
{
  g_return_val_if_fail (UC_IS_SOCKET (self), FALSE);

  return self->connection != NULL &&
         soup_websocket_connection_get_state (self->connection) == SOUP_WEBSOCKET_STATE_OPEN;
}

/**
 * uc_socket_send:
 * @self: a socket
 * @frame: at most UC_LIMIT_SOCKET_OUT_BYTES: a longer one would end the connection
 *
 * Sends one text frame; nothing happens when the socket is not open.
 */
void
uc_socket_send (UcSocket *self, const char *frame)
{
  g_return_if_fail (UC_IS_SOCKET (self));
  g_return_if_fail (frame != NULL && strlen (frame) <= UC_LIMIT_SOCKET_OUT_BYTES);

  if (uc_socket_is_open (self))
    soup_websocket_connection_send_text (self->connection, frame);
}

/**
 * uc_socket_close:
 * @self: a socket
 *
 * Ends the connection, politely where the peer listens. "closed" comes before this
 * returns, with G_IO_ERROR_CANCELLED.
 */
void
uc_socket_close (UcSocket *self)
{
  g_autoptr (UcSocket) alive = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (UC_IS_SOCKET (self));

  if (self->connection == NULL)
    return;
  alive = g_object_ref (self);
  error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "closed here");
  if (uc_socket_is_open (self))
    soup_websocket_connection_close (self->connection, SOUP_WEBSOCKET_CLOSE_GOING_AWAY, NULL);
  let_go (self, FAREWELL_MS);
  g_signal_emit (self, signals[CLOSED], 0, error);
}
