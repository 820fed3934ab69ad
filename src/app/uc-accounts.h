/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-account-runner.h"

G_BEGIN_DECLS

/**
 * UcAccounts:
 *
 * The accounts on this computer while they run, side by side: opens them, takes sign-ins
 * over, notifies of what is new in each, closes them in order. It holds the application
 * for as long as one of them has its store open. It knows no window: what it does is
 * asked for, and told by signals.
 *
 * |[
 *   UcAccounts ─ the one that is asked for by its id
 *     └─ UcAccountRunner, UcNotifier   an account
 * ]|
 *
 * Signals:
 *   "progress" (UcAccounts *, const char *id, const char *step, double fraction)   while a
 *     store is upgraded
 *   "opened" (UcAccounts *, const char *id)                      it runs
 *   "failed" (UcAccounts *, const char *id, gpointer GError *)   it could not be opened
 *   "adopted" (UcAccounts *, const char *id, const char *warning)   a sign-in was taken;
 *     @warning (nullable): it holds for this run only
 *   "refused" (UcAccounts *, const char *id, gpointer GError *)   a sign-in was not taken
 *   "signed-out" (UcAccounts *, const char *id, gpointer GError *)   @error (nullable)
 */
#define UC_TYPE_ACCOUNTS (uc_accounts_get_type ())
G_DECLARE_FINAL_TYPE (UcAccounts, uc_accounts, UC, ACCOUNTS, GObject)

/* @root is the folder of all accounts. */
UcAccounts *uc_accounts_new (GApplication *application,
                             const char   *root,
                             GSettings    *settings,
                             UcSecrets    *secrets,
                             UcClock      *clock) G_GNUC_WARN_UNUSED_RESULT;

/* (transfer none): a #GListModel of the #UcWindowAccount that run, in the order in which
 * they came. */
GListModel *uc_accounts_get_running (UcAccounts *self);
/* (nullable) (transfer none): NULL while it does not run. */
UcAccountRunner *uc_accounts_find (UcAccounts *self, const char *id);

/* Begins to open the account in the folder @id; nothing when it is open or being opened. */
void uc_accounts_open (UcAccounts *self, const char *id);
/* All that lie in the root. */
void uc_accounts_open_all (UcAccounts *self);
/* Makes the account of a sign-in, or gives the one that runs a new token. @folder
 * (nullable): where, when not in the root; @secrets (nullable): likewise. */
void
uc_accounts_adopt (UcAccounts *self, UcSignIn *sign_in, const char *folder, UcSecrets *secrets);
void uc_accounts_sign_out (UcAccounts *self, const char *id);
/* All of them; what is being opened is given up. */
void uc_accounts_close_all (UcAccounts *self);

/* The conversation that is being looked at; "" for none. */
void uc_accounts_set_watched (UcAccounts *self, const char *id, const char *channel_id);

G_END_DECLS
