/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-db.h"
#include "uc-query-private.h"
#include "uc-search-names-private.h"
#include "uc-search-narrow-private.h"

G_BEGIN_DECLS

/* What is read of each row of the index. */
typedef enum
{
  UC_SEARCH_READ_SNIPPET,
  UC_SEARCH_READ_PLACES, /* and the snippet */
  UC_SEARCH_READ_TEXT,   /* alone */
} UcSearchRead;

/**
 * UcSearchPlan:
 *
 * What a search goes through, newest first: @match (nullable) for the full-text index,
 * else @narrow. With @has_text the texts are looked at by the caller,
 * and rows come unfiltered when that is cheaper: each that is taken must pass
 * _uc_search_passes().
 */
typedef struct
{
  const UcQuery *query;
  UcSearchNames *names;
  const char    *match;
  UcSearchRead   read;
  gboolean       has_text;
  gint64         before_seq;
  UcSearchNarrow narrow; /* of _uc_search_narrow() */
  gboolean       is_unfiltered; /* (out) */
} UcSearchPlan;

/* The columns of what is prepared. Without @match snippet and places are "". */
enum
{
  UC_SEARCH_COLUMN_SEQ,
  UC_SEARCH_COLUMN_SNIPPET,
  UC_SEARCH_COLUMN_TEXT,
  UC_SEARCH_COLUMN_PLACES, /* as of uc_places() in SQL */
  UC_SEARCH_COLUMN_IS_PINNED,
  UC_SEARCH_COLUMN_HAS_REACTIONS,
  UC_SEARCH_COLUMN_REPLIES,
};

/* Finds what narrows most: once for a search. */
gboolean _uc_search_narrow  (UcDb          *db,
                             UcSearchPlan  *plan,
                             GError       **error);
/* A bound statement. */
UcStmt  *_uc_search_prepare (UcDb          *db,
                             UcSearchPlan  *plan,
                             GError       **error);
gboolean _uc_search_passes  (UcDb          *db,
                             UcSearchPlan  *plan,
                             gint64         seq,
                             gboolean      *passes,
                             GError       **error);

G_END_DECLS
