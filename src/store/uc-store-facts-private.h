/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-write-private.h"

G_BEGIN_DECLS

/* *@value is NULL when there is none. */
gboolean _uc_fact_load      (UcDb       *db,
                             const char *key,
                             char      **value,
                             GError    **error);

/* @value NULL: it goes. */
gboolean _uc_fact_put       (UcDb       *db,
                             const char *key,
                             const char *value,
                             GError    **error);

gboolean _uc_op_put_fact    (UcWrite *write, const UcOp *op, GError **error);

/* *@document is NULL when there never was one. */
gboolean _uc_flags_load     (UcDb       *db,
                             gint64     *revision,
                             char      **document,
                             GError    **error);

gboolean _uc_op_put_flags   (UcWrite *write, const UcOp *op, GError **error);

G_END_DECLS
