/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-search-text-private.h"

static void
add (UcSearchText *self, const char *word, UcSearchWhere where, gboolean is_prefix)
{
  g_autoptr (GPtrArray) terms = g_ptr_array_new ();
  UcTerm term = { (char *) word, is_prefix };

  g_ptr_array_add (terms, &term);
  _uc_search_text_add_group (self, terms, 0, 1, where);
}

/* @wanted: the snippet with < and > for marks; NULL when it is not found. */
static void
assert_found (const char   *word,
              UcSearchWhere where,
              gboolean      is_prefix,
              const char   *text,
              const char   *wanted)
{
  g_autoptr (UcSearchText) self = _uc_search_text_new ();
  g_autoptr (GString) snippet = NULL;
  g_autofree char *found = NULL;

  add (self, word, where, is_prefix);
  g_assert_cmpint (_uc_search_text_matches (self, text), ==, wanted != NULL);
  found = _uc_search_text_dup_snippet (self, text);
  snippet = g_string_new (found);
  g_string_replace (snippet, "\x02", "<", 0);
  g_string_replace (snippet, "\x03", ">", 0);
  g_assert_cmpstr (snippet->str, ==, wanted != NULL ? wanted : text);
}

static void
test_anywhere (void)
{
  assert_found ("DRUCK", UC_SEARCH_ANYWHERE, FALSE, "Blutdruck, Druck", "Blut<druck>, <Druck>");
  assert_found ("uber", UC_SEARCH_ANYWHERE, FALSE, "Überdruck", "<Über>druck");
  assert_found ("über", UC_SEARCH_ANYWHERE, FALSE, "uberdruck", "<uber>druck");
  assert_found ("über", UC_SEARCH_ANYWHERE, FALSE, "u\u0308berdruck", "<u\u0308ber>druck");
  assert_found ("strasse", UC_SEARCH_ANYWHERE, FALSE, "Hauptstraße 3", "Haupt<straße> 3");
  assert_found ("straße", UC_SEARCH_ANYWHERE, FALSE, "STRASSE", "<STRASSE>");
  assert_found ("ΣΟΦ", UC_SEARCH_ANYWHERE, FALSE, "φιλοσοφία", "φιλο<σοφ>ία");
  assert_found ("血", UC_SEARCH_ANYWHERE, FALSE, "高血压", "高<血>压");
  assert_found ("か", UC_SEARCH_ANYWHERE, FALSE, "が", NULL);
  assert_found ("👍", UC_SEARCH_ANYWHERE, FALSE, "ok 👍👍", "ok <👍👍>");
  assert_found ("aa", UC_SEARCH_ANYWHERE, FALSE, "aaa", "<aa>a");
  assert_found ("aab", UC_SEARCH_ANYWHERE, FALSE, "aaab", "a<aab>");
  assert_found ("x", UC_SEARCH_ANYWHERE, FALSE, "", NULL);
}

static void
test_in_words (void)
{
  assert_found ("pre", UC_SEARCH_IN_WORDS, TRUE, "spread the Pressure", "spread the <Pressure>");
  assert_found ("pre", UC_SEARCH_IN_WORDS, TRUE, "spread", NULL);
  assert_found ("pre", UC_SEARCH_IN_WORDS, TRUE, "(pre) #pre-x", "(<pre>) #<pre>-x");
  assert_found ("pre", UC_SEARCH_IN_WORDS, FALSE, "pressure pre", "pressure <pre>");
  assert_found ("uber", UC_SEARCH_IN_WORDS, TRUE, "drüber Übergabe", "drüber <Übergabe>");
  /* As the index has it. */
  assert_found ("strass", UC_SEARCH_IN_WORDS, TRUE, "Straße", NULL);
  assert_found ("straß", UC_SEARCH_IN_WORDS, TRUE, "Straße", "<Straße>");
  assert_found ("ber", UC_SEARCH_IN_WORDS, TRUE, "über u\u0308ber", NULL);
}

/* Words are shown whole; what is no word by itself, or one without an end, is cut. */
static void
test_snippet (void)
{
  const char      *pad = "12345678 ";
  g_autofree char *long_word = g_strnfill (100, 'x');
  g_autofree char *long_mid = g_strconcat (long_word, "druck", NULL);
  g_autofree char *long_cut = g_strconcat ("…", long_word + 60, "<druck>", NULL);
  g_autoptr (GString) after = g_string_new ("druck");
  g_autoptr (GString) before = g_string_new (NULL);
  g_autoptr (GString) wide = g_string_new ("手術");

  for (int i = 0; i < 20; i++) {
    g_string_append (after, " 12345678");
    g_string_append (before, pad);
    g_string_append (wide, "手術");
  }
  g_string_append (before, "druck");
  g_string_append (wide, "血");
  assert_found ("druck", UC_SEARCH_ANYWHERE, FALSE, before->str,
                "…12345678 12345678 12345678 12345678 <druck>");
  assert_found ("druck", UC_SEARCH_ANYWHERE, FALSE, after->str,
                "<druck> 12345678 12345678 12345678 12345678 12345678 12345678 12345678 12345678"
                " 12345678 12345678 12345678 12345678 12345678 12345678 12345678 12345678"
                " 12345678…");
  assert_found ("druck", UC_SEARCH_ANYWHERE, FALSE, long_mid, long_cut);
  assert_found ("血", UC_SEARCH_ANYWHERE, FALSE, wide->str,
                "…手術手術手術手術手術手術手術手術手術手術"
                "手術手術手術手術手術手術手術手術手術手術<血>");
}

static void
test_places (void)
{
  g_autoptr (UcSearchText) self = _uc_search_text_new ();
  g_autoptr (GArray) places = NULL;

  add (self, "one", UC_SEARCH_ANYWHERE, FALSE);
  add (self, "two", UC_SEARCH_ANYWHERE, FALSE);
  places = _uc_search_text_find_places (self, "two one xxxxxxxxxxx one");
  g_assert_cmpuint (places->len, ==, 3);
  g_assert_cmpuint (g_array_index (places, UcSearchPlace, 0).what, ==, 0);
  g_assert_cmpuint (g_array_index (places, UcSearchPlace, 0).word, ==, 0);
  g_assert_cmpuint (g_array_index (places, UcSearchPlace, 1).word, ==, 3);
  g_assert_cmpuint (g_array_index (places, UcSearchPlace, 2).what, ==, 1);
}

static void
test_knows_words (void)
{
  const struct {
    const char *text;
    gboolean    is_known;
  } cases[] = {
    { "pres", TRUE },  { "Über", TRUE }, { "réunion", TRUE },  { "встреча", TRUE },
    { "血压", FALSE }, { "a b", FALSE }, { "jonas.w", FALSE }, { "มา", FALSE },
    { "👍", FALSE },    { "ệ", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    UcTerm term = { (char *) cases[i].text };

    g_assert_cmpint (_uc_search_text_knows_words (&term), ==, cases[i].is_known);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/store/search-text/anywhere", test_anywhere);
  g_test_add_func ("/store/search-text/in-words", test_in_words);
  g_test_add_func ("/store/search-text/snippet", test_snippet);
  g_test_add_func ("/store/search-text/places", test_places);
  g_test_add_func ("/store/search-text/knows-words", test_knows_words);
  return g_test_run ();
}
