/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A server that is quick writes several messages in one millisecond, and a page may end
 * anywhere among them: they keep their order, and none is taken for deleted. */

#include "config.h"

#include "uc-store-test.h"
#include "uc-test.h"

#define N_POSTS  140
#define N_PER_MS 7

/* The last one came long after, so that the others count as settled. */
static UcPost *
make_post (int number)
{
  g_autofree char *name = g_strdup_printf ("p%dx", number);
  g_autofree char *text = g_strdup_printf ("%d", number);
  gint64           at_ms = number == N_POSTS ? 3600 * 1000 : number / N_PER_MS;

  return uc_test_post (name, TEST_ANNA, at_ms, text);
}

static UcTestStore *
make_store (void)
{
  UcTestStore *self = uc_test_store_new ();
  g_autoptr (UcChannel) channel = uc_test_channel (TEST_CHANNEL, "station-3", UC_CHANNEL_OPEN);
  UcBatch *batch = uc_batch_new ();

  channel->last_post_at_ms = TEST_NOW_MS + 3600 * 1000;
  channel->update_at_ms = TEST_NOW_MS;
  uc_batch_put_channel (batch, channel);
  uc_test_store_apply (self, batch);
  return self;
}

static void
put_page (UcTestStore *self, UcPageKind kind, int anchor, int first, int last)
{
  g_autoptr (GPtrArray) posts = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_post_unref);
  g_autoptr (UcPost) neighbour = make_post (anchor);
  UcBatch *batch = uc_batch_new ();

  for (int i = first; i <= last; i++)
    g_ptr_array_add (posts, make_post (i));
  uc_batch_put_page (batch, TEST_CHANNEL, posts, kind,
                     kind != UC_PAGE_LATEST ? neighbour->id : NULL, first == 1, last == N_POSTS);
  uc_test_store_apply (self, batch);
}

static void
check_all (UcTestStore *self)
{
  g_autoptr (UcWindow) window =
      uc_test_store_window_at (self, TEST_CHANNEL, UC_WINDOW_NEWEST, 0, 2 * N_POSTS);
  g_autoptr (GArray) spans = uc_test_store_spans (self, TEST_CHANNEL);

  g_assert_cmpuint (window->messages->len, ==, N_POSTS);
  for (int i = 0; i < N_POSTS; i++) {
    UcMessage       *message = g_ptr_array_index (window->messages, (guint) i);
    g_autofree char *text = g_strdup_printf ("%d", i + 1);

    g_assert_cmpstr (message->post->message, ==, text);
  }
  g_assert_cmpuint (spans->len, ==, 1);
}

/* From the newest page backwards, in pages of every length. */
static void
test_backwards (void)
{
  for (int length = 1; length < 24; length++) {
    g_autoptr (UcTestStore) self = make_store ();
    int first = N_POSTS - length;

    put_page (self, UC_PAGE_LATEST, 0, first, N_POSTS);
    while (first > 1) {
      int next = MAX (1, first - length);

      put_page (self, UC_PAGE_BEFORE, first, next, first - 1);
      first = next;
    }
    check_all (self);
  }
}

static void
test_forwards (void)
{
  for (int length = 1; length < 24; length++) {
    g_autoptr (UcTestStore) self = make_store ();
    int last = length;

    put_page (self, UC_PAGE_LATEST, 0, 1, last);
    while (last < N_POSTS) {
      int next = MIN (N_POSTS, last + length);

      put_page (self, UC_PAGE_AFTER, last, last + 1, next);
      last = next;
    }
    check_all (self);
  }
}

/* Pages that overlap with what is here, and the same ones again. */
static void
test_again (void)
{
  g_autoptr (UcTestStore) self = make_store ();

  put_page (self, UC_PAGE_LATEST, 0, 80, N_POSTS);
  for (int round = 0; round < 2; round++) {
    put_page (self, UC_PAGE_BEFORE, 80, 31, 79);
    put_page (self, UC_PAGE_BEFORE, 90, 25, 89);
    put_page (self, UC_PAGE_BEFORE, 25, 1, 24);
    put_page (self, UC_PAGE_AFTER, 3, 4, 60);
    put_page (self, UC_PAGE_LATEST, 0, 101, N_POSTS);
  }
  check_all (self);
}

/* What is missing on a page in the middle of others was deleted, still. */
static void
test_deleted (void)
{
  g_autoptr (UcTestStore) self = make_store ();
  g_autoptr (GPtrArray) posts = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_post_unref);
  g_autoptr (UcPost) anchor = make_post (60);
  g_autoptr (UcWindow) window = NULL;
  UcBatch *batch = uc_batch_new ();

  put_page (self, UC_PAGE_LATEST, 0, 1, N_POSTS);
  for (int i = 20; i < 60; i++) {
    if (i != 41)
      g_ptr_array_add (posts, make_post (i));
  }
  uc_batch_put_page (batch, TEST_CHANNEL, posts, UC_PAGE_BEFORE, anchor->id, FALSE, FALSE);
  uc_test_store_apply (self, batch);
  window = uc_test_store_window_at (self, TEST_CHANNEL, UC_WINDOW_NEWEST, 0, 2 * N_POSTS);
  g_assert_cmpuint (window->messages->len, ==, N_POSTS - 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/store/store-pages/backwards", test_backwards);
  g_test_add_func ("/store/store-pages/forwards", test_forwards);
  g_test_add_func ("/store/store-pages/again", test_again);
  g_test_add_func ("/store/store-pages/deleted", test_deleted);
  return g_test_run ();
}
