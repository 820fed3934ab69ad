/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * UcFaultProxy:
 *
 * Stands between a client and a server on this machine and does what networks do:
 * goes down, stalls, loses answers, refuses WebSockets, loses or doubles frames.
 * Runs in the default main context.
 */
typedef struct _UcFaultProxy UcFaultProxy;

UcFaultProxy *uc_fault_proxy_new               (guint16       server_port) G_GNUC_WARN_UNUSED_RESULT;
void          uc_fault_proxy_free              (UcFaultProxy *self);

/* "http://127.0.0.1:PORT" of the proxy. */
const char   *uc_fault_proxy_get_site          (UcFaultProxy *self);

/* Breaks every connection, and takes no new ones while @is_down. */
void          uc_fault_proxy_set_down          (UcFaultProxy *self,
                                                gboolean      is_down);
/* Breaks the WebSockets that are open; HTTP goes on. */
void          uc_fault_proxy_break_sockets     (UcFaultProxy *self);
/* Breaks one connection that is stalled. */
void          uc_fault_proxy_break_one         (UcFaultProxy *self);
void          uc_fault_proxy_refuse_sockets    (UcFaultProxy *self,
                                                gboolean      is_refusing);
/* Passes the next request that begins with @head ("POST /api/v4/posts ") on to the
 * server, and breaks the connection instead of giving the answer back. */
void          uc_fault_proxy_swallow_answer_to (UcFaultProxy *self,
                                                const char   *head);
/* In that moment everything goes down. */
void          uc_fault_proxy_go_down_with_answer (UcFaultProxy *self);
/* Whether that has happened. */
gboolean      uc_fault_proxy_has_swallowed     (UcFaultProxy *self);
/* Answers every request that begins with @head by these bytes instead of asking the
 * server; NULL ends it. */
void          uc_fault_proxy_answer            (UcFaultProxy *self,
                                                const char   *head,
                                                const char   *answer);
/* Requests that begin with @head go nowhere and get no answer; NULL ends it for those
 * that come later. */
void          uc_fault_proxy_stall             (UcFaultProxy *self,
                                                const char   *head);
/* The WebSockets that are open stay so, and nothing comes through any more. */
void          uc_fault_proxy_stall_sockets     (UcFaultProxy *self);
/* The next frame from the server is lost, or comes twice. */
void          uc_fault_proxy_drop_frame        (UcFaultProxy *self);
void          uc_fault_proxy_double_frame      (UcFaultProxy *self);

/* Requests that began with @head so far. */
guint         uc_fault_proxy_count             (UcFaultProxy *self,
                                                const char   *head);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcFaultProxy, uc_fault_proxy_free)

G_END_DECLS
