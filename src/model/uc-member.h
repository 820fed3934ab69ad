/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-types.h"

G_BEGIN_DECLS

/**
 * UcMember:
 *
 * A membership of a channel. @read_msg_count is `msg_count` of the API: posts
 * already READ; unread = channel.total_msg_count - read_msg_count.
 */
struct _UcMember
{
  char    *channel_id;
  char    *user_id;
  char    *roles;
  char    *notify_desktop; /* default | all | mention | none */
  char    *notify_push;
  char    *notify_email;
  char    *ignore_channel_mentions; /* default | on | off */
  gboolean is_muted;                /* mark_unread = "mention" */
  gint64   last_viewed_at_ms;
  gint64   last_update_at_ms;
  gint64   read_msg_count;
  gint64   read_msg_count_root;
  gint64   mention_count;
  gint64   mention_count_root;
};

UcMember *uc_member_new   (void) G_GNUC_WARN_UNUSED_RESULT;
UcMember *uc_member_copy  (const UcMember *self) G_GNUC_WARN_UNUSED_RESULT;
UcMember *uc_member_ref   (const UcMember *self);
void      uc_member_unref (UcMember       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcMember, uc_member_unref)

G_END_DECLS
