/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-message.h"

G_BEGIN_DECLS

/* What a page of history is evidence for. */
typedef enum
{
  UC_PAGE_LATEST, /* the newest posts of the channel, which somebody looks at */
  UC_PAGE_NEWS,   /* the same, read without being asked: nothing comes back by it that
                   * retention took away */
  UC_PAGE_BEFORE, /* next to the anchor, older */
  UC_PAGE_AFTER,  /* next to the anchor, newer */
} UcPageKind;

/**
 * UcSpan:
 *
 * A stretch of complete history of a channel, both ends inclusive. Between two
 * spans lies a hole. Spans of a channel never overlap.
 */
typedef struct
{
  gint64   lo_seq;
  gint64   hi_seq;
  gboolean reaches_start;
  gboolean reaches_tip;
} UcSpan;

typedef enum
{
  UC_OP_POST,
  UC_OP_EDIT,
  UC_OP_DELETE,
  UC_OP_REACT,
  UC_OP_UNREACT,
  UC_OP_PIN,
  UC_OP_UNPIN,
  UC_OP_SAVE,
  UC_OP_UNSAVE,
  UC_OP_VIEW,
  UC_OP_SET_UNREAD,
} UcOpKind;

/**
 * UcOutboxRow:
 *
 * One queued operation. @number is the order of queueing and never reused.
 * @post_id is the server's id of the post it works on, or "" while that post is
 * itself unsent (@waits_for then names the operation that sends it).
 */
typedef struct
{
  gint64      number;
  char       *op_id;
  UcOpKind    kind;
  UcSendState state;
  char       *channel_id;
  char       *root_id;       /* the server's id, or "" */
  char       *post_id;
  char       *waits_for;     /* (nullable) op id */
  char       *message;
  char       *props; /* of a post: what goes with it, JSON or ""; of an edit: the text
                      * that it was made from */
  char       *emoji_name;
  char       *last_known_id; /* newest post of the channel before the first try */
  GPtrArray  *files;         /* (element-type UcFile): id "" until uploaded */
  char       *reason;        /* (nullable) */
  int         tries;
  gint64      queued_at_ms;
  gint64      first_try_ms;
  gint64      next_try_ms;
} UcOutboxRow;

void uc_outbox_row_free (UcOutboxRow *self);

/**
 * UcChannelState:
 *
 * A channel as the sidebar needs it. Unread counts are ready to show: @unread is
 * 0 for a muted channel that has no mention.
 */
typedef struct
{
  UcChannel *channel;
  UcMember  *member;      /* (nullable) */
  gint64     unread;
  gint64     mentions;
  gint64     newest_seq;  /* 0 when nothing is stored */
  gboolean   is_favourite;
  gboolean   is_hidden;   /* a direct or group channel put away by preference */
  gboolean   has_draft;
  int        n_failed;    /* FAILED operations in it */
} UcChannelState;

void uc_channel_state_free (UcChannelState *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcOutboxRow, uc_outbox_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcChannelState, uc_channel_state_free)

G_END_DECLS
