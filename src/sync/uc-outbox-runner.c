/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whose turn it is: takes operations from the outbox in order, as long as the server can
 * be reached. How one of them goes stands in uc-outbox-flight.c. */

#include "config.h"

#include "uc-outbox-runner-private.h"

#include "uc-outbox-flight-private.h"
#include "uc-outbox-send-private.h"
#include "uc-outbox-waits-private.h"

#define MAX_FLIGHTS 3

struct _UcOutboxRunner {
  GObject parent_instance;

  UcContext     *context; /* (owned) */
  gulong         changed_id;
  gboolean       is_online;
  gboolean       is_loading;
  gboolean       is_stale; /* the rows changed while they were being read */
  GHashTable    *flights;  /* (owned) channel id to Flight, freed by its last step */
  UcOutboxWaits *waits;    /* (owned) */
  guint          wake_id;
};

/* One operation on its way. */
typedef struct {
  UcOutboxRunner *self;        /* (owned) */
  GCancellable   *cancellable; /* (owned) */
  char           *channel_id;  /* (owned) */
  char           *op_id;       /* (owned) */
  UcOpKind        kind;
} Flight;

enum {
  PROGRESS,
  ARRIVED,
  COUNTS_WANTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (UcOutboxRunner, uc_outbox_runner, G_TYPE_OBJECT)

static void load (UcOutboxRunner *self);

static void
flight_free (Flight *flight)
{
  g_object_unref (flight->cancellable);
  g_object_unref (flight->self);
  g_free (flight->channel_id);
  g_free (flight->op_id);
  g_free (flight);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Flight, flight_free)

static void
landed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Flight) flight = user_data;
  UcOutboxRunner *self = flight->self;
  UcFlightEnd     end = _uc_outbox_fly_finish (result);

  if (g_hash_table_lookup (self->flights, flight->channel_id) == flight)
    g_hash_table_remove (self->flights, flight->channel_id);
  if (end & UC_FLIGHT_ARRIVED)
    g_signal_emit (self, signals[ARRIVED], 0, flight->channel_id);
  if (end & UC_FLIGHT_WANTS_COUNTS)
    g_signal_emit (self, signals[COUNTS_WANTED], 0, flight->channel_id);
  load (self);
}

/* Takes @row. */
static void
take_off (UcOutboxRunner *self, UcOutboxRow *row)
{
  Flight *flight = g_new0 (Flight, 1);

  flight->self = g_object_ref (self);
  flight->cancellable = g_cancellable_new ();
  flight->channel_id = g_strdup (row->channel_id);
  flight->op_id = g_strdup (row->op_id);
  flight->kind = row->kind;
  g_hash_table_insert (self->flights, g_strdup (row->channel_id), flight);
  _uc_outbox_fly_async (self->context, self->waits, row, flight->cancellable, landed_cb, flight);
}

static void
wake_cb (gpointer user_data)
{
  UcOutboxRunner *self = user_data;

  self->wake_id = 0;
  load (self);
}

/* The channels that may not start anything, and when the first of them may again. */
static GHashTable *
collect_blocked (UcOutboxRunner *self, gint64 *earliest_us)
{
  GHashTable    *blocked = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  char          *channel_id;

  g_hash_table_iter_init (&iter, self->flights);
  while (g_hash_table_iter_next (&iter, (gpointer *) &channel_id, NULL))
    g_hash_table_add (blocked, channel_id);
  *earliest_us = _uc_outbox_waits_collect (self->waits, g_get_monotonic_time (), blocked);
  return blocked;
}

static void
start_heads (UcOutboxRunner *self, GPtrArray *rows)
{
  gint64 earliest_us;
  g_autoptr (GHashTable) blocked = collect_blocked (self, &earliest_us);
  g_autoptr (GPtrArray) heads = _uc_outbox_plan (rows, blocked);

  for (guint i = 0; i < heads->len && g_hash_table_size (self->flights) < MAX_FLIGHTS; i++) {
    guint index;

    if (g_ptr_array_find (rows, g_ptr_array_index (heads, i), &index))
      take_off (self, g_ptr_array_steal_index (rows, index));
  }

  g_clear_handle_id (&self->wake_id, g_source_remove);
  if (earliest_us != G_MAXINT64)
    self->wake_id = g_timeout_add_once (
        (guint) ((MAX (0, earliest_us - g_get_monotonic_time ())) / 1000 + 1), wake_cb, self);
}

/* Messages whose row is gone from @rows: somebody discarded them. A change that the
 * stream acknowledged is left to end: given up, it might still reach the server, and
 * there after the one that follows it. NULL: all of them. */
static void
cancel_flights (UcOutboxRunner *self, GPtrArray *rows)
{
  GHashTableIter iter;
  Flight        *flight;

  g_hash_table_iter_init (&iter, self->flights);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &flight))
    if (rows == NULL || (flight->kind == UC_OP_POST && _uc_outbox_find (rows, flight->op_id) < 0))
      g_cancellable_cancel (flight->cancellable);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcOutboxRunner) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = uc_store_load_outbox_finish (UC_STORE (source), result, &error);

  self->is_loading = FALSE;
  if (self->is_stale) {
    self->is_stale = FALSE;
    load (self);
    return;
  }
  if (rows == NULL) {
    g_message ("The outbox cannot be read: %s", error->message);
  } else {
    cancel_flights (self, rows);
    if (self->is_online)
      start_heads (self, rows);
  }
  g_signal_emit (self, signals[PROGRESS], 0);
}

static void
load (UcOutboxRunner *self)
{
  if (!self->is_online || self->context == NULL)
    return;
  if (self->is_loading) {
    self->is_stale = TRUE;
    return;
  }
  self->is_loading = TRUE;
  uc_store_load_outbox_async (self->context->store, NULL, loaded_cb, g_object_ref (self));
}

static void
changed_cb (UcStore *store, UcChangeSet *changes, UcOutboxRunner *self)
{
  if (changes->outbox_added || changes->op_ids->len > 0)
    load (self);
}

static void
uc_outbox_runner_dispose (GObject *object)
{
  UcOutboxRunner *self = UC_OUTBOX_RUNNER (object);

  self->is_online = FALSE;
  g_clear_handle_id (&self->wake_id, g_source_remove);
  if (self->context != NULL)
    g_clear_signal_handler (&self->changed_id, self->context->store);
  cancel_flights (self, NULL);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (uc_outbox_runner_parent_class)->dispose (object);
}

static void
uc_outbox_runner_finalize (GObject *object)
{
  UcOutboxRunner *self = UC_OUTBOX_RUNNER (object);

  g_hash_table_unref (self->flights);
  _uc_outbox_waits_free (self->waits);

  G_OBJECT_CLASS (uc_outbox_runner_parent_class)->finalize (object);
}

static void
uc_outbox_runner_class_init (UcOutboxRunnerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType         type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = uc_outbox_runner_dispose;
  object_class->finalize = uc_outbox_runner_finalize;

  signals[PROGRESS] =
      g_signal_new ("progress", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[COUNTS_WANTED] = g_signal_new ("counts-wanted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[ARRIVED] = g_signal_new ("arrived", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
uc_outbox_runner_init (UcOutboxRunner *self)
{
  self->flights = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->waits = _uc_outbox_waits_new (NULL);
}

UcOutboxRunner *
_uc_outbox_runner_new (UcContext *context)
{
  UcOutboxRunner *self = g_object_new (UC_TYPE_OUTBOX_RUNNER, NULL);

  self->context = g_object_ref (context);
  self->changed_id = g_signal_connect (context->store, "changed", G_CALLBACK (changed_cb), self);
  return self;
}

void
_uc_outbox_runner_set_online (UcOutboxRunner *self, gboolean is_online)
{
  g_return_if_fail (UC_IS_OUTBOX_RUNNER (self));

  if (is_online == self->is_online)
    return;
  self->is_online = is_online;
  if (is_online)
    _uc_outbox_runner_retry_now (self);
  else
    g_clear_handle_id (&self->wake_id, g_source_remove);
}

void
_uc_outbox_runner_stop (UcOutboxRunner *self)
{
  g_return_if_fail (UC_IS_OUTBOX_RUNNER (self));

  _uc_outbox_runner_set_online (self, FALSE);
  cancel_flights (self, NULL);
}

void
_uc_outbox_runner_retry_now (UcOutboxRunner *self)
{
  _uc_outbox_waits_clear (self->waits);
  load (self);
}

gboolean
_uc_outbox_runner_is_idle (UcOutboxRunner *self)
{
  return !self->is_loading && !self->is_stale && g_hash_table_size (self->flights) == 0;
}
