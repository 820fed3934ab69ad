/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-sanitize.h"

#include "uc-limits.h"

#include <string.h>

typedef char *(*Sanitizer) (const char *text);

static char *
sanitize_text (const char *text)
{
  return uc_sanitize_text (text, -1);
}

/* Valid UTF-8, and the same when done again. */
static void
assert_result (Sanitizer sanitize, const char *input, const char *expected)
{
  g_autofree char *once = sanitize (input);
  g_autofree char *twice = sanitize (once);

  g_assert_true (g_utf8_validate (once, -1, NULL));
  if (expected != NULL)
    g_assert_cmpstr (once, ==, expected);
  g_assert_cmpstr (twice, ==, once);
}

static void
test_text (void)
{
  g_autofree char *cut = uc_sanitize_text ("abcdef", 3);
  g_autofree char *with_nul = uc_sanitize_text ("a\0b", 3);

  assert_result (sanitize_text, NULL, "");
  assert_result (sanitize_text, "Grüße\n\taus 東京 😀", "Grüße\n\taus 東京 😀");
  assert_result (sanitize_text, "a\r\nb\rc\n", "a\nb\nc\n");
  assert_result (sanitize_text,
                 "a\xff"
                 "b",
                 "a\uFFFDb");
  assert_result (sanitize_text, "a\x01\x1b[31mb\x7f", "a\uFFFD\uFFFD[31mb\uFFFD");
  /* Overrides go; what right-to-left text needs stays. */
  assert_result (sanitize_text, "x\u202Egpj.exe", "x\uFFFDgpj.exe");
  assert_result (sanitize_text, "\u200Fשלום\u200E \u2067a\u2069", "\u200Fשלום\u200E \u2067a\u2069");
  assert_result (sanitize_text, "می\u200Cخواهم 👩\u200D⚕️",
                 "می\u200Cخواهم 👩\u200D⚕️");
  assert_result (sanitize_text, "a\uFEFFb", "ab");
  /* Hidden tags are shown as one mark; the flag of Scotland is made of them. */
  assert_result (sanitize_text, "a\U000E0068\U000E0069b", "a\uFFFDb");
  assert_result (sanitize_text,
                 "\U0001F3F4\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F!",
                 "\U0001F3F4\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F!");
  g_assert_cmpstr (cut, ==, "abc");
  g_assert_cmpstr (with_nul, ==, "a\uFFFDb");
}

static void
test_marks (void)
{
  g_autoptr (GString) zalgo = g_string_new ("Z");
  g_autofree char *shown = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append (zalgo, "\u0300");
  g_string_append (zalgo, "a\u0301");
  shown = uc_sanitize_text (zalgo->str, -1);
  g_assert_cmpint (g_utf8_strlen (shown, -1), ==, 1 + UC_LIMIT_COMBINING_MARKS + 2);
  assert_result (sanitize_text, zalgo->str, shown);
}

static void
test_breaks (void)
{
  g_autofree char *at_limit = g_strnfill (UC_LIMIT_UNBROKEN_CHARS, 'a');
  g_autofree char *past_limit = g_strnfill (UC_LIMIT_UNBROKEN_CHARS + 1, 'a');
  g_autofree char *far_past = g_strnfill (100 * UC_LIMIT_UNBROKEN_CHARS, 'a');
  g_autofree char *broken = uc_sanitize_breaks (past_limit);
  g_autofree char *often = uc_sanitize_breaks (far_past);

  assert_result (uc_sanitize_breaks, at_limit, at_limit);
  assert_result (uc_sanitize_breaks, "one two", "one two");
  g_assert_cmpuint (strlen (broken), ==, UC_LIMIT_UNBROKEN_CHARS + 1 + 3);
  g_assert_true (g_str_has_suffix (broken, "\u200Ba"));
  g_assert_cmpuint (strlen (often), ==, strlen (far_past) + 99 * 3);
  assert_result (uc_sanitize_breaks, often, often);
}

static void
test_name (void)
{
  g_autofree char *longest = g_strnfill (128, 'n');
  g_autofree char *too_long = g_strnfill (12800, 'n');
  g_autofree char *isolated = uc_sanitize_name_isolated ("\u202Eאבג");
  g_autofree char *empty = uc_sanitize_name_isolated (" \u200B");

  assert_result (uc_sanitize_name, NULL, "");
  assert_result (uc_sanitize_name, "  Jonas \n\t Weber ", "Jonas Weber");
  assert_result (uc_sanitize_name, "ad\u200Bm\u2060in\uFEFF\u00AD", "admin");
  assert_result (uc_sanitize_name, "ad\u200Dmin", "admin");
  assert_result (uc_sanitize_name, "\u202Enimda\u2066", "nimda");
  assert_result (uc_sanitize_name, "a\U000E0061b", "ab");
  assert_result (uc_sanitize_name, "علی\u200Cرضا", "علی\u200Cرضا");
  assert_result (uc_sanitize_name, "👩\u200D⚕️", "👩\u200D⚕️");
  assert_result (uc_sanitize_name, "a\u2028b", "a b");
  assert_result (uc_sanitize_name, "\xff\x01", "\uFFFD");
  assert_result (uc_sanitize_name, too_long, longest);
  assert_result (uc_sanitize_name, "é\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301",
                 NULL);
  /* The cut takes a joiner's neighbour away. */
  memset (too_long, 'n', 126);
  memcpy (too_long + 126, "é\u200Dé", 7);
  assert_result (uc_sanitize_name, too_long, NULL);
  g_assert_cmpstr (isolated, ==, "\u2068אבג\u2069");
  g_assert_cmpstr (empty, ==, "");
  assert_result (uc_sanitize_name_isolated, "Wei", "\u2068Wei\u2069");
}

static void
test_file_name (void)
{
  g_autofree char *stem = g_strnfill (300, 'a');
  g_autofree char *long_name = g_strconcat (stem, ".pdf", NULL);
  g_autofree char *shortened = uc_sanitize_file_name (long_name);
  g_autofree char *umlauts = NULL;
  g_autofree char *cut = NULL;
  GString         *many = g_string_new ("x");

  assert_result (uc_sanitize_file_name, NULL, "file");
  assert_result (uc_sanitize_file_name, "", "file");
  assert_result (uc_sanitize_file_name, "Befund Müller.pdf", "Befund Müller.pdf");
  assert_result (uc_sanitize_file_name, "../../.bashrc", "_bashrc");
  assert_result (uc_sanitize_file_name, "..\\..\\evil.exe", "evil.exe");
  assert_result (uc_sanitize_file_name, "/etc/passwd", "passwd");
  assert_result (uc_sanitize_file_name, "folder/", "file");
  assert_result (uc_sanitize_file_name, "..", "file");
  assert_result (uc_sanitize_file_name, "-rf", "_rf");
  assert_result (uc_sanitize_file_name, "con.desktop", "_con.desktop");
  assert_result (uc_sanitize_file_name, "LPT1", "_LPT1");
  assert_result (uc_sanitize_file_name, "console.log", "console.log");
  assert_result (uc_sanitize_file_name, "photo\u202Egpj.exe", "photo\uFFFDgpj.exe");
  assert_result (uc_sanitize_file_name, "a\nb\x01.txt", "a_b_.txt");
  assert_result (uc_sanitize_file_name, "a\u200B.txt", "a.txt");
  assert_result (uc_sanitize_file_name, " name. ", "name");
  assert_result (uc_sanitize_file_name, "\xff.txt", "\uFFFD.txt");

  g_assert_cmpuint (strlen (shortened), ==, UC_LIMIT_FILE_NAME_BYTES);
  g_assert_true (g_str_has_suffix (shortened, "aa.pdf"));
  assert_result (uc_sanitize_file_name, long_name, shortened);

  /* The cut falls behind a space. */
  memcpy (stem + UC_LIMIT_FILE_NAME_BYTES - 2, " b", 2);
  memcpy (stem, "con.", 4);
  assert_result (uc_sanitize_file_name, stem, NULL);

  /* Cut between characters, not inside one. */
  for (guint i = 0; i < 300; i++)
    g_string_append (many, "ü");
  umlauts = g_string_free_and_steal (many);
  cut = uc_sanitize_file_name (umlauts);
  g_assert_cmpuint (strlen (cut), <=, UC_LIMIT_FILE_NAME_BYTES);
  g_assert_cmpuint (strlen (cut), >=, UC_LIMIT_FILE_NAME_BYTES - 1);
  assert_result (uc_sanitize_file_name, umlauts, cut);
}

/* Whatever comes, each gives valid UTF-8, twice the same, and a file name stays in
 * its folder. */
static void
test_random (void)
{
  static const char *const pieces[] = { "a",      " ",          ".",          "-",      "/",
                                        "\\",     "\n",         "\xff",       "\xc3",   "ü",
                                        "\u0301", "\u202E",     "\u200D",     "\u200B", "\uFEFF",
                                        "\u2067", "\U000E0041", "\U0001F3F4", "con",    "א",
                                        "\u2028", "\x01",       "東" };
  static const Sanitizer   sanitizers[] = { sanitize_text, uc_sanitize_name,
                                            uc_sanitize_name_isolated, uc_sanitize_file_name };
  g_autoptr (GRand) rand = g_rand_new_with_seed (42);

  for (guint n = 0; n < 20000; n++) {
    g_autoptr (GString) input = g_string_new (NULL);
    g_autofree char *file_name = NULL;
    int              length = g_rand_int_range (rand, 0, n % 100 == 0 ? 300 : 12);

    for (int i = 0; i < length; i++)
      g_string_append (input, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
    for (guint i = 0; i < G_N_ELEMENTS (sanitizers); i++)
      assert_result (sanitizers[i], input->str, NULL);

    file_name = uc_sanitize_file_name (input->str);
    g_assert_cmpuint (strlen (file_name), >, 0);
    g_assert_cmpuint (strlen (file_name), <=, UC_LIMIT_FILE_NAME_BYTES);
    g_assert_null (strpbrk (file_name, "/\\\n"));
    g_assert_cmpint (file_name[0], !=, '.');
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/base/sanitize/text", test_text);
  g_test_add_func ("/base/sanitize/marks", test_marks);
  g_test_add_func ("/base/sanitize/breaks", test_breaks);
  g_test_add_func ("/base/sanitize/name", test_name);
  g_test_add_func ("/base/sanitize/file-name", test_file_name);
  g_test_add_func ("/base/sanitize/random", test_random);
  return g_test_run ();
}
