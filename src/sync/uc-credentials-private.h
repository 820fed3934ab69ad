/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-context-private.h"
#include "uc-secrets.h"
#include "uc-sync-state-private.h"

G_BEGIN_DECLS

/* Whether the account can be used: its token out of the secrets, unless there is one
 * already, and the server's word that it is good. finish: one's own record; else
 * *@failure says what that means for the connection. */
void    _uc_credentials_check_async (UcContext          *context,
                                     UcSecrets          *secrets,
                                     GCancellable       *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer            user_data);
UcUser *_uc_credentials_check_finish (UcContext    *context,
                                      GAsyncResult *result,
                                      UcSyncInput  *failure,
                                      GError      **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
