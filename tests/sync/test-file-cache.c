/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was fetched once is there, what is too much goes, the oldest first. */

#include "config.h"

#include "uc-file-cache-private.h"

#include "uc-error.h"
#include "uc-sync-fixture.h"
#include "uc-test.h"

#include <glib/gstdio.h>
#include <utime.h>

#define FILE_ID "46redrm3q3gnxfee5iqyoo4ayy"

static char *
fetch (UcFileCache *cache, const char *file_id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  _uc_file_cache_fetch_async (cache, file_id, "", UC_LANE_COMMAND, NULL, uc_test_result_cb,
                              &result);
  return _uc_file_cache_fetch_finish (cache, uc_test_wait_result (&result), error);
}

static void
test_adopted (UcSyncFixture *fixture, gconstpointer data)
{
  g_autoptr (UcFileCache) cache = _uc_file_cache_new (fixture->context);
  g_autofree char *path = g_build_filename (fixture->dir, "sent", NULL);
  g_autofree char *cached = NULL;
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "bytes", -1, NULL));
  _uc_file_cache_adopt (fixture->context, FILE_ID, path);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  /* No server is needed any more. */
  cached = fetch (cache, FILE_ID, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (cached, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "bytes");
}

static void
test_not_there (UcSyncFixture *fixture, gconstpointer data)
{
  g_autoptr (UcFileCache) cache = _uc_file_cache_new (fixture->context);
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) same = NULL;
  g_autoptr (GError) unsent = NULL;

  /* Two who want the same wait for one answer. */
  _uc_file_cache_fetch_async (cache, FILE_ID, "", UC_LANE_COMMAND, NULL, uc_test_result_cb, &first);
  _uc_file_cache_fetch_async (cache, FILE_ID, "", UC_LANE_COMMAND, NULL, uc_test_result_cb,
                              &second);
  g_assert_null (_uc_file_cache_fetch_finish (cache, uc_test_wait_result (&first), &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_OFFLINE);
  g_assert_null (_uc_file_cache_fetch_finish (cache, uc_test_wait_result (&second), &same));
  g_assert_error (same, UC_ERROR, UC_ERROR_OFFLINE);

  g_assert_null (fetch (cache, "../../etc/passwd", &unsent));
  g_assert_error (unsent, UC_ERROR, UC_ERROR_NOT_FOUND);
}

static void
test_trim (void)
{
  g_autofree char *folder = uc_test_dup_temp_dir ();

  for (int i = 0; i < 4; i++) {
    g_autofree char *name = g_strdup_printf ("%d", i);
    g_autofree char *path = g_build_filename (folder, name, NULL);
    struct utimbuf   used = { 1000000 + i, 1000000 + i };

    g_assert_true (g_file_set_contents (path, "0123456789", -1, NULL));
    g_utime (path, &used);
  }
  _uc_file_cache_trim (folder, 25);
  for (int i = 0; i < 4; i++) {
    g_autofree char *name = g_strdup_printf ("%d", i);
    g_autofree char *path = g_build_filename (folder, name, NULL);

    g_assert_cmpint (g_file_test (path, G_FILE_TEST_EXISTS), ==, i >= 2);
  }
  _uc_file_cache_trim ("/nowhere/at/all", 0);
}

static char *
write_aged (const char *folder, const char *name, gint64 age_s)
{
  char          *path = g_build_filename (folder, name, NULL);
  gint64         at_s = g_get_real_time () / G_USEC_PER_SEC - age_s;
  struct utimbuf used = { at_s, at_s };

  g_assert_true (g_file_set_contents (path, "0123456789", -1, NULL));
  g_utime (path, &used);
  return path;
}

/* What comes at this moment stays, however full it is; half a file that nobody went on
 * with goes, however empty. */
static void
test_trim_parts (void)
{
  g_autofree char *folder = uc_test_dup_temp_dir ();
  g_autofree char *fresh = write_aged (folder, "fresh.part", 5);
  g_autofree char *broken = write_aged (folder, "broken.part", 3600);
  g_autofree char *forgotten = write_aged (folder, "forgotten.part", 8 * 24 * 3600);

  _uc_file_cache_trim (folder, 1000);
  g_assert_true (g_file_test (broken, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (forgotten, G_FILE_TEST_EXISTS));
  _uc_file_cache_trim (folder, 0);
  g_assert_false (g_file_test (broken, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (fresh, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (_uc_file_cache_measure (folder), ==, 10);
}

static void
test_opened (void)
{
  g_autofree char *opened = _uc_file_cache_dup_opened_folder ();
  g_autofree char *old_folder = g_build_filename (opened, "old", NULL);
  g_autofree char *new_folder = g_build_filename (opened, "new", NULL);
  g_autofree char *fresh = NULL;
  g_autofree char *old = NULL;

  g_assert_cmpint (g_mkdir_with_parents (old_folder, 0700), ==, 0);
  g_assert_cmpint (g_mkdir_with_parents (new_folder, 0700), ==, 0);
  old = write_aged (old_folder, "Befund.pdf", 25 * 3600);
  fresh = write_aged (new_folder, "Befund.pdf", 23 * 3600);
  _uc_file_cache_clean_opened ();
  g_assert_false (g_file_test (old_folder, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (fresh, G_FILE_TEST_EXISTS));
}

/* Looking at a file keeps it; what lies there whole stands for its smaller pictures. */
static void
test_used_last (UcSyncFixture *fixture, gconstpointer data)
{
  g_autoptr (UcFileCache) cache = _uc_file_cache_new (fixture->context);
  g_autofree char *path = g_build_filename (fixture->dir, "sent", NULL);
  g_autofree char *whole = NULL;
  g_autofree char *small = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *other = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) cleared = NULL;

  g_assert_true (g_file_set_contents (path, "0123456789", -1, NULL));
  _uc_file_cache_adopt (fixture->context, FILE_ID, path);
  whole = fetch (cache, FILE_ID, NULL);
  folder = g_path_get_dirname (whole);
  other = write_aged (folder, "other", 60);
  g_free (write_aged (folder, FILE_ID, 3600));
  _uc_file_cache_fetch_async (cache, FILE_ID, "preview", UC_LANE_VISIBLE, NULL, uc_test_result_cb,
                              &result);
  small = _uc_file_cache_fetch_finish (cache, uc_test_wait_result (&result), NULL);
  g_assert_cmpstr (small, ==, whole);
  _uc_file_cache_trim (folder, 10);
  g_assert_true (g_file_test (whole, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (other, G_FILE_TEST_EXISTS));

  _uc_file_cache_measure_async (cache, TRUE, NULL, uc_test_result_cb, &cleared);
  g_assert_cmpuint (_uc_file_cache_measure_finish (cache, uc_test_wait_result (&cleared)), ==, 0);
  g_assert_false (g_file_test (whole, G_FILE_TEST_EXISTS));
}

/* Who loses interest hears of it at once; the other one waits on. */
static void
test_cancelled (UcSyncFixture *fixture, gconstpointer data)
{
  g_autoptr (UcFileCache) cache = _uc_file_cache_new (fixture->context);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GCancellable) too_early = g_cancellable_new ();
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GAsyncResult) third = NULL;
  g_autoptr (GError) error = NULL;

  _uc_request_queue_set_waiting (fixture->context->requests, TRUE);
  _uc_file_cache_fetch_async (cache, FILE_ID, "", UC_LANE_COMMAND, cancellable, uc_test_result_cb,
                              &first);
  _uc_file_cache_fetch_async (cache, FILE_ID, "", UC_LANE_COMMAND, NULL, uc_test_result_cb,
                              &second);
  g_cancellable_cancel (cancellable);
  g_assert_null (_uc_file_cache_fetch_finish (cache, uc_test_wait_result (&first), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (second);

  g_cancellable_cancel (too_early);
  _uc_file_cache_fetch_async (cache, "x4k4sszftirbuqaozqoximb4oh", "", UC_LANE_COMMAND, too_early,
                              uc_test_result_cb, &third);
  g_assert_null (_uc_file_cache_fetch_finish (cache, uc_test_wait_result (&third), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  uc_api_set_token (fixture->api, NULL);
  _uc_request_queue_set_waiting (fixture->context->requests, FALSE);
  g_assert_null (_uc_file_cache_fetch_finish (cache, uc_test_wait_result (&second), &error));
  g_assert_nonnull (error);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/sync/file-cache/" name, UcSyncFixture, NULL, uc_sync_fixture_set_up, func,         \
              uc_sync_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("adopted", test_adopted);
  ADD ("not-there", test_not_there);
  ADD ("used-last", test_used_last);
  ADD ("cancelled", test_cancelled);
  g_test_add_func ("/sync/file-cache/trim", test_trim);
  g_test_add_func ("/sync/file-cache/trim-parts", test_trim_parts);
  g_test_add_func ("/sync/file-cache/opened", test_opened);
  return g_test_run ();
}
