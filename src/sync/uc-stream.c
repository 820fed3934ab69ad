/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Turns WebSocket connections into one numbered stream of events. It reads no event
 * beyond its kind and number, and it never connects by itself. */

#include "config.h"

#include "uc-stream-private.h"

#include "uc-error.h"
#include "uc-socket.h"

#include <glib/gi18n-lib.h>

/* A server that does not accept the token says nothing and closes after 5 s. */
#define FIRST_FRAME_LIMIT_S 6
#define PING_INTERVAL_S     30
/* So that a dead peer is noticed within a minute, however timers are rounded. */
#define ANSWER_LIMIT_S 20
#define CHECK_LIMIT_S  5

struct _UcStream {
  GObject parent_instance;

  UcContext    *context; /* (owned) */
  UcStreamSink  sink;
  gpointer      sink_data;   /* (unowned) outlives the stream */
  UcSocket     *socket;      /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable) of the connecting */

  char    *connection_id; /* (owned) (nullable) from the last hello */
  gint64   next_seq;
  gint64   resume_seq; /* next_seq when this connection was opened */
  gboolean is_resuming;
  gboolean is_ready;

  gint64 action_seq; /* of the last frame we sent */
  gint64 ping_seq;   /* of the ping that has no answer yet; 0: none */
  guint  ping_id;
  guint  limit_id;
};

enum {
  READY,
  LOST,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (UcStream, uc_stream, G_TYPE_OBJECT)

static void
drop_socket (UcStream *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->ping_id, g_source_remove);
  g_clear_handle_id (&self->limit_id, g_source_remove);
  self->ping_seq = 0;
  self->is_ready = FALSE;

  if (self->socket != NULL) {
    g_signal_handlers_disconnect_by_data (self->socket, self);
    uc_socket_close (self->socket);
    g_clear_object (&self->socket);
  }
}

static void
lose (UcStream *self, const GError *error)
{
  gboolean was_ready = self->is_ready;

  /* The server took the connection and would not resume it: asking again for the
   * same would fail for ever. */
  if (self->is_resuming && !was_ready && self->socket != NULL)
    _uc_stream_forget (self);

  drop_socket (self);
  g_debug ("Stream lost: %s", error->message);
  g_signal_emit (self, signals[LOST], 0, was_ready, error);
}

static void
lose_with (UcStream *self, UcErrorCode code, const char *message)
{
  g_autoptr (GError) error = g_error_new_literal (UC_ERROR, code, message);

  lose (self, error);
}

static void
silent_cb (gpointer user_data)
{
  UcStream *self = user_data;

  self->limit_id = 0;
  lose_with (self, UC_ERROR_TIMEOUT, _ ("The server says nothing on the live connection."));
}

static void
limit_silence (UcStream *self, guint limit_s)
{
  g_clear_handle_id (&self->limit_id, g_source_remove);
  self->limit_id = g_timeout_add_seconds_once (limit_s, silent_cb, self);
}

static void
send_ping (UcStream *self)
{
  g_autofree char *frame = NULL;

  self->ping_seq = ++self->action_seq;
  frame = uc_wire_build_ping (self->ping_seq);
  uc_socket_send (self->socket, frame);
}

static gboolean
ping_cb (gpointer user_data)
{
  UcStream *self = user_data;

  if (self->ping_seq != 0)
    return G_SOURCE_CONTINUE;
  send_ping (self);
  if (self->limit_id == 0)
    limit_silence (self, ANSWER_LIMIT_S);
  return G_SOURCE_CONTINUE;
}

static void
become_ready (UcStream *self, gboolean is_resumed)
{
  g_clear_handle_id (&self->limit_id, g_source_remove);
  self->is_ready = TRUE;
  if (self->ping_id == 0)
    self->ping_id = g_timeout_add_seconds (PING_INTERVAL_S, ping_cb, self);
  g_signal_emit (self, signals[READY], 0, is_resumed);
}

static void
handle_hello (UcStream *self, const UcEvent *event)
{
  g_set_str (&self->connection_id, event->connection_id);
  self->next_seq = event->seq + 1;
  become_ready (self, FALSE);
}

static void
handle_reply (UcStream *self, const UcEvent *event)
{
  if (self->ping_seq == 0 || event->seq_reply != self->ping_seq)
    return;

  self->ping_seq = 0;
  /* Nothing was missed, so nothing but this answer comes: it is the proof. A refusal
   * is none, and the silence after it stays limited. */
  if (self->is_ready)
    g_clear_handle_id (&self->limit_id, g_source_remove);
  else if (self->is_resuming && event->is_ok)
    become_ready (self, TRUE);
}

/* TRUE: the event is the one that was due. */
static gboolean
take_number (UcStream *self, gint64 seq)
{
  switch (_uc_stream_judge (self->next_seq, seq)) {
  case UC_STREAM_NEXT:
    self->next_seq++;
    return TRUE;

  case UC_STREAM_DUPLICATE:
    return FALSE;

  case UC_STREAM_GAP:
  default:
    g_debug ("Event %" G_GINT64_FORMAT " came instead of %" G_GINT64_FORMAT, seq, self->next_seq);
    /* A resumed connection that skips the same event again has lost it for good. */
    if (self->is_resuming && self->next_seq == self->resume_seq)
      _uc_stream_forget (self);
    lose_with (self, UC_ERROR_PROTOCOL, _ ("Something was lost on the way; reading it again."));
    return FALSE;
  }
}

static void
frame_cb (UcSocket *socket, GBytes *frame, UcStream *self)
{
  g_autoptr (UcStream) hold = g_object_ref (self);
  g_autoptr (GError) error = NULL;
  gint64 seq = -1;
  g_autoptr (UcEvent) event = uc_wire_parse_event (frame, &seq, &error);

  if (event != NULL && event->kind == UC_EVENT_REPLY) {
    handle_reply (self, event);
    return;
  }
  if (event != NULL && event->kind == UC_EVENT_HELLO) {
    handle_hello (self, event);
    return;
  }
  /* A broken event counts, so that the stream goes on behind it. Without even a
   * number the next event shows the gap. */
  if (seq < 0) {
    g_message ("A frame was not understood: %s", error != NULL ? error->message : "no number");
    return;
  }
  /* On a fresh connection nothing can come before hello. */
  if (!self->is_ready && !self->is_resuming)
    return;
  if (!take_number (self, seq))
    return;
  if (!self->is_ready)
    become_ready (self, TRUE);

  if (event == NULL)
    g_message ("Event %" G_GINT64_FORMAT " was not understood: %s", seq, error->message);
  else if (self->socket == socket)
    self->sink (g_steal_pointer (&event), self->sink_data);
}

static void
closed_cb (UcSocket *socket, GError *error, UcStream *self)
{
  g_autoptr (UcStream) hold = g_object_ref (self);

  if (error != NULL)
    lose (self, error);
  else
    lose_with (self, UC_ERROR_OFFLINE, _ ("The server ended the live connection."));
}

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcStream) self = user_data;
  g_autoptr (GError) error = NULL;

  uc_socket_connect_finish (UC_SOCKET (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (error != NULL) {
    /* It never came to asking for the old stream, so that may still be there. */
    g_signal_handlers_disconnect_by_data (self->socket, self);
    g_clear_object (&self->socket);
    lose (self, error);
    return;
  }
  limit_silence (self, FIRST_FRAME_LIMIT_S);
  if (self->is_resuming)
    send_ping (self);
}

static void
uc_stream_dispose (GObject *object)
{
  UcStream *self = UC_STREAM (object);

  drop_socket (self);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (uc_stream_parent_class)->dispose (object);
}

static void
uc_stream_finalize (GObject *object)
{
  UcStream *self = UC_STREAM (object);

  g_free (self->connection_id);

  G_OBJECT_CLASS (uc_stream_parent_class)->finalize (object);
}

static void
uc_stream_class_init (UcStreamClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType         type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = uc_stream_dispose;
  object_class->finalize = uc_stream_finalize;

  signals[READY] = g_signal_new ("ready", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, G_TYPE_BOOLEAN);
  signals[LOST] = g_signal_new ("lost", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                2, G_TYPE_BOOLEAN, G_TYPE_ERROR);
}

static void
uc_stream_init (UcStream *self)
{
}

/**
 * _uc_stream_judge:
 * @next_seq: the number that is due
 * @seq: the number that came
 *
 * Returns: what to do with the event
 */
UcStreamVerdict
_uc_stream_judge (gint64 next_seq, gint64 seq)
{
  if (seq == next_seq)
    return UC_STREAM_NEXT;
  return seq < next_seq ? UC_STREAM_DUPLICATE : UC_STREAM_GAP;
}

UcStream *
_uc_stream_new (UcContext *context, UcStreamSink sink, gpointer sink_data)
{
  UcStream *self = g_object_new (UC_TYPE_STREAM, NULL);

  self->context = g_object_ref (context);
  self->sink = sink;
  self->sink_data = sink_data;
  return self;
}

void
_uc_stream_open (UcStream *self)
{
  g_return_if_fail (UC_IS_STREAM (self));

  drop_socket (self);
  self->cancellable = g_cancellable_new ();
  /* Number 0 with a known id makes a server count anew and answer without hello. */
  self->is_resuming = self->connection_id != NULL && self->next_seq > 0;
  self->resume_seq = self->next_seq;
  self->action_seq = 0;

  self->socket = uc_socket_new (uc_api_get_site (self->context->api));
  g_signal_connect_object (self->socket, "frame", G_CALLBACK (frame_cb), self, 0);
  g_signal_connect_object (self->socket, "closed", G_CALLBACK (closed_cb), self, 0);
  uc_socket_connect_async (self->socket, uc_api_get_token (self->context->api),
                           self->is_resuming ? self->connection_id : NULL, self->next_seq,
                           self->cancellable, connected_cb, g_object_ref (self));
}

void
_uc_stream_close (UcStream *self)
{
  g_return_if_fail (UC_IS_STREAM (self));

  drop_socket (self);
}

void
_uc_stream_forget (UcStream *self)
{
  g_return_if_fail (UC_IS_STREAM (self));

  g_clear_pointer (&self->connection_id, g_free);
  self->next_seq = 0;
}

void
_uc_stream_check (UcStream *self)
{
  g_return_if_fail (UC_IS_STREAM (self));

  if (!self->is_ready)
    return;
  if (self->ping_seq == 0)
    send_ping (self);
  if (self->limit_id == 0)
    limit_silence (self, CHECK_LIMIT_S);
}

gboolean
_uc_stream_is_ready (UcStream *self)
{
  return self->is_ready;
}

const char *
_uc_stream_get_connection_id (UcStream *self)
{
  return self->connection_id;
}

void
_uc_stream_send_typing (UcStream *self, const char *channel_id, const char *root_id)
{
  g_autofree char *frame = NULL;

  g_return_if_fail (UC_IS_STREAM (self));

  if (!self->is_ready)
    return;
  frame = uc_wire_build_typing (++self->action_seq, channel_id, root_id);
  uc_socket_send (self->socket, frame);
}

void
_uc_stream_send_active (UcStream *self, gboolean is_active)
{
  g_autofree char *frame = NULL;

  g_return_if_fail (UC_IS_STREAM (self));

  if (!self->is_ready)
    return;
  frame = uc_wire_build_active (++self->action_seq, is_active);
  uc_socket_send (self->socket, frame);
}
