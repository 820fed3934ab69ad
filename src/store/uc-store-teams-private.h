/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-team.h"
#include "uc-write-private.h"

G_BEGIN_DECLS

/* (element-type UcTeam), by name. */
GPtrArray *_uc_teams_load        (UcDb    *db,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean   _uc_op_put_team       (UcWrite *write, const UcOp *op, GError **error);
gboolean   _uc_op_replace_teams  (UcWrite *write, const UcOp *op, GError **error);

G_END_DECLS
