/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-error.h"
#include "uc-test.h"
#include "uc-upload-private.h"

static GInputStream *
open_file (const char *path, gint64 *size_bytes, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  _uc_upload_open_async (path, NULL, uc_test_result_cb, &result);
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
  stream = open_file (path, &size_bytes, &error);
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

  g_assert_null (open_file (path, &size_bytes, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_STORAGE);
  g_clear_error (&error);
  g_assert_null (open_file (dir, &size_bytes, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_STORAGE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/net/upload/size", test_size);
  g_test_add_func ("/net/upload/absent", test_absent);
  return g_test_run ();
}
