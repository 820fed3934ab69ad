/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-server-test-socket.h"

#include "uc-test.h"

#include <string.h>

#define WAIT_MS 10000

static void
message_cb (SoupWebsocketConnection *connection, int type, GBytes *message, gpointer user_data)
{
  UcTestSocket *self = user_data;
  gsize         length;
  const char   *data = g_bytes_get_data (message, &length);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (type, ==, SOUP_WEBSOCKET_DATA_TEXT);
  json_parser_load_from_data (parser, data, (gssize) length, &error);
  g_assert_no_error (error);
  g_ptr_array_add (self->frames, json_parser_steal_root (parser));
}

static void
closed_cb (SoupWebsocketConnection *connection, gpointer user_data)
{
  UcTestSocket *self = user_data;

  self->is_closed = TRUE;
}

UcTestSocket *
uc_test_socket_new (UcServerTest *test, const char *username, const char *query)
{
  UcTestSocket    *self = g_new0 (UcTestSocket, 1);
  g_autofree char *path = g_strconcat ("/websocket", query, NULL);
  g_autoptr (SoupMessage) message = uc_server_test_new_message (test, username, "GET", path);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  self->frames = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  soup_session_websocket_connect_async (test->client, message, NULL, NULL, G_PRIORITY_DEFAULT, NULL,
                                        uc_test_result_cb, &result);
  self->connection =
      soup_session_websocket_connect_finish (test->client, uc_test_wait_result (&result), &error);
  g_assert_no_error (error);
  g_assert_null (soup_websocket_connection_get_extensions (self->connection));
  g_signal_connect (self->connection, "message", G_CALLBACK (message_cb), self);
  g_signal_connect (self->connection, "closed", G_CALLBACK (closed_cb), self);
  return self;
}

void
uc_test_socket_break (UcTestSocket *self)
{
  g_signal_handlers_disconnect_by_data (self->connection, self);
  /* Without a close frame. */
  g_io_stream_close (soup_websocket_connection_get_io_stream (self->connection), NULL, NULL);
  g_clear_object (&self->connection);
}

void
uc_test_socket_free (UcTestSocket *self)
{
  if (self->connection != NULL)
    g_signal_handlers_disconnect_by_data (self->connection, self);
  g_clear_object (&self->connection);
  g_ptr_array_unref (self->frames);
  g_free (self);
}

void
uc_test_socket_say (UcTestSocket *self, const char *text)
{
  soup_websocket_connection_send_text (self->connection, text);
}

typedef struct {
  UcTestSocket *socket;
  const char   *event;
  gint64        seq_reply;
  guint         index;
  JsonObject   *frame;
} Wait;

static gboolean
has_come (gpointer user_data)
{
  Wait *wait = user_data;

  for (; wait->index < wait->socket->frames->len && wait->frame == NULL; wait->index++) {
    JsonNode   *node = g_ptr_array_index (wait->socket->frames, wait->index);
    JsonObject *frame = json_node_get_object (node);

    if (wait->event != NULL
            ? g_strcmp0 (json_object_get_string_member_with_default (frame, "event", NULL),
                         wait->event) == 0
            : json_object_get_int_member_with_default (frame, "seq_reply", -1) == wait->seq_reply)
      wait->frame = json_object_ref (frame);
  }
  return wait->frame != NULL;
}

/* Gives it out, and forgets what came before. */
static JsonObject *
wait_for (UcTestSocket *self, const char *event, gint64 seq_reply)
{
  Wait        wait = { self, event, seq_reply, 0, NULL };
  JsonObject *frame;

  uc_test_wait_until (has_come, &wait, WAIT_MS);
  frame = wait.frame;
  g_ptr_array_remove_range (self->frames, 0, wait.index);
  return frame;
}

JsonObject *
uc_test_socket_wait_event (UcTestSocket *self, const char *event)
{
  return wait_for (self, event, 0);
}

JsonObject *
uc_test_socket_wait_reply (UcTestSocket *self, gint64 seq)
{
  return wait_for (self, NULL, seq);
}

static gboolean
is_closed (gpointer user_data)
{
  return ((UcTestSocket *) user_data)->is_closed;
}

void
uc_test_socket_wait_closed (UcTestSocket *self)
{
  uc_test_wait_until (is_closed, self, WAIT_MS);
}

void
uc_test_socket_flush (UcTestSocket *self)
{
  static gint64    seq = 1000000;
  g_autofree char *text =
      g_strdup_printf ("{\"seq\":%" G_GINT64_FORMAT ",\"action\":\"get_statuses\"}", ++seq);
  Wait wait = { self, NULL, seq, 0, NULL };

  uc_test_socket_say (self, text);
  uc_test_wait_until (has_come, &wait, WAIT_MS);
  json_object_unref (wait.frame);
}

guint
uc_test_socket_count (UcTestSocket *self, const char *event)
{
  guint n = 0;

  for (guint i = 0; i < self->frames->len; i++) {
    JsonObject *frame = json_node_get_object (g_ptr_array_index (self->frames, i));

    n += g_strcmp0 (json_object_get_string_member_with_default (frame, "event", NULL), event) == 0;
  }
  return n;
}

const char *
uc_test_frame_get_data (JsonObject *frame, const char *member)
{
  JsonObject *data = json_object_get_object_member (frame, "data");

  return json_object_get_string_member_with_default (data, member, NULL);
}
