/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every account that is open here. How one comes and goes stands in uc-accounts-open.c. */

#include "config.h"

#include "uc-accounts-private.h"

#include "uc-thread.h"

G_DEFINE_FINAL_TYPE (UcAccounts, uc_accounts, G_TYPE_OBJECT)

/* -- The class ----------------------------------------------------------------------------------
 */

static void
uc_accounts_dispose (GObject *object)
{
  UcAccounts *self = UC_ACCOUNTS (object);

  g_cancellable_cancel (self->cancellable);
  g_hash_table_remove_all (self->entries);
  g_list_store_remove_all (self->running);
  g_clear_object (&self->secrets);
  g_clear_object (&self->settings);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (uc_accounts_parent_class)->dispose (object);
}

static void
uc_accounts_finalize (GObject *object)
{
  UcAccounts *self = UC_ACCOUNTS (object);

  g_object_unref (self->cancellable);
  g_object_unref (self->running);
  g_hash_table_unref (self->entries);
  g_free (self->root);

  G_OBJECT_CLASS (uc_accounts_parent_class)->finalize (object);
}

/* These are emitted by name, from the other file. */
static void
add_signal (GType type, const char *name, guint n_params, ...)
{
  va_list params;

  va_start (params, n_params);
  g_signal_new_valist (name, type, G_SIGNAL_RUN_LAST, NULL, NULL, NULL, NULL, G_TYPE_NONE, n_params,
                       params);
  va_end (params);
}

static void
uc_accounts_class_init (UcAccountsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType         type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = uc_accounts_dispose;
  object_class->finalize = uc_accounts_finalize;

  add_signal (type, "progress", 3, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_DOUBLE);
  add_signal (type, "opened", 1, G_TYPE_STRING);
  add_signal (type, "failed", 2, G_TYPE_STRING, G_TYPE_POINTER);
  add_signal (type, "adopted", 2, G_TYPE_STRING, G_TYPE_STRING);
  add_signal (type, "refused", 2, G_TYPE_STRING, G_TYPE_POINTER);
  add_signal (type, "signed-out", 2, G_TYPE_STRING, G_TYPE_POINTER);
}

static void
uc_accounts_init (UcAccounts *self)
{
  self->cancellable = g_cancellable_new ();
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, _uc_account_entry_free);
  self->running = g_list_store_new (UC_TYPE_WINDOW_ACCOUNT);
}

/**
 * uc_accounts_new:
 * @application: held while an account is open; sends the notifications
 * @root: the folder of all accounts
 * @settings: the program's settings
 * @secrets: where tokens are kept
 * @clock: the time
 *
 * Returns: (transfer full): an object that has opened nothing yet
 */
UcAccounts *
uc_accounts_new (GApplication *application,
                 const char   *root,
                 GSettings    *settings,
                 UcSecrets    *secrets,
                 UcClock      *clock)
{
  UcAccounts *self;

  UC_ASSERT_MAIN_THREAD ();
  g_return_val_if_fail (G_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (root != NULL, NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);
  g_return_val_if_fail (UC_IS_SECRETS (secrets), NULL);
  g_return_val_if_fail (UC_IS_CLOCK (clock), NULL);

  self = g_object_new (UC_TYPE_ACCOUNTS, NULL);
  self->application = application;
  self->root = g_strdup (root);
  self->settings = g_object_ref (settings);
  self->secrets = g_object_ref (secrets);
  self->clock = g_object_ref (clock);

  return self;
}

/**
 * uc_accounts_get_running:
 *
 * Returns: (transfer none): the accounts that run, a #GListModel of #UcWindowAccount
 */
GListModel *
uc_accounts_get_running (UcAccounts *self)
{
  g_return_val_if_fail (UC_IS_ACCOUNTS (self), NULL);

  return G_LIST_MODEL (self->running);
}

/**
 * uc_accounts_find:
 * @id: the name of an account's folder
 *
 * Returns: (transfer none) (nullable): the account, if it runs
 */
UcAccountRunner *
uc_accounts_find (UcAccounts *self, const char *id)
{
  UcAccountEntry *entry;

  g_return_val_if_fail (UC_IS_ACCOUNTS (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  entry = g_hash_table_lookup (self->entries, id);

  return entry != NULL && entry->phase == UC_PHASE_RUNNING ? entry->runner : NULL;
}

/**
 * uc_accounts_set_watched:
 * @id: the account that is shown, "" for none
 * @channel_id: the conversation of it that is being looked at, "" for none
 *
 * Keeps quiet about that conversation from now on.
 */
void
uc_accounts_set_watched (UcAccounts *self, const char *id, const char *channel_id)
{
  GHashTableIter iter;
  gpointer       key, value;

  g_return_if_fail (UC_IS_ACCOUNTS (self));
  g_return_if_fail (id != NULL && channel_id != NULL);

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, &key, &value)) {
    UcAccountEntry *entry = value;

    if (entry->notifier != NULL)
      uc_notifier_set_watched (entry->notifier, g_str_equal (key, id) ? channel_id : "");
  }
}
