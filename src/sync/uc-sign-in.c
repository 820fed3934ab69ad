/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Signs in, step by step. It stores nothing and keeps no password. */

#include "config.h"

#include "uc-sign-in.h"

#include "uc-api.h"
#include "uc-error.h"
#include "uc-thread.h"

#include <glib/gi18n-lib.h>

struct _UcSignIn {
  GObject parent_instance;

  UcApi  *api;       /* (owned) (nullable) after a successful check */
  char   *site_name; /* (owned) (nullable) */
  UcUser *user;      /* (owned) (nullable) after a successful sign-in */
};

typedef struct {
  /* in progress */
  UcApi *api; /* (owned) */

  /* result */
  gboolean is_mfa_needed;
} Job;

G_DEFINE_FINAL_TYPE (UcSignIn, uc_sign_in, G_TYPE_OBJECT)

static void pinged_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void config_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void logged_in_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void me_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->api);
  g_free (job);
}

static void
uc_sign_in_dispose (GObject *object)
{
  UcSignIn *self = UC_SIGN_IN (object);

  g_clear_object (&self->api);
  g_clear_pointer (&self->user, uc_user_unref);

  G_OBJECT_CLASS (uc_sign_in_parent_class)->dispose (object);
}

static void
uc_sign_in_finalize (GObject *object)
{
  UcSignIn *self = UC_SIGN_IN (object);

  g_free (self->site_name);

  G_OBJECT_CLASS (uc_sign_in_parent_class)->finalize (object);
}

static void
uc_sign_in_class_init (UcSignInClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = uc_sign_in_dispose;
  object_class->finalize = uc_sign_in_finalize;
}

static void
uc_sign_in_init (UcSignIn *self)
{
}

UcSignIn *
uc_sign_in_new (void)
{
  return g_object_new (UC_TYPE_SIGN_IN, NULL);
}

static GTask *
new_task (UcSignIn           *self,
          UcApi              *api,
          gpointer            tag,
          GCancellable       *cancellable,
          GAsyncReadyCallback callback,
          gpointer            user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Job   *job = g_new0 (Job, 1);

  g_task_set_source_tag (task, tag);
  job->api = g_object_ref (api);
  g_task_set_task_data (task, job, job_free);
  return task;
}

/**
 * uc_sign_in_check_server_async:
 * @self: a #UcSignIn
 * @typed: what a person typed
 * @cancellable: (nullable)
 * @callback: called on the main thread
 * @user_data: for @callback
 *
 * Looks whether a server that speaks this protocol answers there.
 */
void
uc_sign_in_check_server_async (UcSignIn           *self,
                               const char         *typed,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  GError          *error = NULL;
  g_autofree char *site = NULL;
  g_autoptr (UcApi) api = NULL;
  GTask *task;

  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_SIGN_IN (self) && typed != NULL);

  site = uc_api_check_site (typed, &error);
  if (site == NULL) {
    g_task_report_error (self, callback, user_data, uc_sign_in_check_server_async, error);
    return;
  }
  api = uc_api_new (site);
  task = new_task (self, api, uc_sign_in_check_server_async, cancellable, callback, user_data);
  uc_api_send_async (api, uc_request_ping (), cancellable, pinged_cb, task);
}

static void
pinged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UcApi  *api = UC_API (source);
  GError *error = NULL;

  (void) !uc_api_send_finish (api, result, &error);
  if (g_error_matches (error, UC_ERROR, UC_ERROR_NOT_FOUND)) {
    g_clear_error (&error);
    g_set_error_literal (&error, UC_ERROR, UC_ERROR_PROTOCOL,
                         _ ("Something answers there, but no chat server."));
  }
  if (error != NULL) {
    g_task_return_error (task, error);
    return;
  }
  uc_api_send_async (api, uc_request_config (), g_task_get_cancellable (task), config_cb,
                     g_object_ref (task));
}

static void
config_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UcSignIn *self = g_task_get_source_object (task);
  GError   *error = NULL;
  g_autoptr (UcServerConfig) config = uc_api_send_finish (UC_API (source), result, &error);

  if (config == NULL) {
    g_task_return_error (task, error);
    return;
  }
  g_set_object (&self->api, UC_API (source));
  g_set_str (&self->site_name, config->site_name);
  g_clear_pointer (&self->user, uc_user_unref);
  g_task_return_boolean (task, TRUE);
}

gboolean
uc_sign_in_check_server_finish (UcSignIn *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

const char *
uc_sign_in_get_site (UcSignIn *self)
{
  g_return_val_if_fail (UC_IS_SIGN_IN (self), NULL);

  return self->api != NULL ? uc_api_get_site (self->api) : NULL;
}

const char *
uc_sign_in_get_site_name (UcSignIn *self)
{
  g_return_val_if_fail (UC_IS_SIGN_IN (self), NULL);

  return self->site_name;
}

/**
 * uc_sign_in_with_password_async:
 * @self: a #UcSignIn that has checked its server
 * @login_id: user name or e-mail
 * @password: not kept
 * @mfa_code: "" until the server asks for one
 * @cancellable: (nullable)
 * @callback: called on the main thread
 * @user_data: for @callback
 */
void
uc_sign_in_with_password_async (UcSignIn           *self,
                                const char         *login_id,
                                const char         *password,
                                const char         *mfa_code,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  GTask *task;

  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_SIGN_IN (self) && self->api != NULL);
  g_return_if_fail (login_id != NULL && password != NULL);

  task =
      new_task (self, self->api, uc_sign_in_with_password_async, cancellable, callback, user_data);
  uc_api_login_async (self->api, login_id, password, mfa_code != NULL ? mfa_code : "", cancellable,
                      logged_in_cb, task);
}

static void
take_user (GTask *task, UcUser *user, GError *error)
{
  UcSignIn *self = g_task_get_source_object (task);

  if (user == NULL) {
    g_task_return_error (task, error);
    return;
  }
  g_clear_pointer (&self->user, uc_user_unref);
  self->user = user;
  g_task_return_boolean (task, TRUE);
}

static void
logged_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job    *job = g_task_get_task_data (task);
  GError *error = NULL;
  UcUser *user = uc_api_login_finish (UC_API (source), result, &job->is_mfa_needed, &error);

  take_user (task, user, error);
}

/**
 * uc_sign_in_with_token_async:
 * @self: a #UcSignIn that has checked its server
 * @token: a personal access token or one of a session
 * @cancellable: (nullable)
 * @callback: called on the main thread
 * @user_data: for @callback
 */
void
uc_sign_in_with_token_async (UcSignIn           *self,
                             const char         *token,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  GTask *task;

  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_SIGN_IN (self) && self->api != NULL);
  g_return_if_fail (token != NULL);

  task = new_task (self, self->api, uc_sign_in_with_token_async, cancellable, callback, user_data);
  uc_api_set_token (self->api, token);
  uc_api_send_async (self->api, uc_request_me (), cancellable, me_cb, task);
}

static void
me_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UcApi  *api = UC_API (source);
  GError *error = NULL;
  UcUser *user = uc_api_send_finish (api, result, &error);

  if (user == NULL)
    uc_api_set_token (api, NULL);
  take_user (task, user, error);
}

gboolean
uc_sign_in_finish (UcSignIn *self, GAsyncResult *result, gboolean *is_mfa_needed, GError **error)
{
  Job *job = g_task_get_task_data (G_TASK (result));

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (is_mfa_needed != NULL)
    *is_mfa_needed = job->is_mfa_needed;
  return g_task_propagate_boolean (G_TASK (result), error);
}

UcApi *
uc_sign_in_get_api (UcSignIn *self)
{
  g_return_val_if_fail (UC_IS_SIGN_IN (self), NULL);

  return self->api;
}

UcUser *
uc_sign_in_get_user (UcSignIn *self)
{
  g_return_val_if_fail (UC_IS_SIGN_IN (self), NULL);

  return self->user;
}
