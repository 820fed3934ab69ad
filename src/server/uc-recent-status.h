/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-txn.h"

G_BEGIN_DECLS

/* The custom statuses somebody had last: a preference that clients show for choosing
 * again (protocol.md 13). @status is one as the API has it. */
gboolean uc_recent_status_add (UcTxn *txn, const char *user_id, JsonObject *status, GError **error);
gboolean
uc_recent_status_remove (UcTxn *txn, const char *user_id, JsonObject *status, GError **error);

G_END_DECLS
