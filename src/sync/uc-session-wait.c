/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What somebody waits for: that everything is done, that everything is here, that one
 * message, file or flag is. */

#include "config.h"

#include "uc-session-private.h"

#include "uc-error.h"
#include "uc-history-all-private.h"
#include "uc-request-queue-private.h"
#include "uc-thread.h"

#include <glib/gi18n-lib.h>

static void full_settled_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void full_channels_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void full_read_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void full_done_cb (GObject *source, GAsyncResult *result, gpointer user_data);

/* -- Settling ------------------------------------------------------------------------------ */

GError *
_uc_session_dup_hopeless (UcSession *self)
{
  const char *reason = uc_session_get_state_reason (self);

  switch (uc_session_get_state (self)) {
  case UC_SYNC_NEEDS_TOKEN:
  case UC_SYNC_NEEDS_LOGIN:
    return g_error_new_literal (UC_ERROR, UC_ERROR_AUTH,
                                reason != NULL ? reason : _ ("Sign in first."));
  case UC_SYNC_OFFLINE:
  case UC_SYNC_STOPPED:
    return g_error_new_literal (UC_ERROR, UC_ERROR_OFFLINE,
                                reason != NULL ? reason : _ ("There is no connection."));
  case UC_SYNC_CONNECTING:
  case UC_SYNC_CATCHING_UP:
  case UC_SYNC_LIVE:
  case UC_SYNC_POLLING:
  default:
    return NULL;
  }
}

void
_uc_session_check_settled (UcSession *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tasks = NULL;

  if (self->settling->len == 0)
    return;
  error = _uc_session_dup_hopeless (self);
  if (error == NULL && !_uc_engine_is_settled (self->engine))
    return;

  tasks = g_steal_pointer (&self->settling);
  self->settling = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < tasks->len; i++) {
    GTask *task = g_ptr_array_index (tasks, i);

    if (error != NULL)
      g_task_return_error (task, g_error_copy (error));
    else
      g_task_return_boolean (task, TRUE);
  }
}

static void
check_again_cb (gpointer user_data)
{
  g_autoptr (UcSession) self = user_data;

  _uc_session_check_settled (self);
}

/**
 * uc_session_settle_async:
 * @self: a session that was started
 * @cancellable: (nullable): honoured when it returns
 * @callback: called on the main thread
 * @user_data: for @callback
 *
 * Waits until everything that can be read was read and nothing can be sent now. What
 * waits for another try, or was refused, does not hold it up.
 *
 * Errors: OFFLINE, AUTH
 */
void
uc_session_settle_async (UcSession          *self,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  GTask *task;

  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_SESSION (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, uc_session_settle_async);
  g_ptr_array_add (self->settling, task);
  g_idle_add_once (check_again_cb, g_object_ref (self));
}

gboolean
uc_session_settle_finish (UcSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* -- Everything ------------------------------------------------------------------------------ */

void
uc_session_sync_full_async (UcSession          *self,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  GTask *task;

  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_SESSION (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, uc_session_sync_full_async);
  uc_session_settle_async (self, cancellable, full_settled_cb, task);
}

static void
full_settled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UcSession *self = UC_SESSION (source);
  GError    *error = NULL;

  if (!uc_session_settle_finish (self, result, &error)) {
    g_task_return_error (task, error);
    return;
  }
  uc_store_load_channels_async (self->context->store, NULL, g_task_get_cancellable (task),
                                full_channels_cb, g_object_ref (task));
}

static void
full_channels_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UcSession *self = g_task_get_source_object (task);
  GError    *error = NULL;
  GPtrArray *ids;
  g_autoptr (GPtrArray) states = uc_store_load_channels_finish (UC_STORE (source), result, &error);

  if (states == NULL) {
    g_task_return_error (task, error);
    return;
  }
  ids = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < states->len; i++) {
    UcChannelState *state = g_ptr_array_index (states, i);

    /* All have been read once by now: one without messages never had any, or retention
     * has emptied it. */
    if (state->newest_seq != 0)
      g_ptr_array_add (ids, g_strdup (state->channel->id));
  }
  g_task_set_task_data (task, ids, (GDestroyNotify) g_ptr_array_unref);
  _uc_reader_read_all (_uc_engine_get_reader (self->engine), ids);
  uc_session_settle_async (self, g_task_get_cancellable (task), full_read_cb, g_object_ref (task));
}

static void
full_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UcSession *self = UC_SESSION (source);
  GError    *error = NULL;

  if (!uc_session_settle_finish (self, result, &error)) {
    g_task_return_error (task, error);
    return;
  }
  _uc_history_all_async (self->context,
                         _uc_reader_get_people (_uc_engine_get_reader (self->engine)),
                         g_task_get_task_data (task), g_task_get_cancellable (task), full_done_cb,
                         g_object_ref (task));
}

static void
full_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!_uc_history_all_finish (UC_CONTEXT (source), result, &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

gboolean
uc_session_sync_full_finish (UcSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* -- One thing ----------------------------------------------------------------------------------
 */

static void
flag_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UcSession *self = g_task_get_source_object (task);
  GError    *error = NULL;

  (void) !_uc_request_queue_send_finish (UC_REQUEST_QUEUE (source), result, &error);
  if (error != NULL) {
    g_task_return_error (task, error);
    return;
  }
  /* Pushed too, where there is a stream; the higher revision counts once. */
  _uc_flag_sync_fetch (_uc_engine_get_flag_sync (self->engine));
  g_task_return_boolean (task, TRUE);
}

void
uc_session_put_flag_async (UcSession          *self,
                           const char         *name,
                           const char         *partial_json,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  GTask *task;

  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_SESSION (self) && name != NULL && partial_json != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, uc_session_put_flag_async);
  g_task_set_check_cancellable (task, FALSE);
  _uc_request_queue_send_async (self->context->requests, UC_LANE_COMMAND,
                                uc_request_put_flag (name, partial_json), cancellable, flag_cb,
                                task);
}

gboolean
uc_session_put_flag_finish (UcSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
uc_session_has_extension (UcSession *self)
{
  g_return_val_if_fail (UC_IS_SESSION (self), FALSE);

  return _uc_flag_sync_has_extension (_uc_engine_get_flag_sync (self->engine));
}
