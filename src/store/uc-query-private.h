/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One word, phrase or part of a word. */
typedef struct
{
  char    *text;       /* never empty */
  gboolean is_prefix;  /* "word*" */
  gboolean is_part;    /* "*word": also inside of words */
  gboolean is_negated;
  gboolean is_or;      /* an alternative to the term before */
} UcTerm;

/* Bits of UcQuery.wanted and .refused. */
typedef enum
{
  UC_MARK_FILE     = 1 << 0,
  UC_MARK_LINK     = 1 << 1,
  UC_MARK_REACTION = 1 << 2,
  UC_MARK_PINNED   = 1 << 3,
  UC_MARK_SAVED    = 1 << 4,
  UC_MARK_THREAD   = 1 << 5,
  UC_MARK_UNREAD   = 1 << 6,
} UcMark;

/**
 * UcQuery:
 *
 * What a person typed into a search, taken apart. Alternatives of one operator
 * stand in one list. Times are ms since 1970, @from_ms included, @to_ms not.
 */
typedef struct
{
  GPtrArray *terms; /* (element-type UcTerm) */
  GPtrArray *from;  /* (element-type utf8): names without @ */
  GPtrArray *not_from;
  GPtrArray *in; /* (element-type utf8): names, "@user" for a direct channel */
  GPtrArray *not_in;
  gint64     from_ms;
  gint64     to_ms;
  guint      wanted;  /* of UcMark */
  guint      refused;
  guint      categories; /* bit n: UcCategory n; 0: any */
  guint      not_categories;
  guint      priorities;
  guint      not_priorities;
} UcQuery;

/* Bytes of the text. */
typedef struct
{
  gsize start;
  gsize end;
} UcQueryPlace;

/* UC_ERROR_INVALID names the word and its place. Days are those of @zone. @place (out)
 * (nullable): of what is wrong, empty when that is the whole. */
UcQuery *_uc_query_parse    (const char    *text,
                             GTimeZone     *zone,
                             gint64         now_ms,
                             UcQueryPlace  *place,
                             GError       **error) G_GNUC_WARN_UNUSED_RESULT;
void     _uc_query_free     (UcQuery       *self);
/* The one place where text goes into FTS5's language: as a quoted string. */
void     _uc_query_quote    (GString       *match,
                             const char    *text,
                             gboolean       is_prefix);
/* Whether it has words alone and no operators. */
gboolean _uc_query_is_plain (const UcQuery *self);
/* Whether the index has words of it at all; signs and emoji are in none. */
gboolean _uc_term_has_words (const UcTerm *term);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcQuery, _uc_query_free)

G_END_DECLS
