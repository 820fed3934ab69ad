/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows that change in place. */

#include "config.h"

#include "uc-timeline-test.h"

#include <string.h>

static void
test_edit_in_place (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = uc_view_test_id (498);
  g_autoptr (UcTimelineItem) item = uc_timeline_test_get_item (fixture, id);
  g_autoptr (UcTimelineItem) after = NULL;
  g_autoptr (UcPost) post = uc_test_post ("p498x", TEST_ANNA, 498 * TEST_MINUTE, "**better**");
  UcBatch *batch = uc_batch_new ();
  Watch    watch = { 0 };

  uc_timeline_test_watch (item, &watch);
  g_assert_cmpstr (((UcBlock *) uc_timeline_item_get_markdown (item)->blocks->pdata[0])->text, ==,
                   "p498");
  uc_test_model_count (fixture->watched);
  post->update_at_ms += 1000;
  post->edit_at_ms = post->update_at_ms;
  uc_batch_put_post (batch, post);
  uc_test_store_apply (fixture->account->store, batch);
  uc_view_test_settle (fixture->account);

  g_assert_cmpuint (uc_test_model_count (fixture->watched), ==, 0);
  g_assert_cmpuint (watch.n_changed, ==, 1);
  after = uc_timeline_test_get_item (fixture, id);
  g_assert_true (after == item);
  g_assert_cmpstr (((UcBlock *) uc_timeline_item_get_markdown (item)->blocks->pdata[0])->text, ==,
                   "better");
  g_assert_cmpint (uc_timeline_item_get_message (item)->post->edit_at_ms, >, 0);
  uc_timeline_test_check (fixture);
}

static void
test_user_changes (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = uc_view_test_id (498);
  g_autoptr (UcTimelineItem) item = uc_timeline_test_get_item (fixture, id);
  g_autoptr (UcUser) anna = uc_test_user (TEST_ANNA, "anna.ek", "Anna", "Ekström");
  g_autoptr (UcUser) me = uc_test_user (TEST_ME, "me.myself", "Mina", "Meyer");
  UcBatch *batch = uc_batch_new ();
  Watch    watch = { 0 };

  g_assert_nonnull (uc_directory_get_user (fixture->account->directory, TEST_ME));
  uc_directory_get_user (fixture->account->directory, TEST_ANNA);
  uc_view_test_settle (fixture->account);
  uc_timeline_test_watch (item, &watch);
  anna->update_at_ms = 10;
  uc_batch_put_user (batch, anna);
  uc_test_store_apply (fixture->account->store, batch);
  uc_view_test_settle (fixture->account);
  g_assert_cmpuint (watch.n_changed, ==, 1);

  /* What mentions me is seen anew with my new key words. */
  g_assert_false (uc_timeline_item_get_markdown (item)->mentions_me);
  batch = uc_batch_new ();
  me->notify_props = g_strdup ("{\"mention_keys\":\"dienst,p498\",\"first_name\":\"true\"}");
  me->update_at_ms = 10;
  uc_batch_put_user (batch, me);
  uc_test_store_apply (fixture->account->store, batch);
  uc_view_test_settle (fixture->account);
  g_assert_true (uc_timeline_item_get_markdown (item)->mentions_me);
  g_assert_cmpuint (watch.n_changed, ==, 2);
}

static void
test_expand (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *id = uc_test_id ("long");
  g_autoptr (UcTimelineItem) item = NULL;
  Watch watch = { 0 };

  while (text->len < 20000)
    g_string_append (text, "word ");
  uc_view_test_push (fixture->account,
                     uc_test_post ("long", TEST_BEN, 500 * TEST_MINUTE, text->str));
  uc_view_test_settle (fixture->account);
  item = uc_timeline_test_get_item (fixture, id);
  uc_timeline_test_watch (item, &watch);
  g_assert_true (uc_timeline_item_get_markdown (item)->is_cut);
  uc_timeline_item_set_expanded (item, TRUE);
  uc_timeline_item_set_expanded (item, TRUE);
  g_assert_cmpuint (watch.n_changed, ==, 1);
  g_assert_false (uc_timeline_item_get_markdown (item)->is_cut);
}

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  TEST_ADD ("/view/timeline-item/edit-in-place", set_up, test_edit_in_place);
  TEST_ADD ("/view/timeline-item/user-changes", set_up, test_user_changes);
  TEST_ADD ("/view/timeline-item/expand", set_up, test_expand);
  return g_test_run ();
}
