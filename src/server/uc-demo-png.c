/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writes pictures as PNG (RFC 2083): true colour, 8 bits, each row as its difference to
 * the one above. GLib's compressor does the compression. */

#include "config.h"

#include "uc-demo-png.h"

#include <string.h>

#define FILTER_UP 2

static guint32
compute_crc (const guint8 *data, gsize length)
{
  guint32 crc = G_MAXUINT32;

  for (gsize i = 0; i < length; i++) {
    crc ^= data[i];
    for (int bit = 0; bit < 8; bit++)
      crc = (crc >> 1) ^ (crc & 1 ? 0xedb88320u : 0);
  }
  return ~crc;
}

static void
append_number (GByteArray *file, guint32 number)
{
  guint32 big_endian = GUINT32_TO_BE (number);

  g_byte_array_append (file, (const guint8 *) &big_endian, sizeof big_endian);
}

static void
append_chunk (GByteArray *file, const char *type, const guint8 *data, gsize length)
{
  guint begin;

  append_number (file, (guint32) length);
  begin = file->len;
  g_byte_array_append (file, (const guint8 *) type, 4);
  g_byte_array_append (file, data, (guint) length);
  append_number (file, compute_crc (file->data + begin, length + 4));
}

static void
append_header (GByteArray *file, int width, int height)
{
  /* 8 bits a sample, red green blue, the only compression, the only filters, in order. */
  static const guint8 kind[] = { 8, 2, 0, 0, 0 };
  g_autoptr (GByteArray) header = g_byte_array_new ();

  append_number (header, (guint32) width);
  append_number (header, (guint32) height);
  g_byte_array_append (header, kind, sizeof kind);
  append_chunk (file, "IHDR", header->data, header->len);
}

static void
append_title (GByteArray *file, const char *title)
{
  g_autoptr (GByteArray) text = g_byte_array_new ();

  g_byte_array_append (text, (const guint8 *) "Title", sizeof "Title");
  g_byte_array_append (text, (const guint8 *) title, (guint) strlen (title));
  append_chunk (file, "tEXt", text->data, text->len);
}

static GBytes *
filter_rows (const guint8 *pixels, int width, int height)
{
  gsize   row_length = (gsize) width * 3;
  gsize   length = (row_length + 1) * (gsize) height;
  guint8 *rows = g_malloc (length);
  guint8 *to = rows;

  for (int y = 0; y < height; y++) {
    const guint8 *row = pixels + (gsize) y * row_length;

    *to++ = FILTER_UP;
    for (gsize i = 0; i < row_length; i++)
      *to++ = (guint8) (row[i] - (y > 0 ? row[i - row_length] : 0));
  }
  return g_bytes_new_take (rows, length);
}

/**
 * uc_demo_png_encode:
 *
 * Returns: (transfer full) (nullable): a whole file
 */
GBytes *
uc_demo_png_encode (const guint8 *pixels, int width, int height, const char *title, GError **error)
{
  static const guint8 signature[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autoptr (GBytes) rows = filter_rows (pixels, width, height);
  g_autoptr (GZlibCompressor) zlib = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 6);
  g_autoptr (GBytes) packed = g_converter_convert_bytes (G_CONVERTER (zlib), rows, error);

  if (packed == NULL)
    return NULL;
  g_byte_array_append (file, signature, sizeof signature);
  append_header (file, width, height);
  if (title != NULL)
    append_title (file, title);
  append_chunk (file, "IDAT", g_bytes_get_data (packed, NULL), g_bytes_get_size (packed));
  append_chunk (file, "IEND", NULL, 0);
  return g_byte_array_free_to_bytes (g_steal_pointer (&file));
}
