/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-db.h"
#include "uc-store-search.h"

G_BEGIN_DECLS

/* (element-type UcSearchHit) in @order, older than @before_seq (0: the newest). */
GPtrArray *_uc_search_run (UcDb          *db,
                           const char    *query,
                           const char    *my_user_id,
                           UcSearchOrder  order,
                           gint64         before_seq,
                           guint          limit,
                           GCancellable  *cancellable,
                           GError       **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
