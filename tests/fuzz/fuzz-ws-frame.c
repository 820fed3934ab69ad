/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as what a client says over a WebSocket: in pieces it says the same, within
 * the bounds. */

#include "config.h"

#include "uc-fuzz-run.h"

#include "uc-ws-frame.h"

#define MAX_MESSAGE 300

static char *
read_all (const uint8_t *bytes, size_t size, size_t piece)
{
  g_autoptr (UcWsReader) reader = uc_ws_reader_new (MAX_MESSAGE);
  GString *said = g_string_new (NULL);

  for (size_t i = 0; i < size; i += piece) {
    const guint8 *data = NULL;
    gsize         length = 0;
    UcWsKind      kind;

    uc_ws_reader_push (reader, bytes + i, MIN (piece, size - i));
    while ((kind = uc_ws_reader_next (reader, &data, &length)) != UC_WS_NONE) {
      g_assert_cmpuint (length, <=, kind == UC_WS_MESSAGE ? MAX_MESSAGE : 125);
      g_string_append_printf (said, "%d:", kind);
      for (gsize j = 0; j < length; j++)
        g_string_append_printf (said, "%02x", data[j]);
      if (kind == UC_WS_BROKEN)
        return g_string_free (said, FALSE);
    }
  }
  return g_string_free (said, FALSE);
}

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t size)
{
  g_autofree char *whole = read_all (bytes, size, MAX (size, 1));
  g_autofree char *pieces = read_all (bytes, size, 1 + size % 5);

  g_assert_cmpstr (whole, ==, pieces);
  return 0;
}
