/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-json-text.h"

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

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/base/json-text/string", test_string);
  return g_test_run ();
}
