/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-api.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Servers on a loopback port, in the loop of the test. */

SoupServer *uc_net_server_new    (SoupServerCallback   handler,
                                  gpointer             user_data,
                                  char               **site) G_GNUC_WARN_UNUSED_RESULT;
void        uc_net_server_free   (SoupServer          *server);
/* Answers with a status and a text. */
void        uc_net_answer        (SoupServerMessage   *message,
                                  guint                status,
                                  const char          *content_type,
                                  const char          *body);

/**
 * UcRawServer:
 *
 * Sends prepared bytes to whoever connects and has sent a request's head, for
 * answers no proper server gives. "%KEY%" in them becomes the right
 * Sec-WebSocket-Accept.
 */
typedef struct
{
  GSocketService *service;    /* (owned) */
  GTlsCertificate *certificate; /* (owned) (nullable) */
  char           *site;       /* (owned) */
  GBytes         *answer;     /* (owned) */
  gboolean        keeps_open; /* the connection stays after the answer */
  GString        *received;   /* (owned) all that came in */
  GPtrArray      *open;       /* (owned) */
  guint           n_connections;
} UcRawServer;

UcRawServer *uc_raw_server_new   (const char          *answer,
                                  gssize               length,
                                  gboolean             keeps_open) G_GNUC_WARN_UNUSED_RESULT;
/* The same over TLS; of tests/fixtures/tls. Stays open after the answer. */
UcRawServer *uc_raw_server_new_tls (const char        *answer,
                                  const char          *certificate_name) G_GNUC_WARN_UNUSED_RESULT;
void         uc_raw_server_free  (UcRawServer         *self);
/* Sends more on every open connection. */
void         uc_raw_server_push  (UcRawServer         *self,
                                  gconstpointer        data,
                                  gsize                length);

/* Sends and waits. */
gpointer     uc_net_call         (UcApi               *api,
                                  UcRequest           *request,
                                  GError             **error);

/* A record of a user as servers answer it. */
#define UC_NET_USER_ID "abcdefghijklmnopqrstuvwxyz"
#define UC_NET_USER                                                                                \
  "{\"id\":\"" UC_NET_USER_ID "\",\"create_at\":1,\"update_at\":2,\"delete_at\":0,"                \
  "\"username\":\"anna\",\"email\":\"\",\"roles\":\"system_user\",\"locale\":\"de\"}"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcRawServer, uc_raw_server_free)

G_END_DECLS
