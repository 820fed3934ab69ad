/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moving a timeline to a message that may not be stored, or be stored alone. */

#include "config.h"

#include "uc-error.h"
#include "uc-thread.h"
#include "uc-timeline-load-private.h"

#include <string.h>

static void target_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void around_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void date_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
load_around_target (GTask *task)
{
  UcTimelineLoad *load = g_task_get_task_data (task);

  _uc_timeline_load_window (task, UC_WINDOW_AROUND, load->seq, UC_TIMELINE_PAGE);
}

static void
ask_server (GTask *task)
{
  UcTimeline     *self = g_task_get_source_object (task);
  UcTimelineLoad *load = g_task_get_task_data (task);

  uc_session_load_around_async (self->session, load->target, load->cancellable, around_loaded_cb,
                                g_object_ref (task));
}

/* %FALSE when it is of another conversation; the task is over then. */
static gboolean
take_target (GTask *task, UcMessage *message)
{
  UcTimeline     *self = g_task_get_source_object (task);
  UcTimelineLoad *load = g_task_get_task_data (task);

  load->seq = message->seq;
  if (strcmp (message->post->channel_id, self->channel_id) == 0 &&
      (*self->root_id == '\0' || strcmp (message->post->root_id, self->root_id) == 0 ||
       strcmp (message->post->id, self->root_id) == 0))
    return TRUE;
  _uc_timeline_load_fail (task, g_error_new_literal (UC_ERROR, UC_ERROR_NOT_FOUND,
                                                     "The message is of another conversation"));
  return FALSE;
}

static void
target_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UcTimeline     *self = g_task_get_source_object (task);
  UcTimelineLoad *load = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (UcMessage) message = uc_store_load_message_finish (UC_STORE (source), result, &error);

  if (message == NULL && g_error_matches (error, UC_ERROR, UC_ERROR_NOT_FOUND)) {
    if (!_uc_timeline_load_is_replaced (task))
      ask_server (task);
  } else if (message == NULL) {
    _uc_timeline_load_fail (task, g_steal_pointer (&error));
  } else if (!_uc_timeline_load_is_replaced (task) && take_target (task, message)) {
    load->is_stored = TRUE;
    /* One that is known alone (found by a search, say) has its surroundings missing. */
    if (*self->root_id != '\0' || message->send_state != UC_SEND_NONE ||
        _uc_timeline_window_is_covered (self->window, message->seq))
      load_around_target (task);
    else
      ask_server (task);
  }
}

static void
around_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UcTimelineLoad *load = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (UcMessage) message =
      uc_session_load_around_finish (UC_SESSION (source), result, &error);

  if (message == NULL && !load->is_stored)
    _uc_timeline_load_fail (task, g_steal_pointer (&error));
  else if (!_uc_timeline_load_is_replaced (task) &&
           (message == NULL || take_target (task, message)))
    load_around_target (task);
}

/**
 * uc_timeline_jump_async:
 * @self: a timeline
 * @post_id_or_key: a message of this conversation
 *
 * Moves the window there, from the store if it can, else by way of the server. Without
 * the server a message that is stored alone is shown alone. Main thread.
 */
void
uc_timeline_jump_async (UcTimeline         *self,
                        const char         *post_id_or_key,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  UcTimelineLoad *load;
  int             position;

  g_return_if_fail (UC_IS_TIMELINE (self));
  g_return_if_fail (post_id_or_key != NULL);
  UC_ASSERT_MAIN_THREAD ();

  position = uc_timeline_find (self, post_id_or_key);
  if (position >= 0) {
    task = g_task_new (self, cancellable, callback, user_data);
    g_task_set_source_tag (task, uc_timeline_jump_async);
    g_task_return_int (task, position);
    return;
  }

  task = _uc_timeline_load_start (self, UC_TIMELINE_LOAD_JUMP, cancellable, callback, user_data,
                                  uc_timeline_jump_async);
  load = g_task_get_task_data (task);
  load->target = g_strdup (post_id_or_key);
  uc_store_load_message_async (self->store, post_id_or_key, load->cancellable, target_loaded_cb,
                               g_steal_pointer (&task));
}

static void
date_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UcTimeline     *self = g_task_get_source_object (task);
  UcTimelineLoad *load = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (UcMessage) message = uc_session_load_date_finish (UC_SESSION (source), result, &error);
  int position;

  if (message == NULL) {
    _uc_timeline_load_fail (task, g_steal_pointer (&error));
    return;
  }
  if (_uc_timeline_load_is_replaced (task))
    return;
  load->target = g_strdup (message->key);
  load->seq = message->seq;
  position = load->kind == UC_TIMELINE_LOAD_JUMP ? uc_timeline_find (self, message->key) : -1;
  if (position >= 0)
    _uc_timeline_load_arrive (task, position);
  else
    load_around_target (task);
}

static void
jump_to_time (UcTimeline         *self,
              UcTimelineLoadKind  kind,
              gint64              time_ms,
              GCancellable       *cancellable,
              GAsyncReadyCallback callback,
              gpointer            user_data,
              gpointer            source_tag)
{
  g_autoptr (GTask) task =
      _uc_timeline_load_start (self, kind, cancellable, callback, user_data, source_tag);
  UcTimelineLoad *load = g_task_get_task_data (task);

  uc_session_load_date_async (self->session, self->channel_id, time_ms, load->cancellable,
                              date_loaded_cb, g_steal_pointer (&task));
}

/**
 * uc_timeline_jump_date_async:
 * @self: the timeline of a channel as a whole
 * @time_ms: ms since 1970
 *
 * Moves the window to the first message not older than @time_ms, by way of the server
 * where history is missing; without one to the newest. Main thread.
 */
void
uc_timeline_jump_date_async (UcTimeline         *self,
                             gint64              time_ms,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  g_return_if_fail (UC_IS_TIMELINE (self));
  UC_ASSERT_MAIN_THREAD ();

  jump_to_time (self, UC_TIMELINE_LOAD_JUMP, time_ms, cancellable, callback, user_data,
                uc_timeline_jump_date_async);
}

/**
 * uc_timeline_jump_unread_async:
 * @self: a timeline that has unread messages
 *
 * Moves the window to the first message that was unread on opening. Main thread.
 */
void
uc_timeline_jump_unread_async (UcTimeline         *self,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  g_return_if_fail (UC_IS_TIMELINE (self));
  g_return_if_fail (uc_timeline_has_unread (self));
  UC_ASSERT_MAIN_THREAD ();

  jump_to_time (self, UC_TIMELINE_LOAD_UNREAD, self->divider_ms + 1, cancellable, callback,
                user_data, uc_timeline_jump_unread_async);
}

/**
 * uc_timeline_has_unread:
 * @self: a timeline
 *
 * Returns: whether some messages were unread when it was opened, and still count as new
 */
gboolean
uc_timeline_has_unread (UcTimeline *self)
{
  g_return_val_if_fail (UC_IS_TIMELINE (self), FALSE);

  return self->divider_ms > 0;
}

/**
 * uc_timeline_jump_finish:
 * @self: a timeline
 *
 * Errors: %UC_ERROR_NOT_FOUND, what uc_session_load_around_finish() gives,
 * %UC_ERROR_STORAGE, %G_IO_ERROR_CANCELLED also when another jump came after it
 *
 * Returns: the position of the message, -1 with @error set
 */
int
uc_timeline_jump_finish (UcTimeline *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), -1);

  return (int) g_task_propagate_int (G_TASK (result), error);
}
