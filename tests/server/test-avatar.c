/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-avatar.h"

#include "uc-image.h"

#include <gio/gio.h>
#include <string.h>

static void
check_picture (const char *name)
{
  g_autoptr (GBytes) png = uc_avatar_draw ("abcdefghijkmnopqrstuwxyz13", name);
  UcImageInfo info = { 0 };

  g_assert_true (uc_image_read_info (g_bytes_get_data (png, NULL), g_bytes_get_size (png), &info));
  g_assert_cmpstr (info.type, ==, "image/png");
  g_assert_cmpint (info.width, ==, 128);
  g_assert_cmpint (info.height, ==, 128);
}

static void
test_names (void)
{
  static const char *const names[] = { "anna", "anna.berg",    "",        ".",
                                       "1",    "\346\235\216", "a.b.c.d", "-_-" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    check_picture (names[i]);
}

/* Everybody has their own, and keeps it. */
static void
test_own (void)
{
  g_autoptr (GBytes) first = uc_avatar_draw ("abcdefghijkmnopqrstuwxyz13", "anna");
  g_autoptr (GBytes) again = uc_avatar_draw ("abcdefghijkmnopqrstuwxyz13", "anna");
  g_autoptr (GBytes) other_name = uc_avatar_draw ("abcdefghijkmnopqrstuwxyz13", "ben");
  guint n_same = 0;

  g_assert_true (g_bytes_equal (first, again));
  g_assert_false (g_bytes_equal (first, other_name));
  /* There are not so many colours, but more than one. */
  for (guint i = 0; i < 10; i++) {
    g_autofree char *id = g_strdup_printf ("%026u", i);
    g_autoptr (GBytes) other = uc_avatar_draw (id, "anna");

    n_same += g_bytes_equal (first, other);
  }
  g_assert_cmpuint (n_same, <, 10);
}

static guint32
read_32 (const guint8 *at)
{
  return (guint32) at[0] << 24 | (guint32) at[1] << 16 | (guint32) at[2] << 8 | at[3];
}

/* Its pixels unpack to as many as it says; each chunk follows the one before. */
static void
test_content (void)
{
  g_autoptr (GBytes) png = uc_avatar_draw ("abcdefghijkmnopqrstuwxyz13", "anna");
  gsize         length;
  const guint8 *bytes = g_bytes_get_data (png, &length);
  gsize         at = 8;
  gboolean      has_end = FALSE;

  while (at + 12 <= length) {
    guint32       n = read_32 (bytes + at);
    const guint8 *type = bytes + at + 4;

    g_assert_cmpuint (at + 12 + n, <=, length);
    if (memcmp (type, "IDAT", 4) == 0) {
      g_autoptr (GZlibDecompressor) unpacker =
          g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
      g_autoptr (GError) error = NULL;
      guint8 pixels[128 * 128 + 128 + 1];
      gsize  n_read = 0;
      gsize  n_written = 0;

      g_converter_convert (G_CONVERTER (unpacker), type + 4, n, pixels, sizeof pixels,
                           G_CONVERTER_INPUT_AT_END, &n_read, &n_written, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (n_written, >=, 128 * (1 + 128 / 8));
    }
    has_end = memcmp (type, "IEND", 4) == 0;
    at += 12 + n;
  }
  g_assert_true (has_end);
  g_assert_cmpuint (at, ==, length);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/avatar/names", test_names);
  g_test_add_func ("/avatar/own", test_own);
  g_test_add_func ("/avatar/content", test_content);
  return g_test_run ();
}
