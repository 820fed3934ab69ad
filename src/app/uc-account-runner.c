/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes, joins and takes apart the objects of one account. It decides nothing about
 * accounts: which one runs is the application's. */

#include "config.h"

#include "uc-account-runner-private.h"

#include "uc-account.h"
#include "uc-annotator.h"
#include "uc-directory.h"
#include "uc-error.h"
#include "uc-thread.h"

G_DEFINE_FINAL_TYPE (UcAccountRunner, uc_account_runner, G_TYPE_OBJECT)

/* -- Settings that reach into the account --------------------------------------------- */

static void
apply_overrides (UcAccountRunner *self)
{
  g_autoptr (GVariant) overrides = g_settings_get_value (self->settings, "flag-overrides");

  for (guint i = 0; i < UC_N_FLAGS; i++) {
    gboolean is_on;
    gboolean is_set = g_variant_lookup (overrides, uc_flag_get_name ((UcFlagId) i), "b", &is_on);

    uc_flags_set_override (self->flags, (UcFlagId) i, is_set ? is_on : -1);
  }
}

static void
apply_ai_mode (UcAccountRunner *self)
{
  uc_annotator_set_enabled (self->annotator, g_settings_get_boolean (self->settings, "ai-mode"));
}

static void
apply_cache_limit (UcAccountRunner *self)
{
  uc_session_set_cache_limit (
      self->session,
      (guint64) g_settings_get_uint (self->settings, "file-cache-megabytes") * 1000 * 1000);
}

/* -- Making ------------------------------------------------------------------------------ */

static gboolean
connect_cb (gpointer user_data)
{
  UcAccountRunner *self = user_data;

  self->connect_id = 0;
  uc_session_start (self->session);

  return G_SOURCE_REMOVE;
}

void
_uc_account_runner_start (UcAccountRunner *self, UcApi *api, const char *user_id)
{
  g_autoptr (UcDirectory) directory = NULL;
  g_autoptr (UcSidebar) sidebar = NULL;

  self->api = g_object_ref (api);
  self->flags = uc_flags_new ();
  apply_overrides (self);
  self->session =
      uc_session_new (self->store, self->api, self->secrets, self->flags, self->clock, user_id);
  directory = uc_directory_new (self->session);
  sidebar = uc_sidebar_new (self->session, directory);
  self->annotator = uc_annotator_new (self->store, self->flags, self->clock);
  apply_ai_mode (self);
  apply_cache_limit (self);
  self->account = uc_window_account_new (self->id, uc_api_get_site (self->api), self->clock,
                                         self->session, directory, sidebar);
  g_signal_connect_object (self->settings, "changed::flag-overrides", G_CALLBACK (apply_overrides),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::file-cache-megabytes",
                           G_CALLBACK (apply_cache_limit), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::ai-mode", G_CALLBACK (apply_ai_mode), self,
                           G_CONNECT_SWAPPED);
  /* What is stored is read and drawn first: keyring and network come when nothing else is
   * waiting. */
  self->connect_id = g_idle_add_full (G_PRIORITY_LOW, connect_cb, self, NULL);
}

void
_uc_account_runner_stop (UcAccountRunner *self)
{
  g_clear_handle_id (&self->connect_id, g_source_remove);
  g_signal_handlers_disconnect_by_data (self->settings, self);
  if (self->session != NULL)
    uc_session_stop (self->session);
  if (self->annotator != NULL)
    uc_annotator_set_enabled (self->annotator, FALSE);
  g_clear_object (&self->annotator);
  g_clear_object (&self->account);
  g_clear_object (&self->session);
  g_clear_object (&self->flags);
}

static void
uc_account_runner_dispose (GObject *object)
{
  UcAccountRunner *self = UC_ACCOUNT_RUNNER (object);

  _uc_account_runner_stop (self);
  g_clear_object (&self->api);
  g_clear_object (&self->store);
  g_clear_object (&self->secrets);
  g_clear_object (&self->settings);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (uc_account_runner_parent_class)->dispose (object);
}

static void
uc_account_runner_finalize (GObject *object)
{
  UcAccountRunner *self = UC_ACCOUNT_RUNNER (object);

  g_free (self->folder);
  g_free (self->id);

  G_OBJECT_CLASS (uc_account_runner_parent_class)->finalize (object);
}

static void
uc_account_runner_class_init (UcAccountRunnerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = uc_account_runner_dispose;
  object_class->finalize = uc_account_runner_finalize;
}

static void
uc_account_runner_init (UcAccountRunner *self)
{
}

/**
 * uc_account_runner_new:
 * @folder: the account's folder, which need not be there yet
 * @secrets: where its token is kept
 * @settings: the program's settings
 * @clock: the time
 *
 * Returns: (transfer full): a runner that runs nothing yet
 */
UcAccountRunner *
uc_account_runner_new (const char *folder, UcSecrets *secrets, GSettings *settings, UcClock *clock)
{
  UcAccountRunner *self;

  UC_ASSERT_MAIN_THREAD ();
  g_return_val_if_fail (folder != NULL, NULL);
  g_return_val_if_fail (UC_IS_SECRETS (secrets), NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);
  g_return_val_if_fail (UC_IS_CLOCK (clock), NULL);

  self = g_object_new (UC_TYPE_ACCOUNT_RUNNER, NULL);
  self->folder = g_strdup (folder);
  self->id = g_path_get_basename (folder);
  self->secrets = g_object_ref (secrets);
  self->settings = g_object_ref (settings);
  self->clock = g_object_ref (clock);

  return self;
}

/**
 * uc_account_runner_get_id:
 *
 * Returns: (transfer none): the name of the account's folder
 */
const char *
uc_account_runner_get_id (UcAccountRunner *self)
{
  g_return_val_if_fail (UC_IS_ACCOUNT_RUNNER (self), NULL);

  return self->id;
}

/**
 * uc_account_runner_get_account:
 *
 * Returns: (transfer none) (nullable): what a window can show of it
 */
UcWindowAccount *
uc_account_runner_get_account (UcAccountRunner *self)
{
  g_return_val_if_fail (UC_IS_ACCOUNT_RUNNER (self), NULL);

  return self->account;
}

/**
 * uc_account_runner_get_notice:
 *
 * Returns: (transfer none) (nullable): what a person should be told once about the
 *   opening of the store, as that it was damaged
 */
const char *
uc_account_runner_get_notice (UcAccountRunner *self)
{
  g_return_val_if_fail (UC_IS_ACCOUNT_RUNNER (self), NULL);

  return self->store != NULL ? uc_store_get_notice (self->store) : NULL;
}

/**
 * uc_account_runner_is_account_of:
 * @sign_in: a sign-in that succeeded
 *
 * Returns: whether @sign_in is of the user and server that run here
 */
gboolean
uc_account_runner_is_account_of (UcAccountRunner *self, UcSignIn *sign_in)
{
  g_return_val_if_fail (UC_IS_ACCOUNT_RUNNER (self), FALSE);
  g_return_val_if_fail (UC_IS_SIGN_IN (sign_in), FALSE);

  return self->session != NULL &&
         g_strcmp0 (uc_sign_in_get_user (sign_in)->id, uc_session_get_user_id (self->session)) ==
             0 &&
         g_strcmp0 (uc_sign_in_get_site (sign_in), uc_api_get_site (self->api)) == 0;
}

/* -- Opening ------------------------------------------------------------------------------- */

static void
account_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UcAccountRunner *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (UcAccount) account = uc_account_load_finish (UC_STORE (source), result, &error);
  g_autoptr (UcApi) api = NULL;

  if (error != NULL) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  if (account == NULL) {
    g_task_return_new_error (task, UC_ERROR, UC_ERROR_NOT_FOUND, "no account in %s", self->id);
    return;
  }

  api = uc_api_new (account->site);
  _uc_account_runner_start (self, api, account->user_id);
  g_task_return_boolean (task, TRUE);
}

static void
store_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UcAccountRunner *self = g_task_get_source_object (task);
  GCancellable    *cancellable = g_task_get_cancellable (task);
  g_autoptr (GError) error = NULL;

  if (!uc_store_open_finish (UC_STORE (source), result, &error)) {
    g_clear_object (&self->store);
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  uc_account_load_async (self->store, cancellable, account_loaded_cb, g_steal_pointer (&task));
}

void
_uc_account_runner_open_store (UcAccountRunner    *self,
                               UcStoreProgress     progress,
                               gpointer            progress_data,
                               GAsyncReadyCallback callback,
                               GTask              *task)
{
  g_autofree char *path = g_build_filename (self->folder, "store.db", NULL);

  self->store = uc_store_new (path, self->clock);
  uc_store_open_async (self->store, progress, progress_data, g_task_get_cancellable (task),
                       callback, task);
}

/**
 * uc_account_runner_open_async:
 * @progress: (nullable): called while the store is being upgraded
 *
 * Opens the store and starts the account in it.
 */
void
uc_account_runner_open_async (UcAccountRunner    *self,
                              UcStoreProgress     progress,
                              gpointer            progress_data,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_ACCOUNT_RUNNER (self));
  g_return_if_fail (self->store == NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, uc_account_runner_open_async);
  _uc_account_runner_open_store (self, progress, progress_data, store_opened_cb,
                                 g_steal_pointer (&task));
}

/**
 * uc_account_runner_open_finish:
 *
 * Returns: whether the account runs
 */
gboolean
uc_account_runner_open_finish (UcAccountRunner *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* -- Closing ------------------------------------------------------------------------------------
 */

static void
store_closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UcAccountRunner *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  gboolean is_closed = uc_store_close_finish (UC_STORE (source), result, &error);

  g_clear_object (&self->store);
  if (is_closed)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * uc_account_runner_close_async:
 *
 * Stops the account and closes its store.
 */
void
uc_account_runner_close_async (UcAccountRunner    *self,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_ACCOUNT_RUNNER (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, uc_account_runner_close_async);
  _uc_account_runner_stop (self);
  g_clear_object (&self->api);
  if (self->store == NULL)
    g_task_return_boolean (task, TRUE);
  else
    uc_store_close_async (self->store, store_closed_cb, g_steal_pointer (&task));
}

/**
 * uc_account_runner_close_finish:
 *
 * Returns: whether all is closed
 */
gboolean
uc_account_runner_close_finish (UcAccountRunner *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
