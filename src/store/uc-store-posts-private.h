/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-post.h"
#include "uc-write-private.h"

G_BEGIN_DECLS

/* What is known of a stored message before something happens to it. */
/* How a message goes. */
typedef struct {
  gint64 delete_at_ms;
  gint64 update_at_ms;  /* 0: only inferred, the server may show it again */
  gint64 counted_at_ms; /* by the server's clock: a root as new as that knows; 0: unknown */
} UcBurial;

typedef struct
{
  gint64   seq; /* 0: it is not stored */
  gint64   channel;
  gint64   user;
  gint64   create_at_ms;
  gint64   update_at_ms;
  gint64   delete_at_ms;
  gint64   last_reply_at_ms;
  int      reply_count;
  gboolean has_metadata;
  gboolean is_pushed;
  gboolean in_total;
  gboolean is_pinned; /* of a deleted one: it is a grave */
} UcPostRow;

gboolean _uc_post_find         (UcDb       *db,
                                const char *id,
                                UcPostRow  *row,
                                GError    **error);
/* From the server: adds it, or brings it up to date when @post is newer; never both
 * for the same news. Acknowledges the operation of ours that made it. *@seq is 0 when
 * the post is none to keep. */
gboolean _uc_post_put          (UcWrite    *write,
                                UcPost     *post,
                                gint64     *seq,
                                GError    **error);
/* Of one's own, not sent yet: behind everything in its channel. */
gboolean _uc_post_add_local    (UcWrite    *write,
                                UcPost     *post,
                                gint64     *seq,
                                GError    **error);
/* The row at @old_seq becomes @post: id, time and place in the order are the server's
 * from now on, the key stays. */
gboolean _uc_post_rekey        (UcWrite    *write,
                                gint64      old_seq,
                                UcPost     *post,
                                gint64     *seq,
                                GError    **error);
/* An unsent message goes behind @after_seq. */
gboolean _uc_post_move_behind  (UcWrite    *write,
                                gint64      seq,
                                gint64      after_seq,
                                GError    **error);
gboolean _uc_post_set_text     (UcWrite    *write,
                                gint64      seq,
                                const char *message,
                                gint64      edit_at_ms,
                                GError    **error);
gboolean _uc_post_set_pinned   (UcWrite    *write,
                                gint64      seq,
                                gboolean    is_pinned,
                                GError    **error);
/* Leaves a tombstone without text, files and reactions, with its replies. One that is
 * there already stays. */
gboolean _uc_post_bury         (UcWrite        *write,
                                gint64          seq,
                                const UcBurial *burial,
                                GError        **error);
/* Not its replies, which are known to live. */
gboolean _uc_post_bury_alone   (UcWrite        *write,
                                gint64          seq,
                                const UcBurial *burial,
                                GError        **error);
/* Takes a message that was never sent away without trace. */
gboolean _uc_post_erase        (UcWrite    *write,
                                gint64      seq,
                                GError    **error);
/* A reply came: the root shows how many there are. */
gboolean _uc_post_count_reply  (UcWrite    *write,
                                UcPost     *reply,
                                GError    **error);
/* A reply went; @since_ms (0: unknown) says when, by the server's clock. */
gboolean _uc_post_discount_reply (UcWrite *write,
                                  UcPost  *reply,
                                  gint64   since_ms,
                                  GError **error);
/* What was told of the replies of a root before that was stored. */
gboolean _uc_post_take_replies (UcWrite           *write,
                                gint64             seq,
                                const UcEarlyNews *news,
                                GError           **error);
/* A deleted root keeps its place while it has replies; "" is none. */
gboolean _uc_post_settle_grave (UcWrite    *write,
                                const char *root_id,
                                GError    **error);

gboolean _uc_op_put_post         (UcWrite *write, const UcOp *op, GError **error);
gboolean _uc_op_remove_post      (UcWrite *write, const UcOp *op, GError **error);
gboolean _uc_op_set_reply_count  (UcWrite *write, const UcOp *op, GError **error);

G_END_DECLS
