/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-fault-proxy.h"

G_BEGIN_DECLS

/**
 * UcFaultConnection:
 *
 * One connection through the proxy, message by message. It asks its proxy whether
 * something happens to each.
 */
typedef struct _UcFaultConnection UcFaultConnection;

/* Connects to the server and begins to pass. The proxy holds it until it has ended. */
UcFaultConnection *uc_fault_connection_new (UcFaultProxy      *proxy,
                                            GSocketConnection *client,
                                            guint16 server_port) G_GNUC_WARN_UNUSED_RESULT;
void               uc_fault_connection_unref (UcFaultConnection *self);
/* Resets both sides; the proxy forgets it. */
void uc_fault_connection_reset (UcFaultConnection *self);
/* Nothing comes through any more, either way. */
void     uc_fault_connection_stall (UcFaultConnection *self);
gboolean uc_fault_connection_is_socket (UcFaultConnection *self);
gboolean uc_fault_connection_is_stalled (UcFaultConnection *self);

/* The proxy's side of it. Notes a request, and says what happens to it, or to an event;
 * (transfer none), valid until the next call. */
const UcFault *_uc_fault_proxy_judge_request (UcFaultProxy *self, const char *line);
const UcFault *_uc_fault_proxy_judge_event (UcFaultProxy *self, const char *name);
void           _uc_fault_proxy_trace (UcFaultProxy *self,
                                      const char   *what,
                                      UcFaultKind   kind,
                                      gconstpointer data,
                                      gsize         length);
void           _uc_fault_proxy_forget (UcFaultProxy *self, UcFaultConnection *connection);

G_END_DECLS
