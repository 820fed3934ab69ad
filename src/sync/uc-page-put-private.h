/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-people-private.h"
#include "uc-wire.h"

G_BEGIN_DECLS

/* Pages of posts into a batch, the same way wherever they were asked for. Each asks
 * for the people that appear. */

/* A page of the channel's history; @anchor_id (nullable) is the post it was asked
 * from. Gives the latest update_at in it. */
gint64 _uc_page_put_history (UcPeople   *people,
                             UcBatch    *batch,
                             const char *channel_id,
                             UcPostPage *page,
                             UcPageKind  kind,
                             const char *anchor_id);
/* Posts that prove nothing about what lies between them: since, thread, search. */
gint64 _uc_page_put_loose (UcPeople *people, UcBatch *batch, UcPostPage *page);

G_END_DECLS
