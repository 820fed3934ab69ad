/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Our query language in the server's. It has words, "phrases", begin*, -not, #tags,
 * from: in: before: after: on:; it joins all words by "and" or all by "or"; and it looks
 * for tags and for words separately and gives what either finds. Its phrases are not
 * exact. Parts of words, signs, has: is: category: priority: it does not know. */

#include "config.h"

#include "uc-server-terms-private.h"

#include "uc-query-scan.h"

#include <stdio.h>
#include <string.h>

/* A name that many people have asks for the first of them. */
#define MAX_NAMES 5

typedef struct {
  GPtrArray     *tokens; /* (owned) (element-type UcQueryToken) */
  GPtrArray     *names;  /* (unowned) */
  GDateTime     *today;  /* (unowned) */
  UcServerTerms *terms;  /* (unowned) */
  GString       *text;   /* (owned) */

  guint    n_groups; /* of words that are wanted */
  gboolean has_tag;
  gboolean has_word;
  gboolean is_narrowed; /* something is asked for, not only left out */
  gboolean is_hopeless; /* somebody or some place that nobody knows */
} Translation;

void
_uc_server_terms_free (UcServerTerms *self)
{
  g_free (self->text);
  g_free (self);
}

static const UcQueryToken *
get_token (Translation *self, guint i)
{
  return g_ptr_array_index (self->tokens, i);
}

static void
append (Translation *self, const UcQueryToken *token, const char *before, const char *value)
{
  g_string_append_printf (self->text, "%s%s%s%s", self->text->len > 0 ? " " : "",
                          token->is_negated ? "-" : "", before, value);
}

/* -- Words -------------------------------------------------------------------------------- */

static gboolean
is_term (const UcQueryToken *token)
{
  return token->kind == UC_QUERY_WORD || token->kind == UC_QUERY_PHRASE;
}

static gboolean
is_tag (const UcQueryToken *token)
{
  return token->kind == UC_QUERY_WORD && *token->value == '#';
}

/* Whether the server's index can have it. */
static gboolean
is_known (const UcQueryToken *token)
{
  if (token->is_part)
    return FALSE;
  for (const char *p = token->value; *p != '\0'; p = g_utf8_next_char (p)) {
    if (g_unichar_isalnum (g_utf8_get_char (p)))
      return TRUE;
  }
  return FALSE;
}

/* The index behind the last alternative of the group that begins at @i. */
static guint
find_group_end (Translation *self, guint i)
{
  while (i + 2 < self->tokens->len && get_token (self, i + 1)->kind == UC_QUERY_OR)
    i += 2;
  return i + 1;
}

static void
count_terms (Translation *self)
{
  guint end;

  for (guint i = 0; i < self->tokens->len; i = end) {
    const UcQueryToken *token = get_token (self, i);

    end = i + 1;
    if (!is_term (token) || token->is_negated)
      continue;
    end = find_group_end (self, i);
    self->n_groups++;
    self->has_tag = self->has_tag || is_tag (token);
    self->has_word = self->has_word || !is_tag (token);
  }
}

/* A phrase is exact here; a server may drop the small words of it, or look for its words
 * anywhere. What must not be there is left to us: else it would leave out too much. */
static void
add_term (Translation *self, const UcQueryToken *token)
{
  gboolean         is_phrase = token->kind == UC_QUERY_PHRASE;
  g_autofree char *value = NULL;

  if (is_phrase && token->is_negated)
    return;
  if (is_phrase || !is_known (token))
    self->terms->is_partial = TRUE;
  if (!is_known (token))
    return;
  value = is_phrase ? g_strconcat ("\"", token->value, "\"", NULL)
                    : g_strconcat (token->value, token->is_prefix ? "*" : "", NULL);
  append (self, token, "", value);
  self->is_narrowed = self->is_narrowed || !token->is_negated;
}

/* Alternatives: when they are all that is asked for, and the server knows each. */
static void
add_group (Translation *self, guint from, guint to)
{
  gboolean is_whole = self->n_groups == 1;

  for (guint i = from; i < to; i += 2)
    is_whole = is_whole && is_known (get_token (self, i));
  if (!is_whole) {
    self->terms->is_partial = TRUE;
    return;
  }
  for (guint i = from; i < to; i += 2)
    add_term (self, get_token (self, i));
  self->terms->any_word = TRUE;
}

/* Returns the index of the next token. */
static guint
add_words (Translation *self, guint i)
{
  const UcQueryToken *token = get_token (self, i);
  guint               end = token->is_negated ? i + 1 : find_group_end (self, i);

  if (end > i + 1)
    add_group (self, i, end);
  else if (self->has_tag && self->has_word && !is_tag (token) && !token->is_negated)
    self->terms->is_partial = TRUE;
  else
    add_term (self, token);
  return end;
}

/* -- Operators ------------------------------------------------------------------------------ */

static void
add_names (Translation *self, const UcQueryToken *token, GStrv names)
{
  g_autofree char *before = g_strconcat (token->name, ":", NULL);

  for (guint i = 0; names[i] != NULL && i < MAX_NAMES; i++)
    append (self, token, before, names[i]);
  self->is_narrowed = self->is_narrowed || (!token->is_negated && names[0] != NULL);
}

/* One that is not known beside one that is does no harm: they are alternatives. */
static void
check_names (Translation *self, const char *name)
{
  gboolean is_asked = FALSE;
  gboolean is_known_one = FALSE;

  for (guint i = 0; i < self->tokens->len; i++) {
    const UcQueryToken *token = get_token (self, i);

    if (g_strcmp0 (token->name, name) != 0 || token->is_negated)
      continue;
    is_asked = TRUE;
    is_known_one = is_known_one || *(GStrv) g_ptr_array_index (self->names, i) != NULL;
  }
  self->is_hopeless = self->is_hopeless || (is_asked && !is_known_one);
}

/* The server wants just "2026-01-05". */
static void
add_day (Translation *self, const UcQueryToken *token)
{
  g_autofree char *before = g_strconcat (token->name, ":", NULL);
  g_autofree char *day = NULL;
  guint            year = 0;
  guint            month = 0;
  guint            number = 0;

  if (sscanf (token->value, "%4u-%2u-%2u", &year, &month, &number) == 3) {
    day = g_strdup_printf ("%04u-%02u-%02u", year, month, number);
  } else {
    gboolean is_today = g_ascii_strcasecmp (token->value, "today") == 0;
    g_autoptr (GDateTime) date = g_date_time_add_days (self->today, is_today ? 0 : -1);

    day = g_date_time_format (date, "%Y-%m-%d");
  }
  append (self, token, before, day);
  self->is_narrowed = TRUE;
}

static void
add_operator (Translation *self, guint i)
{
  const UcQueryToken *token = get_token (self, i);

  if (strcmp (token->name, "from") == 0 || strcmp (token->name, "in") == 0)
    add_names (self, token, g_ptr_array_index (self->names, i));
  else if (strcmp (token->name, "before") == 0 || strcmp (token->name, "after") == 0 ||
           strcmp (token->name, "on") == 0)
    add_day (self, token);
}

UcServerTerms *
_uc_server_terms_new (const char *query, GPtrArray *names, GDateTime *today)
{
  g_autoptr (UcServerTerms) terms = g_new0 (UcServerTerms, 1);
  g_autoptr (GPtrArray) tokens = uc_query_scan (query);
  g_autoptr (GString) text = g_string_new (NULL);
  Translation self = { tokens, names, today, terms, text };
  guint       next;

  g_assert (names->len == tokens->len);
  count_terms (&self);
  check_names (&self, "from");
  check_names (&self, "in");
  for (guint i = 0; i < tokens->len; i = next) {
    next = i + 1;
    if (is_term (get_token (&self, i)))
      next = add_words (&self, i);
    else if (get_token (&self, i)->kind == UC_QUERY_OPERATOR)
      add_operator (&self, i);
  }
  if (!self.is_narrowed || self.is_hopeless)
    g_string_truncate (text, 0);
  terms->text = g_string_free (g_steal_pointer (&text), FALSE);
  return g_steal_pointer (&terms);
}
