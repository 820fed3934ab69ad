/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finds the token and tries it. Asked over HTTP and before the socket, which cannot
 * tell a dead token from a slow server. */

#include "config.h"

#include "uc-credentials-private.h"

#include "uc-error.h"
#include "uc-request-queue-private.h"

#include <glib/gi18n-lib.h>

typedef struct {
  UcContext  *context; /* (owned) */
  UcSyncInput failure;
} Job;

static void token_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void ask_me (GTask *task);
static void me_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->context);
  g_free (job);
}

void
_uc_credentials_check_async (UcContext          *context,
                             UcSecrets          *secrets,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (context, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  g_task_set_source_tag (task, _uc_credentials_check_async);
  job->context = g_object_ref (context);
  g_task_set_task_data (task, job, job_free);

  if (uc_api_get_token (context->api) != NULL)
    ask_me (task);
  else
    uc_secrets_lookup_async (secrets, uc_api_get_site (context->api), context->my_user_id,
                             cancellable, token_cb, g_object_ref (task));
}

static void
fail (GTask *task, UcSyncInput failure, GError *error)
{
  Job *job = g_task_get_task_data (task);

  job->failure = failure;
  g_task_return_error (task, error);
}

static void
token_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job    *job = g_task_get_task_data (task);
  GError *error = NULL;
  char   *token = uc_secrets_lookup_finish (UC_SECRETS (source), result, &error);

  if (token == NULL) {
    fail (task, UC_SYNC_INPUT_TOKEN_MISSING, error);
    return;
  }
  uc_api_set_token (job->context->api, token);
  uc_secrets_free_token (token);
  ask_me (task);
}

static void
ask_me (GTask *task)
{
  Job *job = g_task_get_task_data (task);

  _uc_request_queue_send_async (job->context->requests, UC_LANE_CATCH_UP, uc_request_me (),
                                g_task_get_cancellable (task), me_cb, g_object_ref (task));
}

static void
me_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job    *job = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (UcUser) me = _uc_request_queue_send_finish (UC_REQUEST_QUEUE (source), result, &error);

  if (_uc_request_is_session_end (error, _uc_request_queue_get_error_id (result)))
    fail (task, UC_SYNC_INPUT_SESSION_ENDED, error);
  else if (me == NULL)
    fail (task, UC_SYNC_INPUT_UNREACHABLE, error);
  else if (g_strcmp0 (me->id, job->context->my_user_id) != 0)
    fail (task, UC_SYNC_INPUT_SESSION_ENDED,
          g_error_new_literal (UC_ERROR, UC_ERROR_AUTH,
                               _ ("The sign-in kept for this account belongs to somebody else.")));
  else
    g_task_return_pointer (task, g_steal_pointer (&me), (GDestroyNotify) uc_user_unref);
}

UcUser *
_uc_credentials_check_finish (UcContext    *context,
                              GAsyncResult *result,
                              UcSyncInput  *failure,
                              GError      **error)
{
  Job *job = g_task_get_task_data (G_TASK (result));

  g_return_val_if_fail (g_task_is_valid (result, context), NULL);

  *failure = job->failure;
  return g_task_propagate_pointer (G_TASK (result), error);
}
