/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-json.h"

#include "uc-error.h"
#include "uc-limits.h"

#include <math.h>
#include <string.h>

static JsonNode *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = uc_json_parse (text, -1, &error);

  g_assert_no_error (error);
  g_assert_nonnull (node);
  return node;
}

static void
assert_refused (const char *text, gssize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = uc_json_parse (text, length, &error);

  g_assert_error (error, UC_ERROR, UC_ERROR_PROTOCOL);
  g_assert_null (node);
}

static char *
nested (gsize depth)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < depth; i++)
    g_string_append_c (text, '[');
  for (gsize i = 0; i < depth; i++)
    g_string_append_c (text, ']');
  return g_string_free_and_steal (text);
}

static void
test_refused (void)
{
  static const char *const texts[] = {
    "",
    " ",
    "\n",
    "nonsense",
    "<html><body>Please sign in</body></html>",
    "{\"a\":1",
    "{\"a\":1,}",
    "[1,]",
    "[1 2]",
    "{'a':1}",
    "{\"a\":0x10}",
    "// c\n1",
    "/* c */ {}",
    "var x = {};",
    "{} {}",
    "{\"a\":\"x\\u0000y\"}",
    "\"\xff\"",
    "\"\xed\xa0\x80\"",
    "\"\\ud800\"",
    "]",
    "}{",
    "\n0[]\n",
    "{\"a\"}",
    "\"unterminated",
    "\"ends in backslash\\",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_refused (texts[i], -1);
  assert_refused (NULL, 0);
  assert_refused ("{\"a\":\"x\0y\"}", 11);
  assert_refused ("{}\0", 3);
}

static void
test_not_terminated (void)
{
  g_autoptr (GError) error = NULL;
  /* On the heap and without a NUL, so that a sanitizer sees a read past the end. */
  static const char *const texts[] = {
    "12", "123456789012345678901", "\"a", "\"a\\", "{\"a\":1e5", "[[", "\"\\u000"
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GBytes) bytes = g_bytes_new (texts[i], strlen (texts[i]));
    g_autofree char *copy = g_memdup2 (texts[i], strlen (texts[i]));
    g_autoptr (JsonNode) node = uc_json_parse (copy, (gssize) strlen (texts[i]), NULL);
    g_autoptr (JsonNode) same = uc_json_parse_bytes (bytes, NULL);

    g_assert_cmpint (node == NULL, ==, i > 1);
    g_assert_cmpint (same == NULL, ==, i > 1);
  }

  g_assert_null (uc_json_parse_bytes (NULL, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_PROTOCOL);
}

static void
test_depth (void)
{
  g_autofree char *at_limit = nested (UC_LIMIT_JSON_DEPTH);
  g_autofree char *past_limit = nested (UC_LIMIT_JSON_DEPTH + 1);
  g_autofree char *far_past = nested (1000 * 1000);
  g_autoptr (JsonNode) node = parse (at_limit);

  assert_refused (past_limit, -1);
  assert_refused (far_past, -1);
  /* Brackets in strings are none. */
  far_past[0] = '"';
  far_past[strlen (far_past) - 1] = '"';
  g_clear_pointer (&node, json_node_unref);
  node = parse (far_past);
}

static gpointer
parse_deep_cb (gpointer text)
{
  assert_refused (text, -1);
  return NULL;
}

static void
test_depth_small_stack (void)
{
  g_autofree char *far_past = g_strnfill (1000 * 1000, '[');

  g_thread_join (g_thread_new ("deep", parse_deep_cb, far_past));
}

static void
test_size (void)
{
  g_autofree char *text = g_strnfill (UC_LIMIT_JSON_BYTES + 1, ' ');
  g_autoptr (JsonNode) node = NULL;

  text[0] = '1';
  node = uc_json_parse (text, UC_LIMIT_JSON_BYTES, NULL);
  g_assert_nonnull (node);
  assert_refused (text, UC_LIMIT_JSON_BYTES + 1);
}

static void
test_values (void)
{
  g_autoptr (GString) text = g_string_new ("[0");
  g_autoptr (JsonNode) node = NULL;

  for (guint i = 1; i < UC_LIMIT_JSON_VALUES; i++)
    g_string_append (text, ",0");
  g_string_append_c (text, ']');
  node = uc_json_parse (text->str, -1, NULL);
  g_assert_nonnull (node);

  g_string_truncate (text, text->len - 1);
  g_string_append (text, ",0]");
  assert_refused (text->str, -1);
}

static void
test_integers (void)
{
  g_autoptr (JsonNode) node = parse ("{\"max\":9223372036854775807,\"min\":-9223372036854775808,"
                                     "\"over\":9223372036854775808,\"under\":-9223372036854775809,"
                                     "\"huge\":123456789012345678901234567890,\"real\":1.5,"
                                     "\"whole\":1.0,\"inf\":1e999,\"text\":\"7\",\"yes\":true,"
                                     "\"none\":null,\"exp\":1e3}");
  JsonObject              *object = json_node_get_object (node);
  static const char *const not_integers[] = { "over", "under", "huge", "real", "whole", "inf",
                                              "text", "yes",   "none", "exp",  "absent" };
  gint64                   value = 42;

  g_assert_true (uc_json_need_int (object, "max", &value, NULL));
  g_assert_cmpint (value, ==, G_MAXINT64);
  g_assert_true (uc_json_need_int (object, "min", &value, NULL));
  g_assert_cmpint (value, ==, G_MININT64);
  g_assert_cmpint (uc_json_get_int (object, "max", 0), ==, G_MAXINT64);

  value = 42;
  for (guint i = 0; i < G_N_ELEMENTS (not_integers); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (uc_json_need_int (object, not_integers[i], &value, &error));
    g_assert_error (error, UC_ERROR, UC_ERROR_PROTOCOL);
    g_assert_true (g_str_has_prefix (error->message, not_integers[i]));
    g_assert_cmpint (value, ==, 42);
    g_assert_cmpint (uc_json_get_int (object, not_integers[i], -7), ==, -7);
  }

  g_assert_cmpfloat (uc_json_get_double (object, "over", 0), ==, 9223372036854775808.0);
  g_assert_cmpfloat (uc_json_get_double (object, "real", 0), ==, 1.5);
  g_assert_cmpfloat (uc_json_get_double (object, "max", 0), ==, (double) G_MAXINT64);
  g_assert_cmpfloat (uc_json_get_double (object, "inf", -1), ==, -1);
  g_assert_cmpfloat (uc_json_get_double (object, "text", -1), ==, -1);
}

static void
test_getters (void)
{
  g_autoptr (JsonNode) node =
      parse ("{\"s\":\"x\",\"e\":\"\",\"n\":null,\"i\":1,\"b\":true,\"o\":{\"k\":2},"
             "\"a\":[\"p\",1,null,\"q\",[]],\"id\":\"9bq3fsyo1jyojxp5y4y8sf7zqe\"}");
  JsonObject *object = json_node_get_object (node);
  g_auto (GStrv) strings = uc_json_dup_strings (object, "a");
  g_auto (GStrv) none = uc_json_dup_strings (object, "n");
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (uc_json_need_string (object, "s", NULL), ==, "x");
  g_assert_cmpstr (uc_json_need_string (object, "e", NULL), ==, "");
  g_assert_null (uc_json_need_string (object, "n", &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_PROTOCOL);
  g_assert_cmpstr (error->message, ==, "n: not a text");
  g_clear_error (&error);

  g_assert_cmpstr (uc_json_need_id (object, "id", NULL), ==, "9bq3fsyo1jyojxp5y4y8sf7zqe");
  g_assert_null (uc_json_need_id (object, "s", &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_PROTOCOL);
  g_clear_error (&error);

  g_assert_cmpstr (uc_json_get_string (object, "i", "-"), ==, "-");
  g_assert_cmpstr (uc_json_get_string (object, "absent", NULL), ==, NULL);
  g_assert_cmpstr (uc_json_get_string (NULL, "s", "-"), ==, "-");
  g_assert_true (uc_json_get_boolean (object, "b", FALSE));
  g_assert_true (uc_json_get_boolean (object, "i", TRUE));
  g_assert_false (uc_json_get_boolean (object, "i", FALSE));
  g_assert_cmpint (uc_json_get_int (uc_json_get_object (object, "o"), "k", 0), ==, 2);
  g_assert_null (uc_json_get_object (object, "a"));
  g_assert_null (uc_json_get_object (object, "n"));
  g_assert_null (uc_json_get_array (object, "o"));
  g_assert_cmpuint (json_array_get_length (uc_json_get_array (object, "a")), ==, 5);
  g_assert_cmpuint (g_strv_length (strings), ==, 2);
  g_assert_cmpstr (strings[1], ==, "q");
  g_assert_nonnull (none);
  g_assert_cmpuint (g_strv_length (none), ==, 0);

  g_assert_nonnull (uc_json_as_object (node, "root", NULL));
  g_assert_null (uc_json_as_array (node, "root", &error));
  g_assert_cmpstr (error->message, ==, "root: not a list");
  g_clear_error (&error);
  g_assert_null (uc_json_as_object (NULL, "root", &error));
  g_assert_cmpstr (error->message, ==, "root: not an object");
}

static void
test_mended (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *deep = nested (UC_LIMIT_JSON_DEPTH + 40);
  g_autofree char *text = g_strdup_printf (
      "{\"a\":\"x\\u0000y\",\"b\":\"\\\\u0000\",\"c\":%s,\"d\":{\"]\":\"}\"},\"e\":1e999}", deep);
  g_autoptr (JsonNode) node = uc_json_parse_mended (text, -1, &error);
  JsonObject      *object;
  g_autofree char *written = NULL;
  g_autoptr (JsonNode) again = NULL;

  g_assert_no_error (error);
  object = json_node_get_object (node);
  g_assert_cmpstr (uc_json_get_string (object, "a", ""), ==, "x\xef\xbf\xbdy");
  g_assert_cmpstr (uc_json_get_string (object, "b", ""), ==, "\\u0000");
  g_assert_nonnull (uc_json_get_array (object, "c"));
  g_assert_cmpstr (uc_json_get_string (uc_json_get_object (object, "d"), "]", ""), ==, "}");

  /* What was mended can be written and is then fit for the strict reader. */
  written = uc_json_to_text (node);
  again = parse (written);
  g_assert_true (json_node_equal (node, again));

  g_assert_null (uc_json_parse_mended ("[[[", -1, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_PROTOCOL);
  g_clear_error (&error);
  g_free (deep);
  deep = g_strnfill (1000 * 1000, '[');
  g_assert_null (uc_json_parse_mended (deep, -1, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_PROTOCOL);
}

static void
test_write (void)
{
  g_autoptr (JsonNode) node = parse ("{\"a\":[1,\"\\\"\\\\\\n\\u0001ü😀\",null,true]}");
  g_autofree char *text = uc_json_to_text (node);
  g_autofree char *same = uc_json_object_to_text (json_node_get_object (node));
  g_autofree char *list =
      uc_json_array_to_text (uc_json_get_array (json_node_get_object (node), "a"));
  g_autoptr (JsonNode) again = parse (text);

  g_assert_true (json_node_equal (node, again));
  g_assert_cmpstr (text, ==, same);
  g_assert_null (strchr (text, '\n'));
  g_assert_true (g_str_has_prefix (list, "[1,"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/base/json/refused", test_refused);
  g_test_add_func ("/base/json/not-terminated", test_not_terminated);
  g_test_add_func ("/base/json/depth", test_depth);
  g_test_add_func ("/base/json/depth-small-stack", test_depth_small_stack);
  g_test_add_func ("/base/json/size", test_size);
  g_test_add_func ("/base/json/values", test_values);
  g_test_add_func ("/base/json/integers", test_integers);
  g_test_add_func ("/base/json/getters", test_getters);
  g_test_add_func ("/base/json/mended", test_mended);
  g_test_add_func ("/base/json/write", test_write);
  return g_test_run ();
}
