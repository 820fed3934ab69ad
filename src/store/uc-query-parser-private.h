/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-query-private.h"
#include "uc-query-scan.h"

G_BEGIN_DECLS

typedef struct {
  const char  *text; /* the whole query */
  GTimeZone   *zone;
  gint64       now_ms;
  gboolean     is_or; /* the next term is an alternative */
  UcQueryPlace place; /* of what is wrong */
} UcQueryParser;

/* Always FALSE, with UC_ERROR_INVALID. @token is at fault, @word the
 * part of it that is named. */
gboolean _uc_query_fail           (UcQueryParser       *parser,
                                   const UcQueryToken  *token,
                                   const char          *word,
                                   const char          *why,
                                   GError             **error);
/* @token has a name. */
gboolean _uc_query_apply_operator (UcQueryParser       *parser,
                                   UcQuery             *query,
                                   const UcQueryToken  *token,
                                   GError             **error);

G_END_DECLS
