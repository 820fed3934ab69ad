/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-access.h"
#include "uc-team-table.h"

G_BEGIN_DECLS

/* Teams and who is in them, without HTTP: for handlers and for the demo. All run on
 * the worker; who may is checked by the caller. */

UcTeam *uc_team_service_create (UcTxn         *txn,
                                const UcActor *actor,
                                const char    *name,
                                const char    *display_name,
                                const char    *description,
                                char           type,
                                gboolean       allow_open_invite,
                                GError       **error) G_GNUC_WARN_UNUSED_RESULT;
/* Takes the members of @patch that are given. */
UcTeam *uc_team_service_change (UcTxn *txn, UcTeam *team, JsonObject *patch, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
UcTeam *
uc_team_service_renew_invite (UcTxn *txn, UcTeam *team, GError **error) G_GNUC_WARN_UNUSED_RESULT;
UcTeam *uc_team_service_archive (UcTxn *txn, UcTeam *team, gboolean is_archived, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/* Makes @user_id a member of the team and of its two first channels; @actor is the
 * same person or who added them. Again is no error. */
UcTeamMember *uc_team_service_add (UcTxn         *txn,
                                   const UcActor *actor,
                                   UcTeam        *team,
                                   const char    *user_id,
                                   gboolean       is_admin,
                                   GError       **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean      uc_team_service_remove (UcTxn         *txn,
                                      const UcActor *actor,
                                      UcTeam        *team,
                                      const char    *user_id,
                                      GError       **error);
gboolean      uc_team_service_set_roles (UcTxn      *txn,
                                         const char *team_id,
                                         const char *user_id,
                                         gboolean    is_user,
                                         gboolean    is_admin,
                                         GError    **error);

G_END_DECLS
