/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-api.h"
#include "uc-flags.h"
#include "uc-store-read.h"

G_BEGIN_DECLS

typedef struct _UcRequestQueue  UcRequestQueue;
typedef struct _UcFileTransfers UcFileTransfers;
typedef struct _UcViews         UcViews;

/**
 * UcContext:
 *
 * What every part of the room works with: one account's store, server, flags and
 * clock. The parts hold it instead of each other. Its fields do not change.
 *
 * Signals:
 *   "store-failed" (UcContext *, GError *)   something received is lost: a batch was not written
 *   "trouble" (UcContext *, GError *)        something was not written, and is read again later
 */
#define UC_TYPE_CONTEXT (uc_context_get_type ())
G_DECLARE_FINAL_TYPE (UcContext, uc_context, UC, CONTEXT, GObject)

struct _UcContext {
  GObject parent_instance;

  UcStore         *store;      /* (owned) */
  UcApi           *api;        /* (owned) */
  UcFlags         *flags;      /* (owned) */
  UcClock         *clock;      /* (owned) */
  UcRequestQueue  *requests;   /* (owned) */
  UcFileTransfers *transfers;  /* (owned) */
  UcViews         *views;      /* (owned) */
  char            *my_user_id; /* (owned) */
};

UcContext *_uc_context_new (UcStore    *store,
                            UcApi      *api,
                            UcFlags    *flags,
                            UcClock    *clock,
                            const char *my_user_id) G_GNUC_WARN_UNUSED_RESULT;

/* Our clock set right by the server's last answer. */
gint64 _uc_context_get_server_now_ms (UcContext *self);

/* Takes @batch and writes it; an empty one is dropped. Only a failure is heard of. */
void _uc_context_apply (UcContext *self, UcBatch *batch);

G_END_DECLS
