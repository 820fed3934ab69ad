/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-call.h"
#include "uc-user-table.h"

G_BEGIN_DECLS

/* Sessions: how a call gets to be somebody's. All run on the worker. */

/* A new secret: 256 random bits in the alphabet of ids. */
char *uc_server_auth_new_token (void) G_GNUC_WARN_UNUSED_RESULT;

/* Fills @call->session from its token; leaves it NULL when that is not alive. */
gboolean uc_server_auth_load (UcTxn *txn, UcCall *call, GError **error);
/* The same for a socket. */
gboolean
uc_server_auth_find (UcTxn *txn, const char *token, UcServerSession **session, GError **error);
/* Opens a session; the secret in @token is shown this once. */
UcServerSession *uc_server_auth_open (UcTxn      *txn,
                                      UcAccount  *account,
                                      const char *device_id,
                                      const char *user_agent,
                                      char      **token,
                                      GError    **error) G_GNUC_WARN_UNUSED_RESULT;
/* Ends sessions and closes their sockets. */
gboolean uc_server_auth_end (UcTxn      *txn,
                             const char *session_id,
                             const char *user_id,
                             gboolean   *existed,
                             GError    **error);
gboolean uc_server_auth_end_all (UcTxn *txn, const char *user_id, GError **error);
gboolean uc_server_auth_end_access_token (UcTxn *txn, const char *access_token_id, GError **error);

G_END_DECLS
