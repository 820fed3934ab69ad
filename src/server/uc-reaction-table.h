/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-db.h"
#include "uc-post.h"

G_BEGIN_DECLS

/* (element-type UcReaction), oldest first. */
GPtrArray *
uc_reaction_table_list (UcDb *db, const char *post_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Twice is harmless: the row keeps its first time. */
gboolean
uc_reaction_table_put (UcDb *db, const UcReaction *reaction, gint64 now_ms, GError **error);
gboolean
uc_reaction_table_delete (UcDb *db, const UcReaction *reaction, gboolean *existed, GError **error);
gboolean uc_reaction_table_delete_post (UcDb *db, const char *post_id, GError **error);

G_END_DECLS
