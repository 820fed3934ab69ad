/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which word can be completed; | is the cursor. */

#include "config.h"

#include "uc-completion.h"

#include <string.h>

/* @expected: the trigger and the whole word, NULL for none. */
static void
assert_word (const char *marked, const char *expected)
{
  const char      *cursor = strchr (marked, '|');
  g_autofree char *text = g_strdup_printf ("%.*s%s", (int) (cursor - marked), marked, cursor + 1);
  guint            start = 0, end = 0;
  char             trigger = '\0';

  g_test_message ("%s", marked);
  if (!uc_completion_find_word (text, (guint) (cursor - marked), &start, &end, &trigger)) {
    g_assert_null (expected);
    return;
  }
  g_assert_nonnull (expected);
  g_assert_cmpint (trigger, ==, expected[0]);
  g_assert_cmpuint (start, <=, end);
  g_assert_cmpuint (end, <=, strlen (text));
  text[end] = '\0';
  g_assert_cmpstr (text + start, ==, expected);
}

static void
test_words (void)
{
  assert_word ("@|", "@");
  assert_word ("hi @an|", "@an");
  assert_word ("hi @an|na.b you", "@anna.b");
  assert_word ("(@an|)", "@an");
  assert_word ("a\n@an|", "@an");
  assert_word ("@Jür|gen", "@Jürgen");
  assert_word ("~to|", "~to");
  assert_word ("~|", "~");
  assert_word (":sm|", ":sm");
  assert_word (":sm|ile:", ":smile:");
  assert_word (":+1|", ":+1");
}

static void
test_none (void)
{
  assert_word ("|", NULL);
  assert_word ("an|", NULL);
  assert_word ("x@an|", NULL);
  assert_word ("mail@an|", NULL);
  assert_word ("|@an", NULL);
  assert_word ("@an |", NULL);
  assert_word ("@@an|", NULL);
  assert_word ("~~st|", NULL);
  assert_word ("10:30|", NULL);
  assert_word ("https://a|", NULL);
  assert_word ("http:|", NULL);
  assert_word (":|", NULL);
  assert_word (":D|", NULL);
  assert_word ("a/~b|", NULL);
}

static void
test_code (void)
{
  assert_word ("`@an|", NULL);
  assert_word ("`x` @an|", "@an");
  assert_word ("```\n@an|", NULL);
  assert_word ("```\nx\n```\n@an|", "@an");
  /* A backtick of another line is of no matter. */
  assert_word ("it`s\n@an|", "@an");
}

static void
test_bounds (void)
{
  g_autoptr (GString) text = g_string_new ("@");
  guint start, end;
  char  trigger;

  for (int i = 0; i < 200; i++)
    g_string_append_c (text, 'a');
  g_assert_false (uc_completion_find_word (text->str, 201, &start, &end, &trigger));
  /* A cursor that cannot be. */
  g_assert_false (uc_completion_find_word ("@a", 99, &start, &end, &trigger));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/view/completion-word/words", test_words);
  g_test_add_func ("/view/completion-word/none", test_none);
  g_test_add_func ("/view/completion-word/code", test_code);
  g_test_add_func ("/view/completion-word/bounds", test_bounds);
  return g_test_run ();
}
