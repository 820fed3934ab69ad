/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One operation on its way to the server, step by step, and how far it has come written
 * down. The rows in the store are the only truth: the row is read again after it has been
 * marked as being sent, so that what was rewritten or discarded a moment before is never
 * sent in its old form. */

#include "config.h"

#include "uc-outbox-flight-private.h"

#include "uc-error.h"
#include "uc-outbox-send-private.h"
#include "uc-request-queue-private.h"

typedef struct {
  GTask         *task;        /* (owned) */
  UcContext     *context;     /* (owned) */
  UcOutboxWaits *waits;       /* (unowned) the caller's */
  GCancellable  *cancellable; /* (owned) */
  UcOutboxRow   *row;         /* (owned) */
  UcFlightEnd    end;
  gboolean       is_writing; /* how it ended */
  gboolean       is_over;
} Flight;

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
  g_object_unref (flight->context);
  g_object_unref (flight->task);
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
  flight->is_over = TRUE;
  if (flight->is_writing)
    return;
  g_task_return_int (flight->task, flight->end);
  flight_free (flight);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Flight *flight = user_data;
  g_autoptr (GError) error = NULL;

  if (!uc_store_apply_finish (UC_STORE (source), result, &error))
    g_signal_emit_by_name (flight->context, "store-failed", error);
  flight->is_writing = FALSE;
  if (flight->is_over)
    land (flight);
}

/* Writes @state; the rows are read again afterwards by way of "changed". */
static void
put_state (Flight *flight, UcSendState state, const char *reason, gint64 wait_ms)
{
  UcContext *context = flight->context;
  UcBatch   *batch = uc_batch_new ();
  gint64     next_try_ms = wait_ms > 0 ? uc_clock_get_now_ms (context->clock) + wait_ms : 0;

  uc_batch_outbox_set (batch, flight->row->op_id, state, reason, next_try_ms);
  flight->is_writing = TRUE;
  uc_store_apply_async (context->store, batch, written_cb, flight);
}

static void
wait_and_retry (Flight *flight, UcSendState state, const GError *error)
{
  gint64 pause_ms = _uc_request_queue_get_pause_ms (flight->context->requests);
  gint64 wait_ms = _uc_outbox_waits_fail (flight->waits, flight->row->channel_id, pause_ms,
                                          g_get_monotonic_time ());

  put_state (flight, state, error->message, wait_ms);
}

/* The same for everybody: the gate itself holds the next try back. */
static void
pause_all (Flight *flight, const GError *error)
{
  gint64 pause_ms = _uc_request_queue_get_pause_ms (flight->context->requests);

  if (g_error_matches (error, UC_ERROR, UC_ERROR_RATE_LIMITED)) {
    _uc_outbox_waits_put (flight->waits, flight->row->channel_id, pause_ms,
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
  _uc_outbox_settle_async (flight->context, flight->row, flight->cancellable, settled_cb, flight);
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
      _uc_outbox_waits_succeed (flight->waits, flight->row->channel_id);
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
  uc_store_apply_async (flight->context->store, batch, marked_cb, flight);
}

static void
marked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Flight *flight = user_data;
  g_autoptr (GError) error = NULL;

  if (!uc_store_apply_finish (UC_STORE (source), result, &error)) {
    g_signal_emit_by_name (flight->context, "store-failed", error);
    _uc_outbox_waits_fail (flight->waits, flight->row->channel_id, 0, g_get_monotonic_time ());
    land (flight);
    return;
  }
  uc_store_load_outbox_async (flight->context->store, flight->cancellable, reread_cb, flight);
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
    _uc_outbox_send_async (flight->context, flight->row, flight->cancellable, sent_cb, flight);
    return;
  }
  g_clear_pointer (&row, uc_outbox_row_free);
  land (flight);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Flight *flight = user_data;
  g_autoptr (GError) error = NULL;
  UcOutboxOutcome outcome = _uc_outbox_send_finish (UC_CONTEXT (source), result, &error);

  switch (outcome) {
  case UC_OUTBOX_DONE:
  case UC_OUTBOX_GONE:
    _uc_outbox_waits_succeed (flight->waits, flight->row->channel_id);
    flight->end |= UC_FLIGHT_ARRIVED;
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
    flight->end |= UC_FLIGHT_WANTS_COUNTS;
  land (flight);
}

/* Takes @row; @waits lives until the end. Cancelled, it stays open in the store. */
void
_uc_outbox_fly_async (UcContext          *context,
                      UcOutboxWaits      *waits,
                      UcOutboxRow        *row,
                      GCancellable       *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer            user_data)
{
  Flight *flight = g_new0 (Flight, 1);

  flight->task = g_task_new (context, NULL, callback, user_data);
  g_task_set_source_tag (flight->task, _uc_outbox_fly_async);
  flight->context = g_object_ref (context);
  flight->waits = waits;
  flight->cancellable = g_object_ref (cancellable);
  flight->row = row;

  if (_uc_outbox_get_step (row) == UC_OUTBOX_SETTLE)
    settle (flight);
  else
    mark_sending (flight);
}

UcFlightEnd
_uc_outbox_fly_finish (GAsyncResult *result)
{
  return (UcFlightEnd) g_task_propagate_int (G_TASK (result), NULL);
}
