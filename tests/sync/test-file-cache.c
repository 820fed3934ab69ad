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

  _uc_file_cache_fetch_async (cache, file_id, "", NULL, uc_test_result_cb, &result);
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
  _uc_file_cache_fetch_async (cache, FILE_ID, "", NULL, uc_test_result_cb, &first);
  _uc_file_cache_fetch_async (cache, FILE_ID, "", NULL, uc_test_result_cb, &second);
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

#define ADD(name, func)                                                                            \
  g_test_add ("/sync/file-cache/" name, UcSyncFixture, NULL, uc_sync_fixture_set_up, func,         \
              uc_sync_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("adopted", test_adopted);
  ADD ("not-there", test_not_there);
  g_test_add_func ("/sync/file-cache/trim", test_trim);
  return g_test_run ();
}
