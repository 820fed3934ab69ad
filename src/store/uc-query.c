/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The language of the search field:
 *
 *   word  "a phrase"  begin*  *part  -not  this OR that
 *   from: in: before: after: on: has: is: category: priority:
 *
 * Terms are joined by "and"; OR joins its two neighbours. An operator may stand
 * apart from its value, which may be quoted; before it a minus turns it round. */

#include "config.h"

#include "uc-query-parser-private.h"

#include "uc-error.h"
#include "uc-limits.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
term_free (UcTerm *term)
{
  g_free (term->text);
  g_free (term);
}

void
_uc_query_free (UcQuery *self)
{
  g_ptr_array_unref (self->terms);
  g_ptr_array_unref (self->from);
  g_ptr_array_unref (self->not_from);
  g_ptr_array_unref (self->in);
  g_ptr_array_unref (self->not_in);
  g_free (self);
}

static UcQuery *
query_new (void)
{
  UcQuery *self = g_new0 (UcQuery, 1);

  self->terms = g_ptr_array_new_with_free_func ((GDestroyNotify) term_free);
  self->from = g_ptr_array_new_with_free_func (g_free);
  self->not_from = g_ptr_array_new_with_free_func (g_free);
  self->in = g_ptr_array_new_with_free_func (g_free);
  self->not_in = g_ptr_array_new_with_free_func (g_free);
  self->to_ms = G_MAXINT64;
  return self;
}

/* -- The whole ------------------------------------------------------------------------ */

static gboolean
is_blank (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      return FALSE;
  }
  return TRUE;
}

static gboolean
add_term (UcQueryParser *parser, UcQuery *query, const UcQueryToken *token, GError **error)
{
  UcTerm *term;

  if (is_blank (token->value))
    return TRUE;
  if (parser->is_or && token->is_negated)
    return _uc_query_fail (parser, token, token->value,
                           _ ("what is left out cannot be an alternative"), error);
  if (query->terms->len >= UC_LIMIT_QUERY_TERMS)
    return _uc_query_fail (parser, token, token->value, _ ("these are too many words"), error);
  term = g_new0 (UcTerm, 1);
  term->text = g_strdup (token->value);
  term->is_prefix = token->is_prefix;
  term->is_part = token->is_part;
  term->is_negated = token->is_negated;
  term->is_or = parser->is_or;
  parser->is_or = FALSE;
  g_ptr_array_add (query->terms, term);
  return TRUE;
}

/* It needs a term on its left, which must not be left out itself. */
static gboolean
take_or (UcQueryParser *parser, UcQuery *query, const UcQueryToken *token, GError **error)
{
  UcTerm *left =
      query->terms->len > 0 ? g_ptr_array_index (query->terms, query->terms->len - 1) : NULL;

  if (left == NULL || left->is_negated || parser->is_or)
    return _uc_query_fail (parser, token, token->value, _ ("OR needs a word on either side"),
                           error);
  parser->is_or = TRUE;
  return TRUE;
}

static gboolean
apply_token (UcQueryParser *parser, UcQuery *query, const UcQueryToken *token, GError **error)
{
  switch (token->kind) {
  case UC_QUERY_OR:
    return take_or (parser, query, token, error);
  case UC_QUERY_OPERATOR:
    if (parser->is_or)
      return _uc_query_fail (parser, token, token->name, _ ("OR needs a word on either side"),
                             error);
    return _uc_query_apply_operator (parser, query, token, error);
  case UC_QUERY_WORD:
  case UC_QUERY_PHRASE:
  default:
    return add_term (parser, query, token, error);
  }
}

gboolean
_uc_query_is_plain (const UcQuery *self)
{
  return self->from->len == 0 && self->not_from->len == 0 && self->in->len == 0 &&
         self->not_in->len == 0 && self->from_ms == 0 && self->to_ms == G_MAXINT64 &&
         self->wanted == 0 && self->refused == 0 && self->categories == 0 &&
         self->not_categories == 0 && self->priorities == 0 && self->not_priorities == 0;
}

static gboolean
check_text (const char *text, GError **error)
{
  if (!g_utf8_validate (text, -1, NULL)) {
    g_set_error (error, UC_ERROR, UC_ERROR_INVALID, _ ("The search is not readable text"));
    return FALSE;
  }
  if (strlen (text) > UC_LIMIT_QUERY_BYTES) {
    g_set_error (error, UC_ERROR, UC_ERROR_INVALID, _ ("The search is too long (at most %d bytes)"),
                 UC_LIMIT_QUERY_BYTES);
    return FALSE;
  }
  return TRUE;
}

static gboolean
apply_all (UcQueryParser *parser, UcQuery *query, GPtrArray *tokens, GError **error)
{
  for (guint i = 0; i < tokens->len; i++) {
    if (!apply_token (parser, query, g_ptr_array_index (tokens, i), error))
      return FALSE;
  }
  if (parser->is_or) {
    const UcQueryToken *last = g_ptr_array_index (tokens, tokens->len - 1);

    return _uc_query_fail (parser, last, last->value, _ ("OR needs a word on either side"), error);
  }
  if (query->terms->len == 0 && _uc_query_is_plain (query)) {
    g_set_error (error, UC_ERROR, UC_ERROR_INVALID, _ ("There is nothing to look for"));
    return FALSE;
  }
  return TRUE;
}

UcQuery *
_uc_query_parse (const char   *text,
                 GTimeZone    *zone,
                 gint64        now_ms,
                 UcQueryPlace *place,
                 GError      **error)
{
  g_autoptr (UcQuery) query = query_new ();
  g_autoptr (GPtrArray) tokens = NULL;
  UcQueryParser parser = { text, zone, now_ms, FALSE, { 0, 0 } };
  gboolean      is_good;

  if (!check_text (text, error))
    return NULL;
  tokens = uc_query_scan (text);
  is_good = apply_all (&parser, query, tokens, error);
  if (place != NULL)
    *place = parser.place;
  return is_good ? g_steal_pointer (&query) : NULL;
}

void
_uc_query_quote (GString *match, const char *text, gboolean is_prefix)
{
  g_string_append_c (match, '"');
  for (const char *p = text; *p != '\0'; p++) {
    if (*p == '"')
      g_string_append_c (match, '"');
    g_string_append_c (match, *p);
  }
  g_string_append (match, is_prefix ? "\"*" : "\"");
}

gboolean
_uc_term_has_words (const UcTerm *term)
{
  for (const char *p = term->text; *p != '\0'; p = g_utf8_next_char (p)) {
    if (g_unichar_isalnum (g_utf8_get_char (p)))
      return TRUE;
  }
  return FALSE;
}
