/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-channel-service.h"

G_BEGIN_DECLS

/* What the files of the channel service share. */

gboolean _uc_membership_put (UcTxn      *txn,
                             const char *channel_id,
                             const char *user_id,
                             gboolean    is_admin,
                             GError    **error);
gboolean _uc_membership_post_join (UcTxn         *txn,
                                   const UcActor *actor,
                                   UcChannel     *channel,
                                   const char    *user_id,
                                   const char    *username,
                                   GError       **error);
gboolean _uc_membership_push_direct (UcTxn         *txn,
                                     const UcActor *actor,
                                     UcChannel     *channel,
                                     const char    *other_id,
                                     GError       **error);
gboolean
_uc_membership_push_group (UcTxn *txn, UcChannel *channel, GPtrArray *accounts, GError **error);

G_END_DECLS
