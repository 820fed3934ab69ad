/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Takes operations from the outbox to the server in order and writes down how far each
 * has come. The rows in the store are the only truth: each is read again after it has
 * been marked as being sent, so that what was rewritten or discarded a moment before
 * is never sent in its old form. */

#include "config.h"

#include "uc-outbox-runner-private.h"

#include "uc-error.h"
#include "uc-outbox-send-private.h"
#include "uc-outbox-waits-private.h"
#include "uc-request-queue-private.h"

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
  UcOutboxRow    *row;         /* (owned) */
  gboolean        is_writing;  /* how it ended */
  gboolean        is_over;
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
static void settled_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void mark_sending (Flight *flight);
static void marked_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void reread_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void sent_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
flight_free (Flight *flight)
{
  g_clear_pointer (&flight->row, uc_outbox_row_free);
  g_object_unref (flight->cancellable);
  g_object_unref (flight->self);
  g_free (flight);
}

static gboolean
is_given_up (Flight *flight)
{
  return g_cancellable_is_cancelled (flight->cancellable);
}

/* Frees @flight, once how it ended is written: who read the row before that would take
 * it for one that is on its way still, and send it again. */
static void
land (Flight *flight)
{
  g_autoptr (UcOutboxRunner) self = g_object_ref (flight->self);

  flight->is_over = TRUE;
  if (flight->is_writing)
    return;
  if (g_hash_table_lookup (self->flights, flight->row->channel_id) == flight)
    g_hash_table_remove (self->flights, flight->row->channel_id);
  flight_free (flight);
  load (self);
}

/* -- One operation, step by step ------------------------------------------------------------ */

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Flight *flight = user_data;
  g_autoptr (GError) error = NULL;

  if (!uc_store_apply_finish (UC_STORE (source), result, &error) && flight->self->context != NULL)
    g_signal_emit_by_name (flight->self->context, "store-failed", error);
  flight->is_writing = FALSE;
  if (flight->is_over)
    land (flight);
}

/* Writes @state; the rows are read again afterwards by way of "changed". */
static void
put_state (Flight *flight, UcSendState state, const char *reason, gint64 wait_ms)
{
  UcContext *context = flight->self->context;
  UcBatch   *batch = uc_batch_new ();
  gint64     next_try_ms = wait_ms > 0 ? uc_clock_get_now_ms (context->clock) + wait_ms : 0;

  uc_batch_outbox_set (batch, flight->row->op_id, state, reason, next_try_ms);
  flight->is_writing = TRUE;
  uc_store_apply_async (context->store, batch, written_cb, flight);
}

static void
wait_and_retry (Flight *flight, UcSendState state, const GError *error)
{
  UcOutboxRunner *self = flight->self;
  gint64          wait_ms = _uc_outbox_waits_fail (self->waits, flight->row->channel_id,
                                                   _uc_request_queue_get_pause_ms (self->context->requests),
                                                   g_get_monotonic_time ());

  put_state (flight, state, error->message, wait_ms);
}

/* The same for everybody: the gate itself holds the next try back. */
static void
pause_all (Flight *flight, const GError *error)
{
  gint64 pause_ms = _uc_request_queue_get_pause_ms (flight->self->context->requests);

  if (g_error_matches (error, UC_ERROR, UC_ERROR_RATE_LIMITED)) {
    _uc_outbox_waits_put (flight->self->waits, flight->row->channel_id, pause_ms,
                          g_get_monotonic_time ());
    put_state (flight, UC_SEND_QUEUED, error->message, pause_ms);
  } else if (g_error_matches (error, UC_ERROR, UC_ERROR_AUTH)) {
    put_state (flight, UC_SEND_QUEUED, error->message, 0);
  }
  /* What was given up, or could not be written down, stays as it is. */
}

static void
settle (Flight *flight)
{
  _uc_outbox_settle_async (flight->self->context, flight->row, flight->cancellable, settled_cb,
                           flight);
}

static void
settled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Flight  *flight = user_data;
  gboolean was_found = FALSE;
  g_autoptr (GError) error = NULL;

  _uc_outbox_settle_finish (UC_CONTEXT (source), result, &was_found, &error);
  if (is_given_up (flight)) {
    land (flight);
  } else if (error == NULL && !was_found) {
    mark_sending (flight);
  } else {
    if (error == NULL)
      _uc_outbox_waits_succeed (flight->self->waits, flight->row->channel_id);
    else if (uc_error_is_transient (error) || g_error_matches (error, UC_ERROR, UC_ERROR_PROTOCOL))
      wait_and_retry (flight, UC_SEND_IN_DOUBT, error);
    else if (g_error_matches (error, UC_ERROR, UC_ERROR_AUTH))
      g_debug ("An operation stays in doubt: %s", error->message);
    else
      put_state (flight, UC_SEND_FAILED, error->message, 0);
    land (flight);
  }
}

static void
mark_sending (Flight *flight)
{
  UcBatch *batch = uc_batch_new ();

  uc_batch_outbox_set (batch, flight->row->op_id, UC_SEND_SENDING, NULL, 0);
  uc_store_apply_async (flight->self->context->store, batch, marked_cb, flight);
}

static void
marked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Flight *flight = user_data;
  g_autoptr (GError) error = NULL;

  if (!uc_store_apply_finish (UC_STORE (source), result, &error)) {
    g_signal_emit_by_name (flight->self->context, "store-failed", error);
    _uc_outbox_waits_fail (flight->self->waits, flight->row->channel_id, 0,
                           g_get_monotonic_time ());
    land (flight);
    return;
  }
  uc_store_load_outbox_async (flight->self->context->store, flight->cancellable, reread_cb, flight);
}

static void
reread_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Flight *flight = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = uc_store_load_outbox_finish (UC_STORE (source), result, &error);
  UcOutboxRow *row = _uc_outbox_steal (rows, flight->row->op_id);

  if (row != NULL && row->state == UC_SEND_SENDING && !is_given_up (flight)) {
    g_clear_pointer (&flight->row, uc_outbox_row_free);
    flight->row = row;
    _uc_outbox_send_async (flight->self->context, flight->row, flight->cancellable, sent_cb,
                           flight);
    return;
  }
  g_clear_pointer (&row, uc_outbox_row_free);
  land (flight);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Flight         *flight = user_data;
  UcOutboxRunner *self = flight->self;
  g_autoptr (GError) error = NULL;
  UcOutboxOutcome outcome = _uc_outbox_send_finish (UC_CONTEXT (source), result, &error);

  switch (outcome) {
  case UC_OUTBOX_DONE:
  case UC_OUTBOX_GONE:
    _uc_outbox_waits_succeed (self->waits, flight->row->channel_id);
    g_signal_emit (self, signals[ARRIVED], 0, flight->row->channel_id);
    break;

  case UC_OUTBOX_RETRY:
    wait_and_retry (flight, UC_SEND_QUEUED, error);
    break;

  case UC_OUTBOX_DOUBT:
    wait_and_retry (flight, UC_SEND_IN_DOUBT, error);
    break;

  case UC_OUTBOX_PAUSE:
    pause_all (flight, error);
    break;

  case UC_OUTBOX_REFUSED:
  case UC_OUTBOX_CHECK_DELETED:
  default:
    put_state (flight, UC_SEND_FAILED, error->message, 0);
    break;
  }
  if (_uc_outbox_wants_counts (flight->row->kind, outcome))
    g_signal_emit (self, signals[COUNTS_WANTED], 0, flight->row->channel_id);
  land (flight);
}

/* -- Whose turn it is -------------------------------------------------------------------------- */

static void
take_off (UcOutboxRunner *self, UcOutboxRow *row)
{
  Flight *flight = g_new0 (Flight, 1);

  flight->self = g_object_ref (self);
  flight->cancellable = g_cancellable_new ();
  flight->row = row;
  g_hash_table_insert (self->flights, g_strdup (row->channel_id), flight);

  if (_uc_outbox_get_step (row) == UC_OUTBOX_SETTLE)
    settle (flight);
  else
    mark_sending (flight);
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
    if (rows == NULL ||
        (flight->row->kind == UC_OP_POST && _uc_outbox_find (rows, flight->row->op_id) < 0))
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
