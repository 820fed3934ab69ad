/* SPDX-License-Identifier: GPL-3.0-or-later */

/* WebSocket frames. Written out here because libsoup's own reader does not bound a
 * message made of many fragments, and its writer does not say how much waits. */

#include "config.h"

#include "uc-ws-frame.h"

#include <string.h>

#define GUID        "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
#define KEY_BYTES   16
#define MASK_BYTES  4
#define MAX_CONTROL 125
#define FIN         0x80
#define RESERVED    0x70
#define MASKED      0x80

enum {
  OPCODE_CONTINUE = 0,
  OPCODE_TEXT = 1,
  OPCODE_BINARY = 2,
  OPCODE_CLOSE = 8,
  OPCODE_PING = 9,
  OPCODE_PONG = 10,
};

typedef struct {
  guint    opcode;
  gboolean is_final;
  gsize    header_length; /* with the mask */
  guint64  length;
} Frame;

struct _UcWsReader {
  gsize       max_message;
  GByteArray *input;    /* bytes not taken apart yet */
  gsize       consumed; /* bytes at the start of @input that are done with */
  GByteArray *message;  /* fragments put together */
  gboolean    is_in_message;
  gboolean    is_broken;
};

/**
 * uc_ws_reader_new:
 * @max_message: bytes of a message, all fragments together
 */
UcWsReader *
uc_ws_reader_new (gsize max_message)
{
  UcWsReader *self = g_new0 (UcWsReader, 1);

  self->max_message = max_message;
  self->input = g_byte_array_new ();
  self->message = g_byte_array_new ();
  return self;
}

/**
 * uc_ws_reader_free:
 * @self: (transfer full):
 */
void
uc_ws_reader_free (UcWsReader *self)
{
  g_byte_array_unref (self->input);
  g_byte_array_unref (self->message);
  g_free (self);
}

/**
 * uc_ws_reader_push:
 *
 * The caller takes out all messages before it pushes more: that bounds the input.
 */
void
uc_ws_reader_push (UcWsReader *self, const guint8 *data, gsize length)
{
  if (self->is_broken)
    return;
  if (self->consumed > 0) {
    g_byte_array_remove_range (self->input, 0, (guint) self->consumed);
    self->consumed = 0;
  }
  g_byte_array_append (self->input, data, (guint) length);
}

/* FALSE when the header is not complete yet. */
static gboolean
read_header (const guint8 *bytes, gsize available, Frame *frame, gboolean *is_wrong)
{
  gsize extra;

  if (available < 2)
    return FALSE;
  frame->opcode = bytes[0] & 0x0f;
  frame->is_final = (bytes[0] & FIN) != 0;
  frame->length = bytes[1] & 0x7f;
  *is_wrong = (bytes[0] & RESERVED) != 0 || (bytes[1] & MASKED) == 0;
  extra = frame->length == 126 ? 2 : frame->length == 127 ? 8 : 0;
  frame->header_length = 2 + extra + MASK_BYTES;
  if (available < frame->header_length)
    return FALSE;
  if (extra > 0) {
    frame->length = 0;
    for (gsize i = 0; i < extra; i++)
      frame->length = frame->length << 8 | bytes[2 + i];
  }
  return TRUE;
}

/* Whether this frame may come now, and fits. */
static gboolean
is_allowed (UcWsReader *self, const Frame *frame)
{
  switch (frame->opcode) {
  case OPCODE_CONTINUE:
    return self->is_in_message && frame->length <= self->max_message - self->message->len;
  case OPCODE_TEXT:
  case OPCODE_BINARY:
    return !self->is_in_message && frame->length <= self->max_message;
  case OPCODE_CLOSE:
  case OPCODE_PING:
  case OPCODE_PONG:
    return frame->is_final && frame->length <= MAX_CONTROL;
  default:
    return FALSE;
  }
}

static UcWsKind
break_off (UcWsReader *self)
{
  self->is_broken = TRUE;
  return UC_WS_BROKEN;
}

static UcWsKind
take_data (UcWsReader    *self,
           const Frame   *frame,
           const guint8  *payload,
           const guint8 **data,
           gsize         *length)
{
  if (!self->is_in_message)
    g_byte_array_set_size (self->message, 0);
  g_byte_array_append (self->message, payload, (guint) frame->length);
  self->is_in_message = !frame->is_final;
  if (!frame->is_final)
    return UC_WS_NONE;
  *data = self->message->data;
  *length = self->message->len;
  return UC_WS_MESSAGE;
}

/**
 * uc_ws_reader_next:
 * @data: (out): the payload
 *
 * Returns: what comes next
 */
UcWsKind
uc_ws_reader_next (UcWsReader *self, const guint8 **data, gsize *length)
{
  *data = NULL;
  *length = 0;
  if (self->is_broken)
    return UC_WS_BROKEN;

  for (;;) {
    guint8  *bytes = self->input->data + self->consumed;
    gsize    available = self->input->len - self->consumed;
    gboolean is_wrong = FALSE;
    Frame    frame = { 0 };
    guint8  *payload;
    UcWsKind kind;

    if (!read_header (bytes, available, &frame, &is_wrong))
      return is_wrong ? break_off (self) : UC_WS_NONE;
    if (is_wrong || !is_allowed (self, &frame))
      return break_off (self);
    if (available - frame.header_length < frame.length)
      return UC_WS_NONE;

    payload = bytes + frame.header_length;
    for (gsize i = 0; i < frame.length; i++)
      payload[i] ^= payload[(gssize) (i % MASK_BYTES) - MASK_BYTES];
    self->consumed += frame.header_length + (gsize) frame.length;

    if (frame.opcode <= OPCODE_BINARY) {
      kind = take_data (self, &frame, payload, data, length);
      if (kind == UC_WS_NONE)
        continue;
      return kind;
    }
    *data = payload;
    *length = (gsize) frame.length;
    return frame.opcode == OPCODE_CLOSE  ? UC_WS_CLOSE
           : frame.opcode == OPCODE_PING ? UC_WS_PING
                                         : UC_WS_PONG;
  }
}

/**
 * uc_ws_write_header:
 * @kind: a text message, or a control frame
 * @length: of the payload
 *
 * Returns: the length of the header
 */
gsize
uc_ws_write_header (guint8 header[UC_WS_MAX_HEADER], UcWsKind kind, gsize length)
{
  guint opcode = kind == UC_WS_PING    ? OPCODE_PING
                 : kind == UC_WS_PONG  ? OPCODE_PONG
                 : kind == UC_WS_CLOSE ? OPCODE_CLOSE
                                       : OPCODE_TEXT;

  header[0] = (guint8) (FIN | opcode);
  if (length < 126) {
    header[1] = (guint8) length;
    return 2;
  }
  if (length <= G_MAXUINT16) {
    header[1] = 126;
    header[2] = (guint8) (length >> 8);
    header[3] = (guint8) length;
    return 4;
  }
  header[1] = 127;
  for (guint i = 0; i < 8; i++)
    header[2 + i] = (guint8) ((guint64) length >> (56 - 8 * i));
  return UC_WS_MAX_HEADER;
}

/**
 * uc_ws_dup_accept:
 *
 * Returns: (transfer full) (nullable): the answer to Sec-WebSocket-Key
 */
char *
uc_ws_dup_accept (const char *key)
{
  g_autofree guchar *raw = NULL;
  g_autoptr (GChecksum) checksum = NULL;
  guint8 digest[20];
  gsize  length = 0;

  if (key == NULL || strlen (key) > 64)
    return NULL;
  raw = g_base64_decode (key, &length);
  if (length != KEY_BYTES)
    return NULL;
  checksum = g_checksum_new (G_CHECKSUM_SHA1);
  g_checksum_update (checksum, (const guchar *) key, -1);
  g_checksum_update (checksum, (const guchar *) GUID, -1);
  length = sizeof digest;
  g_checksum_get_digest (checksum, digest, &length);
  return g_base64_encode (digest, length);
}
