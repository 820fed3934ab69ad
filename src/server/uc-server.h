/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-dispatch.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct {
  const char *data_dir;
  const char *address;       /* (nullable): 127.0.0.1 */
  const char *trusted_proxy; /* (nullable) */
  const char *site_url;      /* (nullable) */
  UcClock    *clock;         /* (nullable): the system's */
  guint       hash_cost;     /* of passwords; 0: the library's own choice */
  guint16     port;          /* 0: any that is free */
} UcServerOptions;

/**
 * UcServer:
 *
 * The whole server: opens the data, listens, ends in order. It joins the front (HTTP
 * and sockets, main thread) and the worker (everything that means something), and
 * knows neither calls nor tables itself.
 *
 *   SoupServer → UcExchange → UcDispatch → worker: router → handler → service → table
 *                    ↑             ↓ after the commit
 *                 answer         UcHub → sockets
 */
#define UC_TYPE_SERVER (uc_server_get_type ())
G_DECLARE_FINAL_TYPE (UcServer, uc_server, UC, SERVER, GObject)

UcServer *uc_server_new (const UcServerOptions *options) G_GNUC_WARN_UNUSED_RESULT;

/* Where it listens, once it does: "http://127.0.0.1:8065". */
const char *uc_server_get_url (UcServer *self);
/* For those who act on the server in its own process. */
UcDispatch   *uc_server_get_dispatch (UcServer *self);
const UcSite *uc_server_get_site (UcServer *self);
/* How many sockets are open: of one user, or of anybody (NULL). */
guint uc_server_count_sockets (UcServer *self, const char *user_id);
/* One who sees every event after the sockets have got it; NULL for nobody. */
void uc_server_set_observer (UcServer *self, UcPublishFunc observe, gpointer user_data);

void     uc_server_start_async (UcServer           *self,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data);
gboolean uc_server_start_finish (UcServer *self, GAsyncResult *result, GError **error);

/* Takes no more requests, and finishes what it has taken. */
void     uc_server_stop_async (UcServer *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean uc_server_stop_finish (UcServer *self, GAsyncResult *result, GError **error);

G_END_DECLS
