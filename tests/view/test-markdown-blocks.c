/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What lines are and what they are part of. */

#include "config.h"

#include "uc-test-markdown.h"

typedef struct {
  const char *name;
  const char *text;
  const char *expected;
} Case;

static const Case cases[] = {
  { "empty", "", "" },
  { "blank", " \n\t\n", "" },
  { "paragraph", "one\ntwo", "P one\ntwo\n" },
  { "paragraphs", "one\n\n\ntwo\n", "P one\nP two\n" },
  { "spaces-at-ends", "  one  \n   two ", "P one\ntwo\n" },
  { "crlf", "one\r\ntwo\r\n\r\nthree", "P one\ntwo\nP three\n" },

  { "heading", "# one\n## two ##\n###### six\n####### seven",
    "H1 one\nH2 two\nH6 six\nP ####### seven\n" },
  { "heading-needs-space", "#one two", "P {# #one|#one} two\n" },
  { "heading-empty", "#\ntext", "H1 \nP text\n" },
  { "heading-cuts-paragraph", "text\n# one", "P text\nH1 one\n" },
  { "heading-sharp", "# c#", "H1 c#\n" },
  { "underlines", "one\n===\ntwo\n---", "H1 one\nH2 two\n" },
  { "underline-of-two-lines", "one\ntwo\n---", "H2 one\ntwo\n" },
  { "dash-is-no-underline", "shopping\n-\n--", "P shopping\n-\n--\n" },

  { "rules", "---\n***\n_ _ _\n--", "RULE \nRULE \nRULE \nP --\n" },
  { "rule-under-text", "text\n***", "P text\nRULE \n" },

  { "fence", "```c\nint a;\n\n  b\n```\nafter", "CODE<c> int a;\n\n  b\nP after\n" },
  { "fence-tilde", "~~~\n```\n~~~", "CODE ```\n" },
  { "fence-open", "```\nno end\n", "CODE no end\n" },
  { "fence-empty", "```\n```", "CODE \n" },
  { "fence-longer", "````\n```\n````", "CODE ```\n" },
  { "fence-indented", "  ```\n  a\n    b\n  ```", "CODE a\n  b\n" },
  { "fence-info", "``` python extra\nx\n```", "CODE<python> x\n" },
  { "fence-in-line", "```not a fence```", "P {c|not a fence}\n" },
  { "fence-cuts-paragraph", "text\n```\nx\n```", "P text\nCODE x\n" },
  { "code-has-no-markup", "```\n**a** @b :smile: https://a.example\n```",
    "CODE **a** @b :smile: https://a.example\n" },
  { "tabs-in-code", "```\n\ta\n```", "CODE \ta\n" },

  { "indented", "    a\n\n      b\n\nc", "CODE a\n\n  b\nP c\n" },
  { "indented-tab", "\ta\n\tb", "CODE a\nb\n" },
  { "indented-not-in-paragraph", "text\n    more", "P text\nmore\n" },

  { "quote", "> one\n> two\n\nafter", "> Q one\ntwo\nP after\n" },
  { "quote-without-space", ">one", "> Q one\n" },
  { "quote-lazy", "> one\ntwo", "> Q one\ntwo\n" },
  { "quote-paragraphs", "> one\n>\n> two", "> Q one\n> Q two\n" },
  { "quote-nested", "> one\n> > two\n> > > three", "> Q one\n> > Q two\n> > > Q three\n" },
  { "quote-heading", "> # one\n> ---", "> H1 one\n> RULE \n" },
  { "quote-code", "> ```\n> a\n> ```", "> CODE a\n" },
  { "quote-code-ends", "> ```c\na", "> CODE<c> \nP a\n" },
  { "quote-then-fence", "> ```c\n```python\nx", "> CODE<c> \nCODE<python> x\n" },
  { "quote-list", "> - a\n> - b", "> LI<•> a\n> LI<•> b\n" },

  { "list", "- a\n- b\n\n- c", "LI<•> a\nLI<•> b\nLI<•> c\n" },
  { "list-signs", "* a\n+ b", "LI<•> a\nLI<•> b\n" },
  { "list-cuts-paragraph", "text\n- a", "P text\nLI<•> a\n" },
  { "list-lazy", "- a\nb", "LI<•> a\nb\n" },
  { "list-paragraph", "- a\n\n  b\n\nc", "LI<•> a\n  P b\nP c\n" },
  { "list-nested", "- a\n  - b\n    - c\n- d", "LI<•> a\n  LI<•> b\n    LI<•> c\nLI<•> d\n" },
  { "list-nested-four", "- a\n    - b", "LI<•> a\n  LI<•> b\n" },
  { "list-code", "- a\n  ```\n  x\n  ```", "LI<•> a\n  CODE x\n" },
  { "list-code-alone", "- ```\n  x\n  ```", "LI<•> \n  CODE x\n" },
  { "list-quote", "- > a", "LI<•> \n>   Q a\n" },
  { "list-empty-item", "-\n- a", "LI<•> \nLI<•> a\n" },
  { "list-no-space", "-a\n*b", "P -a\n*b\n" },
  { "list-in-list", "- - a", "LI<•> \n  LI<•> a\n" },
  { "ordered", "3. a\n5. b\n1. c", "LI<3.> a\nLI<4.> b\nLI<5.> c\n" },
  { "ordered-paren", "1) a\n2) b", "LI<1)> a\nLI<2)> b\n" },
  { "ordered-in-paragraph", "In\n2025. Well", "P In\n2025. Well\n" },
  { "ordered-cuts-paragraph", "text\n1. a", "P text\nLI<1.> a\n" },
  { "ordered-with-bullets", "1. a\n  - b\n2. c", "LI<1.> a\n  LI<•> b\nLI<2.> c\n" },
  { "ordered-restarts", "1. a\n\ntext\n\n1. b", "LI<1.> a\nP text\nLI<1.> b\n" },
  { "ordered-long-number", "1234567890. a", "P 1234567890. a\n" },
  { "tasks", "- [ ] a\n- [x] b\n- [X] c\n- [y] d", "LI<☐> a\nLI<☑> b\nLI<☑> c\nLI<•> [y] d\n" },
  { "task-ordered", "1. [x] a", "LI<☑> a\n" },

  { "table", "| a | b |\n|---|:-:|\n| 1 | 2 |\n| 3 |", "TABLE<lc> a\tb\n1\t2\n3\t\n" },
  { "table-bare", "a | b\n--|--:\n1 | 2 | 3\n\nafter", "TABLE<lr> a\tb\n1\t2\nP after\n" },
  { "table-inline", "a | b\n--|--\n**x** | `y\\|z`", "TABLE<ll> a\tb\n{b|x}\t{c|y|z}\n" },
  { "table-under-text", "text\na | b\n--|--\n1 | 2", "P text\nTABLE<ll> a\tb\n1\t2\n" },
  { "table-columns-differ", "a | b\n--|--|--", "P a | b\n--|--|--\n" },
  { "table-no-bar", "a\n---", "H2 a\n" },
  { "table-in-item", "- a\n\n  x | y\n  --|--\n  1 | 2", "LI<•> a\n  TABLE<ll> x\ty\n1\t2\n" },

  { "no-html", "<b>bold</b>\n<script>alert(1)</script>",
    "P <b>bold</b>\n<script>alert(1)</script>\n" },
};

static void
test_case (gconstpointer data)
{
  const Case *one = data;

  uc_test_assert_markdown (one->text, NULL, one->expected);
}

/* However deep it goes, the depth is bounded and nothing of the text is lost. */
static void
test_depth (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (UcMarkdown) markdown = NULL;
  const UcBlock *last;

  for (int i = 0; i < 100; i++)
    g_string_append (text, i % 2 == 0 ? "> " : "- ");
  g_string_append (text, "end");
  markdown = uc_markdown_parse (text->str, NULL);
  uc_test_check_markdown (markdown);
  last = markdown->blocks->pdata[markdown->blocks->len - 1];
  g_assert_cmpint (last->quote, ==, 6);
  g_assert_cmpint (last->indent, ==, 6);
  g_assert_true (g_str_has_prefix (last->text, "> - > -"));
  g_assert_true (g_str_has_suffix (last->text, "- end"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/view/markdown-blocks/", cases[i].name, NULL);

    g_test_add_data_func (path, &cases[i], test_case);
  }
  g_test_add_func ("/view/markdown-blocks/depth", test_depth);
  return g_test_run ();
}
