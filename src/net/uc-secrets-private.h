/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-secrets.h"

G_BEGIN_DECLS

/* The two places a token may lie. Both block and are called on a GIO thread or, the
 * keyring, answer asynchronously. */

/* -- The file: one group per account, mode 0600 ----------------------------------------- */
gboolean _uc_secrets_file_store  (const char  *path,
                                  const char  *site,
                                  const char  *user_id,
                                  const char  *token,
                                  GError     **error);
char    *_uc_secrets_file_lookup (const char  *path,
                                  const char  *site,
                                  const char  *user_id,
                                  GError     **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean _uc_secrets_file_clear  (const char  *path,
                                  const char  *site,
                                  const char  *user_id,
                                  GError     **error);

/* -- The keyring ------------------------------------------------------------------------- */
void     _uc_keyring_store_async   (const char          *site,
                                    const char          *user_id,
                                    const char          *label,
                                    const char          *token,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);
void     _uc_keyring_lookup_async  (const char          *site,
                                    const char          *user_id,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);
void     _uc_keyring_clear_async   (const char          *site,
                                    const char          *user_id,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);
/* Asks for the default collection to be unlocked; no time limit. */
void     _uc_keyring_unlock_async  (GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);
/* Of all four: the token for a lookup, else NULL with @error unset. */
char    *_uc_keyring_finish        (GAsyncResult        *result,
                                    GError             **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether tokens lie in a file, which is never locked. */
gboolean _uc_secrets_is_file       (UcSecrets           *self);

/* For tests: the time limit is 15 s. */
void     _uc_secrets_set_limit_ms  (UcSecrets           *self,
                                    guint                limit_ms);

G_END_DECLS
