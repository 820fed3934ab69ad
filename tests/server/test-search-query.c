/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-search-query.h"

#include <string.h>

#define DAY_MS G_GINT64_CONSTANT (86400000)
/* 2026-11-20 00:00 UTC */
#define DAY G_GINT64_CONSTANT (1795132800000)

static void
test_words (void)
{
  static const struct {
    const char *terms;
    gboolean    any_word;
    const char *match;
  } cases[] = {
    { "one", FALSE, "((\"one\"))" },
    { "one two", FALSE, "((\"one\" AND \"two\"))" },
    { "one two", TRUE, "((\"one\" OR \"two\"))" },
    { "\"one two\" three", FALSE, "((\"one two\" AND \"three\"))" },
    { "dienst*", FALSE, "((\"dienst\" *))" },
    { "one -two -three", FALSE, "((\"one\")) NOT (\"two\" OR \"three\")" },
    { "#tag", FALSE, "(hashtags : (\"tag\"))" },
    { "one #tag", FALSE, "((\"one\") OR hashtags : (\"tag\"))" },
    { "NEAR(a b)", FALSE, "((\"NEAR(a\" AND \"b)\"))" },
    { "a OR b", FALSE, "((\"a\" AND \"OR\" AND \"b\"))" },
    { "{x}: ^y", FALSE, "((\"{x}:\" AND \"^y\"))" },
    { "-only", FALSE, "" },
    { "", FALSE, "" },
    { "from:anna", FALSE, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (UcSearchQuery) query = uc_search_query_new (cases[i].terms, cases[i].any_word, 0);

    g_test_message ("%s", cases[i].terms);
    g_assert_cmpstr (query->match, ==, cases[i].match);
    g_assert_false (query->finds_nothing);
  }
}

static const char *
get (GPtrArray *list, guint index)
{
  g_assert_cmpuint (list->len, >, index);
  return g_ptr_array_index (list, index);
}

static void
test_operators (void)
{
  g_autoptr (UcSearchQuery) query = uc_search_query_new (
      "from:anna FROM:ben -from: carl in:station-3 channel:@ben -in:old word", FALSE, 0);

  g_assert_cmpstr (get (query->from, 0), ==, "anna");
  g_assert_cmpstr (get (query->from, 1), ==, "ben");
  g_assert_cmpstr (get (query->not_from, 0), ==, "carl");
  g_assert_cmpstr (get (query->in, 0), ==, "station-3");
  g_assert_cmpstr (get (query->in, 1), ==, "@ben");
  g_assert_cmpstr (get (query->not_in, 0), ==, "old");
  g_assert_cmpstr (query->match, ==, "((\"word\"))");
}

/* In quotes nothing is an operator, and an unknown one is a word. */
static void
test_no_operators (void)
{
  g_autoptr (UcSearchQuery) query = uc_search_query_new ("\"from:anna\" to:ben", FALSE, 0);

  g_assert_cmpuint (query->from->len, ==, 0);
  g_assert_cmpstr (query->match, ==, "((\"from:anna\" AND \"to:ben\"))");
}

static void
test_days (void)
{
  g_autoptr (UcSearchQuery) before = uc_search_query_new ("before:2026-11-20", FALSE, 0);
  g_autoptr (UcSearchQuery) after = uc_search_query_new ("after:2026-11-20", FALSE, 0);
  g_autoptr (UcSearchQuery) on = uc_search_query_new ("on:2026-11-20", FALSE, 3600);
  g_autoptr (UcSearchQuery) both =
      uc_search_query_new ("after:2026-11-18 before:2026-11-20", FALSE, 0);

  g_assert_cmpint (before->since_ms, ==, 0);
  g_assert_cmpint (before->until_ms, ==, DAY);
  g_assert_cmpint (after->since_ms, ==, DAY + DAY_MS);
  g_assert_cmpint (after->until_ms, ==, 0);
  /* The day begins where the searcher is. */
  g_assert_cmpint (on->since_ms, ==, DAY - 3600000);
  g_assert_cmpint (on->until_ms, ==, DAY - 3600000 + DAY_MS);
  g_assert_cmpint (both->since_ms, ==, DAY - DAY_MS);
  g_assert_cmpint (both->until_ms, ==, DAY);
}

static void
test_nothing (void)
{
  static const char *const cases[] = {
    "before:yesterday", "on:2026-13-01", "after:2026-1-1", "on:", "*", "...", "\"!?\""
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (UcSearchQuery) query = uc_search_query_new (cases[i], FALSE, 0);

    g_test_message ("%s", cases[i]);
    g_assert_true (query->finds_nothing);
  }
}

static void
test_bounds (void)
{
  g_autofree char *filler = g_strnfill (100000, 'x');
  g_autoptr (GString) many = g_string_new (NULL);
  g_autoptr (UcSearchQuery) long_word = uc_search_query_new (filler, FALSE, 0);
  g_autoptr (UcSearchQuery) many_words = NULL;

  for (guint i = 0; i < 10000; i++)
    g_string_append (many, "a ");
  many_words = uc_search_query_new (many->str, FALSE, 0);
  g_assert_cmpuint (strlen (long_word->match), <, 5000);
  g_assert_cmpuint (strlen (many_words->match), <, 5000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/search-query/words", test_words);
  g_test_add_func ("/search-query/operators", test_operators);
  g_test_add_func ("/search-query/no-operators", test_no_operators);
  g_test_add_func ("/search-query/days", test_days);
  g_test_add_func ("/search-query/nothing", test_nothing);
  g_test_add_func ("/search-query/bounds", test_bounds);
  return g_test_run ();
}
