/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who may do what: the one place that joins roles and memberships. Memberships are
 * read in the transaction that acts on them, so nothing is decided on old news. */

#include "config.h"

#include "uc-access.h"

#include "uc-channel-table.h"
#include "uc-member-table.h"
#include "uc-refusal.h"
#include "uc-role.h"
#include "uc-team-table.h"

/**
 * uc_access_may_system:
 *
 * Returns: whether the system roles of @actor allow it
 */
gboolean
uc_access_may_system (const UcActor *actor, const char *permission)
{
  return uc_roles_allow (actor->roles, permission);
}

/**
 * uc_access_may_team:
 * @may: (out): whether @actor may do it in this team
 */
gboolean
uc_access_may_team (UcTxn         *txn,
                    const UcActor *actor,
                    const char    *team_id,
                    const char    *permission,
                    gboolean      *may,
                    GError       **error)
{
  g_autoptr (UcTeamMember) member = NULL;

  *may = uc_access_may_system (actor, permission);
  if (*may || *team_id == '\0')
    return TRUE;
  if (!uc_team_table_find_member (txn->db, team_id, actor->user_id, &member, error))
    return FALSE;
  *may = member != NULL && member->delete_at_ms == 0 &&
         uc_roles_allow (uc_team_member_get_roles (member), permission);
  return TRUE;
}

/**
 * uc_access_may_channel:
 * @may: (out): whether @actor may do it in this channel
 */
gboolean
uc_access_may_channel (UcTxn         *txn,
                       const UcActor *actor,
                       const char    *channel_id,
                       const char    *permission,
                       gboolean      *may,
                       GError       **error)
{
  g_autoptr (UcChannelMember) member = NULL;
  g_autoptr (UcChannel) channel = NULL;
  g_autoptr (GError) local = NULL;

  *may = uc_access_may_system (actor, permission);
  if (*may)
    return TRUE;
  if (!uc_member_table_find (txn->db, channel_id, actor->user_id, &member, error))
    return FALSE;
  if (member != NULL && uc_roles_allow (uc_channel_member_get_roles (member), permission)) {
    *may = TRUE;
    return TRUE;
  }

  channel = uc_channel_table_find (txn->db, channel_id, &local);
  if (channel != NULL)
    return uc_access_may_team (txn, actor, channel->team_id, permission, may, error);
  if (g_error_matches (local, UC_REFUSAL, UC_REFUSAL_CHANNEL_UNKNOWN))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
need (gboolean may, GError **error)
{
  if (!may)
    uc_refuse (error, UC_REFUSAL_PERMISSION);
  return may;
}

/**
 * uc_access_need_system:
 *
 * Errors: UC_REFUSAL_PERMISSION
 */
gboolean
uc_access_need_system (const UcActor *actor, const char *permission, GError **error)
{
  return need (uc_access_may_system (actor, permission), error);
}

/**
 * uc_access_need_self:
 * @user_id: whose things they are
 * @or_permission: what allows it for others
 *
 * Errors: UC_REFUSAL_PERMISSION
 */
gboolean
uc_access_need_self (const UcActor *actor,
                     const char    *user_id,
                     const char    *or_permission,
                     GError       **error)
{
  return g_str_equal (actor->user_id, user_id) ||
         uc_access_need_system (actor, or_permission, error);
}

/**
 * uc_access_need_team:
 *
 * Errors: UC_REFUSAL_PERMISSION, UC_ERROR_STORAGE
 */
gboolean
uc_access_need_team (UcTxn         *txn,
                     const UcActor *actor,
                     const char    *team_id,
                     const char    *permission,
                     GError       **error)
{
  gboolean may = FALSE;

  return uc_access_may_team (txn, actor, team_id, permission, &may, error) && need (may, error);
}

/**
 * uc_access_need_channel:
 *
 * Errors: UC_REFUSAL_PERMISSION, UC_ERROR_STORAGE
 */
gboolean
uc_access_need_channel (UcTxn         *txn,
                        const UcActor *actor,
                        const char    *channel_id,
                        const char    *permission,
                        GError       **error)
{
  gboolean may = FALSE;

  return uc_access_may_channel (txn, actor, channel_id, permission, &may, error) &&
         need (may, error);
}

/**
 * uc_access_need_reading:
 *
 * Looking at a channel or at one of its posts: for its members, and for the team when
 * it is public.
 *
 * Errors: UC_REFUSAL_PERMISSION, UC_ERROR_STORAGE
 */
gboolean
uc_access_need_reading (UcTxn *txn, const UcActor *actor, const UcChannel *channel, GError **error)
{
  gboolean may = FALSE;

  if (channel->type == UC_CHANNEL_OPEN &&
      !uc_access_may_team (txn, actor, channel->team_id, "read_public_channel", &may, error))
    return FALSE;
  return may || uc_access_need_channel (txn, actor, channel->id, "read_channel", error);
}
