/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-context-private.h"
#include "uc-outbox-waits-private.h"

G_BEGIN_DECLS

/* What follows from an operation that has come to an end, for better or worse. */
typedef enum {
  UC_FLIGHT_ARRIVED = 1 << 0,      /* the server took it, or has no use for it any more */
  UC_FLIGHT_WANTS_COUNTS = 1 << 1, /* the counts of its channel are to be asked for */
} UcFlightEnd;

void        _uc_outbox_fly_async  (UcContext          *context,
                                   UcOutboxWaits      *waits,
                                   UcOutboxRow        *row,
                                   GCancellable       *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data);
UcFlightEnd _uc_outbox_fly_finish (GAsyncResult       *result);

G_END_DECLS
