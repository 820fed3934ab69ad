/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What others see of oneself beyond the presence one has chosen: whether somebody sits in
 * front of the screen, and a status in words. */

#include "config.h"

#include "uc-session-private.h"

#include "uc-request-queue-private.h"
#include "uc-request.h"
#include "uc-thread.h"

/* A server shows as away who has done nothing for 5 minutes (protocol.md 13). */
#define ANNOUNCE_INTERVAL_S 240

static gboolean
announce_cb (gpointer user_data)
{
  UcSession *self = user_data;

  _uc_engine_send_active (self->engine, TRUE);
  return G_SOURCE_CONTINUE;
}

/* A new connection counts as activity, so only the absence has to be told again. */
void
_uc_session_announce_activity (UcSession *self)
{
  if (self->activity == UC_ACTIVITY_GONE && _uc_engine_get_state (self->engine) == UC_SYNC_LIVE)
    _uc_engine_send_active (self->engine, FALSE);
}

/**
 * uc_session_set_activity:
 * @self: a session
 * @activity: where the person is
 *
 * Tells the server, which shows one as away by it unless one has chosen a presence
 * oneself. Nothing without a socket: then the server goes by the requests it gets.
 */
void
uc_session_set_activity (UcSession *self, UcActivity activity)
{
  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_SESSION (self));

  if (self->activity == activity)
    return;
  self->activity = activity;
  g_clear_handle_id (&self->activity_id, g_source_remove);
  if (activity != UC_ACTIVITY_ELSEWHERE)
    _uc_engine_send_active (self->engine, activity == UC_ACTIVITY_HERE);
  if (activity == UC_ACTIVITY_HERE)
    self->activity_id = g_timeout_add_seconds (ANNOUNCE_INTERVAL_S, announce_cb, self);
}

/* -- A status in words -------------------------------------------------------------------- */

typedef struct {
  char  *emoji;
  char  *text;
  gint64 expires_ms;
} StatusJob;

static void told_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void me_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
status_job_free (gpointer data)
{
  StatusJob *job = data;

  g_free (job->emoji);
  g_free (job->text);
  g_free (job);
}

/**
 * uc_session_set_custom_status_async:
 * @self: a session
 * @emoji: a short name without colons, or ""
 * @text: or ""; with both empty the status is taken away
 * @expires_ms: when it ends, ms since 1970; 0: it stays
 * @cancellable: (nullable): the server may have taken it all the same
 * @callback: called on the main thread
 * @user_data: for @callback
 *
 * Needs the server. Errors: UC_ERROR_OFFLINE and what the server answers.
 */
void
uc_session_set_custom_status_async (UcSession          *self,
                                    const char         *emoji,
                                    const char         *text,
                                    gint64              expires_ms,
                                    GCancellable       *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer            user_data)
{
  GTask     *task;
  StatusJob *job;

  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_SESSION (self) && emoji != NULL && text != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, uc_session_set_custom_status_async);
  g_task_set_check_cancellable (task, FALSE);
  job = g_new0 (StatusJob, 1);
  job->emoji = g_strdup (emoji);
  job->text = g_strdup (text);
  job->expires_ms = expires_ms;
  g_task_set_task_data (task, job, status_job_free);
  _uc_request_queue_send_async (self->context->requests, UC_LANE_COMMAND,
                                uc_request_set_custom_status (emoji, text, expires_ms), cancellable,
                                told_cb, task);
}

static void
told_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UcSession        *self = g_task_get_source_object (task);
  const char *const ids[] = { self->context->my_user_id, NULL };
  GError           *error = NULL;

  (void) !_uc_request_queue_send_finish (UC_REQUEST_QUEUE (source), result, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    uc_store_load_users_async (self->context->store, ids, NULL, me_loaded_cb,
                               g_steal_pointer (&task));
}

/* The server also pushes the change; without a socket that would take a while. */
static void
me_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UcSession       *self = g_task_get_source_object (task);
  const StatusJob *job = g_task_get_task_data (task);
  g_autoptr (GPtrArray) users = uc_store_load_users_finish (UC_STORE (source), result, NULL);

  if (users != NULL && users->len > 0) {
    g_autoptr (UcUser) me = uc_user_copy (g_ptr_array_index (users, 0));
    UcBatch *batch = uc_batch_new ();

    g_set_str (&me->custom_status_emoji, job->emoji);
    g_set_str (&me->custom_status_text, job->text);
    me->custom_status_expires_ms = job->expires_ms;
    /* Newer than what is stored, older than what the server will push. */
    me->update_at_ms++;
    uc_batch_put_user (batch, me);
    _uc_session_apply (self, batch);
  }
  g_task_return_boolean (task, TRUE);
}

gboolean
uc_session_set_custom_status_finish (UcSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
