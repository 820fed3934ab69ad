/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-db.h"
#include "uc-store-search.h"

G_BEGIN_DECLS

/* (element-type UcSearchHit), newest first: those of @post_ids that are stored and not
 * deleted. */
GPtrArray *_uc_search_load_hits (UcDb               *db,
                                 const char         *query,
                                 const char * const *post_ids,
                                 GError            **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
