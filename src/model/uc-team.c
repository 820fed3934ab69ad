/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Teams. */

#include "config.h"

#include "uc-team.h"

#include "uc-record-private.h"

static const UcTextField team_texts[] = {
  UC_TEXT (UcTeam, id),
  UC_TEXT (UcTeam, name),
  UC_TEXT (UcTeam, display_name),
  UC_TEXT (UcTeam, description),
  UC_TEXT (UcTeam, email),
  UC_TEXT (UcTeam, company_name),
  UC_TEXT (UcTeam, allowed_domains),
  UC_TEXT (UcTeam, invite_id),
};

static void
team_clear (gpointer record)
{
  _uc_record_clear (record, team_texts, G_N_ELEMENTS (team_texts));
}

/**
 * uc_team_new:
 *
 * Returns: (transfer full): an empty team for the caller to fill before it is
 *   handed out
 */
UcTeam *
uc_team_new (void)
{
  UcTeam *self = _uc_record_new (sizeof (UcTeam), team_texts, G_N_ELEMENTS (team_texts));

  self->type = 'O';
  return self;
}

/**
 * uc_team_ref:
 * @self: a team
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
UcTeam *
uc_team_ref (const UcTeam *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire ((UcTeam *) self);
}

/**
 * uc_team_unref:
 * @self: (transfer full): a team
 *
 * Any thread.
 */
void
uc_team_unref (UcTeam *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, team_clear);
}
