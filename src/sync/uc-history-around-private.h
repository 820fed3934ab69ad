/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-people-private.h"

G_BEGIN_DECLS

/* Whether @seq has known neighbours on both sides. */
gboolean _uc_history_is_covered (GArray *spans, gint64 seq);

/* Sees to it that @post_id and what lies around it are stored. finish: (transfer
 * full). What is stored is good enough when the server is away. */
void       _uc_history_around_async (UcContext          *context,
                                     UcPeople           *people,
                                     const char         *post_id,
                                     GCancellable       *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer            user_data);
UcMessage *_uc_history_around_finish (UcContext    *context,
                                      GAsyncResult *result,
                                      GError      **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
