/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-db.h"

G_BEGIN_DECLS

/* The integer keys behind the server's ids. A person or channel that is named for
 * the first time gets a row that holds nothing else yet. */
gboolean _uc_key_of_user       (UcDb        *db,
                                const char  *id,
                                gint64      *user,
                                GError     **error);
gboolean _uc_key_of_channel    (UcDb        *db,
                                const char  *id,
                                gint64      *channel,
                                GError     **error);
/* 0 when it is not known; makes none. */
gboolean _uc_key_find_channel  (UcDb        *db,
                                const char  *id,
                                gint64      *channel,
                                GError     **error);
/* The least key of that moment; times from outside may be anything. */
gint64   _uc_key_of_ms         (gint64       ms);
/* The greatest one. */
gint64   _uc_key_last_of_ms    (gint64       ms);
/* The first free key at or after that moment, behind all others of its millisecond. */
gboolean _uc_key_for_message   (UcDb        *db,
                                gint64       create_at_ms,
                                gint64      *seq,
                                GError     **error);
/* The same for a message that stands before the one at @before_seq, which may be of
 * the same millisecond. */
gboolean _uc_key_before_message (UcDb       *db,
                                gint64       create_at_ms,
                                gint64       before_seq,
                                gint64      *seq,
                                GError     **error);
/* (transfer full): one's own user id, "" when it is not known yet. */
char    *_uc_key_dup_my_id     (UcDb        *db,
                                GError     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
