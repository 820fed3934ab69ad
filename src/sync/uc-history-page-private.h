/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-people-private.h"
#include "uc-request-queue-private.h"

G_BEGIN_DECLS

/* One page of history older than the message at @before_seq, written when it
 * returns. */
void     _uc_history_page_async (UcContext          *context,
                                 UcPeople           *people,
                                 UcLane              lane,
                                 const char         *channel_id,
                                 gint64              before_seq,
                                 int                 per_page,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data);
gboolean _uc_history_page_finish (UcContext *context, GAsyncResult *result, GError **error);

G_END_DECLS
