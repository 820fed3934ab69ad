/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-sign-in.h"
#include "uc-store.h"
#include "uc-window-account.h"

#include "uc-api.h"
#include "uc-secrets.h"

G_BEGIN_DECLS

/**
 * UcAccountRunner:
 *
 * One account while it runs: makes the objects of an account's folder, joins them and
 * takes them apart again in order.
 *
 * |[
 *   UcStore ← UcFlags, UcApi, UcSecrets ← UcSession ← UcDirectory ← UcSidebar
 *     └ UcAnnotator
 * ]|
 *
 * Follows the settings "ai-mode" and "flag-overrides". Main thread.
 */
#define UC_TYPE_ACCOUNT_RUNNER (uc_account_runner_get_type ())
G_DECLARE_FINAL_TYPE (UcAccountRunner, uc_account_runner, UC, ACCOUNT_RUNNER, GObject)

UcAccountRunner *uc_account_runner_new (const char *folder,
                                        UcSecrets  *secrets,
                                        GSettings  *settings,
                                        UcClock    *clock) G_GNUC_WARN_UNUSED_RESULT;

/* The name of the folder. */
const char *uc_account_runner_get_id (UcAccountRunner *self);
/* (nullable): NULL until the account runs. */
UcWindowAccount *uc_account_runner_get_account (UcAccountRunner *self);
/* (nullable): what a person should be told once about the opening. */
const char *uc_account_runner_get_notice (UcAccountRunner *self);
gboolean    uc_account_runner_is_account_of (UcAccountRunner *self, UcSignIn *sign_in);

/* Opens the store and starts the account in it. UC_ERROR_NOT_FOUND: there is none;
 * else what uc_store_open_async() gives. */
void uc_account_runner_open_async (UcAccountRunner    *self,
                                   UcStoreProgress     progress,
                                   gpointer            progress_data,
                                   GCancellable       *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data);
gboolean
uc_account_runner_open_finish (UcAccountRunner *self, GAsyncResult *result, GError **error);
/* Makes the account of a fresh sign-in, or gives the one that runs a new token.
 * @keyring_warning (nullable): the sign-in holds for this run only. */
void     uc_account_runner_adopt_async (UcAccountRunner    *self,
                                        UcSignIn           *sign_in,
                                        UcStoreProgress     progress,
                                        gpointer            progress_data,
                                        GCancellable       *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer            user_data);
gboolean uc_account_runner_adopt_finish (UcAccountRunner *self,
                                         GAsyncResult    *result,
                                         char           **keyring_warning,
                                         GError         **error);
/* Stops and closes; what waits to be sent stays for the next time. Nobody may use the
 * account any more. */
void uc_account_runner_close_async (UcAccountRunner    *self,
                                    GAsyncReadyCallback callback,
                                    gpointer            user_data);
gboolean
uc_account_runner_close_finish (UcAccountRunner *self, GAsyncResult *result, GError **error);
/* Ends the session at the server as far as it can be reached, forgets the token, closes
 * and removes the folder. */
void uc_account_runner_sign_out_async (UcAccountRunner    *self,
                                       GAsyncReadyCallback callback,
                                       gpointer            user_data);
gboolean
uc_account_runner_sign_out_finish (UcAccountRunner *self, GAsyncResult *result, GError **error);

G_END_DECLS
