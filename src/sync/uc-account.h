/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-api.h"
#include "uc-secrets.h"
#include "uc-store-read.h"

G_BEGIN_DECLS

/**
 * UcAccount:
 *
 * What is known of an account without its server: kept as facts in its store
 * ("site", "user_id", "username").
 */
typedef struct
{
  char *site;
  char *user_id;
  char *username;
} UcAccount;

void       uc_account_free           (UcAccount           *self);

/* NULL without error: a fresh store without an account. */
void       uc_account_load_async     (UcStore             *store,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
UcAccount *uc_account_load_finish    (UcStore             *store,
                                      GAsyncResult        *result,
                                      GError             **error);

/* After a sign-in: token into @secrets, account into @store. A store that belongs to
 * another user or site is refused (UC_ERROR_CONFLICT). A keyring that refuses is
 * reported by @keyring_warning (nullable) while the sign-in stands for this run. */
void       uc_account_adopt_async    (UcStore             *store,
                                      UcApi               *api,
                                      UcSecrets           *secrets,
                                      UcUser              *me,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
gboolean   uc_account_adopt_finish   (UcStore             *store,
                                      GAsyncResult        *result,
                                      char               **keyring_warning,
                                      GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcAccount, uc_account_free)

G_END_DECLS
