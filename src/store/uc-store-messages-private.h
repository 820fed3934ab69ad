/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-message.h"
#include "uc-store-read.h"
#include "uc-write-private.h"

G_BEGIN_DECLS

/* What the id of a message is that has not been sent: this and its operation. */
#define UC_LOCAL_PREFIX "local:"

/* For the statements of this family: what _uc_message_read_all() reads, in the order of
 * its columns, from messages m. A placeholder is no annotation to anybody who shows
 * messages. */
#define UC_MESSAGE_COLUMNS                                                                            \
  "m.seq, m.id, c.id, u.id, m.root_id, m.type, m.message, m.props, m.hashtags, m.file_ids, "       \
  "m.override_name, m.op_id, m.is_local, m.create_at_ms, m.update_at_ms, m.edit_at_ms, "           \
  "m.delete_at_ms, m.last_reply_at_ms, m.reply_count, m.is_pinned, m.has_reactions, "              \
  "m.is_from_bot, a.category, a.priority, a.source, a.confidence, a.model, a.actions, a.at_ms, "   \
  "coalesce (p.value, '')"

/* CROSS JOIN: the messages lead, whatever the planner thinks of their number. */
#define UC_MESSAGE_TABLES                                                                             \
  " FROM messages m"                                                                               \
  " CROSS JOIN channels c ON c.channel = m.channel"                                                \
  " CROSS JOIN users u ON u.user = m.user"                                                         \
  " LEFT JOIN annotations a ON a.seq = m.seq AND a.source > 0"                                     \
  " LEFT JOIN preferences p ON p.category = 'flagged_post' AND p.name = m.id"

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
/* Steps @stmt, which is bound, to its end. (element-type UcMessage): complete, as the
 * screen needs them. */
GPtrArray *_uc_message_read_all    (UcDb         *db,
                                    UcStmt       *stmt,
                                    GError      **error) G_GNUC_WARN_UNUSED_RESULT;
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
