/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-write-private.h"

G_BEGIN_DECLS

gboolean _uc_op_queue_post       (UcWrite *write, const UcOp *op, GError **error);
gboolean _uc_op_queue_edit       (UcWrite *write, const UcOp *op, GError **error);
gboolean _uc_op_queue_delete     (UcWrite *write, const UcOp *op, GError **error);
gboolean _uc_op_queue_reaction   (UcWrite *write, const UcOp *op, GError **error);
gboolean _uc_op_queue_pin        (UcWrite *write, const UcOp *op, GError **error);
gboolean _uc_op_queue_save       (UcWrite *write, const UcOp *op, GError **error);
gboolean _uc_op_queue_view       (UcWrite *write, const UcOp *op, GError **error);
gboolean _uc_op_queue_set_unread (UcWrite *write, const UcOp *op, GError **error);

G_END_DECLS
