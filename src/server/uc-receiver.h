/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-call.h"

G_BEGIN_DECLS

/**
 * UcReceiver:
 *
 * Takes the body of an upload into files as it comes: a form part by part, anything
 * else as one part without a name. Main thread, but for settling.
 */
typedef struct _UcReceiver UcReceiver;

UcReceiver *uc_receiver_new (const UcSite *site,
                             const char   *content_type) G_GNUC_WARN_UNUSED_RESULT;
/* FALSE when it can't be taken: a broken form, or a disk that is full. */
gboolean uc_receiver_push (UcReceiver *self, const guint8 *data, gsize length);
/* Puts what came safely on the disk and looks at pictures, on a thread of GIO. The
 * parts are (transfer full) (element-type UcUploadPart); NULL for a broken form. */
void uc_receiver_settle_async (UcReceiver *self, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *uc_receiver_settle_finish (GAsyncResult *result,
                                      GError      **error) G_GNUC_WARN_UNUSED_RESULT;
void       uc_receiver_free (UcReceiver *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcReceiver, uc_receiver_free)

G_END_DECLS
