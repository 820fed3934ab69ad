/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-channel.h"
#include "uc-txn.h"

G_BEGIN_DECLS

/**
 * UcActor:
 *
 * Who does something: the owner of the session behind a call, or a person of the
 * demo. Borrowed strings.
 */
typedef struct {
  const char *user_id;
  const char *username;
  const char *roles; /* system roles, space separated */
  gboolean    is_bot;
} UcActor;

/* What somebody may do is the union of what their roles in the system, in the team
 * and in the channel allow. may: FALSE only for a failing database. need: FALSE and
 * UC_REFUSAL_PERMISSION too. An unknown team or channel is one without membership. */
gboolean uc_access_may_system (const UcActor *actor, const char *permission);
gboolean uc_access_may_team (UcTxn         *txn,
                             const UcActor *actor,
                             const char    *team_id,
                             const char    *permission,
                             gboolean      *may,
                             GError       **error);
gboolean uc_access_may_channel (UcTxn         *txn,
                                const UcActor *actor,
                                const char    *channel_id,
                                const char    *permission,
                                gboolean      *may,
                                GError       **error);

gboolean uc_access_need_system (const UcActor *actor, const char *permission, GError **error);
gboolean uc_access_need_self (const UcActor *actor,
                              const char    *user_id,
                              const char    *or_permission,
                              GError       **error);
gboolean uc_access_need_team (UcTxn         *txn,
                              const UcActor *actor,
                              const char    *team_id,
                              const char    *permission,
                              GError       **error);
gboolean uc_access_need_channel (UcTxn         *txn,
                                 const UcActor *actor,
                                 const char    *channel_id,
                                 const char    *permission,
                                 GError       **error);
/* By membership, or a public channel of one's own team. */
gboolean
uc_access_need_reading (UcTxn *txn, const UcActor *actor, const UcChannel *channel, GError **error);

G_END_DECLS
