/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the operators of a search mean, and how a mistake in one is told. */

#include "config.h"

#include "uc-query-parser-private.h"

#include "uc-annotation.h"
#include "uc-error.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

/* The place is counted in characters from 1, as a person counts. */
gboolean
_uc_query_fail (UcQueryParser      *parser,
                const UcQueryToken *token,
                const char         *word,
                const char         *why,
                GError            **error)
{
  glong column = g_utf8_pointer_to_offset (parser->text, parser->text + token->start) + 1;

  parser->place = (UcQueryPlace){ token->start, token->end };
  g_set_error (error, UC_ERROR, UC_ERROR_INVALID,
               /* Translators: a word of a search, its place, what is wrong with it. */
               _ ("“%s” (at character %ld): %s"), word, column, why);
  return FALSE;
}

static gint64
get_midnight_ms (UcQueryParser *parser, int year, int month, int day)
{
  g_autoptr (GDateTime) midnight = g_date_time_new (parser->zone, year, month, day, 0, 0, 0);

  return midnight != NULL ? g_date_time_to_unix (midnight) * 1000 : 0;
}

/* The first moments of the day and of the one after; days are not all 24 hours. */
static gboolean
parse_day (UcQueryParser *parser, const char *text, gint64 *start_ms, gint64 *end_ms)
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
apply_day (UcQueryParser *parser, UcQuery *query, const UcQueryToken *token, GError **error)
{
  gint64 start_ms;
  gint64 end_ms;

  if (token->is_negated)
    return _uc_query_fail (parser, token, token->name, _ ("cannot be turned round with a minus"),
                           error);
  if (!parse_day (parser, token->value, &start_ms, &end_ms))
    return _uc_query_fail (parser, token, token->value,
                           _ ("this is no day; write it as 2026-11-20, today or yesterday"), error);
  if (!g_str_equal (token->name, "before"))
    query->from_ms = MAX (query->from_ms, g_str_equal (token->name, "after") ? end_ms : start_ms);
  if (!g_str_equal (token->name, "after"))
    query->to_ms = MIN (query->to_ms, g_str_equal (token->name, "on") ? end_ms : start_ms);
  return TRUE;
}

static gboolean
apply_mark (UcQueryParser *parser, UcQuery *query, const UcQueryToken *token, GError **error)
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
        g_ascii_strcasecmp (marks[i].value, token->value) != 0)
      continue;
    if (token->is_negated)
      query->refused |= marks[i].mark;
    else
      query->wanted |= marks[i].mark;
    return TRUE;
  }
  return _uc_query_fail (parser, token, token->value,
                         g_str_equal (token->name, "has")
                             ? _ ("has: knows file, link and reaction")
                             : _ ("is: knows pinned, saved, thread and unread"),
                         error);
}

static gboolean
apply_annotation (UcQueryParser *parser, UcQuery *query, const UcQueryToken *token, GError **error)
{
  g_autofree char *word = g_ascii_strdown (token->value, -1);
  guint            bit;

  if (g_str_equal (token->name, "category")) {
    bit = 1u << uc_category_from_string (word);
    if (bit == 1u << UC_CATEGORY_NONE)
      return _uc_query_fail (
          parser, token, token->value,
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
    return _uc_query_fail (parser, token, token->value,
                           _ ("priority: knows critical, high, normal and low"), error);
  if (token->is_negated)
    query->not_priorities |= bit;
  else
    query->priorities |= bit;
  return TRUE;
}

static gboolean
apply_name (UcQuery *query, const UcQueryToken *token)
{
  const char *text = token->value;

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

gboolean
_uc_query_apply_operator (UcQueryParser      *parser,
                          UcQuery            *query,
                          const UcQueryToken *token,
                          GError            **error)
{
  if (*token->value == '\0')
    return _uc_query_fail (parser, token, token->name, _ ("something must follow the colon"),
                           error);
  if (g_str_equal (token->name, "from") || g_str_equal (token->name, "in"))
    return apply_name (query, token);
  if (g_str_equal (token->name, "has") || g_str_equal (token->name, "is"))
    return apply_mark (parser, query, token, error);
  if (g_str_equal (token->name, "category") || g_str_equal (token->name, "priority"))
    return apply_annotation (parser, query, token, error);
  return apply_day (parser, query, token, error);
}
