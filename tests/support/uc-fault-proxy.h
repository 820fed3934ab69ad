/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * UcFaultKind:
 *
 * What can go wrong between a client and its server. Of a request:
 */
typedef enum {
  UC_FAULT_NONE,
  UC_FAULT_RESET,  /* it reaches nobody; the connection is reset */
  UC_FAULT_STALL,  /* it reaches nobody; the connection stays, and is dead */
  UC_FAULT_CUT,    /* @value bytes of it reach the server; then a reset on both sides */
  UC_FAULT_ANSWER, /* it reaches nobody; @answer comes back */
  UC_FAULT_TWICE,  /* the server gets it twice; the second answer comes back */
  /* it reaches the server, and of the answer: */
  UC_FAULT_DELAY,        /* it comes @value ms late */
  UC_FAULT_SWALLOW,      /* a reset instead */
  UC_FAULT_STALL_ANSWER, /* nothing comes, and the connection stays */
  UC_FAULT_TRUNCATE,     /* its first @value bytes come, then the end */
  UC_FAULT_REPLACE,      /* @answer comes instead */
  UC_FAULT_GO_DOWN,      /* everything goes down in that moment */
  /* Of an event on a WebSocket: */
  UC_FAULT_EVENT_DROP,
  UC_FAULT_EVENT_DOUBLE,
  UC_FAULT_EVENT_SWAP,  /* it comes after the next one */
  UC_FAULT_EVENT_CUT,   /* half its frame comes, then a reset */
  UC_FAULT_EVENT_STALL, /* from it on nothing comes, and the connection stays */
  UC_N_FAULTS,
} UcFaultKind;

/**
 * UcFault:
 *
 * One fault as a value. @match is a glob over "METHOD /path?query", or over the name of
 * an event. The first @skip matches pass unharmed, the next @count are struck; 0: all,
 * until it is lifted.
 */
typedef struct {
  UcFaultKind kind;
  const char *match;
  guint       count;
  guint       skip;
  gint64      value;
  const char *answer;
} UcFault;

/**
 * UcFaultProxy:
 *
 * Stands between a client and a server on this machine and does what networks do. Runs
 * in the default main context.
 */
typedef struct _UcFaultProxy UcFaultProxy;

UcFaultProxy *uc_fault_proxy_new (guint16 server_port) G_GNUC_WARN_UNUSED_RESULT;
void          uc_fault_proxy_free (UcFaultProxy *self);

/* "http://127.0.0.1:PORT" of the proxy. */
const char *uc_fault_proxy_get_site (UcFaultProxy *self);
/* Connections from now on lead there. */
void uc_fault_proxy_set_server_port (UcFaultProxy *self, guint16 server_port);

/* Of several that match, the first put strikes. */
void uc_fault_proxy_put (UcFaultProxy *self, const UcFault *fault);
/* Takes back all faults, brings the network up, and frees what was stalled by a reset. */
void uc_fault_proxy_lift (UcFaultProxy *self);
/* How often one of this kind has struck. */
guint uc_fault_proxy_get_hits (UcFaultProxy *self, UcFaultKind kind);

/* Breaks every connection, and takes no new ones while @is_down. */
void uc_fault_proxy_set_down (UcFaultProxy *self, gboolean is_down);
/* Breaks the WebSockets that are open; HTTP goes on. */
void uc_fault_proxy_break_sockets (UcFaultProxy *self);
/* Breaks one connection that is stalled. */
void uc_fault_proxy_break_one (UcFaultProxy *self);
void uc_fault_proxy_refuse_sockets (UcFaultProxy *self, gboolean is_refusing);
/* The WebSockets that are open stay so, and nothing comes through any more. */
void uc_fault_proxy_stall_sockets (UcFaultProxy *self);

/* Faults by the beginning of their requests ("POST /api/v4/posts " ends there): the next
 * one's answer is lost, or everything goes down with it; each is answered so, or
 * stalls. NULL ends the latter two. */
void     uc_fault_proxy_swallow_answer_to (UcFaultProxy *self, const char *head);
void     uc_fault_proxy_go_down_with_answer (UcFaultProxy *self);
gboolean uc_fault_proxy_has_swallowed (UcFaultProxy *self);
void     uc_fault_proxy_answer (UcFaultProxy *self, const char *head, const char *answer);
void     uc_fault_proxy_stall (UcFaultProxy *self, const char *head);
/* The next event from the server is lost, or comes twice. */
void uc_fault_proxy_drop_frame (UcFaultProxy *self);
void uc_fault_proxy_double_frame (UcFaultProxy *self);

/* Requests that began with @head so far. */
guint uc_fault_proxy_count (UcFaultProxy *self, const char *head);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcFaultProxy, uc_fault_proxy_free)

G_END_DECLS
