/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the screen asks of history: a hole in view, a thread, a message, a day. */

#include "config.h"

#include "uc-session-private.h"

#include "uc-history-around-private.h"
#include "uc-history-date-private.h"
#include "uc-history-private.h"
#include "uc-thread.h"

static UcHistory *
get_history (UcSession *self)
{
  return _uc_reader_get_history (_uc_engine_get_reader (self->engine));
}

static void
hole_changed_cb (UcHistory *history, const char *channel_id, gint64 before_seq, UcSession *self)
{
  g_signal_emit_by_name (self, "hole-changed", channel_id, before_seq);
}

void
_uc_session_watch_holes (UcSession *self)
{
  g_signal_connect_object (get_history (self), "hole-changed", G_CALLBACK (hole_changed_cb), self,
                           0);
}

void
uc_session_fill_hole (UcSession *self, const char *channel_id, gint64 before_seq)
{
  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_SESSION (self) && channel_id != NULL);

  _uc_history_fill_hole (get_history (self), channel_id, before_seq);
}

/**
 * uc_session_get_hole:
 * @self: a session
 * @channel_id: a channel
 * @before_seq: the message above which history is missing
 * @reason: (out) (optional) (nullable): of FAILED why, for a person; lent until
 *   ::hole-changed
 *
 * Returns: what is being done about it
 */
UcHoleState
uc_session_get_hole (UcSession   *self,
                     const char  *channel_id,
                     gint64       before_seq,
                     const char **reason)
{
  UC_ASSERT_MAIN_THREAD ();
  g_return_val_if_fail (UC_IS_SESSION (self) && channel_id != NULL, UC_HOLE_IDLE);

  return _uc_history_get_hole (get_history (self), channel_id, before_seq, reason);
}

void
uc_session_load_thread (UcSession *self, const char *root_id)
{
  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_SESSION (self) && root_id != NULL);

  _uc_history_load_thread (get_history (self), root_id);
}

/* -- A message --------------------------------------------------------------------------- */

static void
return_message (GTask *task, UcMessage *message, GError *error)
{
  if (message == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, message, (GDestroyNotify) uc_message_unref);
}

static void
around_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError    *error = NULL;
  UcMessage *message = _uc_history_around_finish (UC_CONTEXT (source), result, &error);

  return_message (task, message, error);
}

void
uc_session_load_around_async (UcSession          *self,
                              const char         *post_id,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  GTask *task;

  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_SESSION (self) && post_id != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, uc_session_load_around_async);
  _uc_history_around_async (self->context,
                            _uc_reader_get_people (_uc_engine_get_reader (self->engine)), post_id,
                            cancellable, around_cb, task);
}

UcMessage *
uc_session_load_around_finish (UcSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* -- A day ------------------------------------------------------------------------------- */

static void
date_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError    *error = NULL;
  UcMessage *message = _uc_history_date_finish (UC_CONTEXT (source), result, &error);

  return_message (task, message, error);
}

/**
 * uc_session_load_date_async:
 * @self: a session
 * @channel_id: a channel
 * @time_ms: ms since 1970
 *
 * Sees to it that the first message not older than @time_ms is stored, with what lies
 * around it: at once where history is complete, else by way of the server. Main thread.
 *
 * Errors: %UC_ERROR_NOT_FOUND in an empty channel, %UC_ERROR_STORAGE, those of the
 * server while nothing is stored at all
 */
void
uc_session_load_date_async (UcSession          *self,
                            const char         *channel_id,
                            gint64              time_ms,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  GTask *task;

  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_SESSION (self) && channel_id != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, uc_session_load_date_async);
  _uc_history_date_async (self->context,
                          _uc_reader_get_people (_uc_engine_get_reader (self->engine)), channel_id,
                          time_ms, cancellable, date_cb, task);
}

UcMessage *
uc_session_load_date_finish (UcSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
