/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-wire-event.h"

G_BEGIN_DECLS

/**
 * UcAwaited:
 *
 * What happens to posts of channels that are being fetched: it is applied once the
 * channel is here, on top of what its record counts. Main thread.
 */
typedef struct _UcAwaited UcAwaited;

UcAwaited *_uc_awaited_new (void) G_GNUC_WARN_UNUSED_RESULT;
void       _uc_awaited_free (UcAwaited *self);

/* The channel is being fetched; that it is so already does not matter. */
void _uc_awaited_begin (UcAwaited *self, const char *channel_id);
/* TRUE: @event is of such a channel, and has been taken. */
gboolean _uc_awaited_take (UcAwaited *self, UcEvent *event);
/* The channel is here, or will not come. Returns: (transfer full) (nullable): its events
 * (element-type UcEvent), in order */
GQueue *_uc_awaited_end (UcAwaited *self, const char *channel_id);
void    _uc_awaited_clear (UcAwaited *self);

G_END_DECLS
