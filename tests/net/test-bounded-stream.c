/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-bounded-stream-private.h"
#include "uc-test.h"

#include <string.h>

static GIOStream *
dup_base (gsize n_bytes)
{
  char *data = g_strnfill (n_bytes, 'b');
  g_autoptr (GInputStream) input =
      g_memory_input_stream_new_from_data (data, (gssize) n_bytes, g_free);
  g_autoptr (GOutputStream) output = g_memory_output_stream_new_resizable ();

  return g_simple_io_stream_new (input, output);
}

static gssize
read_some (UcBoundedStream *stream, char *buffer, gsize count, GError **error)
{
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (stream));

  return g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (input), buffer, count,
                                                   NULL, error);
}

static void
test_pushed_back (void)
{
  g_autoptr (GIOStream) base = dup_base (4);
  g_autoptr (GBytes) early = g_bytes_new_static ("12345", 5);
  g_autoptr (UcBoundedStream) stream = _uc_bounded_stream_new (base, early, 100);
  g_autoptr (GError) error = NULL;
  char buffer[16] = { 0 };

  g_assert_cmpint (read_some (stream, buffer, 3, &error), ==, 3);
  g_assert_cmpstr (buffer, ==, "123");
  g_assert_cmpint (read_some (stream, buffer, 16, &error), ==, 2);
  g_assert_cmpmem (buffer, 2, "45", 2);
  g_assert_cmpint (read_some (stream, buffer, 16, &error), ==, 4);
  g_assert_cmpmem (buffer, 4, "bbbb", 4);
  g_assert_cmpint (read_some (stream, buffer, 16, &error), ==, 0);
  g_assert_no_error (error);
}

static void
test_limit (void)
{
  g_autoptr (GIOStream) base = dup_base (1000);
  g_autoptr (UcBoundedStream) stream = _uc_bounded_stream_new (base, NULL, 100);
  g_autoptr (GError) error = NULL;
  char buffer[100];

  g_assert_cmpint (read_some (stream, buffer, 100, &error), ==, 100);
  _uc_bounded_stream_reset (stream);
  g_assert_cmpint (read_some (stream, buffer, 100, &error), ==, 100);
  g_assert_no_error (error);
  g_assert_false (_uc_bounded_stream_is_exceeded (stream));
  g_assert_cmpint (read_some (stream, buffer, 1, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE);
  g_assert_true (_uc_bounded_stream_is_exceeded (stream));
}

static gboolean
fired_cb (GObject *stream, gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static gboolean
is_set (gpointer user_data)
{
  return *(gboolean *) user_data;
}

/* A peer that never stops lets the loop turn, and is read on afterwards. */
static void
test_pause (void)
{
  g_autoptr (GIOStream) base = dup_base (1024 * 1024);
  g_autoptr (UcBoundedStream) stream = _uc_bounded_stream_new (base, NULL, 2 * 1024 * 1024);
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (stream));
  g_autoptr (GSource) source = NULL;
  g_autofree char *buffer = g_malloc (64 * 1024);
  gsize            n_before_pause = 0;
  gsize            n_total = 0;
  gboolean         is_ready = FALSE;

  while (n_total < 1024 * 1024) {
    g_autoptr (GError) error = NULL;
    gssize n = read_some (stream, buffer, 64 * 1024, &error);

    if (n > 0) {
      n_total += (gsize) n;
      continue;
    }
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
    if (n_before_pause == 0)
      n_before_pause = n_total;
    is_ready = FALSE;
    source = g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (input), NULL);
    g_source_set_callback (source, G_SOURCE_FUNC (fired_cb), &is_ready, NULL);
    g_source_attach (source, NULL);
    uc_test_wait_until (is_set, &is_ready, 5000);
    g_clear_pointer (&source, g_source_unref);
  }
  g_assert_cmpuint (n_before_pause, >, 0);
  g_assert_cmpuint (n_before_pause, <, 512 * 1024);
}

static void
test_write_and_close (void)
{
  g_autoptr (GIOStream) base = dup_base (10);
  g_autoptr (UcBoundedStream) stream = _uc_bounded_stream_new (base, NULL, 100);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (stream)),
                                            "out", 3, NULL, NULL, NULL));
  g_assert_cmpuint (g_memory_output_stream_get_data_size (
                        G_MEMORY_OUTPUT_STREAM (g_io_stream_get_output_stream (base))),
                    ==, 3);
  g_io_stream_close_async (G_IO_STREAM (stream), G_PRIORITY_DEFAULT, NULL, uc_test_result_cb,
                           &result);
  uc_test_wait_result (&result);
  g_assert_true (g_io_stream_close_finish (G_IO_STREAM (stream), result, &error));
  g_assert_no_error (error);
  g_assert_true (g_io_stream_is_closed (base));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/net/bounded-stream/pushed-back", test_pushed_back);
  g_test_add_func ("/net/bounded-stream/limit", test_limit);
  g_test_add_func ("/net/bounded-stream/pause", test_pause);
  g_test_add_func ("/net/bounded-stream/write-and-close", test_write_and_close);
  return g_test_run ();
}
