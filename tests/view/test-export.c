/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-error.h"
#include "uc-export-test.h"
#include "uc-test.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

static void
assert_mode (const char *path, mode_t mode)
{
  GStatBuf info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, mode);
}

static guint
count (const char *text, const char *part)
{
  guint n = 0;

  for (const char *p = strstr (text, part); p != NULL; p = strstr (p + 1, part))
    n++;
  return n;
}

static void
test_jsonl (void)
{
  g_autoptr (UcExportTest) self = uc_export_test_new ();
  g_autofree char *content = NULL;
  g_autofree char *picture = NULL;
  g_autofree char *path = NULL;
  g_auto (GStrv) lines = NULL;
  guint n_lines;

  uc_export_test_run (self, "jsonl");
  g_assert_cmpint (self->result.n_channels, ==, 2);
  g_assert_cmpint (self->result.n_messages, ==, 11);
  g_assert_cmpint (self->result.n_files, ==, 1);
  g_assert_cmpint (self->result.n_missing_files, ==, 1);
  assert_mode (self->folder, 0700);
  path = g_build_filename (self->folder, "export.jsonl", NULL);
  assert_mode (path, 0600);

  content = uc_export_test_read (self, "export.jsonl");
  lines = g_strsplit (content, "\n", -1);
  n_lines = g_strv_length (lines);
  g_assert_true (g_str_has_prefix (lines[0], "{\"type\":\"export\",\"version\":1,"));
  g_assert_cmpstr (lines[n_lines - 1], ==, "");
  g_assert_cmpstr (lines[n_lines - 2], ==,
                   "{\"type\":\"end\",\"channels\":2,\"messages\":11,\"files\":1,"
                   "\"missing_files\":1}");
  for (guint i = 0; i + 1 < n_lines; i++)
    g_assert_true (g_str_has_prefix (lines[i], "{\"type\":\""));
  g_assert_cmpuint (count (content, "{\"type\":\"user\""), ==, 3);
  g_assert_cmpuint (count (content, "{\"type\":\"channel\""), ==, 2);
  g_assert_cmpuint (count (content, "{\"type\":\"message\""), ==, 11);
  g_assert_cmpuint (count (content, "{\"type\":\"draft\""), ==, 1);
  g_assert_cmpuint (count (content, "{\"type\":\"outbox\""), ==, 1);

  /* Word for word. */
  g_assert_nonnull (strstr (content, "\"<script>alert(1)</script> & \\\"quoted\\\""));
  g_assert_nonnull (strstr (content, "\"\\\"}\\n{\\\"type\\\":\\\"end\\\"}\\u0001\\u007f "));
  g_assert_nonnull (strstr (content, "\"send_state\":\"queued\""));
  g_assert_nonnull (strstr (content, "\"message\":\"A <draft>\""));
  g_assert_nonnull (strstr (content, "\"name\":\"](x) lost.txt\",\"mime_type\":\"text/plain\","
                                     "\"size\":7,\"path\":null"));
  g_assert_null (strstr (content, "Deleted words"));
  picture = uc_export_test_find (self, "files/");
  g_assert_cmpstr (picture, ==, "picture");
}

static void
test_names (void)
{
  g_autoptr (UcExportTest) self = uc_export_test_new ();
  g_autoptr (GPtrArray) names = NULL;
  g_autofree char *index = NULL;

  uc_export_test_run (self, "markdown");
  names = uc_export_test_list (self);
  g_assert_cmpuint (names->len, ==, 5);
  for (guint i = 0; i < names->len; i++) {
    const char *name = g_ptr_array_index (names, i);

    g_test_message ("%s", name);
    g_assert_null (strstr (name, ".."));
    g_assert_null (strpbrk (name, "\"<>:|?*\\"));
    g_assert_cmpuint (strlen (name), <, 255);
  }
  /* Equal names are kept apart, and months. */
  g_assert_nonnull (strstr (g_ptr_array_index (names, 2), "-2026-11.md"));
  g_assert_nonnull (strstr (g_ptr_array_index (names, 0), "-2-2026-10.md"));
  g_assert_nonnull (strstr (g_ptr_array_index (names, 1), "-2-2026-11.md"));
  g_assert_cmpstr (g_ptr_array_index (names, 4), ==, "index.md");
}

static void
test_one_channel (void)
{
  g_autoptr (UcExportTest) self = uc_export_test_new ();
  g_autoptr (GError) error = uc_export_test_try (self, "jsonl", TEST_OTHER, FALSE);
  g_autofree char *content = NULL;

  g_assert_no_error (error);
  content = uc_export_test_read (self, "export.jsonl");
  g_assert_cmpint (self->result.n_messages, ==, 3);
  g_assert_cmpuint (count (content, "{\"type\":\"channel\""), ==, 1);
  g_assert_cmpuint (count (content, "{\"type\":\"draft\""), ==, 1);
  g_assert_null (strstr (content, "script"));
}

/* Page after page, each message once. */
static void
test_many (void)
{
  g_autoptr (UcExportTest) self = uc_export_test_new ();
  g_autoptr (GPtrArray) posts = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_post_unref);
  g_autofree char *content = NULL;
  UcBatch         *batch = uc_batch_new ();

  for (int i = 0; i < 950; i++) {
    g_autofree char *name = g_strdup_printf ("many%03d", i);
    g_autofree char *text = g_strdup_printf ("number %03d.", i);

    g_ptr_array_add (posts, uc_test_post (name, TEST_ANNA, 20000 + i, text));
  }
  uc_batch_put_page (batch, TEST_CHANNEL, posts, UC_PAGE_LATEST, NULL, FALSE, TRUE);
  uc_test_store_apply (self->store, batch);
  uc_export_test_run (self, "jsonl");
  g_assert_cmpint (self->result.n_messages, ==, 961);
  content = uc_export_test_read (self, "export.jsonl");
  for (int i = 0; i < 950; i++) {
    g_autofree char *text = g_strdup_printf ("number %03d.", i);

    g_assert_cmpuint (count (content, text), ==, 1);
  }
}

static void
test_never_overwrites (void)
{
  g_autoptr (UcExportTest) self = uc_export_test_new ();
  g_autofree char *path = g_build_filename (self->folder, "mine.txt", NULL);
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;

  /* An empty folder is taken, and closed to others. */
  g_assert_cmpint (g_mkdir (self->folder, 0755), ==, 0);
  uc_export_test_run (self, "jsonl");
  assert_mode (self->folder, 0700);
  error = uc_export_test_try (self, "html", NULL, FALSE);
  g_assert_error (error, UC_ERROR, UC_ERROR_CONFLICT);
  g_clear_error (&error);

  g_set_str (&self->folder, path);
  g_assert_true (g_file_set_contents (path, "mine", 4, NULL));
  error = uc_export_test_try (self, "html", NULL, FALSE);
  g_assert_error (error, UC_ERROR, UC_ERROR_CONFLICT);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "mine");
}

typedef struct {
  GAsyncResult *result; /* (owned) (nullable) */
  gint64        n_done;
  gint64        n_total;
} Waiting;

static void
progress_cb (gint64 n_done, gint64 n_total, gpointer user_data)
{
  Waiting *waiting = user_data;

  g_assert_null (waiting->result);
  g_assert_cmpint (n_done, >, waiting->n_done);
  waiting->n_done = n_done;
  waiting->n_total = n_total;
}

static void
test_on_a_thread (void)
{
  g_autoptr (UcExportTest) self = uc_export_test_new ();
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  UcExportOptions options = { self->store->path, self->folder, "jsonl", NULL, NULL, FALSE };
  Waiting         waiting = { NULL, 0, 0 };

  uc_export_run_async (&options, progress_cb, &waiting, NULL, uc_test_result_cb, &waiting.result);
  uc_test_wait_result (&waiting.result);
  g_assert_true (uc_export_run_finish (waiting.result, &self->result, &error));
  g_assert_no_error (error);
  g_assert_cmpint (self->result.n_messages, ==, 11);
  g_assert_cmpint (waiting.n_total, ==, 11);
  g_clear_object (&waiting.result);

  g_cancellable_cancel (cancelled);
  uc_export_run_async (&options, NULL, NULL, cancelled, uc_test_result_cb, &waiting.result);
  uc_test_wait_result (&waiting.result);
  g_assert_false (uc_export_run_finish (waiting.result, &self->result, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_CONFLICT);
  g_clear_object (&waiting.result);
}

static void
test_refusals (void)
{
  g_autoptr (UcExportTest) self = uc_export_test_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  UcExportOptions options = { self->store->path, self->folder, "jsonl", NULL, NULL, FALSE };
  g_autoptr (GError) error = uc_export_test_try (self, "pdf", NULL, FALSE);

  g_assert_error (error, UC_ERROR, UC_ERROR_INVALID);
  g_clear_error (&error);
  error = uc_export_test_try (self, "html", TEST_ANNA, FALSE);
  g_assert_error (error, UC_ERROR, UC_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (g_file_test (self->folder, G_FILE_TEST_EXISTS));

  g_cancellable_cancel (cancellable);
  g_assert_false (uc_export_run (&options, NULL, NULL, &self->result, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/view/export/jsonl", test_jsonl);
  g_test_add_func ("/view/export/names", test_names);
  g_test_add_func ("/view/export/one-channel", test_one_channel);
  g_test_add_func ("/view/export/many", test_many);
  g_test_add_func ("/view/export/never-overwrites", test_never_overwrites);
  g_test_add_func ("/view/export/on-a-thread", test_on_a_thread);
  g_test_add_func ("/view/export/refusals", test_refusals);
  return g_test_run ();
}
