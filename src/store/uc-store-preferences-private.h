/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-preference.h"
#include "uc-write-private.h"

G_BEGIN_DECLS

/* (element-type UcPreference) */
GPtrArray *_uc_preferences_load        (UcDb         *db,
                                        GError      **error) G_GNUC_WARN_UNUSED_RESULT;
/* With what else shows it: channels, saved messages. */
gboolean   _uc_preference_put          (UcWrite      *write,
                                        UcPreference *preference,
                                        GError      **error);
gboolean   _uc_preference_remove       (UcWrite      *write,
                                        UcPreference *preference,
                                        GError      **error);

gboolean   _uc_op_replace_preferences  (UcWrite *write, const UcOp *op, GError **error);
gboolean   _uc_op_put_preference       (UcWrite *write, const UcOp *op, GError **error);
gboolean   _uc_op_remove_preference    (UcWrite *write, const UcOp *op, GError **error);

G_END_DECLS
