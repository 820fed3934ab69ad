/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-store-types.h"
#include "uc-write-private.h"

G_BEGIN_DECLS

/* (element-type UcSpan): those that touch [@lo_seq, @hi_seq], oldest first. */
GArray  *_uc_spans_load       (UcDb         *db,
                               const char   *channel_id,
                               gint64        lo_seq,
                               gint64        hi_seq,
                               GError      **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same by the channel's number. */
GArray  *_uc_spans_load_in    (UcDb         *db,
                               gint64        channel,
                               gint64        lo_seq,
                               gint64        hi_seq,
                               GError      **error) G_GNUC_WARN_UNUSED_RESULT;
/* @span is complete history: joins it with what it touches. */
gboolean _uc_spans_merge      (UcWrite      *write,
                               const char   *channel_id,
                               gint64        channel,
                               const UcSpan *span,
                               GError      **error);
/* A pushed message: the span that reaches the tip, if there is one, now reaches it. */
gboolean _uc_spans_push       (UcWrite      *write,
                               const char   *channel_id,
                               gint64        channel,
                               gint64        seq,
                               GError      **error);
gboolean _uc_spans_clear_tip  (UcWrite      *write,
                               const char   *channel_id,
                               gint64        channel,
                               GError      **error);

/* -- uc-store-spans-mend.c ----------------------------------------------------------- */

/* Takes back what spans claim without a message to show for it: ends move inwards to
 * messages of the channel, what overlaps is joined, only the ends of a history reach
 * its start and its tip. Claims never grow. In a transaction. */
gboolean _uc_spans_mend_all   (UcDb         *db,
                               GError      **error);
/* Nothing is claimed before @floor_seq any more; *@cut_seq is the message at which the
 * history begins that was cut there, else @floor_seq. */
gboolean _uc_spans_cut        (UcDb         *db,
                               gint64        channel,
                               gint64        floor_seq,
                               gint64       *cut_seq,
                               GError      **error);

gboolean _uc_op_clear_tips    (UcWrite      *write,
                               const UcOp   *op,
                               GError      **error);
gboolean _uc_op_claim_tip     (UcWrite      *write,
                               const UcOp   *op,
                               GError      **error);

G_END_DECLS
