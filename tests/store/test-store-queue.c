/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-store-test.h"
#include "uc-test.h"

#define OP "op000000000000000000000001"

static void
queue (UcTestStore *self, const char *op_id, const char *text)
{
  g_autoptr (UcPost) post = uc_test_provisional (op_id, 10, text);
  UcBatch *batch = uc_batch_new ();

  uc_batch_queue_post (batch, post);
  uc_test_store_apply (self, batch);
}

static void
put (UcTestStore *self, UcPost *post)
{
  UcBatch *batch = uc_batch_new ();

  uc_batch_put_post (batch, post);
  uc_test_store_apply (self, batch);
}

static void
edit (UcTestStore *self, const char *op_id, const char *key, const char *text)
{
  UcBatch *batch = uc_batch_new ();

  uc_batch_queue_edit (batch, op_id, key, text);
  uc_test_store_apply (self, batch);
}

static void delete (UcTestStore *self, const char *op_id, const char *key)
{
  UcBatch *batch = uc_batch_new ();

  uc_batch_queue_delete (batch, op_id, key);
  uc_test_store_apply (self, batch);
}

static void
set_state (UcTestStore *self, const char *op_id, UcSendState state)
{
  UcBatch *batch = uc_batch_new ();

  uc_batch_outbox_set (batch, op_id, state, state == UC_SEND_FAILED ? "refused" : NULL, 0);
  uc_test_store_apply (self, batch);
}

static void
done (UcTestStore *self, const char *op_id, UcPost *post)
{
  UcBatch *batch = uc_batch_new ();

  uc_batch_outbox_done (batch, op_id, post);
  uc_test_store_apply (self, batch);
}

/* "kind:state:op", joined by spaces. */
static void
assert_outbox (UcTestStore *self, const char *wanted)
{
  static const char *const kinds[] = { "post",  "edit", "delete", "react", "unreact", "pin",
                                       "unpin", "save", "unsave", "view",  "unread" };
  static const char *const states[] = { "none", "queued", "sending", "doubt", "done", "failed" };
  g_autoptr (GPtrArray) rows = uc_test_store_outbox (self);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++) {
    UcOutboxRow *row = g_ptr_array_index (rows, i);

    g_string_append_printf (text, "%s%s:%s:%s", i > 0 ? " " : "", kinds[row->kind],
                            states[row->state], row->op_id);
  }
  g_assert_cmpstr (text->str, ==, wanted);
}

/* -- Editing and deleting --------------------------------------------------------------- */

static void
test_edit_queued (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcMessage) message = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  queue (self, OP, "Helo");
  edit (self, "edit", OP, "Hello");
  assert_outbox (self, "post:queued:" OP);
  rows = uc_test_store_outbox (self);
  g_assert_cmpstr (((UcOutboxRow *) g_ptr_array_index (rows, 0))->message, ==, "Hello");
  message = uc_test_store_message (self, OP);
  g_assert_cmpstr (message->post->message, ==, "Hello");
  g_assert_null (message->edit_text);

  /* A refused one waits again with its new text. */
  set_state (self, OP, UC_SEND_FAILED);
  edit (self, "edit", OP, "Hello!");
  assert_outbox (self, "post:queued:" OP);
  g_assert_true (self->last->outbox_added);
}

static void
test_delete_queued (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcMessage) message = NULL;
  UcMessageChange *change;

  queue (self, OP, "Hello");
  delete (self, "delete", OP);
  assert_outbox (self, "");
  change = g_ptr_array_index (self->last->messages, 0);
  g_assert_cmpint (change->kind, ==, UC_MESSAGE_REMOVED);
  g_assert_cmpstr (change->message->post->message, ==, "Hello");
  message = uc_test_store_message (self, OP);
  g_assert_null (message);

  queue (self, "failed", "Hello");
  set_state (self, "failed", UC_SEND_FAILED);
  delete (self, "delete", "failed");
  assert_outbox (self, "");
}

/* What is under way is left alone: edit and deletion wait for it. */
static void
test_under_way (gconstpointer data)
{
  UcSendState state = (UcSendState) GPOINTER_TO_INT (data);
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcPost) answer = uc_test_answer (OP, "sent", 50, "Hello");
  g_autoptr (UcPost) edited = uc_test_answer (OP, "sent", 50, "Hello!");
  g_autoptr (UcMessage) message = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  UcOutboxRow *row;

  edited->update_at_ms += 10;
  edited->edit_at_ms = edited->update_at_ms;
  queue (self, OP, "Hello");
  set_state (self, OP, state);
  edit (self, "edit", OP, "Hello!");
  rows = uc_test_store_outbox (self);
  row = g_ptr_array_index (rows, 1);
  g_assert_cmpint (row->kind, ==, UC_OP_EDIT);
  g_assert_cmpstr (row->waits_for, ==, OP);
  g_assert_cmpstr (row->message, ==, "Hello!");
  message = uc_test_store_message (self, OP);
  g_assert_cmpstr (message->post->message, ==, "Hello");
  g_assert_cmpstr (message->edit_text, ==, "Hello!");
  /* Another edit is the same edit. */
  edit (self, "edit2", OP, "Hello!!");
  assert_outbox (self, state == UC_SEND_SENDING ? "post:sending:" OP " edit:queued:edit"
                                                : "post:doubt:" OP " edit:queued:edit");
  edit (self, "edit3", OP, "Hello!");

  done (self, OP, answer);
  assert_outbox (self, "edit:queued:edit");
  delete (self, "delete", OP);
  assert_outbox (self, "delete:queued:delete");
  g_clear_pointer (&message, uc_message_unref);
  message = uc_test_store_message (self, OP);
  g_assert_true (message->is_delete_queued);
  g_assert_null (message->edit_text);
  delete (self, "again", OP);
  assert_outbox (self, "delete:queued:delete");
  done (self, "delete", NULL);
  assert_outbox (self, "");
  g_clear_pointer (&message, uc_message_unref);
  message = uc_test_store_message (self, OP);
  g_assert_cmpint (message->post->delete_at_ms, >, 0);
}

static void
test_edit_sent (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcPost) post = uc_test_post ("post", TEST_ME, 10, "Helo");
  g_autoptr (UcPost) edited = uc_test_post ("post", TEST_ME, 10, "Hello");
  g_autoptr (UcMessage) message = NULL;

  edited->update_at_ms += 10;
  put (self, post);
  edit (self, "edit", post->id, "Hello");
  message = uc_test_store_message (self, post->id);
  g_assert_cmpstr (message->edit_text, ==, "Hello");
  g_assert_cmpint (message->send_state, ==, UC_SEND_QUEUED);
  done (self, "edit", edited);
  g_clear_pointer (&message, uc_message_unref);
  message = uc_test_store_message (self, post->id);
  g_assert_null (message->edit_text);
  g_assert_cmpstr (message->post->message, ==, "Hello");
  g_assert_cmpint (message->send_state, ==, UC_SEND_NONE);

  /* An answer without a post is the server's yes all the same. */
  edit (self, "edit2", post->id, "Hello!");
  done (self, "edit2", NULL);
  g_clear_pointer (&message, uc_message_unref);
  message = uc_test_store_message (self, post->id);
  g_assert_cmpstr (message->post->message, ==, "Hello!");
}

/* What is unread without it the server has to say, so it is asked all the same. */
static void
test_unread_from_deleted (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcPost) post = uc_test_post ("post", TEST_ANNA, 10, "Hello");
  UcBatch *batch = uc_batch_new ();

  put (self, post);
  uc_batch_queue_set_unread (batch, "unread", post->id);
  uc_batch_remove_post (batch, post->id, TEST_NOW_MS + 100);
  uc_test_store_apply (self, batch);
  assert_outbox (self, "unread:queued:unread");
}

/* Deleted elsewhere while edited here: the text is kept and says why. */
static void
test_edit_of_deleted (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcPost) post = uc_test_post ("post", TEST_ME, 10, "Helo");
  g_autoptr (GPtrArray) rows = NULL;
  UcOutboxRow *row;
  UcBatch     *batch;

  put (self, post);
  edit (self, "edit", post->id, "Hello");
  batch = uc_batch_new ();
  uc_batch_queue_reaction (batch, "react", post->id, TEST_ME, "+1", TRUE);
  uc_batch_remove_post (batch, post->id, TEST_NOW_MS + 100);
  uc_test_store_apply (self, batch);
  assert_outbox (self, "edit:failed:edit");
  rows = uc_test_store_outbox (self);
  row = g_ptr_array_index (rows, 0);
  g_assert_cmpstr (row->message, ==, "Hello");
  g_assert_nonnull (row->reason);

  edit (self, "late", post->id, "Hello");
  delete (self, "late", post->id);
  edit (self, "late", "unknown", "Hello");
  assert_outbox (self, "edit:failed:edit");
}

static void
test_rewrite (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcMessage) message = NULL;
  UcBatch *batch = uc_batch_new ();

  queue (self, OP, "Helo");
  uc_batch_outbox_rewrite (batch, OP, "Hello");
  uc_batch_outbox_rewrite (batch, "unknown", "Hello");
  uc_test_store_apply (self, batch);
  message = uc_test_store_message (self, OP);
  g_assert_cmpstr (message->post->message, ==, "Hello");

  set_state (self, OP, UC_SEND_SENDING);
  batch = uc_batch_new ();
  uc_batch_outbox_rewrite (batch, OP, "too late");
  uc_test_store_apply (self, batch);
  g_assert_null (self->last);
}

/* -- Marks ------------------------------------------------------------------------------ */

static void
react (UcTestStore *self, const char *op_id, const char *key, gboolean add)
{
  UcBatch *batch = uc_batch_new ();

  uc_batch_queue_reaction (batch, op_id, key, TEST_ME, "+1", add);
  uc_test_store_apply (self, batch);
}

static guint
count_reactions (UcTestStore *self, const char *key)
{
  g_autoptr (UcMessage) message = uc_test_store_message (self, key);

  return message->post->reactions->len;
}

static void
test_reactions (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcPost) post = uc_test_post ("post", TEST_ANNA, 10, "text");
  g_autoptr (UcPost) newer = uc_test_post ("post", TEST_ANNA, 10, "text!");

  newer->update_at_ms += 10;
  put (self, post);
  react (self, "1", post->id, TRUE);
  g_assert_cmpuint (count_reactions (self, post->id), ==, 1);
  react (self, "2", post->id, TRUE);
  assert_outbox (self, "react:queued:1");
  /* News of the message that does not know of it takes nothing away. */
  put (self, newer);
  g_assert_cmpuint (count_reactions (self, post->id), ==, 1);
  /* Off again before it was sent: nothing to send. */
  react (self, "3", post->id, FALSE);
  assert_outbox (self, "");
  g_assert_cmpuint (count_reactions (self, post->id), ==, 0);

  react (self, "4", post->id, TRUE);
  done (self, "4", NULL);
  assert_outbox (self, "");
  g_assert_cmpuint (count_reactions (self, post->id), ==, 1);
  react (self, "5", post->id, FALSE);
  g_assert_cmpuint (count_reactions (self, post->id), ==, 0);
  set_state (self, "5", UC_SEND_FAILED);
  g_assert_cmpuint (count_reactions (self, post->id), ==, 1);
}

static void
test_pin_and_save (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcPost) post = uc_test_post ("post", TEST_ANNA, 10, "text");
  g_autoptr (UcMessage) message = NULL;
  UcBatch *batch;

  put (self, post);
  batch = uc_batch_new ();
  uc_batch_queue_pin (batch, "pin", post->id, TRUE);
  uc_batch_queue_save (batch, "save", post->id, TEST_ME, TRUE);
  uc_test_store_apply (self, batch);
  assert_outbox (self, "pin:queued:pin save:queued:save");
  message = uc_test_store_message (self, post->id);
  g_assert_true (message->post->is_pinned);
  g_assert_true (message->is_saved);

  done (self, "pin", NULL);
  done (self, "save", NULL);
  assert_outbox (self, "");
  g_clear_pointer (&message, uc_message_unref);
  message = uc_test_store_message (self, post->id);
  g_assert_true (message->post->is_pinned);
  g_assert_true (message->is_saved);
  g_assert_true (self->last->preferences);

  batch = uc_batch_new ();
  uc_batch_queue_save (batch, "unsave", post->id, TEST_ME, FALSE);
  uc_batch_queue_pin (batch, "unpin", post->id, FALSE);
  uc_test_store_apply (self, batch);
  g_clear_pointer (&message, uc_message_unref);
  message = uc_test_store_message (self, post->id);
  g_assert_false (message->post->is_pinned);
  g_assert_false (message->is_saved);
}

/* -- Reading ------------------------------------------------------------------------------ */

static gint64
get_unread (UcTestStore *self)
{
  g_autoptr (UcChannelState) state = uc_test_store_channel (self, TEST_CHANNEL);

  return state->unread;
}

static void
test_view (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcPost) one = uc_test_post ("one", TEST_ANNA, 10, "one");
  g_autoptr (UcPost) two = uc_test_post ("two", TEST_ANNA, 20, "two");
  g_autoptr (UcPost) three = uc_test_post ("three", TEST_ANNA, 30, "three");
  g_autoptr (UcMember) snapshot = uc_test_member (TEST_CHANNEL);
  UcBatch *batch = uc_batch_new ();

  uc_batch_put_pushed_post (batch, one, FALSE);
  uc_batch_put_pushed_post (batch, two, FALSE);
  uc_batch_put_pushed_post (batch, three, FALSE);
  uc_test_store_apply (self, batch);
  g_assert_cmpint (get_unread (self), ==, 3);

  batch = uc_batch_new ();
  uc_batch_queue_view (batch, "view1", TEST_CHANNEL);
  uc_batch_queue_view (batch, "view2", TEST_CHANNEL);
  uc_test_store_apply (self, batch);
  assert_outbox (self, "view:queued:view2");
  g_assert_cmpint (get_unread (self), ==, 0);

  /* What the server says before it has heard of it does not count, however late. */
  snapshot->last_update_at_ms = TEST_NOW_MS + 1000;
  batch = uc_batch_new ();
  uc_batch_put_member (batch, snapshot);
  uc_test_store_apply (self, batch);
  g_assert_cmpint (get_unread (self), ==, 0);

  batch = uc_batch_new ();
  uc_batch_queue_set_unread (batch, "unread", two->id);
  uc_test_store_apply (self, batch);
  assert_outbox (self, "unread:queued:unread");
  g_assert_cmpint (get_unread (self), ==, 2);
  batch = uc_batch_new ();
  uc_batch_queue_view (batch, "view3", TEST_CHANNEL);
  uc_test_store_apply (self, batch);
  assert_outbox (self, "view:queued:view3");
  done (self, "view3", NULL);
  assert_outbox (self, "");
  g_assert_cmpint (get_unread (self), ==, 0);
}

/* What goes with a post is sent with it. */
static void
test_props (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcPost) post = uc_test_provisional (OP, 10, "call");
  g_autoptr (GPtrArray) rows = NULL;
  UcBatch *batch = uc_batch_new ();

  uc_test_set (&post->props, "{\"unified_chat\":{\"call\":\"x\"}}");
  uc_batch_queue_post (batch, post);
  uc_test_store_apply (self, batch);
  rows = uc_test_store_outbox (self);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpstr (((UcOutboxRow *) rows->pdata[0])->props, ==, post->props);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/store/store-queue/edit-queued", test_edit_queued);
  g_test_add_func ("/store/store-queue/delete-queued", test_delete_queued);
  g_test_add_data_func ("/store/store-queue/under-way/sending", GINT_TO_POINTER (UC_SEND_SENDING),
                        test_under_way);
  g_test_add_data_func ("/store/store-queue/under-way/in-doubt", GINT_TO_POINTER (UC_SEND_IN_DOUBT),
                        test_under_way);
  g_test_add_func ("/store/store-queue/edit-sent", test_edit_sent);
  g_test_add_func ("/store/store-queue/edit-of-deleted", test_edit_of_deleted);
  g_test_add_func ("/store/store-queue/rewrite", test_rewrite);
  g_test_add_func ("/store/store-queue/unread-from-deleted", test_unread_from_deleted);
  g_test_add_func ("/store/store-queue/reactions", test_reactions);
  g_test_add_func ("/store/store-queue/pin-and-save", test_pin_and_save);
  g_test_add_func ("/store/store-queue/view", test_view);
  g_test_add_func ("/store/store-queue/props", test_props);
  return g_test_run ();
}
