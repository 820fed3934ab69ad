/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-db.h"
#include "uc-error.h"
#include "uc-store-test.h"
#include "uc-test.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

static char *program;

/* -- Order ------------------------------------------------------------------------------- */

#define N_BATCHES 1000

typedef struct {
  UcTestStore *test;
  guint        n_told;
  guint        n_answered;
  guint        n_read;
} Order;

static void
told_cb (UcStore *store, UcChangeSet *changes, gpointer user_data)
{
  Order           *order = user_data;
  UcMessageChange *change = g_ptr_array_index (changes->messages, 0);
  g_autofree char *wanted = g_strdup_printf ("%u", order->n_told);

  g_assert_cmpuint (order->n_told, ==, order->n_answered);
  g_assert_cmpstr (change->message->post->message, ==, wanted);
  order->n_told++;
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Order *order = user_data;

  g_assert_true (uc_store_apply_finish (UC_STORE (source), result, NULL));
  order->n_answered++;
  g_assert_cmpuint (order->n_answered, ==, order->n_told);
}

static gboolean
has_all (gpointer user_data)
{
  Order *order = user_data;

  return order->n_answered == N_BATCHES;
}

/* A thousand batches: in order, each told of before it is answered. */
static void
test_order (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  Order  order = { self, 0, 0, 0 };
  gulong id = g_signal_connect (self->store, "changed", G_CALLBACK (told_cb), &order);

  for (int i = 0; i < N_BATCHES; i++) {
    g_autofree char *name = g_strdup_printf ("p%dx", i);
    g_autofree char *text = g_strdup_printf ("%d", i);
    g_autoptr (UcPost) post = uc_test_post (name, TEST_ANNA, i, text);
    UcBatch *batch = uc_batch_new ();

    uc_batch_put_post (batch, post);
    uc_store_apply_async (self->store, batch, answered_cb, &order);
  }
  uc_test_wait_until (has_all, &order, 30000);
  g_signal_handler_disconnect (self->store, id);
}

/* -- Reads and changes --------------------------------------------------------------------- */

static void
window_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Order *order = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (UcWindow) window = uc_store_load_window_finish (UC_STORE (source), result, &error);

  g_assert_no_error (error);
  /* Everything that was told of is in it: nobody would tell of it again. */
  g_assert_cmpuint (window->messages->len, >=, order->n_told);
  order->n_read++;
}

static gboolean
has_all_and_read (gpointer user_data)
{
  Order *order = user_data;

  return order->n_answered == 300 && order->n_read == 300;
}

static void
test_reads_are_not_older (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  Order  order = { self, 0, 0, 0 };
  gulong id = g_signal_connect (self->store, "changed", G_CALLBACK (told_cb), &order);

  for (int i = 0; i < 300; i++) {
    g_autofree char *name = g_strdup_printf ("p%dx", i);
    g_autofree char *text = g_strdup_printf ("%d", i);
    g_autoptr (UcPost) post = uc_test_post (name, TEST_ANNA, i, text);
    UcBatch *batch = uc_batch_new ();

    uc_batch_put_post (batch, post);
    uc_store_apply_async (self->store, batch, answered_cb, &order);
    uc_store_load_window_async (self->store, TEST_CHANNEL, "", UC_WINDOW_NEWEST, 0, 1000, NULL,
                                window_cb, &order);
    g_main_context_iteration (NULL, FALSE);
  }
  uc_test_wait_until (has_all_and_read, &order, 30000);
  g_signal_handler_disconnect (self->store, id);
}

static void
test_cancelled_read (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  uc_store_load_channels_async (self->store, NULL, cancellable, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  g_assert_null (uc_store_load_channels_finish (self->store, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* What came and went within a batch is told to nobody; several changes are one. */
static void
test_one_change_each (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcPost) post = uc_test_post ("post", TEST_ANNA, 10, "one");
  g_autoptr (UcPost) edited = uc_test_post ("post", TEST_ANNA, 10, "two");
  g_autoptr (UcPost) mine = uc_test_provisional ("op", 20, "mine");
  UcMessageChange *change;
  UcBatch         *batch = uc_batch_new ();

  edited->update_at_ms++;
  uc_batch_put_post (batch, post);
  uc_batch_put_post (batch, edited);
  uc_batch_queue_post (batch, mine);
  uc_batch_queue_delete (batch, "delete", "op");
  uc_test_store_apply (self, batch);
  g_assert_cmpuint (self->last->messages->len, ==, 1);
  change = g_ptr_array_index (self->last->messages, 0);
  g_assert_cmpint (change->kind, ==, UC_MESSAGE_ADDED);
  g_assert_cmpstr (change->message->post->message, ==, "two");

  batch = uc_batch_new ();
  g_assert_true (uc_batch_is_empty (batch));
  uc_test_store_apply (self, batch);
  g_assert_null (self->last);
}

/* -- Killed --------------------------------------------------------------------------------- */

typedef struct {
  char op_id[16];
  char word; /* 'q' queued, 's' sending, 'd' done */
} Report;

static void
report_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Report *report = user_data;

  if (!uc_store_apply_finish (UC_STORE (source), result, NULL))
    return;
  printf ("%c %s\n", report->word, report->op_id);
  fflush (stdout);
}

static void
apply_reporting (UcTestStore *self, UcBatch *batch, char word, const char *op_id)
{
  Report *report = g_new0 (Report, 1);

  report->word = word;
  g_strlcpy (report->op_id, op_id, sizeof report->op_id);
  uc_store_apply_async (self->store, batch, report_cb, report);
}

/* Queues, sends and acknowledges for ever, and says what is on the disk. */
static int
run_child (const char *path, int first)
{
  g_autoptr (UcTestStore) self = uc_test_store_new_bare (path);
  g_autoptr (GError) error = uc_test_store_try_open (self);

  if (error != NULL)
    return 1;
  for (int i = first; i < first + 100000; i++) {
    g_autofree char *op_id = g_strdup_printf ("o%08d", i);
    g_autofree char *text = g_strdup_printf ("message %d", i);
    g_autofree char *name = g_strdup_printf ("s%08dx", i);
    g_autoptr (UcPost) post = uc_test_provisional (op_id, i * 10, text);
    g_autoptr (UcPost) answer = uc_test_answer (op_id, name, i * 10 + 1000, text);
    UcBatch *batch = uc_batch_new ();

    uc_batch_queue_post (batch, post);
    apply_reporting (self, batch, 'q', op_id);
    batch = uc_batch_new ();
    uc_batch_outbox_set (batch, op_id, UC_SEND_SENDING, NULL, 0);
    apply_reporting (self, batch, 's', op_id);
    if (i % 3 != 0) {
      batch = uc_batch_new ();
      if (i % 3 == 1)
        uc_batch_outbox_done (batch, op_id, answer);
      uc_batch_put_pushed_post (batch, answer, FALSE);
      apply_reporting (self, batch, 'd', op_id);
    }
    for (int j = 0; j < 5; j++)
      g_main_context_iteration (NULL, FALSE);
  }
  return 0;
}

/* Reads what the child says, kills it after @n_lines, and reads what it said until
 * then. */
static void
run_and_kill (const char *path, int first, int n_lines, GHashTable *words)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *number = g_strdup_printf ("%d", first);
  g_autoptr (GSubprocess) child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program,
                                                    "--child", path, number, NULL);
  g_autoptr (GDataInputStream) lines = NULL;
  int n = 0;

  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  while (TRUE) {
    g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);

    if (line == NULL)
      break;
    /* A line that was cut off was not said. */
    if (strlen (line) == 11)
      g_hash_table_replace (words, g_strdup (line + 2), GINT_TO_POINTER (line[0]));
    if (++n == n_lines)
      g_subprocess_send_signal (child, SIGKILL);
  }
  g_subprocess_wait (child, NULL, NULL);
  g_assert_cmpint (n, >=, n_lines);
}

static void
check_sound (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UcDb) db = uc_db_open (path, UC_DB_READ_WRITE, &error);
  g_auto (GStrv) problems = NULL;

  g_assert_no_error (error);
  g_assert_true (uc_db_check (db, TRUE, &problems, &error));
  g_assert_null (problems[0]);
  g_assert_true (uc_db_exec (
      db, "INSERT INTO message_words (message_words, rank) VALUES ('integrity-check', 1)", &error));
}

static void
check_words (const char *path, GHashTable *words)
{
  g_autoptr (UcTestStore) self = uc_test_store_new_bare (path);
  g_autoptr (GError) error = uc_test_store_try_open (self);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GHashTable) waiting = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  const char    *op_id;
  gpointer       word;

  g_assert_no_error (error);
  rows = uc_test_store_outbox (self);
  for (guint i = 0; i < rows->len; i++) {
    UcOutboxRow *row = g_ptr_array_index (rows, i);

    g_assert_cmpint (row->state, !=, UC_SEND_SENDING);
    g_assert_true (g_hash_table_add (waiting, row->op_id));
  }
  g_hash_table_iter_init (&iter, words);
  while (g_hash_table_iter_next (&iter, (gpointer *) &op_id, &word)) {
    g_autoptr (UcMessage) message = uc_test_store_message (self, op_id);
    gboolean is_sent;

    /* It is there, and either waits or was sent, never both and never neither. */
    g_assert_nonnull (message);
    is_sent = !g_str_has_prefix (message->post->id, "local:");
    g_assert_cmpint (is_sent, !=, g_hash_table_contains (waiting, op_id));
    if (GPOINTER_TO_INT (word) == 'd')
      g_assert_true (is_sent);
    if (GPOINTER_TO_INT (word) == 's' && !is_sent)
      g_assert_cmpint (message->send_state, ==, UC_SEND_IN_DOUBT);
  }
}

static void
test_killed (void)
{
  g_autofree char *dir = uc_test_dup_temp_dir ();
  g_autofree char *path = g_build_filename (dir, "store.db", NULL);
  g_autoptr (GHashTable) words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int round = 0; round < 12; round++) {
    run_and_kill (path, round * 1000000, g_test_rand_int_range (1, 150), words);
    check_words (path, words);
    check_sound (path);
  }
  g_assert_cmpuint (g_hash_table_size (words), >, 12);
}

int
main (int argc, char **argv)
{
  if (argc == 4 && strcmp (argv[1], "--child") == 0)
    return run_child (argv[2], atoi (argv[3]));

  program = argv[0];
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/store/batch-apply/order", test_order);
  g_test_add_func ("/store/batch-apply/reads-are-not-older", test_reads_are_not_older);
  g_test_add_func ("/store/batch-apply/cancelled-read", test_cancelled_read);
  g_test_add_func ("/store/batch-apply/one-change-each", test_one_change_each);
  g_test_add_func ("/store/batch-apply/killed", test_killed);
  return g_test_run ();
}
