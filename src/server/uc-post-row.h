/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-db.h"
#include "uc-post.h"

G_BEGIN_DECLS

/* The columns of `posts p` in the order that _uc_post_row_read() takes them. A reply
 * carries the number of replies of its thread. */
#define UC_POST_COLUMNS                                                                            \
  "p.id, p.channel_id, p.user_id, p.root_id, p.message, p.type, p.props, p.hashtags, p.file_ids, " \
  "p.is_pinned, p.has_reactions, p.last_reply_at, p.create_at, p.update_at, p.edit_at, "           \
  "p.delete_at, CASE p.root_id WHEN '' THEN p.reply_count "                                        \
  "ELSE coalesce ((SELECT t.reply_count FROM posts t WHERE t.id = p.root_id), 0) END"

gpointer _uc_post_row_read (UcStmt *stmt);

G_END_DECLS
