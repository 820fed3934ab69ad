/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures from outside: scaled while they are decoded, refused before they cost. */

#include "config.h"

#include "uc-row-decode.h"

#include "uc-display.h"
#include "uc-error.h"
#include "uc-test.h"

#include <string.h>

static GdkTexture *
decode (const char *path, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  uc_row_decode_async (path, 100, 80, NULL, uc_test_result_cb, &result);
  uc_test_wait_result (&result);

  return uc_row_decode_finish (result, error);
}

static char *
save (const char *folder, const char *name, gconstpointer bytes, gsize length)
{
  char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, bytes, length, NULL));

  return path;
}

static GBytes *
make_png (int width, int height)
{
  const gsize        stride = 4 * (gsize) width;
  g_autofree guint8 *pixels = g_malloc (stride * height);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  memset (pixels, 0x80, stride * height);
  bytes = g_bytes_new_take (g_steal_pointer (&pixels), stride * height);
  texture = gdk_memory_texture_new (width, height, GDK_MEMORY_R8G8B8A8, bytes, stride);

  return gdk_texture_save_to_png_bytes (texture);
}

static void
test_scale (void)
{
  static const struct {
    int width, height, shown_width, shown_height;
  } cases[] = {
    { 400, 100, 100, 25 },
    { 100, 400, 20, 80 },
    { 30, 20, 30, 20 },
    { 1000, 1, 100, 1 },
  };
  g_autofree char *folder = uc_test_dup_temp_dir ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) png = make_png (cases[i].width, cases[i].height);
    g_autofree char *path =
        save (folder, "picture", g_bytes_get_data (png, NULL), g_bytes_get_size (png));
    g_autoptr (GError) error = NULL;
    g_autoptr (GdkTexture) texture = decode (path, &error);

    g_assert_no_error (error);
    g_assert_cmpint (gdk_texture_get_width (texture), ==, cases[i].shown_width);
    g_assert_cmpint (gdk_texture_get_height (texture), ==, cases[i].shown_height);
  }
}

/* A few bytes that claim 60,000 by 60,000 pixels are never believed. */
static void
test_claim (void)
{
  static const guint8 claim[] = {
    0x89, 'P',  'N',  'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0,
    0,    0xea, 0x60, 0,   0,    0xea, 0x60, 8,    6, 0, 0, 0,  0,   0,   0,   0,
  };
  g_autofree char *folder = uc_test_dup_temp_dir ();
  g_autofree char *path = save (folder, "claim.png", claim, sizeof claim);
  g_autoptr (GError) error = NULL;

  g_assert_null (decode (path, &error));
  g_assert_nonnull (error);
}

static void
test_kinds (void)
{
  static const char *const refused[] = {
    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\"/>",
    "<html><body>not a picture</body></html>",
    "",
    "GIF8",
  };
  g_autofree char *folder = uc_test_dup_temp_dir ();
  g_autofree char *nowhere = g_build_filename (folder, "nowhere", NULL);
  g_autoptr (GError) missing = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++) {
    g_autofree char *path = save (folder, "file.png", refused[i], strlen (refused[i]));
    g_autoptr (GError) error = NULL;

    g_assert_null (decode (path, &error));
    g_assert_error (error, UC_ERROR, UC_ERROR_INVALID);
  }
  g_assert_null (decode (nowhere, &missing));
  g_assert_error (missing, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

/* Cut anywhere it is an error or a picture, never a crash. */
static void
test_cut (void)
{
  g_autofree char *folder = uc_test_dup_temp_dir ();
  g_autoptr (GBytes) png = make_png (40, 40);

  for (gsize length = 0; length < g_bytes_get_size (png); length += 3) {
    g_autofree char *path = save (folder, "cut.png", g_bytes_get_data (png, NULL), length);
    g_autoptr (GError) error = NULL;
    g_autoptr (GdkTexture) texture = decode (path, &error);

    g_assert_true ((texture != NULL) == (error == NULL));
  }
}

static void
test_mini (void)
{
  g_autoptr (GBytes) small = make_png (16, 10);
  g_autoptr (GBytes) large = make_png (100, 100);
  g_autofree char *small_text =
      g_base64_encode (g_bytes_get_data (small, NULL), g_bytes_get_size (small));
  g_autofree char *large_text =
      g_base64_encode (g_bytes_get_data (large, NULL), g_bytes_get_size (large));
  g_autofree char *endless = g_strnfill (100000, 'A');
  g_autoptr (GdkTexture) texture = uc_row_decode_mini (small_text);

  g_assert_nonnull (texture);
  g_assert_cmpint (gdk_texture_get_width (texture), ==, 16);
  g_assert_null (uc_row_decode_mini (large_text));
  g_assert_null (uc_row_decode_mini (endless));
  g_assert_null (uc_row_decode_mini ("no picture"));
  g_assert_null (uc_row_decode_mini (""));
}

int
main (int argc, char **argv)
{
  uc_display_init (&argc, &argv);

  g_test_add_func ("/ui/row-decode/scale", test_scale);
  g_test_add_func ("/ui/row-decode/claim", test_claim);
  g_test_add_func ("/ui/row-decode/kinds", test_kinds);
  g_test_add_func ("/ui/row-decode/cut", test_cut);
  g_test_add_func ("/ui/row-decode/mini", test_mini);

  return g_test_run ();
}
