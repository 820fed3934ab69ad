/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-store-test.h"
#include "uc-test.h"

static void
put (UcTestStore *self, const char *name, gint64 at_ms, const char *text)
{
  UcBatch *batch = uc_batch_new ();
  g_autoptr (UcPost) post = uc_test_post (name, TEST_ANNA, at_ms, text);

  uc_batch_put_post (batch, post);
  uc_test_store_apply (self, batch);
}

/* The snippets, joined by "|"; what is found stands between < and >. */
static void
assert_hits (UcTestStore *self, const char *query, const char *wanted)
{
  g_autofree char *one = uc_test_id ("one");
  g_autofree char *two = uc_test_id ("two");
  g_autofree char *three = uc_test_id ("three");
  g_autofree char *none = uc_test_id ("none");
  const char      *ids[] = { one, three, none, two, NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hits = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  uc_store_load_hits_async (self->store, query, ids, NULL, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  hits = uc_store_load_hits_finish (self->store, result, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < hits->len; i++) {
    UcSearchHit *hit = g_ptr_array_index (hits, i);

    g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", hit->snippet);
  }
  g_string_replace (text, "\x02", "<", 0);
  g_string_replace (text, "\x03", ">", 0);
  g_assert_cmpstr (text->str, ==, wanted);
}

static void
test_marks (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();

  put (self, "one", 10, "Blutdruck 血压 high");
  put (self, "two", 20, "the pressure is HIGH");
  put (self, "three", 30, "nothing of it");

  /* Newest first, whatever the order they were asked for in. */
  assert_hits (self, "high", "nothing of it|the pressure is <HIGH>|Blutdruck 血压 <high>");
  /* One of the words is enough, since it was found by somebody else. */
  assert_hits (self, "high pressure -nothing",
               "nothing of it|the <pressure> is <HIGH>|Blutdruck 血压 <high>");
  /* Where the index has no word, parts of words are marked. */
  assert_hits (self, "druck", "nothing of it|the pressure is HIGH|Blut<druck> 血压 high");
  assert_hits (self, "*druck", "nothing of it|the pressure is HIGH|Blut<druck> 血压 high");
  assert_hits (self, "压", "nothing of it|the pressure is HIGH|Blutdruck 血<压> high");
  /* What cannot be read marks nothing. */
  assert_hits (self, "has:nonsense", "nothing of it|the pressure is HIGH|Blutdruck 血压 high");
  assert_hits (self, "from:anna", "nothing of it|the pressure is HIGH|Blutdruck 血压 high");
}

static void
test_deleted (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autofree char *one = uc_test_id ("one");
  g_autofree char *two = uc_test_id ("two");
  g_autoptr (UcMessage) message = NULL;
  UcBatch *batch;

  put (self, "one", 10, "word one");
  put (self, "two", 20, "word two");
  put (self, "three", 30, "word three");
  message = uc_test_store_message (self, two);
  batch = uc_batch_new ();
  uc_batch_remove_post (batch, one, TEST_NOW_MS + 50);
  uc_batch_queue_delete (batch, "op", message->key);
  uc_test_store_apply (self, batch);
  assert_hits (self, "word", "<word> three");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/store/search-hits/marks", test_marks);
  g_test_add_func ("/store/search-hits/deleted", test_deleted);
  return g_test_run ();
}
