/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-db.h"
#include "uc-error.h"
#include "uc-store-test.h"
#include "uc-test.h"

static void
test_open_and_read (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcPost) first = uc_test_post ("first", TEST_ANNA, 10, "Hello");
  g_autoptr (UcPost) second = uc_test_post ("second", TEST_BEN, 20, "World");
  g_autoptr (GPtrArray) posts = g_ptr_array_new ();
  g_autoptr (UcWindow) window = NULL;
  g_autoptr (UcMessage) message = NULL;
  g_autofree char *text = NULL;
  UcBatch         *batch = uc_batch_new ();

  g_ptr_array_add (posts, first);
  g_ptr_array_add (posts, second);
  uc_batch_put_page (batch, TEST_CHANNEL, posts, UC_PAGE_LATEST, NULL, TRUE, TRUE);
  uc_test_store_apply (self, batch);
  g_assert_cmpuint (self->last->messages->len, ==, 2);

  window = uc_test_store_window (self, TEST_CHANNEL, "");
  text = uc_test_window_text (window);
  g_assert_cmpstr (text, ==, "Hello|World");
  g_assert_cmpuint (window->spans->len, ==, 1);
  g_assert_false (window->has_older);

  uc_test_store_reopen (self);
  message = uc_test_store_message (self, first->id);
  g_assert_cmpstr (message->post->message, ==, "Hello");
  g_assert_cmpstr (message->post->user_id, ==, TEST_ANNA);
  g_assert_cmpstr (message->key, ==, first->id);
}

/* Beside the one that writes; what that commits is seen. */
static void
test_reading (void)
{
  g_autoptr (UcTestStore) writer = uc_test_store_new ();
  g_autoptr (UcTestStore) reader = uc_test_store_new_bare (writer->path);
  g_autoptr (GError) error = NULL;
  g_autoptr (UcPost) post = uc_test_post ("post", TEST_ANNA, 10, "seen");
  g_autoptr (UcMessage) message = NULL;
  UcBatch *batch = uc_batch_new ();

  g_clear_object (&reader->store);
  reader->store = uc_store_new_reading (writer->path, reader->clock);
  error = uc_test_store_try_open (reader);
  g_assert_no_error (error);
  g_assert_true (uc_store_is_read_only (reader->store));

  uc_batch_put_post (batch, post);
  uc_test_store_apply (writer, batch);
  message = uc_test_store_message (reader, post->id);
  g_assert_cmpstr (message->post->message, ==, "seen");

  batch = uc_batch_new ();
  uc_batch_put_post (batch, post);
  error = uc_test_store_apply_failing (reader, batch);
  g_assert_error (error, UC_ERROR, UC_ERROR_STORAGE);
}

/* It changes nothing, so it cannot bring one up to date either. */
static void
test_reading_older (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (UcDb) db = NULL;
  int version = 0;

  uc_test_store_close (self);
  g_clear_object (&self->store);
  db = uc_db_open (self->path, UC_DB_READ_WRITE, &error);
  g_assert_no_error (error);
  g_assert_true (uc_db_set_user_version (db, 1, &error));
  self->store = uc_store_new_reading (self->path, self->clock);
  error = uc_test_store_try_open (self);
  g_assert_error (error, UC_ERROR, UC_ERROR_STORAGE);
  g_assert_true (uc_db_get_user_version (db, &version, NULL));
  g_assert_cmpint (version, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/store/store/open-and-read", test_open_and_read);
  g_test_add_func ("/store/store/reading", test_reading);
  g_test_add_func ("/store/store/reading-older", test_reading_older);
  return g_test_run ();
}
