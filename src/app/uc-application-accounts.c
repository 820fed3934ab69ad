/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Accounts from the program's side: which one the window shows, and what becomes of it
 * when one comes or goes. */

#include "config.h"

#include "uc-application-private.h"

#include "uc-account-fault.h"
#include "uc-account-folder.h"
#include "uc-error.h"

#include "uc-user.h"

#include <glib/gi18n.h>

static gboolean
is_shown (UcApplication *self, const char *id)
{
  return self->window != NULL && g_str_equal (id, self->shown_id);
}

/* -- Showing ------------------------------------------------------------------------------ */

void
_uc_application_update_watched (UcApplication *self)
{
  UcWindowAccount *account =
      self->window != NULL ? uc_main_window_get_account (self->window) : NULL;

  if (account != NULL)
    uc_accounts_set_watched (self->accounts, uc_window_account_get_id (account),
                             uc_main_window_get_watched (self->window));
  else
    uc_accounts_set_watched (self->accounts, "", "");
}

void
_uc_application_update_activity (UcApplication *self)
{
  GListModel *running;
  gboolean    is_locked = FALSE;
  UcActivity  activity;

  /* A window that goes at the very end still says so. */
  if (self->accounts == NULL)
    return;
  running = uc_accounts_get_running (self->accounts);
  g_object_get (self, "screensaver-active", &is_locked, NULL);
  activity = is_locked ? UC_ACTIVITY_GONE
             : self->window != NULL && gtk_window_is_active (GTK_WINDOW (self->window))
                 ? UC_ACTIVITY_HERE
                 : UC_ACTIVITY_ELSEWHERE;
  for (guint i = 0; i < g_list_model_get_n_items (running); i++) {
    g_autoptr (UcWindowAccount) account = g_list_model_get_item (running, i);

    uc_session_set_activity (uc_window_account_get_session (account), activity);
  }
}

static void
show_running (UcApplication *self, UcAccountRunner *runner)
{
  const char *id = uc_account_runner_get_id (runner);

  if (!_uc_application_is_demo (self, id))
    g_settings_set_string (self->settings, "last-account", id);
  uc_main_window_show_account (self->window, uc_account_runner_get_account (runner));
  _uc_application_grant_wishes (self, id);
  _uc_application_update_watched (self);
}

void
_uc_application_show_account (UcApplication *self, const char *id)
{
  UcAccountRunner *runner = uc_accounts_find (self->accounts, id);

  self->exit_status = 0;
  g_set_str (&self->shown_id, id);
  if (runner != NULL) {
    show_running (self, runner);
    return;
  }
  uc_main_window_show_progress (self->window, _ ("Opening your messages…"), -1);
  uc_accounts_open (self->accounts, id);
}

/* (transfer full) (nullable): the id of the account to begin with. */
static char *
dup_first (UcApplication *self)
{
  GListModel *running = uc_accounts_get_running (self->accounts);
  g_auto (GStrv) ids = uc_account_folder_list (self->root);
  g_autofree char *last = g_settings_get_string (self->settings, "last-account");
  g_autoptr (UcWindowAccount) first = g_list_model_get_item (running, 0);

  if (g_strv_contains ((const char *const *) ids, last))
    return g_steal_pointer (&last);
  if (first != NULL)
    return g_strdup (uc_window_account_get_id (first));

  return g_strdup (ids[0]);
}

void
_uc_application_open_first (UcApplication *self)
{
  g_autofree char *id = dup_first (self);

  if (id != NULL)
    uc_accounts_open (self->accounts, id);
}

void
_uc_application_begin (UcApplication *self)
{
  g_autofree char *id = dup_first (self);

  if (id != NULL)
    _uc_application_show_account (self, id);
  else
    uc_main_window_show_welcome (self->window);
}

void
_uc_application_try_again (UcApplication *self)
{
  g_autofree char *id = g_strdup (self->shown_id);

  if (*id != '\0')
    _uc_application_show_account (self, id);
  else
    _uc_application_begin (self);
}

static void
show_fault (UcApplication *self, const GError *error)
{
  const char      *title;
  g_autofree char *text = NULL;

  uc_account_fault_describe (error, &title, &text);
  if (g_error_matches (error, UC_ERROR, UC_ERROR_CONFLICT))
    self->exit_status = 3;
  uc_main_window_show_fault (self->window, title, text);
}

/* -- From the accounts ----------------------------------------------------------------------- */

static void
progress_cb (UcApplication *self, const char *id, const char *step, double fraction)
{
  if (!is_shown (self, id))
    return;
  if (fraction < 1)
    uc_main_window_show_upgrade (self->window, step, fraction);
  else
    uc_main_window_show_progress (self->window, _ ("Opening your messages…"), -1);
}

static void
tell_notice (UcApplication *self, UcAccountRunner *runner)
{
  if (self->window != NULL && uc_account_runner_get_notice (runner) != NULL)
    uc_main_window_toast (self->window, uc_account_runner_get_notice (runner));
}

/* The one that is wanted on screen comes first; the others then need not hurry. */
static void
opened_cb (UcApplication *self, const char *id)
{
  UcAccountRunner *runner = uc_accounts_find (self->accounts, id);

  if (is_shown (self, id)) {
    show_running (self, runner);
    _uc_application_present_late (self);
    uc_accounts_open_all (self->accounts);
  } else
    _uc_application_grant_wishes (self, id);
  tell_notice (self, runner);
}

static void
failed_cb (UcApplication *self, const char *id, const GError *error)
{
  g_message ("Opening the account: %s", error->message);
  _uc_application_drop_wishes (self, id);
  if (self->window == NULL)
    return;
  if (!is_shown (self, id))
    uc_main_window_toast (self->window, _ ("Another account could not be opened."));
  else if (g_error_matches (error, UC_ERROR, UC_ERROR_NOT_FOUND))
    uc_main_window_show_welcome (self->window);
  else
    show_fault (self, error);
  _uc_application_present_late (self);
}

static void
adopted_cb (UcApplication *self, const char *id, const char *warning)
{
  if (self->window == NULL)
    return;
  _uc_application_show_account (self, id);
  tell_notice (self, uc_accounts_find (self->accounts, id));
  if (warning != NULL)
    uc_main_window_toast (self->window, warning);
}

static void
refused_cb (UcApplication *self, const char *id, const GError *error)
{
  if (_uc_application_is_demo (self, id))
    _uc_application_fail_demo (self, error);
  else if (self->window != NULL)
    uc_main_window_fail_sign_in (self->window, error);
}

static void
signed_out_cb (UcApplication *self, const char *id, const GError *error)
{
  if (_uc_application_is_demo (self, id))
    g_clear_object (&self->demo);
  if (is_shown (self, id)) {
    g_set_str (&self->shown_id, "");
    _uc_application_begin (self);
  }
  if (self->window != NULL && error != NULL)
    uc_main_window_toast (self->window, error->message);
}

/* Nobody may use an account that does not run any more. */
static void
running_changed_cb (UcApplication *self, guint position, guint n_removed, guint n_added)
{
  UcWindowAccount *account =
      self->window != NULL ? uc_main_window_get_account (self->window) : NULL;

  if (n_removed > 0 && account != NULL &&
      uc_accounts_find (self->accounts, uc_window_account_get_id (account)) == NULL)
    uc_main_window_forget_account (self->window);
  _uc_application_update_activity (self);
}

void
_uc_application_follow_accounts (UcApplication *self)
{
  UcAccounts *accounts = self->accounts;

  g_signal_connect_object (accounts, "progress", G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (accounts, "opened", G_CALLBACK (opened_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (accounts, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (accounts, "adopted", G_CALLBACK (adopted_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (accounts, "refused", G_CALLBACK (refused_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (accounts, "signed-out", G_CALLBACK (signed_out_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (uc_accounts_get_running (accounts), "items-changed",
                           G_CALLBACK (running_changed_cb), self, G_CONNECT_SWAPPED);
}

/* -- Signing in and out ------------------------------------------------------------------------ */

/* A new account has nothing to be prepared: the sign-in page stays while it is made. */
void
_uc_application_take_sign_in (UcApplication *self, UcSignIn *sign_in)
{
  uc_accounts_adopt (self->accounts, sign_in, NULL, NULL);
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

void
_uc_application_sign_out (UcApplication *self)
{
  UcWindowAccount *account = uc_main_window_get_account (self->window);
  g_autofree char *id = NULL;

  if (account == NULL)
    return;
  id = g_strdup (uc_window_account_get_id (account));
  uc_main_window_show_progress (self->window, _ ("Signing out…"), -1);
  uc_accounts_sign_out (self->accounts, id);
}
