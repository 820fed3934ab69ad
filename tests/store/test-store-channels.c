/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-store-test.h"
#include "uc-test.h"

static void
push (UcTestStore *self, const char *name, const char *user_id, gint64 at_ms, gboolean mentions_me)
{
  g_autoptr (UcPost) post = uc_test_post (name, user_id, at_ms, name);
  UcBatch *batch = uc_batch_new ();

  uc_batch_put_pushed_post (batch, post, mentions_me);
  uc_test_store_apply (self, batch);
}

/* The server's record at some moment. */
static void
put_record (UcTestStore *self, gint64 last_post_ms, gint64 total)
{
  g_autoptr (UcChannel) channel = uc_test_channel (TEST_CHANNEL, "station-3", UC_CHANNEL_OPEN);
  UcBatch *batch = uc_batch_new ();

  channel->last_post_at_ms = TEST_NOW_MS + last_post_ms;
  channel->total_msg_count = total;
  channel->total_msg_count_root = total;
  uc_batch_put_channel (batch, channel);
  uc_test_store_apply (self, batch);
}

static void
put_member (UcTestStore *self, gint64 updated_ms, gint64 read, gint64 mentions)
{
  g_autoptr (UcMember) member = uc_test_member (TEST_CHANNEL);
  UcBatch *batch = uc_batch_new ();

  member->last_update_at_ms = TEST_NOW_MS + updated_ms;
  member->last_viewed_at_ms = TEST_NOW_MS + updated_ms;
  member->read_msg_count = read;
  member->mention_count = mentions;
  uc_batch_put_member (batch, member);
  uc_test_store_apply (self, batch);
}

static void
assert_counts (UcTestStore *self, gint64 total, gint64 unread, gint64 mentions)
{
  g_autoptr (UcChannelState) state = uc_test_store_channel (self, TEST_CHANNEL);

  g_assert_cmpint (state->channel->total_msg_count, ==, total);
  g_assert_cmpint (state->unread, ==, unread);
  g_assert_cmpint (state->mentions, ==, mentions);
}

static void
test_counting (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcPost) joined = uc_test_post ("joined", TEST_BEN, 25, "joined");
  UcBatch *batch;

  push (self, "one", TEST_ANNA, 10, FALSE);
  g_assert_true (uc_change_set_has_channel (self->last, TEST_CHANNEL));
  assert_counts (self, 1, 1, 0);
  push (self, "two", TEST_ANNA, 20, TRUE);
  assert_counts (self, 2, 2, 1);
  push (self, "two", TEST_ANNA, 20, TRUE);
  assert_counts (self, 2, 2, 1);
  uc_test_set (&joined->type, "system_join_channel");
  batch = uc_batch_new ();
  uc_batch_put_pushed_post (batch, joined, FALSE);
  uc_test_store_apply (self, batch);
  assert_counts (self, 2, 2, 1);
  push (self, "mine", TEST_ME, 30, FALSE);
  assert_counts (self, 3, 0, 0);
  push (self, "three", TEST_ANNA, 40, FALSE);
  assert_counts (self, 4, 1, 0);

  batch = uc_batch_new ();
  uc_batch_mark_read (batch, TEST_CHANNEL, 0);
  uc_test_store_apply (self, batch);
  assert_counts (self, 4, 0, 0);
  batch = uc_batch_new ();
  uc_batch_mark_read (batch, TEST_CHANNEL, TEST_NOW_MS);
  uc_test_store_apply (self, batch);
  g_assert_null (self->last);

  batch = uc_batch_new ();
  uc_batch_set_unread (batch, TEST_CHANNEL, TEST_NOW_MS + 19, 1, 1);
  uc_test_store_apply (self, batch);
  assert_counts (self, 4, 3, 1);
}

/* A post is counted once, whether the record that includes it comes before its event
 * or after, or both come twice. */
static void
test_record_and_push (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();

  put_record (self, 10, 100);
  put_member (self, 10, 100, 0);
  assert_counts (self, 100, 0, 0);
  push (self, "a", TEST_ANNA, 20, TRUE);
  assert_counts (self, 101, 1, 1);
  /* The record now knows of it. */
  put_record (self, 20, 101);
  put_member (self, 21, 100, 1);
  assert_counts (self, 101, 1, 1);
  /* An older answer was late. */
  put_record (self, 10, 100);
  put_member (self, 10, 100, 0);
  assert_counts (self, 101, 1, 1);
  /* The record is ahead of the event. */
  put_record (self, 30, 102);
  put_member (self, 31, 100, 2);
  assert_counts (self, 102, 2, 2);
  push (self, "b", TEST_ANNA, 30, TRUE);
  assert_counts (self, 102, 2, 2);
  /* The record was taken between two events. */
  push (self, "c", TEST_ANNA, 40, FALSE);
  push (self, "d", TEST_ANNA, 50, TRUE);
  assert_counts (self, 104, 4, 3);
  put_record (self, 40, 103);
  put_member (self, 31, 100, 2);
  assert_counts (self, 104, 4, 3);
}

/* The stream is behind what was read meanwhile: one wrote before the last post, which is
 * here, and looked before it as well. */
static void
test_stream_behind (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcPost) later = uc_test_post ("later", TEST_ANNA, 30, "later");
  UcBatch *batch = uc_batch_new ();

  put_record (self, 30, 12);
  put_member (self, 20, 11, 0);
  uc_batch_put_post (batch, later);
  uc_batch_set_unread (batch, TEST_CHANNEL, TEST_NOW_MS + 1, 3, 0);
  uc_test_store_apply (self, batch);
  push (self, "mine", TEST_ME, 20, FALSE);
  assert_counts (self, 12, 1, 0);
  batch = uc_batch_new ();
  uc_batch_mark_read (batch, TEST_CHANNEL, TEST_NOW_MS + 20);
  uc_test_store_apply (self, batch);
  assert_counts (self, 12, 1, 0);
  push (self, "later", TEST_ANNA, 30, TRUE);
  assert_counts (self, 12, 1, 1);
  /* What was told of one's own post late takes nothing back. */
  batch = uc_batch_new ();
  uc_batch_mark_read (batch, TEST_CHANNEL, TEST_NOW_MS + 30);
  uc_test_store_apply (self, batch);
  assert_counts (self, 12, 0, 0);
  push (self, "mine", TEST_ME, 20, FALSE);
  assert_counts (self, 12, 0, 0);
}

/* The record was made after one had read up to what one wrote last: the events from before
 * that tell nothing new, whatever of the later posts is here already. */
static void
test_record_knows (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcPost) later = uc_test_post ("later", TEST_ANNA, 35, "later");
  UcBatch *batch = uc_batch_new ();

  put_record (self, 40, 4);
  put_member (self, 30, 3, 0);
  uc_batch_put_post (batch, later);
  uc_test_store_apply (self, batch);
  push (self, "mine", TEST_ME, 10, FALSE);
  push (self, "called", TEST_ANNA, 20, TRUE);
  assert_counts (self, 4, 1, 0);
}

/* Called in the millisecond in which one wrote, after that. */
static void
test_same_millisecond (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();

  push (self, "before", TEST_ANNA, 20, TRUE);
  push (self, "mine", TEST_ME, 20, FALSE);
  assert_counts (self, 2, 0, 0);
  push (self, "after", TEST_ANNA, 20, TRUE);
  assert_counts (self, 3, 1, 1);
}

/* One that waits since before the last post of the others, and stands behind what was sent
 * since, is in no total. */
static void
test_unsent (void)
{
  static const char *const ops[] = { "op000000000000000000000001", "op000000000000000000000002" };
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcPost) sent = uc_test_answer (ops[0], "sent", 30, "sent");
  UcBatch *batch = uc_batch_new ();

  put_record (self, 20, 5);
  put_member (self, 15, 4, 0);
  for (guint i = 0; i < G_N_ELEMENTS (ops); i++) {
    g_autoptr (UcPost) waiting = uc_test_provisional (ops[i], 10 + i, "waiting");

    uc_batch_queue_post (batch, waiting);
  }
  uc_batch_outbox_done (batch, ops[0], sent);
  uc_test_store_apply (self, batch);
  assert_counts (self, 6, 0, 0);
}

/* Who changes the header has not read what others wrote. */
static void
test_own_system_post (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcPost) post = uc_test_post ("header", TEST_ME, 30, "");
  UcBatch *batch = uc_batch_new ();

  push (self, "before", TEST_ANNA, 20, TRUE);
  uc_test_set (&post->type, "system_header_change");
  uc_batch_put_pushed_post (batch, post, FALSE);
  uc_test_store_apply (self, batch);
  assert_counts (self, 2, 2, 1);
}

/* A snapshot that was taken before one read the channel does not make it unread. */
static void
test_stale_membership (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  UcBatch *batch;

  put_record (self, 10, 10);
  put_member (self, 5, 8, 1);
  assert_counts (self, 10, 2, 1);
  batch = uc_batch_new ();
  uc_batch_mark_read (batch, TEST_CHANNEL, 0);
  uc_test_store_apply (self, batch);
  put_member (self, 5, 8, 1);
  assert_counts (self, 10, 0, 0);
  put_member (self, 10, 10, 0);
  assert_counts (self, 10, 0, 0);
}

static void
test_muted (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcMember) member = uc_test_member (TEST_CHANNEL);
  UcBatch *batch = uc_batch_new ();

  member->is_muted = TRUE;
  uc_batch_put_member (batch, member);
  uc_test_store_apply (self, batch);
  push (self, "one", TEST_ANNA, 10, FALSE);
  assert_counts (self, 1, 0, 0);
  push (self, "two", TEST_ANNA, 20, TRUE);
  assert_counts (self, 2, 2, 1);
}

static GPtrArray *
load_all (UcTestStore *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *states;

  uc_store_load_channels_async (self->store, NULL, NULL, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  states = uc_store_load_channels_finish (self->store, result, &error);
  g_assert_no_error (error);
  return states;
}

static void
test_leaving (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcChannel) channel = uc_test_channel (TEST_CHANNEL, "station-3", UC_CHANNEL_OPEN);
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  g_autoptr (GPtrArray) states = load_all (self);
  g_autoptr (UcChannelState) left = NULL;
  g_autoptr (UcMessage) message = NULL;
  UcBatch *batch;

  g_assert_cmpuint (states->len, ==, 2);
  push (self, "one", TEST_ANNA, 10, FALSE);
  g_ptr_array_add (list, channel);
  batch = uc_batch_new ();
  uc_batch_replace_channels (batch, list);
  uc_test_store_apply (self, batch);
  g_assert_true (uc_change_set_has_channel (self->last, TEST_OTHER));
  g_assert_false (uc_change_set_has_channel (self->last, TEST_CHANNEL));
  left = uc_test_store_channel (self, TEST_OTHER);
  g_assert_null (left);

  batch = uc_batch_new ();
  uc_batch_replace_channels (batch, list);
  uc_test_store_apply (self, batch);
  g_assert_null (self->last);

  batch = uc_batch_new ();
  uc_batch_remove_channel (batch, TEST_CHANNEL);
  uc_batch_remove_channel (batch, "unknown");
  uc_test_store_apply (self, batch);
  g_clear_pointer (&states, g_ptr_array_unref);
  states = load_all (self);
  g_assert_cmpuint (states->len, ==, 0);
  message = uc_test_store_message (self, "one00000000000000000000000");
  g_assert_nonnull (message);

  channel->delete_at_ms = 5;
  batch = uc_batch_new ();
  uc_batch_put_channel (batch, channel);
  uc_test_store_apply (self, batch);
  left = uc_test_store_channel (self, TEST_CHANNEL);
  g_assert_null (left);
}

/* A post may come before anything is known of its channel and its author. */
static void
test_unknown (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcPost) post = uc_test_post ("post", "stranger000000000000000000", 10, "Hi");
  g_autoptr (UcChannel) channel = uc_test_channel ("new0", "new", UC_CHANNEL_OPEN);
  g_autoptr (UcChannelState) state = NULL;
  UcBatch *batch = uc_batch_new ();

  uc_test_set (&post->channel_id, "new0");
  uc_batch_put_pushed_post (batch, post, TRUE);
  uc_test_store_apply (self, batch);
  state = uc_test_store_channel (self, "new0");
  g_assert_null (state);
  channel->last_post_at_ms = post->create_at_ms;
  channel->total_msg_count = 7;
  batch = uc_batch_new ();
  uc_batch_put_channel (batch, channel);
  uc_test_store_apply (self, batch);
  state = uc_test_store_channel (self, "new0");
  g_assert_cmpint (state->channel->total_msg_count, ==, 7);
  g_assert_null (state->member);
  g_assert_cmpint (UC_SEQ_TO_MS (state->newest_seq), ==, post->create_at_ms);
}

static void
put_preference (UcTestStore *self, const char *category, const char *name, const char *value)
{
  g_autoptr (UcPreference) preference = uc_preference_new (TEST_ME, category, name, value);
  UcBatch *batch = uc_batch_new ();

  uc_batch_put_preference (batch, preference);
  uc_test_store_apply (self, batch);
}

static void
test_marks (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcChannel) direct =
      uc_test_channel ("direct", TEST_ANNA "__" TEST_ME, UC_CHANNEL_DIRECT);
  g_autoptr (UcChannel) group = uc_test_channel ("group", "abcdef", UC_CHANNEL_GROUP);
  g_autoptr (UcChannelState) state = NULL;
  UcBatch *batch = uc_batch_new ();

  uc_batch_put_channel (batch, direct);
  uc_batch_put_channel (batch, group);
  uc_batch_put_draft (batch, "direct", "", "half");
  uc_test_store_apply (self, batch);

  state = uc_test_store_channel (self, "direct");
  g_assert_false (state->is_hidden);
  g_assert_true (state->has_draft);
  put_preference (self, "direct_channel_show", TEST_ANNA, "false");
  g_assert_true (self->last->preferences);
  g_assert_true (uc_change_set_has_channel (self->last, "direct"));
  put_preference (self, "direct_channel_show", TEST_ANNA, "false");
  g_assert_null (self->last);
  put_preference (self, "group_channel_show", "group", "false");
  put_preference (self, "favorite_channel", "direct", "true");
  g_clear_pointer (&state, uc_channel_state_free);
  state = uc_test_store_channel (self, "direct");
  g_assert_true (state->is_hidden);
  g_assert_true (state->is_favourite);
  g_clear_pointer (&state, uc_channel_state_free);
  state = uc_test_store_channel (self, "group");
  g_assert_true (state->is_hidden);
  g_assert_false (state->is_favourite);
  put_preference (self, "direct_channel_show", TEST_ANNA, "true");
  g_clear_pointer (&state, uc_channel_state_free);
  state = uc_test_store_channel (self, "direct");
  g_assert_false (state->is_hidden);

  batch = uc_batch_new ();
  uc_batch_put_draft (batch, "direct", "", NULL);
  uc_test_store_apply (self, batch);
  g_assert_true (uc_change_set_has_channel (self->last, "direct"));
  g_clear_pointer (&state, uc_channel_state_free);
  state = uc_test_store_channel (self, "direct");
  g_assert_false (state->has_draft);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/store/store-channels/counting", test_counting);
  g_test_add_func ("/store/store-channels/record-and-push", test_record_and_push);
  g_test_add_func ("/store/store-channels/stale-membership", test_stale_membership);
  g_test_add_func ("/store/store-channels/stream-behind", test_stream_behind);
  g_test_add_func ("/store/store-channels/same-millisecond", test_same_millisecond);
  g_test_add_func ("/store/store-channels/muted", test_muted);
  g_test_add_func ("/store/store-channels/leaving", test_leaving);
  g_test_add_func ("/store/store-channels/unsent", test_unsent);
  g_test_add_func ("/store/store-channels/record-knows", test_record_knows);
  g_test_add_func ("/store/store-channels/own-system-post", test_own_system_post);
  g_test_add_func ("/store/store-channels/unknown", test_unknown);
  g_test_add_func ("/store/store-channels/marks", test_marks);
  return g_test_run ();
}
