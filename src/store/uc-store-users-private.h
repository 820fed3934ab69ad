/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-user.h"
#include "uc-write-private.h"

G_BEGIN_DECLS

/* (element-type UcUser): @ids NULL: everybody known, by name. */
GPtrArray *_uc_users_load     (UcDb              *db,
                               const char *const *ids,
                               GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* (element-type UcUser): whose names begin with @prefix, best first. */
GPtrArray *_uc_users_complete (UcDb              *db,
                               const char        *prefix,
                               guint              limit,
                               GError           **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean   _uc_op_put_user    (UcWrite *write, const UcOp *op, GError **error);

G_END_DECLS
