/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Changes that the stream acknowledges before their answers come, and what was read when. */

#include "config.h"

#include "uc-store-test.h"

#define OP "op00000000000000000000000a"

typedef struct {
  UcTestStore *store;
  UcPost      *post;
} Fixture;

static void
apply (Fixture *self, UcBatch *batch)
{
  uc_test_store_apply (self->store, batch);
}

static void
push (Fixture *self, const char *name, const char *user_id, gint64 at_ms, gboolean mentions_me)
{
  g_autoptr (UcPost) post = uc_test_post (name, user_id, at_ms, name);
  UcBatch *batch = uc_batch_new ();

  uc_batch_put_pushed_post (batch, post, mentions_me);
  apply (self, batch);
}

static void
set_up (Fixture *self, gconstpointer unused)
{
  UcBatch *batch = uc_batch_new ();

  self->store = uc_test_store_new ();
  self->post = uc_test_post ("post", TEST_ANNA, 10, "post");
  uc_batch_put_pushed_post (batch, self->post, FALSE);
  apply (self, batch);
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  uc_post_unref (self->post);
  uc_test_store_free (self->store);
}

static void
set_sending (Fixture *self)
{
  UcBatch *batch = uc_batch_new ();

  uc_batch_outbox_set (batch, OP, UC_SEND_SENDING, NULL, 0);
  apply (self, batch);
}

static void
answer (Fixture *self)
{
  UcBatch *batch = uc_batch_new ();

  uc_batch_outbox_done (batch, OP, NULL);
  apply (self, batch);
}

static void
react (Fixture *self, gint64 at_ms, gboolean add)
{
  g_autoptr (UcReaction) reaction = uc_reaction_new ();
  UcBatch *batch = uc_batch_new ();

  uc_test_set (&reaction->user_id, TEST_ME);
  uc_test_set (&reaction->post_id, self->post->id);
  uc_test_set (&reaction->emoji_name, "tada");
  reaction->create_at_ms = TEST_NOW_MS + at_ms;
  if (add)
    uc_batch_put_reaction (batch, reaction);
  else
    uc_batch_remove_reaction (batch, reaction);
  apply (self, batch);
}

static guint
count_outbox (Fixture *self)
{
  g_autoptr (GPtrArray) rows = uc_test_store_outbox (self->store);

  return rows->len;
}

/* Another device took the reaction back before our answer came. */
static void
test_reaction (Fixture *self, gconstpointer unused)
{
  UcBatch *batch = uc_batch_new ();
  g_autoptr (UcMessage) message = NULL;

  uc_batch_queue_reaction (batch, OP, self->post->id, TEST_ME, "tada", TRUE);
  apply (self, batch);
  /* What only waits is not what the event tells of. */
  react (self, 20, TRUE);
  g_assert_cmpuint (count_outbox (self), ==, 1);
  set_sending (self);
  react (self, 20, TRUE);
  g_assert_cmpuint (count_outbox (self), ==, 0);
  react (self, 0, FALSE);
  answer (self);
  message = uc_test_store_message (self->store, self->post->id);
  g_assert_cmpuint (message->post->reactions->len, ==, 0);
}

static void
put_pinned (Fixture *self, gint64 at_ms, gboolean is_pinned)
{
  g_autoptr (UcPost) post = uc_post_copy (self->post);
  UcBatch *batch = uc_batch_new ();

  post->update_at_ms = TEST_NOW_MS + at_ms;
  post->is_pinned = is_pinned;
  uc_batch_put_post (batch, post);
  apply (self, batch);
}

static void
test_pin (Fixture *self, gconstpointer unused)
{
  UcBatch *batch = uc_batch_new ();
  g_autoptr (UcMessage) message = NULL;

  uc_batch_queue_pin (batch, OP, self->post->id, TRUE);
  apply (self, batch);
  set_sending (self);
  put_pinned (self, 20, TRUE);
  g_assert_cmpuint (count_outbox (self), ==, 0);
  put_pinned (self, 30, FALSE);
  answer (self);
  message = uc_test_store_message (self->store, self->post->id);
  g_assert_false (message->post->is_pinned);
}

static void
check_counts (Fixture *self, gint64 n_unread, gint64 n_mentions)
{
  g_autoptr (UcChannelState) state = uc_test_store_channel (self->store, TEST_CHANNEL);

  g_assert_cmpint (state->unread, ==, n_unread);
  g_assert_cmpint (state->mentions, ==, n_mentions);
}

static void
test_view (Fixture *self, gconstpointer unused)
{
  UcBatch *batch = uc_batch_new ();

  uc_batch_queue_view (batch, OP, TEST_CHANNEL);
  apply (self, batch);
  set_sending (self);
  batch = uc_batch_new ();
  uc_batch_mark_read (batch, TEST_CHANNEL, 0);
  apply (self, batch);
  g_assert_cmpuint (count_outbox (self), ==, 0);
  push (self, "later", TEST_ANNA, 30, FALSE);
  answer (self);
  check_counts (self, 1, 0);
}

/* The lists know of posts already that follow an event of reading. */
static void
test_read_before_lists (Fixture *self, gconstpointer unused)
{
  g_autoptr (UcChannel) channel = uc_test_channel (TEST_CHANNEL, "station", UC_CHANNEL_OPEN);
  g_autoptr (UcMember) member = uc_test_member (TEST_CHANNEL);
  g_autoptr (UcPost) later = uc_test_post ("later", TEST_ANNA, 30, "later");
  UcBatch *batch = uc_batch_new ();

  channel->total_msg_count = 2;
  channel->last_post_at_ms = TEST_NOW_MS + 30;
  member->read_msg_count = 1;
  member->mention_count = 1;
  member->last_update_at_ms = TEST_NOW_MS + 30;
  uc_batch_put_channel (batch, channel);
  uc_batch_put_member (batch, member);
  uc_batch_put_post (batch, later);
  apply (self, batch);
  check_counts (self, 1, 1);

  batch = uc_batch_new ();
  uc_batch_mark_read (batch, TEST_CHANNEL, 0);
  uc_batch_leave_unread (batch, TEST_CHANNEL, TEST_NOW_MS + 30);
  apply (self, batch);
  check_counts (self, 1, 0);
  push (self, "later", TEST_ANNA, 30, TRUE);
  check_counts (self, 1, 1);
}

/* One's own post that a page shows: the server has counted since. */
static void
test_own_on_page (Fixture *self, gconstpointer unused)
{
  g_autoptr (UcChannel) channel = uc_test_channel (TEST_CHANNEL, "station", UC_CHANNEL_OPEN);
  g_autoptr (UcMember) member = uc_test_member (TEST_CHANNEL);
  g_autoptr (UcPost) provisional = uc_test_provisional (OP, 15, "mine");
  g_autoptr (UcPost) mine = uc_test_answer (OP, "mine", 20, "mine");
  UcBatch *batch = uc_batch_new ();

  uc_batch_queue_post (batch, provisional);
  apply (self, batch);
  batch = uc_batch_new ();
  channel->total_msg_count = 3;
  channel->last_post_at_ms = TEST_NOW_MS + 30;
  member->read_msg_count = 2;
  member->last_update_at_ms = TEST_NOW_MS + 20;
  uc_batch_put_channel (batch, channel);
  uc_batch_put_member (batch, member);
  uc_batch_put_post (batch, mine);
  apply (self, batch);
  g_assert_cmpuint (count_outbox (self), ==, 0);
  check_counts (self, 1, 0);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/store/store-acknowledge/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("reaction", test_reaction);
  ADD ("pin", test_pin);
  ADD ("view", test_view);
  ADD ("read-before-lists", test_read_before_lists);
  ADD ("own-on-page", test_own_on_page);
  return g_test_run ();
}
