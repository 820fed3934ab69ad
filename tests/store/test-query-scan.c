/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-error.h"
#include "uc-query-scan.h"

#include <string.h>

/* One token a line of the wanted text: its kind, its name, what it is, value, place. */
static void
assert_scan (const char *text, const char *wanted)
{
  static const char *const kinds[] = { "word", "phrase", "operator", "or" };
  g_autoptr (GPtrArray) tokens = uc_query_scan (text);
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; i < tokens->len; i++) {
    UcQueryToken *token = g_ptr_array_index (tokens, i);

    g_string_append_printf (found, "%s%s %s%s%s%s[%s]%s%s %d-%d@%d", i > 0 ? "|" : "",
                            kinds[token->kind], token->is_negated ? "-" : "",
                            token->name != NULL ? token->name : "", token->name != NULL ? ":" : "",
                            token->is_part ? "*" : "", token->value, token->is_prefix ? "*" : "",
                            token->is_open ? "..." : "", (int) token->start, (int) token->end,
                            (int) token->value_start);
  }
  g_assert_cmpstr (found->str, ==, wanted);
}

static void
test_places (void)
{
  assert_scan ("", "");
  assert_scan (" \t ", "");
  assert_scan ("\xff", "");
  assert_scan (" ab  -c", "word [ab] 1-3@1|word -[c] 5-7@6");
  assert_scan ("\"a b\" -\"c\"", "phrase [a b] 0-5@0|phrase -[c] 6-10@7");
  assert_scan ("x \"open", "word [x] 0-1@0|phrase [open]... 2-7@2");
  assert_scan ("grün from:@ann", "word [grün] 0-5@0|operator from:[@ann] 6-15@11");
  assert_scan ("-FROM:\"Anna Keller\" x", "operator -from:[Anna Keller] 0-19@6|word [x] 20-21@20");
  assert_scan ("in: room", "operator in:[room] 0-8@4");
  assert_scan ("in:", "operator in:[]... 0-3@3");
  assert_scan ("in: ", "operator in:[]... 0-4@4");
  assert_scan ("in:\"", "operator in:[]... 0-4@3");
  assert_scan ("in:\"\"", "operator in:[] 0-5@3");
  assert_scan ("a OR b", "word [a] 0-1@0|or [OR] 2-4@2|word [b] 5-6@5");
  assert_scan ("\"OR\" -OR or", "phrase [OR] 0-4@0|word -[OR] 5-8@6|word [or] 9-11@9");
  assert_scan ("*part begin* **", "word *[part] 0-5@0|word [begin]* 6-12@6|word [*]* 13-15@13");
  assert_scan ("time:10 :x", "word [time:10] 0-7@0|word [:x] 8-10@8");
}

static void
test_check (void)
{
  const struct {
    const char *text;
    int         start;
    int         end;
  } cases[] = {
    { "one before:2026-13-45 two", 4, 21 },
    { "grüße on:soon", 8, 15 },
    { "has:\"no thing\" x", 0, 14 },
    { "a OR", 2, 4 },
    { "a OR OR b", 5, 7 },
    { "word from:", 5, 10 },
    { "", 0, 0 },
    { "  ", 0, 2 },
    { "\xff", 0, 1 },
  };
  gsize start = 9;
  gsize end = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (uc_query_check (cases[i].text, &start, &end, &error));
    g_assert_error (error, UC_ERROR, UC_ERROR_INVALID);
    g_assert_cmpint ((int) start, ==, cases[i].start);
    g_assert_cmpint ((int) end, ==, cases[i].end);
  }
  g_assert_true (uc_query_check ("from:anna word", &start, &end, NULL));
  g_assert_cmpuint (start, ==, 0);
  g_assert_cmpuint (end, ==, 14);
}

static void
test_format (void)
{
  const struct {
    const char *name;
    const char *value;
    gboolean    is_negated;
    const char *wanted;
  } cases[] = {
    { "from", "anna", FALSE, "from:anna" },
    { "from", "Anna Keller", FALSE, "from:\"Anna Keller\"" },
    { "in", "~x", TRUE, "-in:~x" },
    { "in", "", FALSE, "in:\"\"" },
    { "in", "the \"big\" room", FALSE, "in:\"the big room\"" },
    { "in", "a\"b", FALSE, "in:ab" },
    { "has", "file", TRUE, "-has:file" },
    { "in", "a\u00a0b", FALSE, "in:\"a\u00a0b\"" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text =
        uc_query_format_operator (cases[i].name, cases[i].value, cases[i].is_negated);
    g_autoptr (GPtrArray) tokens = uc_query_scan (text);
    UcQueryToken *token;

    g_assert_cmpstr (text, ==, cases[i].wanted);
    g_assert_cmpuint (tokens->len, ==, 1);
    token = g_ptr_array_index (tokens, 0);
    g_assert_cmpint (token->kind, ==, UC_QUERY_OPERATOR);
    g_assert_cmpstr (token->name, ==, cases[i].name);
    g_assert_cmpint (token->is_negated, ==, cases[i].is_negated);
    if (strchr (cases[i].value, '"') == NULL)
      g_assert_cmpstr (token->value, ==, cases[i].value);
  }
}

static void
test_typed (void)
{
  const struct {
    const char *text;
    const char *wanted;
  } cases[] = {
    { "pat", "pat*" },
    { "two wor", "two wor*" },
    { "grü", "grü*" },
    { "血压", "血压*" },
    { "jonas.we", "jonas.we*" },
    { "a OR be", "a OR be*" },
    { "*par", "*par*" },
    /* Done, or not to be widened. */
    { "pat ", "pat " },
    { "p", "p" },
    { "pat*", "pat*" },
    { "a -pat", "a -pat" },
    { "\"pat", "\"pat" },
    { "\"pat\"", "\"pat\"" },
    { "from:an", "from:an" },
    { "a OR", "a OR" },
    { "what?", "what?" },
    { ":-)", ":-)" },
    { "", "" },
  };
  g_autofree char *full = g_strnfill (256, 'a');
  g_autofree char *same = uc_query_dup_typed (full);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *typed = uc_query_dup_typed (cases[i].text);

    g_assert_cmpstr (typed, ==, cases[i].wanted);
  }
  g_assert_cmpstr (same, ==, full);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/store/query-scan/places", test_places);
  g_test_add_func ("/store/query-scan/check", test_check);
  g_test_add_func ("/store/query-scan/format", test_format);
  g_test_add_func ("/store/query-scan/typed", test_typed);
  return g_test_run ();
}
