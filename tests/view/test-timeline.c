/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The timeline over a real store: what watchers are told is what is there, and that is
 * what the store says, after whatever happened in whatever order. */

#include "config.h"

#include "uc-timeline.h"

#include "uc-error.h"
#include "uc-test-model.h"
#include "uc-test.h"
#include "uc-timeline-private.h"
#include "uc-view-test.h"

#include <string.h>

#define MINUTE (60 * 1000)

typedef struct {
  UcViewTest  *account;
  UcTimeline  *timeline;
  UcTestModel *watched;
  int          open_position;
} Fixture;

static int
open_timeline (UcTimeline *timeline)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  int position = G_MAXINT;

  uc_timeline_open_async (timeline, NULL, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  uc_timeline_open_finish (timeline, result, &position, &error);
  g_assert_no_error (error);
  return position;
}

static void
set_up_bare (Fixture *fixture, gconstpointer data)
{
  fixture->account = uc_view_test_new ();
}

static void
open_fixture (Fixture *fixture, const char *root_id)
{
  fixture->timeline = uc_timeline_new (fixture->account->session, fixture->account->directory,
                                       TEST_CHANNEL, root_id);
  fixture->watched = uc_test_model_watch (G_LIST_MODEL (fixture->timeline));
  fixture->open_position = open_timeline (fixture->timeline);
  uc_view_test_settle (fixture->account);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  set_up_bare (fixture, data);
  /* p0 … p499, a minute apart, the whole history. */
  uc_view_test_page (fixture->account, 0, 500, MINUTE, UC_PAGE_LATEST, 0, TRUE, TRUE);
  open_fixture (fixture, "");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  uc_view_test_settle (fixture->account);
  uc_test_model_check (fixture->watched);
  uc_test_model_free (fixture->watched);
  g_assert_finalize_object (fixture->timeline);
  uc_view_test_free (fixture->account);
}

/* Messages by text; D day, U unread, ^ beginning, # hole. */
static char *
dup_rows (UcTimeline *timeline, guint first, guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = first; i < first + n; i++) {
    g_autoptr (UcTimelineItem) item = g_list_model_get_item (G_LIST_MODEL (timeline), i);
    static const char *const marks[] = { "", "", "D", "U", "#", "^" };
    UcMessage               *message;

    if (item == NULL)
      break;
    message = uc_timeline_item_get_message (item);
    g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "",
                            message != NULL ? message->post->message
                                            : marks[uc_timeline_item_get_kind (item)]);
  }
  return g_string_free_and_steal (text);
}

static void
assert_rows (Fixture *fixture, const char *expected)
{
  g_autofree char *rows = NULL;

  uc_view_test_settle (fixture->account);
  uc_test_model_check (fixture->watched);
  rows = dup_rows (fixture->timeline, 0, G_MAXINT);
  g_assert_cmpstr (rows, ==, expected);
}

static guint
get_n_items (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->timeline));
}

static UcTimelineItem *
get_item (Fixture *fixture, const char *post_id_or_key)
{
  int position = uc_timeline_find (fixture->timeline, post_id_or_key);

  g_assert_cmpint (position, >=, 0);
  return g_list_model_get_item (G_LIST_MODEL (fixture->timeline), (guint) position);
}

/* What is in the window is, in order, what the store has between its ends. */
static void
check_against_store (Fixture *fixture)
{
  UcTimelineWindow *window = fixture->timeline->window;
  g_autoptr (UcWindow) all =
      uc_test_store_window_at (fixture->account->store, TEST_CHANNEL, UC_WINDOW_NEWEST, 0, 100000);
  guint first = 0;
  guint at;

  uc_test_model_check (fixture->watched);
  g_assert_cmpuint (window->messages->len, <=, 500);
  if (window->messages->len > 0) {
    const UcMessage *oldest = window->messages->pdata[0];

    while (first < all->messages->len &&
           ((UcMessage *) all->messages->pdata[first])->seq < oldest->seq)
      first++;
  }
  if (!_uc_timeline_window_has_older (window))
    g_assert_cmpuint (first, ==, 0);
  at = first;
  for (guint i = 0; i < get_n_items (fixture); i++) {
    g_autoptr (UcTimelineItem) item = g_list_model_get_item (G_LIST_MODEL (fixture->timeline), i);
    UcMessage *shown = uc_timeline_item_get_message (item);
    UcMessage *stored;

    if (shown == NULL)
      continue;
    g_assert_cmpuint (at, <, all->messages->len);
    stored = all->messages->pdata[at++];
    g_assert_cmpint (shown->seq, ==, stored->seq);
    g_assert_cmpstr (shown->key, ==, stored->key);
    g_assert_cmpstr (shown->post->id, ==, stored->post->id);
    g_assert_cmpstr (shown->post->message, ==, stored->post->message);
    g_assert_cmpint (shown->send_state, ==, stored->send_state);
    g_assert_cmpstr (shown->edit_text, ==, stored->edit_text);
    g_assert_cmpstr (uc_timeline_item_get_key (item), ==, shown->key);
  }
  g_assert_cmpuint (at - first, ==, window->messages->len);
  if (!_uc_timeline_window_has_newer (window))
    g_assert_cmpuint (at, ==, all->messages->len);
}

/* Opening */

static void
test_open (Fixture *fixture, gconstpointer data)
{
  g_autofree char *last = NULL;

  g_assert_cmpint (fixture->open_position, ==, -1);
  g_assert_true (uc_timeline_is_at_newest (fixture->timeline));
  check_against_store (fixture);
  last = dup_rows (fixture->timeline, get_n_items (fixture) - 2, 2);
  g_assert_cmpstr (last, ==, "p498 p499");
  g_assert_cmpuint (fixture->timeline->window->messages->len, ==, 120);
  g_assert_cmpstr (uc_timeline_get_channel_id (fixture->timeline), ==, TEST_CHANNEL);
  g_assert_cmpstr (uc_timeline_get_root_id (fixture->timeline), ==, "");
}

static void
test_open_empty (Fixture *fixture, gconstpointer data)
{
  open_fixture (fixture, "");
  g_assert_cmpint (fixture->open_position, ==, -1);
  assert_rows (fixture, "#");
  uc_view_test_page (fixture->account, 0, 2, MINUTE, UC_PAGE_LATEST, 0, TRUE, TRUE);
  assert_rows (fixture, "^ D p0 p1");
}

static void
put_state (Fixture *fixture, gint64 total, gint64 read, gint64 viewed_at_ms)
{
  g_autoptr (UcChannel) channel = uc_test_channel (TEST_CHANNEL, "station-3", UC_CHANNEL_OPEN);
  g_autoptr (UcMember) member = uc_test_member (TEST_CHANNEL);
  UcBatch *batch = uc_batch_new ();

  channel->total_msg_count = total;
  channel->update_at_ms = 5;
  member->read_msg_count = read;
  member->last_viewed_at_ms = viewed_at_ms;
  member->last_update_at_ms = 5;
  uc_batch_put_channel (batch, channel);
  uc_batch_put_member (batch, member);
  uc_test_store_apply (fixture->account->store, batch);
}

static void
test_open_unread (Fixture *fixture, gconstpointer data)
{
  g_autofree char *around = NULL;

  uc_view_test_page (fixture->account, 0, 500, MINUTE, UC_PAGE_LATEST, 0, TRUE, TRUE);
  put_state (fixture, 500, 200, TEST_NOW_MS + 199 * MINUTE);
  open_fixture (fixture, "");
  check_against_store (fixture);
  g_assert_false (uc_timeline_is_at_newest (fixture->timeline));
  g_assert_cmpint (fixture->open_position, >, 5);
  around = dup_rows (fixture->timeline, (guint) fixture->open_position - 6, 7);
  g_assert_cmpstr (around, ==, "p199 U p200 p201 p202 p203 p204");

  /* It stays, whatever is read meanwhile, until it is cleared. */
  put_state (fixture, 500, 500, TEST_NOW_MS + 499 * MINUTE);
  uc_view_test_settle (fixture->account);
  g_assert_nonnull (g_hash_table_lookup (fixture->timeline->by_key, "unread"));
  uc_timeline_clear_divider (fixture->timeline);
  uc_view_test_settle (fixture->account);
  g_assert_null (g_hash_table_lookup (fixture->timeline->by_key, "unread"));
  check_against_store (fixture);
}

static void
test_open_few_unread (Fixture *fixture, gconstpointer data)
{
  uc_view_test_page (fixture->account, 0, 3, MINUTE, UC_PAGE_LATEST, 0, TRUE, TRUE);
  put_state (fixture, 3, 1, TEST_NOW_MS);
  open_fixture (fixture, "");
  g_assert_cmpint (fixture->open_position, ==, -1);
  assert_rows (fixture, "^ D p0 U p1 p2");
}

/* Changes */

typedef struct {
  guint n_changed;
  guint revision;
} Watch;

static void
changed_cb (UcTimelineItem *item, Watch *watch)
{
  g_assert_cmpuint (uc_timeline_item_get_revision (item), >, watch->revision);
  watch->revision = uc_timeline_item_get_revision (item);
  watch->n_changed++;
}

static void
test_new_message (Fixture *fixture, gconstpointer data)
{
  g_autofree char *last = NULL;

  uc_test_model_count (fixture->watched);
  uc_view_test_push (fixture->account, uc_test_post ("new", TEST_BEN, 500 * MINUTE, "new"));
  uc_view_test_settle (fixture->account);
  g_assert_cmpuint (uc_test_model_count (fixture->watched), ==, 1);
  last = dup_rows (fixture->timeline, get_n_items (fixture) - 2, 2);
  g_assert_cmpstr (last, ==, "p499 new");
  check_against_store (fixture);
}

/* However many commits come before the next frame: one change. */
static void
test_burst (Fixture *fixture, gconstpointer data)
{
  GAsyncResult *results[10] = { NULL };

  uc_test_model_count (fixture->watched);
  for (int i = 0; i < 10; i++) {
    g_autofree char *name = g_strdup_printf ("burst%d", i);
    g_autoptr (UcPost) post = uc_test_post (name, TEST_BEN, (500 + i) * MINUTE, name);
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
  check_against_store (fixture);
}

static void
test_edit_in_place (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = uc_view_test_id (498);
  g_autoptr (UcTimelineItem) item = get_item (fixture, id);
  g_autoptr (UcTimelineItem) after = NULL;
  g_autoptr (UcPost) post = uc_test_post ("p498x", TEST_ANNA, 498 * MINUTE, "**better**");
  UcBatch *batch = uc_batch_new ();
  Watch    watch = { 0, uc_timeline_item_get_revision (item) };

  g_signal_connect (item, "changed", G_CALLBACK (changed_cb), &watch);
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
  after = get_item (fixture, id);
  g_assert_true (after == item);
  g_assert_cmpstr (((UcBlock *) uc_timeline_item_get_markdown (item)->blocks->pdata[0])->text, ==,
                   "better");
  g_assert_cmpint (uc_timeline_item_get_message (item)->post->edit_at_ms, >, 0);
  check_against_store (fixture);
}

static void
test_delete (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = uc_view_test_id (450);
  UcBatch         *batch = uc_batch_new ();

  uc_test_model_count (fixture->watched);
  uc_batch_remove_post (batch, id, TEST_NOW_MS + 600 * MINUTE);
  uc_test_store_apply (fixture->account->store, batch);
  uc_view_test_settle (fixture->account);
  g_assert_cmpint (uc_timeline_find (fixture->timeline, id), ==, -1);
  g_assert_cmpuint (uc_test_model_count (fixture->watched), ==, 1);
  check_against_store (fixture);
}

/* One's own message keeps its row from the moment it is written until the server has put
 * it where it belongs. */
static void
test_own_message (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcPost) provisional = uc_test_provisional ("op1", 600 * MINUTE, "mine");
  g_autoptr (UcPost) answer = uc_test_answer ("op1", "real", 500 * MINUTE, "mine");
  g_autofree char *real_id = uc_test_id ("real");
  g_autoptr (UcTimelineItem) item = NULL;
  g_autoptr (UcTimelineItem) after = NULL;
  UcBatch *batch = uc_batch_new ();
  Watch    watch = { 0 };

  uc_batch_queue_post (batch, provisional);
  uc_test_store_apply (fixture->account->store, batch);
  uc_view_test_settle (fixture->account);
  item = get_item (fixture, "op1");
  g_assert_cmpint (uc_timeline_item_get_message (item)->send_state, ==, UC_SEND_QUEUED);
  g_assert_true (uc_timeline_get_last_own (fixture->timeline) == item);
  g_signal_connect (item, "changed", G_CALLBACK (changed_cb), &watch);

  /* Somebody else's comes between by the server's clock. */
  uc_view_test_push (fixture->account, uc_test_post ("other", TEST_BEN, 550 * MINUTE, "other"));
  batch = uc_batch_new ();
  uc_batch_outbox_done (batch, "op1", answer);
  uc_test_store_apply (fixture->account->store, batch);
  uc_view_test_settle (fixture->account);

  after = get_item (fixture, real_id);
  g_assert_true (after == item);
  g_assert_cmpuint (watch.n_changed, >=, 1);
  g_assert_cmpstr (uc_timeline_item_get_key (item), ==, "op1");
  g_assert_cmpint (uc_timeline_find (fixture->timeline, "op1"), <, (int) get_n_items (fixture) - 1);
  check_against_store (fixture);
}

/* Sliding and jumping */

static void
test_slide_to_start (Fixture *fixture, gconstpointer data)
{
  g_autofree char *rows = NULL;

  /* As somebody who scrolls back sees it. */
  for (int i = 0; i < 40; i++) {
    g_autoptr (UcTimelineItem) first = g_list_model_get_item (G_LIST_MODEL (fixture->timeline), 0);
    guint position;

    if (uc_timeline_item_get_kind (first) == UC_ITEM_START)
      break;
    uc_timeline_set_shown (fixture->timeline, 0, 20);
    uc_view_test_settle (fixture->account);
    check_against_store (fixture);
    g_assert_cmpuint (fixture->timeline->window->messages->len, <=, 360 + 60);
    /* What was seen is there still. */
    if (g_ptr_array_find (fixture->timeline->items, first, &position))
      g_assert_cmpuint (position, <, get_n_items (fixture));
  }
  rows = dup_rows (fixture->timeline, 0, 4);
  g_assert_cmpstr (rows, ==, "^ D p0 p1");
  g_assert_false (uc_timeline_is_at_newest (fixture->timeline));

  /* What is written now lies beyond the window. */
  uc_view_test_push (fixture->account, uc_test_post ("new", TEST_BEN, 500 * MINUTE, "new"));
  uc_view_test_settle (fixture->account);
  check_against_store (fixture);

  /* And forward again. */
  for (int i = 0; i < 40 && !uc_timeline_is_at_newest (fixture->timeline); i++) {
    guint n = get_n_items (fixture);

    uc_timeline_set_shown (fixture->timeline, n - 20, n - 1);
    uc_view_test_settle (fixture->account);
    check_against_store (fixture);
  }
  g_assert_true (uc_timeline_is_at_newest (fixture->timeline));
}

static int
jump (Fixture *fixture, const char *name, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *id = uc_test_id (name);

  uc_timeline_jump_async (fixture->timeline, id, NULL, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  return uc_timeline_jump_finish (fixture->timeline, result, error);
}

static void
test_jump (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *row = NULL;
  int              position = jump (fixture, "p100x", &error);

  g_assert_no_error (error);
  row = dup_rows (fixture->timeline, (guint) position, 1);
  g_assert_cmpstr (row, ==, "p100");
  g_assert_false (uc_timeline_is_at_newest (fixture->timeline));
  check_against_store (fixture);

  /* Already here. */
  g_assert_cmpint (jump (fixture, "p101x", &error), ==, position + 1);
  g_assert_no_error (error);

  uc_timeline_jump_newest (fixture->timeline);
  uc_view_test_settle (fixture->account);
  g_assert_true (uc_timeline_is_at_newest (fixture->timeline));
  check_against_store (fixture);
}

static void
test_jump_fails (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) other_error = NULL;
  UcPost *post = uc_test_post ("elsewhere", TEST_BEN, MINUTE, "elsewhere");

  /* Not stored, and no server to ask. */
  g_assert_cmpint (jump (fixture, "nowhere", &error), ==, -1);
  g_assert_nonnull (error);
  check_against_store (fixture);
  g_assert_true (uc_timeline_is_at_newest (fixture->timeline));

  uc_test_set (&post->channel_id, TEST_OTHER);
  uc_view_test_put (fixture->account, post);
  g_assert_cmpint (jump (fixture, "elsewhere", &other_error), ==, -1);
  g_assert_error (other_error, UC_ERROR, UC_ERROR_NOT_FOUND);
  check_against_store (fixture);
}

/* The later one counts; the earlier is told. */
static void
test_jump_replaced (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *first_id = uc_view_test_id (100);
  g_autofree char *second_id = uc_view_test_id (200);
  g_autofree char *row = NULL;
  int              position;

  uc_timeline_jump_async (fixture->timeline, first_id, NULL, uc_test_result_cb, &first);
  uc_timeline_jump_async (fixture->timeline, second_id, NULL, uc_test_result_cb, &second);
  uc_test_wait_result (&second);
  uc_test_wait_result (&first);
  g_assert_cmpint (uc_timeline_jump_finish (fixture->timeline, first, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  position = uc_timeline_jump_finish (fixture->timeline, second, NULL);
  row = dup_rows (fixture->timeline, (guint) position, 1);
  g_assert_cmpstr (row, ==, "p200");
  check_against_store (fixture);
}

/* Holes */

static void
test_hole_fills (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcTimelineItem) hole = NULL;
  g_autoptr (UcTimelineItem) same = NULL;

  uc_view_test_page (fixture->account, 0, 3, MINUTE, UC_PAGE_LATEST, 0, TRUE, FALSE);
  uc_view_test_page (fixture->account, 10, 2, MINUTE, UC_PAGE_LATEST, 0, FALSE, TRUE);
  open_fixture (fixture, "");
  assert_rows (fixture, "^ D p0 p1 p2 # p10 p11");
  hole = g_list_model_get_item (G_LIST_MODEL (fixture->timeline), 5);
  g_assert_cmpint (uc_timeline_item_get_kind (hole), ==, UC_ITEM_HOLE);

  /* The hole stays the same row while it fills from below. */
  uc_test_model_count (fixture->watched);
  uc_view_test_page (fixture->account, 7, 3, MINUTE, UC_PAGE_BEFORE, 10, FALSE, FALSE);
  assert_rows (fixture, "^ D p0 p1 p2 # p7 p8 p9 p10 p11");
  g_assert_cmpuint (uc_test_model_count (fixture->watched), ==, 1);
  same = g_list_model_get_item (G_LIST_MODEL (fixture->timeline), 5);
  g_assert_true (same == hole);

  /* Seen with nobody to ask: nothing happens, nothing breaks. */
  uc_timeline_set_shown (fixture->timeline, 0, 10);
  uc_view_test_page (fixture->account, 2, 5, MINUTE, UC_PAGE_BEFORE, 7, FALSE, FALSE);
  assert_rows (fixture, "^ D p0 p1 p2 p3 p4 p5 p6 p7 p8 p9 p10 p11");
  check_against_store (fixture);
}

/* Threads */

static void
test_thread (Fixture *fixture, gconstpointer data)
{
  g_autofree char *root_id = uc_view_test_id (1);
  UcPost          *reply = uc_test_post ("r1", TEST_BEN, 10 * MINUTE, "r1");

  uc_view_test_page (fixture->account, 0, 3, MINUTE, UC_PAGE_LATEST, 0, TRUE, TRUE);
  uc_test_set (&reply->root_id, root_id);
  uc_view_test_push (fixture->account, reply);
  open_fixture (fixture, root_id);
  assert_rows (fixture, "D p1 r1");

  reply = uc_test_post ("r2", TEST_ANNA, 11 * MINUTE, "r2");
  uc_test_set (&reply->root_id, root_id);
  uc_view_test_push (fixture->account, reply);
  uc_view_test_push (fixture->account, uc_test_post ("x", TEST_ANNA, 12 * MINUTE, "x"));
  assert_rows (fixture, "D p1 r1 r2");
}

/* People */

static void
test_user_changes (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = uc_view_test_id (498);
  g_autoptr (UcTimelineItem) item = get_item (fixture, id);
  g_autoptr (UcUser) anna = uc_test_user (TEST_ANNA, "anna.ek", "Anna", "Ekström");
  g_autoptr (UcUser) me = uc_test_user (TEST_ME, "me.myself", "Mina", "Meyer");
  UcBatch *batch = uc_batch_new ();
  Watch    watch = { 0, uc_timeline_item_get_revision (item) };

  g_assert_nonnull (uc_directory_get_user (fixture->account->directory, TEST_ME));
  uc_directory_get_user (fixture->account->directory, TEST_ANNA);
  uc_view_test_settle (fixture->account);
  watch.revision = uc_timeline_item_get_revision (item);
  g_signal_connect (item, "changed", G_CALLBACK (changed_cb), &watch);
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
  uc_view_test_push (fixture->account, uc_test_post ("long", TEST_BEN, 500 * MINUTE, text->str));
  uc_view_test_settle (fixture->account);
  item = get_item (fixture, id);
  watch.revision = uc_timeline_item_get_revision (item);
  g_signal_connect (item, "changed", G_CALLBACK (changed_cb), &watch);
  g_assert_true (uc_timeline_item_get_markdown (item)->is_cut);
  uc_timeline_item_set_expanded (item, TRUE);
  uc_timeline_item_set_expanded (item, TRUE);
  g_assert_cmpuint (watch.n_changed, ==, 1);
  g_assert_false (uc_timeline_item_get_markdown (item)->is_cut);
}

/* A timeline that is dropped while it reads. */
static void
test_drop (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  UcTimeline *other =
      uc_timeline_new (fixture->account->session, fixture->account->directory, TEST_CHANNEL, "");

  uc_timeline_open_async (other, NULL, uc_test_result_cb, &result);
  g_object_run_dispose (G_OBJECT (other));
  uc_test_wait_result (&result);
  g_assert_false (uc_timeline_open_finish (other, result, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&result);
  uc_view_test_settle (fixture->account);
  g_assert_finalize_object (other);
}

/* Anything, in any order */

typedef struct {
  int n_posts;
  int n_ops;
  int n_acknowledged;
} Random;

static void
do_something (Fixture *fixture, Random *random)
{
  int              any = g_test_rand_int_range (0, random->n_posts);
  g_autofree char *id = uc_view_test_id (any);
  UcBatch         *batch = uc_batch_new ();
  g_autofree char *name = NULL;
  g_autoptr (UcPost) post = NULL;
  int number;

  switch (g_test_rand_int_range (0, 10)) {
  case 0: /* Pushed. */
    number = random->n_posts++;
    name = g_strdup_printf ("p%dx", number);
    post = uc_test_post (name, number % 3 == 0 ? TEST_ME : TEST_BEN, number * MINUTE, name);
    uc_batch_put_pushed_post (batch, post, FALSE);
    break;
  case 1: /* Found, somewhere in the past. */
    name = g_strdup_printf ("f%dx", g_test_rand_int_range (0, 10000));
    post =
        uc_test_post (name, TEST_ANNA, g_test_rand_int_range (0, random->n_posts * MINUTE), name);
    uc_batch_put_post (batch, post);
    break;
  case 2: /* Edited. */
    name = g_strdup_printf ("p%dx", any);
    post = uc_test_post (name, any % 2 == 0 ? TEST_ANNA : TEST_BEN, any * MINUTE, "edited");
    post->update_at_ms += g_test_rand_int_range (1, 1000);
    post->edit_at_ms = post->update_at_ms;
    uc_batch_put_post (batch, post);
    break;
  case 3: /* Deleted. */
    uc_batch_remove_post (batch, id, TEST_NOW_MS + random->n_posts * MINUTE);
    break;
  case 4: /* Written here. */
    name = g_strdup_printf ("op%dx", random->n_ops++);
    post = uc_test_provisional (name, (random->n_posts + g_test_rand_int_range (-3, 3)) * MINUTE,
                                name);
    uc_batch_queue_post (batch, post);
    break;
  case 5: /* Acknowledged, at the server's time. */
    if (random->n_acknowledged < random->n_ops) {
      g_autofree char *answer_name = g_strdup_printf ("a%dx", random->n_acknowledged);

      name = g_strdup_printf ("op%dx", random->n_acknowledged++);
      post = uc_test_answer (name, answer_name,
                             (random->n_posts + g_test_rand_int_range (-5, 5)) * MINUTE + 7, name);
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
  guint            n = get_n_items (fixture);
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
    check_against_store (fixture);
  }
}

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(path, before, func)                                                                    \
  g_test_add ("/view/timeline/" path, Fixture, NULL, before, func, tear_down)
  ADD ("open", set_up, test_open);
  ADD ("open-empty", set_up_bare, test_open_empty);
  ADD ("open-unread", set_up_bare, test_open_unread);
  ADD ("open-few-unread", set_up_bare, test_open_few_unread);
  ADD ("new-message", set_up, test_new_message);
  ADD ("burst", set_up, test_burst);
  ADD ("edit-in-place", set_up, test_edit_in_place);
  ADD ("delete", set_up, test_delete);
  ADD ("own-message", set_up, test_own_message);
  ADD ("slide", set_up, test_slide_to_start);
  ADD ("jump", set_up, test_jump);
  ADD ("jump-fails", set_up, test_jump_fails);
  ADD ("jump-replaced", set_up, test_jump_replaced);
  ADD ("hole-fills", set_up_bare, test_hole_fills);
  ADD ("thread", set_up_bare, test_thread);
  ADD ("user-changes", set_up, test_user_changes);
  ADD ("expand", set_up, test_expand);
  ADD ("drop", set_up, test_drop);
  ADD ("random", set_up, test_random);
#undef ADD
  return g_test_run ();
}
