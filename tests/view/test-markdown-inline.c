/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands inside a line: emphasis, code, links, names. */

#include "config.h"

#include "uc-test-markdown.h"

typedef struct {
  const char *name;
  const char *text;
  const char *expected;
} Case;

static const char *const keys[] = { "Dienst", " visite ", "@bereitschaft", "检验", "x-ray", NULL };
static const UcMarkdownContext me = { .my_username = "Anna.b",
                                      .my_first_name = "Wei",
                                      .my_keys = keys };

static const Case cases[] = {
  { "bold", "a **b** __c__ d", "P a {b|b} {b|c} d\n" },
  { "italic", "*a* _b_", "P {i|a} {i|b}\n" },
  { "both", "***a*** **_b_** *c **d** e*", "P {bi|a} {bi|b} {i|c }{bi|d}{i| e}\n" },
  { "strike", "~~a~~ ~b~ ~~~c~~~", "P {s|a} {~ b|~b}~ ~~~c~~~\n" },
  { "inside-word", "a*b*c a_b_c snake_case_name", "P a{i|b}c a_b_c snake_case_name\n" },
  { "open-ends", "**a *b __c", "P **a *b __c\n" },
  { "spaces", "a * b * c ** d **", "P a * b * c ** d **\n" },
  { "over-lines", "**a\nb**", "P {b|a\nb}\n" },
  { "crossing", "*a **b* c**", "P {i|a b c}\n" },
  { "chinese", "请**重要！**注意", "P 请{b|重要！}注意\n" },
  { "rule-of-three", "*a**b*", "P {i|a**b}\n" },
  { "escapes", "\\*a\\* \\\\ \\a \\`x\\`", "P *a* \\ \\a `x`\n" },
  { "line-break", "a\\\nb", "P a\nb\n" },

  { "code", "`a` ``b`c`` ` d ` `` ` ``", "P {c|a} {c|b`c} {c|d} {c|`}\n" },
  { "code-is-literal", "`**a** @b :smile: \\*`", "P {c|**a** @b :smile: \\*}\n" },
  { "code-open", "`a ``b", "P `a ``b\n" },
  { "code-in-bold", "**a `b` c**", "P {b|a }{bc|b}{b| c}\n" },
  { "code-wins", "*a `b* c`", "P *a {c|b* c}\n" },
  { "code-over-lines", "`a\nb`", "P {c|a b}\n" },

  { "link", "see [the plan](https://a.example/p?q=1#f).",
    "P see {l https://a.example/p?q=1#f|the plan}.\n" },
  { "link-title", "[a](https://a.example \"title\") [b](<https://b.example> 'x')",
    "P {l https://a.example|a} {l https://b.example|b}\n" },
  { "link-bold", "[**a** b](https://a.example)",
    "P {bl https://a.example|a}{l https://a.example| b}\n" },
  { "link-parens", "[a](https://a.example/x_(y)) b", "P {l https://a.example/x_(y)|a} b\n" },
  { "link-empty", "[](https://a.example)", "P {l https://a.example|https://a.example}\n" },
  { "link-no-scheme", "[a](a.example/b) [c](x)", "P {l http://a.example/b|a} [c](x)\n" },
  { "link-bad-scheme", "[a](javascript:alert(1)) [b](file:///etc/passwd)",
    "P [a](javascript:alert(1)) [b](file:///etc/passwd)\n" },
  { "link-in-link", "[a [b](https://b.example) c](https://c.example)",
    "P [a {l https://b.example|b} c]({l https://c.example|https://c.example})\n" },
  { "link-label-names", "[@carl #tag ~town](https://a.example)",
    "P {l https://a.example|@carl #tag ~town}\n" },
  { "link-mail", "[a](mailto:a@b.example)", "P {l mailto:a@b.example|a}\n" },
  { "brackets", "[a] [b](c [d", "P [a] [b](c [d\n" },
  { "image", "![alt](https://a.example/i.png \"t\" =100x50) ![](https://a.example/j.png)",
    "P {lp https://a.example/i.png|alt} {lp https://a.example/j.png|https://a.example/j.png}\n" },
  { "image-in-link", "[![a](https://i.example/x.png)](https://l.example)",
    "P {l https://l.example|a}\n" },

  { "url", "https://a.example/b_c_d?x=1&y=2, (http://b.example) www.c.example.",
    "P {l https://a.example/b_c_d?x=1&y=2|https://a.example/b_c_d?x=1&y=2}, ({l "
    "http://b.example|http://b.example}) {l http://www.c.example|www.c.example}.\n" },
  { "url-bold", "**https://a.example/**", "P {bl https://a.example/|https://a.example/}\n" },
  { "url-angle", "<https://a.example> <a@b.example>",
    "P {l https://a.example|https://a.example} {l mailto:a@b.example|a@b.example}\n" },
  { "url-inside-word", "xhttps://a.example", "P xhttps://a.example\n" },
  { "url-paren", "https://a.example/x_(y) (https://a.example/z)",
    "P {l https://a.example/x_(y)|https://a.example/x_(y)} ({l "
    "https://a.example/z|https://a.example/z})\n" },
  { "url-with-at", "https://a.example/@carl",
    "P {l https://a.example/@carl|https://a.example/@carl}\n" },
  { "url-refused", "https://a.example@evil.example/x", "P https://a.example@evil.example/x\n" },
  { "mail", "write to a.b+c@d.example.",
    "P write to {l mailto:a.b+c@d.example|a.b+c@d.example}.\n" },
  { "mail-none", "a@b x@", "P a@b x@\n" },

  { "mention", "@carl: (@a.b). @C.D_ **@e** ＠f",
    "P {@ carl|@carl}: ({@ a.b|@a.b}). {@ c.d|@C.D}_ {b@ e|@e} {@ f|＠f}\n" },
  { "mention-none", "x@a.b @ @@a @a@b `@c` @.", "P x@a.b @ @@a @a@b {c|@c} @.\n" },
  { "mention-escaped", "\\@carl", "P \\{@ carl|@carl}\n" },
  { "mention-me", "@anna.b, @ANNA.B. @anna.bc @anna",
    "P {@M anna.b|@anna.b}, {@M anna.b|@ANNA.B}. {@ anna.bc|@anna.bc} {@ anna|@anna}\n" },
  { "mention-group", "@here @all @Channel @everyone",
    "P {@M here|@here} {@M all|@all} {@M channel|@Channel} {@ everyone|@everyone}\n" },
  { "mention-key", "@bereitschaft", "P {@M bereitschaft|@bereitschaft}\n" },
  { "words", "dienst, DIENST! Dienste Visite.", "P {M|dienst}, {M|DIENST}! Dienste {M|Visite}.\n" },
  { "words-first-name", "Wei wei (Wei)", "P {M|Wei} wei ({M|Wei})\n" },
  { "words-parts", "nacht-dienst x-ray dienst_plan",
    "P nacht-{M|dienst} {M|x-ray} {M|dienst}_plan\n" },
  { "words-spaceless", "请检验一下", "P 请{M|检验}一下\n" },
  { "words-not-in", "`dienst` https://dienst.example @dienst",
    "P {c|dienst} {l https://dienst.example|https://dienst.example} {@ dienst|@dienst}\n" },
  { "words-in", "**der dienst** [dienst](https://a.example)",
    "P {b|der }{bM|dienst} {lM https://a.example|dienst}\n" },
  { "words-around-runs", "a *b* dienst *c* visite", "P a {i|b} {M|dienst} {i|c} {M|visite}\n" },

  { "channel", "~town-square, x~y ~a.b. a/~c",
    "P {~ town-square|~town-square}, x~y {~ a.b|~a.b}. a/~c\n" },
  { "hashtag", "#tag (#klammer) #Größe_2. text#kein #1zwei #ab #a ##x",
    "P {# #tag|#tag} ({# #klammer|#klammer}) {# #Größe_2|#Größe_2}. text#kein #1zwei {# #ab|#ab} "
    "#a ##x\n" },
  { "emoji", ":smile: :+1::tada: a:heart:b", "P 😄 👍🎉 a❤️b\n" },
  { "emoji-custom", ":hospital_cat: ::x:", "P {e hospital_cat|:hospital_cat:} :❌\n" },
  { "emoji-two-custom", ":cat_a::cat_a:", "P {e cat_a|:cat_a:}{e cat_a|:cat_a:}\n" },
  { "emoji-none", "10:30:45 a: b: :Smile: : smile:", "P 10:30:45 a: b: :Smile: : smile:\n" },
  { "emoji-tone", ":wave_dark_skin_tone:", "P 👋🏿\n" },

  { "entities", "&lt;b&gt; &amp;amp; &copy; `&lt;`", "P <b> &amp; &copy; {c|&lt;}\n" },
};

static void
test_case (gconstpointer data)
{
  const Case *one = data;

  uc_test_assert_markdown (one->text, &me, one->expected);
}

static gboolean
mentions_me (const char *text)
{
  g_autoptr (UcMarkdown) markdown = uc_markdown_parse (text, &me);

  return markdown->mentions_me;
}

static void
test_mentions_me (void)
{
  g_assert_true (mentions_me ("hi @anna.b"));
  g_assert_true (mentions_me ("- a\n- @all"));
  g_assert_true (mentions_me ("[@anna.b](https://a.example)"));
  g_assert_true (mentions_me ("> dienst"));
  g_assert_false (mentions_me ("hi @carl"));
  g_assert_false (mentions_me ("`@anna.b`"));
  g_assert_false (mentions_me ("```\n@anna.b dienst\n```"));
  g_assert_false (mentions_me ("https://a.example/@anna.b"));
  g_assert_false (mentions_me (""));
}

static void
test_groups_ignored (void)
{
  UcMarkdownContext other = { .my_username = "anna.b", .ignores_groups = TRUE };

  uc_test_assert_markdown ("@all @anna.b", &other, "P {@ all|@all} {@M anna.b|@anna.b}\n");
}

/* Without anybody reading, nothing is about oneself but the groups. */
static void
test_nobody (void)
{
  uc_test_assert_markdown ("@anna.b Wei @all", NULL, "P {@ anna.b|@anna.b} Wei {@M all|@all}\n");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/view/markdown-inline/", cases[i].name, NULL);

    g_test_add_data_func (path, &cases[i], test_case);
  }
  g_test_add_func ("/view/markdown-inline/mentions-me", test_mentions_me);
  g_test_add_func ("/view/markdown-inline/groups-ignored", test_groups_ignored);
  g_test_add_func ("/view/markdown-inline/nobody", test_nobody);
  return g_test_run ();
}
