/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * UcSocket:
 *
 * One WebSocket connection to a server: opens with the token in the header, hands
 * out whole text frames in order, sends frames, tells when it is gone. It decides
 * nothing: sync reads the frames and decides when to connect again. A frame over
 * UC_LIMIT_SOCKET_IN_BYTES closes it. Main thread.
 *
 * Signals: "frame" (UcSocket *, GBytes *), "closed" (UcSocket *, GError *) once
 */
#define UC_TYPE_SOCKET (uc_socket_get_type ())
G_DECLARE_FINAL_TYPE (UcSocket, uc_socket, UC, SOCKET, GObject)

UcSocket *uc_socket_new             (const char          *site) G_GNUC_WARN_UNUSED_RESULT;

/* @connection_id NULL: a fresh stream; else resume at @sequence_number. */
void      uc_socket_connect_async   (UcSocket            *self,
                                     const char          *token,
                                     const char          *connection_id,
                                     gint64               sequence_number,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
gboolean  uc_socket_connect_finish  (UcSocket            *self,
                                     GAsyncResult        *result,
                                     GError             **error);
gboolean  uc_socket_is_open         (UcSocket            *self);
void      uc_socket_send            (UcSocket            *self,
                                     const char          *frame);
void      uc_socket_close           (UcSocket            *self);

G_END_DECLS
