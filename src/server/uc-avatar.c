/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Draws initials into a PNG with a palette of two colours. Pure. */

#include "config.h"

#include "uc-avatar.h"

#include <gio/gio.h>
#include <string.h>

#define SIDE         128
#define GLYPH_WIDTH  5
#define GLYPH_HEIGHT 7
#define SCALE        8
#define GAP          8

/* Rows of five bits, the leftmost highest: letters, then digits. */
static const guint8 glyphs[36][GLYPH_HEIGHT] = {
  { 0x0e, 0x11, 0x11, 0x1f, 0x11, 0x11, 0x11 }, { 0x1e, 0x11, 0x11, 0x1e, 0x11, 0x11, 0x1e },
  { 0x0e, 0x11, 0x10, 0x10, 0x10, 0x11, 0x0e }, { 0x1e, 0x11, 0x11, 0x11, 0x11, 0x11, 0x1e },
  { 0x1f, 0x10, 0x10, 0x1e, 0x10, 0x10, 0x1f }, { 0x1f, 0x10, 0x10, 0x1e, 0x10, 0x10, 0x10 },
  { 0x0e, 0x11, 0x10, 0x17, 0x11, 0x11, 0x0f }, { 0x11, 0x11, 0x11, 0x1f, 0x11, 0x11, 0x11 },
  { 0x0e, 0x04, 0x04, 0x04, 0x04, 0x04, 0x0e }, { 0x07, 0x02, 0x02, 0x02, 0x02, 0x12, 0x0c },
  { 0x11, 0x12, 0x14, 0x18, 0x14, 0x12, 0x11 }, { 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x1f },
  { 0x11, 0x1b, 0x15, 0x15, 0x11, 0x11, 0x11 }, { 0x11, 0x19, 0x15, 0x13, 0x11, 0x11, 0x11 },
  { 0x0e, 0x11, 0x11, 0x11, 0x11, 0x11, 0x0e }, { 0x1e, 0x11, 0x11, 0x1e, 0x10, 0x10, 0x10 },
  { 0x0e, 0x11, 0x11, 0x11, 0x15, 0x12, 0x0d }, { 0x1e, 0x11, 0x11, 0x1e, 0x14, 0x12, 0x11 },
  { 0x0f, 0x10, 0x10, 0x0e, 0x01, 0x01, 0x1e }, { 0x1f, 0x04, 0x04, 0x04, 0x04, 0x04, 0x04 },
  { 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x0e }, { 0x11, 0x11, 0x11, 0x11, 0x11, 0x0a, 0x04 },
  { 0x11, 0x11, 0x11, 0x15, 0x15, 0x1b, 0x11 }, { 0x11, 0x11, 0x0a, 0x04, 0x0a, 0x11, 0x11 },
  { 0x11, 0x11, 0x0a, 0x04, 0x04, 0x04, 0x04 }, { 0x1f, 0x01, 0x02, 0x04, 0x08, 0x10, 0x1f },
  { 0x0e, 0x11, 0x13, 0x15, 0x19, 0x11, 0x0e }, { 0x04, 0x0c, 0x04, 0x04, 0x04, 0x04, 0x0e },
  { 0x0e, 0x11, 0x01, 0x02, 0x04, 0x08, 0x1f }, { 0x1f, 0x02, 0x04, 0x02, 0x01, 0x11, 0x0e },
  { 0x02, 0x06, 0x0a, 0x12, 0x1f, 0x02, 0x02 }, { 0x1f, 0x10, 0x1e, 0x01, 0x01, 0x11, 0x0e },
  { 0x06, 0x08, 0x10, 0x1e, 0x11, 0x11, 0x0e }, { 0x1f, 0x01, 0x02, 0x04, 0x08, 0x08, 0x08 },
  { 0x0e, 0x11, 0x11, 0x0e, 0x11, 0x11, 0x0e }, { 0x0e, 0x11, 0x11, 0x0f, 0x01, 0x02, 0x0c },
};

/* Dark enough for white letters. */
static const guint8 colours[][3] = { { 0x1a, 0x5f, 0xb4 }, { 0x26, 0x6f, 0x4a },
                                     { 0x8f, 0x3f, 0x00 }, { 0x61, 0x35, 0x83 },
                                     { 0xa5, 0x1d, 0x2d }, { 0x63, 0x45, 0x2c },
                                     { 0x0b, 0x5e, 0x6b }, { 0x4a, 0x4f, 0x5c } };

static int
find_glyph (char c)
{
  if (g_ascii_isalpha (c))
    return g_ascii_toupper (c) - 'A';
  return g_ascii_isdigit (c) ? 26 + c - '0' : -1;
}

/* The first letter of each of the first two words; returns how many. */
static guint
find_initials (const char *name, int initials[2])
{
  guint    n = 0;
  gboolean is_start = TRUE;

  for (; *name != '\0' && n < 2; name++) {
    int glyph = find_glyph (*name);

    if (is_start && glyph >= 0)
      initials[n++] = glyph;
    is_start = strchr (" .-_", *name) != NULL;
  }
  return n;
}

/* One byte a pixel, each row with the filter byte PNG wants before it. */
static void
draw_glyph (guint8 *pixels, int glyph, guint left, guint top)
{
  for (guint y = 0; y < GLYPH_HEIGHT * SCALE; y++) {
    for (guint x = 0; x < GLYPH_WIDTH * SCALE; x++) {
      if (glyphs[glyph][y / SCALE] >> (GLYPH_WIDTH - 1 - x / SCALE) & 1)
        pixels[(top + y) * (SIDE + 1) + 1 + left + x] = 1;
    }
  }
}

static guint32
get_crc (const guint8 *data, gsize length)
{
  guint32 crc = 0xffffffff;

  for (gsize i = 0; i < length; i++) {
    crc ^= data[i];
    for (guint bit = 0; bit < 8; bit++)
      crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc;
}

static void
append_be32 (GByteArray *array, guint32 value)
{
  const guint8 bytes[] = { (guint8) (value >> 24), (guint8) (value >> 16), (guint8) (value >> 8),
                           (guint8) value };

  g_byte_array_append (array, bytes, sizeof bytes);
}

static void
append_chunk (GByteArray *png, const char *type, const guint8 *data, gsize length)
{
  guint start;

  append_be32 (png, (guint32) length);
  start = png->len;
  g_byte_array_append (png, (const guint8 *) type, 4);
  if (length > 0)
    g_byte_array_append (png, data, (guint) length);
  append_be32 (png, get_crc (png->data + start, png->len - start));
}

static void
append_header (GByteArray *png, const guint8 colour[3])
{
  g_autoptr (GByteArray) header = g_byte_array_new ();
  const guint8 kind[] = { 8, 3, 0, 0, 0 }; /* eight bits, palette */
  const guint8 palette[] = { colour[0], colour[1], colour[2], 0xff, 0xff, 0xff };

  g_byte_array_append (png, (const guint8 *) "\x89PNG\r\n\x1a\n", 8);
  append_be32 (header, SIDE);
  append_be32 (header, SIDE);
  g_byte_array_append (header, kind, sizeof kind);
  append_chunk (png, "IHDR", header->data, header->len);
  append_chunk (png, "PLTE", palette, sizeof palette);
}

/* All at once: two colours compress to next to nothing. */
static void
append_pixels (GByteArray *png, const guint8 *pixels, gsize length)
{
  g_autoptr (GZlibCompressor) zlib = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 6);
  gsize              size = length + 1024;
  g_autofree guint8 *packed = g_malloc (size);
  gsize              n_read = 0;
  gsize              n_written = 0;

  g_converter_convert (G_CONVERTER (zlib), pixels, length, packed, size, G_CONVERTER_INPUT_AT_END,
                       &n_read, &n_written, NULL);
  append_chunk (png, "IDAT", packed, n_written);
}

/**
 * uc_avatar_draw:
 * @user_id: gives the colour
 * @name: gives the letters; one that has none of A to Z gets the plain colour
 *
 * Returns: (transfer full): a PNG
 */
GBytes *
uc_avatar_draw (const char *user_id, const char *name)
{
  g_autofree guint8 *pixels = g_malloc0 (SIDE * (SIDE + 1));
  GByteArray        *png = g_byte_array_new ();
  int                initials[2];
  guint              n = find_initials (name, initials);
  guint              width = n * GLYPH_WIDTH * SCALE + (n > 1 ? GAP : 0);

  for (guint i = 0; i < n; i++)
    draw_glyph (pixels, initials[i], (SIDE - width) / 2 + i * (GLYPH_WIDTH * SCALE + GAP),
                (SIDE - GLYPH_HEIGHT * SCALE) / 2);
  append_header (png, colours[g_str_hash (user_id) % G_N_ELEMENTS (colours)]);
  append_pixels (png, pixels, SIDE * (SIDE + 1));
  append_chunk (png, "IEND", NULL, 0);
  return g_byte_array_free_to_bytes (png);
}
