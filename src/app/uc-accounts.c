/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every account that is open here, and the ways in which one comes and goes. */

#include "config.h"

#include "uc-accounts.h"

#include "uc-account-folder.h"
#include "uc-error.h"
#include "uc-notifier.h"

#include "uc-thread.h"
#include "uc-user.h"

#include <glib/gi18n.h>

typedef enum {
  PHASE_OPENING, /* its store is being opened, or a sign-in taken over */
  PHASE_RUNNING,
  PHASE_CLOSING,
  PHASE_REOPENING, /* asked for again while it was still closing */
} Phase;

typedef struct {
  UcAccounts      *self;     /* (unowned) outlives the entry: see hold () */
  UcAccountRunner *runner;   /* (owned) */
  UcNotifier      *notifier; /* (owned) (nullable) while it runs */
  Phase            phase;
} Entry;

struct _UcAccounts {
  GObject parent_instance;

  GApplication *application; /* (unowned) outlives us */
  GSettings    *settings;    /* (owned) */
  UcSecrets    *secrets;     /* (owned) */
  UcClock      *clock;       /* (owned) */
  char         *root;        /* (owned) */
  GCancellable *cancellable; /* (owned) of what is being opened */
  GHashTable   *entries;     /* (owned) id → Entry */
  GListStore   *running;     /* (owned) */
};

enum { PROGRESS, OPENED, FAILED, ADOPTED, REFUSED, SIGNED_OUT, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (UcAccounts, uc_accounts, G_TYPE_OBJECT)

/* -- Entries --------------------------------------------------------------------------- */

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_clear_object (&entry->notifier);
  g_clear_object (&entry->runner);
  g_free (entry);
}

/* The program goes on, and this object stays, until the account's store is closed. */
static Entry *
add_entry (UcAccounts *self, const char *folder, UcSecrets *secrets)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->self = self;
  entry->runner = uc_account_runner_new (folder, secrets, self->settings, self->clock);
  entry->phase = PHASE_OPENING;
  g_hash_table_insert (self->entries, g_strdup (uc_account_runner_get_id (entry->runner)), entry);
  g_application_hold (self->application);
  g_object_ref (self);

  return entry;
}

static void
remove_entry (Entry *entry)
{
  g_autoptr (UcAccounts) self = entry->self;

  g_hash_table_remove (self->entries, uc_account_runner_get_id (entry->runner));
  g_application_release (self->application);
}

static void
run (Entry *entry)
{
  UcAccounts      *self = entry->self;
  UcWindowAccount *account = uc_account_runner_get_account (entry->runner);

  entry->phase = PHASE_RUNNING;
  entry->notifier = uc_notifier_new (self->application, self->settings, account);
  g_list_store_append (self->running, account);
}

/* Whoever shows the account lets go of it when it leaves the list. */
static void
stop_running (Entry *entry)
{
  UcAccounts *self = entry->self;
  guint       position;

  if (entry->phase != PHASE_RUNNING)
    return;
  entry->phase = PHASE_CLOSING;
  g_clear_object (&entry->notifier);
  if (g_list_store_find (self->running, uc_account_runner_get_account (entry->runner), &position))
    g_list_store_remove (self->running, position);
}

/* -- Closing ------------------------------------------------------------------------------ */

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  UcAccountRunner *runner = UC_ACCOUNT_RUNNER (source);
  Entry           *entry = user_data;
  g_autoptr (UcAccounts) self = g_object_ref (entry->self);
  g_autofree char *id = g_strdup (uc_account_runner_get_id (runner));
  g_autoptr (GError) error = NULL;
  gboolean is_wanted = entry->phase == PHASE_REOPENING;

  if (!uc_account_runner_close_finish (runner, result, &error))
    g_warning ("Closing the account: %s", error->message);
  remove_entry (entry);
  if (is_wanted)
    uc_accounts_open (self, id);
}

static void
close_entry (Entry *entry)
{
  stop_running (entry);
  entry->phase = PHASE_CLOSING;
  uc_account_runner_close_async (entry->runner, closed_cb, entry);
}

/* -- Opening -------------------------------------------------------------------------------- */

static void
progress_cb (const char *step_name, double fraction, gpointer user_data)
{
  Entry *entry = user_data;

  g_signal_emit (entry->self, signals[PROGRESS], 0, uc_account_runner_get_id (entry->runner),
                 fraction);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  UcAccountRunner *runner = UC_ACCOUNT_RUNNER (source);
  Entry           *entry = user_data;
  g_autoptr (UcAccounts) self = g_object_ref (entry->self);
  g_autofree char *id = g_strdup (uc_account_runner_get_id (runner));
  g_autoptr (GError) error = NULL;
  gboolean is_open = uc_account_runner_open_finish (runner, result, &error);

  /* Given up meanwhile: the store may be open all the same. */
  if (!is_open || entry->phase != PHASE_OPENING) {
    gboolean is_wanted = entry->phase == PHASE_REOPENING;

    close_entry (entry);
    if (is_wanted)
      uc_accounts_open (self, id);
    else if (!is_open && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      g_signal_emit (self, signals[FAILED], 0, id, error);
    return;
  }
  run (entry);
  g_signal_emit (self, signals[OPENED], 0, id);
}

static void
adopted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  UcAccountRunner *runner = UC_ACCOUNT_RUNNER (source);
  Entry           *entry = user_data;
  g_autoptr (UcAccounts) self = g_object_ref (entry->self);
  g_autofree char *warning = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_adopted = uc_account_runner_adopt_finish (runner, result, &warning, &error);

  if (entry->phase == PHASE_OPENING && is_adopted)
    run (entry);
  else if (entry->phase != PHASE_RUNNING)
    close_entry (entry);

  if (!is_adopted)
    g_signal_emit (self, signals[REFUSED], 0, uc_account_runner_get_id (runner), error);
  else if (entry->phase == PHASE_RUNNING)
    g_signal_emit (self, signals[ADOPTED], 0, uc_account_runner_get_id (runner), warning);
}

/* -- Signing out ------------------------------------------------------------------------------ */

static void
signed_out_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  UcAccountRunner *runner = UC_ACCOUNT_RUNNER (source);
  Entry           *entry = user_data;
  g_autoptr (UcAccounts) self = g_object_ref (entry->self);
  g_autofree char *id = g_strdup (uc_account_runner_get_id (runner));
  g_autoptr (GError) error = NULL;

  if (!uc_account_runner_sign_out_finish (runner, result, &error))
    g_message ("Signing out: %s", error->message);
  remove_entry (entry);
  g_signal_emit (self, signals[SIGNED_OUT], 0, id, error);
}

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

static void
uc_accounts_class_init (UcAccountsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType         type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = uc_accounts_dispose;
  object_class->finalize = uc_accounts_finalize;

  signals[PROGRESS] = g_signal_new ("progress", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_DOUBLE);
  signals[OPENED] = g_signal_new ("opened", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_POINTER);
  signals[ADOPTED] = g_signal_new ("adopted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[REFUSED] = g_signal_new ("refused", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_POINTER);
  signals[SIGNED_OUT] = g_signal_new ("signed-out", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_POINTER);
}

static void
uc_accounts_init (UcAccounts *self)
{
  self->cancellable = g_cancellable_new ();
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, entry_free);
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
  Entry *entry;

  g_return_val_if_fail (UC_IS_ACCOUNTS (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  entry = g_hash_table_lookup (self->entries, id);

  return entry != NULL && entry->phase == PHASE_RUNNING ? entry->runner : NULL;
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
  Entry           *entry;

  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_ACCOUNTS (self));
  g_return_if_fail (id != NULL);

  entry = g_hash_table_lookup (self->entries, id);
  if (entry != NULL) {
    if (entry->phase == PHASE_CLOSING)
      entry->phase = PHASE_REOPENING;
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

static Entry *
find_account_of (UcAccounts *self, UcSignIn *sign_in)
{
  GHashTableIter iter;
  gpointer       value;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    Entry *entry = value;

    if (entry->phase == PHASE_RUNNING && uc_account_runner_is_account_of (entry->runner, sign_in))
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
  Entry           *entry;

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

      g_signal_emit (self, signals[REFUSED], 0, id, error);
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
  Entry *entry;

  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_ACCOUNTS (self));

  entry = g_hash_table_lookup (self->entries, id);
  if (entry == NULL || entry->phase != PHASE_RUNNING)
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
    Entry *entry = g_ptr_array_index (entries, i);

    if (entry->phase == PHASE_RUNNING)
      close_entry (entry);
    else
      entry->phase = PHASE_CLOSING; /* whoever is at work on it closes it at the end */
  }
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
    Entry *entry = value;

    if (entry->notifier != NULL)
      uc_notifier_set_watched (entry->notifier, g_str_equal (key, id) ? channel_id : "");
  }
}
