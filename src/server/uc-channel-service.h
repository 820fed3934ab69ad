/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-access.h"
#include "uc-channel-table.h"
#include "uc-member-table.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Channels and who is in them, without HTTP: for handlers and for the demo. All run
 * on the worker; who may is checked by the caller unless said otherwise. */

#define UC_DEFAULT_CHANNEL "town-square"

typedef struct {
  const char   *team_id;
  const char   *name;
  const char   *display_name;
  const char   *purpose;
  const char   *header;
  UcChannelType type; /* open or private */
} UcNewChannel;

UcChannel *uc_channel_service_create (UcTxn              *txn,
                                      const UcActor      *actor,
                                      const UcNewChannel *fields,
                                      GError            **error) G_GNUC_WARN_UNUSED_RESULT;
/* The one of town-square and off-topic that a new team gets. */
UcChannel *uc_channel_service_create_default (UcTxn      *txn,
                                              const char *team_id,
                                              const char *name,
                                              const char *display_name,
                                              GError    **error) G_GNUC_WARN_UNUSED_RESULT;
/* Direct and group channels exist once for the same people. */
UcChannel *uc_channel_service_open_direct (UcTxn         *txn,
                                           const UcActor *actor,
                                           const char    *other_id,
                                           GError       **error) G_GNUC_WARN_UNUSED_RESULT;
UcChannel *uc_channel_service_open_group (UcTxn         *txn,
                                          const UcActor *actor,
                                          GPtrArray     *user_ids,
                                          GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/* The record of protocol.md 6.1. */
JsonNode *uc_channel_service_to_json (const UcChannel *channel) G_GNUC_WARN_UNUSED_RESULT;

/* Makes @user_id a member; @actor is the same person or who added them. */
UcChannelMember *uc_channel_service_add (UcTxn         *txn,
                                         const UcActor *actor,
                                         UcChannel     *channel,
                                         const char    *user_id,
                                         GError       **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean         uc_channel_service_remove (UcTxn         *txn,
                                            const UcActor *actor,
                                            UcChannel     *channel,
                                            const char    *user_id,
                                            GError       **error);
/* Writes what is given; NULL leaves a field alone. Leaves the system posts. */
UcChannel *uc_channel_service_change (UcTxn         *txn,
                                      const UcActor *actor,
                                      UcChannel     *channel,
                                      JsonObject    *patch,
                                      GError       **error) G_GNUC_WARN_UNUSED_RESULT;
UcChannel *uc_channel_service_set_privacy (UcTxn         *txn,
                                           const UcActor *actor,
                                           UcChannel     *channel,
                                           UcChannelType  type,
                                           GError       **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean
uc_channel_service_archive (UcTxn *txn, const UcActor *actor, UcChannel *channel, GError **error);
UcChannel *uc_channel_service_restore (UcTxn         *txn,
                                       const UcActor *actor,
                                       UcChannel     *channel,
                                       GError       **error) G_GNUC_WARN_UNUSED_RESULT;
/* Everything read, for one's own membership; others are left alone. */
gboolean uc_channel_service_view (UcTxn      *txn,
                                  const char *user_id,
                                  const char *channel_id,
                                  gboolean    knows_threads,
                                  gint64     *last_viewed_at_ms,
                                  GError    **error);

G_END_DECLS
