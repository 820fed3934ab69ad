/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cuts the text of a search into words, phrases, operators and OR. What they mean, and
 * whether they make sense together, is the parser's matter (uc-query.c). */

#include "config.h"

#include "uc-query-scan.h"

#include "uc-limits.h"
#include "uc-query-private.h"

#include <string.h>

typedef struct {
  const char *text; /* the whole */
  const char *at;
} Scanner;

static gboolean
is_operator (const char *name)
{
  static const char *const names[] = { "from", "in", "before",   "after",    "on",
                                       "has",  "is", "category", "priority", NULL };

  return g_strv_contains (names, name);
}

static void
skip_spaces (Scanner *scanner)
{
  while (g_unichar_isspace (g_utf8_get_char (scanner->at)))
    scanner->at = g_utf8_next_char (scanner->at);
}

/* A closing quote that was forgotten, or not typed yet, is taken as being at the end. */
static char *
read_quoted (Scanner *scanner, gboolean *is_open)
{
  const char *start = ++scanner->at;
  const char *end = strchr (start, '"');

  *is_open = end == NULL;
  if (end == NULL)
    end = start + strlen (start);
  scanner->at = *end == '"' ? end + 1 : end;
  return g_strndup (start, end - start);
}

static char *
read_bare (Scanner *scanner)
{
  const char *start = scanner->at;

  while (*scanner->at != '\0' && *scanner->at != '"' &&
         !g_unichar_isspace (g_utf8_get_char (scanner->at)))
    scanner->at = g_utf8_next_char (scanner->at);
  return g_strndup (start, scanner->at - start);
}

/* "from:anna": splits off the operator; the value may follow after a space. */
static void
take_operator (Scanner *scanner, UcQueryToken *token)
{
  const char      *colon = strchr (token->value, ':');
  g_autofree char *name = NULL;
  char            *value;

  if (colon == NULL)
    return;
  name = g_ascii_strdown (token->value, colon - token->value);
  if (!is_operator (name))
    return;
  token->value_start += (gsize) (colon - token->value) + 1;
  value = g_strdup (colon + 1);
  if (*value == '\0') {
    g_free (value);
    skip_spaces (scanner);
    token->value_start = (gsize) (scanner->at - scanner->text);
    token->is_open = *scanner->at == '\0';
    value = *scanner->at == '"' ? read_quoted (scanner, &token->is_open) : read_bare (scanner);
  }
  g_free (token->value);
  token->value = value;
  token->name = g_steal_pointer (&name);
  token->kind = UC_QUERY_OPERATOR;
}

static void
take_stars (UcQueryToken *token)
{
  gsize length = strlen (token->value);

  if (length > 1 && token->value[length - 1] == '*') {
    token->value[length - 1] = '\0';
    token->is_prefix = TRUE;
  }
  if (token->value[0] == '*' && token->value[1] != '\0') {
    memmove (token->value, token->value + 1, strlen (token->value));
    token->is_part = TRUE;
  }
}

static void
read_token (Scanner *scanner, UcQueryToken *token)
{
  if (*scanner->at == '-' && scanner->at[1] != '\0' &&
      !g_unichar_isspace (g_utf8_get_char (scanner->at + 1))) {
    token->is_negated = TRUE;
    scanner->at++;
  }
  token->value_start = (gsize) (scanner->at - scanner->text);
  if (*scanner->at == '"') {
    token->kind = UC_QUERY_PHRASE;
    token->value = read_quoted (scanner, &token->is_open);
    return;
  }
  token->kind = UC_QUERY_WORD;
  token->value = read_bare (scanner);
  take_operator (scanner, token);
  if (token->kind == UC_QUERY_OPERATOR)
    return;
  if (!token->is_negated && g_str_equal (token->value, "OR"))
    token->kind = UC_QUERY_OR;
  else
    take_stars (token);
}

void
uc_query_token_free (UcQueryToken *self)
{
  g_free (self->name);
  g_free (self->value);
  g_free (self);
}

/**
 * uc_query_scan:
 * @text: what was typed; anything is taken
 *
 * Returns: (transfer full) (element-type UcQueryToken): its parts in order; none of
 *   what is not UTF-8
 */
GPtrArray *
uc_query_scan (const char *text)
{
  GPtrArray *tokens = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_query_token_free);
  Scanner    scanner = { text, text };

  g_return_val_if_fail (text != NULL, tokens);

  if (!g_utf8_validate (text, -1, NULL))
    return tokens;
  for (skip_spaces (&scanner); *scanner.at != '\0'; skip_spaces (&scanner)) {
    UcQueryToken *token = g_new0 (UcQueryToken, 1);

    token->start = (gsize) (scanner.at - text);
    read_token (&scanner, token);
    token->end = (gsize) (scanner.at - text);
    g_ptr_array_add (tokens, token);
  }
  return tokens;
}

/**
 * uc_query_check:
 * @text: what was typed
 * @start: (out): where the mistake begins, in bytes
 * @end: (out): the byte behind it
 *
 * Whether a search for @text would be taken. Without a mistake, or when it is the whole
 * that cannot be read (nothing typed, too long), the place is all of @text.
 *
 * Errors: UC_ERROR_INVALID, a sentence that names the word and its place
 */
gboolean
uc_query_check (const char *text, gsize *start, gsize *end, GError **error)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  UcQueryPlace place = { 0 };
  g_autoptr (UcQuery) query = NULL;

  g_return_val_if_fail (text != NULL && start != NULL && end != NULL, FALSE);

  query = _uc_query_parse (text, zone, g_get_real_time () / 1000, &place, error);
  *start = place.start;
  *end = place.end > place.start ? place.end : strlen (text);
  return query != NULL;
}

static gboolean
needs_quotes (const char *value)
{
  if (*value == '\0')
    return TRUE;
  for (const char *p = value; *p != '\0'; p = g_utf8_next_char (p)) {
    if (g_unichar_isspace (g_utf8_get_char (p)))
      return TRUE;
  }
  return FALSE;
}

/**
 * uc_query_format_operator:
 * @name: an operator's, in lower case and without the colon
 * @value: UTF-8; a quote in it is left out, which no name is told apart by
 * @is_negated: whether it is turned round
 *
 * Returns: (transfer full): what the scanner reads as just this operator
 */
char *
uc_query_format_operator (const char *name, const char *value, gboolean is_negated)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char *plain = NULL;
  const char      *quote;

  g_return_val_if_fail (name != NULL && is_operator (name) && value != NULL, NULL);

  parts = g_strsplit (value, "\"", -1);
  plain = g_strjoinv ("", parts);
  quote = needs_quotes (plain) ? "\"" : "";
  return g_strconcat (is_negated ? "-" : "", name, ":", quote, plain, quote, NULL);
}

/* Whether more letters may follow the last one. */
static gboolean
is_unfinished (const char *text, const UcQueryToken *token)
{
  const char *last = g_utf8_find_prev_char (text, text + strlen (text));

  return token->kind == UC_QUERY_WORD && !token->is_negated && !token->is_prefix &&
         text[token->end] == '\0' && g_unichar_isalnum (g_utf8_get_char (last)) &&
         g_utf8_strlen (token->value, -1) > 1 && strlen (text) < UC_LIMIT_QUERY_BYTES;
}

/**
 * uc_query_dup_typed:
 * @text: what was typed so far, with the cursor at its end
 *
 * While a search is typed its last word may go on: it counts as "begin*". Not so a word
 * that is left out, of which a beginning would take away more than was meant; a phrase,
 * an operator, a single letter, and a word behind which a space stands.
 *
 * Returns: (transfer full): the search to be done now; @text itself once it is complete
 */
char *
uc_query_dup_typed (const char *text)
{
  g_autoptr (GPtrArray) tokens = uc_query_scan (text);

  if (tokens->len > 0 && is_unfinished (text, g_ptr_array_index (tokens, tokens->len - 1)))
    return g_strconcat (text, "*", NULL);
  return g_strdup (text);
}
