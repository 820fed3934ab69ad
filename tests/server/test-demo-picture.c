/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The pictures of the demo. */

#include "config.h"

#include "uc-demo-picture.h"

#include <string.h>

static const char *const names[] = { "access-points.png", "cake.png",         "ecg-bed-8.png",
                                     "ecg-strip.png",     "garden-party.png", "night-sky.png",
                                     "parking.png",       "rainbow.png",      "sunrise.png",
                                     "wound-day-4.png" };

/* Each is a picture of its own, of the size it says, and small enough to carry along.
 * With UC_TEST_PICTURES set to a folder they are written there, to be looked at. */
static void
test_all (void)
{
  g_autoptr (GHashTable) sums = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *folder = g_getenv ("UC_TEST_PICTURES");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (GError) error = NULL;
    int width = 0;
    int height = 0;
    g_autoptr (GBytes) file = uc_demo_picture_draw (names[i], "A picture", &width, &height, &error);
    const guint8 *bytes;
    gsize         size;

    g_assert_no_error (error);
    bytes = g_bytes_get_data (file, &size);
    g_assert_cmpmem (bytes, 8, "\x89PNG\r\n\x1a\n", 8);
    g_assert_cmpint (bytes[18] << 8 | bytes[19], ==, width);
    g_assert_cmpint (bytes[22] << 8 | bytes[23], ==, height);
    g_assert_cmpint (width, >=, 600);
    g_assert_cmpint (height, >=, 300);
    g_assert_cmpuint (size, <, 200 * 1024);
    g_assert_true (g_hash_table_add (sums, g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, file)));
    if (folder != NULL) {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_file_set_contents (path, (const char *) bytes, (gssize) size, &error);
      g_assert_no_error (error);
    }
  }
}

static void
test_names (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_true (uc_demo_picture_exists (names[i]));
  g_assert_false (uc_demo_picture_exists ("moonrise.png"));
  g_assert_false (uc_demo_picture_exists (""));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/server/demo-picture/all", test_all);
  g_test_add_func ("/server/demo-picture/names", test_names);
  return g_test_run ();
}
