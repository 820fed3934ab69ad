/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-ingest-private.h"
#include "uc-request-queue-private.h"

G_BEGIN_DECLS

/* What of a channel is to be brought up to date. */
typedef enum {
  UC_READ_CHANGES, /* edits, deletions, reactions; the newest page only when that proves needed */
  UC_READ_NEW_TOO, /* the newest page first */
} UcReadDepth;

/* What reading a channel works with. */
typedef struct {
  UcContext    *context;    /* (unowned) outlive the reading */
  UcPeople     *people;     /* (unowned) */
  UcWatermarks *watermarks; /* (unowned) */
  UcIngest     *announce;   /* (unowned) (nullable) hears of new posts */
} UcReadEnv;

/* Brings one channel up to date: the newest page, the pages between it and what was
 * known, then what changed since. When it returns its watermark is written. */
void     _uc_channel_read_async (const UcReadEnv    *env,
                                 const char         *channel_id,
                                 UcLane              lane,
                                 UcReadDepth         depth,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data);
gboolean _uc_channel_read_finish (UcContext *context, GAsyncResult *result, GError **error);

/* Whether @page meets what is known up to @mark_ms, or the start. */
gboolean _uc_channel_read_is_joined (const UcPostPage *page, gint64 mark_ms);

G_END_DECLS
