/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stream tells of a post while a page with it, made before, is on its way. */

#include "config.h"

#include "uc-store-test.h"
#include "uc-test.h"

typedef struct {
  UcTestStore *store; /* (owned) */
  UcPost      *post;  /* (owned) as the page has it */
} Fixture;

static void
set_up (Fixture *self, gconstpointer unused)
{
  self->store = uc_test_store_new ();
  self->post = uc_test_post ("post", TEST_ANNA, 10, "text");
  self->post->has_metadata = TRUE;
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  uc_post_unref (self->post);
  uc_test_store_free (self->store);
}

static void
put_page (Fixture *self, UcPost *other)
{
  g_autoptr (GPtrArray) posts = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_post_unref);
  UcBatch *batch = uc_batch_new ();

  g_ptr_array_add (posts, uc_post_ref (self->post));
  if (other != NULL)
    g_ptr_array_add (posts, uc_post_ref (other));
  uc_batch_put_page (batch, TEST_CHANNEL, posts, UC_PAGE_LATEST, NULL, TRUE, TRUE);
  uc_test_store_apply (self->store, batch);
}

static void
react (Fixture *self, const char *emoji, gint64 at_ms, gboolean is_on)
{
  g_autoptr (UcReaction) reaction = uc_reaction_new ();
  UcBatch *batch = uc_batch_new ();

  uc_test_set (&reaction->user_id, TEST_BEN);
  uc_test_set (&reaction->post_id, self->post->id);
  uc_test_set (&reaction->emoji_name, emoji);
  reaction->create_at_ms = is_on ? TEST_NOW_MS + at_ms : 0;
  if (is_on)
    uc_batch_put_reaction (batch, reaction);
  else
    uc_batch_remove_reaction (batch, reaction);
  uc_test_store_apply (self->store, batch);
}

static char *
dup_emoji (Fixture *self)
{
  g_autoptr (UcMessage) message = uc_test_store_message (self->store, self->post->id);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < message->post->reactions->len; i++) {
    UcReaction *reaction = g_ptr_array_index (message->post->reactions, i);

    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", reaction->emoji_name);
  }
  return g_string_free_and_steal (text);
}

#define assert_emoji(self, expected)                                                               \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *text_ = dup_emoji (self);                                                     \
    g_assert_cmpstr (text_, ==, expected);                                                         \
  }                                                                                                \
  G_STMT_END

static void
remove_early (Fixture *self)
{
  UcBatch *batch = uc_batch_new ();

  uc_batch_remove_post (batch, self->post->id, TEST_NOW_MS + 30);
  uc_test_store_apply (self->store, batch);
}

static void
test_reactions (Fixture *self, gconstpointer unused)
{
  react (self, "+1", 20, TRUE);
  react (self, "tada", 21, TRUE);
  react (self, "heart", 22, TRUE);
  react (self, "tada", 0, FALSE);
  put_page (self, NULL);
  assert_emoji (self, "+1 heart");
  /* The same page once more is older than that. */
  put_page (self, NULL);
  assert_emoji (self, "+1 heart");
}

/* A page that was made after the reaction, and after it was taken back elsewhere. */
static void
test_page_knows (Fixture *self, gconstpointer unused)
{
  react (self, "+1", 20, TRUE);
  self->post->update_at_ms = TEST_NOW_MS + 25;
  put_page (self, NULL);
  assert_emoji (self, "");
}

/* The answer to an edit, made in the millisecond in which somebody reacted, and before
 * that, comes after the event. */
static void
test_same_millisecond (Fixture *self, gconstpointer unused)
{
  put_page (self, NULL);
  react (self, "tada", 20, TRUE);
  react (self, "+1", 25, TRUE);
  self->post->update_at_ms = TEST_NOW_MS + 25;
  put_page (self, NULL);
  assert_emoji (self, "tada +1");
}

static void
test_removed (Fixture *self, gconstpointer unused)
{
  g_autoptr (UcPost) reply = uc_test_post ("reply", TEST_BEN, 15, "reply");
  g_autoptr (UcMessage) message = NULL;
  g_autoptr (UcMessage) other = NULL;

  uc_test_set (&reply->root_id, self->post->id);
  remove_early (self);
  put_page (self, reply);
  put_page (self, reply);
  message = uc_test_store_message (self->store, self->post->id);
  other = uc_test_store_message (self->store, reply->id);
  g_assert_null (message);
  g_assert_null (other);
}

/* A page of changes tells that both are gone, before the stream tells that the reply came,
 * and before it tells that its root went. */
static void
test_removed_by_page (Fixture *self, gconstpointer unused)
{
  g_autoptr (UcPost) gone = uc_post_copy (self->post);
  g_autoptr (UcPost) reply = uc_test_post ("reply", TEST_BEN, 15, "reply");
  g_autoptr (UcMessage) message = NULL;
  UcBatch *batch = uc_batch_new ();

  uc_test_set (&reply->root_id, self->post->id);
  gone->delete_at_ms = gone->update_at_ms = TEST_NOW_MS + 30;
  uc_batch_put_post (batch, gone);
  uc_test_store_apply (self->store, batch);

  batch = uc_batch_new ();
  uc_batch_put_pushed_post (batch, reply, FALSE);
  uc_batch_remove_post (batch, gone->id, gone->delete_at_ms);
  uc_test_store_apply (self->store, batch);
  message = uc_test_store_message (self->store, reply->id);
  g_assert_null (message);
}

/* Of two replies one came by the stream before its root did. */
static void
test_replies (Fixture *self, gconstpointer unused)
{
  g_autoptr (UcPost) first = uc_test_post ("first", TEST_BEN, 15, "first");
  g_autoptr (UcPost) second = uc_test_post ("second", TEST_BEN, 20, "second");
  g_autoptr (UcMessage) message = NULL;
  UcBatch *batch = uc_batch_new ();

  uc_test_set (&first->root_id, self->post->id);
  uc_test_set (&second->root_id, self->post->id);
  second->reply_count = 2;
  uc_batch_put_pushed_post (batch, second, FALSE);
  uc_test_store_apply (self->store, batch);
  self->post->reply_count = 1;
  put_page (self, first);
  message = uc_test_store_message (self->store, self->post->id);
  g_assert_cmpint (message->post->reply_count, ==, 2);
}

/* A page with the root and its reply, made before that went, comes after the stream has
 * told of it. */
static void
test_reply_gone (Fixture *self, gconstpointer unused)
{
  g_autoptr (UcPost) reply = uc_test_post ("reply", TEST_BEN, 15, "reply");
  g_autoptr (UcMessage) message = NULL;
  UcBatch *batch = uc_batch_new ();

  uc_test_set (&reply->root_id, self->post->id);
  self->post->reply_count = 1;
  put_page (self, reply);
  uc_batch_remove_post (batch, reply->id, TEST_NOW_MS + 30);
  uc_batch_set_reply_count (batch, self->post->id, 0);
  uc_test_store_apply (self->store, batch);
  put_page (self, reply);
  message = uc_test_store_message (self->store, self->post->id);
  g_assert_cmpint (message->post->reply_count, ==, 0);
}

/* After a gap in the stream nothing of it is certain any more. */
static void
test_gap (Fixture *self, gconstpointer unused)
{
  UcBatch *batch = uc_batch_new ();

  react (self, "+1", 20, TRUE);
  uc_batch_clear_tips (batch);
  uc_test_store_apply (self->store, batch);
  put_page (self, NULL);
  assert_emoji (self, "");
}

/* Events that were kept back on the server come after the gap: one that tells of the post
 * from before it was removed does not bring it back. */
static void
test_gap_after_removal (Fixture *self, gconstpointer unused)
{
  g_autoptr (UcMessage) message = NULL;
  UcBatch *batch = uc_batch_new ();

  remove_early (self);
  uc_batch_clear_tips (batch);
  uc_batch_put_pushed_post (batch, self->post, FALSE);
  uc_test_store_apply (self->store, batch);
  message = uc_test_store_message (self->store, self->post->id);
  g_assert_null (message);
}

/* Most of it is about old posts that nobody looks at: the oldest is forgotten. */
static void
test_bounded (Fixture *self, gconstpointer unused)
{
  UcBatch *batch = uc_batch_new ();

  react (self, "+1", 20, TRUE);
  for (guint i = 0; i < 5000; i++) {
    g_autofree char *name = g_strdup_printf ("%u other", i);
    g_autoptr (UcReaction) reaction = uc_reaction_new ();

    g_free (reaction->post_id);
    reaction->post_id = uc_test_id (name);
    uc_test_set (&reaction->user_id, TEST_BEN);
    uc_test_set (&reaction->emoji_name, "tada");
    uc_batch_put_reaction (batch, reaction);
  }
  uc_test_store_apply (self->store, batch);
  put_page (self, NULL);
  assert_emoji (self, "");
}

#define ADD(name, func) g_test_add ("/store/early/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("reactions", test_reactions);
  ADD ("page-knows", test_page_knows);
  ADD ("same-millisecond", test_same_millisecond);
  ADD ("removed", test_removed);
  ADD ("removed-by-page", test_removed_by_page);
  ADD ("replies", test_replies);
  ADD ("reply-gone", test_reply_gone);
  ADD ("gap", test_gap);
  ADD ("gap-after-removal", test_gap_after_removal);
  ADD ("bounded", test_bounded);
  return g_test_run ();
}
