/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * UcWatch:
 *
 * Ends an operation that shows no sign of life, or that its caller cancels: both
 * by way of one inner cancellable that the parts of the operation listen to.
 */
typedef struct _UcWatch UcWatch;
typedef void (*UcWatchStuck) (gpointer user_data);

UcWatch      *_uc_watch_new             (GCancellable *outer) G_GNUC_WARN_UNUSED_RESULT;
void          _uc_watch_free            (UcWatch      *self);

void          _uc_watch_set_stuck       (UcWatch      *self,
                                         UcWatchStuck  stuck,
                                         gpointer      stuck_data);
void          _uc_watch_arm             (UcWatch      *self,
                                         guint         limit_ms);
void          _uc_watch_stop            (UcWatch      *self);
GCancellable *_uc_watch_get_cancellable (UcWatch      *self);
gboolean      _uc_watch_is_timed_out    (UcWatch      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcWatch, _uc_watch_free)

G_END_DECLS
