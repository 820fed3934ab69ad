/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-search.h"
#include "uc-store-search.h"

G_BEGIN_DECLS

UcSearchItem *_uc_search_item_new      (const UcSearchHit *hit) G_GNUC_WARN_UNUSED_RESULT;
/* @query as plain words: what would be an operator is looked for as it stands. */
char         *_uc_search_dup_plain     (const char        *query) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
