/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-db.h"

G_BEGIN_DECLS

/* What is unsent stands twice: as a row of the outbox and as the message on the screen.
 * Each can be made from the other when one is lost. */

/* Messages for what is in the outbox of @db and does not show. Inside a transaction. */
gboolean _uc_unsent_show  (UcDb        *db,
                           GError     **error);
/* Outbox rows in @to for unsent messages of @from that have none: failed for @reason,
 * since whether such a message was sent is for the person to see. What cannot be read
 * of @from is left, what cannot be written is an error. */
gboolean _uc_unsent_queue (UcDb        *to,
                           UcDb        *from,
                           const char  *reason,
                           GError     **error);

G_END_DECLS
