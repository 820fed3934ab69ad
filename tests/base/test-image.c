/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-image.h"

#include <string.h>

static void
check (const char *bytes, gsize length, const char *type, int width, int height)
{
  UcImageInfo info = { 0 };

  /* An exact copy, so that the sanitizer sees a read behind the end. */
  g_autofree guint8 *copy = g_memdup2 (bytes, length);

  g_assert_true (uc_image_read_info (copy, length, &info));
  g_assert_cmpstr (info.type, ==, type);
  g_assert_cmpint (info.width, ==, width);
  g_assert_cmpint (info.height, ==, height);
}

#define CHECK(bytes, type, width, height) check (bytes, sizeof bytes - 1, type, width, height)

static const char png[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x80\0\0\x01\xe0\x08\x06\0\0\0";
static const char gif[] = "GIF89a\x40\x01\xc8\0\x80\0\0";
static const char jpeg[] =
    "\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0"
    "\xff\xc0\0\x11\x08\x01\xe0\x02\x80\x03\x01\x22\0\x02\x11\x01\x03\x11\x01";
static const char webp_lossy[] = "RIFF\x30\0\0\0WEBPVP8 \x20\0\0\0\x30\x01\0\x9d\x01\x2a\x80\x02"
                                 "\xe0\x01";
static const char webp_extended[] =
    "RIFF\x30\0\0\0WEBPVP8X\x0a\0\0\0\x10\0\0\0\x7f\x02\0\xdf\x01\0";

static void
test_kinds (void)
{
  CHECK (png, "image/png", 640, 480);
  CHECK (gif, "image/gif", 320, 200);
  CHECK (jpeg, "image/jpeg", 640, 480);
  CHECK (webp_lossy, "image/webp", 640, 480);
  CHECK (webp_extended, "image/webp", 640, 480);
}

/* Cut anywhere it is refused, or read right. */
static void
test_cut (void)
{
  static const struct {
    const char *bytes;
    gsize       length;
  } pictures[] = {
    { png, sizeof png - 1 },
    { gif, sizeof gif - 1 },
    { jpeg, sizeof jpeg - 1 },
    { webp_lossy, sizeof webp_lossy - 1 },
    { webp_extended, sizeof webp_extended - 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++) {
    for (gsize length = 0; length < pictures[i].length; length++) {
      g_autofree guint8 *copy = g_memdup2 (pictures[i].bytes, length);
      UcImageInfo        info = { 0 };

      if (uc_image_read_info (copy, length, &info)) {
        g_assert_true (info.width == 640 || info.width == 320);
        g_assert_true (info.height == 480 || info.height == 200);
      }
    }
  }
}

static void
test_others (void)
{
  static const char *const others[] = {
    "",
    "hello",
    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\"/>",
    "<html>",
    "%PDF-1.4",
    "BM\x1e\x01",
    "GIF89",
    "RIFF0000WAVE",
  };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++) {
    UcImageInfo info = { 0 };

    g_assert_false (uc_image_read_info ((const guint8 *) others[i], strlen (others[i]), &info));
  }
}

/* Sizes of nothing are none. */
static void
test_empty_sizes (void)
{
  g_autofree guint8 *copy = g_memdup2 (png, sizeof png - 1);
  UcImageInfo        info = { 0 };

  memset (copy + 16, 0, 4);
  g_assert_false (uc_image_read_info (copy, sizeof png - 1, &info));
  memset (copy + 16, 0xff, 4);
  g_assert_false (uc_image_read_info (copy, sizeof png - 1, &info) && info.width < 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/image/kinds", test_kinds);
  g_test_add_func ("/image/cut", test_cut);
  g_test_add_func ("/image/others", test_others);
  g_test_add_func ("/image/empty-sizes", test_empty_sizes);
  return g_test_run ();
}
