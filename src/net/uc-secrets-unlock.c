/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A person opens the keyring. Unlike the other calls this one takes as long as the
 * person does. */

#include "config.h"

#include "uc-secrets-private.h"

static void
unlocked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  (void) !_uc_keyring_finish (result, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * uc_secrets_unlock_async:
 * @self: the secrets
 * @cancellable: (nullable)
 * @callback: called on the main thread
 * @user_data: for @callback
 *
 * The desktop asks for the password of the keyring: there is no time limit. A file is
 * never locked. Errors: DISABLED.
 */
void
uc_secrets_unlock_async (UcSecrets          *self,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (UC_IS_SECRETS (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, uc_secrets_unlock_async);
  if (_uc_secrets_is_file (self))
    g_task_return_boolean (task, TRUE);
  else
    _uc_keyring_unlock_async (cancellable, unlocked_cb, g_steal_pointer (&task));
}

/**
 * uc_secrets_unlock_finish:
 * @self: the secrets
 * @result: of the callback
 * @error: see uc_secrets_unlock_async()
 *
 * Returns: whether it is open
 */
gboolean
uc_secrets_unlock_finish (UcSecrets *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
