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
query_token_clear (UcQueryToken *token)
{
  g_free (token->text);
  g_free (token->name);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (UcQueryToken, query_token_clear)

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

/* -- Tokens ------------------------------------------------------------------------- */

static void
skip_spaces (UcQueryParser *parser)
{
  while (g_unichar_isspace (g_utf8_get_char (parser->at)))
    parser->at = g_utf8_next_char (parser->at);
}

/* A closing quote that was forgotten, or not typed yet, is taken as being at the end. */
static char *
read_quoted (UcQueryParser *parser)
{
  const char *start = ++parser->at;
  const char *end = strchr (start, '"');

  if (end == NULL)
    end = start + strlen (start);
  parser->at = *end == '"' ? end + 1 : end;
  return g_strndup (start, end - start);
}

static char *
read_bare (UcQueryParser *parser)
{
  const char *start = parser->at;

  while (*parser->at != '\0' && *parser->at != '"' &&
         !g_unichar_isspace (g_utf8_get_char (parser->at)))
    parser->at = g_utf8_next_char (parser->at);
  return g_strndup (start, parser->at - start);
}

static gboolean
is_operator (const char *name)
{
  static const char *const names[] = { "from", "in", "before",   "after",    "on",
                                       "has",  "is", "category", "priority", NULL };

  return g_strv_contains (names, name);
}

/* "from:anna": splits off the operator; the value may follow after a space. */
static void
take_operator (UcQueryParser *parser, UcQueryToken *token)
{
  const char      *colon = strchr (token->text, ':');
  g_autofree char *name = NULL;
  char            *value;

  if (colon == NULL)
    return;
  name = g_ascii_strdown (token->text, colon - token->text);
  if (!is_operator (name))
    return;
  value = g_strdup (colon + 1);
  if (*value == '\0') {
    g_free (value);
    skip_spaces (parser);
    value = *parser->at == '"' ? read_quoted (parser) : read_bare (parser);
  }
  g_free (token->text);
  token->text = value;
  token->name = g_steal_pointer (&name);
}

static void
take_stars (UcQueryToken *token)
{
  gsize length = strlen (token->text);

  if (length > 1 && token->text[length - 1] == '*') {
    token->text[length - 1] = '\0';
    token->is_prefix = TRUE;
  }
  if (token->text[0] == '*' && token->text[1] != '\0') {
    memmove (token->text, token->text + 1, strlen (token->text));
    token->is_part = TRUE;
  }
}

/* FALSE at the end of the query. */
static gboolean
next_token (UcQueryParser *parser, UcQueryToken *token)
{
  skip_spaces (parser);
  if (*parser->at == '\0')
    return FALSE;
  token->start = parser->at;
  if (*parser->at == '-' && parser->at[1] != '\0' &&
      !g_unichar_isspace (g_utf8_get_char (parser->at + 1))) {
    token->is_negated = TRUE;
    parser->at++;
  }
  if (*parser->at == '"') {
    token->is_quoted = TRUE;
    token->text = read_quoted (parser);
    return TRUE;
  }
  token->text = read_bare (parser);
  take_operator (parser, token);
  if (token->name == NULL)
    take_stars (token);
  return TRUE;
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

  if (is_blank (token->text))
    return TRUE;
  if (parser->is_or && token->is_negated)
    return _uc_query_fail (parser, token->start, token->text,
                           _ ("what is left out cannot be an alternative"), error);
  if (query->terms->len >= UC_LIMIT_QUERY_TERMS)
    return _uc_query_fail (parser, token->start, token->text, _ ("these are too many words"),
                           error);
  term = g_new0 (UcTerm, 1);
  term->text = g_strdup (token->text);
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
    return _uc_query_fail (parser, token->start, token->text, _ ("OR needs a word on either side"),
                           error);
  parser->is_or = TRUE;
  return TRUE;
}

static gboolean
apply_token (UcQueryParser *parser, UcQuery *query, const UcQueryToken *token, GError **error)
{
  gboolean is_or = token->name == NULL && !token->is_quoted && !token->is_negated &&
                   g_str_equal (token->text, "OR");

  if (is_or)
    return take_or (parser, query, token, error);
  if (token->name == NULL)
    return add_term (parser, query, token, error);
  if (parser->is_or)
    return _uc_query_fail (parser, token->start, token->name, _ ("OR needs a word on either side"),
                           error);
  return _uc_query_apply_operator (parser, query, token, error);
}

static gboolean
is_empty (const UcQuery *query)
{
  return query->terms->len == 0 && query->from->len == 0 && query->not_from->len == 0 &&
         query->in->len == 0 && query->not_in->len == 0 && query->from_ms == 0 &&
         query->to_ms == G_MAXINT64 && query->wanted == 0 && query->refused == 0 &&
         query->categories == 0 && query->not_categories == 0 && query->priorities == 0 &&
         query->not_priorities == 0;
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

UcQuery *
_uc_query_parse (const char *text, GTimeZone *zone, gint64 now_ms, GError **error)
{
  g_autoptr (UcQuery) query = query_new ();
  UcQueryParser parser = { text, text, zone, now_ms, FALSE };

  if (!check_text (text, error))
    return NULL;
  while (TRUE) {
    g_auto (UcQueryToken) token = { 0 };

    if (!next_token (&parser, &token))
      break;
    if (!apply_token (&parser, query, &token, error))
      return NULL;
  }
  if (parser.is_or) {
    _uc_query_fail (&parser, parser.at, "OR", _ ("OR needs a word on either side"), error);
    return NULL;
  }
  if (is_empty (query)) {
    g_set_error (error, UC_ERROR, UC_ERROR_INVALID, _ ("There is nothing to look for"));
    return NULL;
  }
  return g_steal_pointer (&query);
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
