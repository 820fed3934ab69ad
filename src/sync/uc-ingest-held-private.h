/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-wire-event.h"

G_BEGIN_DECLS

/* The moment of the server's clock the event stands for; 0 when it says none. */
gint64 _uc_ingest_get_moment (const UcEvent *event);

/* What lies in a queue (of UcEvent) of events that are held back. When the next post of
 * a channel was written; 0: none is there. */
gint64   _uc_ingest_next_post_ms (const GQueue *held, const char *channel_id);
/* Whether anything of it is in the counts of lists too. */
gboolean _uc_ingest_has_counted  (const GQueue *held);

G_END_DECLS
