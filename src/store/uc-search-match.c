/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Deals a query's terms out: to the full-text index, in its language, what are whole
 * words or begin some; to the texts themselves what no word index has. */

#include "config.h"

#include "uc-search-match-private.h"

/* The end of the group of alternatives that begins at @i. */
static guint
find_group_end (GPtrArray *terms, guint i)
{
  do
    i++;
  while (i < terms->len && ((UcTerm *) g_ptr_array_index (terms, i))->is_or);
  return i;
}

static gboolean
is_for_index (GPtrArray *terms, guint from, guint to)
{
  for (guint i = from; i < to; i++) {
    const UcTerm *term = g_ptr_array_index (terms, i);

    if (term->is_part || !_uc_term_has_words (term))
      return FALSE;
  }
  return TRUE;
}

static void
append_group (GString *match, GPtrArray *terms, guint from, guint to)
{
  g_string_append_c (match, '(');
  for (guint i = from; i < to; i++) {
    const UcTerm *term = g_ptr_array_index (terms, i);

    if (i > from)
      g_string_append (match, " OR ");
    _uc_query_quote (match, term->text, term->is_prefix);
  }
  g_string_append_c (match, ')');
}

static char *
make_match (GPtrArray *terms, gboolean is_negated, const char *separator)
{
  g_autoptr (GString) match = g_string_new (NULL);
  guint end;

  for (guint i = 0; i < terms->len; i = end) {
    const UcTerm *term = g_ptr_array_index (terms, i);

    end = find_group_end (terms, i);
    if (term->is_negated != is_negated || !is_for_index (terms, i, end))
      continue;
    if (match->len > 0)
      g_string_append (match, separator);
    append_group (match, terms, i, end);
  }
  return match->len > 0 ? g_string_free (g_steal_pointer (&match), FALSE) : NULL;
}

/* A term that is left out can only be taken from something that is there: without
 * anything for the index to begin with, the texts answer everything. */
char *
_uc_search_match_all (GPtrArray *terms)
{
  g_autofree char *wanted = _uc_search_match_wanted (terms);
  g_autofree char *refused = _uc_search_match_refused (terms);

  if (wanted != NULL && refused != NULL)
    return g_strdup_printf ("(%s) NOT (%s)", wanted, refused);
  return g_steal_pointer (&wanted);
}

char *
_uc_search_match_wanted (GPtrArray *terms)
{
  return make_match (terms, FALSE, " AND ");
}

char *
_uc_search_match_refused (GPtrArray *terms)
{
  return make_match (terms, TRUE, " OR ");
}

char *
_uc_search_match_any (GPtrArray *terms)
{
  return make_match (terms, FALSE, " OR ");
}

void
_uc_search_match_add_texts (GPtrArray *terms, gboolean only_rest, UcSearchText *text)
{
  guint end;

  for (guint i = 0; i < terms->len; i = end) {
    end = find_group_end (terms, i);
    if (!only_rest || !is_for_index (terms, i, end))
      _uc_search_text_add_group (text, terms, i, end, UC_SEARCH_ANYWHERE);
  }
}

/* -- Beginnings of words ---------------------------------------------------------------- */

static gboolean
has_prefix (GPtrArray *terms, guint from, guint to)
{
  for (guint i = from; i < to; i++) {
    if (((const UcTerm *) g_ptr_array_index (terms, i))->is_prefix)
      return TRUE;
  }
  return FALSE;
}

gboolean
_uc_search_match_has_prefix (GPtrArray *terms)
{
  return has_prefix (terms, 0, terms->len);
}

static gboolean
knows_words (GPtrArray *terms, guint from, guint to)
{
  for (guint i = from; i < to; i++) {
    if (!_uc_search_text_knows_words (g_ptr_array_index (terms, i)))
      return FALSE;
  }
  return TRUE;
}

gboolean
_uc_search_match_glance (GPtrArray    *terms,
                         gboolean      only_texts,
                         char        **match,
                         UcSearchText *text,
                         UcSearchText *marks)
{
  g_autoptr (GPtrArray) exact = g_ptr_array_new ();
  gboolean has_any_prefix = FALSE;
  guint    end;

  for (guint i = 0; i < terms->len; i = end) {
    gboolean is_negated = ((const UcTerm *) g_ptr_array_index (terms, i))->is_negated;
    gboolean is_begun;

    end = find_group_end (terms, i);
    if (!is_negated)
      _uc_search_text_add_group (marks, terms, i, end, UC_SEARCH_IN_WORDS);
    if (!is_for_index (terms, i, end)) {
      _uc_search_text_add_group (text, terms, i, end, UC_SEARCH_ANYWHERE);
      continue;
    }
    is_begun = only_texts || has_prefix (terms, i, end);
    has_any_prefix = has_any_prefix || (is_begun && !is_negated);
    if (!is_begun && !is_negated) {
      for (guint j = i; j < end; j++)
        g_ptr_array_add (exact, g_ptr_array_index (terms, j));
    } else if (knows_words (terms, i, end)) {
      _uc_search_text_add_group (text, terms, i, end, UC_SEARCH_IN_WORDS);
    } else {
      return FALSE;
    }
  }
  *match = has_any_prefix && !only_texts ? _uc_search_match_wanted (exact) : NULL;
  return has_any_prefix;
}
