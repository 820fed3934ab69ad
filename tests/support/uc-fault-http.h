/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where messages end on the wire. Each gives the bytes of the first whole message in
 * @bytes, 0 while it is not there yet. */
gsize uc_fault_measure_request (const GByteArray *bytes);
/* An answer without a length lasts until the connection ends: 0 for ever. */
gsize uc_fault_measure_answer (const GByteArray *bytes);
/* A frame of a WebSocket that is not masked: from the server. */
gsize uc_fault_measure_frame (const GByteArray *bytes);

/* "GET /api/v4/users/me", without the version. */
char *uc_fault_dup_request_line (const GByteArray *bytes) G_GNUC_WARN_UNUSED_RESULT;
/* The status of an answer whose head is there. */
guint uc_fault_get_status (const GByteArray *bytes);
/* (nullable): the kind of event a whole text frame carries; NULL for anything else. */
char *uc_fault_dup_event_name (const guint8 *frame, gsize length) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
