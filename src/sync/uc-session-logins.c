/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The devices that are signed in to an account: the server alone knows them, so nothing
 * of this works without it. */

#include "config.h"

#include "uc-session-private.h"

#include "uc-request-queue-private.h"
#include "uc-request.h"
#include "uc-thread.h"

static void
ask (GTask *task, UcRequest *request, GAsyncReadyCallback callback)
{
  UcSession *self = g_task_get_source_object (task);

  _uc_request_queue_send_async (self->context->requests, UC_LANE_COMMAND, request,
                                g_task_get_cancellable (task), callback, task);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError    *error = NULL;
  GPtrArray *logins = _uc_request_queue_send_finish (UC_REQUEST_QUEUE (source), result, &error);

  if (logins == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, logins, (GDestroyNotify) g_ptr_array_unref);
}

/**
 * uc_session_load_logins_async:
 * @self: a session
 * @cancellable: (nullable)
 * @callback: called on the main thread
 * @user_data: for @callback
 *
 * Asks the server who else is signed in.
 */
void
uc_session_load_logins_async (UcSession          *self,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  GTask *task;

  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_SESSION (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, uc_session_load_logins_async);
  ask (task, uc_request_logins (), loaded_cb);
}

/**
 * uc_session_load_logins_finish:
 *
 * Returns: (transfer full) (element-type UcLogin): every session of this user
 */
GPtrArray *
uc_session_load_logins_finish (UcSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
revoked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  (void) !_uc_request_queue_send_finish (UC_REQUEST_QUEUE (source), result, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * uc_session_revoke_login_async:
 * @self: a session
 * @login_id: of one of its user's logins
 * @cancellable: (nullable): the server may have done it all the same
 * @callback: called on the main thread
 * @user_data: for @callback
 *
 * Signs a device out at the server.
 */
void
uc_session_revoke_login_async (UcSession          *self,
                               const char         *login_id,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  GTask *task;

  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_SESSION (self) && login_id != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, uc_session_revoke_login_async);
  g_task_set_check_cancellable (task, FALSE);
  ask (task, uc_request_revoke_login (login_id), revoked_cb);
}

gboolean
uc_session_revoke_login_finish (UcSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
