/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-status-table.h"
#include "uc-txn.h"

G_BEGIN_DECLS

/* Who is there. A change is told to the user concerned only: others ask. */

/* By hand: away, dnd and offline stay until they are taken back; online does that. */
gboolean
uc_status_service_set (UcTxn *txn, const char *user_id, UcPresence presence, GError **error);
/* The user did something just now. */
gboolean uc_status_service_be_active (UcTxn *txn, const char *user_id, GError **error);
/* The client says that nobody sits before it. */
gboolean
uc_status_service_go_away (UcTxn *txn, const char *user_id, gboolean is_manual, GError **error);
/* The first socket came, or the last one went. */
gboolean
uc_status_service_connect (UcTxn *txn, const char *user_id, gboolean is_connected, GError **error);
/* Those who have been idle become away. */
gboolean uc_status_service_sweep (UcTxn *txn, GError **error);

G_END_DECLS
