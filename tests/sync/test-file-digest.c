/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copies are what they were, or are found out. */

#include "config.h"

#include "uc-file-digest-private.h"

#include "uc-error.h"
#include "uc-test.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>

#define OP "aaaaaaaaaaaaaaaaaaaaaaaaay"

static gboolean
check (const char *path, gint64 size_bytes, const char *digest, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  _uc_file_digest_check_async (path, size_bytes, digest, NULL, uc_test_result_cb, &result);
  return _uc_file_digest_check_finish (uc_test_wait_result (&result), error);
}

static void
test_copy (void)
{
  g_autofree char *dir = uc_test_dup_temp_dir ();
  g_autofree char *from = g_build_filename (dir, "from", NULL);
  g_autofree char *to = g_build_filename (dir, "to", NULL);
  g_autofree char *content = g_strnfill (300000, 'x');
  g_autofree char *expected = g_compute_checksum_for_string (G_CHECKSUM_SHA256, content, -1);
  g_autofree char *digest = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf info;
  gint64   size_bytes = 0;

  g_assert_true (
      g_file_set_contents_full (from, content, -1, G_FILE_SET_CONTENTS_NONE, 0755, NULL));
  digest = _uc_file_digest_copy (from, to, &size_bytes, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (digest, ==, expected);
  g_assert_cmpint (size_bytes, ==, 300000);
  g_assert_cmpint (g_stat (to, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
  g_assert_true (check (to, 300000, digest, &error));
  g_assert_true (check (to, 300000, NULL, &error));

  /* What is there is not written over. */
  g_assert_null (_uc_file_digest_copy (from, to, &size_bytes, NULL, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_STORAGE);
  g_clear_error (&error);
  g_assert_false (check (to, 299999, digest, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_STORAGE);
  g_clear_error (&error);
  content[299999] = 'y';
  g_assert_true (g_file_set_contents (to, content, -1, NULL));
  g_assert_false (check (to, 300000, digest, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_STORAGE);
  g_clear_error (&error);
  g_unlink (to);
  g_assert_false (check (to, 300000, digest, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_STORAGE);
}

static void
test_cancelled (void)
{
  g_autofree char *dir = uc_test_dup_temp_dir ();
  g_autofree char *from = g_build_filename (dir, "from", NULL);
  g_autofree char *to = g_build_filename (dir, "to", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  gint64 size_bytes;

  g_assert_true (g_file_set_contents (from, "x", -1, NULL));
  g_cancellable_cancel (cancellable);
  g_assert_null (_uc_file_digest_copy (from, to, &size_bytes, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (to, G_FILE_TEST_EXISTS));
}

static void
test_no_folder (void)
{
  g_autofree char *dir = uc_test_dup_temp_dir ();
  g_autofree char *from = g_build_filename (dir, "from", NULL);
  g_autoptr (GError) error = NULL;
  gint64 size_bytes;

  g_assert_true (g_file_set_contents (from, "x", -1, NULL));
  g_assert_null (_uc_file_digest_copy (from, "/nowhere/at/all", &size_bytes, NULL, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_STORAGE);
}

/* A disk that takes no more: the copy is refused, and nothing of it is left. */
static void
test_full (void)
{
  g_autofree char *dir = uc_test_dup_temp_dir ();
  g_autofree char *from = g_build_filename (dir, "from", NULL);
  g_autofree char *to = g_build_filename (dir, "to", NULL);
  g_autofree char *content = g_strnfill (300000, 'x');
  g_autoptr (GError) error = NULL;
  struct rlimit before;
  struct rlimit less;
  gint64        size_bytes;
  char         *digest;

  g_assert_true (g_file_set_contents (from, content, -1, NULL));
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  less = before;
  less.rlim_cur = 100000;
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &less), ==, 0);
  digest = _uc_file_digest_copy (from, to, &size_bytes, NULL, &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_null (digest);
  g_assert_error (error, UC_ERROR, UC_ERROR_STORAGE);
  g_assert_false (g_file_test (to, G_FILE_TEST_EXISTS));
}

static void
test_names (void)
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "x", -1);
  g_autofree char *name = _uc_file_digest_dup_name (OP, 3, digest);
  g_autofree char *path = g_build_filename ("/a-b/files", name, NULL);
  g_autofree char *told = _uc_file_digest_dup_expected (path);

  g_assert_cmpstr (told, ==, digest);
  /* Copies from before there was one. */
  g_assert_null (_uc_file_digest_dup_expected ("/a/files/" OP "-0"));
  g_assert_null (_uc_file_digest_dup_expected ("/a/files/none"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/sync/file-digest/copy", test_copy);
  g_test_add_func ("/sync/file-digest/cancelled", test_cancelled);
  g_test_add_func ("/sync/file-digest/no-folder", test_no_folder);
  g_test_add_func ("/sync/file-digest/full", test_full);
  g_test_add_func ("/sync/file-digest/names", test_names);
  return g_test_run ();
}
