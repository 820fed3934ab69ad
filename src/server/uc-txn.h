/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-db.h"
#include "uc-push.h"
#include "uc-site.h"

G_BEGIN_DECLS

/**
 * UcTxn:
 *
 * What one job on the worker works with: the open transaction, the time, and the
 * events it causes, which go out when it is committed and never when it is not.
 * All service functions take one; they run on the worker only.
 */
typedef struct {
  UcDb         *db;   /* (unowned) */
  const UcSite *site; /* (unowned) */
  gint64        now_ms;
  GPtrArray    *pushes; /* (owned) (element-type UcPush) */
} UcTxn;

/* Events. @data is (transfer full). */
void uc_txn_push_to_user (UcTxn *txn, const char *user_id, const char *event, JsonObject *data);
/* The same for something that lies in a team or a channel. */
void     uc_txn_push_about (UcTxn      *txn,
                            const char *user_id,
                            const char *channel_id,
                            const char *team_id,
                            const char *event,
                            JsonObject *data);
gboolean uc_txn_push_to_channel (UcTxn      *txn,
                                 const char *channel_id,
                                 const char *omit_user_id,
                                 const char *event,
                                 JsonObject *data,
                                 GError    **error);
gboolean uc_txn_push_to_team (UcTxn      *txn,
                              const char *team_id,
                              const char *event,
                              JsonObject *data,
                              GError    **error);
void     uc_txn_push_to_all (UcTxn *txn, const char *event, JsonObject *data);
void     uc_txn_take_push (UcTxn *txn, UcPush *push);

void uc_txn_close_session (UcTxn *txn, const char *session_id);
void uc_txn_close_user (UcTxn *txn, const char *user_id);

G_END_DECLS
