/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-db.h"

G_BEGIN_DECLS

/* (element-type GStrv): for each token of @query the names that its value means, NULL
 * where it is neither "from:" nor "in:". */
GPtrArray *_uc_search_resolve (UcDb        *db,
                               const char  *query,
                               const char  *my_user_id,
                               GError     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
