/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-write-private.h"

G_BEGIN_DECLS

gboolean _uc_op_put_page        (UcWrite *write, const UcOp *op, GError **error);
gboolean _uc_op_put_pushed_post (UcWrite *write, const UcOp *op, GError **error);

G_END_DECLS
