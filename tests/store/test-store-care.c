/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-db.h"
#include "uc-error.h"
#include "uc-store-care.h"
#include "uc-store-test.h"
#include "uc-test.h"

#include <glib/gstdio.h>

static char *
make_store (const char *text)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcPost) post = uc_test_post ("post", TEST_ANNA, 10, text);
  UcBatch *batch = uc_batch_new ();

  uc_batch_put_post (batch, post);
  uc_test_store_apply (self, batch);
  return g_strdup (self->path);
}

static char *
make_backup (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UcDb) db = uc_db_open (path, UC_DB_READ_ONLY, &error);
  char *backup = g_strconcat (path, ".copy", NULL);

  g_assert_no_error (error);
  g_assert_true (uc_db_backup (db, backup, &error));
  return backup;
}

static void
assert_text (const char *path, const char *text)
{
  g_autoptr (UcTestStore) self = uc_test_store_new_bare (path);
  g_autoptr (GError) error = uc_test_store_try_open (self);
  g_autoptr (UcMessage) message = NULL;

  g_assert_no_error (error);
  message = uc_test_store_message (self, "post0000000000000000000000");
  g_assert_cmpstr (message->post->message, ==, text);
}

static void
test_restore (void)
{
  g_autofree char *path = make_store ("now");
  g_autofree char *other = make_store ("then");
  g_autofree char *backup = make_backup (other);
  g_autofree char *kept = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (uc_store_restore (path, backup, &kept, &error));
  g_assert_no_error (error);
  assert_text (path, "then");
  g_assert_nonnull (kept);
  assert_text (kept, "now");
}

static void
test_restore_nothing_there (void)
{
  g_autofree char *other = make_store ("then");
  g_autofree char *backup = make_backup (other);
  g_autofree char *dir = uc_test_dup_temp_dir ();
  g_autofree char *path = g_build_filename (dir, "store.db", NULL);
  g_autofree char *kept = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (uc_store_restore (path, backup, &kept, &error));
  g_assert_null (kept);
  assert_text (path, "then");
}

static void
test_restore_over_damage (void)
{
  g_autofree char *path = make_store ("now");
  g_autofree char *other = make_store ("then");
  g_autofree char *backup = make_backup (other);
  g_autofree char *kept = NULL;
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "damaged beyond reading", -1, NULL));
  g_assert_true (uc_store_restore (path, backup, &kept, &error));
  assert_text (path, "then");
  g_assert_true (g_file_get_contents (kept, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "damaged beyond reading");
}

static void
test_refusals (void)
{
  g_autoptr (UcTestStore) open = uc_test_store_new ();
  g_autofree char *path = make_store ("now");
  g_autofree char *backup = make_backup (path);
  g_autofree char *text = g_strconcat (path, ".txt", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (uc_store_restore (open->path, backup, NULL, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (text, "no store", -1, NULL));
  g_assert_false (uc_store_restore (path, text, NULL, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  {
    g_autoptr (UcDb) db = uc_db_open (backup, UC_DB_READ_WRITE, NULL);

    g_assert_true (uc_db_set_user_version (db, 99, NULL));
  }
  g_assert_false (uc_store_restore (path, backup, NULL, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_SCHEMA_TOO_NEW);
  assert_text (path, "now");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/store/store-care/restore", test_restore);
  g_test_add_func ("/store/store-care/restore-nothing-there", test_restore_nothing_there);
  g_test_add_func ("/store/store-care/restore-over-damage", test_restore_over_damage);
  g_test_add_func ("/store/store-care/refusals", test_refusals);
  return g_test_run ();
}
