/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-db.h"
#include "uc-query-private.h"
#include "uc-search-names-private.h"

G_BEGIN_DECLS

/**
 * UcSearchPlan:
 *
 * What a search goes through, newest first: @match (nullable) for the full-text index,
 * else whatever narrows most. With @has_text the texts are looked at by the caller,
 * and rows come unfiltered when that is cheaper: each that is taken must pass
 * _uc_search_passes().
 */
typedef struct
{
  const UcQuery *query;
  UcSearchNames *names;
  const char    *match;
  gboolean       has_text;
  gint64         before_seq;
  gboolean       is_unfiltered; /* (out) */
} UcSearchPlan;

/* A bound statement; its columns are seq, snippet ("" without @match), text. */
UcStmt  *_uc_search_prepare (UcDb          *db,
                             UcSearchPlan  *plan,
                             GError       **error);
gboolean _uc_search_passes  (UcDb          *db,
                             UcSearchPlan  *plan,
                             gint64         seq,
                             gboolean      *passes,
                             GError       **error);

G_END_DECLS
