/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How an account begins and ends: what a sign-in leads to, and signing out. */

#include "config.h"

#include "uc-account-runner-private.h"

#include "uc-account-folder.h"
#include "uc-account.h"
#include "uc-request.h"
#include "uc-thread.h"

/* How long the server may take to hear that the session is over. */
#define LOGOUT_LIMIT_S 5

/* -- Adopting ---------------------------------------------------------------------------- */

typedef struct {
  UcSignIn *sign_in;         /* (owned) */
  char     *keyring_warning; /* (owned) (nullable) result */
} AdoptJob;

static void
adopt_job_free (AdoptJob *job)
{
  g_clear_object (&job->sign_in);
  g_free (job->keyring_warning);
  g_free (job);
}

static void
adopted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UcAccountRunner *self = g_task_get_source_object (task);
  AdoptJob        *job = g_task_get_task_data (task);
  UcApi           *api = uc_sign_in_get_api (job->sign_in);
  g_autoptr (GError) error = NULL;

  if (!uc_account_adopt_finish (UC_STORE (source), result, &job->keyring_warning, &error)) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }

  if (self->session == NULL)
    _uc_account_runner_start (self, api, uc_sign_in_get_user (job->sign_in)->id);
  else {
    uc_api_set_token (self->api, uc_api_get_token (api));
    uc_session_retry_now (self->session);
  }
  g_task_return_boolean (task, TRUE);
}

static void
adopt (GTask *task)
{
  UcAccountRunner *self = g_task_get_source_object (task);
  AdoptJob        *job = g_task_get_task_data (task);

  uc_account_adopt_async (self->store, uc_sign_in_get_api (job->sign_in), self->secrets,
                          uc_sign_in_get_user (job->sign_in), g_task_get_cancellable (task),
                          adopted_cb, task);
}

static void
adopting_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UcAccountRunner *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  if (!uc_store_open_finish (UC_STORE (source), result, &error)) {
    g_clear_object (&self->store);
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  adopt (g_steal_pointer (&task));
}

/**
 * uc_account_runner_adopt_async:
 * @sign_in: a sign-in that succeeded
 * @progress: (nullable): called while the store is being upgraded
 *
 * Makes the account of @sign_in in the folder and starts it; one that runs goes on with
 * the new token.
 */
void
uc_account_runner_adopt_async (UcAccountRunner    *self,
                               UcSignIn           *sign_in,
                               UcStoreProgress     progress,
                               gpointer            progress_data,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;
  AdoptJob *job;

  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_ACCOUNT_RUNNER (self));
  g_return_if_fail (UC_IS_SIGN_IN (sign_in));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, uc_account_runner_adopt_async);
  job = g_new0 (AdoptJob, 1);
  job->sign_in = g_object_ref (sign_in);
  g_task_set_task_data (task, job, (GDestroyNotify) adopt_job_free);

  if (self->store != NULL) {
    adopt (g_steal_pointer (&task));
    return;
  }
  if (!uc_account_folder_make (self->folder, &error)) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  _uc_account_runner_open_store (self, progress, progress_data, adopting_opened_cb,
                                 g_steal_pointer (&task));
}

/**
 * uc_account_runner_adopt_finish:
 * @keyring_warning: (out) (nullable) (transfer full): why the sign-in holds for this run
 *   only, %NULL when the token is kept
 *
 * Returns: whether the account runs
 */
gboolean
uc_account_runner_adopt_finish (UcAccountRunner *self,
                                GAsyncResult    *result,
                                char           **keyring_warning,
                                GError         **error)
{
  AdoptJob *job;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  job = g_task_get_task_data (G_TASK (result));
  if (keyring_warning != NULL)
    *keyring_warning = g_steal_pointer (&job->keyring_warning);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* -- Signing out --------------------------------------------------------------------------- */

typedef struct {
  char         *site;        /* (owned) */
  char         *user_id;     /* (owned) */
  GCancellable *cancellable; /* (owned) of the logout */
  guint         limit_id;
} SignOutJob;

static void
sign_out_job_free (SignOutJob *job)
{
  g_clear_handle_id (&job->limit_id, g_source_remove);
  g_clear_object (&job->cancellable);
  g_free (job->site);
  g_free (job->user_id);
  g_free (job);
}

static void closed_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static gboolean
limit_cb (gpointer user_data)
{
  SignOutJob *job = user_data;

  job->limit_id = 0;
  g_cancellable_cancel (job->cancellable);

  return G_SOURCE_REMOVE;
}

static void
cleared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UcAccountRunner *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  /* A token that stays in a locked keyring is of a session that is over. */
  if (!uc_secrets_clear_finish (UC_SECRETS (source), result, &error))
    g_message ("Forgetting the token: %s", error->message);
  uc_account_runner_close_async (self, closed_cb, g_steal_pointer (&task));
}

static void
logged_out_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UcAccountRunner *self = g_task_get_source_object (task);
  SignOutJob      *job = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  g_clear_handle_id (&job->limit_id, g_source_remove);
  if (uc_api_send_finish (UC_API (source), result, &error) == NULL && error != NULL)
    g_message ("Telling the server of the sign-out: %s", error->message);
  uc_secrets_clear_async (self->secrets, job->site, job->user_id, NULL, cleared_cb,
                          g_steal_pointer (&task));
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UcAccountRunner *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  if (!uc_account_runner_close_finish (self, result, &error) ||
      !uc_account_folder_remove (self->folder, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * uc_account_runner_sign_out_async:
 *
 * Ends the account here, and its session at the server as far as it can be reached.
 */
void
uc_account_runner_sign_out_async (UcAccountRunner    *self,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  SignOutJob *job;

  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_ACCOUNT_RUNNER (self));
  g_return_if_fail (self->session != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, uc_account_runner_sign_out_async);
  job = g_new0 (SignOutJob, 1);
  job->site = g_strdup (uc_api_get_site (self->api));
  job->user_id = g_strdup (uc_session_get_user_id (self->session));
  job->cancellable = g_cancellable_new ();
  job->limit_id = g_timeout_add_seconds (LOGOUT_LIMIT_S, limit_cb, job);
  g_task_set_task_data (task, job, (GDestroyNotify) sign_out_job_free);

  _uc_account_runner_stop (self);
  uc_api_send_async (self->api, uc_request_logout (), job->cancellable, logged_out_cb,
                     g_steal_pointer (&task));
}

/**
 * uc_account_runner_sign_out_finish:
 * @error: UC_ERROR_STORAGE: what is on this computer could not be removed
 *
 * Returns: whether nothing of the account is left here
 */
gboolean
uc_account_runner_sign_out_finish (UcAccountRunner *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
