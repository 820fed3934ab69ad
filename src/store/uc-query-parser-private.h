/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-query-private.h"

G_BEGIN_DECLS

typedef struct {
  const char *text; /* the whole query */
  const char *at;
  GTimeZone  *zone;
  gint64      now_ms;
  gboolean    is_or; /* the next term is an alternative */
} UcQueryParser;

/* One thing that was typed. */
typedef struct {
  const char *start; /* in the query, for errors */
  char       *text;  /* (owned) without minus, quotes and stars */
  char       *name;  /* (owned) (nullable) of an operator, lower case */
  gboolean    is_negated;
  gboolean    is_quoted;
  gboolean    is_prefix;
  gboolean    is_part;
} UcQueryToken;

/* Always FALSE, with UC_ERROR_INVALID. @start: the place in the query. */
gboolean _uc_query_fail           (UcQueryParser       *parser,
                                   const char          *start,
                                   const char          *word,
                                   const char          *why,
                                   GError             **error);
/* @token has a name. */
gboolean _uc_query_apply_operator (UcQueryParser       *parser,
                                   UcQuery             *query,
                                   const UcQueryToken  *token,
                                   GError             **error);

G_END_DECLS
