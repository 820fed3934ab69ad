/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-server.h"

G_BEGIN_DECLS

/**
 * UcDemo:
 *
 * The demo organisation of a running server: fills it when it is empty, and lets its
 * people live while somebody looks on. Main thread.
 *
 *   UcDemoScript → uc_demo_fill()    history, once
 *   UcDemoLife                       answers, talk, presence, through UcDispatch
 */
typedef struct _UcDemo UcDemo;

typedef struct {
  guint   second_ms; /* how long a second of theirs lasts; 0: a second */
  guint32 seed;      /* of all that is left to chance; 0: another one each time */
} UcDemoPace;

/* @pace (nullable). UC_ERROR_CONFLICT when the server holds another organisation. */
void    uc_demo_start_async (UcServer           *server,
                             const UcDemoPace   *pace,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data);
UcDemo *uc_demo_start_finish (UcServer     *server,
                              GAsyncResult *result,
                              GError      **error) G_GNUC_WARN_UNUSED_RESULT;
/* Before the server goes. Nobody says anything after this. */
void uc_demo_free (UcDemo *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcDemo, uc_demo_free)

G_END_DECLS
