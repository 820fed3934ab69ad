/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-dispatch.h"
#include "uc-hub.h"
#include "uc-login-limit.h"
#include "uc-password.h"
#include "uc-server-guard.h"

G_BEGIN_DECLS

/**
 * UcFront:
 *
 * What requests meet on the main thread. Owned by the server.
 */
typedef struct {
  UcDispatch     *dispatch;
  UcDispatch     *readers; /* for what takes its time */
  UcPasswordPool *passwords;
  UcLoginLimit   *login_limit;
  UcHub          *hub;
  UcServerGuard  *guard;
  const UcSite   *site;
  GHashTable     *exchanges; /* (element-type SoupServerMessage UcExchange) */
} UcFront;

/**
 * UcExchange:
 *
 * One HTTP request from its first byte to the last of its answer: receives the body
 * within bounds, finds the route, sends the call to the worker and its answer to the
 * client. Main thread.
 */
typedef struct _UcExchange UcExchange;

/* A connection waits for a request. */
void uc_exchange_begin (UcFront *front, SoupServerMessage *message);
/* All headers are there, the body is not. */
void uc_exchange_take_headers (UcFront *front, SoupServerMessage *message);
/* All is there. */
void uc_exchange_take_request (UcFront *front, SoupServerMessage *message);
/* Cuts those that make no progress. */
void uc_exchange_sweep (UcFront *front);
void uc_exchange_unref (UcExchange *self);

G_END_DECLS
