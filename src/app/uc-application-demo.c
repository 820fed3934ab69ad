/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo organisation: an account like the others, but for its folder and its keys,
 * which go with the server that it starts. */

#include "config.h"

#include "uc-application-private.h"

#include <glib/gi18n.h>

gboolean
_uc_application_is_demo (UcApplication *self, const char *id)
{
  g_autofree char *demo_id = NULL;

  if (self->demo == NULL || uc_demo_runner_get_folder (self->demo) == NULL)
    return FALSE;
  demo_id = g_path_get_basename (uc_demo_runner_get_folder (self->demo));

  return g_str_equal (demo_id, id);
}

void
_uc_application_fail_demo (UcApplication *self, const GError *error)
{
  g_clear_object (&self->demo);
  if (self->window == NULL)
    return;
  uc_main_window_show_welcome (self->window);
  uc_main_window_toast (self->window, error->message);
}

static void
started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcApplication) self = user_data;
  UcDemoRunner *demo = UC_DEMO_RUNNER (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (UcSignIn) sign_in = uc_demo_runner_start_finish (demo, result, &error);

  if (self->window != NULL && sign_in != NULL) {
    const char      *folder = uc_demo_runner_get_folder (demo);
    g_autofree char *token_path = g_build_filename (folder, "token", NULL);
    /* What opens a demo that dies with the program needs no keyring. */
    g_autoptr (UcSecrets) secrets = uc_secrets_new_file (token_path);

    uc_accounts_adopt (self->accounts, sign_in, folder, secrets);
  } else if (self->window != NULL) {
    _uc_application_fail_demo (self, error);
  }
  g_application_release (G_APPLICATION (self));
}

void
_uc_application_start_demo (UcApplication *self)
{
  g_autofree char *server = uc_demo_runner_find_server ();

  if (server == NULL) {
    uc_main_window_show_welcome (self->window);
    uc_main_window_toast (self->window, _ ("The demo is not installed."));
    return;
  }
  g_clear_object (&self->demo);
  self->demo = uc_demo_runner_new (server);
  g_application_hold (G_APPLICATION (self));
  uc_main_window_show_progress (self->window, _ ("Starting the demo organisation…"), -1);
  uc_demo_runner_start_async (self->demo, self->cancellable, started_cb, g_object_ref (self));
}
