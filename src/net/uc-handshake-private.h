/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-bounded-stream-private.h"

G_BEGIN_DECLS

/* Connects to @address, asks for a WebSocket and gives the connection on which the
 * frames then run. A refusal is a #UcError. */
void             _uc_handshake_async  (GUri                *address,
                                       const char          *token,
                                       gsize                limit_bytes,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
UcBoundedStream *_uc_handshake_finish (GAsyncResult        *result,
                                       GError             **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
