/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-error.h"
#include "uc-test.h"
#include "uc-upload-private.h"

#include <string.h>

static GInputStream *
open_file (const char *path, gint64 offset, gint64 length, gint64 *size_bytes, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  _uc_upload_open_async (path, offset, length, NULL, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  return _uc_upload_open_finish (result, size_bytes, error);
}

static void
test_size (void)
{
  g_autofree char *dir = uc_test_dup_temp_dir ();
  g_autofree char *path = g_build_filename (dir, "file", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = NULL;
  gint64 size_bytes = 0;

  g_assert_true (g_file_set_contents (path, "12345", 5, NULL));
  stream = open_file (path, 0, 0, &size_bytes, &error);
  g_assert_no_error (error);
  g_assert_nonnull (stream);
  g_assert_cmpint (size_bytes, ==, 5);
}

static void
test_absent (void)
{
  g_autofree char *dir = uc_test_dup_temp_dir ();
  g_autofree char *path = g_build_filename (dir, "absent", NULL);
  g_autoptr (GError) error = NULL;
  gint64 size_bytes = 0;

  g_assert_null (open_file (path, 0, 0, &size_bytes, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_STORAGE);
  g_clear_error (&error);
  g_assert_null (open_file (dir, 0, 0, &size_bytes, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_STORAGE);
}

static char *
read_piece (const char *path, gint64 offset, gint64 length, gint64 *size_bytes, GError **error)
{
  g_autoptr (GInputStream) stream = open_file (path, offset, length, size_bytes, error);
  char  buffer[32] = "";
  gsize n_read = 0;

  if (stream == NULL)
    return NULL;
  g_assert_true (g_input_stream_read_all (stream, buffer, sizeof buffer - 1, &n_read, NULL, NULL));
  return g_strndup (buffer, n_read);
}

/* A piece ends where it should, though the file goes on. */
static void
test_piece (void)
{
  static const struct {
    gint64      offset;
    gint64      length;
    const char *expected; /* NULL: refused */
  } cases[] = {
    { 0, 3, "012" }, { 3, 4, "3456" }, { 7, 3, "789" }, { 7, 0, "789" }, { 7, 4, NULL },
  };
  g_autofree char *dir = uc_test_dup_temp_dir ();
  g_autofree char *path = g_build_filename (dir, "file", NULL);

  g_assert_true (g_file_set_contents (path, "0123456789", 10, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    gint64           size_bytes = 0;
    g_autofree char *text =
        read_piece (path, cases[i].offset, cases[i].length, &size_bytes, &error);

    g_assert_cmpstr (text, ==, cases[i].expected);
    if (text == NULL)
      g_assert_error (error, UC_ERROR, UC_ERROR_STORAGE);
    else
      g_assert_cmpint (size_bytes, ==, strlen (text));
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/net/upload/size", test_size);
  g_test_add_func ("/net/upload/absent", test_absent);
  g_test_add_func ("/net/upload/piece", test_piece);
  return g_test_run ();
}
