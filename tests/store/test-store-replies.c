/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a root knows of its replies, in whatever order both arrive and go. */

#include "config.h"

#include "uc-store-test.h"
#include "uc-test.h"

#include <string.h>

static UcPost *
new_reply (const char *name, UcPost *root, gint64 at_ms)
{
  UcPost *reply = uc_test_post (name, TEST_BEN, at_ms, name);

  uc_test_set (&reply->root_id, root->id);
  return reply;
}

static void
put (UcTestStore *self, UcPost *post)
{
  UcBatch *batch = uc_batch_new ();

  uc_batch_put_post (batch, post);
  uc_test_store_apply (self, batch);
}

static void
put_page (UcTestStore *self, UcPageKind kind, const char *anchor_id, UcPost *post, ...)
{
  g_autoptr (GPtrArray) posts = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_post_unref);
  UcBatch *batch = uc_batch_new ();
  va_list  list;

  va_start (list, post);
  for (; post != NULL; post = va_arg (list, UcPost *))
    g_ptr_array_add (posts, uc_post_ref (post));
  va_end (list);
  uc_batch_put_page (batch, TEST_CHANNEL, posts, kind, anchor_id, kind == UC_PAGE_BEFORE,
                     kind == UC_PAGE_LATEST);
  uc_test_store_apply (self, batch);
}

static void
remove_post (UcTestStore *self, UcPost *post)
{
  UcBatch *batch = uc_batch_new ();

  uc_batch_remove_post (batch, post->id, TEST_NOW_MS + 1000);
  uc_test_store_apply (self, batch);
}

static int
get_count (UcTestStore *self, UcPost *root)
{
  g_autoptr (UcMessage) message = uc_test_store_message (self, root->id);

  return message->post->reply_count;
}

/* Texts, a grave as "†" and its count. */
static char *
dup_window (UcTestStore *self, UcWindowKind kind, gint64 seq, guint limit, const char *root_id)
{
  g_autoptr (UcWindow) window =
      *root_id != '\0' ? uc_test_store_window (self, TEST_CHANNEL, root_id)
                       : uc_test_store_window_at (self, TEST_CHANNEL, kind, seq, limit);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < window->messages->len; i++) {
    UcMessage *message = window->messages->pdata[i];

    g_string_append (text, i > 0 ? " " : "");
    if (message->post->delete_at_ms > 0)
      g_string_append_printf (text, "†%d", message->post->reply_count);
    else
      g_string_append (text, message->post->message);
  }
  return g_string_free_and_steal (text);
}

#define assert_channel(self, expected)                                                             \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *text_ = dup_window (self, UC_WINDOW_NEWEST, 0, 100, "");                      \
    g_assert_cmpstr (text_, ==, expected);                                                         \
  }                                                                                                \
  G_STMT_END

/* The newest page of a server knew of one reply; the page before it, fetched later with
 * the same root unchanged, knows of both. */
static void
test_root_again (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcPost) root = uc_test_post ("root", TEST_ANNA, 10, "root");
  g_autoptr (UcPost) root_again = uc_test_post ("root", TEST_ANNA, 10, "root");
  g_autoptr (UcPost) first = new_reply ("first", root, 20);
  g_autoptr (UcPost) second = new_reply ("second", root, 30);

  root->reply_count = 1;
  root_again->reply_count = 2;
  put (self, root);
  put_page (self, UC_PAGE_LATEST, NULL, second, NULL);
  g_assert_cmpint (get_count (self, root), ==, 1);
  put_page (self, UC_PAGE_BEFORE, second->id, root_again, first, NULL);
  g_assert_cmpint (get_count (self, root), ==, 2);
  /* An older answer that comes late takes nothing away. */
  put (self, root);
  g_assert_cmpint (get_count (self, root), ==, 2);
}

/* Replies come before the root that the server says has none. */
static void
test_replies_first (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcPost) root = uc_test_post ("root", TEST_ANNA, 10, "root");
  g_autoptr (UcPost) edited = uc_test_post ("root", TEST_ANNA, 10, "root!");
  g_autoptr (UcPost) first = new_reply ("first", root, 20);
  g_autoptr (UcPost) second = new_reply ("second", root, 30);

  put_page (self, UC_PAGE_LATEST, NULL, first, second, NULL);
  put (self, root);
  g_assert_cmpint (get_count (self, root), ==, 2);
  edited->update_at_ms += 5;
  put (self, edited);
  g_assert_cmpint (get_count (self, root), ==, 2);
}

/* A root that counts without it already is not told again of a reply that is gone. */
static void
test_gone_before (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcPost) root = uc_test_post ("root", TEST_ANNA, 10, "root");
  g_autoptr (UcPost) later = uc_test_post ("root", TEST_ANNA, 10, "root");
  g_autoptr (UcPost) first = new_reply ("first", root, 20);
  g_autoptr (UcPost) second = new_reply ("second", root, 30);

  root->reply_count = 2;
  put_page (self, UC_PAGE_LATEST, NULL, root, first, second, NULL);
  later->reply_count = 1;
  later->update_at_ms += 5;
  put (self, later);
  remove_post (self, first);
  g_assert_cmpint (get_count (self, root), ==, 1);
  remove_post (self, second);
  g_assert_cmpint (get_count (self, root), ==, 0);
}

/* Purged alone, with replies that a page shows alive: it stands where it stood. */
static void
test_grave (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcPost) before = uc_test_post ("before", TEST_ANNA, 5, "before");
  g_autoptr (UcPost) root = uc_test_post ("root", TEST_ANNA, 10, "root");
  g_autoptr (UcPost) middle = uc_test_post ("middle", TEST_ANNA, 15, "middle");
  g_autoptr (UcPost) first = new_reply ("first", root, 20);
  g_autoptr (UcPost) second = new_reply ("second", root, 30);
  g_autoptr (UcPost) last = uc_test_post ("last", TEST_ANNA, 40 * 60 * 1000, "last");
  g_autoptr (UcMessage) grave = NULL;
  g_autofree char *thread = NULL;
  g_autofree char *newest = NULL;
  g_autofree char *older = NULL;
  g_autofree char *newer = NULL;
  UcMessageChange *change;

  root->reply_count = 2;
  root->is_pinned = TRUE;
  put_page (self, UC_PAGE_LATEST, NULL, before, root, middle, first, second, last, NULL);
  put_page (self, UC_PAGE_LATEST, NULL, before, middle, first, second, last, NULL);
  assert_channel (self, "before †2 middle first second last");
  grave = uc_test_store_message (self, root->id);
  g_assert_false (grave->post->is_pinned);
  g_assert_cmpstr (grave->post->message, ==, "");
  thread = dup_window (self, 0, 0, 0, root->id);
  g_assert_cmpstr (thread, ==, "†2 first second");
  /* It is in no page twice, and in one at any rate. */
  newest = dup_window (self, UC_WINDOW_NEWEST, 0, 4, "");
  g_assert_cmpstr (newest, ==, "middle first second last");
  older = dup_window (self, UC_WINDOW_BEFORE, UC_SEQ_FROM_MS (middle->create_at_ms), 4, "");
  g_assert_cmpstr (older, ==, "before †2");
  newer = dup_window (self, UC_WINDOW_AFTER, UC_SEQ_FROM_MS (before->create_at_ms + 1), 1, "");
  g_assert_cmpstr (newer, ==, "†2 middle");

  remove_post (self, first);
  assert_channel (self, "before †1 middle second last");
  remove_post (self, second);
  assert_channel (self, "before middle last");
  g_assert_cmpuint (self->last->messages->len, ==, 2);
  change = self->last->messages->pdata[1];
  g_assert_cmpint (change->kind, ==, UC_MESSAGE_REMOVED);
  g_assert_cmpstr (change->message->post->id, ==, root->id);
}

/* Deleted by somebody: the server deletes its replies, and nothing stays. */
static void
test_deleted_thread (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcPost) root = uc_test_post ("root", TEST_ANNA, 10, "root");
  g_autoptr (UcPost) first = new_reply ("first", root, 20);
  g_autoptr (UcPost) last = uc_test_post ("last", TEST_ANNA, 40, "last");

  put_page (self, UC_PAGE_LATEST, NULL, root, first, last, NULL);
  remove_post (self, root);
  assert_channel (self, "last");

  /* A reply that shows itself again has its root's place with it. */
  first->update_at_ms += 2000;
  put (self, first);
  assert_channel (self, "†1 first last");
  g_assert_cmpuint (self->last->messages->len, ==, 2);
  /* And the root itself, were it back. */
  root->update_at_ms += 3000;
  put (self, root);
  assert_channel (self, "root first last");
  g_assert_cmpint (get_count (self, root), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/store/store-replies/root-again", test_root_again);
  g_test_add_func ("/store/store-replies/replies-first", test_replies_first);
  g_test_add_func ("/store/store-replies/gone-before", test_gone_before);
  g_test_add_func ("/store/store-replies/grave", test_grave);
  g_test_add_func ("/store/store-replies/deleted-thread", test_deleted_thread);
  return g_test_run ();
}
