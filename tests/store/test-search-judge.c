/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-error.h"
#include "uc-store-test.h"
#include "uc-test.h"

static void
put (UcTestStore *self, const char *name, gint64 at_ms, const char *text, gboolean is_pinned)
{
  UcBatch *batch = uc_batch_new ();
  g_autoptr (UcPost) post = uc_test_post (name, TEST_ANNA, at_ms, text);

  post->is_pinned = is_pinned;
  uc_batch_put_post (batch, post);
  uc_test_store_apply (self, batch);
}

/* "f" found, "m" missed, "r" refused, for each of: one, two, three, none. */
static void
assert_verdicts (UcTestStore *self, const char *query, const char *wanted)
{
  g_autofree char *one = uc_test_id ("one");
  g_autofree char *two = uc_test_id ("two");
  g_autofree char *three = uc_test_id ("three");
  g_autofree char *none = uc_test_id ("none");
  const char      *ids[] = { one, two, three, none, NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) verdicts = NULL;
  char found[5] = "";

  uc_store_judge_hits_async (self->store, query, TEST_ME, ids, NULL, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  verdicts = uc_store_judge_hits_finish (self->store, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (verdicts->len, ==, 4);
  for (guint i = 0; i < verdicts->len; i++)
    found[i] = "rfm"[g_array_index (verdicts, UcSearchVerdict, i)];
  if (g_strcmp0 (found, wanted) != 0)
    g_error ("%s: %s, not %s", query, found, wanted);
}

static void
test_verdicts (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();

  put (self, "one", 10, "the server is down", FALSE);
  put (self, "two", 20, "servers, more than one, are down: https://example.org", TRUE);
  put (self, "three", 30, "something else", FALSE);

  assert_verdicts (self, "server", "fmmr");
  assert_verdicts (self, "serv*", "ffmr");
  assert_verdicts (self, "down server", "fmmr");
  assert_verdicts (self, "server OR else", "fmfr");
  /* What the server does not know, and what must not be there. */
  assert_verdicts (self, "server has:link", "rmrr");
  assert_verdicts (self, "down is:pinned", "rfrr");
  assert_verdicts (self, "down -server", "rfmr");
  assert_verdicts (self, "down -serv*", "rrmr");
  assert_verdicts (self, "-down", "rrfr");
  assert_verdicts (self, "down *ple", "rfrr");
  assert_verdicts (self, "from:ben server", "rrrr");
  assert_verdicts (self, "from:\"Anna Ek\" server", "fmmr");
  assert_verdicts (self, "from:nobody", "rrrr");
  assert_verdicts (self, "on:1999-01-01 server", "rrrr");
}

static void
test_deleted (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autofree char *one = uc_test_id ("one");
  g_autofree char *two = uc_test_id ("two");
  g_autoptr (UcMessage) message = NULL;
  UcBatch *batch = uc_batch_new ();

  put (self, "one", 10, "word", FALSE);
  put (self, "two", 20, "word", FALSE);
  put (self, "three", 30, "word", FALSE);
  message = uc_test_store_message (self, two);
  uc_batch_remove_post (batch, one, TEST_NOW_MS + 50);
  uc_batch_queue_delete (batch, "op", message->key);
  uc_test_store_apply (self, batch);
  assert_verdicts (self, "word", "rrfr");
}

static void
test_unreadable (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  const char *ids[] = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  uc_store_judge_hits_async (self->store, "has:nonsense", TEST_ME, ids, NULL, uc_test_result_cb,
                             &result);
  uc_test_wait_result (&result);
  g_assert_null (uc_store_judge_hits_finish (self->store, result, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/store/search-judge/verdicts", test_verdicts);
  g_test_add_func ("/store/search-judge/deleted", test_deleted);
  g_test_add_func ("/store/search-judge/unreadable", test_unreadable);
  return g_test_run ();
}
