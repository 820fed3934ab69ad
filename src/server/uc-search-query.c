/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The language of searches. Pure. */

#include "config.h"

#include "uc-search-query.h"

#include "uc-limits.h"

#include <string.h>

#define DAY_MS G_GINT64_CONSTANT (86400000)

/* While the parts are gathered. */
typedef struct {
  UcSearchQuery *query;
  GPtrArray     *words; /* (element-type utf8) quoted */
  GPtrArray     *tags;
  GPtrArray     *excluded;
  gint64         zone_ms;
  guint          n_terms;
} Parser;

static GPtrArray *
new_list (void)
{
  return g_ptr_array_new_with_free_func (g_free);
}

/* -- Words ------------------------------------------------------------------------- */

static gboolean
has_letter (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text)) {
    if (g_unichar_isalnum (g_utf8_get_char (text)))
      return TRUE;
  }
  return FALSE;
}

/* As one string of the full text language: a quote in it is doubled. */
static char *
dup_quoted (const char *word, gboolean is_prefix)
{
  g_autoptr (GString) quoted = g_string_new ("\"");

  for (; *word != '\0'; word++) {
    if (*word == '"')
      g_string_append_c (quoted, '"');
    g_string_append_c (quoted, *word);
  }
  g_string_append (quoted, is_prefix ? "\" *" : "\"");
  return g_string_free (g_steal_pointer (&quoted), FALSE);
}

static void
add_word (Parser *parser, const char *word, gboolean is_excluded)
{
  g_autofree char *plain = g_strdup (word);
  gsize            length = strlen (plain);
  gboolean         is_prefix = length > 1 && plain[length - 1] == '*';

  if (is_prefix)
    plain[length - 1] = '\0';
  if (!has_letter (plain)) {
    parser->query->finds_nothing = parser->query->finds_nothing || !is_excluded;
    return;
  }
  if (is_excluded)
    g_ptr_array_add (parser->excluded, dup_quoted (plain, is_prefix));
  else if (*plain == '#')
    g_ptr_array_add (parser->tags, dup_quoted (plain + 1, is_prefix));
  else
    g_ptr_array_add (parser->words, dup_quoted (plain, is_prefix));
}

/* -- Operators --------------------------------------------------------------------- */

/* The first millisecond of a day where the searcher is; FALSE for what is no day. */
static gboolean
parse_day (Parser *parser, const char *text, gint64 *start_ms)
{
  g_autofree char *full = g_strconcat (text, "T00:00:00Z", NULL);
  g_autoptr (GDateTime) time = NULL;

  if (strlen (text) != strlen ("2000-01-01"))
    return FALSE;
  time = g_date_time_new_from_iso8601 (full, NULL);
  if (time == NULL)
    return FALSE;
  *start_ms = g_date_time_to_unix (time) * 1000 - parser->zone_ms;
  return TRUE;
}

static void
bound (UcSearchQuery *query, gint64 since_ms, gint64 until_ms)
{
  if (since_ms > 0)
    query->since_ms = MAX (query->since_ms, since_ms);
  if (until_ms > 0)
    query->until_ms = query->until_ms > 0 ? MIN (query->until_ms, until_ms) : until_ms;
}

static void
take_day (Parser *parser, const char *name, const char *value)
{
  gint64 start_ms = 0;

  if (!parse_day (parser, value, &start_ms)) {
    parser->query->finds_nothing = TRUE;
    return;
  }
  if (g_str_equal (name, "before"))
    bound (parser->query, 0, start_ms);
  else if (g_str_equal (name, "after"))
    bound (parser->query, start_ms + DAY_MS, 0);
  else
    bound (parser->query, start_ms, start_ms + DAY_MS);
}

/* TRUE when @name is an operator, and @value is taken. */
static gboolean
take_operator (Parser *parser, const char *name, const char *value, gboolean is_excluded)
{
  UcSearchQuery *query = parser->query;

  if (g_str_equal (name, "from"))
    g_ptr_array_add (is_excluded ? query->not_from : query->from, g_strdup (value));
  else if (g_str_equal (name, "in") || g_str_equal (name, "channel"))
    g_ptr_array_add (is_excluded ? query->not_in : query->in, g_strdup (value));
  else if (g_str_equal (name, "before") || g_str_equal (name, "after") || g_str_equal (name, "on"))
    take_day (parser, name, value);
  else
    return FALSE;
  return TRUE;
}

static gboolean
is_operator (const char *word)
{
  static const char *const names[] = { "from", "in", "channel", "before", "after", "on" };
  const char              *colon = strchr (word, ':');

  for (guint i = 0; colon != NULL && i < G_N_ELEMENTS (names); i++) {
    if ((gsize) (colon - word) == strlen (names[i]) &&
        g_ascii_strncasecmp (word, names[i], strlen (names[i])) == 0)
      return TRUE;
  }
  return FALSE;
}

/* -- Text -------------------------------------------------------------------------- */

static const char *
skip_blanks (const char *at)
{
  while (*at != '\0' && g_unichar_isspace (g_utf8_get_char (at)))
    at = g_utf8_next_char (at);
  return at;
}

/* The next word, or what stands between quotes. */
static char *
read_word (const char **at, gboolean *is_quoted)
{
  const char *start = *at;
  char       *word;

  *is_quoted = *start == '"';
  if (*is_quoted) {
    start++;
    *at = start + strcspn (start, "\"");
    word = g_strndup (start, (gsize) (*at - start));
    *at += **at == '"';
    return word;
  }
  while (**at != '\0' && **at != '"' && !g_unichar_isspace (g_utf8_get_char (*at)))
    *at = g_utf8_next_char (*at);
  return g_strndup (start, (gsize) (*at - start));
}

static void
read_term (Parser *parser, const char **at)
{
  gboolean         is_excluded = **at == '-' && (*at)[1] != '\0' && !g_ascii_isspace ((*at)[1]);
  gboolean         is_quoted = FALSE;
  g_autofree char *word = NULL;

  if (is_excluded)
    (*at)++;
  word = read_word (at, &is_quoted);
  if (!is_quoted && is_operator (word)) {
    char            *colon = strchr (word, ':');
    g_autofree char *name = g_ascii_strdown (word, colon - word);
    g_autofree char *value = g_strdup (colon + 1);

    /* A blank after the colon is allowed. */
    if (*value == '\0') {
      g_free (value);
      *at = skip_blanks (*at);
      value = read_word (at, &is_quoted);
    }
    if (take_operator (parser, name, value, is_excluded))
      return;
  }
  if (*word != '\0')
    add_word (parser, word, is_excluded);
}

static void
join (GString *text, GPtrArray *words, const char *between)
{
  if (words->len == 0)
    return;
  g_string_append_c (text, '(');
  for (guint i = 0; i < words->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? between : "",
                            (const char *) g_ptr_array_index (words, i));
  g_string_append_c (text, ')');
}

/* Tags and words are searched apart, and what either finds is found. */
static char *
dup_match (Parser *parser, gboolean any_word)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char *between = any_word ? " OR " : " AND ";

  if (parser->words->len == 0 && parser->tags->len == 0)
    return g_strdup ("");
  g_string_append_c (text, '(');
  join (text, parser->words, between);
  if (parser->words->len > 0 && parser->tags->len > 0)
    g_string_append (text, " OR ");
  if (parser->tags->len > 0)
    g_string_append (text, "hashtags : ");
  join (text, parser->tags, between);
  g_string_append_c (text, ')');
  if (parser->excluded->len > 0)
    g_string_append (text, " NOT ");
  join (text, parser->excluded, " OR ");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Not in the middle of a character. */
static char *
dup_bounded (const char *terms)
{
  const char *end;

  if (strlen (terms) <= UC_LIMIT_QUERY_BYTES)
    return g_strdup (terms);
  end = g_utf8_find_prev_char (terms, terms + UC_LIMIT_QUERY_BYTES + 1);
  return g_strndup (terms, (gsize) (end - terms));
}

/**
 * uc_search_query_new:
 * @terms: as typed
 * @any_word: one of the words is enough
 * @zone_offset_s: seconds the searcher's clock is before UTC
 *
 * Returns: (transfer full): what is searched for
 */
UcSearchQuery *
uc_search_query_new (const char *terms, gboolean any_word, int zone_offset_s)
{
  UcSearchQuery   *self = g_new0 (UcSearchQuery, 1);
  g_autofree char *bounded = dup_bounded (terms);
  const char      *at = bounded;
  Parser           parser = { .query = self, .zone_ms = zone_offset_s * G_GINT64_CONSTANT (1000) };

  self->from = new_list ();
  self->not_from = new_list ();
  self->in = new_list ();
  self->not_in = new_list ();
  parser.words = new_list ();
  parser.tags = new_list ();
  parser.excluded = new_list ();
  for (at = skip_blanks (at); *at != '\0' && parser.n_terms < UC_LIMIT_QUERY_TERMS;
       at = skip_blanks (at), parser.n_terms++)
    read_term (&parser, &at);

  self->match = dup_match (&parser, any_word);
  g_ptr_array_unref (parser.words);
  g_ptr_array_unref (parser.tags);
  g_ptr_array_unref (parser.excluded);
  return self;
}

/**
 * uc_search_query_free:
 * @self: (transfer full):
 */
void
uc_search_query_free (UcSearchQuery *self)
{
  g_free (self->match);
  g_ptr_array_unref (self->from);
  g_ptr_array_unref (self->not_from);
  g_ptr_array_unref (self->in);
  g_ptr_array_unref (self->not_in);
  g_free (self);
}
