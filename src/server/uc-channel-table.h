/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-channel.h"
#include "uc-db.h"

G_BEGIN_DECLS

/* Which channels a list is about; empty strings and 0 ask for nothing. */
typedef struct {
  const char *team_id;
  const char *term;      /* part of name, display name or purpose */
  const char *member_id; /* whose private channels are listed too */
  gboolean    with_public;
  gboolean    with_private;
  gboolean    with_all_private; /* not only those of @member_id */
  gboolean    with_deleted;
  gboolean    only_deleted;
  int         offset;
  int         limit;
} UcChannelQuery;

/* NULL and UC_REFUSAL_CHANNEL_UNKNOWN / _CHANNEL_NAME_UNKNOWN. */
UcChannel *
uc_channel_table_find (UcDb *db, const char *id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
UcChannel *uc_channel_table_find_name (UcDb       *db,
                                       const char *team_id,
                                       const char *name,
                                       GError    **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *uc_channel_table_list_named (UcDb       *db,
                                        const char *user_id,
                                        const char *name,
                                        GError    **error) G_GNUC_WARN_UNUSED_RESULT;
/* (element-type UcChannel). list_user: of one team and all direct and group ones; an
 * empty @team_id means all teams. */
GPtrArray *uc_channel_table_list_user (UcDb       *db,
                                       const char *user_id,
                                       const char *team_id,
                                       gboolean    with_deleted,
                                       GError    **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *uc_channel_table_list (UcDb                 *db,
                                  const UcChannelQuery *query,
                                  GError              **error) G_GNUC_WARN_UNUSED_RESULT;
/* Direct and group channels of a user whose members' names hold @term. */
GPtrArray *uc_channel_table_list_people (UcDb       *db,
                                         const char *user_id,
                                         const char *term,
                                         gboolean    only_groups,
                                         int         limit,
                                         GError    **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   uc_channel_table_insert (UcDb *db, const UcChannel *channel, GError **error);
/* What people change; the counters have a function of their own. */
gboolean uc_channel_table_update (UcDb *db, const UcChannel *channel, GError **error);
gboolean uc_channel_table_count_post (UcDb       *db,
                                      const char *id,
                                      gint64      create_at_ms,
                                      gboolean    is_counted,
                                      gboolean    is_root,
                                      GError    **error);

G_END_DECLS
