/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ways in which an account comes and goes. */

#include "config.h"

#include "uc-accounts-private.h"

#include "uc-account-folder.h"
#include "uc-error.h"

#include "uc-thread.h"
#include "uc-user.h"

#include <glib/gi18n.h>

/* -- Entries --------------------------------------------------------------------------- */

void
_uc_account_entry_free (gpointer data)
{
  UcAccountEntry *entry = data;

  g_clear_object (&entry->notifier);
  g_clear_object (&entry->runner);
  g_free (entry);
}

/* The program goes on, and this object stays, until the account's store is closed. */
static UcAccountEntry *
add_entry (UcAccounts *self, const char *folder, UcSecrets *secrets)
{
  UcAccountEntry *entry = g_new0 (UcAccountEntry, 1);

  entry->self = self;
  entry->runner = uc_account_runner_new (folder, secrets, self->settings, self->clock);
  entry->phase = UC_PHASE_OPENING;
  g_hash_table_insert (self->entries, g_strdup (uc_account_runner_get_id (entry->runner)), entry);
  g_application_hold (self->application);
  g_object_ref (self);

  return entry;
}

static void
remove_entry (UcAccountEntry *entry)
{
  g_autoptr (UcAccounts) self = entry->self;

  g_hash_table_remove (self->entries, uc_account_runner_get_id (entry->runner));
  g_application_release (self->application);
}

static void
run (UcAccountEntry *entry)
{
  UcAccounts      *self = entry->self;
  UcWindowAccount *account = uc_account_runner_get_account (entry->runner);

  entry->phase = UC_PHASE_RUNNING;
  entry->notifier = uc_notifier_new (self->application, self->settings, account);
  g_list_store_append (self->running, account);
}

/* Whoever shows the account lets go of it when it leaves the list. */
static void
stop_running (UcAccountEntry *entry)
{
  UcAccounts *self = entry->self;
  guint       position;

  if (entry->phase != UC_PHASE_RUNNING)
    return;
  entry->phase = UC_PHASE_CLOSING;
  g_clear_object (&entry->notifier);
  if (g_list_store_find (self->running, uc_account_runner_get_account (entry->runner), &position))
    g_list_store_remove (self->running, position);
}

/* -- Closing ------------------------------------------------------------------------------ */

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  UcAccountRunner *runner = UC_ACCOUNT_RUNNER (source);
  UcAccountEntry  *entry = user_data;
  g_autoptr (UcAccounts) self = g_object_ref (entry->self);
  g_autofree char *id = g_strdup (uc_account_runner_get_id (runner));
  g_autoptr (GError) error = NULL;
  gboolean is_wanted = entry->phase == UC_PHASE_REOPENING;

  if (!uc_account_runner_close_finish (runner, result, &error))
    g_warning ("Closing the account: %s", error->message);
  remove_entry (entry);
  if (is_wanted)
    uc_accounts_open (self, id);
}

static void
close_entry (UcAccountEntry *entry)
{
  stop_running (entry);
  entry->phase = UC_PHASE_CLOSING;
  uc_account_runner_close_async (entry->runner, closed_cb, entry);
}

/* -- Opening -------------------------------------------------------------------------------- */

static void
progress_cb (const char *step, double fraction, gpointer user_data)
{
  UcAccountEntry *entry = user_data;

  g_signal_emit_by_name (entry->self, "progress", uc_account_runner_get_id (entry->runner), step,
                         fraction);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  UcAccountRunner *runner = UC_ACCOUNT_RUNNER (source);
  UcAccountEntry  *entry = user_data;
  g_autoptr (UcAccounts) self = g_object_ref (entry->self);
  g_autofree char *id = g_strdup (uc_account_runner_get_id (runner));
  g_autoptr (GError) error = NULL;
  gboolean is_open = uc_account_runner_open_finish (runner, result, &error);

  /* Given up meanwhile: the store may be open all the same. */
  if (!is_open || entry->phase != UC_PHASE_OPENING) {
    gboolean is_wanted = entry->phase == UC_PHASE_REOPENING;

    close_entry (entry);
    if (is_wanted)
      uc_accounts_open (self, id);
    else if (!is_open && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      g_signal_emit_by_name (self, "failed", id, error);
    return;
  }
  run (entry);
  g_signal_emit_by_name (self, "opened", id);
}

static void
adopted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  UcAccountRunner *runner = UC_ACCOUNT_RUNNER (source);
  UcAccountEntry  *entry = user_data;
  g_autoptr (UcAccounts) self = g_object_ref (entry->self);
  g_autofree char *warning = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_adopted = uc_account_runner_adopt_finish (runner, result, &warning, &error);

  if (entry->phase == UC_PHASE_OPENING && is_adopted)
    run (entry);
  else if (entry->phase != UC_PHASE_RUNNING)
    close_entry (entry);

  if (!is_adopted)
    g_signal_emit_by_name (self, "refused", uc_account_runner_get_id (runner), error);
  else if (entry->phase == UC_PHASE_RUNNING)
    g_signal_emit_by_name (self, "adopted", uc_account_runner_get_id (runner), warning);
}

/* -- Signing out ------------------------------------------------------------------------------ */

static void
signed_out_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  UcAccountRunner *runner = UC_ACCOUNT_RUNNER (source);
  UcAccountEntry  *entry = user_data;
  g_autoptr (UcAccounts) self = g_object_ref (entry->self);
  g_autofree char *id = g_strdup (uc_account_runner_get_id (runner));
  g_autoptr (GError) error = NULL;

  if (!uc_account_runner_sign_out_finish (runner, result, &error))
    g_message ("Signing out: %s", error->message);
  remove_entry (entry);
  g_signal_emit_by_name (self, "signed-out", id, error);
}

/**
 * uc_accounts_open:
 * @id: the name of an account's folder
 *
 * Begins to open it; ::opened or ::failed tells the end.
 */
void
uc_accounts_open (UcAccounts *self, const char *id)
{
  g_autofree char *folder = NULL;
  UcAccountEntry  *entry;

  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_ACCOUNTS (self));
  g_return_if_fail (id != NULL);

  entry = g_hash_table_lookup (self->entries, id);
  if (entry != NULL) {
    if (entry->phase == UC_PHASE_CLOSING)
      entry->phase = UC_PHASE_REOPENING;
    return;
  }
  folder = g_build_filename (self->root, id, NULL);
  entry = add_entry (self, folder, self->secrets);
  uc_account_runner_open_async (entry->runner, progress_cb, entry, self->cancellable, opened_cb,
                                entry);
}

/**
 * uc_accounts_open_all:
 *
 * Begins to open every account on this computer.
 */
void
uc_accounts_open_all (UcAccounts *self)
{
  g_auto (GStrv) ids = NULL;

  g_return_if_fail (UC_IS_ACCOUNTS (self));

  ids = uc_account_folder_list (self->root);
  for (guint i = 0; ids[i] != NULL; i++)
    uc_accounts_open (self, ids[i]);
}

static UcAccountEntry *
find_account_of (UcAccounts *self, UcSignIn *sign_in)
{
  GHashTableIter iter;
  gpointer       value;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    UcAccountEntry *entry = value;

    if (entry->phase == UC_PHASE_RUNNING &&
        uc_account_runner_is_account_of (entry->runner, sign_in))
      return entry;
  }

  return NULL;
}

static char *
dup_folder_of (UcAccounts *self, UcSignIn *sign_in)
{
  g_autofree char *id =
      uc_account_folder_dup_id (uc_sign_in_get_site (sign_in), uc_sign_in_get_user (sign_in)->id);

  return g_build_filename (self->root, id, NULL);
}

/**
 * uc_accounts_adopt:
 * @sign_in: a sign-in that succeeded
 * @folder: (nullable): where the account is made, when not below the root
 * @secrets: (nullable): where its token is kept, when not where the others are
 *
 * Makes the account of @sign_in and runs it, or gives the one that runs a new token;
 * ::adopted or ::refused tells the end.
 */
void
uc_accounts_adopt (UcAccounts *self, UcSignIn *sign_in, const char *folder, UcSecrets *secrets)
{
  g_autofree char *own_folder = NULL;
  g_autofree char *id = NULL;
  UcAccountEntry  *entry;

  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_ACCOUNTS (self));
  g_return_if_fail (UC_IS_SIGN_IN (sign_in));

  entry = find_account_of (self, sign_in);
  if (entry == NULL) {
    own_folder = folder != NULL ? g_strdup (folder) : dup_folder_of (self, sign_in);
    id = g_path_get_basename (own_folder);
    if (g_hash_table_contains (self->entries, id)) {
      g_autoptr (GError) error =
          g_error_new_literal (UC_ERROR, UC_ERROR_CONFLICT,
                               _ ("This account is just being opened. Try again in a moment."));

      g_signal_emit_by_name (self, "refused", id, error);
      return;
    }
    entry = add_entry (self, own_folder, secrets != NULL ? secrets : self->secrets);
  }
  uc_account_runner_adopt_async (entry->runner, sign_in, progress_cb, entry, self->cancellable,
                                 adopted_cb, entry);
}

/**
 * uc_accounts_sign_out:
 * @id: the name of the folder of an account that runs
 *
 * Ends the account here and at its server; ::signed-out tells the end.
 */
void
uc_accounts_sign_out (UcAccounts *self, const char *id)
{
  UcAccountEntry *entry;

  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_ACCOUNTS (self));

  entry = g_hash_table_lookup (self->entries, id);
  if (entry == NULL || entry->phase != UC_PHASE_RUNNING)
    return;
  stop_running (entry);
  uc_account_runner_sign_out_async (entry->runner, signed_out_cb, entry);
}

/**
 * uc_accounts_close_all:
 *
 * Closes every account, and gives up those that are being opened.
 */
void
uc_accounts_close_all (UcAccounts *self)
{
  g_autoptr (GPtrArray) entries = NULL;

  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_ACCOUNTS (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  entries = g_hash_table_get_values_as_ptr_array (self->entries);
  for (guint i = 0; i < entries->len; i++) {
    UcAccountEntry *entry = g_ptr_array_index (entries, i);

    if (entry->phase == UC_PHASE_RUNNING)
      close_entry (entry);
    else
      entry->phase = UC_PHASE_CLOSING; /* whoever is at work on it closes it at the end */
  }
}
