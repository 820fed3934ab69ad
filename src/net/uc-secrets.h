/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * UcSecrets:
 *
 * Tokens in the secret service and nowhere else, or, for the command line on a
 * machine without one, in a file of mode 0600. Every call is asynchronous and
 * ends after at most 15 s. A locked or missing keyring is UC_ERROR_DISABLED with a
 * message for a person; it never means "signed out".
 */
#define UC_TYPE_SECRETS (uc_secrets_get_type ())
G_DECLARE_FINAL_TYPE (UcSecrets, uc_secrets, UC, SECRETS, GObject)

UcSecrets *uc_secrets_new_service     (void) G_GNUC_WARN_UNUSED_RESULT;
UcSecrets *uc_secrets_new_file        (const char          *path) G_GNUC_WARN_UNUSED_RESULT;

void       uc_secrets_store_async     (UcSecrets           *self,
                                       const char          *site,
                                       const char          *user_id,
                                       const char          *label,
                                       const char          *token,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
gboolean   uc_secrets_store_finish    (UcSecrets           *self,
                                       GAsyncResult        *result,
                                       GError             **error);
/* (transfer full): free with secret_password_free semantics: uc_secrets_free_token().
 * UC_ERROR_NOT_FOUND: the keyring is open and has none. */
void       uc_secrets_lookup_async    (UcSecrets           *self,
                                       const char          *site,
                                       const char          *user_id,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
char      *uc_secrets_lookup_finish   (UcSecrets           *self,
                                       GAsyncResult        *result,
                                       GError             **error) G_GNUC_WARN_UNUSED_RESULT;
void       uc_secrets_clear_async     (UcSecrets           *self,
                                       const char          *site,
                                       const char          *user_id,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
gboolean   uc_secrets_clear_finish    (UcSecrets           *self,
                                       GAsyncResult        *result,
                                       GError             **error);

/* Lets the desktop ask a person to open the keyring, for as long as that takes.
 * UC_ERROR_DISABLED when it stays shut; nothing to do is success. */
void       uc_secrets_unlock_async    (UcSecrets           *self,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
gboolean   uc_secrets_unlock_finish   (UcSecrets           *self,
                                       GAsyncResult        *result,
                                       GError             **error);

void       uc_secrets_free_token      (char                *token);

G_END_DECLS
