/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-batch.h"
#include "uc-change-set.h"
#include "uc-db.h"
#include "uc-early-private.h"

G_BEGIN_DECLS

/**
 * UcReserve:
 *
 * Some room on the disk, kept beside a store for the moment at which there is none:
 * then the file goes, so that what a person just wrote, and deleting, still find place.
 */
typedef struct _UcReserve UcReserve;

UcReserve   *_uc_reserve_new      (const char   *store_path) G_GNUC_WARN_UNUSED_RESULT;
void         _uc_reserve_free     (UcReserve    *self);

/* Writer's thread: sets the room aside, when there is plenty. */
void         _uc_reserve_make     (UcReserve    *self);
/* Writer's thread: applies @batch, and once more with the reserve's room when the disk
 * is full. */
UcChangeSet *_uc_reserve_apply    (UcReserve    *self,
                                   UcBatch      *batch,
                                   UcDb         *db,
                                   UcEarly      *early,
                                   gint64        now_ms,
                                   GError      **error) G_GNUC_WARN_UNUSED_RESULT;
/* Any thread: the disk was full and is not known to have room again. */
gboolean     _uc_reserve_is_used  (UcReserve    *self);

G_END_DECLS
