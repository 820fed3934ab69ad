/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where tokens lie between two runs: the keyring, or a file for the command line. Puts
 * a time limit on both; a keyring that does not answer is left to its own devices. */

#include "config.h"

#include "uc-secrets-private.h"

#include "uc-error.h"
#include "uc-token-private.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

#define LIMIT_MS 15000

struct _UcSecrets {
  GObject parent_instance;

  char  *path; /* (owned) (nullable) NULL: the keyring */
  guint  limit_ms;
  GMutex file_lock; /* one change of the file at a time */
};

G_DEFINE_FINAL_TYPE (UcSecrets, uc_secrets, G_TYPE_OBJECT)

typedef enum {
  STORE,
  LOOKUP,
  CLEAR,
} JobKind;

typedef struct {
  /* input */
  JobKind kind;
  char   *site;    /* (owned) */
  char   *user_id; /* (owned) */
  char   *label;   /* (owned) (nullable) */
  char   *token;   /* (owned) (nullable) wiped when freed */

  /* in progress */
  GCancellable *inner;         /* (owned) */
  GSource      *cancel_source; /* (owned) (nullable) */
  GSource      *timer;         /* (owned) (nullable) */
  gboolean      has_returned;
} Job;

static void keyring_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
drop_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  drop_source (&job->cancel_source);
  drop_source (&job->timer);
  g_clear_object (&job->inner);
  _uc_token_free (job->token);
  g_free (job->site);
  g_free (job->user_id);
  g_free (job->label);
  g_free (job);
}

static void
uc_secrets_finalize (GObject *object)
{
  UcSecrets *self = UC_SECRETS (object);

  g_free (self->path);
  g_mutex_clear (&self->file_lock);

  G_OBJECT_CLASS (uc_secrets_parent_class)->finalize (object);
}

static void
uc_secrets_class_init (UcSecretsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = uc_secrets_finalize;
}

static void
uc_secrets_init (UcSecrets *self)
{
  self->limit_ms = LIMIT_MS;
  g_mutex_init (&self->file_lock);
}

/**
 * uc_secrets_new_service:
 *
 * Returns: (transfer full): tokens in the desktop's secret service
 */
UcSecrets *
uc_secrets_new_service (void)
{
  return g_object_new (UC_TYPE_SECRETS, NULL);
}

/**
 * uc_secrets_new_file:
 * @path: made with mode 0600 when a token is stored
 *
 * Returns: (transfer full): tokens in a file
 */
UcSecrets *
uc_secrets_new_file (const char *path)
{
  UcSecrets *self;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (UC_TYPE_SECRETS, NULL);
  self->path = g_strdup (path);
  return self;
}

gboolean
_uc_secrets_is_file (UcSecrets *self)
{
  return self->path != NULL;
}

void
_uc_secrets_set_limit_ms (UcSecrets *self, guint limit_ms)
{
  self->limit_ms = limit_ms;
}

/* -- The file ------------------------------------------------------------------------- */

static void
file_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  UcSecrets *self = source;
  Job       *job = task_data;
  GError    *error = NULL;
  char      *token = NULL;

  g_mutex_lock (&self->file_lock);
  switch (job->kind) {
  case STORE:
    (void) _uc_secrets_file_store (self->path, job->site, job->user_id, job->token, &error);
    break;
  case LOOKUP:
    token = _uc_secrets_file_lookup (self->path, job->site, job->user_id, &error);
    break;
  case CLEAR:
  default:
    (void) _uc_secrets_file_clear (self->path, job->site, job->user_id, &error);
    break;
  }
  g_mutex_unlock (&self->file_lock);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, token, (GDestroyNotify) uc_secrets_free_token);
}

/* -- The keyring ---------------------------------------------------------------------- */

static void
stop (Job *job)
{
  job->has_returned = TRUE;
  drop_source (&job->cancel_source);
  drop_source (&job->timer);
}

/* The caller hears at once; what the keyring answers later is dropped. */
static gboolean
timer_cb (gpointer user_data)
{
  GTask *task = user_data;
  Job   *job = g_task_get_task_data (task);

  g_object_ref (task);
  stop (job);
  g_cancellable_cancel (job->inner);
  g_task_return_new_error (task, UC_ERROR, UC_ERROR_DISABLED, _ ("The keyring does not answer."));
  g_object_unref (task);
  return G_SOURCE_REMOVE;
}

static gboolean
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  GTask *task = user_data;
  Job   *job = g_task_get_task_data (task);

  g_object_ref (task);
  stop (job);
  g_cancellable_cancel (job->inner);
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
  g_object_unref (task);
  return G_SOURCE_REMOVE;
}

static void
ask_keyring (GTask *task, Job *job, UcSecrets *self)
{
  GCancellable *cancellable = g_task_get_cancellable (task);

  job->inner = g_cancellable_new ();
  if (cancellable != NULL) {
    job->cancel_source = g_cancellable_source_new (cancellable);
    g_source_set_callback (job->cancel_source, G_SOURCE_FUNC (cancelled_cb), task, NULL);
    g_source_attach (job->cancel_source, g_main_context_get_thread_default ());
  }
  job->timer = g_timeout_source_new (self->limit_ms);
  g_source_set_callback (job->timer, timer_cb, task, NULL);
  g_source_attach (job->timer, g_main_context_get_thread_default ());

  switch (job->kind) {
  case STORE:
    _uc_keyring_store_async (job->site, job->user_id, job->label, job->token, job->inner,
                             keyring_cb, task);
    break;
  case LOOKUP:
    _uc_keyring_lookup_async (job->site, job->user_id, job->inner, keyring_cb, task);
    break;
  case CLEAR:
  default:
    _uc_keyring_clear_async (job->site, job->user_id, job->inner, keyring_cb, task);
    break;
  }
}

static void
keyring_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job    *job = g_task_get_task_data (task);
  GError *error = NULL;
  char   *token = _uc_keyring_finish (result, &error);

  if (job->has_returned) {
    g_clear_error (&error);
    uc_secrets_free_token (token);
    return;
  }
  stop (job);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, token, (GDestroyNotify) uc_secrets_free_token);
}

/* Takes @task and @job. */
static void
run (UcSecrets *self, GTask *task, Job *job)
{
  g_task_set_task_data (task, job, job_free);
  if (self->path == NULL) {
    ask_keyring (task, job, self);
  } else {
    g_task_run_in_thread (task, file_in_thread);
    g_object_unref (task);
  }
}

static Job *
job_new (JobKind kind, const char *site, const char *user_id)
{
  Job *job = g_new0 (Job, 1);

  job->kind = kind;
  job->site = g_strdup (site);
  job->user_id = g_strdup (user_id);
  return job;
}

/* -- The calls ------------------------------------------------------------------------ */

/**
 * uc_secrets_store_async:
 * @self: the secrets
 * @site: site URL of the account
 * @user_id: id of the account
 * @label: what a person sees in the keyring's own window
 * @token: the secret
 * @cancellable: (nullable): the token may have been stored all the same
 * @callback: called on the main thread, within 15 s
 * @user_data: for @callback
 *
 * Keeps a token, in place of the one before. Errors: DISABLED, STORAGE.
 */
void
uc_secrets_store_async (UcSecrets          *self,
                        const char         *site,
                        const char         *user_id,
                        const char         *label,
                        const char         *token,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  GTask *task;
  Job   *job;

  g_return_if_fail (UC_IS_SECRETS (self));
  g_return_if_fail (site != NULL && user_id != NULL && label != NULL && token != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, uc_secrets_store_async);
  g_task_set_check_cancellable (task, FALSE);
  job = job_new (STORE, site, user_id);
  job->label = g_strdup (label);
  job->token = g_strdup (token);
  run (self, task, job);
}

/**
 * uc_secrets_store_finish:
 * @self: the secrets
 * @result: of the callback
 * @error: see uc_secrets_store_async()
 *
 * Returns: whether the token is kept
 */
gboolean
uc_secrets_store_finish (UcSecrets *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  (void) g_task_propagate_pointer (G_TASK (result), error);
  return !g_task_had_error (G_TASK (result));
}

/**
 * uc_secrets_lookup_async:
 * @self: the secrets
 * @site: site URL of the account
 * @user_id: id of the account
 * @cancellable: (nullable)
 * @callback: called on the main thread, within 15 s
 * @user_data: for @callback
 *
 * Errors: NOT_FOUND only when the keyring is open and has no such token; DISABLED when
 * it is locked, absent or silent; STORAGE.
 */
void
uc_secrets_lookup_async (UcSecrets          *self,
                         const char         *site,
                         const char         *user_id,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  GTask *task;

  g_return_if_fail (UC_IS_SECRETS (self));
  g_return_if_fail (site != NULL && user_id != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, uc_secrets_lookup_async);
  run (self, task, job_new (LOOKUP, site, user_id));
}

/**
 * uc_secrets_lookup_finish:
 * @self: the secrets
 * @result: of the callback
 * @error: see uc_secrets_lookup_async()
 *
 * Returns: (transfer full): the token, to be freed by uc_secrets_free_token()
 */
char *
uc_secrets_lookup_finish (UcSecrets *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * uc_secrets_clear_async:
 * @self: the secrets
 * @site: site URL of the account
 * @user_id: id of the account
 * @cancellable: (nullable)
 * @callback: called on the main thread, within 15 s
 * @user_data: for @callback
 *
 * Forgets a token; that there is none is no error. Errors: DISABLED, STORAGE.
 */
void
uc_secrets_clear_async (UcSecrets          *self,
                        const char         *site,
                        const char         *user_id,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  GTask *task;

  g_return_if_fail (UC_IS_SECRETS (self));
  g_return_if_fail (site != NULL && user_id != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, uc_secrets_clear_async);
  g_task_set_check_cancellable (task, FALSE);
  run (self, task, job_new (CLEAR, site, user_id));
}

/**
 * uc_secrets_clear_finish:
 * @self: the secrets
 * @result: of the callback
 * @error: see uc_secrets_clear_async()
 *
 * Returns: whether no such token is kept any more
 */
gboolean
uc_secrets_clear_finish (UcSecrets *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  (void) g_task_propagate_pointer (G_TASK (result), error);
  return !g_task_had_error (G_TASK (result));
}

/**
 * uc_secrets_free_token:
 * @token: (nullable) (transfer full): of uc_secrets_lookup_finish()
 *
 * Wipes and frees a token.
 */
void
uc_secrets_free_token (char *token)
{
  if (token != NULL)
    secret_password_free (token);
}
