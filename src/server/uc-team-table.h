/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-db.h"
#include "uc-team.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * UcTeamMember:
 *
 * Somebody's place in a team. Plain data of the worker.
 */
typedef struct {
  char    *team_id;
  char    *user_id;
  gboolean is_scheme_user;
  gboolean is_scheme_admin;
  gint64   create_at_ms;
  gint64   delete_at_ms; /* left */
} UcTeamMember;

void        uc_team_member_free (UcTeamMember *self);
const char *uc_team_member_get_roles (const UcTeamMember *self);
JsonObject *uc_team_member_to_json (const UcTeamMember *self) G_GNUC_WARN_UNUSED_RESULT;

/* NULL and UC_REFUSAL_TEAM_UNKNOWN / _TEAM_NAME_UNKNOWN / _TEAM_INVITE_UNKNOWN. */
UcTeam *uc_team_table_find (UcDb *db, const char *id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
UcTeam *
uc_team_table_find_name (UcDb *db, const char *name, GError **error) G_GNUC_WARN_UNUSED_RESULT;
UcTeam *uc_team_table_find_invite (UcDb       *db,
                                   const char *invite_id,
                                   GError    **error) G_GNUC_WARN_UNUSED_RESULT;
/* (element-type UcTeam) */
GPtrArray *
uc_team_table_list_user (UcDb *db, const char *user_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *uc_team_table_list (UcDb       *db,
                               const char *term,
                               gboolean    only_open,
                               int         offset,
                               int         limit,
                               GError    **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   uc_team_table_count (UcDb *db, gboolean only_open, gint64 *count, GError **error);
gboolean   uc_team_table_insert (UcDb *db, const UcTeam *team, GError **error);
gboolean   uc_team_table_update (UcDb *db, const UcTeam *team, GError **error);

/* NULL without an error when there is none; one who left is found too. */
gboolean uc_team_table_find_member (UcDb          *db,
                                    const char    *team_id,
                                    const char    *user_id,
                                    UcTeamMember **member,
                                    GError       **error);
/* (element-type UcTeamMember) */
GPtrArray *uc_team_table_list_members (UcDb       *db,
                                       const char *team_id,
                                       int         offset,
                                       int         limit,
                                       GError    **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *uc_team_table_list_memberships (UcDb       *db,
                                           const char *user_id,
                                           GError    **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   uc_team_table_count_members (UcDb       *db,
                                        const char *team_id,
                                        gboolean    only_active,
                                        gint64     *count,
                                        GError    **error);
gboolean   uc_team_table_put_member (UcDb *db, const UcTeamMember *member, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcTeamMember, uc_team_member_free)

G_END_DECLS
