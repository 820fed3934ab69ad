/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How a timeline gets its pages from the store: one load at a time. What the store
 * reports while a page is read is applied again on top of it, so that it makes no
 * difference which of the two came first.
 */

#include "config.h"

#include "uc-timeline-load-private.h"

#include "uc-error.h"
#include "uc-thread.h"

#include <string.h>

#define OPEN_LIMIT (2 * UC_TIMELINE_PAGE)
/* Rows that are sure to fit below the unread divider. */
#define ROWS_BELOW_DIVIDER 5

static void channel_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void window_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void spans_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
load_free (gpointer data)
{
  UcTimelineLoad *load = data;

  g_object_unref (load->cancellable);
  g_clear_pointer (&load->loaded, uc_window_free);
  g_free (load->target);
  g_free (load);
}

/* Takes the place of a load under way. */
GTask *
_uc_timeline_load_start (UcTimeline         *self,
                         UcTimelineLoadKind  kind,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data,
                         gpointer            source_tag)
{
  GTask          *task = g_task_new (self, cancellable, callback, user_data);
  UcTimelineLoad *load = g_new0 (UcTimelineLoad, 1);

  load->kind = kind;
  load->cancellable = g_cancellable_new ();
  g_task_set_source_tag (task, source_tag);
  g_task_set_task_data (task, load, load_free);

  if (self->load != NULL)
    g_cancellable_cancel (self->load->cancellable);
  self->load = load;
  g_ptr_array_set_size (self->journal, 0);
  _uc_timeline_notify_load (self);
  return task;
}

/* Whether another load has taken the place of this one; then its task is over. */
gboolean
_uc_timeline_load_is_replaced (GTask *task)
{
  UcTimeline *self = g_task_get_source_object (task);

  if (self->load == g_task_get_task_data (task))
    return FALSE;
  g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Somewhere else by now");
  return TRUE;
}

static void
end (UcTimeline *self)
{
  self->load = NULL;
  g_ptr_array_set_size (self->journal, 0);
  _uc_timeline_notify_load (self);
}

/* Takes @error. */
void
_uc_timeline_load_fail (GTask *task, GError *error)
{
  if (_uc_timeline_load_is_replaced (task)) {
    g_error_free (error);
    return;
  }
  end (g_task_get_source_object (task));
  g_task_return_error (task, error);
}

void
_uc_timeline_load_arrive (GTask *task, int position)
{
  end (g_task_get_source_object (task));
  g_task_return_int (task, position);
}

void
_uc_timeline_load_window (GTask *task, UcWindowKind kind, gint64 seq, guint limit)
{
  UcTimeline     *self = g_task_get_source_object (task);
  UcTimelineLoad *load = g_task_get_task_data (task);

  uc_store_load_window_async (self->store, self->channel_id, self->root_id, kind, seq, limit,
                              load->cancellable, window_loaded_cb, g_object_ref (task));
}

static void
replay_journal (UcTimeline *self)
{
  for (guint i = 0; i < self->journal->len; i++) {
    UcChangeSet *changes = self->journal->pdata[i];

    for (guint k = 0; k < changes->messages->len; k++)
      _uc_timeline_window_apply (self->window, changes->messages->pdata[k]);
  }
}

/* Where to look on opening: just below the divider, or -1 for the end. */
static int
find_open_position (UcTimeline *self)
{
  for (guint i = 0; i < self->items->len; i++) {
    if (uc_timeline_item_get_kind (self->items->pdata[i]) != UC_ITEM_UNREAD)
      continue;
    if (i + ROWS_BELOW_DIVIDER + 1 >= self->items->len && uc_timeline_is_at_newest (self))
      return -1;
    return (int) MIN (i + ROWS_BELOW_DIVIDER, self->items->len - 1);
  }
  return -1;
}

/* The message below the divider, or @position when there is none. */
static int
find_unread (UcTimeline *self, int position)
{
  for (guint i = 0; i + 1 < self->items->len; i++) {
    if (uc_timeline_item_get_kind (self->items->pdata[i]) == UC_ITEM_UNREAD)
      return (int) i + 1;
  }
  return position;
}

static void
finish (GTask *task)
{
  UcTimeline     *self = g_task_get_source_object (task);
  UcTimelineLoad *load = g_task_get_task_data (task);
  int             position = -1;

  if (load->kind == UC_TIMELINE_LOAD_OLDER)
    _uc_timeline_window_extend_older (self->window, load->loaded);
  else if (load->kind == UC_TIMELINE_LOAD_NEWER)
    _uc_timeline_window_extend_newer (self->window, load->loaded);
  else
    _uc_timeline_window_replace (self->window, load->loaded);
  replay_journal (self);
  self->is_open = TRUE;
  end (self);
  _uc_timeline_flush (self);

  if (load->kind == UC_TIMELINE_LOAD_OPEN)
    position = find_open_position (self);
  else if (load->target != NULL)
    position = uc_timeline_find (self, load->target);
  if (load->kind == UC_TIMELINE_LOAD_UNREAD)
    position = find_unread (self, position);
  if (load->target != NULL && position < 0)
    g_task_return_new_error_literal (task, UC_ERROR, UC_ERROR_NOT_FOUND,
                                     "The message is not there any more");
  else
    g_task_return_int (task, position);
}

static void
window_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UcTimeline     *self = g_task_get_source_object (task);
  UcTimelineLoad *load = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  load->loaded = uc_store_load_window_finish (UC_STORE (source), result, &error);
  if (load->loaded == NULL)
    _uc_timeline_load_fail (task, g_steal_pointer (&error));
  else if (_uc_timeline_load_is_replaced (task))
    return;
  else if (load->kind == UC_TIMELINE_LOAD_OLDER || load->kind == UC_TIMELINE_LOAD_NEWER)
    finish (task);
  else
    uc_store_load_spans_async (self->store, self->channel_id, load->cancellable, spans_loaded_cb,
                               g_steal_pointer (&task));
}

static void
spans_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UcTimeline *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) spans = uc_store_load_spans_finish (UC_STORE (source), result, &error);

  if (spans == NULL) {
    _uc_timeline_load_fail (task, g_steal_pointer (&error));
    return;
  }
  if (_uc_timeline_load_is_replaced (task))
    return;
  _uc_timeline_window_set_spans (self->window, spans);
  finish (task);
}

/* Opening */

static void
channel_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UcTimeline *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) states = uc_store_load_channels_finish (UC_STORE (source), result, &error);
  const UcChannelState *state;

  if (states == NULL) {
    _uc_timeline_load_fail (task, g_steal_pointer (&error));
    return;
  }
  if (_uc_timeline_load_is_replaced (task))
    return;

  self->divider_ms = 0;
  self->viewed_ms = 0;
  self->n_unread = 0;
  self->seen_seq = 0;
  state = states->len > 0 ? states->pdata[0] : NULL;
  if (*self->root_id == '\0' && state != NULL && state->member != NULL &&
      state->channel->total_msg_count > state->member->read_msg_count) {
    self->divider_ms = state->member->last_viewed_at_ms;
    self->n_unread = (guint) (state->channel->total_msg_count - state->member->read_msg_count);
  }
  if (state != NULL && state->member != NULL)
    self->viewed_ms = state->member->last_viewed_at_ms;
  if (self->divider_ms > 0)
    _uc_timeline_load_window (task, UC_WINDOW_AROUND, UC_SEQ_FROM_MS (self->divider_ms + 1),
                              UC_TIMELINE_PAGE);
  else
    _uc_timeline_load_window (task, UC_WINDOW_NEWEST, 0, OPEN_LIMIT);
}

/**
 * uc_timeline_open_async:
 * @self: a timeline
 *
 * Fills the window from the store, around the first unread message if there is one; what
 * is not stored yet comes later by itself. Cancelling it leaves the timeline usable.
 * Main thread.
 */
void
uc_timeline_open_async (UcTimeline         *self,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  UcTimelineLoad *load;

  g_return_if_fail (UC_IS_TIMELINE (self));
  UC_ASSERT_MAIN_THREAD ();

  task = _uc_timeline_load_start (self, UC_TIMELINE_LOAD_OPEN, cancellable, callback, user_data,
                                  uc_timeline_open_async);
  load = g_task_get_task_data (task);
  if (*self->root_id != '\0')
    uc_session_load_thread (self->session, self->root_id);
  uc_store_load_channels_async (self->store, self->channel_id, load->cancellable, channel_loaded_cb,
                                g_steal_pointer (&task));
}

/**
 * uc_timeline_open_finish:
 * @self: a timeline
 * @position: (out) (optional): the row to show at the lower edge, -1 for the end
 *
 * Errors: %UC_ERROR_STORAGE, %G_IO_ERROR_CANCELLED
 *
 * Returns: %TRUE when the window is filled
 */
gboolean
uc_timeline_open_finish (UcTimeline *self, GAsyncResult *result, int *position, GError **error)
{
  g_autoptr (GError) own_error = NULL;
  gssize value;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  value = g_task_propagate_int (G_TASK (result), &own_error);
  if (own_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&own_error));
    return FALSE;
  }
  if (position != NULL)
    *position = (int) value;
  return TRUE;
}

/* Pages */

static void
page_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_task_propagate_int (G_TASK (result), &error);
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("Reading messages: %s", error->message);
}

/**
 * uc_timeline_jump_newest:
 * @self: a timeline
 *
 * Moves the window to the newest messages, if it is not there. Main thread.
 */
void
uc_timeline_jump_newest (UcTimeline *self)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (UC_IS_TIMELINE (self));
  UC_ASSERT_MAIN_THREAD ();

  if (uc_timeline_is_at_newest (self))
    return;
  task = _uc_timeline_load_start (self, UC_TIMELINE_LOAD_NEWEST, NULL, page_loaded_cb, NULL,
                                  uc_timeline_jump_newest);
  _uc_timeline_load_window (task, UC_WINDOW_NEWEST, 0, OPEN_LIMIT);
}

void
_uc_timeline_load_older (UcTimeline *self)
{
  g_autoptr (GTask) task = _uc_timeline_load_start (self, UC_TIMELINE_LOAD_OLDER, NULL,
                                                    page_loaded_cb, NULL, _uc_timeline_load_older);

  _uc_timeline_load_window (task, UC_WINDOW_BEFORE, self->window->lo_seq, UC_TIMELINE_PAGE);
}

void
_uc_timeline_load_newer (UcTimeline *self)
{
  g_autoptr (GTask) task = _uc_timeline_load_start (self, UC_TIMELINE_LOAD_NEWER, NULL,
                                                    page_loaded_cb, NULL, _uc_timeline_load_newer);

  _uc_timeline_load_window (task, UC_WINDOW_AFTER, self->window->hi_seq, UC_TIMELINE_PAGE);
}

/* Spans that changed while the timeline is open */

static void
spans_reloaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcTimeline) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) spans = uc_store_load_spans_finish (UC_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->spans_load);
  if (spans != NULL)
    _uc_timeline_window_set_spans (self->window, spans);
  else
    g_warning ("Reading spans: %s", error->message);
  _uc_timeline_flush (self);
}

void
_uc_timeline_reload_spans (UcTimeline *self)
{
  g_cancellable_cancel (self->spans_load);
  g_clear_object (&self->spans_load);
  self->spans_load = g_cancellable_new ();
  uc_store_load_spans_async (self->store, self->channel_id, self->spans_load, spans_reloaded_cb,
                             g_object_ref (self));
}

static void
state_reloaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcTimeline) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) states = uc_store_load_channels_finish (UC_STORE (source), result, &error);
  const UcChannelState *state = states != NULL && states->len > 0 ? states->pdata[0] : NULL;
  gint64                viewed_ms;

  if (state == NULL || state->member == NULL)
    return;
  viewed_ms = state->member->last_viewed_at_ms;
  /* Reading goes on; only who sets something unread goes back. */
  if (viewed_ms < self->viewed_ms && self->is_open) {
    self->divider_ms = viewed_ms;
    self->seen_seq = 0;
    _uc_timeline_schedule (self);
  }
  self->viewed_ms = viewed_ms;
}

/* Whether messages were set unread: then the divider stands above them. */
void
_uc_timeline_reload_state (UcTimeline *self)
{
  uc_store_load_channels_async (self->store, self->channel_id, self->state_load, state_reloaded_cb,
                                g_object_ref (self));
}

void
_uc_timeline_cancel (UcTimeline *self)
{
  g_cancellable_cancel (self->state_load);
  if (self->load != NULL)
    g_cancellable_cancel (self->load->cancellable);
  self->load = NULL;
  g_cancellable_cancel (self->spans_load);
  g_clear_object (&self->spans_load);
}
