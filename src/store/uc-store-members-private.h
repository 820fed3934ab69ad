/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-member.h"
#include "uc-post.h"
#include "uc-write-private.h"

G_BEGIN_DECLS

#define UC_MEMBER_COLUMNS                                                                          \
  "mb.user_id, mb.roles, mb.notify_desktop, mb.notify_push, mb.notify_email, "                     \
  "mb.ignore_channel_mentions, mb.is_muted, mb.last_viewed_at_ms, mb.last_update_at_ms, "          \
  "mb.read_msg_count, mb.read_msg_count_root, mb.mention_count, mb.mention_count_root"

/* From UC_MEMBER_COLUMNS at @column on; NULL when there is no membership. */
UcMember *_uc_member_read        (UcStmt      *stmt,
                                  int          column,
                                  const char  *channel_id) G_GNUC_WARN_UNUSED_RESULT;
/* Everything up to @seen_seq (0: all there is) is read. @is_told: the server said so, which what it said
 * earlier does not change any more; else it is only wished here. */
gboolean  _uc_member_mark_read   (UcWrite     *write,
                                  const char  *channel_id,
                                  gint64       at_ms,
                                  gint64       seen_seq,
                                  gboolean     is_told,
                                  GError     **error);
/* @post, which is stored at @seq, calls @me (a key of the store). */
gboolean  _uc_member_add_mention (UcWrite      *write,
                                  const UcPost *post,
                                  gint64        channel,
                                  gint64        seq,
                                  gint64        me,
                                  GError     **error);
gboolean  _uc_member_set_unread  (UcWrite     *write,
                                  const char  *channel_id,
                                  gint64       last_viewed_at_ms,
                                  gint64       read_msg_count,
                                  gint64       mention_count,
                                  GError     **error);
/* As far as stored messages tell: from @seq on, nothing is read. */
gboolean  _uc_member_unread_from (UcWrite     *write,
                                  const char  *channel_id,
                                  gint64       seq,
                                  GError     **error);
gboolean  _uc_member_remove      (UcWrite     *write,
                                  gint64       channel,
                                  GError     **error);

gboolean  _uc_op_put_member      (UcWrite *write, const UcOp *op, GError **error);
gboolean  _uc_op_mark_read       (UcWrite *write, const UcOp *op, GError **error);
gboolean  _uc_op_leave_unread    (UcWrite *write, const UcOp *op, GError **error);
gboolean  _uc_op_set_unread      (UcWrite *write, const UcOp *op, GError **error);

G_END_DECLS
