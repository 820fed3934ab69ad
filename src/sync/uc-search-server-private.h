/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-people-private.h"

G_BEGIN_DECLS

/**
 * UcSearchServer:
 *
 * Asks the server what it finds, in all teams, stores that and says which posts are
 * more than our own search has found. Behind everything else in the request queue.
 * Main thread.
 */
#define UC_TYPE_SEARCH_SERVER (uc_search_server_get_type ())
G_DECLARE_FINAL_TYPE (UcSearchServer, uc_search_server, UC, SEARCH_SERVER, GObject)

UcSearchServer *_uc_search_server_new (UcContext *context,
                                       UcPeople  *people) G_GNUC_WARN_UNUSED_RESULT;

void  _uc_search_server_run_async (UcSearchServer     *self,
                                   const char         *query,
                                   GCancellable       *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data);
/* (transfer full): ids of posts. */
GStrv _uc_search_server_run_finish (UcSearchServer *self,
                                    GAsyncResult   *result,
                                    GError        **error);

G_END_DECLS
