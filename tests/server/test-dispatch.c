/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Group commit: jobs in order, each undone for itself, told only when written. */

#include "config.h"

#include "uc-dispatch.h"

#include "uc-error.h"
#include "uc-query.h"
#include "uc-refusal.h"
#include "uc-server-schema.h"
#include "uc-test.h"

typedef struct {
  char       *folder;
  char       *path;
  UcClock    *clock;
  UcSite     *site;
  UcWorker   *worker;
  UcDispatch *dispatch;
  GString    *said; /* in the order of the main thread */
  guint       n_left;
  guint       n_freed;
} Fixture;

typedef struct {
  Fixture *fixture;
  char     name;
  gboolean fails;
} Job;

typedef struct {
  const char *path;
  UcWorker   *worker;
  gint64      n_facts;
  guint       n_timeouts;
  guint       n_done;
} Reading;

static void
open_in_worker (GTask *task, UcDb *unused, gpointer fixture)
{
  Fixture *self = fixture;
  g_autoptr (GError) error = NULL;
  UcDb *db = uc_server_schema_open (self->path, &error);

  g_assert_no_error (error);
  uc_worker_take_db (self->worker, db);
  g_task_return_boolean (task, TRUE);
}

static void
publish (UcPush *push, gpointer user_data)
{
  Fixture *self = user_data;

  g_string_append_printf (self->said, "(%s)", push->event);
}

static void
set_up (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GTask) opening = NULL;

  self->folder = uc_test_dup_temp_dir ();
  self->path = g_build_filename (self->folder, "server.db", NULL);
  self->clock = uc_clock_new_fake (1763643600000);
  self->site = uc_site_new (self->folder, NULL, self->clock, &error);
  g_assert_no_error (error);
  self->worker = uc_worker_new ("server");
  opening = g_task_new (NULL, NULL, NULL, NULL);
  g_task_set_task_data (opening, self, NULL);
  uc_worker_push (self->worker, opening, open_in_worker);
  self->dispatch = uc_dispatch_new (self->worker, self->site, publish, self);
  self->said = g_string_new (NULL);
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  g_clear_pointer (&self->dispatch, uc_dispatch_free);
  uc_worker_free (self->worker);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  uc_site_free (self->site);
  g_assert_finalize_object (self->clock);
  g_string_free (self->said, TRUE);
  g_free (self->folder);
  g_free (self->path);
}

static gboolean
run_job (UcTxn *txn, gpointer data, GError **error)
{
  Job             *job = data;
  g_autofree char *name = g_strdup_printf ("%c", job->name);

  if (!uc_query_run (txn->db, "INSERT INTO facts (name, value) VALUES (:name, 'x')",
                     UC_BINDS (UC_TEXT (":name", name)), error))
    return FALSE;
  uc_txn_push_to_all (txn, name, json_object_new ());
  if (!job->fails)
    return TRUE;
  uc_refuse (error, UC_REFUSAL_PERMISSION);
  return FALSE;
}

static void
job_done (gpointer data, const GError *error)
{
  Job *job = data;

  g_string_append_printf (job->fixture->said, "%c%s ", job->name, error != NULL ? "!" : "");
  job->fixture->n_left--;
}

static void
job_free (gpointer data)
{
  Job *job = data;

  job->fixture->n_freed++;
  g_free (job);
}

static void
push (Fixture *self, char name, gboolean fails)
{
  Job *job = g_new0 (Job, 1);

  job->fixture = self;
  job->name = name;
  job->fails = fails;
  self->n_left++;
  uc_dispatch_push (self->dispatch, run_job, job_done, job, job_free);
}

static gboolean
is_done (gpointer user_data)
{
  return ((Fixture *) user_data)->n_left == 0;
}

static gboolean
count_facts (UcTxn *txn, gpointer n, GError **error)
{
  return uc_query_number (txn->db, "SELECT count (*) FROM facts WHERE value = :value",
                          UC_BINDS (UC_TEXT (":value", "x")), n, error);
}

static void
counted_cb (gpointer n, const GError *error)
{
  g_assert_no_error ((GError *) error);
}

static gboolean
has_number (gpointer n)
{
  return *(gint64 *) n >= 0;
}

static gboolean
is_idle (gpointer user_data)
{
  return uc_dispatch_get_backlog (((Fixture *) user_data)->dispatch) == 0;
}

static gint64
count (Fixture *self)
{
  gint64 n = -1;

  uc_dispatch_push (self->dispatch, count_facts, counted_cb, &n, NULL);
  uc_test_wait_until (has_number, &n, 10000);
  /* Its answer comes after the number was written. */
  uc_test_wait_until (is_idle, self, 10000);
  return n;
}

/* In order, events before the answer, and of one that fails nothing but its answer. */
static void
test_order (Fixture *self, gconstpointer unused)
{
  push (self, 'a', FALSE);
  push (self, 'b', TRUE);
  push (self, 'c', FALSE);
  push (self, 'd', FALSE);
  g_assert_cmpuint (uc_dispatch_get_backlog (self->dispatch), ==, 4);
  uc_test_wait_until (is_done, self, 10000);
  g_assert_cmpstr (self->said->str, ==, "(a)a b! (c)c (d)d ");
  g_assert_cmpuint (uc_dispatch_get_backlog (self->dispatch), ==, 0);
  g_assert_cmpint (count (self), ==, 3);
  g_assert_cmpuint (self->n_freed, ==, 4);
}

/* Many at once go into few transactions, all of them are there. */
static void
test_many (Fixture *self, gconstpointer unused)
{
  for (guint i = 0; i < 2000; i++)
    push (self, (char) ('a' + i % 26), TRUE);
  for (guint i = 0; i < 26; i++)
    push (self, (char) ('a' + i), FALSE);
  uc_test_wait_until (is_done, self, 20000);
  g_assert_cmpint (count (self), ==, 26);
  g_assert_cmpuint (self->n_freed, ==, 2026);
}

static gboolean
is_freed (gpointer user_data)
{
  return ((Fixture *) user_data)->n_freed == 600;
}

/* -- One that only reads ------------------------------------------------------------ */

static void
open_reading_in_worker (GTask *task, UcDb *unused, gpointer data)
{
  Reading *self = data;
  g_autoptr (GError) error = NULL;
  UcDb *db = uc_db_open (self->path, UC_DB_READ_ONLY, &error);

  g_assert_no_error (error);
  uc_worker_take_db (self->worker, db);
  g_task_return_boolean (task, TRUE);
}

static gboolean
try_writing (UcTxn *txn, gpointer unused, GError **error)
{
  return uc_query_run (txn->db, "INSERT INTO facts (name, value) VALUES (:name, 'x')",
                       UC_BINDS (UC_TEXT (":name", "x")), error);
}

/* Never ends by itself. */
static gboolean
read_long (UcTxn *txn, gpointer unused, GError **error)
{
  gint64 n = 0;

  return uc_query_number (txn->db,
                          "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n) "
                          "SELECT count (*) FROM n WHERE i < :first",
                          UC_BINDS (UC_INT (":first", 0)), &n, error);
}

static gboolean
read_count (UcTxn *txn, gpointer data, GError **error)
{
  return count_facts (txn, &((Reading *) data)->n_facts, error);
}

static void
failed_cb (gpointer data, const GError *error)
{
  Reading *self = data;

  g_assert_nonnull (error);
  self->n_timeouts += g_error_matches (error, UC_ERROR, UC_ERROR_TIMEOUT);
  self->n_done++;
}

static void
read_cb (gpointer data, const GError *error)
{
  Reading *self = data;

  g_assert_no_error ((GError *) error);
  self->n_done++;
}

static gboolean
has_three (gpointer data)
{
  return ((Reading *) data)->n_done == 3;
}

static void
test_reading (Fixture *self, gconstpointer unused)
{
  Reading reading = { .path = self->path, .worker = uc_worker_new ("reading") };
  g_autoptr (GTask) opening = NULL;
  UcDispatch *dispatch;

  push (self, 'a', FALSE);
  uc_test_wait_until (is_done, self, 10000);
  opening = g_task_new (NULL, NULL, NULL, NULL);
  g_task_set_task_data (opening, &reading, NULL);
  uc_worker_push (reading.worker, opening, open_reading_in_worker);
  dispatch = uc_dispatch_new_reading (reading.worker, self->site, 50);
  uc_dispatch_push (dispatch, try_writing, failed_cb, &reading, NULL);
  uc_dispatch_push (dispatch, read_long, failed_cb, &reading, NULL);
  uc_dispatch_push (dispatch, read_count, read_cb, &reading, NULL);
  uc_test_wait_until (has_three, &reading, 10000);
  g_assert_cmpuint (reading.n_timeouts, ==, 1);
  g_assert_cmpint (reading.n_facts, ==, 1);
  uc_dispatch_free (dispatch);
  uc_worker_free (reading.worker);
  g_assert_cmpint (count (self), ==, 1);
}

/* Ending: no callback, everything freed. */
static void
test_end (Fixture *self, gconstpointer unused)
{
  for (guint i = 0; i < 600; i++)
    push (self, 'a', TRUE);
  g_clear_pointer (&self->dispatch, uc_dispatch_free);
  uc_test_wait_until (is_freed, self, 10000);
  g_assert_cmpstr (self->said->str, ==, "");
}

#define ADD(name, func) g_test_add ("/dispatch/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("order", test_order);
  ADD ("many", test_many);
  ADD ("reading", test_reading);
  ADD ("end", test_end);
  return g_test_run ();
}
