/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An open WebSocket over a stream that was taken from the HTTP server. Writes go out
 * at once when the socket takes them; frames of many members share their bytes. */

#include "config.h"

#include "uc-ws-peer.h"

#include <string.h>

/* The server asks after this time, and gives up after the other (protocol.md 18.5). */
#define PING_S     60
#define PONG_S     100
#define READ_BYTES 4096
#define MAX_TAIL   24
/* Frames that go into one call of writev. */
#define MAX_BATCH 16
/* Who says so much without listening is not listened to. */
#define MAX_UNREAD 512

typedef struct {
  guint8  header[UC_WS_MAX_HEADER];
  guint8  header_length;
  guint8  tail_length;
  char    tail[MAX_TAIL];
  GBytes *head; /* (owned) (nullable) */
} Out;

struct _UcWsPeer {
  GIOStream           *stream;
  UcWsReader          *reader;
  const UcWsPeerFuncs *funcs;
  gpointer             user_data;
  GQueue               queue;   /* (element-type Out) */
  gsize                written; /* bytes of the first that are out already */
  GSource             *in;
  GSource             *out; /* (nullable): while something waits */
  guint                ping_id;
  gint64               heard_us; /* when the peer was last heard of */
  gboolean             is_held;
  gboolean             is_dead;
};

static void
out_free (gpointer data)
{
  Out *out = data;

  g_clear_pointer (&out->head, g_bytes_unref);
  g_free (out);
}

static gsize
get_length (const Out *out)
{
  return out->header_length + (out->head != NULL ? g_bytes_get_size (out->head) : 0) +
         out->tail_length;
}

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

/* The owner learns it once, and may free us in the middle of it. */
static void
die (UcWsPeer *self)
{
  if (self->is_dead)
    return;
  self->is_dead = TRUE;
  clear_source (&self->in);
  clear_source (&self->out);
  g_clear_handle_id (&self->ping_id, g_source_remove);
  self->funcs->closed (self, self->user_data);
}

/* -- Out --------------------------------------------------------------------------- */

/* The parts of the first frames that are still to be written. */
static gsize
fill_vectors (UcWsPeer *self, GOutputVector *vectors)
{
  gsize  n = 0;
  gsize  skip = self->written;
  GList *link = self->queue.head;

  for (guint i = 0; link != NULL && i < MAX_BATCH; i++, link = link->next) {
    const Out          *out = link->data;
    const GOutputVector parts[] = {
      { out->header, out->header_length },
      { out->head != NULL ? g_bytes_get_data (out->head, NULL) : NULL,
        out->head != NULL ? g_bytes_get_size (out->head) : 0 },
      { out->tail, out->tail_length },
    };

    for (guint j = 0; j < G_N_ELEMENTS (parts); j++) {
      gsize cut = MIN (skip, parts[j].size);

      skip -= cut;
      if (parts[j].size == cut)
        continue;
      vectors[n].buffer = (const char *) parts[j].buffer + cut;
      vectors[n].size = parts[j].size - cut;
      n++;
    }
  }
  return n;
}

static void
drop_written (UcWsPeer *self, gsize n_bytes)
{
  self->written += n_bytes;
  while (!g_queue_is_empty (&self->queue)) {
    Out  *out = g_queue_peek_head (&self->queue);
    gsize length = get_length (out);

    if (self->written < length)
      return;
    self->written -= length;
    out_free (g_queue_pop_head (&self->queue));
  }
}

static gboolean writable_cb (GObject *stream, gpointer user_data);

static void
wait_writable (UcWsPeer *self)
{
  GOutputStream *stream = g_io_stream_get_output_stream (self->stream);

  if (self->out != NULL)
    return;
  self->out = g_pollable_output_stream_create_source (G_POLLABLE_OUTPUT_STREAM (stream), NULL);
  g_source_set_callback (self->out, G_SOURCE_FUNC (writable_cb), self, NULL);
  g_source_attach (self->out, g_main_context_get_thread_default ());
}

/* FALSE when the connection is lost. */
static gboolean
flush (UcWsPeer *self)
{
  GPollableOutputStream *stream =
      G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (self->stream));

  while (!g_queue_is_empty (&self->queue)) {
    GOutputVector   vectors[3 * MAX_BATCH];
    gsize           n_vectors = fill_vectors (self, vectors);
    gsize           n_bytes = 0;
    GPollableReturn result;

    result = g_pollable_output_stream_writev_nonblocking (stream, vectors, n_vectors, &n_bytes,
                                                          NULL, NULL);
    if (result == G_POLLABLE_RETURN_WOULD_BLOCK) {
      wait_writable (self);
      return TRUE;
    }
    if (result != G_POLLABLE_RETURN_OK)
      return FALSE;
    drop_written (self, n_bytes);
  }
  clear_source (&self->out);
  return TRUE;
}

static gboolean
writable_cb (GObject *stream, gpointer user_data)
{
  UcWsPeer *self = user_data;

  clear_source (&self->out);
  if (!flush (self))
    die (self);
  return G_SOURCE_REMOVE;
}

static void
queue_frame (UcWsPeer *self, UcWsKind kind, GBytes *head, const char *tail, gsize tail_length)
{
  Out  *out = g_new0 (Out, 1);
  gsize length = (head != NULL ? g_bytes_get_size (head) : 0) + tail_length;

  out->header_length = (guint8) uc_ws_write_header (out->header, kind, length);
  out->head = head != NULL ? g_bytes_ref (head) : NULL;
  out->tail_length = (guint8) tail_length;
  memcpy (out->tail, tail, tail_length);
  g_queue_push_tail (&self->queue, out);
}

/* -- In ---------------------------------------------------------------------------- */

/* FALSE when this was the end, or the owner has freed us. */
static gboolean
handle_input (UcWsPeer *self)
{
  while (!self->is_held) {
    const guint8 *data = NULL;
    gsize         length = 0;

    switch (uc_ws_reader_next (self->reader, &data, &length)) {
    case UC_WS_NONE:
      return TRUE;
    case UC_WS_MESSAGE:
      self->funcs->message (self, data, length, self->user_data);
      if (self->is_dead)
        return FALSE;
      break;
    case UC_WS_PING: {
      g_autoptr (GBytes) payload = g_bytes_new (data, length);

      queue_frame (self, UC_WS_PONG, payload, "", 0);
      if (!flush (self))
        return FALSE;
    } break;
    case UC_WS_PONG:
      break;
    case UC_WS_CLOSE:
    case UC_WS_BROKEN:
    default:
      return FALSE;
    }
  }
  return TRUE;
}

/* Whether its source goes on. A callback may free the peer. */
static gboolean
handle_safely (UcWsPeer *self)
{
  gboolean is_watched;

  g_rc_box_acquire (self);
  if (!handle_input (self) || g_queue_get_length (&self->queue) > MAX_UNREAD)
    die (self);
  is_watched = !self->is_dead && !self->is_held;
  g_rc_box_release (self);
  return is_watched;
}

static gboolean
readable_cb (GObject *object, gpointer user_data)
{
  UcWsPeer *self = user_data;
  g_autoptr (GError) error = NULL;
  guint8 buffer[READ_BYTES];
  gssize n_bytes;

  n_bytes = g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (object), buffer,
                                                      sizeof buffer, NULL, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return G_SOURCE_CONTINUE;
  if (n_bytes <= 0) {
    die (self);
    return G_SOURCE_REMOVE;
  }
  self->heard_us = g_get_monotonic_time ();
  uc_ws_reader_push (self->reader, buffer, (gsize) n_bytes);
  return handle_safely (self);
}

static void
watch_input (UcWsPeer *self)
{
  GInputStream *input = g_io_stream_get_input_stream (self->stream);

  clear_source (&self->in);
  self->in = g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (input), NULL);
  g_source_set_callback (self->in, G_SOURCE_FUNC (readable_cb), self, NULL);
  g_source_attach (self->in, g_main_context_get_thread_default ());
}

/* First what had come before it was held, then what comes. */
static gboolean
go_on_cb (gpointer user_data)
{
  UcWsPeer *self = user_data;

  watch_input (self);
  handle_safely (self);
  return G_SOURCE_REMOVE;
}

static gboolean
ping_cb (gpointer user_data)
{
  UcWsPeer *self = user_data;

  if (g_get_monotonic_time () - self->heard_us > PONG_S * G_USEC_PER_SEC) {
    die (self);
    return G_SOURCE_REMOVE;
  }
  queue_frame (self, UC_WS_PING, NULL, "", 0);
  if (!flush (self)) {
    die (self);
    return G_SOURCE_REMOVE;
  }
  return G_SOURCE_CONTINUE;
}

/**
 * uc_ws_peer_new:
 * @stream: (transfer full): the connection, after its request was read
 * @greeting: the HTTP answer that makes it a WebSocket
 * @max_message: bytes a message of the peer may have
 * @funcs: (transfer none): a constant
 */
UcWsPeer *
uc_ws_peer_new (GIOStream           *stream,
                const char          *greeting,
                gsize                max_message,
                const UcWsPeerFuncs *funcs,
                gpointer             user_data)
{
  UcWsPeer *self = g_rc_box_new0 (UcWsPeer);
  Out      *out = g_new0 (Out, 1);

  self->stream = stream;
  self->reader = uc_ws_reader_new (max_message);
  self->funcs = funcs;
  self->user_data = user_data;
  self->heard_us = g_get_monotonic_time ();
  g_queue_init (&self->queue);
  out->head = g_bytes_new (greeting, strlen (greeting));
  g_queue_push_tail (&self->queue, out);
  wait_writable (self);

  watch_input (self);
  self->ping_id = g_timeout_add_seconds (PING_S, ping_cb, self);
  return self;
}

/**
 * uc_ws_peer_send:
 * @head: the beginning of the message
 * @tail: its end, short
 *
 * A lost connection is told later, never from inside this call.
 */
void
uc_ws_peer_send (UcWsPeer *self, GBytes *head, const char *tail)
{
  g_return_if_fail (strlen (tail) <= MAX_TAIL);

  if (self->is_dead)
    return;
  queue_frame (self, UC_WS_MESSAGE, head, tail, strlen (tail));
  /* What can't go now waits for the socket; a broken one tells so when it is read. */
  if (self->out == NULL)
    flush (self);
}

/**
 * uc_ws_peer_hold:
 *
 * While it is held nothing more is read, and no message told.
 */
void
uc_ws_peer_hold (UcWsPeer *self, gboolean is_held)
{
  if (self->is_dead || self->is_held == is_held)
    return;
  self->is_held = is_held;
  clear_source (&self->in);
  if (is_held)
    return;
  self->in = g_idle_source_new ();
  g_source_set_priority (self->in, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->in, go_on_cb, self, NULL);
  g_source_attach (self->in, g_main_context_get_thread_default ());
}

/**
 * uc_ws_peer_get_waiting:
 *
 * Returns: messages that the socket has not taken yet
 */
guint
uc_ws_peer_get_waiting (UcWsPeer *self)
{
  return g_queue_get_length (&self->queue);
}

/**
 * uc_ws_peer_free:
 * @self: (transfer full):
 *
 * Drops the connection, and what the socket does not take at once.
 */
void
uc_ws_peer_free (UcWsPeer *self)
{
  if (!self->is_dead)
    flush (self);
  self->is_dead = TRUE;
  clear_source (&self->in);
  clear_source (&self->out);
  g_clear_handle_id (&self->ping_id, g_source_remove);
  g_queue_clear_full (&self->queue, out_free);
  g_clear_pointer (&self->reader, uc_ws_reader_free);
  if (self->stream != NULL)
    g_io_stream_close (self->stream, NULL, NULL);
  g_clear_object (&self->stream);
  g_rc_box_release (self);
}
