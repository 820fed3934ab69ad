/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Starts the demo on a server that runs: its history in one transaction, then its life. */

#include "config.h"

#include "uc-demo.h"

#include "uc-demo-fill.h"
#include "uc-demo-life.h"

#define SECOND_MS 1000
/* What the choices of the history come out as: everybody sees the same demo. */
#define HISTORY_SEED 3

struct _UcDemo {
  UcServer   *server; /* (unowned): outlives this */
  UcDemoLife *life;   /* (owned) */
};

/* One start on its way through the worker. */
typedef struct {
  GTask        *task; /* (owned) */
  UcDemoPace    pace; /* input */
  GRand        *rand;
  UcDemoScript *history; /* (owned) input */
  UcDemoScript *scenes;  /* (owned) (nullable) input, handed on to @cast */
  gboolean      is_new;  /* result */
  UcDemoTotals  totals;
  UcDemoCast   *cast; /* (owned) (nullable) result, handed on to the life */
} Start;

static void
start_free (gpointer data)
{
  Start *start = data;

  g_object_unref (start->task);
  g_rand_free (start->rand);
  g_clear_pointer (&start->history, uc_demo_script_free);
  g_clear_pointer (&start->scenes, uc_demo_script_free);
  g_clear_pointer (&start->cast, uc_demo_cast_free);
  g_free (start);
}

static gboolean
start_in_worker (UcTxn *txn, gpointer data, GError **error)
{
  Start *start = data;

  if (!uc_demo_fill (txn, start->history, start->rand, &start->is_new, &start->totals, error))
    return FALSE;
  start->cast = uc_demo_cast_find (txn, g_steal_pointer (&start->scenes), error);
  return start->cast != NULL;
}

static guint
count_sockets (gpointer server, const char *user_id)
{
  return uc_server_count_sockets (server, user_id);
}

static void
see_cb (UcPush *push, gpointer user_data)
{
  UcDemo *self = user_data;

  uc_demo_life_see (self->life, push);
}

static void
started_cb (gpointer data, const GError *failure)
{
  Start    *start = data;
  UcServer *server = g_task_get_source_object (start->task);
  g_autoptr (UcDemo) self = g_new0 (UcDemo, 1);
  GError           *error = NULL;
  const UcDemoStage stage = {
    .dispatch = uc_server_get_dispatch (server),
    .count = count_sockets,
    .audience = server,
    .second_ms = start->pace.second_ms != 0 ? start->pace.second_ms : SECOND_MS,
    .seed = start->pace.seed,
  };

  if (failure != NULL) {
    g_task_return_error (start->task, g_error_copy (failure));
    return;
  }
  self->server = server;
  self->life = uc_demo_life_new (&stage, g_steal_pointer (&start->cast), &error);
  if (self->life == NULL) {
    g_task_return_error (start->task, error);
    return;
  }
  if (start->is_new)
    g_message ("Made the demo organisation: %u conversations, %u messages, %u reactions, %u files",
               start->totals.n_conversations, start->totals.n_messages, start->totals.n_reactions,
               start->totals.n_files);
  uc_server_set_observer (server, see_cb, self);
  g_task_return_pointer (start->task, g_steal_pointer (&self), (GDestroyNotify) uc_demo_free);
}

/**
 * uc_demo_start_async:
 * @server: (transfer none): one that has started
 * @pace: (nullable): the usual one when %NULL
 *
 * Fills the server when it is empty, and begins the life.
 *
 * Errors: UC_ERROR_CONFLICT, UC_ERROR_STORAGE
 */
void
uc_demo_start_async (UcServer           *server,
                     const UcDemoPace   *pace,
                     GCancellable       *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (server, cancellable, callback, user_data);
  GError *error = NULL;
  Start  *start = g_new0 (Start, 1);

  g_task_set_source_tag (task, uc_demo_start_async);
  start->task = g_object_ref (task);
  start->rand = g_rand_new_with_seed (HISTORY_SEED);
  if (pace != NULL)
    start->pace = *pace;
  start->history = uc_demo_script_load ("talk.txt", UC_DEMO_HISTORY, start->rand, &error);
  if (start->history != NULL)
    start->scenes = uc_demo_script_load ("scenes.txt", UC_DEMO_SCENES, start->rand, &error);
  if (start->scenes == NULL) {
    g_task_return_error (task, error);
    start_free (start);
    return;
  }
  uc_dispatch_push (uc_server_get_dispatch (server), start_in_worker, started_cb, start,
                    start_free);
}

/**
 * uc_demo_start_finish:
 *
 * Returns: (transfer full) (nullable): the demo
 */
UcDemo *
uc_demo_start_finish (UcServer *server, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, server), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * uc_demo_free:
 * @self: (transfer full):
 */
void
uc_demo_free (UcDemo *self)
{
  if (self->life != NULL) {
    uc_server_set_observer (self->server, NULL, NULL);
    uc_demo_life_free (self->life);
  }
  g_free (self);
}
