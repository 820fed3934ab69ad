/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-query-private.h"

G_BEGIN_DECLS

/**
 * UcSearchText:
 *
 * What is looked for in the texts themselves, in any case and with or without accents:
 * every group must be there, or must not be.
 */
typedef struct _UcSearchText UcSearchText;

/* One place of something that was found. */
typedef struct
{
  guint what; /* counted from 0 among all that is looked for */
  guint word; /* which word of the text, roughly */
} UcSearchPlace;

/* Where in a text something may stand. */
typedef enum
{
  UC_SEARCH_ANYWHERE, /* inside of words too */
  UC_SEARCH_IN_WORDS, /* as the index finds it: whole words, or the beginning of one */
} UcSearchWhere;

UcSearchText *_uc_search_text_new         (void) G_GNUC_WARN_UNUSED_RESULT;
void          _uc_search_text_free        (UcSearchText  *self);
/* The alternatives @from to @to (not included) of @terms. */
void          _uc_search_text_add_group   (UcSearchText  *self,
                                           GPtrArray     *terms,
                                           guint          from,
                                           guint          to,
                                           UcSearchWhere  where);
gboolean      _uc_search_text_is_empty    (UcSearchText  *self);
gboolean      _uc_search_text_matches     (UcSearchText  *self,
                                           const char    *text);
/* (element-type UcSearchPlace), a bounded number of them. */
GArray       *_uc_search_text_find_places (UcSearchText  *self,
                                           const char    *text) G_GNUC_WARN_UNUSED_RESULT;
/* The place of the first that is found, with everything that is found there marked;
 * else the beginning. */
char         *_uc_search_text_dup_snippet (UcSearchText  *self,
                                           const char    *text) G_GNUC_WARN_UNUSED_RESULT;
/* Whether a text that is looked through finds the beginning of a word just as the index
 * does; so it is in scripts with spaces that have letters with accents. */
gboolean      _uc_search_text_knows_words (const UcTerm  *term);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcSearchText, _uc_search_text_free)

G_END_DECLS
