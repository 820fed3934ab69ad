/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-message.h"
#include "uc-store-read.h"
#include "uc-write-private.h"

G_BEGIN_DECLS

/* What the id of a message is that has not been sent: this and its operation. */
#define UC_LOCAL_PREFIX "local:"

/* By server id, by "local:<op id>" or by key; *@seq is 0 when there is none.
 * Tombstones are found too. */
gboolean   _uc_message_find        (UcDb         *db,
                                    const char   *id_or_key,
                                    gint64       *seq,
                                    GError      **error);
/* *@id is NULL when there is no such message. */
gboolean   _uc_message_dup_id      (UcDb         *db,
                                    gint64        seq,
                                    char        **id,
                                    GError      **error);
/* Complete, as the screen needs it. UC_ERROR_NOT_FOUND. */
UcMessage *_uc_message_load        (UcDb         *db,
                                    gint64        seq,
                                    GError      **error) G_GNUC_WARN_UNUSED_RESULT;
UcMessage *_uc_message_load_by_key (UcDb         *db,
                                    const char   *id_or_key,
                                    GError      **error) G_GNUC_WARN_UNUSED_RESULT;
UcWindow  *_uc_message_load_window (UcDb         *db,
                                    const char   *channel_id,
                                    const char   *root_id,
                                    UcWindowKind  kind,
                                    gint64        seq,
                                    guint         limit,
                                    GError      **error) G_GNUC_WARN_UNUSED_RESULT;
/* (element-type UcMessage): without an annotation, newest first. */
GPtrArray *_uc_message_load_unclassified (UcDb    *db,
                                          guint    limit,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
