/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-ws-frame.h"

#include <string.h>

#define MAX_MESSAGE 1000

/* A frame as a client sends it: masked. */
static void
add_frame (GByteArray *bytes, guint8 first, const char *payload, gsize length)
{
  static const guint8 mask[4] = { 0x12, 0x34, 0x56, 0x78 };
  guint8              header[10] = { first };
  gsize               n = 2;

  if (length < 126) {
    header[1] = (guint8) (0x80 | length);
  } else {
    header[1] = 0x80 | 126;
    header[2] = (guint8) (length >> 8);
    header[3] = (guint8) length;
    n = 4;
  }
  g_byte_array_append (bytes, header, (guint) n);
  g_byte_array_append (bytes, mask, 4);
  for (gsize i = 0; i < length; i++) {
    guint8 masked = (guint8) payload[i] ^ mask[i % 4];

    g_byte_array_append (bytes, &masked, 1);
  }
}

/* What the reader says to the bytes, in pieces: "m:text;" "p:ping;" "c;" "!;" */
static char *
read_all (const guint8 *bytes, gsize length, gsize piece)
{
  static const char letters[] = { '?', 'm', 'p', 'o', 'c', '!' };
  g_autoptr (UcWsReader) reader = uc_ws_reader_new (MAX_MESSAGE);
  GString *said = g_string_new (NULL);

  for (gsize i = 0; i < length; i += piece) {
    const guint8 *data = NULL;
    gsize         n = 0;
    UcWsKind      kind;

    uc_ws_reader_push (reader, bytes + i, MIN (piece, length - i));
    while ((kind = uc_ws_reader_next (reader, &data, &n)) != UC_WS_NONE) {
      g_string_append_printf (said, "%c:%.*s;", letters[kind],
                              kind == UC_WS_CLOSE || kind == UC_WS_BROKEN ? 0 : (int) n, data);
      if (kind == UC_WS_BROKEN || kind == UC_WS_CLOSE)
        return g_string_free (said, FALSE);
    }
  }
  return g_string_free (said, FALSE);
}

static void
check (GByteArray *bytes, const char *expected)
{
  for (gsize piece = 1; piece <= bytes->len; piece++) {
    g_autofree char *said = read_all (bytes->data, bytes->len, piece);

    g_assert_cmpstr (said, ==, expected);
  }
}

static void
test_messages (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *filler = g_strnfill (300, 'y');
  g_autofree char *expected =
      g_strdup_printf ("m:hello;p:are you there;m:;m:%s;m:joined;o:;c:;", filler);

  add_frame (bytes, 0x81, "hello", 5);
  add_frame (bytes, 0x89, "are you there", 13);
  add_frame (bytes, 0x82, "", 0);
  add_frame (bytes, 0x81, filler, 300);
  /* In fragments, with a pong in between. */
  add_frame (bytes, 0x01, "jo", 2);
  add_frame (bytes, 0x00, "in", 2);
  add_frame (bytes, 0x80, "ed", 2);
  add_frame (bytes, 0x8a, "", 0);
  add_frame (bytes, 0x88, "\x03\xe8", 2);
  check (bytes, expected);
}

static void
test_control_inside (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  add_frame (bytes, 0x01, "a", 1);
  add_frame (bytes, 0x89, "p", 1);
  add_frame (bytes, 0x80, "b", 1);
  check (bytes, "p:p;m:ab;");
}

static void
check_broken (GByteArray *bytes)
{
  check (bytes, "!:;");
  g_byte_array_set_size (bytes, 0);
}

static void
test_broken (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *filler = g_strnfill (MAX_MESSAGE + 1, 'y');

  /* Not masked. */
  g_byte_array_append (bytes, (const guint8 *) "\x81\x05hello", 7);
  check_broken (bytes);
  /* Reserved bits: an extension nobody agreed on. */
  add_frame (bytes, 0xc1, "hello", 5);
  check_broken (bytes);
  /* Unknown opcodes. */
  add_frame (bytes, 0x83, "x", 1);
  check_broken (bytes);
  add_frame (bytes, 0x8b, "x", 1);
  check_broken (bytes);
  /* A continuation of nothing. */
  add_frame (bytes, 0x80, "x", 1);
  check_broken (bytes);
  /* Control frames are short, and whole. */
  add_frame (bytes, 0x89, filler, 126);
  check_broken (bytes);
  add_frame (bytes, 0x09, "x", 1);
  check_broken (bytes);
  /* Too long: said so before it has come. */
  add_frame (bytes, 0x81, filler, MAX_MESSAGE + 1);
  g_byte_array_set_size (bytes, 8);
  check_broken (bytes);
  g_byte_array_append (bytes,
                       (const guint8 *) "\x81\xff\xff\xff\xff\xff\xff\xff\xff\xff"
                                        "mask",
                       14);
  check_broken (bytes);
}

/* A second message cannot begin inside the first. */
static void
test_nested (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  add_frame (bytes, 0x01, "a", 1);
  add_frame (bytes, 0x81, "b", 1);
  check_broken (bytes);
}

/* Together too long, each of them short. */
static void
test_long_fragments (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *filler = g_strnfill (400, 'y');

  add_frame (bytes, 0x01, filler, 400);
  add_frame (bytes, 0x00, filler, 400);
  add_frame (bytes, 0x00, filler, 400);
  check_broken (bytes);
}

static void
test_headers (void)
{
  static const struct {
    gsize  length;
    gsize  n_header;
    guint8 second;
  } cases[] = {
    { 0, 2, 0 }, { 125, 2, 125 }, { 126, 4, 126 }, { 65535, 4, 126 }, { 65536, 10, 127 },
  };
  guint8 header[UC_WS_MAX_HEADER];

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_assert_cmpuint (uc_ws_write_header (header, UC_WS_MESSAGE, cases[i].length), ==,
                      cases[i].n_header);
    g_assert_cmphex (header[0], ==, 0x81);
    g_assert_cmpuint (header[1], ==, cases[i].second);
  }
  uc_ws_write_header (header, UC_WS_PING, 0);
  g_assert_cmphex (header[0], ==, 0x89);
  uc_ws_write_header (header, UC_WS_PONG, 3);
  g_assert_cmphex (header[0], ==, 0x8a);
}

static void
test_accept (void)
{
  g_autofree char         *accept = uc_ws_dup_accept ("dGhlIHNhbXBsZSBub25jZQ==");
  static const char *const bad[] = { "", "short", "dGhlIHNhbXBsZSBub25jZQ",
                                     "no base64 at all!!!!!!==" };

  /* The example of RFC 6455. */
  g_assert_cmpstr (accept, ==, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_null (uc_ws_dup_accept (bad[i]));
  g_assert_null (uc_ws_dup_accept (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ws-frame/messages", test_messages);
  g_test_add_func ("/ws-frame/control-inside", test_control_inside);
  g_test_add_func ("/ws-frame/broken", test_broken);
  g_test_add_func ("/ws-frame/nested", test_nested);
  g_test_add_func ("/ws-frame/long-fragments", test_long_fragments);
  g_test_add_func ("/ws-frame/headers", test_headers);
  g_test_add_func ("/ws-frame/accept", test_accept);
  return g_test_run ();
}
