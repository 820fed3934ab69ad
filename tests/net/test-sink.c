/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-error.h"
#include "uc-sink-private.h"
#include "uc-test.h"

#include <glib/gstdio.h>

#include <signal.h>
#include <string.h>
#include <sys/resource.h>

typedef struct {
  gint64 n_bytes;
} Progress;

static void
progress_cb (gint64 n_bytes, gpointer user_data)
{
  Progress *progress = user_data;

  g_assert_cmpint (n_bytes, >, progress->n_bytes);
  progress->n_bytes = n_bytes;
}

static GBytes *
read_all (UcSink *sink, gsize n_bytes, Progress *progress, GError **error)
{
  g_autofree char *data = g_strnfill (n_bytes, 'x');
  g_autoptr (GInputStream) stream =
      g_memory_input_stream_new_from_data (data, (gssize) n_bytes, NULL);
  g_autoptr (GAsyncResult) result = NULL;

  _uc_sink_read_async (sink, stream, progress != NULL ? progress_cb : NULL, progress, NULL,
                       uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  return _uc_sink_read_finish (sink, result, error);
}

static void
check_memory (gsize n_bytes, gint64 limit_bytes, gboolean may_cut, gssize expected)
{
  g_autoptr (UcSink) sink = _uc_sink_new (limit_bytes, may_cut, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = read_all (sink, n_bytes, NULL, &error);

  if (expected < 0) {
    g_assert_error (error, UC_ERROR, UC_ERROR_PROTOCOL);
    g_assert_null (body);
  } else {
    g_assert_no_error (error);
    g_assert_cmpuint (g_bytes_get_size (body), ==, (gsize) expected);
  }
}

static void
test_memory (void)
{
  check_memory (0, 100, FALSE, 0);
  check_memory (100, 100, FALSE, 100);
  check_memory (101, 100, FALSE, -1);
  check_memory (10000000, 100, FALSE, -1);
  check_memory (300000, 300000, FALSE, 300000);
  check_memory (300001, 300000, FALSE, -1);
  check_memory (100, 100, TRUE, 100);
  check_memory (101, 100, TRUE, 100);
  check_memory (10000000, 100000, TRUE, 100000);
}

static guint
count_files (const char *dir)
{
  g_autoptr (GDir) listing = g_dir_open (dir, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (listing) != NULL)
    n++;
  return n;
}

static void
test_file (void)
{
  g_autofree char *dir = uc_test_dup_temp_dir ();
  g_autofree char *path = g_build_filename (dir, "file", NULL);
  g_autoptr (UcSink) sink = _uc_sink_new (1000000, FALSE, path);
  g_autoptr (GError) error = NULL;
  Progress progress = { 0 };
  g_autoptr (GBytes) body = NULL;
  GStatBuf info;

  g_assert_true (g_file_set_contents (path, "before", -1, NULL));
  body = read_all (sink, 500000, &progress, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (body), ==, 0);
  g_assert_cmpint (progress.n_bytes, ==, 500000);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_size, ==, 500000);
  g_assert_cmpint (info.st_mode & 077, ==, 0);
  g_assert_cmpuint (count_files (dir), ==, 1);
}

/* What was there stays, and no half file is left behind. */
static void
test_file_too_large (void)
{
  g_autofree char *dir = uc_test_dup_temp_dir ();
  g_autofree char *path = g_build_filename (dir, "file", NULL);
  g_autoptr (UcSink) sink = _uc_sink_new (499999, FALSE, path);
  g_autoptr (GError) error = NULL;
  g_autofree char *content = NULL;

  g_assert_true (g_file_set_contents (path, "before", -1, NULL));
  g_assert_null (read_all (sink, 500000, NULL, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_PROTOCOL);
  g_clear_pointer (&sink, _uc_sink_free);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "before");
  g_assert_cmpuint (count_files (dir), ==, 1);
}

static void
test_file_no_folder (void)
{
  g_autofree char *dir = uc_test_dup_temp_dir ();
  g_autofree char *path = g_build_filename (dir, "absent", "file", NULL);
  g_autoptr (UcSink) sink = _uc_sink_new (1000, FALSE, path);
  g_autoptr (GError) error = NULL;

  g_assert_null (read_all (sink, 10, NULL, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_STORAGE);
}

static void
test_file_not_renamed (void)
{
  g_autoptr (UcSink) sink = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = uc_test_dup_temp_dir ();
  g_autofree char *path = g_build_filename (dir, "folder", NULL);

  /* The last step fails: a folder stands where the file should be put. */
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  sink = _uc_sink_new (1000, FALSE, path);
  g_assert_null (read_all (sink, 10, NULL, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_STORAGE);
  g_clear_pointer (&sink, _uc_sink_free);
  g_assert_cmpuint (count_files (dir), ==, 1);
}

/* What broke off is there for another time, and that goes behind it. */
static void
test_file_resumed (void)
{
  g_autofree char *dir = uc_test_dup_temp_dir ();
  g_autofree char *path = g_build_filename (dir, "file", NULL);
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  g_autofree char *content = NULL;
  g_autoptr (UcSink) broken = _uc_sink_new (1000, FALSE, path);
  g_autoptr (UcSink) rest = _uc_sink_new (1000, FALSE, path);
  g_autoptr (GInputStream) closed = g_memory_input_stream_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = NULL;

  g_assert_true (g_file_set_contents (part, "12345", 5, NULL));
  g_input_stream_close (closed, NULL, NULL);
  _uc_sink_set_resumed (broken, 5);
  _uc_sink_read_async (broken, closed, NULL, NULL, NULL, uc_test_result_cb, &result);
  g_assert_null (_uc_sink_read_finish (broken, uc_test_wait_result (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
  g_clear_error (&error);
  g_clear_pointer (&broken, _uc_sink_free);
  g_assert_true (g_file_test (part, G_FILE_TEST_EXISTS));

  _uc_sink_set_resumed (rest, 5);
  body = read_all (rest, 3, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "12345xxx");
  g_assert_cmpuint (count_files (dir), ==, 1);
}

/* What came before counts: a limit is one of the whole file, and what passes it is of no
 * use for another time. From the start, what is there does not stay. */
static void
test_file_resumed_too_large (void)
{
  g_autofree char *dir = uc_test_dup_temp_dir ();
  g_autofree char *path = g_build_filename (dir, "file", NULL);
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  g_autofree char *content = NULL;
  g_autoptr (UcSink) sink = _uc_sink_new (7, FALSE, path);
  g_autoptr (UcSink) anew = _uc_sink_new (7, FALSE, path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = NULL;

  g_assert_true (g_file_set_contents (part, "12345", 5, NULL));
  _uc_sink_set_resumed (sink, 5);
  g_assert_null (read_all (sink, 3, NULL, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_PROTOCOL);
  g_clear_pointer (&sink, _uc_sink_free);
  g_assert_cmpuint (count_files (dir), ==, 0);

  g_assert_true (g_file_set_contents (part, "12345", 5, NULL));
  _uc_sink_set_resumed (anew, 0);
  body = read_all (anew, 3, NULL, NULL);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "xxx");
}

/* A disk that takes no more: half of a file would only fill it further. */
static void
test_file_full (void)
{
  g_autofree char *dir = uc_test_dup_temp_dir ();
  g_autofree char *path = g_build_filename (dir, "file", NULL);
  g_autoptr (UcSink) sink = _uc_sink_new (1000000, FALSE, path);
  g_autoptr (GError) error = NULL;
  GBytes       *body;
  struct rlimit before;
  struct rlimit less;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  less = before;
  less.rlim_cur = 100000;
  signal (SIGXFSZ, SIG_IGN);
  _uc_sink_set_resumed (sink, 0);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &less), ==, 0);
  body = read_all (sink, 500000, NULL, &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_null (body);
  g_assert_error (error, UC_ERROR, UC_ERROR_STORAGE);
  g_clear_pointer (&sink, _uc_sink_free);
  g_assert_cmpuint (count_files (dir), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/net/sink/memory", test_memory);
  g_test_add_func ("/net/sink/file", test_file);
  g_test_add_func ("/net/sink/file-too-large", test_file_too_large);
  g_test_add_func ("/net/sink/file-no-folder", test_file_no_folder);
  g_test_add_func ("/net/sink/file-not-renamed", test_file_not_renamed);
  g_test_add_func ("/net/sink/file-full", test_file_full);
  g_test_add_func ("/net/sink/file-resumed", test_file_resumed);
  g_test_add_func ("/net/sink/file-resumed-too-large", test_file_resumed_too_large);
  return g_test_run ();
}
