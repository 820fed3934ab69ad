/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The language of the search field:
 *
 *   word  "a phrase"  begin*  *part  -not  this OR that
 *   from: in: before: after: on: has: is: category: priority:
 *
 * Terms are joined by "and"; OR joins its two neighbours. An operator may stand
 * apart from its value, which may be quoted; before it a minus turns it round. */

#include "config.h"

#include "uc-query-private.h"

#include "uc-annotation.h"
#include "uc-error.h"
#include "uc-limits.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

typedef struct {
  const char *text; /* the whole query */
  const char *at;
  GTimeZone  *zone;
  gint64      now_ms;
  gboolean    is_or; /* the next term is an alternative */
} Parser;

/* One thing that was typed. */
typedef struct {
  const char *start; /* in the query, for errors */
  char       *text;  /* (owned) without minus, quotes and stars */
  char       *name;  /* (owned) (nullable) of an operator, lower case */
  gboolean    is_negated;
  gboolean    is_quoted;
  gboolean    is_prefix;
  gboolean    is_part;
} Token;

static void
token_clear (Token *token)
{
  g_free (token->text);
  g_free (token->name);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Token, token_clear)

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

/* The place is counted in characters from 1, as a person counts. */
static gboolean
fail (Parser *parser, const char *start, const char *word, const char *why, GError **error)
{
  glong column = g_utf8_pointer_to_offset (parser->text, start) + 1;

  g_set_error (error, UC_ERROR, UC_ERROR_INVALID,
               /* Translators: a word of a search, its place, what is wrong with it. */
               _ ("“%s” (at character %ld): %s"), word, column, why);
  return FALSE;
}

/* -- Tokens ------------------------------------------------------------------------- */

static void
skip_spaces (Parser *parser)
{
  while (g_unichar_isspace (g_utf8_get_char (parser->at)))
    parser->at = g_utf8_next_char (parser->at);
}

/* A closing quote that was forgotten, or not typed yet, is taken as being at the end. */
static char *
read_quoted (Parser *parser)
{
  const char *start = ++parser->at;
  const char *end = strchr (start, '"');

  if (end == NULL)
    end = start + strlen (start);
  parser->at = *end == '"' ? end + 1 : end;
  return g_strndup (start, end - start);
}

static char *
read_bare (Parser *parser)
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
take_operator (Parser *parser, Token *token)
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
take_stars (Token *token)
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
next_token (Parser *parser, Token *token)
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

/* -- Operators ---------------------------------------------------------------------- */

static gint64
get_midnight_ms (Parser *parser, int year, int month, int day)
{
  g_autoptr (GDateTime) midnight = g_date_time_new (parser->zone, year, month, day, 0, 0, 0);

  return midnight != NULL ? g_date_time_to_unix (midnight) * 1000 : 0;
}

/* The first moments of the day and of the one after; days are not all 24 hours. */
static gboolean
parse_day (Parser *parser, const char *text, gint64 *start_ms, gint64 *end_ms)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (parser->now_ms / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (now, parser->zone);
  GDate date;
  guint year;
  guint month;
  guint day;
  int   length = 0;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, g_date_time_get_day_of_month (local),
                  (GDateMonth) g_date_time_get_month (local), g_date_time_get_year (local));
  if (g_ascii_strcasecmp (text, "yesterday") == 0) {
    g_date_subtract_days (&date, 1);
  } else if (g_ascii_strcasecmp (text, "today") != 0) {
    if (sscanf (text, "%4u-%2u-%2u%n", &year, &month, &day, &length) != 3 || text[length] != '\0' ||
        year < 1970 || !g_date_valid_dmy (day, month, year))
      return FALSE;
    g_date_set_dmy (&date, day, (GDateMonth) month, year);
  }
  *start_ms = get_midnight_ms (parser, g_date_get_year (&date), g_date_get_month (&date),
                               g_date_get_day (&date));
  g_date_add_days (&date, 1);
  *end_ms = get_midnight_ms (parser, g_date_get_year (&date), g_date_get_month (&date),
                             g_date_get_day (&date));
  return TRUE;
}

static gboolean
apply_day (Parser *parser, UcQuery *query, const Token *token, GError **error)
{
  gint64 start_ms;
  gint64 end_ms;

  if (token->is_negated)
    return fail (parser, token->start, token->name, _ ("cannot be turned round with a minus"),
                 error);
  if (!parse_day (parser, token->text, &start_ms, &end_ms))
    return fail (parser, token->start, token->text,
                 _ ("this is no day; write it as 2026-11-20, today or yesterday"), error);
  if (!g_str_equal (token->name, "before"))
    query->from_ms = MAX (query->from_ms, g_str_equal (token->name, "after") ? end_ms : start_ms);
  if (!g_str_equal (token->name, "after"))
    query->to_ms = MIN (query->to_ms, g_str_equal (token->name, "on") ? end_ms : start_ms);
  return TRUE;
}

static gboolean
apply_mark (Parser *parser, UcQuery *query, const Token *token, GError **error)
{
  static const struct {
    const char *name;
    const char *value;
    UcMark      mark;
  } marks[] = {
    { "has", "file", UC_MARK_FILE },         { "has", "files", UC_MARK_FILE },
    { "has", "link", UC_MARK_LINK },         { "has", "links", UC_MARK_LINK },
    { "has", "reaction", UC_MARK_REACTION }, { "has", "reactions", UC_MARK_REACTION },
    { "is", "pinned", UC_MARK_PINNED },      { "is", "saved", UC_MARK_SAVED },
    { "is", "thread", UC_MARK_THREAD },      { "is", "unread", UC_MARK_UNREAD },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++) {
    if (!g_str_equal (marks[i].name, token->name) ||
        g_ascii_strcasecmp (marks[i].value, token->text) != 0)
      continue;
    if (token->is_negated)
      query->refused |= marks[i].mark;
    else
      query->wanted |= marks[i].mark;
    return TRUE;
  }
  return fail (parser, token->start, token->text,
               g_str_equal (token->name, "has") ? _ ("has: knows file, link and reaction")
                                                : _ ("is: knows pinned, saved, thread and unread"),
               error);
}

static gboolean
apply_annotation (Parser *parser, UcQuery *query, const Token *token, GError **error)
{
  g_autofree char *word = g_ascii_strdown (token->text, -1);
  guint            bit;

  if (g_str_equal (token->name, "category")) {
    bit = 1u << uc_category_from_string (word);
    if (bit == 1u << UC_CATEGORY_NONE)
      return fail (parser, token->start, token->text,
                   _ ("category: knows request, question, incident, scheduling, decision, update "
                      "and social"),
                   error);
    if (token->is_negated)
      query->not_categories |= bit;
    else
      query->categories |= bit;
    return TRUE;
  }
  bit = 1u << uc_priority_from_string (word);
  if (bit == 1u << UC_PRIORITY_NONE)
    return fail (parser, token->start, token->text,
                 _ ("priority: knows critical, high, normal and low"), error);
  if (token->is_negated)
    query->not_priorities |= bit;
  else
    query->priorities |= bit;
  return TRUE;
}

static gboolean
apply_name (UcQuery *query, const Token *token)
{
  const char *text = token->text;

  if (g_str_equal (token->name, "from")) {
    if (*text == '@')
      text++;
    g_ptr_array_add (token->is_negated ? query->not_from : query->from, g_strdup (text));
  } else {
    if (*text == '~')
      text++;
    g_ptr_array_add (token->is_negated ? query->not_in : query->in, g_strdup (text));
  }
  return TRUE;
}

static gboolean
apply_operator (Parser *parser, UcQuery *query, const Token *token, GError **error)
{
  if (*token->text == '\0')
    return fail (parser, token->start, token->name, _ ("something must follow the colon"), error);
  if (g_str_equal (token->name, "from") || g_str_equal (token->name, "in"))
    return apply_name (query, token);
  if (g_str_equal (token->name, "has") || g_str_equal (token->name, "is"))
    return apply_mark (parser, query, token, error);
  if (g_str_equal (token->name, "category") || g_str_equal (token->name, "priority"))
    return apply_annotation (parser, query, token, error);
  return apply_day (parser, query, token, error);
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
add_term (Parser *parser, UcQuery *query, const Token *token, GError **error)
{
  UcTerm *term;

  if (is_blank (token->text))
    return TRUE;
  if (parser->is_or && token->is_negated)
    return fail (parser, token->start, token->text, _ ("what is left out cannot be an alternative"),
                 error);
  if (query->terms->len >= UC_LIMIT_QUERY_TERMS)
    return fail (parser, token->start, token->text, _ ("these are too many words"), error);
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
take_or (Parser *parser, UcQuery *query, const Token *token, GError **error)
{
  UcTerm *left =
      query->terms->len > 0 ? g_ptr_array_index (query->terms, query->terms->len - 1) : NULL;

  if (left == NULL || left->is_negated || parser->is_or)
    return fail (parser, token->start, token->text, _ ("OR needs a word on either side"), error);
  parser->is_or = TRUE;
  return TRUE;
}

static gboolean
apply_token (Parser *parser, UcQuery *query, const Token *token, GError **error)
{
  gboolean is_or = token->name == NULL && !token->is_quoted && !token->is_negated &&
                   g_str_equal (token->text, "OR");

  if (is_or)
    return take_or (parser, query, token, error);
  if (token->name == NULL)
    return add_term (parser, query, token, error);
  if (parser->is_or)
    return fail (parser, token->start, token->name, _ ("OR needs a word on either side"), error);
  return apply_operator (parser, query, token, error);
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
  Parser parser = { text, text, zone, now_ms, FALSE };

  if (!check_text (text, error))
    return NULL;
  while (TRUE) {
    g_auto (Token) token = { 0 };

    if (!next_token (&parser, &token))
      break;
    if (!apply_token (&parser, query, &token, error))
      return NULL;
  }
  if (parser.is_or) {
    fail (&parser, parser.at, "OR", _ ("OR needs a word on either side"), error);
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
