/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-annotation.h"
#include "uc-error.h"
#include "uc-query-private.h"
#include "uc-store-test.h"

#include <string.h>

static UcQuery *
parse (const char *text, GError **error)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");

  return _uc_query_parse (text, zone, TEST_NOW_MS, NULL, error);
}

static UcQuery *
parse_well (const char *text)
{
  g_autoptr (GError) error = NULL;
  UcQuery *query = parse (text, &error);

  g_assert_no_error (error);
  return query;
}

/* The terms, one a line: signs for what they are, then the text. */
static void
assert_terms (const char *text, const char *wanted)
{
  g_autoptr (UcQuery) query = parse_well (text);
  g_autoptr (GString) terms = g_string_new (NULL);

  for (guint i = 0; i < query->terms->len; i++) {
    UcTerm *term = g_ptr_array_index (query->terms, i);

    g_string_append_printf (terms, "%s%s%s%s[%s]%s", i > 0 ? " " : "", term->is_or ? "OR " : "",
                            term->is_negated ? "-" : "", term->is_part ? "*" : "", term->text,
                            term->is_prefix ? "*" : "");
  }
  g_assert_cmpstr (terms->str, ==, wanted);
}

static void
test_terms (void)
{
  assert_terms ("one two", "[one] [two]");
  assert_terms ("  one\t two\n", "[one] [two]");
  assert_terms ("\"one two\" three", "[one two] [three]");
  assert_terms ("\"not closed", "[not closed]");
  assert_terms ("one\"two\"three", "[one] [two] [three]");
  assert_terms ("begin* *part *both*", "[begin]* *[part] *[both]*");
  assert_terms ("-no -\"not this\" - -", "-[no] -[not this] [-] [-]");
  assert_terms ("a OR b OR c d", "[a] OR [b] OR [c] [d]");
  assert_terms ("or \"OR\" -OR", "[or] [OR] -[OR]");
  assert_terms ("10:30 http://example.org a:b", "[10:30] [http://example.org] [a:b]");
  assert_terms ("* ** \"\" x", "[*] [*]* [x]");
  assert_terms ("grüße 检验 👍", "[grüße] [检验] [👍]");
  assert_terms ("AND NOT NEAR(a b) {x} ^y", "[AND] [NOT] [NEAR(a] [b)] [{x}] [^y]");
}

static void
test_operators (void)
{
  g_autoptr (UcQuery) query =
      parse_well ("from:@anna from: ben -from:eve in:~station-3 in:\"Big Room\" -in:@me "
                  "has:file -HAS:Links is:pinned -is:unread category:incident "
                  "-category:social priority:high priority:critical word");

  g_assert_cmpuint (query->from->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (query->from, 0), ==, "anna");
  g_assert_cmpstr (g_ptr_array_index (query->from, 1), ==, "ben");
  g_assert_cmpstr (g_ptr_array_index (query->not_from, 0), ==, "eve");
  g_assert_cmpuint (query->in->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (query->in, 0), ==, "station-3");
  g_assert_cmpstr (g_ptr_array_index (query->in, 1), ==, "Big Room");
  g_assert_cmpstr (g_ptr_array_index (query->not_in, 0), ==, "@me");
  g_assert_cmpuint (query->wanted, ==, UC_MARK_FILE | UC_MARK_PINNED);
  g_assert_cmpuint (query->refused, ==, UC_MARK_LINK | UC_MARK_UNREAD);
  g_assert_cmpuint (query->categories, ==, 1u << UC_CATEGORY_INCIDENT);
  g_assert_cmpuint (query->not_categories, ==, 1u << UC_CATEGORY_SOCIAL);
  g_assert_cmpuint (query->priorities, ==, 1u << UC_PRIORITY_HIGH | 1u << UC_PRIORITY_CRITICAL);
  g_assert_cmpuint (query->terms->len, ==, 1);
}

/* Days are the reader's, and not always 24 hours long. */
static void
test_days (void)
{
  const gint64 hour_ms = 3600 * 1000;
  g_autoptr (UcQuery) on = parse_well ("on:2026-11-20");
  g_autoptr (UcQuery) before = parse_well ("before:2026-11-20");
  g_autoptr (UcQuery) after = parse_well ("after:2026-11-20");
  g_autoptr (UcQuery) today = parse_well ("on:today");
  g_autoptr (UcQuery) yesterday = parse_well ("on:Yesterday");
  g_autoptr (UcQuery) short_day = parse_well ("on:2026-03-29");
  g_autoptr (UcQuery) both = parse_well ("after:2026-11-01 before:2026-11-10");

  /* Noon UTC is 13:00 in Berlin. */
  g_assert_cmpint (on->from_ms, ==, TEST_NOW_MS - 13 * hour_ms);
  g_assert_cmpint (on->to_ms, ==, TEST_NOW_MS + 11 * hour_ms);
  g_assert_cmpint (before->from_ms, ==, 0);
  g_assert_cmpint (before->to_ms, ==, on->from_ms);
  g_assert_cmpint (after->from_ms, ==, on->to_ms);
  g_assert_cmpint (after->to_ms, ==, G_MAXINT64);
  g_assert_cmpint (today->from_ms, ==, on->from_ms);
  g_assert_cmpint (yesterday->to_ms, ==, on->from_ms);
  g_assert_cmpint (short_day->to_ms - short_day->from_ms, ==, 23 * hour_ms);
  g_assert_cmpint (both->to_ms - both->from_ms, ==, 8 * 24 * hour_ms);
}

static void
test_errors (void)
{
  const struct {
    const char *text;
    const char *word;
    int         place;
  } cases[] = {
    { "one before:2026-13-45", "2026-13-45", 5 },
    { "grüße on:soon", "soon", 7 },
    { "on:2026-11-20x", "2026-11-20x", 1 },
    { "on:1066-10-14", "1066-10-14", 1 },
    { "-before:2026-11-20", "before", 1 },
    { "has:fun", "fun", 1 },
    { "a is:great", "great", 3 },
    { "category:none", "none", 1 },
    { "priority:urgent", "urgent", 1 },
    { "word from:", "from", 6 },
    { "in:\"\"", "in", 1 },
    { "OR a", "OR", 1 },
    { "a OR", "OR", 3 },
    { "a OR OR b", "OR", 6 },
    { "a OR -b", "b", 6 },
    { "a OR from:b", "from", 6 },
    { "-a OR b", "OR", 4 },
    { "1 2 3 4 5 6 7 8 9 10 11 12 thirteen", "thirteen", 28 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *place =
        g_strdup_printf ("“%s” (at character %d)", cases[i].word, cases[i].place);

    g_assert_null (parse (cases[i].text, &error));
    g_assert_error (error, UC_ERROR, UC_ERROR_INVALID);
    if (!g_str_has_prefix (error->message, place))
      g_error ("%s: %s", cases[i].text, error->message);
  }
}

static void
test_limits (void)
{
  g_autofree char *just = g_strnfill (256, 'a');
  g_autofree char *over = g_strnfill (257, 'a');
  g_autofree char *far = g_strnfill (25600, '(');
  const char      *bad[] = { over, far, "\xff\xfe", "", "   ", "\"\"" };
  g_autoptr (UcQuery) query = parse_well (just);

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (parse (bad[i], &error));
    g_assert_error (error, UC_ERROR, UC_ERROR_INVALID);
  }
}

static void
test_quoting (void)
{
  g_autoptr (GString) match = g_string_new (NULL);

  _uc_query_quote (match, "a\"b", FALSE);
  g_string_append_c (match, ' ');
  _uc_query_quote (match, "begin", TRUE);
  g_assert_cmpstr (match->str, ==, "\"a\"\"b\" \"begin\"*");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/store/query/terms", test_terms);
  g_test_add_func ("/store/query/operators", test_operators);
  g_test_add_func ("/store/query/days", test_days);
  g_test_add_func ("/store/query/errors", test_errors);
  g_test_add_func ("/store/query/limits", test_limits);
  g_test_add_func ("/store/query/quoting", test_quoting);
  return g_test_run ();
}
