/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-text.h"

#include <string.h>

static void
test_bodies (void)
{
  static const struct {
    const char *body;
    const char *expected; /* NULL: refused */
  } cases[] = {
    { "{\"a\":1}", "{\"a\":1}" },
    { " [1, 2] ", "[1,2]" },
    { "{\"a\":\"\\ud800\"}", "{\"a\":\"\357\277\275\"}" },
    { "{\"a\":\"\\ud83d\\ude00\"}", "{\"a\":\"\360\237\230\200\"}" },
    { "{\"a\":\"\xff\"}", "{\"a\":\"\357\277\275\"}" },
    { "", NULL },
    { "{", NULL },
    { "{'a':1}", NULL },
    { "{\"a\":1,}", NULL },
    { "{\"a\":NaN}", NULL },
    { "{\"a\":1} x", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) bytes = g_bytes_new_static (cases[i].body, strlen (cases[i].body));
    g_autoptr (JsonNode) node = uc_text_parse_body (bytes);
    g_autofree char *text = node != NULL ? json_to_string (node, FALSE) : NULL;

    g_test_message ("%s", cases[i].body);
    g_assert_cmpstr (text, ==, cases[i].expected);
  }
}

static void
test_hashtags (void)
{
  static const char *const cases[][2] = {
    { "no tags", "" },
    { "#one", "#one" },
    { "a #one, #two. (#three)", "#one #two #three" },
    { "#1st #x #ab", "#ab" },
    { "x#one", "" },
    { "##one", "" },
    { "#\303\234bergabe", "#\303\234bergabe" },
    { "#with-dash_and.dot", "#with-dash_and.dot" },
    { "#", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *tags = uc_text_dup_hashtags (cases[i][0]);

    g_test_message ("%s", cases[i][0]);
    g_assert_cmpstr (tags, ==, cases[i][1]);
  }
}

/* However many there are, what is kept is bounded. */
static void
test_many_hashtags (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *tags = NULL;

  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (text, "#tag%u ", i);
  tags = uc_text_dup_hashtags (text->str);
  g_assert_cmpuint (strlen (tags), <=, 1000);
}

static void
test_names (void)
{
  g_autofree char *long_name = g_strnfill (65, 'a');

  g_assert_true (uc_text_is_username ("anna.berg-1_x"));
  g_assert_false (uc_text_is_username ("Anna"));
  g_assert_false (uc_text_is_username (""));
  g_assert_false (uc_text_is_username ("an na"));
  g_assert_false (uc_text_is_username ("all"));
  g_assert_false (uc_text_is_username ("channel"));
  g_assert_false (uc_text_is_username (long_name));

  g_assert_true (uc_text_is_name ("station-3"));
  g_assert_false (uc_text_is_name ("a"));
  g_assert_false (uc_text_is_name ("-ab"));
  g_assert_false (uc_text_is_name ("Station"));
  g_assert_false (uc_text_is_name ("a/b"));
  g_assert_false (uc_text_is_name (long_name));

  g_assert_true (uc_text_is_direct_name ("abcdefghijkmnopqrstuwxyz13__abcdefghijkmnopqrstuwxyz13"));
  g_assert_false (uc_text_is_direct_name ("abcdefghijkmnopqrstuwxyz13_abcdefghijkmnopqrstuwxyz13"));
  g_assert_false (uc_text_is_direct_name ("a__b"));

  g_assert_true (uc_text_is_emoji_name ("+1"));
  g_assert_true (uc_text_is_emoji_name ("Party_parrot-2"));
  g_assert_false (uc_text_is_emoji_name (""));
  g_assert_false (uc_text_is_emoji_name ("a b"));
  g_assert_false (uc_text_is_emoji_name ("../x"));
  g_assert_false (uc_text_is_emoji_name (long_name));
}

static void
test_emails (void)
{
  g_assert_true (uc_text_is_email ("anna@example.org"));
  g_assert_true (uc_text_is_email ("a+b@localhost"));
  g_assert_false (uc_text_is_email ("anna"));
  g_assert_false (uc_text_is_email ("@example.org"));
  g_assert_false (uc_text_is_email ("anna@"));
  g_assert_false (uc_text_is_email ("a@b@c"));
  g_assert_false (uc_text_is_email ("Anna <anna@example.org>"));
  g_assert_false (uc_text_is_email ("anna@example.org\r\nBcc: x@y"));
}

static void
test_lengths (void)
{
  g_assert_true (uc_text_fits ("abc", 3));
  g_assert_false (uc_text_fits ("abcd", 3));
  /* Characters, not bytes. */
  g_assert_true (uc_text_fits ("\303\244\303\266\303\274", 3));
  g_assert_false (uc_text_fits ("\303\244\303\266\303\274x", 3));
  g_assert_true (uc_text_is_password ("long enough"));
  g_assert_false (uc_text_is_password ("short"));
  g_assert_false (uc_text_is_password (""));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/bodies", test_bodies);
  g_test_add_func ("/text/hashtags", test_hashtags);
  g_test_add_func ("/text/many-hashtags", test_many_hashtags);
  g_test_add_func ("/text/names", test_names);
  g_test_add_func ("/text/emails", test_emails);
  g_test_add_func ("/text/lengths", test_lengths);
  return g_test_run ();
}
