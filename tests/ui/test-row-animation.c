/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What moves is played within bounds; a small file that claims much is not. */

#include "config.h"

#include "uc-row-animation.h"

#include "uc-display.h"
#include "uc-error.h"
#include "uc-test.h"

#include <string.h>

/* A GIF of @n frames, each of which says that it is one pixel of a screen. */
static GBytes *
make_gif (guint16 width, guint16 height, guint n)
{
  static const guint8 control[] = { 0x21, 0xf9, 4, 0, 5, 0, 0, 0 };
  static const guint8 pixel[] = { 0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0 };
  GByteArray         *bytes = g_byte_array_new ();
  const guint8        head[] = {
           'G',
           'I',
           'F',
           '8',
           '9',
           'a',
           (guint8) width,
           (guint8) (width >> 8),
           (guint8) height,
           (guint8) (height >> 8),
           0x80,
           0,
           0,
           0,
           0,
           0,
           255,
           255,
           255,
  };

  g_byte_array_append (bytes, head, sizeof head);
  for (guint i = 0; i < n; i++) {
    g_byte_array_append (bytes, control, sizeof control);
    g_byte_array_append (bytes, pixel, sizeof pixel);
  }
  g_byte_array_append (bytes, (const guint8 *) ";", 1);
  return g_byte_array_free_to_bytes (bytes);
}

static UcRowAnimation *
load (GBytes *bytes, GError **error)
{
  g_autofree char *dir = uc_test_dup_temp_dir ();
  g_autofree char *path = g_build_filename (dir, "a.gif", NULL);
  g_autoptr (GAsyncResult) result = NULL;

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                                      (gssize) g_bytes_get_size (bytes), NULL));
  uc_row_animation_load_async (path, NULL, uc_test_result_cb, &result);
  return uc_row_animation_load_finish (uc_test_wait_result (&result), error);
}

static void
count_cb (GdkPaintable *paintable, guint *n)
{
  (*n)++;
}

static gboolean
has_moved (gpointer user_data)
{
  return *(guint *) user_data >= 3;
}

static void
test_plays (void)
{
  g_autoptr (GBytes) bytes = make_gif (4, 3, 3);
  g_autoptr (GError) error = NULL;
  g_autoptr (UcRowAnimation) animation = load (bytes, &error);
  guint n = 0;

  g_assert_no_error (error);
  g_assert_cmpuint (uc_row_animation_get_n_frames (animation), ==, 3);
  g_assert_cmpint (gdk_paintable_get_intrinsic_width (GDK_PAINTABLE (animation)), ==, 4);
  g_assert_false (uc_row_animation_is_playing (animation));
  g_signal_connect (animation, "invalidate-contents", G_CALLBACK (count_cb), &n);
  uc_row_animation_set_playing (animation, TRUE);
  uc_test_wait_until (has_moved, &n, 10000);
  uc_row_animation_set_playing (animation, FALSE);
  g_assert_finalize_object (g_steal_pointer (&animation));
}

static void
test_still (void)
{
  g_autoptr (GBytes) one = make_gif (4, 3, 1);
  g_autoptr (GBytes) png = g_bytes_new_static ("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  g_autoptr (GError) error = NULL;

  g_assert_null (load (one, &error));
  g_assert_no_error (error);
  g_assert_null (load (png, &error));
  g_assert_no_error (error);
  g_assert_null (load (empty, &error));
  g_assert_no_error (error);
}

/* Neither a pixel too many nor a hundred thousand frames are decoded. */
static void
test_too_much (void)
{
  g_autoptr (GBytes) large = make_gif (5000, 5000, 2);
  g_autoptr (GBytes) largest = make_gif (65535, 65535, 2);
  g_autoptr (GBytes) many = make_gif (4, 3, 100000);
  g_autoptr (GBytes) at_limit = make_gif (100, 100, 2000);
  GBytes *cases[] = { large, largest, many };
  g_autoptr (UcRowAnimation) animation = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (load (cases[i], &error));
    g_assert_error (error, UC_ERROR, UC_ERROR_INVALID);
  }
  animation = load (at_limit, NULL);
  g_assert_cmpuint (uc_row_animation_get_n_frames (animation), ==, 2000);
}

/* Cut anywhere: an animation, none, or an error, and nothing else. */
static void
test_cut (void)
{
  g_autoptr (GBytes) whole = make_gif (4, 3, 3);

  for (gsize n = 0; n < g_bytes_get_size (whole); n++) {
    g_autoptr (GBytes) part = g_bytes_new_from_bytes (whole, 0, n);
    g_autoptr (GError) error = NULL;
    g_autoptr (UcRowAnimation) animation = load (part, &error);

    if (animation != NULL)
      g_assert_cmpuint (uc_row_animation_get_n_frames (animation), >, 0);
  }
}

int
main (int argc, char **argv)
{
  uc_display_init (&argc, &argv);

  g_test_add_func ("/ui/row-animation/plays", test_plays);
  g_test_add_func ("/ui/row-animation/still", test_still);
  g_test_add_func ("/ui/row-animation/too-much", test_too_much);
  g_test_add_func ("/ui/row-animation/cut", test_cut);

  return g_test_run ();
}
