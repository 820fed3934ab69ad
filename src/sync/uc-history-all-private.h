/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-people-private.h"

G_BEGIN_DECLS

/* The span that is to grow next towards the start of the channel: the newest one,
 * since it swallows the older ones as it meets them. NULL: nothing is missing, or what
 * is lies before @kept_from_seq, where retention took it away. */
const UcSpan *_uc_history_next_span (GArray *spans,
                                     gint64  kept_from_seq);

/* The whole history of @channel_ids (element-type utf8), one after the other. A
 * channel that may not be read is left out. */
void     _uc_history_all_async (UcContext          *context,
                                UcPeople           *people,
                                GPtrArray          *channel_ids,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data);
gboolean _uc_history_all_finish (UcContext *context, GAsyncResult *result, GError **error);

G_END_DECLS
