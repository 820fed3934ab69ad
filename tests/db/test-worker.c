/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-error.h"
#include "uc-test.h"
#include "uc-worker.h"

#include <glib/gstdio.h>

#define N_JOBS 1000

typedef struct {
  UcWorker *worker;
  GArray   *run;      /* by the worker */
  GArray   *answered; /* on the main thread */
  guint     wanted;
} Order;

static void
note_in_worker (GTask *task, UcDb *db, gpointer task_data)
{
  Order *order = g_task_get_source_tag (task);
  int    number = GPOINTER_TO_INT (task_data);

  UC_ASSERT_WORKER (order->worker);
  g_array_append_val (order->run, number);
  g_task_return_int (task, number);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Order *order = user_data;
  int    number = (int) g_task_propagate_int (G_TASK (result), NULL);

  g_array_append_val (order->answered, number);
}

static gboolean
has_all (gpointer user_data)
{
  Order *order = user_data;

  return order->answered->len == order->wanted;
}

static void
test_order (void)
{
  g_autoptr (UcWorker) worker = uc_worker_new ("test");
  Order order = { worker, g_array_new (FALSE, FALSE, sizeof (int)),
                  g_array_new (FALSE, FALSE, sizeof (int)), N_JOBS };

  g_assert_false (uc_worker_is_here (worker));
  for (int i = 0; i < N_JOBS; i++) {
    g_autoptr (GTask) task = g_task_new (NULL, NULL, answered_cb, &order);

    g_task_set_source_tag (task, &order);
    g_task_set_task_data (task, GINT_TO_POINTER (i), NULL);
    uc_worker_push (worker, task, note_in_worker);
  }
  uc_test_wait_until (has_all, &order, 10000);
  for (int i = 0; i < N_JOBS; i++) {
    g_assert_cmpint (g_array_index (order.run, int, i), ==, i);
    g_assert_cmpint (g_array_index (order.answered, int, i), ==, i);
  }
  g_array_unref (order.run);
  g_array_unref (order.answered);
}

static void
fail_in_worker (GTask *task, UcDb *db, gpointer task_data)
{
  g_assert_not_reached ();
}

static void
write_in_worker (GTask *task, UcDb *db, gpointer task_data)
{
  g_task_return_boolean (task, TRUE);
}

/* What is cancelled before its turn is not read, but it is written. */
static void
test_cancelled (void)
{
  g_autoptr (UcWorker) worker = uc_worker_new ("test");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) read_result = NULL;
  g_autoptr (GAsyncResult) write_result = NULL;
  g_autoptr (GTask) read = g_task_new (NULL, cancellable, uc_test_result_cb, &read_result);
  g_autoptr (GTask) write = g_task_new (NULL, cancellable, uc_test_result_cb, &write_result);
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_task_set_check_cancellable (write, FALSE);
  uc_worker_push (worker, read, fail_in_worker);
  uc_worker_push (worker, write, write_in_worker);
  uc_test_wait_result (&read_result);
  uc_test_wait_result (&write_result);
  g_assert_false (g_task_propagate_boolean (G_TASK (read_result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_true (g_task_propagate_boolean (G_TASK (write_result), &error));
  g_assert_no_error (error);
}

typedef struct {
  UcWorker *worker;
  char     *path;
} Store;

static void
open_in_worker (GTask *task, UcDb *db, gpointer task_data)
{
  Store *store = task_data;
  g_autoptr (GError) error = NULL;
  UcDb *opened = uc_db_open (store->path, UC_DB_CREATE, &error);

  g_assert_null (db);
  g_assert_no_error (error);
  uc_worker_take_db (store->worker, opened);
  g_assert_true (uc_db_exec (opened, "CREATE TABLE t (id)", &error));
  g_task_return_boolean (task, TRUE);
}

static void
insert_in_worker (GTask *task, UcDb *db, gpointer task_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (uc_db_exec (db, "INSERT INTO t VALUES (zeroblob (100000))", &error));
  g_task_return_boolean (task, TRUE);
}

static gboolean
has_grown (gpointer user_data)
{
  GStatBuf info;

  return g_stat (user_data, &info) == 0 && info.st_size > 100000;
}

/* Nothing else wakes the loop that waits for the file to grow. */
static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
push (Store *store, UcWorkerFunc func, GAsyncResult **result)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, uc_test_result_cb, result);

  g_task_set_task_data (task, store, NULL);
  uc_worker_push (store->worker, task, func);
}

/* With nothing to do the worker writes the log back into the file. */
static void
test_idle_checkpoint (void)
{
  g_autofree char *dir = uc_test_dup_temp_dir ();
  g_autofree char *path = g_build_filename (dir, "a.db", NULL);
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autoptr (UcWorker) worker = uc_worker_new ("test");
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GAsyncResult) inserted = NULL;
  Store store = { worker, path };
  guint waker_id;

  push (&store, open_in_worker, &opened);
  push (&store, insert_in_worker, &inserted);
  uc_test_wait_result (&inserted);
  waker_id = g_timeout_add (10, wake_cb, NULL);
  uc_test_wait_until (has_grown, path, 10000);
  g_source_remove (waker_id);

  /* The end of the worker closes its connection, after what was pushed before. */
  g_clear_object (&inserted);
  push (&store, insert_in_worker, &inserted);
  g_clear_pointer (&worker, uc_worker_free);
  g_assert_false (g_file_test (wal, G_FILE_TEST_EXISTS));
  uc_test_wait_result (&inserted);
}

/* -- Who lets go last ------------------------------------------------------------------ */

#define TEST_TYPE_OWNER (test_owner_get_type ())
G_DECLARE_FINAL_TYPE (TestOwner, test_owner, TEST, OWNER, GObject)

struct _TestOwner {
  GObject   parent_instance;
  UcWorker *worker; /* (owned) */
};

G_DEFINE_FINAL_TYPE (TestOwner, test_owner, G_TYPE_OBJECT)

static int      n_owners_gone;
static GThread *owner_ended_on;
static int      is_let_go; /* atomic: the main thread has no reference any more */

static void
test_owner_finalize (GObject *object)
{
  owner_ended_on = g_thread_self ();
  n_owners_gone++;
  uc_worker_free (TEST_OWNER (object)->worker);
  G_OBJECT_CLASS (test_owner_parent_class)->finalize (object);
}

static void
test_owner_class_init (TestOwnerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_owner_finalize;
}

static void
test_owner_init (TestOwner *self)
{
  self->worker = uc_worker_new ("owner");
}

static void
linger_in_worker (GTask *task, UcDb *db, gpointer task_data)
{
  g_task_return_boolean (task, TRUE);
  while (!g_atomic_int_get (&is_let_go))
    g_thread_yield ();
}

static gboolean
let_go_cb (gpointer user_data)
{
  g_atomic_int_set (&is_let_go, 1);
  return G_SOURCE_REMOVE;
}

static void
lingered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_idle_add (let_go_cb, NULL);
}

static gboolean
is_owner_gone (gpointer user_data)
{
  return n_owners_gone > 0;
}

/* The worker may hold the last reference to whom it belongs: that one still ends on the
 * thread it was made on, where it can wait for the worker's. */
static void
test_last_reference (void)
{
  TestOwner *owner = g_object_new (TEST_TYPE_OWNER, NULL);
  GTask     *task = g_task_new (owner, NULL, lingered_cb, NULL);

  uc_worker_push (owner->worker, task, linger_in_worker);
  g_object_unref (task);
  g_object_unref (owner);
  uc_test_wait_until (is_owner_gone, NULL, 5000);
  g_assert_true (owner_ended_on == g_thread_self ());
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/db/worker/order", test_order);
  g_test_add_func ("/db/worker/cancelled", test_cancelled);
  g_test_add_func ("/db/worker/idle-checkpoint", test_idle_checkpoint);
  g_test_add_func ("/db/worker/last-reference", test_last_reference);
  return g_test_run ();
}
