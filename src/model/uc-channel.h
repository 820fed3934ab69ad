/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-types.h"

G_BEGIN_DECLS

typedef enum
{
  UC_CHANNEL_UNKNOWN,
  UC_CHANNEL_OPEN,    /* "O" */
  UC_CHANNEL_PRIVATE, /* "P" */
  UC_CHANNEL_DIRECT,  /* "D": two people, or one with oneself */
  UC_CHANNEL_GROUP,   /* "G": three to eight people */
} UcChannelType;

/**
 * UcChannel:
 *
 * A conversation. @team_id is "" for direct and group channels.
 * @total_msg_count counts as the server counts (protocol.md 19.2).
 */
struct _UcChannel
{
  char         *id;
  char         *team_id;
  char         *name;
  char         *display_name;
  char         *header;
  char         *purpose;
  char         *creator_id;
  UcChannelType type;
  gint64        create_at_ms;
  gint64        update_at_ms;
  gint64        delete_at_ms;
  gint64        last_post_at_ms;
  gint64        total_msg_count;
  gint64        total_msg_count_root;
};

UcChannel    *uc_channel_new              (void) G_GNUC_WARN_UNUSED_RESULT;
UcChannel    *uc_channel_copy             (const UcChannel *self) G_GNUC_WARN_UNUSED_RESULT;
UcChannel    *uc_channel_ref              (const UcChannel *self);
void          uc_channel_unref            (UcChannel       *self);

char         *uc_channel_dup_partner_id   (const UcChannel *self,
                                           const char      *my_user_id) G_GNUC_WARN_UNUSED_RESULT;

UcChannelType uc_channel_type_from_string (const char      *type);
const char   *uc_channel_type_to_string   (UcChannelType    type);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcChannel, uc_channel_unref)

G_END_DECLS
