/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * UcSearchQuery:
 *
 * What somebody typed into a search, taken apart (protocol.md 14). @match is the full
 * text expression, every word of it quoted, so that nothing in it is syntax.
 */
typedef struct {
  char      *match; /* "" when only operators were given */
  GPtrArray *from;  /* (element-type utf8) user names */
  GPtrArray *not_from;
  GPtrArray *in; /* (element-type utf8) channel names, "@user" for direct ones */
  GPtrArray *not_in;
  gint64     since_ms;      /* 0: no bound */
  gint64     until_ms;      /* exclusive; 0: no bound */
  gboolean   finds_nothing; /* a bad date, or words without a letter */
} UcSearchQuery;

UcSearchQuery *uc_search_query_new (const char *terms,
                                    gboolean    any_word,
                                    int         zone_offset_s) G_GNUC_WARN_UNUSED_RESULT;
void           uc_search_query_free (UcSearchQuery *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcSearchQuery, uc_search_query_free)

G_END_DECLS
