/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A message as a whole: how much of it is shown, large emoji, one line of it, and that
 * no text takes more than linear work. */

#include "config.h"

#include "uc-markdown.h"

#include "uc-limits.h"
#include "uc-markdown-private.h"
#include "uc-test-markdown.h"

#include <string.h>

static char *
repeat (const char *piece, gsize n_bytes)
{
  GString *out = g_string_sized_new (n_bytes + 64);

  while (out->len < n_bytes)
    g_string_append (out, piece);
  return g_string_free_and_steal (out);
}

static guint64
count_steps (const char *piece, gsize n_bytes)
{
  static const char *const keys[] = { "a", "检验", "x-y", NULL };
  UcMarkdownContext        context = { .my_username = "a", .my_first_name = "A", .my_keys = keys };
  g_autofree char         *text = repeat (piece, n_bytes);
  g_autoptr (GPtrArray) blocks = g_ptr_array_new ();
  g_autoptr (UcMarkdown) markdown = uc_markdown_parse (text, &context);
  UcMarkdownState state;
  guint64         n_steps;

  uc_test_check_markdown (markdown);
  /* The same again, for its counter; the blocks are of no interest. */
  _uc_markdown_state_init (&state, &context, markdown->blocks);
  _uc_markdown_add_blocks (&state, text);
  n_steps = state.n_steps;
  _uc_markdown_state_clear (&state);
  return n_steps;
}

/* What other parsers choked on: twice the text may take twice the work, not four times;
 * and no character may take many steps. */
static void
test_linear (void)
{
  static const char *const pieces[] = {
    "*",
    "_",
    "~~",
    "`",
    "[",
    "]",
    "(",
    "<",
    ">",
    "!",
    "#",
    "@",
    ":",
    "~",
    "\\",
    "|",
    "-",
    "&",
    "**a ",
    "*a_b ",
    "*a **b ",
    "a**b",
    "_a __b",
    "***a** ",
    "~~a ",
    "*a* _",
    "[a](",
    "[a](b ",
    "[a](<b",
    "[a](b \"",
    "[a](b '",
    "[a](b (c",
    "![",
    "![a](",
    "[a](b\\",
    "[![a](b)](",
    "![a](https://a.example/b)",
    "[![a](https://a.example/b)",
    "][",
    "[]",
    "]()",
    "[a]",
    "`` ` ",
    "` `` ",
    "`a``b```c````",
    "`\n",
    "```\n",
    "~~~\n",
    "``` `\n",
    "> ",
    ">>",
    "> - ",
    "- ",
    "1. ",
    "- - 1. ",
    "-\n",
    "- a\n",
    "  - a\n",
    ">\n",
    "> a\nb\n",
    "\t",
    "    a\n",
    "\n",
    " \n",
    "a\n    \n",
    "a|",
    "|-",
    "a|b\n-|-\n",
    "a|b\n",
    "|---",
    "\\|",
    "a | b\n---|---\n1|2\n",
    "<a",
    "<http://",
    "http://",
    "www.",
    "http://a.example/(",
    "http://a.example/)",
    "a@",
    "a@b.",
    "a.b-c_d+e@",
    "@a",
    "@a.",
    "@a@",
    "#a",
    "#ab",
    "~a",
    ":a",
    ":a:",
    "::",
    "A-x",
    "检验",
    "x-y.",
    "a.",
    "\xef\xbc\xa0",
    "\xef\xbc",
    "\xff",
    "---\n",
    "===\n",
    "a\n===\n",
    "# ",
    "# #\n",
    "&amp;",
    "&",
    "a\\\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++) {
    g_autofree char *shown = g_strescape (pieces[i], NULL);
    guint64          small = count_steps (pieces[i], 12500);
    guint64          large = count_steps (pieces[i], 25000);
    guint64          huge = count_steps (pieces[i], 100000);

    g_test_message ("%s: %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT, shown,
                    small, large, huge);
    g_assert_cmpuint (large, <=, small * 22 / 10);
    g_assert_cmpuint (huge, <=, large * 44 / 10);
    g_assert_cmpuint (huge, <=, 100000 * 60);
  }
}

static void
test_emoji_only (void)
{
  static const struct {
    const char *text;
    gboolean    is_large;
  } cases[] = {
    { "🎉", TRUE },
    { ":tada: :+1:", TRUE },
    { "🎉🎉🎉", TRUE },
    { " 🎉\n👍🏿 ", TRUE },
    { "🎉🎉🎉🎉", FALSE },
    { "🎉 a", FALSE },
    { "", FALSE },
    { ":our_cat:", TRUE },
    { "> 🎉", FALSE },
    { "- 🎉", FALSE },
    { "1", FALSE },
    { "🇩🇪 ❤️ 👩🏽‍⚕️", TRUE },
    { "a :our_cat:", FALSE },
    { ":our_cat: 🎉", TRUE },
    { "🎉 :our_cat:", TRUE },
    { "`🎉`", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (UcMarkdown) markdown = uc_markdown_parse (cases[i].text, NULL);

    g_test_message ("%s", cases[i].text);
    g_assert_cmpint (markdown->is_emoji_only, ==, cases[i].is_large);
  }
}

static void
assert_cut (const char *piece, gsize n_bytes, gsize max_bytes, gboolean is_cut, gsize at_least)
{
  UcMarkdownContext context = { .max_bytes = max_bytes };
  g_autofree char  *text = repeat (piece, n_bytes);
  g_autoptr (UcMarkdown) markdown = uc_markdown_parse (text, &context);
  gsize n_shown = 0;

  uc_test_check_markdown (markdown);
  for (guint i = 0; i < markdown->blocks->len; i++)
    n_shown += strlen (((UcBlock *) markdown->blocks->pdata[i])->text);
  g_assert_cmpint (markdown->is_cut, ==, is_cut);
  g_assert_cmpuint (n_shown, <=, MIN (max_bytes, strlen (text)) + strlen ("…"));
  g_assert_cmpuint (n_shown, >=, at_least);
}

static void
test_cut (void)
{
  const gsize       max = UC_LIMIT_SHOWN_BYTES;
  UcMarkdownContext context = { .max_bytes = 20 };

  assert_cut ("a ", max, max, FALSE, max - 1);
  assert_cut ("a ", max + 2, max, TRUE, max - 300);
  assert_cut ("a ", 1024 * 1024, max, TRUE, max - 300);
  assert_cut ("word word word\n", 100 * max, max, TRUE, 250 * 14);
  /* Without a space only so much as can be laid out in time. */
  assert_cut ("a", max, max, TRUE, 4096);
  assert_cut ("ä", max, max, TRUE, 4095);
  /* Marks are dropped before it is measured. */
  assert_cut ("e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301 ", max, max, FALSE,
              100);
  assert_cut ("\n", max, max, TRUE, 0);

  uc_test_assert_markdown ("one two three four five", &context, "P one two three four…\n");
  uc_test_assert_markdown ("one two three\n\nfour five", &context, "P one two three\nP four…\n");
  uc_test_assert_markdown ("```\none two three four five\n```", &context, "CODE one two three\n");
  uc_test_assert_markdown ("just twenty letters!", &context, "P just twenty letters!\n");
}

static void
test_hostile (void)
{
  uc_test_assert_markdown (NULL, NULL, "");
  uc_test_assert_markdown ("a\xff\xfe b", NULL, "P a\xef\xbf\xbd\xef\xbf\xbd b\n");
  uc_test_assert_markdown ("a\u202eb", NULL,
                           "P a\xef\xbf\xbd"
                           "b\n");
  uc_test_assert_markdown ("a\001b", NULL,
                           "P a\xef\xbf\xbd"
                           "b\n");
}

static void
assert_plain (const char *text, const char *expected)
{
  g_autofree char *plain = uc_markdown_to_plain (text);

  g_assert_cmpstr (plain, ==, expected);
}

static void
test_plain (void)
{
  assert_plain ("# Head\n\n**a** [b](https://a.example)\n\n- one\n- [x] two",
                "Head a b • one ☑ two");
  assert_plain ("a\n\n\tb\n c", "a b c");
  assert_plain ("x | y\n--|--\n1 | 2", "x y 1 2");
  assert_plain (":tada: `c`", "🎉 c");
  assert_plain ("---", "");
  assert_plain ("", "");
  assert_plain (NULL, "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/view/markdown/linear", test_linear);
  g_test_add_func ("/view/markdown/emoji-only", test_emoji_only);
  g_test_add_func ("/view/markdown/cut", test_cut);
  g_test_add_func ("/view/markdown/hostile", test_hostile);
  g_test_add_func ("/view/markdown/plain", test_plain);
  return g_test_run ();
}
