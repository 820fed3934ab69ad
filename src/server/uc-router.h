/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-call.h"

G_BEGIN_DECLS

/* What a route asks of who calls it, before its handler runs. A handler whose object
 * stands in the body checks by uc-access.h itself: UC_NEED_SESSION. */
typedef enum {
  UC_NEED_NOTHING,
  UC_NEED_SESSION,
  UC_NEED_SYSTEM,  /* the permission among the system roles */
  UC_NEED_SELF,    /* {user_id} is oneself, or the permission among the system roles */
  UC_NEED_TEAM,    /* the permission in {team_id} */
  UC_NEED_CHANNEL, /* the permission in {channel_id} */
} UcNeed;

typedef enum {
  UC_BODY_NONE,   /* not read */
  UC_BODY_JSON,   /* small, parsed before the handler runs; broken JSON is no body */
  UC_BODY_UPLOAD, /* multipart or raw, received into files */
} UcBodyKind;

/**
 * UcRoute:
 *
 * One line of the table of routes. {…_id} takes an id ({user_id} also "me"), other
 * names in braces any text of one segment.
 */
struct _UcRoute {
  const char *method;
  const char *pattern;
  UcNeed      need;
  const char *permission; /* (nullable) */
  UcBodyKind  body;
  UcHandler   handler;
  UcHandler   prepare; /* (nullable): the first of two runs: before passwords are
                           hashed, or before an upload is received */
  gboolean is_slow;    /* takes its time, and only reads: then a first run finds out
                           who asks, and the handler runs beside those who write */
};

extern const UcRoute uc_routes[];

/* Aborts when the table contradicts itself: a misspelt permission, two equal lines. */
void uc_router_check (void);
/* (nullable): NULL for a path or a method that no line has. Fills @params. */
const UcRoute          *
uc_router_find (const char *method, const char *path, char *params[UC_CALL_MAX_PARAMS]);
int      uc_route_find_param (const UcRoute *route, const char *name);
gboolean uc_route_runs_twice (const UcRoute *route);
/* Everything between the call and its handler. Runs on the worker. */
gboolean uc_router_run (UcTxn *txn, gpointer call, GError **error);

G_END_DECLS
