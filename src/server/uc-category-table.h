/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-db.h"

G_BEGIN_DECLS

/**
 * UcSidebarCategory:
 *
 * A heading of somebody's sidebar in one team. Those that everybody has hold what no
 * other one holds; only "custom" ones have channels of their own.
 */
typedef struct {
  char    *id;
  char    *user_id;
  char    *team_id;
  char    *type; /* favorites, channels, direct_messages, custom */
  char    *display_name;
  char    *sorting;
  gboolean is_muted;
  gboolean is_collapsed;
  int      position;
} UcSidebarCategory;

UcSidebarCategory *uc_sidebar_category_new (void) G_GNUC_WARN_UNUSED_RESULT;
void               uc_sidebar_category_free (UcSidebarCategory *self);

/* (element-type UcSidebarCategory), in the user's order. */
GPtrArray *uc_category_table_list (UcDb       *db,
                                   const char *user_id,
                                   const char *team_id,
                                   GError    **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   uc_category_table_put (UcDb *db, const UcSidebarCategory *category, GError **error);
gboolean   uc_category_table_delete (UcDb *db, const char *id, GError **error);

/* (element-type utf8): channels of a custom one. */
GPtrArray *uc_category_table_list_channels (UcDb       *db,
                                            const char *category_id,
                                            GError    **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   uc_category_table_add_channel (UcDb       *db,
                                          const char *category_id,
                                          const char *channel_id,
                                          int         position,
                                          GError    **error);
/* Out of whatever custom one of the user it is in. */
gboolean
uc_category_table_take_out (UcDb *db, const char *user_id, const char *channel_id, GError **error);
gboolean uc_category_table_clear (UcDb *db, const char *category_id, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcSidebarCategory, uc_sidebar_category_free)

G_END_DECLS
