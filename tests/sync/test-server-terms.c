/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-server-terms-private.h"

#include "uc-query-scan.h"

/* What the store would say: everybody is known by the name that was typed, "anna" twice,
 * "nobody" not at all. */
static GPtrArray *
resolve (const char *query)
{
  g_autoptr (GPtrArray) tokens = uc_query_scan (query);
  GPtrArray *names = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);

  for (guint i = 0; i < tokens->len; i++) {
    UcQueryToken *token = g_ptr_array_index (tokens, i);

    if (g_strcmp0 (token->name, "from") != 0 && g_strcmp0 (token->name, "in") != 0)
      g_ptr_array_add (names, NULL);
    else if (g_str_equal (token->value, "nobody"))
      g_ptr_array_add (names, g_new0 (char *, 1));
    else if (g_str_equal (token->value, "Anna Keller"))
      g_ptr_array_add (names, g_strsplit ("anna.k anna.keller", " ", -1));
    else
      g_ptr_array_add (names, g_strsplit (token->value, ",", -1));
  }
  return names;
}

/* @wanted: the text, with "| " before when any word is enough, "~ " when it is partial. */
static void
assert_terms (const char *query, const char *wanted)
{
  g_autoptr (GPtrArray) names = resolve (query);
  g_autoptr (GDateTime) today = g_date_time_new_utc (2026, 3, 1, 12, 0, 0);
  g_autoptr (UcServerTerms) terms = _uc_server_terms_new (query, names, today);
  g_autofree char *found =
      g_strconcat (terms->any_word ? "| " : "", terms->is_partial ? "~ " : "", terms->text, NULL);

  g_assert_cmpstr (found, ==, wanted);
}

static void
test_words (void)
{
  assert_terms ("one two", "one two");
  assert_terms ("one begin* -not", "one begin* -not");
  /* A phrase is exact here only. */
  assert_terms ("\"one two\" three", "~ \"one two\" three");
  assert_terms ("one -\"not this\" -not", "one -not");
  assert_terms ("#tag", "#tag");
  assert_terms ("#tag #other -word", "#tag #other -word");
  /* The server gives what either finds. */
  assert_terms ("#tag word", "~ #tag");
  /* What only we know. */
  assert_terms ("word *part", "~ word");
  assert_terms ("word 👍 -:)", "~ word");
  assert_terms ("*part", "~ ");
  assert_terms ("-word", "");
}

static void
test_or (void)
{
  assert_terms ("a OR b OR \"c d\"", "| ~ a b \"c d\"");
  assert_terms ("a OR b -c from:ben", "| a b -c from:ben");
  assert_terms ("a OR b c", "~ c");
  assert_terms ("a OR 👍", "~ ");
  assert_terms ("a OR b c OR d", "~ ");
}

static void
test_operators (void)
{
  assert_terms ("from:ben", "from:ben");
  assert_terms ("from:\"Anna Keller\" word", "from:anna.k from:anna.keller word");
  assert_terms ("-from:ben in:room -in:@ben x", "-from:ben in:room -in:@ben x");
  assert_terms ("from:a,b,c,d,e,f,g", "from:a from:b from:c from:d from:e");
  assert_terms ("on:2026-1-5 after:2026-01-02 before:today",
                "on:2026-01-05 after:2026-01-02 before:2026-03-01");
  assert_terms ("on:Yesterday", "on:2026-02-28");
  /* Applied to what comes back. */
  assert_terms ("word has:link is:pinned category:incident priority:high", "word");
  assert_terms ("has:link", "");
  /* Nobody is known by that name: there is nothing to find. */
  assert_terms ("from:nobody word", "");
  assert_terms ("from:nobody from:ben word", "from:ben word");
  assert_terms ("-from:nobody word", "word");
  assert_terms ("in:nobody word", "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/sync/server-terms/words", test_words);
  g_test_add_func ("/sync/server-terms/or", test_or);
  g_test_add_func ("/sync/server-terms/operators", test_operators);
  return g_test_run ();
}
