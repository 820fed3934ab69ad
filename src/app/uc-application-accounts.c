/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Accounts from the program's side: which one runs, how one comes and goes. While one
 * runs the application is held, so that its store is closed before the program ends. */

#include "config.h"

#include "uc-application-private.h"

#include "uc-account-fault.h"
#include "uc-account-folder.h"
#include "uc-error.h"

#include "uc-user.h"

#include <glib/gi18n.h>

/* Every callback: the window may have been closed meanwhile. */
static gboolean
is_over (UcApplication *self)
{
  return self->is_closing || self->window == NULL;
}

static void
progress_cb (const char *step_name, double fraction, gpointer user_data)
{
  UcApplication *self = user_data;

  if (is_over (self))
    return;
  if (fraction < 1)
    uc_main_window_show_progress (self->window, _ ("Preparing your messages for this version…"),
                                  fraction);
  else
    uc_main_window_show_progress (self->window, _ ("Opening your messages…"), -1);
}

static void
forget_runner (UcApplication *self)
{
  if (self->window != NULL)
    uc_main_window_forget_account (self->window);
  g_clear_object (&self->notifier);
  if (self->runner != NULL) {
    g_clear_object (&self->runner);
    g_application_release (G_APPLICATION (self));
  }
}

static void
take_runner (UcApplication *self, UcAccountRunner *runner)
{
  UcWindowAccount *account = uc_account_runner_get_account (runner);

  g_application_hold (G_APPLICATION (self));
  self->runner = g_object_ref (runner);
  self->notifier = uc_notifier_new (G_APPLICATION (self), self->settings, account);
  if (self->demo == NULL)
    g_settings_set_string (self->settings, "last-account", uc_account_runner_get_id (runner));
  uc_main_window_show_account (self->window, account);
  if (uc_account_runner_get_notice (runner) != NULL)
    uc_main_window_toast (self->window, uc_account_runner_get_notice (runner));
}

static void
show_fault (UcApplication *self, const GError *error)
{
  const char      *title;
  g_autofree char *text = NULL;
  gboolean         can_try_again;

  g_message ("Opening the account: %s", error->message);
  uc_account_fault_describe (error, &title, &text, &can_try_again);
  if (g_error_matches (error, UC_ERROR, UC_ERROR_CONFLICT))
    self->exit_status = 3;
  uc_main_window_show_fault (self->window, title, text, can_try_again);
}

/* -- Closing ------------------------------------------------------------------------------- */

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcApplication) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!uc_account_runner_close_finish (UC_ACCOUNT_RUNNER (source), result, &error))
    g_warning ("Closing the account: %s", error->message);
  g_application_release (G_APPLICATION (self));
}

/* Closes @runner behind the scenes. */
static void
close_runner (UcApplication *self, UcAccountRunner *runner)
{
  g_application_hold (G_APPLICATION (self));
  uc_account_runner_close_async (runner, closed_cb, g_object_ref (self));
}

static void
close_shown (UcApplication *self)
{
  g_autoptr (UcAccountRunner) runner = NULL;

  if (g_set_object (&runner, self->runner))
    close_runner (self, runner);
  forget_runner (self);
}

void
_uc_application_close (UcApplication *self)
{
  self->is_closing = TRUE;
  g_cancellable_cancel (self->cancellable);
  close_shown (self);
}

/* -- Opening what is there ------------------------------------------------------------------- */

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcApplication) self = user_data;
  UcAccountRunner *runner = UC_ACCOUNT_RUNNER (source);
  g_autoptr (GError) error = NULL;
  gboolean is_open = uc_account_runner_open_finish (runner, result, &error);

  if (is_over (self) || !is_open)
    close_runner (self, runner);
  if (!is_over (self)) {
    if (is_open)
      take_runner (self, runner);
    else if (g_error_matches (error, UC_ERROR, UC_ERROR_NOT_FOUND))
      uc_main_window_show_welcome (self->window);
    else
      show_fault (self, error);
  }
  g_application_release (G_APPLICATION (self));
}

void
_uc_application_open_account (UcApplication *self, const char *id)
{
  g_autofree char *folder = g_build_filename (self->root, id, NULL);
  g_autoptr (UcAccountRunner) runner =
      uc_account_runner_new (folder, self->secrets, self->settings, self->clock);

  g_set_str (&self->wanted_account, id);
  g_application_hold (G_APPLICATION (self));
  uc_main_window_show_progress (self->window, _ ("Opening your messages…"), -1);
  uc_account_runner_open_async (runner, progress_cb, self, self->cancellable, opened_cb,
                                g_object_ref (self));
}

void
_uc_application_begin (UcApplication *self)
{
  g_auto (GStrv) ids = uc_account_folder_list (self->root);
  g_autofree char *last = g_settings_get_string (self->settings, "last-account");

  if (g_strv_length (ids) == 0)
    uc_main_window_show_welcome (self->window);
  else if (g_strv_contains ((const char *const *) ids, last))
    _uc_application_open_account (self, last);
  else
    _uc_application_open_account (self, ids[0]);
}

void
_uc_application_try_again (UcApplication *self)
{
  self->exit_status = 0;
  if (self->wanted_account != NULL) {
    g_autofree char *id = g_strdup (self->wanted_account);

    _uc_application_open_account (self, id);
  } else
    _uc_application_begin (self);
}

/* -- Taking a sign-in over --------------------------------------------------------------------- */

static void
adopted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcApplication) self = user_data;
  UcAccountRunner *runner = UC_ACCOUNT_RUNNER (source);
  g_autoptr (GError) error = NULL;
  g_autofree char *warning = NULL;
  gboolean         is_shown = runner == self->runner;
  gboolean         is_adopted = uc_account_runner_adopt_finish (runner, result, &warning, &error);

  if (!is_shown && (is_over (self) || !is_adopted))
    close_runner (self, runner);
  if (!is_over (self)) {
    if (!is_adopted)
      uc_main_window_fail_sign_in (self->window, error);
    else if (is_shown)
      uc_main_window_show_account (self->window, uc_account_runner_get_account (runner));
    else {
      close_shown (self);
      take_runner (self, runner);
    }
    if (warning != NULL)
      uc_main_window_toast (self->window, warning);
  }
  g_application_release (G_APPLICATION (self));
}

void
_uc_application_take_sign_in (UcApplication *self, UcSignIn *sign_in)
{
  g_autoptr (UcAccountRunner) runner = NULL;

  if (self->runner != NULL && uc_account_runner_is_account_of (self->runner, sign_in))
    runner = g_object_ref (self->runner);
  else {
    g_autofree char *id =
        uc_account_folder_dup_id (uc_sign_in_get_site (sign_in), uc_sign_in_get_user (sign_in)->id);
    g_autofree char *folder = g_build_filename (self->root, id, NULL);

    runner = uc_account_runner_new (folder, self->secrets, self->settings, self->clock);
  }
  g_application_hold (G_APPLICATION (self));
  /* A new account has nothing to be prepared: the sign-in page stays while it is made. */
  uc_account_runner_adopt_async (runner, sign_in, NULL, NULL, self->cancellable, adopted_cb,
                                 g_object_ref (self));
}

void
_uc_application_sign_in_again (UcApplication *self)
{
  UcWindowAccount *account = uc_main_window_get_account (self->window);
  const UcUser    *me = account != NULL ? uc_window_account_get_me (account) : NULL;

  if (account != NULL)
    uc_main_window_show_sign_in (self->window, uc_window_account_get_site (account),
                                 me != NULL ? me->username : NULL);
}

/* -- The demo -------------------------------------------------------------------------------------
 */

static void
fail_demo (UcApplication *self, const GError *error)
{
  g_clear_object (&self->demo);
  uc_main_window_show_welcome (self->window);
  uc_main_window_toast (self->window, error->message);
}

static void
demo_adopted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcApplication) self = user_data;
  UcAccountRunner *runner = UC_ACCOUNT_RUNNER (source);
  g_autoptr (GError) error = NULL;
  gboolean is_adopted = uc_account_runner_adopt_finish (runner, result, NULL, &error);

  if (is_over (self) || !is_adopted)
    close_runner (self, runner);
  if (!is_over (self)) {
    if (is_adopted)
      take_runner (self, runner);
    else
      fail_demo (self, error);
  }
  g_application_release (G_APPLICATION (self));
}

static void
demo_started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcApplication) self = user_data;
  UcDemoRunner *demo = UC_DEMO_RUNNER (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (UcSignIn) sign_in = uc_demo_runner_start_finish (demo, result, &error);

  if (!is_over (self) && sign_in != NULL) {
    g_autofree char *token_path =
        g_build_filename (uc_demo_runner_get_folder (demo), "token", NULL);
    /* What opens a demo that dies with the program needs no keyring. */
    g_autoptr (UcSecrets) secrets = uc_secrets_new_file (token_path);
    g_autoptr (UcAccountRunner) runner = uc_account_runner_new (
        uc_demo_runner_get_folder (demo), secrets, self->settings, self->clock);

    g_application_hold (G_APPLICATION (self));
    uc_account_runner_adopt_async (runner, sign_in, NULL, NULL, self->cancellable, demo_adopted_cb,
                                   g_object_ref (self));
  } else if (!is_over (self)) {
    fail_demo (self, error);
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
  close_shown (self);
  g_clear_object (&self->demo);
  self->demo = uc_demo_runner_new (server);
  g_application_hold (G_APPLICATION (self));
  uc_main_window_show_progress (self->window, _ ("Starting the demo organisation…"), -1);
  uc_demo_runner_start_async (self->demo, self->cancellable, demo_started_cb, g_object_ref (self));
}

/* -- Signing out
 * ------------------------------------------------------------------------------------ */

static void
signed_out_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcApplication) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_done = uc_account_runner_sign_out_finish (UC_ACCOUNT_RUNNER (source), result, &error);

  g_clear_object (&self->demo);
  if (!is_over (self)) {
    g_clear_pointer (&self->wanted_account, g_free);
    _uc_application_begin (self);
    if (!is_done)
      uc_main_window_toast (self->window, error->message);
  } else if (!is_done)
    g_warning ("Signing out: %s", error->message);
  g_application_release (G_APPLICATION (self));
}

void
_uc_application_sign_out (UcApplication *self)
{
  g_autoptr (UcAccountRunner) runner = NULL;

  if (!g_set_object (&runner, self->runner))
    return;
  g_application_hold (G_APPLICATION (self));
  forget_runner (self);
  uc_main_window_show_progress (self->window, _ ("Signing out…"), -1);
  uc_account_runner_sign_out_async (runner, signed_out_cb, g_object_ref (self));
}
