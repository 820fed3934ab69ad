/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The answer to a reaction or a pin comes late: what was told of the message meanwhile is
 * not undone by it. */

#include "config.h"

#include "uc-store-test.h"
#include "uc-test.h"

typedef struct {
  UcTestStore *store; /* (owned) */
  UcPost      *post;  /* (owned) with one's own "+1" */
} Fixture;

static UcReaction *
new_reaction (UcPost *post, const char *user_id, const char *emoji_name, gint64 at_ms)
{
  UcReaction *reaction = uc_reaction_new ();

  uc_test_set (&reaction->post_id, post->id);
  uc_test_set (&reaction->user_id, user_id);
  uc_test_set (&reaction->emoji_name, emoji_name);
  reaction->create_at_ms = TEST_NOW_MS + at_ms;
  return reaction;
}

static void
set_up (Fixture *self, gconstpointer unused)
{
  UcBatch *batch = uc_batch_new ();

  self->store = uc_test_store_new ();
  self->post = uc_test_post ("post", TEST_ANNA, 10, "text");
  self->post->has_metadata = TRUE;
  self->post->is_pinned = TRUE;
  g_ptr_array_add (self->post->reactions, new_reaction (self->post, TEST_ME, "+1", 10));
  uc_batch_put_post (batch, self->post);
  uc_test_store_apply (self->store, batch);
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  uc_post_unref (self->post);
  uc_test_store_free (self->store);
}

static void
take_off (Fixture *self)
{
  UcBatch *batch = uc_batch_new ();

  uc_batch_queue_reaction (batch, "unreact", self->post->id, TEST_ME, "+1", FALSE);
  uc_batch_queue_pin (batch, "unpin", self->post->id, FALSE);
  uc_batch_outbox_set (batch, "unreact", UC_SEND_SENDING, NULL, 0);
  uc_batch_outbox_set (batch, "unpin", UC_SEND_SENDING, NULL, 0);
  uc_test_store_apply (self->store, batch);
}

static void
answer (Fixture *self)
{
  UcBatch *batch = uc_batch_new ();

  uc_batch_outbox_done (batch, "unreact", NULL);
  uc_batch_outbox_done (batch, "unpin", NULL);
  uc_test_store_apply (self->store, batch);
}

static void
check (Fixture *self, guint n_reactions, gboolean is_pinned)
{
  g_autoptr (UcMessage) message = uc_test_store_message (self->store, self->post->id);

  g_assert_cmpuint (message->post->reactions->len, ==, n_reactions);
  g_assert_cmpint (message->post->is_pinned, ==, is_pinned);
}

static void
test_alone (Fixture *self, gconstpointer unused)
{
  take_off (self);
  check (self, 0, FALSE);
  answer (self);
  check (self, 0, FALSE);
}

/* Taken away and given again on another device, so that nothing was left to take away
 * here: the server said yes, and tells nobody of it. */
static void
test_given_again (Fixture *self, gconstpointer unused)
{
  g_autoptr (UcReaction) reaction = new_reaction (self->post, TEST_ME, "+1", 30);
  UcBatch *batch = uc_batch_new ();

  take_off (self);
  uc_batch_put_reaction (batch, reaction);
  uc_test_store_apply (self->store, batch);
  answer (self);
  check (self, 1, TRUE);
}

/* The same by a page, as without a stream. */
static void
test_page (Fixture *self, gconstpointer unused)
{
  UcBatch *batch = uc_batch_new ();

  take_off (self);
  self->post->update_at_ms += 20;
  g_ptr_array_set_size (self->post->reactions, 0);
  g_ptr_array_add (self->post->reactions, new_reaction (self->post, TEST_ME, "+1", 30));
  uc_batch_put_post (batch, self->post);
  uc_test_store_apply (self->store, batch);
  answer (self);
  check (self, 1, TRUE);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/store/store-settle/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("alone", test_alone);
  ADD ("given-again", test_given_again);
  ADD ("page", test_page);
  return g_test_run ();
}
