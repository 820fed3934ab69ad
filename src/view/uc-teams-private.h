/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-team.h"

G_BEGIN_DECLS

/* (nullable) (transfer none) */
UcTeam    *_uc_teams_find (GPtrArray  *teams,
                           const char *team_id);
/* @order has ids by comma. */
GPtrArray *_uc_teams_sort (GPtrArray  *teams,
                           const char *order) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
