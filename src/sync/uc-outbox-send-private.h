/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-context-private.h"
#include "uc-outbox-plan-private.h"

G_BEGIN_DECLS

/* Takes one operation to the server: its files, then itself. What succeeded is
 * recorded before it returns. finish always gives an outcome; *@error says why it is
 * not DONE. */
void            _uc_outbox_send_async (UcContext          *context,
                                       const UcOutboxRow  *row,
                                       GCancellable       *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer            user_data);
UcOutboxOutcome _uc_outbox_send_finish (UcContext *context, GAsyncResult *result, GError **error);

/* Looks for the post of an operation that may have arrived. TRUE without error:
 * answered; *@was_found: it is there, and recorded. */
void     _uc_outbox_settle_async (UcContext          *context,
                                  const UcOutboxRow  *row,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data);
gboolean _uc_outbox_settle_finish (UcContext    *context,
                                   GAsyncResult *result,
                                   gboolean     *was_found,
                                   GError      **error);

G_END_DECLS
