/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/store/store/open-and-read", test_open_and_read);
  return g_test_run ();
}
