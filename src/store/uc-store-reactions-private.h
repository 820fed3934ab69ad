/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-message.h"
#include "uc-write-private.h"

G_BEGIN_DECLS

/* Into the post of @message, which is not shared yet. */
gboolean _uc_reactions_read     (UcDb       *db,
                                 UcMessage  *message,
                                 GError    **error);
/* Adds to or takes from the post of @message, for what waits in the outbox. */
void     _uc_reactions_overlay  (UcMessage  *message,
                                 const char *user_id,
                                 const char *emoji_name,
                                 gint64      at_ms,
                                 gboolean    add);
/* @post says all there is. */
gboolean _uc_reactions_replace  (UcWrite    *write,
                                 gint64      seq,
                                 UcPost     *post,
                                 GError    **error);
gboolean _uc_reactions_clear    (UcWrite    *write,
                                 gint64      seq,
                                 GError    **error);
gboolean _uc_reaction_is_stored (UcDb       *db,
                                 gint64      seq,
                                 const char *user_id,
                                 const char *emoji_name,
                                 gboolean   *is_stored,
                                 GError    **error);
/* One; records the message when it makes a difference. */
gboolean _uc_reaction_set       (UcWrite    *write,
                                 gint64      seq,
                                 UcReaction *reaction,
                                 gboolean    is_on,
                                 GError    **error);

/* One that the server told of, with the post's own time. */
gboolean _uc_reaction_take      (UcWrite    *write,
                                 gint64      seq,
                                 UcReaction *reaction,
                                 gboolean    is_on,
                                 GError    **error);

gboolean _uc_op_put_reaction    (UcWrite    *write,
                                 const UcOp *op,
                                 GError    **error);
gboolean _uc_op_remove_reaction (UcWrite    *write,
                                 const UcOp *op,
                                 GError    **error);

G_END_DECLS
