/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-store-export.h"
#include "uc-write-private.h"

G_BEGIN_DECLS

/* (element-type UcDraft); @channel_id NULL: all. */
GPtrArray *_uc_drafts_load_all (UcDb        *db,
                                const char  *channel_id,
                                GError     **error) G_GNUC_WARN_UNUSED_RESULT;

/* The draft of a conversation or thread; *@text is NULL when there is none. */
gboolean _uc_draft_load     (UcDb       *db,
                             const char *channel_id,
                             const char *root_id,
                             char      **text,
                             GError    **error);
/* A root that has been sent goes by another id. */
gboolean _uc_drafts_move    (UcWrite    *write,
                             const char *old_root_id,
                             const char *root_id,
                             GError    **error);

gboolean _uc_op_put_draft   (UcWrite *write, const UcOp *op, GError **error);

G_END_DECLS
