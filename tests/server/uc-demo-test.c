/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The demo organisation on a real worker and a real database. */

#include "config.h"

#include "uc-demo-test.h"

#include "uc-channel-service.h"
#include "uc-demo-fill.h"
#include "uc-server-schema.h"
#include "uc-team-table.h"
#include "uc-test.h"

/* -- Opening ------------------------------------------------------------------------- */

static void
open_in_worker (GTask *task, UcDb *unused, gpointer task_data)
{
  UcDemoTest      *self = task_data;
  g_autofree char *path = g_build_filename (self->folder, "server.db", NULL);
  GError          *error = NULL;
  UcDb            *db = uc_server_schema_open (path, &error);

  g_assert_no_error (error);
  uc_worker_take_db (self->worker, db);
  g_task_return_boolean (task, TRUE);
}

static void
publish_cb (UcPush *push, gpointer user_data)
{
  UcDemoTest *self = user_data;

  if (push->kind == UC_PUSH_EVENT) {
    g_autoptr (GByteArray) frame = g_byte_array_new ();
    g_autoptr (GBytes) bytes = NULL;
    gint64   seq = 0;
    UcEvent *event;

    g_byte_array_append (frame, g_bytes_get_data (push->head, NULL),
                         (guint) g_bytes_get_size (push->head));
    g_byte_array_append (frame, (const guint8 *) "0}", 2);
    bytes = g_byte_array_free_to_bytes (g_steal_pointer (&frame));
    event = uc_wire_parse_event (bytes, &seq, NULL);
    g_assert_nonnull (event);
    g_ptr_array_add (self->events, event);
  }
  if (self->see != NULL)
    self->see (push, self->user_data);
}

static gboolean
fill_in_worker (UcTxn *txn, gpointer job, GError **error)
{
  UcDemoTest *self = job;
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (UcDemoScript) talk = uc_demo_script_load ("talk.txt", UC_DEMO_HISTORY, rand, error);
  UcDemoScript *scenes = uc_demo_script_load ("scenes.txt", UC_DEMO_SCENES, rand, error);
  UcDemoTotals  totals;
  gboolean      is_new = FALSE;

  g_assert_nonnull (talk);
  g_assert_nonnull (scenes);
  if (!uc_demo_fill (txn, talk, rand, &is_new, &totals, error))
    return FALSE;
  self->cast = uc_demo_cast_find (txn, scenes, error);
  return self->cast != NULL;
}

UcDemoTest *
uc_demo_test_new (void)
{
  UcDemoTest *self = g_new0 (UcDemoTest, 1);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;

  self->folder = uc_test_dup_temp_dir ();
  self->clock = uc_clock_new_system ();
  self->site = uc_site_new (self->folder, NULL, self->clock, &error);
  g_assert_no_error (error);
  self->site->hash_cost = 1;
  self->events = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_event_free);
  self->worker = uc_worker_new ("demo-test");
  task = g_task_new (NULL, NULL, uc_test_result_cb, &result);
  g_task_set_source_tag (task, open_in_worker);
  g_task_set_task_data (task, self, NULL);
  uc_worker_push (self->worker, task, open_in_worker);
  uc_test_wait_result (&result);
  self->dispatch = uc_dispatch_new (self->worker, self->site, publish_cb, self);
  g_assert_true (uc_demo_test_run (self, fill_in_worker, self, &error));
  g_assert_no_error (error);
  return self;
}

void
uc_demo_test_free (UcDemoTest *self)
{
  uc_dispatch_free (self->dispatch);
  uc_worker_free (self->worker);
  /* The last answers of the worker still come to the main thread. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_pointer (&self->cast, uc_demo_cast_free);
  g_ptr_array_unref (self->events);
  uc_site_free (self->site);
  g_assert_finalize_object (self->clock);
  g_free (self->folder);
  g_free (self);
}

/* -- Jobs ---------------------------------------------------------------------------- */

typedef struct {
  UcTxnFunc run;
  gpointer  job;
  gboolean  is_done;
  GError   *error;
} Run;

static gboolean
run_in_worker (UcTxn *txn, gpointer job, GError **error)
{
  Run *run = job;

  return run->run (txn, run->job, error);
}

static void
done_cb (gpointer job, const GError *error)
{
  Run *run = job;

  run->is_done = TRUE;
  run->error = error != NULL ? g_error_copy (error) : NULL;
}

static gboolean
is_done (gpointer user_data)
{
  return ((Run *) user_data)->is_done;
}

gboolean
uc_demo_test_run (UcDemoTest *self, UcTxnFunc func, gpointer job, GError **error)
{
  Run run = { .run = func, .job = job };

  uc_dispatch_push (self->dispatch, run_in_worker, done_cb, &run, NULL);
  uc_test_wait_until (is_done, &run, 20000);
  if (run.error == NULL)
    return TRUE;
  g_propagate_error (error, run.error);
  return FALSE;
}

static gboolean
act_in_worker (UcTxn *txn, gpointer job, GError **error)
{
  return uc_demo_act_run (job, txn, error);
}

gboolean
uc_demo_test_act (UcDemoTest *self, UcDemoAct *act, GError **error)
{
  return uc_demo_test_run (self, act_in_worker, act, error);
}

typedef struct {
  const char *name;
  const char *one_id;
  const char *other_id;
  char       *id;
} Find;

static gboolean
find_in_worker (UcTxn *txn, gpointer job, GError **error)
{
  Find *find = job;
  g_autoptr (UcTeam) team = uc_team_table_find_name (txn->db, UC_DEMO_TEAM, error);
  const UcActor one = { .user_id = find->one_id, .username = "", .roles = "system_user" };
  g_autoptr (UcChannel) channel =
      find->name != NULL ? uc_channel_table_find_name (txn->db, team->id, find->name, error)
                         : uc_channel_service_open_direct (txn, &one, find->other_id, error);

  if (channel == NULL)
    return FALSE;
  find->id = g_strdup (channel->id);
  return TRUE;
}

char *
uc_demo_test_dup_channel (UcDemoTest *self, const char *name)
{
  Find find = { .name = name };
  g_autoptr (GError) error = NULL;

  uc_demo_test_run (self, find_in_worker, &find, &error);
  g_assert_no_error (error);
  return find.id;
}

char *
uc_demo_test_dup_direct (UcDemoTest *self, const char *one, const char *other)
{
  Find find = { .one_id = one, .other_id = other };
  g_autoptr (GError) error = NULL;

  uc_demo_test_run (self, find_in_worker, &find, &error);
  g_assert_no_error (error);
  return find.id;
}
