/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sessions as servers tell of them. */

#include "config.h"

#include "uc-error.h"
#include "uc-wire.h"

#include <string.h>

#define ID    "9bq3fsyo1jyojxp5y4y8sf7zqe"
#define OTHER "3enrnfw7k7y53nb4x7ra9pj4fw"

static GPtrArray *
parse (const char *text, GError **error)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));

  return uc_wire_parse_logins (body, error);
}

static void
test_list (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) logins =
      parse ("[{\"id\":\"" ID "\",\"token\":\"\",\"create_at\":1795177578757,"
             "\"expires_at\":1810729578756,\"last_activity_at\":1795177578758,"
             "\"props\":{\"browser\":\"Firefox/120.0\",\"os\":\"Linux\",\"isMobile\":\"false\"}},"
             "{\"id\":\"short\"},{\"id\":\"" OTHER "\",\"create_at\":-5,\"expires_at\":\"never\","
             "\"props\":{\"isMobile\":\"true\"}},{\"id\":\"" OTHER "\"}]",
             &error);
  const UcLogin *login;

  g_assert_no_error (error);
  g_assert_cmpuint (logins->len, ==, 3);
  login = g_ptr_array_index (logins, 0);
  g_assert_cmpstr (login->id, ==, ID);
  g_assert_cmpstr (login->device, ==, "Firefox 120.0, Linux");
  g_assert_cmpint (login->create_at_ms, ==, 1795177578757);
  g_assert_cmpint (login->expires_at_ms, ==, 1810729578756);
  g_assert_cmpint (login->last_activity_at_ms, ==, 1795177578758);
  g_assert_false (login->is_mobile);
  login = g_ptr_array_index (logins, 1);
  g_assert_cmpstr (login->device, ==, "");
  g_assert_cmpint (login->create_at_ms, ==, 0);
  g_assert_true (login->is_mobile);
}

/* What a program that the server does not know looks like. */
static void
test_devices (void)
{
  static const struct {
    const char *props;
    const char *device;
  } rows[] = {
    { "{\"browser\":\"Unknown/0.0\",\"os\":\"\",\"platform\":\"Windows\"}", "Windows" },
    { "{\"browser\":\"Unknown/0.0\",\"os\":\"Linux\",\"platform\":\"X11\"}", "Linux" },
    { "{\"browser\":\"UnifiedChat/1.0 (X11; Linux)\",\"os\":\"\",\"platform\":\"\"}",
      "UnifiedChat 1.0 (X11; Linux)" },
    { "{}", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text = g_strdup_printf ("[{\"id\":\"" ID "\",\"props\":%s}]", rows[i].props);
    g_autoptr (GPtrArray) logins = parse (text, NULL);

    g_assert_cmpuint (logins->len, ==, 1);
    g_assert_cmpstr (((UcLogin *) logins->pdata[0])->device, ==, rows[i].device);
  }
}

static void
test_no_list (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (parse ("<html>", &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_PROTOCOL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/wire/wire-login/list", test_list);
  g_test_add_func ("/wire/wire-login/devices", test_devices);
  g_test_add_func ("/wire/wire-login/no-list", test_no_list);
  return g_test_run ();
}
