/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-wire.h"

G_BEGIN_DECLS

typedef enum
{
  UC_EVENT_UNKNOWN, /* a kind of event this version does not know */
  UC_EVENT_REPLY,   /* answer to an action of ours, by @seq_reply */
  UC_EVENT_HELLO,
  UC_EVENT_POSTED,
  UC_EVENT_POST_EDITED,
  UC_EVENT_POST_DELETED,
  UC_EVENT_POST_UNREAD,
  UC_EVENT_EPHEMERAL_MESSAGE,
  UC_EVENT_REACTION_ADDED,
  UC_EVENT_REACTION_REMOVED,
  UC_EVENT_TYPING,
  UC_EVENT_CHANNEL_VIEWED, /* also multiple_channels_viewed */
  UC_EVENT_CHANNEL_CREATED,
  UC_EVENT_CHANNEL_UPDATED,
  UC_EVENT_CHANNEL_CONVERTED,
  UC_EVENT_CHANNEL_DELETED,
  UC_EVENT_CHANNEL_RESTORED,
  UC_EVENT_CHANNEL_MEMBER_UPDATED,
  UC_EVENT_DIRECT_ADDED,
  UC_EVENT_GROUP_ADDED,
  UC_EVENT_USER_ADDED,
  UC_EVENT_USER_REMOVED,
  UC_EVENT_ADDED_TO_TEAM,
  UC_EVENT_LEAVE_TEAM,
  UC_EVENT_UPDATE_TEAM, /* also delete_team and restore_team */
  UC_EVENT_NEW_USER,
  UC_EVENT_USER_UPDATED,
  UC_EVENT_USER_ROLE_UPDATED,
  UC_EVENT_STATUS_CHANGE,
  UC_EVENT_PREFERENCES_CHANGED,
  UC_EVENT_PREFERENCES_DELETED,
  UC_EVENT_CONFIG_CHANGED,
  UC_EVENT_FLAGS_CHANGED, /* custom_com.example.unifiedchat_flags_changed */
} UcEventKind;

/**
 * UcEvent:
 *
 * One frame from the WebSocket, taken apart in both layers. @seq is -1 for a
 * reply. Which fields are set depends on @kind; all others are NULL or 0. Channel
 * and user ids come from `data` or, where the protocol has them only there, from
 * `broadcast`.
 */
typedef struct
{
  UcEventKind   kind;
  char         *name;          /* as sent */
  gint64        seq;
  gint64        seq_reply;
  gboolean      is_ok;         /* REPLY */
  char         *error;         /* (nullable) REPLY that failed: message */
  char         *connection_id; /* HELLO */
  char         *server_version;
  char         *channel_id;
  char         *user_id;
  char         *team_id;
  char         *post_id;
  char         *root_id;       /* TYPING: parent_id */
  char         *text;          /* roles, FLAGS_CHANGED: the document */
  UcPost       *post;
  UcReaction   *reaction;
  UcChannel    *channel;
  UcMember     *member;
  UcUser       *user;
  UcTeam       *team;
  UcStatus     *status;
  GPtrArray    *preferences;   /* (element-type UcPreference) */
  GStrv         mentions;      /* POSTED: user ids */
  GStrv         channel_ids;   /* CHANNEL_VIEWED */
  gint64        msg_count;     /* POST_UNREAD */
  gint64        mention_count;
  gint64        last_viewed_at_ms;
} UcEvent;

/* A frame that is not JSON or not an event at all is UC_ERROR_PROTOCOL; so is a
 * known event whose inner text is broken (@seq of the frame is then still stored
 * in @seq, so that the stream goes on). */
UcEvent *uc_wire_parse_event       (GBytes      *frame,
                                    gint64      *seq,
                                    GError     **error) G_GNUC_WARN_UNUSED_RESULT;
void     uc_event_free             (UcEvent     *self);

/* Frames to the server. (transfer full) */
char    *uc_wire_build_ping        (gint64       seq);
char    *uc_wire_build_typing      (gint64       seq,
                                    const char  *channel_id,
                                    const char  *root_id);
char    *uc_wire_build_challenge   (gint64       seq,
                                    const char  *token);
char    *uc_wire_build_active      (gint64       seq,
                                    gboolean     is_active);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcEvent, uc_event_free)

G_END_DECLS
