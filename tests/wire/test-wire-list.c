/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-error.h"
#include "uc-wire.h"

#include <string.h>

#define ID    "9bq3fsyo1jyojxp5y4y8sf7zqe"
#define OTHER "3enrnfw7k7y53nb4x7ra9pj4fw"

static GBytes *
bytes (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

static GPtrArray *
parse_channels (const char *text, GError **error)
{
  g_autoptr (GBytes) body = bytes (text);

  return uc_wire_parse_channels (body, error);
}

static void
test_broken_member (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = parse_channels (
      "[{\"id\":\"" ID "\",\"type\":\"O\"},7,null,{\"id\":\"short\",\"type\":\"O\"},"
      "{\"id\":\"" OTHER "\"},{\"id\":\"" OTHER "\",\"type\":\"P\"}]",
      &error);

  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, 2);
  g_assert_cmpstr (((UcChannel *) list->pdata[0])->id, ==, ID);
  g_assert_cmpint (((UcChannel *) list->pdata[1])->type, ==, UC_CHANNEL_PRIVATE);
}

static void
test_empty (void)
{
  static const char *const texts[] = { "[]", "null", " null\n",
                                       "{\"channels\":[],\"total_count\":0}" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) list = parse_channels (texts[i], &error);

    g_assert_no_error (error);
    g_assert_cmpuint (list->len, ==, 0);
  }
}

/* What a captive portal or a broken proxy answers is never an empty list. */
static void
test_no_list (void)
{
  static const char *const texts[] = { "",
                                       "{}",
                                       "7",
                                       "\"text\"",
                                       "true",
                                       "<html><body>Sign in</body></html>",
                                       "{\"channels\":7}",
                                       "[",
                                       "{\"id\":\"" ID "\"}" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) list = parse_channels (texts[i], &error);

    g_assert_error (error, UC_ERROR, UC_ERROR_PROTOCOL);
    g_assert_null (list);
  }
}

/* One person's odd post leaves the page readable. */
static void
test_mended (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *deep = g_strnfill (200, '[');
  g_autofree char *end = g_strnfill (200, ']');
  g_autofree char *text = g_strdup_printf (
      "[{\"id\":\"" ID "\",\"type\":\"O\",\"header\":\"a\\u0000b\",\"props\":{\"x\":%s%s}}]", deep,
      end);
  g_autoptr (GPtrArray) list = parse_channels (text, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpstr (((UcChannel *) list->pdata[0])->header, ==, "a\uFFFDb");
}

static void
test_no_body (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (uc_wire_parse_users (NULL, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_PROTOCOL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/wire/list/broken-member", test_broken_member);
  g_test_add_func ("/wire/list/empty", test_empty);
  g_test_add_func ("/wire/list/no-list", test_no_list);
  g_test_add_func ("/wire/list/mended", test_mended);
  g_test_add_func ("/wire/list/no-body", test_no_body);
  return g_test_run ();
}
