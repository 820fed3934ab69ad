/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-batch.h"
#include "uc-wire-event.h"

G_BEGIN_DECLS

/* What an event asks for besides what it writes. */
typedef enum {
  UC_FOLLOW_NOTHING,
  UC_FOLLOW_ASIDE,        /* somebody else's matter, and that at once */
  UC_FOLLOW_CHANNEL,      /* read the event's channel and one's membership */
  UC_FOLLOW_CHANNEL_GONE, /* the event's channel is not one's own any more */
  UC_FOLLOW_LISTS,        /* read teams and channels again */
  UC_FOLLOW_USER,         /* read the event's user again */
} UcFollow;

typedef struct {
  const char *my_user_id;
  gint64      now_ms;   /* by the server's clock */
  gint64      known_ms; /* the latest that the stream told of before; 0: nothing yet */
} UcIngestEnv;

/* Fills @batch with what @event says. Pure but for @batch. */
UcFollow _uc_ingest_fill (const UcEvent *event, const UcIngestEnv *env, UcBatch *batch);

G_END_DECLS
