/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What pages and events tell of the same thing, in whichever order they come: pages are
 * often older than events that were applied before them. */

#include "config.h"

#include "uc-store-test.h"

typedef struct {
  UcTestStore *store;
  UcPost      *root;
  UcPost      *reply;
} Fixture;

static void
set_up (Fixture *self, gconstpointer unused)
{
  self->store = uc_test_store_new ();
  self->root = uc_test_post ("root", TEST_ANNA, 10, "root");
  self->reply = uc_test_post ("reply", TEST_BEN, 20, "reply");
  uc_test_set (&self->reply->root_id, self->root->id);
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  uc_post_unref (self->root);
  uc_post_unref (self->reply);
  uc_test_store_free (self->store);
}

static void
put (Fixture *self, UcPost *post)
{
  UcBatch *batch = uc_batch_new ();

  uc_batch_put_post (batch, post);
  uc_test_store_apply (self->store, batch);
}

static void
push (Fixture *self, UcPost *post)
{
  UcBatch *batch = uc_batch_new ();

  uc_batch_put_pushed_post (batch, post, FALSE);
  uc_test_store_apply (self->store, batch);
}

/* As the server shows it after a change @at_ms. */
static UcPost *
as_of (UcPost *post, gint64 at_ms)
{
  UcPost *later = uc_post_copy (post);

  later->update_at_ms = TEST_NOW_MS + at_ms;
  return later;
}

static UcReaction *
new_reaction (Fixture *self, gint64 at_ms)
{
  UcReaction *reaction = uc_reaction_new ();

  uc_test_set (&reaction->user_id, TEST_BEN);
  uc_test_set (&reaction->post_id, self->root->id);
  uc_test_set (&reaction->emoji_name, "tada");
  reaction->create_at_ms = at_ms > 0 ? TEST_NOW_MS + at_ms : 0;
  return reaction;
}

static void
react (Fixture *self, gint64 at_ms, gboolean add)
{
  g_autoptr (UcReaction) reaction = new_reaction (self, at_ms);
  UcBatch *batch = uc_batch_new ();

  if (add)
    uc_batch_put_reaction (batch, reaction);
  else
    uc_batch_remove_reaction (batch, reaction);
  uc_test_store_apply (self->store, batch);
}

static void
remove_post (Fixture *self, UcPost *post, gint64 at_ms)
{
  UcBatch *batch = uc_batch_new ();

  uc_batch_remove_post (batch, post->id, TEST_NOW_MS + at_ms);
  uc_test_store_apply (self->store, batch);
}

static void
check_root (Fixture *self, int n_replies, guint n_reactions)
{
  g_autoptr (UcMessage) message = uc_test_store_message (self->store, self->root->id);

  g_assert_cmpint (message->post->reply_count, ==, n_replies);
  g_assert_cmpuint (message->post->reactions->len, ==, n_reactions);
}

static gboolean
is_deleted (Fixture *self, UcPost *post)
{
  g_autoptr (UcMessage) message = uc_test_store_message (self->store, post->id);

  return message->post->delete_at_ms > 0;
}

/* A page from before a reaction, applied after it, leaves it alone; and one from before
 * its removal does not bring it back. */
static void
test_old_page_and_reaction (Fixture *self, gconstpointer unused)
{
  g_autoptr (UcPost) edited = as_of (self->root, 15);
  g_autoptr (UcPost) with = as_of (self->root, 30);

  g_ptr_array_add (with->reactions, new_reaction (self, 30));
  put (self, self->root);
  react (self, 30, TRUE);
  put (self, edited);
  check_root (self, 0, 1);
  react (self, 0, FALSE);
  check_root (self, 0, 0);
  put (self, with);
  check_root (self, 0, 0);
}

/* A push moves the time of its message past what is not known: a page of the same
 * time still tells it. */
static void
test_page_of_the_same_time (Fixture *self, gconstpointer unused)
{
  g_autoptr (UcPost) page = as_of (self->root, 20);
  g_autoptr (UcMessage) message = NULL;

  put (self, self->root);
  push (self, self->reply);
  check_root (self, 1, 0);
  uc_test_set (&page->message, "edited meanwhile");
  page->edit_at_ms = TEST_NOW_MS + 15;
  page->reply_count = 1;
  g_ptr_array_add (page->reactions, new_reaction (self, 16));
  put (self, page);
  check_root (self, 1, 1);
  message = uc_test_store_message (self->store, self->root->id);
  g_assert_cmpstr (message->post->message, ==, "edited meanwhile");
  /* The same news twice writes nothing. */
  put (self, page);
  g_assert_null (self->store->last);
}

static void
test_old_page_and_reply (Fixture *self, gconstpointer unused)
{
  g_autoptr (UcPost) edited = as_of (self->root, 15);

  put (self, self->root);
  push (self, self->reply);
  put (self, edited);
  check_root (self, 1, 0);
}

/* The answer and the event both tell of a deletion: one reply less, not two. */
static void
test_deleted_twice (Fixture *self, gconstpointer unused)
{
  g_autoptr (UcPost) second = uc_test_post ("second", TEST_ME, 25, "second");
  g_autoptr (UcMessage) message = NULL;
  UcBatch *batch = uc_batch_new ();

  uc_test_set (&second->root_id, self->root->id);
  put (self, self->root);
  push (self, self->reply);
  push (self, second);
  check_root (self, 2, 0);
  uc_batch_queue_delete (batch, "op00000000000000000000000a", second->id);
  uc_batch_remove_post (batch, second->id, TEST_NOW_MS + 40);
  uc_batch_outbox_done (batch, "op00000000000000000000000a", NULL);
  uc_test_store_apply (self->store, batch);
  remove_post (self, second, 41);
  check_root (self, 1, 0);
}

/* A root that is as new as the deletion of its reply knows of it. */
static void
test_deletion_known_to_root (Fixture *self, gconstpointer unused)
{
  g_autoptr (UcPost) root = as_of (self->root, 40);
  g_autoptr (UcPost) gone = as_of (self->reply, 40);

  put (self, self->root);
  push (self, self->reply);
  root->reply_count = 3;
  gone->delete_at_ms = TEST_NOW_MS + 40;
  put (self, root);
  put (self, gone);
  check_root (self, 3, 0);
  g_assert_true (is_deleted (self, self->reply));
}

static void
test_count_of_the_event (Fixture *self, gconstpointer unused)
{
  UcBatch *batch = uc_batch_new ();

  put (self, self->root);
  uc_batch_set_reply_count (batch, self->root->id, 4);
  uc_batch_set_reply_count (batch, "unknown000000000000000000a", 4);
  uc_test_store_apply (self->store, batch);
  check_root (self, 4, 0);
}

/* However the clocks stand, what was deleted stays so when an older page shows it. */
static void
test_old_page_and_deletion (Fixture *self, gconstpointer unused)
{
  g_autoptr (UcPost) edited = as_of (self->root, 500);

  put (self, edited);
  remove_post (self, self->root, 100);
  put (self, edited);
  g_assert_true (is_deleted (self, self->root));
}

/* The server deletes replies with their root and tells of the root alone: an older page
 * does not bring one of them. */
static void
test_reply_of_deleted_root (Fixture *self, gconstpointer unused)
{
  put (self, self->root);
  remove_post (self, self->root, 40);
  put (self, self->reply);
  g_assert_true (is_deleted (self, self->reply));
}

#define ADD(name, func)                                                                            \
  g_test_add ("/store/store-post-changes/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("old-page-and-reaction", test_old_page_and_reaction);
  ADD ("page-of-the-same-time", test_page_of_the_same_time);
  ADD ("old-page-and-reply", test_old_page_and_reply);
  ADD ("deleted-twice", test_deleted_twice);
  ADD ("deletion-known-to-root", test_deletion_known_to_root);
  ADD ("count-of-the-event", test_count_of_the_event);
  ADD ("old-page-and-deletion", test_old_page_and_deletion);
  ADD ("reply-of-deleted-root", test_reply_of_deleted_root);
  return g_test_run ();
}
