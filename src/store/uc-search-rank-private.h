/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-search-text-private.h"

G_BEGIN_DECLS

/* A message that was found and may be among the best. */
typedef struct
{
  gint64   seq;
  char    *snippet;       /* (owned) */
  GArray  *places;        /* (owned) of UcSearchPlace, in any order */
  guint    n_words;       /* of the text, roughly */
  guint    n_replies;
  gboolean is_pinned;
  gboolean has_reactions;
  double   score;         /* (out) */
} UcSearchCandidate;

UcSearchCandidate *_uc_search_candidate_new  (void) G_GNUC_WARN_UNUSED_RESULT;
void               _uc_search_candidate_free (UcSearchCandidate *self);

/* @candidates (element-type UcSearchCandidate): the best first. */
void               _uc_search_rank           (GPtrArray         *candidates,
                                              gint64             now_ms);
/* (element-type UcSearchPlace): what uc_places() says in SQL. */
GArray            *_uc_search_read_places    (const char        *text) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcSearchCandidate, _uc_search_candidate_free)

G_END_DECLS
