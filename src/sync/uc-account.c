/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which account a store belongs to, and how a sign-in becomes one. */

#include "config.h"

#include "uc-account.h"

#include "uc-error.h"
#include "uc-request.h"
#include "uc-thread.h"

#include <glib/gi18n-lib.h>

/* What an account is made of, in the order it is read. */
static const char *const facts[] = { "site", "user_id", "username" };

typedef struct {
  /* input of adopting */
  UcApi     *api;     /* (owned) (nullable) */
  UcSecrets *secrets; /* (owned) (nullable) */
  UcUser    *me;      /* (owned) (nullable) */

  /* in progress */
  char *values[G_N_ELEMENTS (facts)];
  guint n_values;

  /* result */
  char *keyring_warning;
} Job;

static void load_next (GTask *task, UcStore *store);
static void fact_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void stored_account_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void secret_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void logins_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void written_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_object (&job->api);
  g_clear_object (&job->secrets);
  g_clear_pointer (&job->me, uc_user_unref);
  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    g_free (job->values[i]);
  g_free (job->keyring_warning);
  g_free (job);
}

/**
 * uc_account_free:
 * @self: (transfer full) (nullable): an account
 */
void
uc_account_free (UcAccount *self)
{
  if (self == NULL)
    return;
  g_free (self->site);
  g_free (self->user_id);
  g_free (self->username);
  g_free (self);
}

void
uc_account_load_async (UcStore            *store,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_STORE (store));

  task = g_task_new (store, cancellable, callback, user_data);
  g_task_set_source_tag (task, uc_account_load_async);
  g_task_set_task_data (task, g_new0 (Job, 1), job_free);
  load_next (task, store);
}

static void
load_next (GTask *task, UcStore *store)
{
  Job *job = g_task_get_task_data (task);

  uc_store_load_fact_async (store, facts[job->n_values], g_task_get_cancellable (task), fact_cb,
                            g_object_ref (task));
}

static void
return_account (GTask *task)
{
  Job       *job = g_task_get_task_data (task);
  UcAccount *account = NULL;

  if (job->values[0] != NULL && job->values[1] != NULL) {
    account = g_new0 (UcAccount, 1);
    account->site = g_steal_pointer (&job->values[0]);
    account->user_id = g_steal_pointer (&job->values[1]);
    account->username = job->values[2] != NULL ? g_steal_pointer (&job->values[2]) : g_strdup ("");
  }
  g_task_return_pointer (task, account, (GDestroyNotify) uc_account_free);
}

static void
fact_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job    *job = g_task_get_task_data (task);
  GError *error = NULL;

  job->values[job->n_values++] = uc_store_load_fact_finish (UC_STORE (source), result, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else if (job->n_values < G_N_ELEMENTS (facts))
    load_next (task, UC_STORE (source));
  else
    return_account (task);
}

UcAccount *
uc_account_load_finish (UcStore *store, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * uc_account_adopt_async:
 * @store: open
 * @api: signed in
 * @secrets: gets the token
 * @me: who signed in
 * @cancellable: (nullable)
 * @callback: called on the main thread
 * @user_data: for @callback
 *
 * Errors: CONFLICT when the store is another's; STORAGE
 */
void
uc_account_adopt_async (UcStore            *store,
                        UcApi              *api,
                        UcSecrets          *secrets,
                        UcUser             *me,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  GTask *task;
  Job   *job;

  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_STORE (store) && UC_IS_API (api) && UC_IS_SECRETS (secrets));
  g_return_if_fail (me != NULL && uc_api_get_token (api) != NULL);

  task = g_task_new (store, cancellable, callback, user_data);
  g_task_set_source_tag (task, uc_account_adopt_async);
  job = g_new0 (Job, 1);
  job->api = g_object_ref (api);
  job->secrets = g_object_ref (secrets);
  job->me = uc_user_ref (me);
  g_task_set_task_data (task, job, job_free);
  uc_account_load_async (store, cancellable, stored_account_cb, task);
}

static void
stored_account_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job             *job = g_task_get_task_data (task);
  GError          *error = NULL;
  g_autofree char *label = NULL;
  g_autoptr (UcAccount) account = uc_account_load_finish (UC_STORE (source), result, &error);

  if (error != NULL) {
    g_task_return_error (task, error);
    return;
  }
  /* Another's queue must never be sent in this one's name. */
  if (account != NULL && (g_strcmp0 (account->site, uc_api_get_site (job->api)) != 0 ||
                          g_strcmp0 (account->user_id, job->me->id) != 0)) {
    g_task_return_new_error (task, UC_ERROR, UC_ERROR_CONFLICT,
                             _ ("This store belongs to %s on %s."), account->username,
                             account->site);
    return;
  }

  label =
      g_strdup_printf (_ ("Unified Chat: %s on %s"), job->me->username, uc_api_get_site (job->api));
  uc_secrets_store_async (job->secrets, uc_api_get_site (job->api), job->me->id, label,
                          uc_api_get_token (job->api), g_task_get_cancellable (task), secret_cb,
                          g_object_ref (task));
}

static void
secret_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job *job = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!uc_secrets_store_finish (UC_SECRETS (source), result, &error)) {
    if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
    job->keyring_warning = g_strdup (error->message);
  }
  /* Which of the sessions is this one, no later answer tells: right now it is the newest. */
  uc_api_send_async (job->api, uc_request_logins (), g_task_get_cancellable (task), logins_cb,
                     g_object_ref (task));
}

/* "" when the server does not tell: it is only shown. */
static const char *
find_newest (GPtrArray *logins)
{
  const UcLogin *newest = NULL;

  for (guint i = 0; logins != NULL && i < logins->len; i++) {
    const UcLogin *login = g_ptr_array_index (logins, i);

    if (newest == NULL || login->create_at_ms > newest->create_at_ms)
      newest = login;
  }
  return newest != NULL ? newest->id : "";
}

static void
logins_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job     *job = g_task_get_task_data (task);
  UcStore *store = g_task_get_source_object (task);
  UcBatch *batch = uc_batch_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) logins = uc_api_send_finish (UC_API (source), result, &error);

  if (logins == NULL)
    g_debug ("Asking for one's sessions: %s", error->message);
  uc_batch_put_fact (batch, "login_id", find_newest (logins));
  uc_batch_put_fact (batch, "site", uc_api_get_site (job->api));
  uc_batch_put_fact (batch, "user_id", job->me->id);
  uc_batch_put_fact (batch, "username", job->me->username);
  uc_batch_put_user (batch, job->me);
  uc_store_apply_async (store, batch, written_cb, g_object_ref (task));
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!uc_store_apply_finish (UC_STORE (source), result, &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

gboolean
uc_account_adopt_finish (UcStore      *store,
                         GAsyncResult *result,
                         char        **keyring_warning,
                         GError      **error)
{
  Job *job = g_task_get_task_data (G_TASK (result));

  g_return_val_if_fail (g_task_is_valid (result, store), FALSE);

  if (keyring_warning != NULL)
    *keyring_warning = g_steal_pointer (&job->keyring_warning);
  return g_task_propagate_boolean (G_TASK (result), error);
}
