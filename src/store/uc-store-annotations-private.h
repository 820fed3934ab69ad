/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-annotation.h"
#include "uc-write-private.h"

G_BEGIN_DECLS

/* So that the background classification finds the message. */
gboolean _uc_annotation_hold_place (UcWrite      *write,
                                    gint64        seq,
                                    GError      **error);
/* The higher source holds; of equal ones the later. Records the message. */
gboolean _uc_annotation_put        (UcWrite      *write,
                                    gint64        seq,
                                    UcAnnotation *annotation,
                                    GError      **error);
gboolean _uc_annotation_clear      (UcWrite      *write,
                                    gint64        seq,
                                    GError      **error);
/* Of the migration: placeholders for one batch of the history. */
gboolean _uc_annotation_step       (UcDb         *db,
                                    gint64       *cursor,
                                    gboolean     *done,
                                    GError      **error);

gboolean _uc_op_put_annotation     (UcWrite      *write,
                                    const UcOp   *op,
                                    GError      **error);

G_END_DECLS
