/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-message.h"
#include "uc-write-private.h"

G_BEGIN_DECLS

/* Into the post of @message, which is not shared yet, in the order of its file ids. */
gboolean _uc_files_read    (UcDb       *db,
                            UcMessage  *message,
                            GError    **error);
/* @post says all there is. */
gboolean _uc_files_replace (UcWrite    *write,
                            gint64      seq,
                            UcPost     *post,
                            GError    **error);
gboolean _uc_files_clear   (UcWrite    *write,
                            gint64      seq,
                            GError    **error);
/* The n-th file of a message that has just been sent got its id: the row goes on as
 * that, no longer at its local path. */
gboolean _uc_files_adopt   (UcWrite    *write,
                            const char *local_id,
                            const char *file_id,
                            GError    **error);

gboolean _uc_op_put_file   (UcWrite    *write,
                            const UcOp *op,
                            GError    **error);

G_END_DECLS
