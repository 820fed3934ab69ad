/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-db.h"

G_BEGIN_DECLS

/* Which of the messages @seqs (element-type gint64) the full-text index finds with
 * @match (nullable: none): a table of seq (gint64 *) -> snippet. */
GHashTable *_uc_search_find_among (UcDb        *db,
                                   const char  *match,
                                   GArray      *seqs,
                                   GError     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
