/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that are to be sent are copied, checked, and cleaned up after. */

#include "config.h"

#include "uc-file-intake-private.h"

#include "uc-error.h"
#include "uc-file-digest-private.h"
#include "uc-sync-fixture.h"
#include "uc-test.h"

#include <glib/gstdio.h>
#include <utime.h>

#define OP "aaaaaaaaaaaaaaaaaaaaaaaaay"

static GPtrArray *
take_in_limited (UcSyncFixture *fixture, const char *const *paths, gint64 max_bytes, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  _uc_file_intake_async (fixture->context, OP, paths, max_bytes, NULL, uc_test_result_cb, &result);
  return _uc_file_intake_finish (uc_test_wait_result (&result), error);
}

static GPtrArray *
take_in (UcSyncFixture *fixture, const char *const *paths, GError **error)
{
  return take_in_limited (fixture, paths, 0, error);
}

static char *
write_file (UcSyncFixture *fixture, const char *name, const char *content)
{
  char *path = g_build_filename (fixture->dir, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, content, -1, &error);
  g_assert_no_error (error);
  return path;
}

static void
test_copied (UcSyncFixture *fixture, gconstpointer data)
{
  g_autofree char *one = write_file (fixture, "one.txt", "one");
  g_autofree char *two = write_file (fixture, "two.png", "two!");
  const char      *paths[] = { one, two, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = take_in (fixture, paths, &error);
  g_autofree char *content = NULL;
  GStatBuf         info;
  UcFile          *file;

  g_assert_no_error (error);
  g_assert_cmpuint (files->len, ==, 2);
  file = g_ptr_array_index (files, 0);
  g_assert_cmpstr (file->name, ==, "one.txt");
  g_assert_cmpstr (file->extension, ==, "txt");
  /* Which one it is depends on the machine's database. */
  g_assert_nonnull (strchr (file->mime_type, '/'));
  g_assert_cmpstr (file->id, ==, "");
  g_assert_cmpint (file->size_bytes, ==, 3);
  g_assert_cmpstr (((UcFile *) g_ptr_array_index (files, 1))->name, ==, "two.png");

  g_assert_cmpint (g_unlink (one), ==, 0);
  g_assert_true (g_file_get_contents (file->local_path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "one");
  g_assert_cmpint (g_stat (file->local_path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
}

static void
test_not_taken (UcSyncFixture *fixture, gconstpointer data)
{
  g_autofree char *empty = write_file (fixture, "empty", "");
  g_autofree char *good = write_file (fixture, "good", "good");
  g_autofree char *folder = g_build_filename (fixture->dir, "files", NULL);
  const char      *cases[][3] = {
         { "/nowhere/at/all", NULL },
         { empty, NULL },
         { fixture->dir, NULL },
         { good, "/nowhere/at/all", NULL },
  };
  g_autoptr (GDir) dir = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (take_in (fixture, cases[i], &error));
    g_assert_error (error, UC_ERROR, UC_ERROR_INVALID);
  }
  /* What was copied before one of them failed is gone again. */
  dir = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (dir);
  g_assert_null (g_dir_read_name (dir));
}

static void
test_too_many (UcSyncFixture *fixture, gconstpointer data)
{
  g_autofree char *good = write_file (fixture, "good", "good");
  const char      *paths[12] = { good, good, good, good, good, good, good, good, good, good, good };
  g_autoptr (GError) error = NULL;

  g_assert_null (take_in (fixture, paths, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_INVALID);
}

/* Exactly what the server takes goes; a byte more does not, and is told before anything is
 * copied. */
static void
test_too_large (UcSyncFixture *fixture, gconstpointer data)
{
  g_autofree char *four = write_file (fixture, "four", "1234");
  const char      *paths[] = { four, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = take_in_limited (fixture, paths, 4, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (files->len, ==, 1);
  g_assert_null (take_in_limited (fixture, paths, 3, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_INVALID);
}

/* The copy's name tells its digest, and a picture's size is known before the server has
 * seen it. */
static void
test_described (UcSyncFixture *fixture, gconstpointer data)
{
  static const char gif[] = "GIF89a\x40\x01\xc8\x01\x80\x01\x01";
  g_autofree char  *picture = write_file (fixture, "picture.dat", gif);
  const char       *paths[] = { picture, NULL };
  g_autoptr (GPtrArray) files = take_in (fixture, paths, NULL);
  UcFile          *file = g_ptr_array_index (files, 0);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, gif, -1);
  g_autofree char *told = _uc_file_digest_dup_expected (file->local_path);

  g_assert_cmpint (file->width, ==, 320);
  g_assert_cmpint (file->height, ==, 456);
  g_assert_cmpstr (file->mime_type, ==, "image/gif");
  g_assert_cmpstr (told, ==, digest);
}

static gboolean
is_gone (gpointer user_data)
{
  return !g_file_test (user_data, G_FILE_TEST_EXISTS);
}

/* Only what nobody waits with any more, and not what was copied a moment ago. */
static void
test_clean (UcSyncFixture *fixture, gconstpointer data)
{
  g_autofree char *source = write_file (fixture, "source", "content");
  const char      *paths[] = { source, NULL };
  g_autoptr (GPtrArray) files = take_in (fixture, paths, NULL);
  g_autofree char *orphan = write_file (fixture, "files/orphan", "left behind");
  g_autofree char *fresh = write_file (fixture, "files/fresh", "of this moment");
  g_autoptr (UcPost) post = uc_sync_fixture_new_post ("local:" OP, "x4k4sszftirbuqaozqoximb4oh",
                                                      UC_TEST_ME, 1000, "with a file");
  UcBatch       *batch = uc_batch_new ();
  struct utimbuf long_ago = { 1000000, 1000000 };
  UcFile        *kept = g_ptr_array_index (files, 0);

  g_set_str (&post->op_id, OP);
  g_ptr_array_add (post->files, uc_file_ref (kept));
  uc_batch_queue_post (batch, post);
  uc_sync_fixture_apply (fixture, batch);
  g_utime (kept->local_path, &long_ago);
  g_utime (orphan, &long_ago);

  _uc_file_intake_clean (fixture->context);
  uc_test_wait_until (is_gone, orphan, 20000);
  g_assert_true (g_file_test (fresh, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (kept->local_path, G_FILE_TEST_EXISTS));
}

#define ADD(name, func)                                                                            \
  g_test_add ("/sync/file-intake/" name, UcSyncFixture, NULL, uc_sync_fixture_set_up, func,        \
              uc_sync_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("copied", test_copied);
  ADD ("not-taken", test_not_taken);
  ADD ("too-many", test_too_many);
  ADD ("too-large", test_too_large);
  ADD ("described", test_described);
  ADD ("clean", test_clean);
  return g_test_run ();
}
