/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-context-private.h"

G_BEGIN_DECLS

/**
 * UcFlagSync:
 *
 * Brings flags documents to #UcFlags and what it accepts into the store: the last
 * known one at the start, the server's on each connection, pushed ones. A stock
 * server has none; then what is known holds. Main thread.
 *
 * Signals: "extension-changed" (UcFlagSync *)
 */
#define UC_TYPE_FLAG_SYNC (uc_flag_sync_get_type ())
G_DECLARE_FINAL_TYPE (UcFlagSync, uc_flag_sync, UC, FLAG_SYNC, GObject)

UcFlagSync *_uc_flag_sync_new (UcContext *context) G_GNUC_WARN_UNUSED_RESULT;

/* The last known document out of the store. Never fails: without one the defaults
 * hold. */
void _uc_flag_sync_load_async (UcFlagSync *self, GAsyncReadyCallback callback, gpointer user_data);
void _uc_flag_sync_load_finish (UcFlagSync *self, GAsyncResult *result);
void _uc_flag_sync_fetch (UcFlagSync *self);
void _uc_flag_sync_take (UcFlagSync *self, const char *document);
gboolean _uc_flag_sync_has_extension (UcFlagSync *self);

G_END_DECLS
