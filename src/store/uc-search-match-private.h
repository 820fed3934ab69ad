/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-query-private.h"
#include "uc-search-text-private.h"

G_BEGIN_DECLS

/* The place of the found words, marked; a column of a SELECT from the index. */
#define UC_SNIPPET "snippet (message_words, 0, char (2), char (3), '…', 24)"

/* What a query's terms (element-type UcTerm) are for the full-text index. NULL when
 * it can answer none of them. */
char *_uc_search_match_all (GPtrArray    *terms) G_GNUC_WARN_UNUSED_RESULT;
/* All that are wanted; any of them, for marks; any that must not be there. */
char *_uc_search_match_wanted (GPtrArray *terms) G_GNUC_WARN_UNUSED_RESULT;
char *_uc_search_match_any (GPtrArray    *terms) G_GNUC_WARN_UNUSED_RESULT;
char *_uc_search_match_refused (GPtrArray *terms) G_GNUC_WARN_UNUSED_RESULT;
/* Whether any is "word*". */
gboolean _uc_search_match_has_prefix (GPtrArray *terms);
/* What is looked for in the texts; @only_rest: what the index cannot answer. */
void  _uc_search_match_add_texts (GPtrArray    *terms,
                                  gboolean      only_rest,
                                  UcSearchText *text);
/* For a look at the newest texts: @match (out) (nullable) is what the index is asked for
 * without gathering all that begins with "word*", which @text looks for instead; with
 * @only_texts the index is asked for nothing. @marks is all that is wanted. FALSE when
 * there is no such word, or texts cannot tell. */
gboolean _uc_search_match_glance (GPtrArray     *terms,
                                  gboolean       only_texts,
                                  char         **match,
                                  UcSearchText  *text,
                                  UcSearchText  *marks);

G_END_DECLS
