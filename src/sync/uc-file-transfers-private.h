/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-clock.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * UcFileTransfers:
 *
 * How far the files are that move at this moment, by the id the screen knows each by.
 * Tells of it a few times a second at most, and has no timer of its own. Main thread.
 *
 * Signals: "changed" (UcFileTransfers *, const char *file_id)
 */
#define UC_TYPE_FILE_TRANSFERS (uc_file_transfers_get_type ())
G_DECLARE_FINAL_TYPE (UcFileTransfers, uc_file_transfers, UC, FILE_TRANSFERS, GObject)

UcFileTransfers *_uc_file_transfers_new (UcClock *clock) G_GNUC_WARN_UNUSED_RESULT;

/* @cancellable: (nullable): what stops it when a person wants that. */
void     _uc_file_transfers_begin (UcFileTransfers *self,
                                   const char      *file_id,
                                   gint64           total_bytes,
                                   GCancellable    *cancellable);
/* @total_bytes: 0 when it is not known. */
void     _uc_file_transfers_step (UcFileTransfers *self,
                                  const char      *file_id,
                                  gint64           done_bytes,
                                  gint64           total_bytes);
void     _uc_file_transfers_end (UcFileTransfers *self, const char *file_id);
/* FALSE: it does not move. */
gboolean _uc_file_transfers_get (UcFileTransfers *self,
                                 const char      *file_id,
                                 gint64          *done_bytes,
                                 gint64          *total_bytes);
/* FALSE: there was nothing to be stopped. */
gboolean _uc_file_transfers_stop (UcFileTransfers *self, const char *file_id);
/* While it moves still: whether somebody did that. */
gboolean _uc_file_transfers_is_stopped (UcFileTransfers *self, const char *file_id);

G_END_DECLS
