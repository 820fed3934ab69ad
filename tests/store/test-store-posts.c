/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-store-test.h"
#include "uc-test.h"

#include <string.h>

static void
put (UcTestStore *self, UcPost *post)
{
  UcBatch *batch = uc_batch_new ();

  uc_batch_put_post (batch, post);
  uc_test_store_apply (self, batch);
}

static void
push (UcTestStore *self, UcPost *post, gboolean mentions_me)
{
  UcBatch *batch = uc_batch_new ();

  uc_batch_put_pushed_post (batch, post, mentions_me);
  uc_test_store_apply (self, batch);
}

static UcMessageChange *
get_only_change (UcTestStore *self)
{
  g_assert_nonnull (self->last);
  g_assert_cmpuint (self->last->messages->len, ==, 1);
  return g_ptr_array_index (self->last->messages, 0);
}

/* The newest update_at wins, and the same again writes nothing and tells nothing. */
static void
test_newest_wins (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcPost) first = uc_test_post ("post", TEST_ANNA, 10, "one");
  g_autoptr (UcPost) edited = uc_test_post ("post", TEST_ANNA, 10, "two");
  g_autoptr (UcMessage) message = NULL;
  UcMessageChange *change;

  edited->update_at_ms += 5;
  edited->edit_at_ms = edited->update_at_ms;

  put (self, first);
  change = get_only_change (self);
  g_assert_cmpint (change->kind, ==, UC_MESSAGE_ADDED);
  put (self, first);
  g_assert_null (self->last);
  put (self, edited);
  change = get_only_change (self);
  g_assert_cmpint (change->kind, ==, UC_MESSAGE_CHANGED);
  g_assert_cmpstr (change->message->post->message, ==, "two");
  g_assert_cmpint (change->old_seq, ==, change->message->seq);
  put (self, first);
  g_assert_null (self->last);
  put (self, edited);
  g_assert_null (self->last);

  message = uc_test_store_message (self, first->id);
  g_assert_cmpstr (message->post->message, ==, "two");
  g_assert_cmpint (message->post->edit_at_ms, ==, edited->edit_at_ms);
}

/* Everything a post has comes back as it was put. */
static void
test_round_trip (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcPost) post = uc_test_post ("post", TEST_ANNA, 10, "text ü 检验");
  g_autoptr (UcMessage) message = NULL;
  UcFile     *file = uc_file_new ();
  UcReaction *reaction = uc_reaction_new ();
  UcFile     *read_file;
  UcReaction *read_reaction;

  uc_test_set (&post->type, "custom_x");
  uc_test_set (&post->props, "{\"a\":1}");
  uc_test_set (&post->hashtags, "#a #b");
  uc_test_set (&post->op_id, "someone-elses-op");
  uc_test_set (&post->override_name, "Hook");
  post->last_reply_at_ms = 7;
  post->reply_count = 3;
  post->is_pinned = TRUE;
  post->is_from_bot = TRUE;
  post->has_reactions = TRUE;
  uc_test_set (&file->id, "file");
  uc_test_set (&file->name, "Bild.png");
  uc_test_set (&file->mime_type, "image/png");
  uc_test_set (&file->mini_preview, "AAAA");
  file->size_bytes = 5000000000;
  file->width = 640;
  file->height = 480;
  file->has_preview = TRUE;
  g_ptr_array_add (post->files, file);
  g_strfreev (post->file_ids);
  post->file_ids = g_strsplit ("file other", " ", -1);
  uc_test_set (&reaction->user_id, TEST_BEN);
  uc_test_set (&reaction->post_id, post->id);
  uc_test_set (&reaction->emoji_name, "+1");
  reaction->create_at_ms = 99;
  g_ptr_array_add (post->reactions, reaction);
  post->annotation = uc_annotation_new ();
  post->annotation->category = UC_CATEGORY_INCIDENT;
  post->annotation->priority = UC_PRIORITY_HIGH;
  post->annotation->source = UC_SOURCE_SERVER;
  post->annotation->confidence = 0.75;
  post->annotation->at_ms = 12;
  uc_test_set (&post->annotation->model, "linear-3");
  uc_test_set (&post->annotation->actions, "reply task");

  put (self, post);
  message = uc_test_store_message (self, post->id);
  g_assert_cmpstr (message->post->message, ==, post->message);
  g_assert_cmpstr (message->post->channel_id, ==, TEST_CHANNEL);
  g_assert_cmpstr (message->post->type, ==, "custom_x");
  g_assert_cmpstr (message->post->props, ==, "{\"a\":1}");
  g_assert_cmpstr (message->post->hashtags, ==, "#a #b");
  g_assert_cmpstr (message->post->op_id, ==, "someone-elses-op");
  g_assert_cmpstr (message->post->override_name, ==, "Hook");
  g_assert_cmpint (message->post->last_reply_at_ms, ==, 7);
  g_assert_cmpint (message->post->reply_count, ==, 3);
  g_assert_true (message->post->is_pinned);
  g_assert_true (message->post->is_from_bot);
  g_assert_true (message->post->has_metadata);
  g_assert_cmpstrv (message->post->file_ids, post->file_ids);
  g_assert_cmpuint (message->post->files->len, ==, 1);
  read_file = g_ptr_array_index (message->post->files, 0);
  g_assert_cmpstr (read_file->name, ==, "Bild.png");
  g_assert_cmpstr (read_file->mime_type, ==, "image/png");
  g_assert_cmpstr (read_file->mini_preview, ==, "AAAA");
  g_assert_null (read_file->local_path);
  g_assert_cmpint (read_file->size_bytes, ==, 5000000000);
  g_assert_cmpint (read_file->width, ==, 640);
  g_assert_true (read_file->has_preview);
  g_assert_cmpuint (message->post->reactions->len, ==, 1);
  read_reaction = g_ptr_array_index (message->post->reactions, 0);
  g_assert_cmpstr (read_reaction->user_id, ==, TEST_BEN);
  g_assert_cmpstr (read_reaction->emoji_name, ==, "+1");
  g_assert_cmpint (read_reaction->create_at_ms, ==, 99);
  g_assert_cmpint (message->annotation->category, ==, UC_CATEGORY_INCIDENT);
  g_assert_cmpint (message->annotation->priority, ==, UC_PRIORITY_HIGH);
  g_assert_cmpint (message->annotation->source, ==, UC_SOURCE_SERVER);
  g_assert_cmpfloat (message->annotation->confidence, ==, 0.75);
  g_assert_cmpstr (message->annotation->model, ==, "linear-3");
  g_assert_cmpstr (message->annotation->actions, ==, "reply task");
  g_assert_cmpstr (message->key, ==, post->id);
  g_assert_cmpint (message->send_state, ==, UC_SEND_NONE);
  g_assert_cmpint (UC_SEQ_TO_MS (message->seq), ==, post->create_at_ms);
}

/* An answer without metadata takes nothing away; the full one fills it in, even with
 * the same update_at. */
static void
test_metadata (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcPost) bare = uc_test_post ("post", TEST_ANNA, 10, "text");
  g_autoptr (UcPost) full = uc_test_post ("post", TEST_ANNA, 10, "text");
  g_autoptr (UcPost) later = uc_test_post ("post", TEST_ANNA, 10, "text!");
  g_autoptr (UcMessage) message = NULL;
  UcReaction *reaction = uc_reaction_new ();

  bare->has_metadata = FALSE;
  uc_test_set (&reaction->user_id, TEST_BEN);
  uc_test_set (&reaction->emoji_name, "+1");
  g_ptr_array_add (full->reactions, reaction);
  later->has_metadata = FALSE;
  later->has_reactions = TRUE;
  later->update_at_ms += 5;

  put (self, bare);
  put (self, full);
  g_assert_cmpint (get_only_change (self)->kind, ==, UC_MESSAGE_CHANGED);
  put (self, full);
  g_assert_null (self->last);
  put (self, later);
  message = uc_test_store_message (self, full->id);
  g_assert_cmpstr (message->post->message, ==, "text!");
  g_assert_cmpuint (message->post->reactions->len, ==, 1);
}

static void
test_deletion (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcPost) root = uc_test_post ("root", TEST_ANNA, 10, "root");
  g_autoptr (UcPost) reply = uc_test_post ("reply", TEST_BEN, 20, "reply");
  g_autoptr (UcPost) other = uc_test_post ("other", TEST_BEN, 30, "other");
  g_autoptr (UcWindow) window = NULL;
  g_autoptr (UcMessage) message = NULL;
  g_autofree char *text = NULL;
  g_autofree char *found = NULL;
  UcBatch         *batch;

  uc_test_set (&reply->root_id, root->id);
  put (self, root);
  put (self, reply);
  put (self, other);

  batch = uc_batch_new ();
  uc_batch_remove_post (batch, root->id, TEST_NOW_MS + 100);
  uc_test_store_apply (self, batch);
  g_assert_cmpuint (self->last->messages->len, ==, 2);
  for (guint i = 0; i < 2; i++) {
    UcMessageChange *change = g_ptr_array_index (self->last->messages, i);

    g_assert_cmpint (change->kind, ==, UC_MESSAGE_REMOVED);
    g_assert_cmpstr (change->channel_id, ==, TEST_CHANNEL);
    g_assert_cmpstr (change->message->post->message, ==, i == 0 ? "root" : "reply");
  }

  window = uc_test_store_window (self, TEST_CHANNEL, "");
  text = uc_test_window_text (window);
  g_assert_cmpstr (text, ==, "other");
  message = uc_test_store_message (self, root->id);
  g_assert_cmpint (message->post->delete_at_ms, ==, TEST_NOW_MS + 100);
  g_assert_cmpstr (message->post->message, ==, "");
  found = uc_test_store_search (self, "root");
  g_assert_cmpstr (found, ==, "");

  /* A page that was fetched before does not bring it back, nor does a second word. */
  put (self, root);
  g_assert_null (self->last);
  batch = uc_batch_new ();
  uc_batch_remove_post (batch, root->id, TEST_NOW_MS + 200);
  uc_batch_remove_post (batch, "unknown000000000000000000a", TEST_NOW_MS + 200);
  uc_test_store_apply (self, batch);
  g_assert_null (self->last);
}

static gboolean
has_bytes (const char *path, const char *bytes)
{
  g_autofree char *content = NULL;
  gsize            length = 0;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return FALSE;
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  return memmem (content, length, bytes, strlen (bytes)) != NULL;
}

/* What is deleted or edited away is in the files no more. Of the index single words
 * may stand between its pages until it is merged: only its texts are looked for. */
static void
test_forgotten (void)
{
  g_autofree char *path = NULL;
  g_autofree char *wal = NULL;

  {
    g_autoptr (UcTestStore) self = uc_test_store_new ();
    UcBatch *batch = uc_batch_new ();

    for (int i = 0; i < 300; i++) {
      g_autofree char *name = g_strdup_printf ("p%dx", i);
      g_autofree char *text = g_strdup_printf ("canary%d canarybird%d", i, i);
      g_autoptr (UcPost) post = uc_test_post (name, TEST_ANNA, i, text);

      uc_test_set (&post->props, "{\"canary\":1}");
      uc_batch_put_post (batch, post);
    }
    uc_test_store_apply (self, batch);
    path = g_strdup (self->path);
    wal = g_strconcat (path, "-wal", NULL);
    g_assert_true (has_bytes (wal, " canarybird"));

    batch = uc_batch_new ();
    for (int i = 0; i < 300; i++) {
      g_autofree char *name = g_strdup_printf ("p%dx", i);
      g_autofree char *id = uc_test_id (name);
      g_autoptr (UcPost) edited = uc_test_post (name, TEST_ANNA, i, "rewritten");

      edited->update_at_ms += 1000;
      if (i % 2 == 0)
        uc_batch_remove_post (batch, id, TEST_NOW_MS + 1000);
      else
        uc_batch_put_post (batch, edited);
    }
    uc_test_store_apply (self, batch);
  }
  g_assert_false (has_bytes (path, " canarybird"));
  g_assert_false (has_bytes (path, "\"canary\""));
  g_assert_false (has_bytes (wal, " canarybird"));
}

/* Revisions are no posts, and a post with its delete_at is a deletion. */
static void
test_since (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcPost) post = uc_test_post ("post", TEST_ANNA, 10, "text");
  g_autoptr (UcPost) revision = uc_test_post ("revision", TEST_ANNA, 10, "old");
  g_autoptr (UcPost) deleted = uc_test_post ("post", TEST_ANNA, 10, "");
  g_autoptr (UcPost) unknown = uc_test_post ("unknown", TEST_ANNA, 10, "");

  put (self, post);
  uc_test_set (&revision->original_id, post->id);
  revision->delete_at_ms = TEST_NOW_MS + 20;
  put (self, revision);
  g_assert_null (self->last);
  deleted->delete_at_ms = deleted->update_at_ms = TEST_NOW_MS + 30;
  put (self, deleted);
  g_assert_cmpint (get_only_change (self)->kind, ==, UC_MESSAGE_REMOVED);
  unknown->delete_at_ms = TEST_NOW_MS + 30;
  put (self, unknown);
  g_assert_null (self->last);
}

/* Rows lie in the order of time whatever the order they came in; the same
 * millisecond keeps the order of arrival. */
static void
test_order (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcWindow) window = NULL;
  g_autofree char *text = NULL;
  const struct {
    const char *name;
    gint64      at_ms;
  } rows[] = { { "d", 40 }, { "a", 10 }, { "c1", 30 }, { "c2", 30 }, { "c3", 30 }, { "b", 20 } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (UcPost) post = uc_test_post (rows[i].name, TEST_ANNA, rows[i].at_ms, rows[i].name);

    put (self, post);
  }
  window = uc_test_store_window (self, TEST_CHANNEL, "");
  text = uc_test_window_text (window);
  g_assert_cmpstr (text, ==, "a|b|c1|c2|c3|d");
}

/* Times from outside are not trusted to be times. */
static void
test_odd_times (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcPost) never = uc_test_post ("never", TEST_ANNA, 0, "never");
  g_autoptr (UcPost) before = uc_test_post ("before", TEST_ANNA, 0, "before");
  g_autoptr (UcPost) end = uc_test_post ("end", TEST_ANNA, 0, "end");
  g_autoptr (UcWindow) window = NULL;
  g_autofree char *text = NULL;

  before->create_at_ms = G_MININT64;
  end->create_at_ms = G_MAXINT64;
  never->create_at_ms = 0;
  put (self, before);
  put (self, end);
  put (self, never);
  window = uc_test_store_window (self, TEST_CHANNEL, "");
  text = uc_test_window_text (window);
  g_assert_cmpstr (text, ==, "before|never|end");
}

static void
test_many_in_one_ms (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcPost) next = uc_test_post ("next", TEST_ANNA, 1, "next");
  g_autoptr (UcWindow) window = NULL;
  UcBatch   *batch = uc_batch_new ();
  UcMessage *newest;

  for (int i = 0; i < 4100; i++) {
    g_autofree char *name = g_strdup_printf ("p%dx", i);
    g_autoptr (UcPost) post = uc_test_post (name, TEST_ANNA, 0, name);

    uc_batch_put_post (batch, post);
  }
  uc_batch_put_post (batch, next);
  uc_test_store_apply (self, batch);
  g_assert_cmpuint (self->last->messages->len, ==, 4101);
  window = uc_test_store_window (self, TEST_CHANNEL, "");
  newest = g_ptr_array_index (window->messages, window->messages->len - 1);
  g_assert_cmpstr (newest->post->message, ==, "next");
}

static void
test_replies (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcPost) root = uc_test_post ("root", TEST_ANNA, 10, "root");
  g_autoptr (UcPost) first = uc_test_post ("first", TEST_BEN, 20, "first");
  g_autoptr (UcPost) second = uc_test_post ("second", TEST_BEN, 30, "second");
  g_autoptr (UcMessage) message = NULL;
  g_autoptr (UcWindow) thread = NULL;
  g_autofree char *text = NULL;
  UcBatch         *batch;

  uc_test_set (&first->root_id, root->id);
  uc_test_set (&second->root_id, root->id);
  second->reply_count = 2;
  push (self, root, FALSE);
  push (self, first, FALSE);
  push (self, first, FALSE);
  push (self, second, FALSE);
  message = uc_test_store_message (self, root->id);
  g_assert_cmpint (message->post->reply_count, ==, 2);
  g_assert_cmpint (message->post->last_reply_at_ms, ==, second->create_at_ms);

  thread = uc_test_store_window (self, TEST_CHANNEL, root->id);
  text = uc_test_window_text (thread);
  g_assert_cmpstr (text, ==, "root|first|second");
  g_assert_cmpuint (thread->spans->len, ==, 0);

  batch = uc_batch_new ();
  uc_batch_remove_post (batch, first->id, TEST_NOW_MS + 100);
  uc_test_store_apply (self, batch);
  g_clear_pointer (&message, uc_message_unref);
  message = uc_test_store_message (self, root->id);
  g_assert_cmpint (message->post->reply_count, ==, 1);
}

static void
test_reactions (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcPost) post = uc_test_post ("post", TEST_ANNA, 10, "text");
  g_autoptr (UcReaction) reaction = uc_reaction_new ();
  g_autoptr (UcReaction) stray = uc_reaction_new ();
  UcMessageChange *change;
  UcBatch         *batch;

  put (self, post);
  uc_test_set (&reaction->user_id, TEST_BEN);
  uc_test_set (&reaction->post_id, post->id);
  uc_test_set (&reaction->emoji_name, "heart");
  uc_test_set (&stray->user_id, TEST_BEN);
  uc_test_set (&stray->post_id, "unknown0000000000000000000");
  uc_test_set (&stray->emoji_name, "heart");

  batch = uc_batch_new ();
  uc_batch_put_reaction (batch, reaction);
  uc_batch_put_reaction (batch, stray);
  uc_test_store_apply (self, batch);
  change = get_only_change (self);
  g_assert_true (change->message->post->has_reactions);
  g_assert_cmpuint (change->message->post->reactions->len, ==, 1);

  batch = uc_batch_new ();
  uc_batch_put_reaction (batch, reaction);
  uc_test_store_apply (self, batch);
  g_assert_null (self->last);

  batch = uc_batch_new ();
  uc_batch_remove_reaction (batch, reaction);
  uc_test_store_apply (self, batch);
  change = get_only_change (self);
  g_assert_false (change->message->post->has_reactions);
}

/* Windows page through a channel without a gap and without a row twice. */
static void
test_windows (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (GPtrArray) posts = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_post_unref);
  g_autoptr (UcWindow) newest = NULL;
  g_autoptr (UcWindow) older = NULL;
  g_autoptr (UcWindow) newer = NULL;
  g_autoptr (UcWindow) around = NULL;
  g_autofree char *text = NULL;
  UcBatch         *batch = uc_batch_new ();
  gint64           seq;

  for (int i = 0; i < 10; i++) {
    g_autofree char *name = g_strdup_printf ("%d", i);

    g_ptr_array_add (posts, uc_test_post (name, TEST_ANNA, i * 10, name));
  }
  uc_batch_put_page (batch, TEST_CHANNEL, posts, UC_PAGE_LATEST, NULL, TRUE, TRUE);
  uc_test_store_apply (self, batch);

  newest = uc_test_store_window_at (self, TEST_CHANNEL, UC_WINDOW_NEWEST, 0, 3);
  text = uc_test_window_text (newest);
  g_assert_cmpstr (text, ==, "7|8|9");
  g_assert_true (newest->has_older);
  g_assert_false (newest->has_newer);

  seq = ((UcMessage *) g_ptr_array_index (newest->messages, 0))->seq;
  older = uc_test_store_window_at (self, TEST_CHANNEL, UC_WINDOW_BEFORE, seq, 7);
  g_free (text);
  text = uc_test_window_text (older);
  g_assert_cmpstr (text, ==, "0|1|2|3|4|5|6");
  g_assert_false (older->has_older);
  g_assert_true (older->has_newer);

  seq = ((UcMessage *) g_ptr_array_index (older->messages, 3))->seq;
  newer = uc_test_store_window_at (self, TEST_CHANNEL, UC_WINDOW_AFTER, seq, 2);
  g_free (text);
  text = uc_test_window_text (newer);
  g_assert_cmpstr (text, ==, "4|5");
  g_assert_true (newer->has_older);
  g_assert_true (newer->has_newer);

  around = uc_test_store_window_at (self, TEST_CHANNEL, UC_WINDOW_AROUND, seq, 2);
  g_free (text);
  text = uc_test_window_text (around);
  g_assert_cmpstr (text, ==, "1|2|3|4|5");
  g_assert_cmpuint (around->spans->len, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/store/store-posts/newest-wins", test_newest_wins);
  g_test_add_func ("/store/store-posts/round-trip", test_round_trip);
  g_test_add_func ("/store/store-posts/metadata", test_metadata);
  g_test_add_func ("/store/store-posts/deletion", test_deletion);
  g_test_add_func ("/store/store-posts/forgotten", test_forgotten);
  g_test_add_func ("/store/store-posts/since", test_since);
  g_test_add_func ("/store/store-posts/order", test_order);
  g_test_add_func ("/store/store-posts/odd-times", test_odd_times);
  g_test_add_func ("/store/store-posts/many-in-one-ms", test_many_in_one_ms);
  g_test_add_func ("/store/store-posts/replies", test_replies);
  g_test_add_func ("/store/store-posts/reactions", test_reactions);
  g_test_add_func ("/store/store-posts/windows", test_windows);
  return g_test_run ();
}
