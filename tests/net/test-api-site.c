/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-api.h"
#include "uc-error.h"

static void
test_good (void)
{
  static const struct {
    const char *typed;
    const char *site;
  } cases[] = {
    { "chat.example.org", "https://chat.example.org" },
    { "  Chat.Example.ORG/ ", "https://chat.example.org" },
    { "https://chat.example.org///", "https://chat.example.org" },
    { "HTTPS://chat.example.org:443", "https://chat.example.org" },
    { "chat.example.org:8443", "https://chat.example.org:8443" },
    { "chat.example.org.", "https://chat.example.org" },
    { "https://chat.example.org/sub/", "https://chat.example.org/sub" },
    { "https://chat.example.org/a/b", "https://chat.example.org/a/b" },
    { "https://chat.example.org/api/v4/", "https://chat.example.org" },
    { "https://chat.example.org/login?redirect_to=x", "https://chat.example.org" },
    { "https://chat.example.org/klinik/channels/town-square", "https://chat.example.org" },
    { "https://chat.example.org/sub/klinik/pl/abc#x", "https://chat.example.org/sub" },
    { "bücher.example", "https://xn--bcher-kva.example" },
    { "localhost:8065", "http://localhost:8065" },
    { "http://localhost:8065/", "http://localhost:8065" },
    { "https://localhost", "https://localhost" },
    { "127.0.0.1:8065", "http://127.0.0.1:8065" },
    { "http://127.3.2.1:80", "http://127.3.2.1" },
    { "http://[::1]:8065", "http://[::1]:8065" },
    { "https://[2001:DB8::1]/", "https://[2001:db8::1]" },
    { "192.168.1.20", "https://192.168.1.20" },
    { "https://chat.example.org/../x", "https://chat.example.org/x" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *site = uc_api_check_site (cases[i].typed, &error);
    g_autofree char *again = NULL;

    g_assert_no_error (error);
    g_assert_cmpstr (site, ==, cases[i].site);
    again = uc_api_check_site (site, &error);
    g_assert_cmpstr (again, ==, site);
  }
}

static void
test_bad (void)
{
  static const char *const cases[] = {
    "",
    "   ",
    "http://chat.example.org",
    "http://192.168.1.20",
    "http://127.0.0.1.evil.example",
    "http://localhost.evil.example",
    "ftp://chat.example.org",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "://x",
    "https://",
    "https://user@chat.example.org",
    "https://user:pw@chat.example.org",
    "https://chat.example.org\\@evil.example/",
    "https://chat.exa\nmple.org",
    "chat example org",
    "https://.example.org",
    "https://a..example.org",
    "https://chat.example.org:0x50",
    "https://chat.example.org:99999",
    "https://ex<script>.org",
    "https://ex\"ample.org",
    "\xff\xfe",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *site = uc_api_check_site (cases[i], &error);

    g_assert_error (error, UC_ERROR, UC_ERROR_INVALID);
    g_assert_null (site);
  }
}

static void
test_long (void)
{
  g_autofree char *path = g_strnfill (5000, 'a');
  g_autofree char *typed = g_strconcat ("https://chat.example.org/", path, NULL);
  g_autofree char *host = g_strnfill (300, 'a');
  g_autoptr (GError) error = NULL;

  g_assert_null (uc_api_check_site (typed, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (uc_api_check_site (host, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_INVALID);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/net/api-site/good", test_good);
  g_test_add_func ("/net/api-site/bad", test_bad);
  g_test_add_func ("/net/api-site/long", test_long);
  return g_test_run ();
}
