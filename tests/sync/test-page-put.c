/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a page proves: where history begins and ends, and where it does not. */

#include "config.h"

#include "uc-page-put-private.h"

#include "uc-sync-fixture.h"

#define CHANNEL "x4k4sszftirbuqaozqoximb4oh"
#define BEN     "5rafe8kbrtfcpc4x3ysn6yx84o"

/* Ids that sort as their number. */
static char *
dup_id (guint n)
{
  return g_strdup_printf ("post%022u", n);
}

static UcPostPage *
new_page (guint first, guint last, const char *next_id, const char *prev_id)
{
  UcPostPage *page = g_new0 (UcPostPage, 1);

  page->posts = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_post_unref);
  page->others = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_post_unref);
  page->next_post_id = g_strdup (next_id);
  page->prev_post_id = g_strdup (prev_id);
  for (guint n = first; n <= last; n++) {
    g_autofree char *id = dup_id (n);

    g_ptr_array_add (page->posts, uc_sync_fixture_new_post (id, CHANNEL, BEN, n * 1000, "text"));
    page->n_raw++;
  }
  return page;
}

static gint64
put (UcSyncFixture *fixture,
     UcPeople      *people,
     UcPostPage    *page,
     UcPageKind     kind,
     const char    *anchor)
{
  UcBatch *batch = uc_batch_new ();
  gint64   latest = _uc_page_put_history (people, batch, CHANNEL, page, kind, anchor);

  uc_sync_fixture_apply (fixture, batch);
  return latest;
}

static void
assert_spans (UcSyncFixture *fixture, const char *expected)
{
  g_autoptr (GArray) spans = uc_sync_fixture_load_spans (fixture, CHANNEL);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < spans->len; i++) {
    UcSpan *span = &g_array_index (spans, UcSpan, i);

    g_string_append_printf (text, "%s%s%d-%d%s", i > 0 ? " " : "", span->reaches_start ? "[" : "",
                            (int) (UC_SEQ_TO_MS (span->lo_seq) / 1000),
                            (int) (UC_SEQ_TO_MS (span->hi_seq) / 1000),
                            span->reaches_tip ? "]" : "");
  }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_history (UcSyncFixture *fixture, gconstpointer data)
{
  g_autoptr (UcPeople) people = _uc_people_new (fixture->context);
  g_autoptr (UcPostPage) latest = new_page (20, 25, "", "older");
  g_autoptr (UcPostPage) before = new_page (10, 19, "newer", "older");
  g_autoptr (UcPostPage) oldest = new_page (1, 9, "newer", "");
  g_autofree char *at_20 = dup_id (20);
  g_autofree char *at_10 = dup_id (10);

  g_assert_cmpint (put (fixture, people, latest, UC_PAGE_LATEST, NULL), ==, 25000);
  assert_spans (fixture, "20-25]");
  put (fixture, people, before, UC_PAGE_BEFORE, at_20);
  assert_spans (fixture, "10-25]");
  put (fixture, people, oldest, UC_PAGE_BEFORE, at_10);
  assert_spans (fixture, "[1-25]");
  _uc_people_stop (people);
}

/* A page after some post that is the last one proves the end, not the beginning. */
static void
test_after (UcSyncFixture *fixture, gconstpointer data)
{
  g_autoptr (UcPeople) people = _uc_people_new (fixture->context);
  g_autoptr (UcPostPage) middle = new_page (10, 12, "newer", "older");
  g_autoptr (UcPostPage) after = new_page (13, 15, "", "older");
  g_autofree char *at_12 = dup_id (12);
  g_autofree char *at_13 = dup_id (13);

  put (fixture, people, middle, UC_PAGE_BEFORE, at_13);
  assert_spans (fixture, "10-12");
  put (fixture, people, after, UC_PAGE_AFTER, at_12);
  assert_spans (fixture, "10-15]");
  _uc_people_stop (people);
}

static void
test_loose (UcSyncFixture *fixture, gconstpointer data)
{
  g_autoptr (UcPeople) people = _uc_people_new (fixture->context);
  g_autoptr (UcPostPage) page = new_page (1, 3, "", "");
  g_autoptr (UcMessage) kept = NULL;
  g_autoptr (UcMessage) deleted = NULL;
  g_autofree char *first = dup_id (1);
  g_autofree char *second = dup_id (2);
  UcBatch         *batch = uc_batch_new ();

  /* Known before, deleted since. */
  put (fixture, people, page, UC_PAGE_LATEST, NULL);
  ((UcPost *) g_ptr_array_index (page->posts, 1))->delete_at_ms = 9000;
  ((UcPost *) g_ptr_array_index (page->posts, 1))->update_at_ms = 9000;
  g_assert_cmpint (_uc_page_put_loose (people, batch, page), ==, 9000);
  uc_sync_fixture_apply (fixture, batch);

  kept = uc_sync_fixture_load_message (fixture, first);
  deleted = uc_sync_fixture_load_message (fixture, second);
  g_assert_cmpint (kept->post->delete_at_ms, ==, 0);
  g_assert_cmpint (deleted->post->delete_at_ms, ==, 9000);
  _uc_people_stop (people);
}

/* A root comes before its replies and says how many it has: one that went does not count
 * as one that the root does not know of. */
static void
test_loose_count (UcSyncFixture *fixture, gconstpointer data)
{
  g_autoptr (UcPeople) people = _uc_people_new (fixture->context);
  g_autoptr (UcPostPage) before = new_page (1, 2, "", "");
  g_autoptr (UcPostPage) since = new_page (1, 2, "", "");
  g_autoptr (UcMessage) root = NULL;
  g_autofree char *root_id = dup_id (1);
  UcPost          *reply = g_ptr_array_index (since->posts, 1);
  UcBatch         *batch = uc_batch_new ();

  g_set_str (&((UcPost *) g_ptr_array_index (before->posts, 1))->root_id, root_id);
  ((UcPost *) g_ptr_array_index (before->posts, 0))->reply_count = 1;
  put (fixture, people, before, UC_PAGE_LATEST, NULL);
  g_set_str (&reply->root_id, root_id);
  reply->delete_at_ms = reply->update_at_ms = 9000;
  ((UcPost *) g_ptr_array_index (since->posts, 0))->update_at_ms = 9000;
  _uc_page_put_loose (people, batch, since);
  uc_sync_fixture_apply (fixture, batch);

  root = uc_sync_fixture_load_message (fixture, root_id);
  g_assert_cmpint (root->post->reply_count, ==, 0);
  _uc_people_stop (people);
}

/* Posts that were found prove nothing of what lies between them. */
static void
test_loose_proves_nothing (UcSyncFixture *fixture, gconstpointer data)
{
  g_autoptr (UcPeople) people = _uc_people_new (fixture->context);
  g_autoptr (UcPostPage) page = new_page (1, 3, "", "");
  UcBatch *batch = uc_batch_new ();

  _uc_page_put_loose (people, batch, page);
  uc_sync_fixture_apply (fixture, batch);
  assert_spans (fixture, "");
  _uc_people_stop (people);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/sync/page-put/" name, UcSyncFixture, NULL, uc_sync_fixture_set_up, func,           \
              uc_sync_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("history", test_history);
  ADD ("after", test_after);
  ADD ("loose", test_loose);
  ADD ("loose-count", test_loose_count);
  ADD ("loose-proves-nothing", test_loose_proves_nothing);
  return g_test_run ();
}
