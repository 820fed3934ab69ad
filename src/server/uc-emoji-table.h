/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-db.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * UcEmoji:
 *
 * An emoji that people have added. Its picture lies in pictures/ under its id.
 */
typedef struct {
  char  *id;
  char  *name;
  char  *creator_id;
  char  *mime_type;
  gint64 create_at_ms;
  gint64 update_at_ms;
  gint64 delete_at_ms;
} UcEmoji;

void        uc_emoji_free (UcEmoji *self);
JsonObject *uc_emoji_to_json (const UcEmoji *self) G_GNUC_WARN_UNUSED_RESULT;

/* NULL and UC_REFUSAL_EMOJI_UNKNOWN. */
UcEmoji *uc_emoji_table_find (UcDb *db, const char *id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* NULL without an error when there is none. */
gboolean uc_emoji_table_find_name (UcDb *db, const char *name, UcEmoji **emoji, GError **error);
/* (element-type UcEmoji), by name. @is_prefix: names that begin with @term. */
GPtrArray *uc_emoji_table_list (UcDb       *db,
                                const char *term,
                                gboolean    is_prefix,
                                int         offset,
                                int         limit,
                                GError    **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   uc_emoji_table_insert (UcDb *db, const UcEmoji *emoji, GError **error);
gboolean   uc_emoji_table_delete (UcDb *db, const char *id, gint64 now_ms, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcEmoji, uc_emoji_free)

G_END_DECLS
