/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-db.h"
#include "uc-store-search.h"

G_BEGIN_DECLS

/* (element-type UcSearchVerdict): one for each of @post_ids. */
GArray *_uc_search_judge (UcDb               *db,
                          const char         *query,
                          const char         *my_user_id,
                          const char * const *post_ids,
                          GError            **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
