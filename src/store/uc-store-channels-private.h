/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-post.h"
#include "uc-store-types.h"
#include "uc-write-private.h"

G_BEGIN_DECLS

/* (element-type UcChannelState): those one is in; @channel_id NULL: all. */
GPtrArray *_uc_channels_load         (UcDb        *db,
                                      const char  *channel_id,
                                      GError     **error) G_GNUC_WARN_UNUSED_RESULT;
/* (element-type UcChannel): also those that were left, or only named. */
GPtrArray *_uc_channels_load_stored  (UcDb        *db,
                                      const char  *channel_id,
                                      GError     **error) G_GNUC_WARN_UNUSED_RESULT;
/* Raises the totals and counters for @post, once (protocol.md 19.2). @mentions_me
 * of a post by somebody else. */
/* One's own, that was not pushed yet. Whoever writes has read what stands above; unless
 * the server has counted since, and then knows better. */
gboolean   _uc_channel_count_own     (UcWrite     *write,
                                      UcPost      *post,
                                      gint64       seq,
                                      GError     **error);
gboolean   _uc_channel_count_post    (UcWrite     *write,
                                      UcPost      *post,
                                      gint64       seq,
                                      gboolean     mentions_me,
                                      GError     **error);

gboolean   _uc_op_put_channel        (UcWrite *write, const UcOp *op, GError **error);
gboolean   _uc_op_remove_channel     (UcWrite *write, const UcOp *op, GError **error);
gboolean   _uc_op_replace_channels   (UcWrite *write, const UcOp *op, GError **error);

G_END_DECLS
