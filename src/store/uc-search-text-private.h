/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-query-private.h"

G_BEGIN_DECLS

/**
 * UcSearchText:
 *
 * What is looked for in the texts themselves, inside of words too and in any case:
 * every group must be there, or must not be.
 */
typedef struct _UcSearchText UcSearchText;

UcSearchText *_uc_search_text_new         (void) G_GNUC_WARN_UNUSED_RESULT;
void          _uc_search_text_free        (UcSearchText *self);
/* The alternatives @from to @to (not included) of @terms. */
void          _uc_search_text_add_group   (UcSearchText *self,
                                           GPtrArray    *terms,
                                           guint         from,
                                           guint         to);
gboolean      _uc_search_text_is_empty    (UcSearchText *self);
gboolean      _uc_search_text_matches     (UcSearchText *self,
                                           const char   *text);
/* The place of the first that is found, with marks; else the beginning. */
char         *_uc_search_text_dup_snippet (UcSearchText *self,
                                           const char   *text) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcSearchText, _uc_search_text_free)

G_END_DECLS
