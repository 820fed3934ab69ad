/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The borders of messages of HTTP and WebSockets, as far as the clients and the servers
 * of our tests use them. Pure. */

#include "config.h"

#include "uc-fault-http.h"

#include <string.h>

#define NOT_YET G_MAXSIZE

static gsize
measure_head (const GByteArray *bytes)
{
  const char *end =
      bytes->len > 0 ? g_strstr_len ((const char *) bytes->data, bytes->len, "\r\n\r\n") : NULL;

  return end != NULL ? (gsize) (end + 4 - (const char *) bytes->data) : 0;
}

/* (nullable): the value of a field of the head. */
static char *
dup_field (const GByteArray *bytes, gsize head, const char *name)
{
  g_autofree char *text = g_strndup ((const char *) bytes->data, head);
  g_auto (GStrv) lines = g_strsplit (text, "\r\n", -1);
  gsize length = strlen (name);

  for (guint i = 1; lines[i] != NULL; i++) {
    if (g_ascii_strncasecmp (lines[i], name, length) == 0 && lines[i][length] == ':')
      return g_strstrip (g_strdup (lines[i] + length + 1));
  }
  return NULL;
}

/* Chunks from @from on, with the last, empty one. */
static gsize
measure_chunks (const GByteArray *bytes, gsize from)
{
  gsize at = from;

  for (;;) {
    const char *start = (const char *) bytes->data + at;
    const char *end = g_strstr_len (start, (gssize) (bytes->len - at), "\r\n");
    gsize       size;

    if (end == NULL)
      return NOT_YET;
    size = (gsize) g_ascii_strtoull (start, NULL, 16);
    at += (gsize) (end - start) + 2 + size + 2;
    if (at > bytes->len)
      return NOT_YET;
    if (size == 0)
      return at - from;
  }
}

/* NOT_YET also for a body whose end only the end of the connection shows. */
static gsize
measure_body (const GByteArray *bytes, gsize head, gboolean is_answer)
{
  g_autofree char *coding = dup_field (bytes, head, "Transfer-Encoding");
  g_autofree char *length = dup_field (bytes, head, "Content-Length");

  if (coding != NULL && g_ascii_strcasecmp (coding, "chunked") == 0)
    return measure_chunks (bytes, head);
  if (length != NULL)
    return (gsize) g_ascii_strtoull (length, NULL, 10);
  return is_answer ? NOT_YET : 0;
}

static gsize
whole (const GByteArray *bytes, gsize head, gsize body)
{
  return body != NOT_YET && head + body <= bytes->len ? head + body : 0;
}

gsize
uc_fault_measure_request (const GByteArray *bytes)
{
  gsize            head = measure_head (bytes);
  g_autofree char *expected = head > 0 ? dup_field (bytes, head, "Expect") : NULL;

  /* Its body comes only when the server has said that it wants it. */
  if (expected != NULL)
    return head;
  return head > 0 ? whole (bytes, head, measure_body (bytes, head, FALSE)) : 0;
}

guint
uc_fault_get_status (const GByteArray *bytes)
{
  const char *blank = g_strstr_len ((const char *) bytes->data, bytes->len, " ");

  return blank != NULL ? (guint) g_ascii_strtoull (blank + 1, NULL, 10) : 0;
}

gsize
uc_fault_measure_answer (const GByteArray *bytes)
{
  gsize head = measure_head (bytes);
  guint status;

  if (head == 0)
    return 0;
  status = uc_fault_get_status (bytes);
  if (status < 200 || status == 204 || status == 304)
    return head;
  return whole (bytes, head, measure_body (bytes, head, TRUE));
}

/* The length of a frame's head in *@head, of its body as the result. */
static gsize
read_frame_head (const guint8 *data, gsize length, gsize *head)
{
  gsize body = data[1] & 0x7f;

  *head = body == 126 ? 4 : body == 127 ? 10 : 2;
  if (*head > 2 && length >= *head) {
    body = 0;
    for (gsize i = 2; i < *head; i++)
      body = body << 8 | data[i];
  }
  return body;
}

gsize
uc_fault_measure_frame (const GByteArray *bytes)
{
  gsize head;
  gsize body;

  if (bytes->len < 2)
    return 0;
  body = read_frame_head (bytes->data, bytes->len, &head);
  return bytes->len >= head ? whole (bytes, head, body) : 0;
}

char *
uc_fault_dup_request_line (const GByteArray *bytes)
{
  const char *start = (const char *) bytes->data;
  const char *version = g_strstr_len (start, bytes->len, " HTTP/");

  g_assert_nonnull (version);
  return g_strndup (start, (gsize) (version - start));
}

char *
uc_fault_dup_event_name (const guint8 *frame, gsize length)
{
  const char *key = "\"event\":\"";
  gsize       head;
  gsize       body = read_frame_head (frame, length, &head);
  const char *text = (const char *) frame + head;
  const char *start;
  const char *end;

  if ((frame[0] & 0x0f) != 1)
    return NULL;
  start = g_strstr_len (text, (gssize) body, key);
  if (start == NULL)
    return NULL;
  start += strlen (key);
  end = memchr (start, '"', (gsize) (text + body - start));
  return end != NULL ? g_strndup (start, (gsize) (end - start)) : NULL;
}
