/* SPDX-License-Identifier: GPL-3.0-or-later */

/* PNG files, taken apart again. The sums of the chunks are compared with those that the
 * gzip format has at its end: the same ones, made by somebody else. */

#include "config.h"

#include "uc-demo-png.h"

#include <string.h>

static guint32
read_number (const guint8 *at)
{
  return (guint32) at[0] << 24 | (guint32) at[1] << 16 | (guint32) at[2] << 8 | at[3];
}

static guint32
compute_gzip_sum (const guint8 *data, gsize length)
{
  g_autoptr (GZlibCompressor) gzip = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 1);
  g_autoptr (GBytes) plain = g_bytes_new (data, length);
  g_autoptr (GBytes) packed = g_converter_convert_bytes (G_CONVERTER (gzip), plain, NULL);
  gsize         size;
  const guint8 *bytes = g_bytes_get_data (packed, &size);
  const guint8 *sum = bytes + size - 8;

  return (guint32) sum[3] << 24 | (guint32) sum[2] << 16 | (guint32) sum[1] << 8 | sum[0];
}

/* Gives the data of the chunk at *@offset, which moves on behind it. */
static GBytes *
take_chunk (GBytes *file, gsize *offset, const char *type)
{
  gsize         size;
  const guint8 *bytes = g_bytes_get_data (file, &size);
  const guint8 *chunk = bytes + *offset;
  guint32       length = read_number (chunk);

  g_assert_cmpmem (chunk + 4, 4, type, 4);
  g_assert_cmpuint (*offset + 12 + length, <=, size);
  g_assert_cmphex (read_number (chunk + 8 + length), ==, compute_gzip_sum (chunk + 4, length + 4));
  *offset += 12 + length;
  return g_bytes_new_from_bytes (file, *offset - length - 4, length);
}

static void
test_file (void)
{
  static const guint8 pixels[] = {
    1, 2, 3, 250, 251, 252, 0,  0,  0,  /* first row */
    2, 2, 2, 10,  11,  12,  99, 98, 97, /* second row */
  };
  static const guint8 rows[] = {
    2, 1, 2, 3,   250, 251, 252, 0,  0,  0, /* as differences to nothing */
    2, 1, 0, 255, 16,  16,  16,  99, 98, 97,
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = uc_demo_png_encode (pixels, 3, 2, "Title of it", &error);
  g_autoptr (GZlibDecompressor) zlib = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
  g_autoptr (GBytes) header = NULL;
  g_autoptr (GBytes) title = NULL;
  g_autoptr (GBytes) data = NULL;
  g_autoptr (GBytes) end = NULL;
  g_autoptr (GBytes) unpacked = NULL;
  const guint8 *bytes;
  gsize         offset = 8;

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (file, NULL), 8, "\x89PNG\r\n\x1a\n", 8);
  header = take_chunk (file, &offset, "IHDR");
  title = take_chunk (file, &offset, "tEXt");
  data = take_chunk (file, &offset, "IDAT");
  end = take_chunk (file, &offset, "IEND");
  g_assert_cmpuint (offset, ==, g_bytes_get_size (file));

  bytes = g_bytes_get_data (header, NULL);
  g_assert_cmpuint (g_bytes_get_size (header), ==, 13);
  g_assert_cmpuint (read_number (bytes), ==, 3);
  g_assert_cmpuint (read_number (bytes + 4), ==, 2);
  g_assert_cmpmem (bytes + 8, 5, "\x08\x02\x00\x00\x00", 5);
  g_assert_cmpmem (g_bytes_get_data (title, NULL), g_bytes_get_size (title), "Title\0Title of it",
                   17);
  unpacked = g_converter_convert_bytes (G_CONVERTER (zlib), data, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (unpacked, NULL), g_bytes_get_size (unpacked), rows,
                   sizeof rows);
}

static void
test_untitled (void)
{
  static const guint8 pixel[] = { 9, 9, 9 };
  g_autoptr (GBytes) file = uc_demo_png_encode (pixel, 1, 1, NULL, NULL);
  g_autoptr (GBytes) header = NULL;
  g_autoptr (GBytes) data = NULL;
  gsize offset = 8;

  header = take_chunk (file, &offset, "IHDR");
  data = take_chunk (file, &offset, "IDAT");
  g_assert_cmpuint (g_bytes_get_size (data), >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/server/demo-png/file", test_file);
  g_test_add_func ("/server/demo-png/untitled", test_untitled);
  return g_test_run ();
}
