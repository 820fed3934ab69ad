/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-types.h"

G_BEGIN_DECLS

/**
 * UcTeam:
 *
 * A team: the folder of channels that people join together. @type is 'O' (open)
 * or 'I' (by invitation).
 */
struct _UcTeam
{
  char    *id;
  char    *name;
  char    *display_name;
  char    *description;
  char    *email;
  char    *company_name;
  char    *allowed_domains;
  char    *invite_id;
  char     type;
  gboolean allow_open_invite;
  gint64   create_at_ms;
  gint64   update_at_ms;
  gint64   delete_at_ms;
};

UcTeam *uc_team_new   (void) G_GNUC_WARN_UNUSED_RESULT;
UcTeam *uc_team_ref   (const UcTeam *self);
void    uc_team_unref (UcTeam       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcTeam, uc_team_unref)

G_END_DECLS
