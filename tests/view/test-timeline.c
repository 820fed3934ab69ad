/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The timeline over a real store: what comes, goes and moves; and anything in any
 * order: what watchers are told is what is there, and that is what the store says. */

#include "config.h"

#include "uc-timeline-test.h"

#include <string.h>

static void
test_new_message (Fixture *fixture, gconstpointer data)
{
  g_autofree char *last = NULL;

  uc_test_model_count (fixture->watched);
  uc_view_test_push (fixture->account, uc_test_post ("new", TEST_BEN, 500 * TEST_MINUTE, "new"));
  uc_view_test_settle (fixture->account);
  g_assert_cmpuint (uc_test_model_count (fixture->watched), ==, 1);
  last = uc_timeline_test_dup_rows (fixture, uc_timeline_test_count (fixture) - 2, 2);
  g_assert_cmpstr (last, ==, "p499 new");
  uc_timeline_test_check (fixture);
}

/* However many commits come before the next frame: one change. */
static void
test_burst (Fixture *fixture, gconstpointer data)
{
  GAsyncResult *results[10] = { NULL };

  uc_test_model_count (fixture->watched);
  for (int i = 0; i < 10; i++) {
    g_autofree char *name = g_strdup_printf ("burst%d", i);
    g_autoptr (UcPost) post = uc_test_post (name, TEST_BEN, (500 + i) * TEST_MINUTE, name);
    UcBatch *batch = uc_batch_new ();

    uc_batch_put_pushed_post (batch, post, FALSE);
    uc_store_apply_async (fixture->account->store->store, batch, uc_test_result_cb, &results[i]);
  }
  for (int i = 0; i < 10; i++) {
    uc_test_wait_result (&results[i]);
    g_assert_true (uc_store_apply_finish (fixture->account->store->store, results[i], NULL));
    g_object_unref (results[i]);
  }
  uc_view_test_settle (fixture->account);
  g_assert_cmpuint (uc_test_model_count (fixture->watched), <=, 10);
  uc_timeline_test_check (fixture);
}

static void
test_delete (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = uc_view_test_id (450);
  UcBatch         *batch = uc_batch_new ();

  uc_test_model_count (fixture->watched);
  uc_batch_remove_post (batch, id, TEST_NOW_MS + 600 * TEST_MINUTE);
  uc_test_store_apply (fixture->account->store, batch);
  uc_view_test_settle (fixture->account);
  g_assert_cmpint (uc_timeline_find (fixture->timeline, id), ==, -1);
  g_assert_cmpuint (uc_test_model_count (fixture->watched), ==, 1);
  uc_timeline_test_check (fixture);
}

/* One's own message keeps its row from the moment it is written until the server has put
 * it where it belongs. */
static void
test_own_message (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcPost) provisional = uc_test_provisional ("op1", 600 * TEST_MINUTE, "mine");
  g_autoptr (UcPost) answer = uc_test_answer ("op1", "real", 500 * TEST_MINUTE, "mine");
  g_autofree char *real_id = uc_test_id ("real");
  g_autoptr (UcTimelineItem) item = NULL;
  g_autoptr (UcTimelineItem) after = NULL;
  UcBatch *batch = uc_batch_new ();
  Watch    watch = { 0 };

  uc_batch_queue_post (batch, provisional);
  uc_test_store_apply (fixture->account->store, batch);
  uc_view_test_settle (fixture->account);
  item = uc_timeline_test_get_item (fixture, "op1");
  g_assert_cmpint (uc_timeline_item_get_message (item)->send_state, ==, UC_SEND_QUEUED);
  g_assert_true (uc_timeline_get_last_own (fixture->timeline) == item);
  uc_timeline_test_watch (item, &watch);

  /* Somebody else's comes between by the server's clock. */
  uc_view_test_push (fixture->account,
                     uc_test_post ("other", TEST_BEN, 550 * TEST_MINUTE, "other"));
  batch = uc_batch_new ();
  uc_batch_outbox_done (batch, "op1", answer);
  uc_test_store_apply (fixture->account->store, batch);
  uc_view_test_settle (fixture->account);

  after = uc_timeline_test_get_item (fixture, real_id);
  g_assert_true (after == item);
  g_assert_cmpuint (watch.n_changed, >=, 1);
  g_assert_cmpstr (uc_timeline_item_get_key (item), ==, "op1");
  g_assert_cmpint (uc_timeline_find (fixture->timeline, "op1"), <,
                   (int) uc_timeline_test_count (fixture) - 1);
  uc_timeline_test_check (fixture);
}

static void
test_thread (Fixture *fixture, gconstpointer data)
{
  g_autofree char *root_id = uc_view_test_id (1);
  UcPost          *reply = uc_test_post ("r1", TEST_BEN, 10 * TEST_MINUTE, "r1");

  uc_view_test_page (fixture->account, 0, 3, TEST_MINUTE, UC_PAGE_LATEST, 0, TRUE, TRUE);
  uc_test_set (&reply->root_id, root_id);
  uc_view_test_push (fixture->account, reply);
  uc_timeline_test_open (fixture, root_id);
  uc_timeline_test_assert_rows (fixture, "D p1 r1");

  reply = uc_test_post ("r2", TEST_ANNA, 11 * TEST_MINUTE, "r2");
  uc_test_set (&reply->root_id, root_id);
  uc_view_test_push (fixture->account, reply);
  uc_view_test_push (fixture->account, uc_test_post ("x", TEST_ANNA, 12 * TEST_MINUTE, "x"));
  uc_timeline_test_assert_rows (fixture, "D p1 r1 r2");
}

/* Anything, in any order */

typedef struct {
  int n_posts;
  int n_ops;
  int n_acknowledged;
} Random;

/* A page of what the server has: every seventh message was purged there. */
static void
put_page (UcBatch *batch, int first, int last, UcPageKind kind)
{
  g_autoptr (GPtrArray) posts = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_post_unref);
  g_autofree char *anchor_id = uc_view_test_id (last);

  for (int i = first; i < last; i++) {
    g_autofree char *text = g_strdup_printf ("p%d", i);
    g_autofree char *name = g_strdup_printf ("p%dx", i);

    if (kind != UC_PAGE_LATEST || i % 7 != 0)
      g_ptr_array_add (
          posts, uc_test_post (name, i % 2 == 0 ? TEST_ANNA : TEST_BEN, i * TEST_MINUTE, text));
  }
  uc_batch_put_page (batch, TEST_CHANNEL, posts, kind, kind == UC_PAGE_LATEST ? NULL : anchor_id,
                     first == 0, FALSE);
}

static void
do_something (Fixture *fixture, Random *random)
{
  int              any = g_test_rand_int_range (0, random->n_posts);
  g_autofree char *id = uc_view_test_id (any);
  UcBatch         *batch = uc_batch_new ();
  g_autofree char *name = NULL;
  g_autoptr (UcPost) post = NULL;
  int number;

  switch (g_test_rand_int_range (0, 13)) {
  case 0: /* Pushed. */
    number = random->n_posts++;
    name = g_strdup_printf ("p%dx", number);
    post = uc_test_post (name, number % 3 == 0 ? TEST_ME : TEST_BEN, number * TEST_MINUTE, name);
    uc_batch_put_pushed_post (batch, post, FALSE);
    break;
  case 1: /* Found, somewhere in the past. */
    name = g_strdup_printf ("f%dx", g_test_rand_int_range (0, 10000));
    post = uc_test_post (name, TEST_ANNA, g_test_rand_int_range (0, random->n_posts * TEST_MINUTE),
                         name);
    uc_batch_put_post (batch, post);
    break;
  case 2: /* Edited. */
    name = g_strdup_printf ("p%dx", any);
    post = uc_test_post (name, any % 2 == 0 ? TEST_ANNA : TEST_BEN, any * TEST_MINUTE, "edited");
    post->update_at_ms += g_test_rand_int_range (1, 1000);
    post->edit_at_ms = post->update_at_ms;
    uc_batch_put_post (batch, post);
    break;
  case 3: /* Deleted. */
    uc_batch_remove_post (batch, id, TEST_NOW_MS + random->n_posts * TEST_MINUTE);
    break;
  case 4: /* Written here. */
    name = g_strdup_printf ("op%dx", random->n_ops++);
    post = uc_test_provisional (
        name, (random->n_posts + g_test_rand_int_range (-3, 3)) * TEST_MINUTE, name);
    uc_batch_queue_post (batch, post);
    break;
  case 5: /* Acknowledged, at the server's time. */
    if (random->n_acknowledged < random->n_ops) {
      g_autofree char *answer_name = g_strdup_printf ("a%dx", random->n_acknowledged);

      name = g_strdup_printf ("op%dx", random->n_acknowledged++);
      post = uc_test_answer (name, answer_name,
                             (random->n_posts + g_test_rand_int_range (-5, 5)) * TEST_MINUTE + 7,
                             name);
      uc_batch_outbox_done (batch, name, post);
    }
    break;
  case 6: /* Refused, or tried again. */
    name = g_strdup_printf ("op%dx", g_test_rand_int_range (0, random->n_ops + 1));
    uc_batch_outbox_set (batch, name, g_test_rand_bit () ? UC_SEND_FAILED : UC_SEND_QUEUED,
                         "why not", 0);
    break;
  case 7: /* The stream broke. */
    uc_batch_clear_tips (batch);
    break;
  case 9: /* A reply, now or long ago. */
    name = g_strdup_printf ("r%dx", g_test_rand_int_range (0, 10000));
    post = uc_test_post (name, TEST_ANNA,
                         g_test_rand_int_range (any, random->n_posts) * TEST_MINUTE + 13, name);
    uc_test_set (&post->root_id, id);
    uc_batch_put_post (batch, post);
    break;
  case 10: /* A hole is filled, from somewhere. */
    put_page (batch, MAX (any - 20, 0), any, UC_PAGE_BEFORE);
    break;
  case 11: /* A page that shows who is gone: some root, by itself. */
    put_page (batch, MAX (any - 8, 0), any, UC_PAGE_LATEST);
    break;
  case 8: /* Thrown away. */
    name = g_strdup_printf ("op%dx", g_test_rand_int_range (0, random->n_ops + 1));
    uc_batch_outbox_discard (batch, name);
    break;
  default:
    break;
  }
  if (uc_batch_is_empty (batch)) {
    uc_batch_free (batch);
  } else {
    g_autoptr (GError) error = uc_test_store_apply_failing (fixture->account->store, batch);

    g_assert_no_error (error);
  }
}

static void
look_somewhere (Fixture *fixture, Random *random)
{
  g_autofree char *id = uc_view_test_id (g_test_rand_int_range (0, random->n_posts));
  guint            n = uc_timeline_test_count (fixture);
  guint            first;

  switch (g_test_rand_int_range (0, 6)) {
  case 0:
    uc_timeline_jump_newest (fixture->timeline);
    break;
  case 1:
    uc_timeline_jump_async (fixture->timeline, id, NULL, NULL, NULL);
    break;
  default:
    first = n > 0 ? (guint) g_test_rand_int_range (0, (gint32) n) : 0;
    uc_timeline_set_shown (fixture->timeline, first, first + 15);
    break;
  }
}

static void
test_random (Fixture *fixture, gconstpointer data)
{
  Random random = { .n_posts = 500 };
  int    n_rounds = g_test_slow () ? 3000 : 250;

  for (int round = 0; round < n_rounds; round++) {
    int n_steps = g_test_rand_int_range (1, 4);

    for (int i = 0; i < n_steps; i++) {
      if (g_test_rand_bit ())
        do_something (fixture, &random);
      else
        look_somewhere (fixture, &random);
    }
    uc_view_test_settle (fixture->account);
    uc_timeline_test_check (fixture);
  }
}

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  TEST_ADD ("/view/timeline/new-message", set_up, test_new_message);
  TEST_ADD ("/view/timeline/burst", set_up, test_burst);
  TEST_ADD ("/view/timeline/delete", set_up, test_delete);
  TEST_ADD ("/view/timeline/own-message", set_up, test_own_message);
  TEST_ADD ("/view/timeline/thread", set_up_bare, test_thread);
  TEST_ADD ("/view/timeline/random", set_up, test_random);
  return g_test_run ();
}
