/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-store.h"

G_BEGIN_DECLS

/**
 * UcProgress:
 *
 * Carries news of a migration from the writer's thread to the one that opens.
 */
typedef struct _UcProgress UcProgress;

/* @func: (nullable): called in @context. */
UcProgress *_uc_progress_new    (UcStoreProgress  func,
                                 gpointer         user_data,
                                 GMainContext    *context) G_GNUC_WARN_UNUSED_RESULT;
void        _uc_progress_free   (UcProgress      *self);
/* A UcMigrateProgress; @user_data is the UcProgress. */
void        _uc_progress_report (const char      *step_name,
                                 double           fraction,
                                 gpointer         user_data);

G_END_DECLS
