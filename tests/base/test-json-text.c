/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-json-text.h"

#include <string.h>

static void
assert_string (const char *text, const char *member, const char *expected)
{
  g_autofree char *value = uc_json_text_dup_string (text, member);

  g_assert_cmpstr (value, ==, expected);
}

static void
test_string (void)
{
  assert_string ("{\"a\":\"x \\u00e4\",\"b\":{\"a\":\"y\"}}", "a", "x ä");
  assert_string ("{\"a\":\"\"}", "a", "");
  assert_string ("{\"a\":1}", "a", NULL);
  assert_string ("{\"a\":null}", "a", NULL);
  assert_string ("{\"a\":\"x\"}", "b", NULL);
  assert_string ("[\"a\"]", "a", NULL);
  assert_string ("{\"a\":", "a", NULL);
  assert_string ("", "a", NULL);
  assert_string (NULL, "a", NULL);
}

/* Read back as it was, and on one line. */
static void
test_append (void)
{
  static const char *const texts[] = { "",       "plain",        "\"\\/\b\f\n\r\t", "\x01\x1f\x7f",
                                       "ä 😀 你", "\xe2\x80\xa8", "}\n{\"a\":1" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GString) json = g_string_new ("{\"a\":");

    uc_json_text_append (json, texts[i]);
    g_string_append_c (json, '}');
    g_assert_null (strchr (json->str, '\n'));
    assert_string (json->str, "a", texts[i]);
  }
  {
    g_autoptr (GString) json = g_string_new (NULL);

    uc_json_text_append (json, "a\xff"
                               "b");
    g_assert_cmpstr (json->str, ==,
                     "\"a\xef\xbf\xbd"
                     "b\"");
  }
}

static void
test_inner (void)
{
  static const struct {
    const char *text;
    const char *value; /* (nullable) */
  } rows[] = {
    { "{\"a\":{\"b\":\"c\"}}", "c" },
    { "{\"a\":{\"b\":1}}", NULL },
    { "{\"a\":\"b\"}", NULL },
    { "{\"b\":\"c\"}", NULL },
    { "[]", NULL },
    { "{", NULL },
    { "", NULL },
  };
  g_autofree char *made = uc_json_text_make_inner_string ("a", "b", "c\"d");
  g_autofree char *read = uc_json_text_dup_inner_string (made, "a", "b");

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *value = uc_json_text_dup_inner_string (rows[i].text, "a", "b");

    g_assert_cmpstr (value, ==, rows[i].value);
  }
  g_assert_cmpstr (read, ==, "c\"d");
  g_assert_null (uc_json_text_dup_inner_string (NULL, "a", "b"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/base/json-text/string", test_string);
  g_test_add_func ("/base/json-text/append", test_append);
  g_test_add_func ("/base/json-text/inner", test_inner);
  return g_test_run ();
}
