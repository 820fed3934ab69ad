/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-store-test.h"
#include "uc-test.h"

#define OP "op000000000000000000000001"

static void
queue (UcTestStore *self, const char *op_id, gint64 at_ms, const char *text, const char *root_id)
{
  g_autoptr (UcPost) post = uc_test_provisional (op_id, at_ms, text);
  UcBatch *batch = uc_batch_new ();

  uc_test_set (&post->root_id, root_id);
  uc_batch_queue_post (batch, post);
  uc_test_store_apply (self, batch);
}

static void
set_state (UcTestStore *self, const char *op_id, UcSendState state, const char *reason)
{
  UcBatch *batch = uc_batch_new ();

  uc_batch_outbox_set (batch, op_id, state, reason, 0);
  uc_test_store_apply (self, batch);
}

static void
answer (UcTestStore *self, const char *op_id, UcPost *post)
{
  UcBatch *batch = uc_batch_new ();

  uc_batch_outbox_done (batch, op_id, post);
  uc_test_store_apply (self, batch);
}

static void
push (UcTestStore *self, UcPost *post)
{
  UcBatch *batch = uc_batch_new ();

  uc_batch_put_pushed_post (batch, post, FALSE);
  uc_test_store_apply (self, batch);
}

static void
assert_window (UcTestStore *self, const char *wanted)
{
  g_autoptr (UcWindow) window = uc_test_store_window (self, TEST_CHANNEL, "");
  g_autofree char *text = uc_test_window_text (window);

  g_assert_cmpstr (text, ==, wanted);
}

static guint
count_outbox (UcTestStore *self)
{
  g_autoptr (GPtrArray) rows = uc_test_store_outbox (self);

  return rows->len;
}

/* -- Messages ------------------------------------------------------------------------- */

static void
test_queue (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (UcMessage) message = NULL;
  UcOutboxRow *row;

  queue (self, OP, 10, "Hello", "");
  g_assert_true (self->last->outbox_added);
  g_assert_cmpuint (self->last->op_ids->len, ==, 1);
  g_assert_cmpuint (self->last->messages->len, ==, 1);

  rows = uc_test_store_outbox (self);
  g_assert_cmpuint (rows->len, ==, 1);
  row = g_ptr_array_index (rows, 0);
  g_assert_cmpstr (row->op_id, ==, OP);
  g_assert_cmpint (row->kind, ==, UC_OP_POST);
  g_assert_cmpint (row->state, ==, UC_SEND_QUEUED);
  g_assert_cmpstr (row->message, ==, "Hello");
  g_assert_cmpstr (row->channel_id, ==, TEST_CHANNEL);
  g_assert_cmpstr (row->root_id, ==, "");
  g_assert_cmpstr (row->post_id, ==, "");
  g_assert_null (row->waits_for);
  g_assert_cmpint (row->queued_at_ms, ==, TEST_NOW_MS);

  message = uc_test_store_message (self, OP);
  g_assert_cmpstr (message->key, ==, OP);
  g_assert_cmpint (message->send_state, ==, UC_SEND_QUEUED);
  g_assert_cmpstr (message->post->id, ==, "local:" OP);

  /* The same batch given twice queues once. */
  queue (self, OP, 10, "Hello", "");
  g_assert_cmpuint (count_outbox (self), ==, 1);
  assert_window (self, "Hello");
}

/* Its answer was lost, and it was deleted on another device before it was sent again. */
static void
test_deleted_meanwhile (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcPost) gone = uc_test_answer (OP, "sent", 20, "");
  g_autoptr (UcMessage) message = NULL;

  gone->delete_at_ms = gone->update_at_ms = TEST_NOW_MS + 30;
  queue (self, OP, 10, "Hello", "");
  answer (self, OP, gone);
  g_assert_cmpuint (count_outbox (self), ==, 0);
  assert_window (self, "");
  message = uc_test_store_message (self, OP);
  g_assert_cmpint (message->post->delete_at_ms, ==, gone->delete_at_ms);
}

/* However the clock stands, what was just written is last; the server's time then
 * puts it where it belongs. */
static void
test_slow_clock (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcPost) other = uc_test_post ("other", TEST_ANNA, 5000, "other");
  g_autoptr (UcPost) done = uc_test_answer (OP, "sent", 5001, "mine");
  g_autoptr (UcPost) later = uc_test_post ("later", TEST_ANNA, 5002, "later");

  push (self, other);
  queue (self, OP, -100000, "mine", "");
  assert_window (self, "other|mine");
  push (self, later);
  answer (self, OP, done);
  assert_window (self, "other|mine|later");
}

static void
check_acknowledged (UcTestStore *self, const char *post_id)
{
  g_autoptr (UcMessage) message = uc_test_store_message (self, OP);
  g_autoptr (UcMessage) by_id = uc_test_store_message (self, post_id);
  g_autoptr (UcMessage) by_old_id = uc_test_store_message (self, "local:" OP);
  g_autoptr (UcChannelState) state = uc_test_store_channel (self, TEST_CHANNEL);

  g_assert_cmpstr (message->key, ==, OP);
  g_assert_cmpstr (message->post->id, ==, post_id);
  g_assert_cmpint (message->send_state, ==, UC_SEND_DONE);
  g_assert_cmpint (UC_SEQ_TO_MS (message->seq), ==, TEST_NOW_MS + 50);
  g_assert_cmpint (message->seq, ==, by_id->seq);
  g_assert_cmpint (message->seq, ==, by_old_id->seq);
  g_assert_cmpuint (count_outbox (self), ==, 0);
  /* Counted once, and read. */
  g_assert_cmpint (state->channel->total_msg_count, ==, 1);
  g_assert_cmpint (state->unread, ==, 0);
  assert_window (self, "Hello");
}

/* The answer and the event acknowledge in either order, and again, the same. */
static void
test_acknowledge (gconstpointer data)
{
  const char *order = data;
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcPost) done = uc_test_answer (OP, "sent", 50, "Hello");

  queue (self, OP, 10, "Hello", "");
  set_state (self, OP, UC_SEND_SENDING, NULL);
  for (const char *p = order; *p != '\0'; p++) {
    UcBatch *batch = uc_batch_new ();
    g_autoptr (GPtrArray) posts = g_ptr_array_new ();

    g_ptr_array_add (posts, done);
    if (*p == 'a')
      uc_batch_outbox_done (batch, OP, done);
    else if (*p == 'p')
      uc_batch_put_pushed_post (batch, done, FALSE);
    else if (*p == 'f')
      uc_batch_put_post (batch, done);
    else
      uc_batch_put_page (batch, TEST_CHANNEL, posts, UC_PAGE_LATEST, NULL, TRUE, TRUE);
    uc_test_store_apply (self, batch);
    if (p == order) {
      UcMessageChange *change = g_ptr_array_index (self->last->messages, 0);

      g_assert_cmpuint (self->last->messages->len, ==, 1);
      g_assert_cmpint (change->kind, ==, UC_MESSAGE_CHANGED);
      g_assert_cmpint (UC_SEQ_TO_MS (change->old_seq), ==, TEST_NOW_MS + 10);
      g_assert_cmpint (UC_SEQ_TO_MS (change->message->seq), ==, TEST_NOW_MS + 50);
      g_assert_cmpstr (change->message->key, ==, OP);
    } else if (self->last != NULL) {
      g_assert_cmpuint (self->last->messages->len, ==, 0);
    }
    check_acknowledged (self, done->id);
  }
  uc_test_store_reopen (self);
  check_acknowledged (self, done->id);
}

/* Anybody can put an operation's id into a post of their own. */
static void
test_forged (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcPost) forged = uc_test_post ("forged", TEST_ANNA, 50, "Gotcha");
  g_autoptr (UcPost) elsewhere = uc_test_answer (OP, "elsewhere", 60, "Hello");

  queue (self, OP, 10, "Hello", "");
  uc_test_set (&forged->op_id, OP);
  uc_test_set (&elsewhere->channel_id, TEST_OTHER);
  push (self, forged);
  push (self, elsewhere);
  g_assert_cmpuint (count_outbox (self), ==, 1);
  assert_window (self, "Hello|Gotcha");
}

/* A page that came without the operation's id stored the post by itself. */
static void
test_twin (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcPost) bare = uc_test_post ("sent", TEST_ME, 50, "Hello");
  g_autoptr (UcPost) done = uc_test_answer (OP, "sent", 50, "Hello");

  queue (self, OP, 10, "Hello", "");
  push (self, bare);
  assert_window (self, "Hello|Hello");
  answer (self, OP, done);
  assert_window (self, "Hello");
  check_acknowledged (self, done->id);
}

/* The post of one's own that another device sent. */
static void
test_other_device (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcPost) post = uc_test_answer ("theirs", "sent", 50, "Hello");
  g_autoptr (UcMessage) message = NULL;
  g_autoptr (UcChannelState) state = NULL;

  answer (self, "theirs", post);
  push (self, post);
  message = uc_test_store_message (self, post->id);
  g_assert_cmpstr (message->key, ==, post->id);
  g_assert_cmpint (message->send_state, ==, UC_SEND_NONE);
  state = uc_test_store_channel (self, TEST_CHANNEL);
  g_assert_cmpint (state->channel->total_msg_count, ==, 1);
  g_assert_cmpint (state->unread, ==, 0);
}

static void
test_tries (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcPost) known = uc_test_post ("known", TEST_ANNA, 5, "known");
  g_autoptr (UcPost) later = uc_test_post ("later", TEST_ANNA, 20, "later");
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (UcMessage) message = NULL;
  g_autoptr (UcChannelState) state = NULL;
  UcOutboxRow *row;

  push (self, known);
  queue (self, OP, 10, "Hello", "");
  uc_clock_advance (self->clock, 1000);
  set_state (self, OP, UC_SEND_SENDING, NULL);
  push (self, later);
  uc_clock_advance (self->clock, 1000);
  set_state (self, OP, UC_SEND_IN_DOUBT, "no answer");
  set_state (self, OP, UC_SEND_QUEUED, NULL);
  set_state (self, OP, UC_SEND_SENDING, NULL);

  rows = uc_test_store_outbox (self);
  row = g_ptr_array_index (rows, 0);
  g_assert_cmpint (row->tries, ==, 2);
  g_assert_cmpint (row->first_try_ms, ==, TEST_NOW_MS + 1000);
  g_assert_cmpstr (row->last_known_id, ==, known->id);

  set_state (self, OP, UC_SEND_FAILED, "refused");
  message = uc_test_store_message (self, OP);
  g_assert_cmpint (message->send_state, ==, UC_SEND_FAILED);
  g_assert_cmpstr (message->send_error, ==, "refused");
  state = uc_test_store_channel (self, TEST_CHANNEL);
  g_assert_cmpint (state->n_failed, ==, 1);
}

/* What was under way when the program ended may have arrived. */
static void
test_doubt_on_open (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (GPtrArray) rows = NULL;

  queue (self, OP, 10, "Hello", "");
  queue (self, "other", 20, "World", "");
  set_state (self, OP, UC_SEND_SENDING, NULL);
  uc_test_store_reopen (self);
  rows = uc_test_store_outbox (self);
  g_assert_cmpint (((UcOutboxRow *) g_ptr_array_index (rows, 0))->state, ==, UC_SEND_IN_DOUBT);
  g_assert_cmpint (((UcOutboxRow *) g_ptr_array_index (rows, 1))->state, ==, UC_SEND_QUEUED);
}

static void
test_discard (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (GPtrArray) rows = NULL;
  UcMessageChange *change;
  UcOutboxRow     *row;
  UcBatch         *batch;

  queue (self, OP, 10, "root", "");
  queue (self, "reply", 20, "reply", OP);
  batch = uc_batch_new ();
  uc_batch_queue_reaction (batch, "react", OP, TEST_ME, "+1", TRUE);
  uc_test_store_apply (self, batch);
  set_state (self, OP, UC_SEND_FAILED, "refused");
  batch = uc_batch_new ();
  uc_batch_outbox_discard (batch, OP);
  uc_test_store_apply (self, batch);
  change = g_ptr_array_index (self->last->messages, 0);
  g_assert_cmpint (change->kind, ==, UC_MESSAGE_REMOVED);

  /* The reply has a text that must not vanish with it. */
  rows = uc_test_store_outbox (self);
  g_assert_cmpuint (rows->len, ==, 1);
  row = g_ptr_array_index (rows, 0);
  g_assert_cmpstr (row->op_id, ==, "reply");
  g_assert_cmpint (row->state, ==, UC_SEND_FAILED);
  g_assert_nonnull (row->reason);
  g_assert_cmpstr (row->waits_for, ==, OP);
  assert_window (self, "reply");
}

/* Written anew or tried again it would wait for what never comes. */
static void
test_orphan (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  UcBatch *batch;

  queue (self, OP, 10, "root", "");
  queue (self, "reply", 20, "reply", OP);
  batch = uc_batch_new ();
  uc_batch_outbox_discard (batch, OP);
  uc_test_store_apply (self, batch);

  for (int i = 0; i < 3; i++) {
    g_autoptr (GPtrArray) rows = NULL;
    UcOutboxRow *row;

    batch = uc_batch_new ();
    if (i == 0)
      uc_batch_queue_edit (batch, "edit", "reply", "changed");
    else if (i == 1)
      uc_batch_outbox_rewrite (batch, "reply", "changed");
    else
      uc_batch_outbox_set (batch, "reply", UC_SEND_QUEUED, NULL, 0);
    uc_test_store_apply (self, batch);

    rows = uc_test_store_outbox (self);
    g_assert_cmpuint (rows->len, ==, 1);
    row = g_ptr_array_index (rows, 0);
    g_assert_cmpint (row->state, ==, UC_SEND_FAILED);
    g_assert_cmpstr (row->message, ==, "changed");
    g_assert_nonnull (row->reason);
  }
}

/* -- Children of an unsent message ------------------------------------------------------ */

static void
test_children (gconstpointer data)
{
  gboolean by_push = GPOINTER_TO_INT (data);
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcPost) done = uc_test_answer (OP, "sent", 50, "root");
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (UcMessage) reply = NULL;
  g_autoptr (UcWindow) thread = NULL;
  g_autofree char *text = NULL;
  UcOutboxRow     *row;
  UcBatch         *batch;

  queue (self, OP, 10, "root", "");
  queue (self, "reply1", 20, "one", OP);
  queue (self, "reply2", 30, "two", "local:" OP);
  set_state (self, OP, UC_SEND_SENDING, NULL);
  batch = uc_batch_new ();
  uc_batch_queue_edit (batch, "edit", OP, "root!");
  uc_batch_queue_reaction (batch, "react", OP, TEST_ME, "+1", TRUE);
  uc_batch_put_draft (batch, TEST_CHANNEL, "local:" OP, "half a reply");
  uc_test_store_apply (self, batch);

  rows = uc_test_store_outbox (self);
  g_assert_cmpuint (rows->len, ==, 5);
  for (guint i = 1; i < rows->len; i++) {
    row = g_ptr_array_index (rows, i);
    g_assert_cmpstr (row->waits_for, ==, OP);
    g_assert_cmpstr (row->root_id, ==, "");
    g_assert_cmpstr (row->post_id, ==, "");
  }
  thread = uc_test_store_window (self, TEST_CHANNEL, OP);
  text = uc_test_window_text (thread);
  g_assert_cmpstr (text, ==, "root|one|two");

  if (by_push)
    push (self, done);
  else
    answer (self, OP, done);
  g_assert_cmpuint (self->last->messages->len, ==, 3);
  g_assert_true (self->last->outbox_added);

  g_clear_pointer (&rows, g_ptr_array_unref);
  rows = uc_test_store_outbox (self);
  g_assert_cmpuint (rows->len, ==, 4);
  for (guint i = 0; i < rows->len; i++) {
    row = g_ptr_array_index (rows, i);
    g_assert_null (row->waits_for);
    if (row->kind == UC_OP_POST)
      g_assert_cmpstr (row->root_id, ==, done->id);
    else
      g_assert_cmpstr (row->post_id, ==, done->id);
  }
  reply = uc_test_store_message (self, "reply1");
  g_assert_cmpstr (reply->post->root_id, ==, done->id);
  g_clear_pointer (&thread, uc_window_free);
  g_free (text);
  thread = uc_test_store_window (self, TEST_CHANNEL, "local:" OP);
  text = uc_test_window_text (thread);
  g_assert_cmpstr (text, ==, "root|one|two");
  {
    g_autoptr (GAsyncResult) result = NULL;
    g_autofree char *draft = NULL;

    uc_store_load_draft_async (self->store, TEST_CHANNEL, done->id, NULL, uc_test_result_cb,
                               &result);
    uc_test_wait_result (&result);
    draft = uc_store_load_draft_finish (self->store, result, NULL);
    g_assert_cmpstr (draft, ==, "half a reply");
  }
  {
    g_autoptr (UcMessage) root = uc_test_store_message (self, OP);

    g_assert_cmpstr (root->edit_text, ==, "root!");
    g_assert_cmpuint (root->post->reactions->len, ==, 1);
  }
}

/* -- Files ------------------------------------------------------------------------------ */

static UcFile *
make_file (const char *name, const char *path)
{
  UcFile *file = uc_file_new ();

  uc_test_set (&file->name, name);
  uc_test_set (&file->mime_type, "image/png");
  uc_test_set (&file->local_path, path);
  file->size_bytes = 100;
  file->width = 10;
  return file;
}

static void
test_files (gconstpointer data)
{
  gboolean has_metadata = GPOINTER_TO_INT (data);
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcPost) post = uc_test_provisional (OP, 10, "two pictures");
  g_autoptr (UcPost) done = uc_test_answer (OP, "sent", 50, "two pictures");
  g_autoptr (UcMessage) message = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  UcBatch     *batch = uc_batch_new ();
  UcOutboxRow *row;
  UcFile      *file;

  g_ptr_array_add (post->files, make_file ("a.png", "/queue/a"));
  g_ptr_array_add (post->files, make_file ("b.png", "/queue/b"));
  uc_batch_queue_post (batch, post);
  uc_test_store_apply (self, batch);
  message = uc_test_store_message (self, OP);
  g_assert_cmpuint (message->post->files->len, ==, 2);
  file = g_ptr_array_index (message->post->files, 1);
  g_assert_cmpstr (file->local_path, ==, "/queue/b");

  batch = uc_batch_new ();
  uc_batch_outbox_upload_done (batch, OP, 1, "fileb");
  uc_test_store_apply (self, batch);
  rows = uc_test_store_outbox (self);
  row = g_ptr_array_index (rows, 0);
  g_assert_cmpuint (row->files->len, ==, 2);
  file = g_ptr_array_index (row->files, 0);
  g_assert_cmpstr (file->id, ==, "");
  g_assert_cmpstr (file->local_path, ==, "/queue/a");
  file = g_ptr_array_index (row->files, 1);
  g_assert_cmpstr (file->id, ==, "fileb");

  batch = uc_batch_new ();
  uc_batch_outbox_upload_done (batch, OP, 0, "filea");
  uc_test_store_apply (self, batch);
  g_strfreev (done->file_ids);
  done->file_ids = g_strsplit ("filea fileb", " ", -1);
  done->has_metadata = has_metadata;
  if (has_metadata) {
    file = make_file ("b.png", NULL);
    uc_test_set (&file->id, "fileb");
    g_ptr_array_add (done->files, file);
    file = make_file ("a.png", NULL);
    uc_test_set (&file->id, "filea");
    g_ptr_array_add (done->files, file);
  }
  answer (self, OP, done);
  g_clear_pointer (&message, uc_message_unref);
  message = uc_test_store_message (self, OP);
  g_assert_cmpuint (message->post->files->len, ==, 2);
  file = g_ptr_array_index (message->post->files, 0);
  g_assert_cmpstr (file->id, ==, "filea");
  g_assert_cmpstr (file->name, ==, "a.png");
  g_assert_null (file->local_path);
}

int
main (int argc, char **argv)
{
  const char *orders[] = { "a", "p", "ap", "pa", "apap", "paap", "fap", "lpa", "plaf", "alp" };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/store/store-outbox-ops/deleted-meanwhile", test_deleted_meanwhile);
  g_test_add_func ("/store/store-outbox-ops/queue", test_queue);
  g_test_add_func ("/store/store-outbox-ops/slow-clock", test_slow_clock);
  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++) {
    g_autofree char *path = g_strconcat ("/store/store-outbox-ops/acknowledge/", orders[i], NULL);

    g_test_add_data_func (path, orders[i], test_acknowledge);
  }
  g_test_add_func ("/store/store-outbox-ops/forged", test_forged);
  g_test_add_func ("/store/store-outbox-ops/twin", test_twin);
  g_test_add_func ("/store/store-outbox-ops/other-device", test_other_device);
  g_test_add_func ("/store/store-outbox-ops/tries", test_tries);
  g_test_add_func ("/store/store-outbox-ops/doubt-on-open", test_doubt_on_open);
  g_test_add_func ("/store/store-outbox-ops/discard", test_discard);
  g_test_add_func ("/store/store-outbox-ops/orphan", test_orphan);
  g_test_add_data_func ("/store/store-outbox-ops/children/answer", GINT_TO_POINTER (FALSE),
                        test_children);
  g_test_add_data_func ("/store/store-outbox-ops/children/push", GINT_TO_POINTER (TRUE),
                        test_children);
  g_test_add_data_func ("/store/store-outbox-ops/files/metadata", GINT_TO_POINTER (TRUE),
                        test_files);
  g_test_add_data_func ("/store/store-outbox-ops/files/bare", GINT_TO_POINTER (FALSE), test_files);
  return g_test_run ();
}
