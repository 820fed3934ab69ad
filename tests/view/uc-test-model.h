/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Watches a list model: plays its items-changed back on a list of its own and checks at
 * each of them that they tell the truth. */
typedef struct _UcTestModel UcTestModel;

UcTestModel *uc_test_model_watch (GListModel  *model) G_GNUC_WARN_UNUSED_RESULT;
/* Fails the test unless what was told is what is there, each item once. */
void         uc_test_model_check (UcTestModel *self);
/* How often items-changed came since the last call. */
guint        uc_test_model_count (UcTestModel *self);
void         uc_test_model_free  (UcTestModel *self);

G_END_DECLS
