/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * UcBenchRelay:
 *
 * Stands between a client and a server and counts what passes. A process of its own, so
 * that its cost is not the client's.
 */
typedef struct _UcBenchRelay UcBenchRelay;

/* Whatever has passed since the beginning. */
typedef struct {
  guint64 n_up;   /* bytes to the server */
  guint64 n_down; /* bytes from it */
  guint   n_requests;
} UcBenchTraffic;

/* Forks: before there are threads. It ends with the caller. */
UcBenchRelay *uc_bench_relay_new (void) G_GNUC_WARN_UNUSED_RESULT;
void          uc_bench_relay_free (UcBenchRelay *self);
/* Needed before the first connection. */
void uc_bench_relay_set_server (UcBenchRelay *self, guint16 port);
/* "http://127.0.0.1:PORT" (transfer full) */
char *uc_bench_relay_dup_site (UcBenchRelay *self);
/* While TRUE whoever asks for a WebSocket is cut off. */
void           uc_bench_relay_refuse_sockets (UcBenchRelay *self, gboolean is_refusing);
UcBenchTraffic uc_bench_relay_get_traffic (UcBenchRelay *self);
/* Prints how often what was asked for, from the request @first on. */
void uc_bench_relay_print_requests (UcBenchRelay *self, guint first);

G_END_DECLS
