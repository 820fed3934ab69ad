/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-sanitize.h"

#include <string.h>

static void
test_allowed (void)
{
  static const struct {
    const char *uri;
    const char *host;
  } cases[] = {
    { "https://example.com", "example.com" },
    { "HTTPS://Example.COM/Path", "example.com" },
    { "http://127.0.0.1:8065/team/pl/9bq3fsyo1jyojxp5y4y8sf7zqe", "127.0.0.1" },
    { "https://example.com?q=1#top", "example.com" },
    { "https://example.com/a_(b)?x=%20&y=[1]#$!*'+,;:@~", "example.com" },
    { "https://de.example.org/wiki/Straße", "de.example.org" },
    { "https://кц.рф/x", "xn--j1ay.xn--p1ai" },
    { "mailto:info@example.com", "example.com" },
    { "mailto:a.b@example.com?subject=Hi&body=x", "example.com" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *host = NULL;

    g_assert_true (uc_sanitize_link (cases[i].uri, &host));
    g_assert_cmpstr (host, ==, cases[i].host);
    g_assert_true (uc_sanitize_link (cases[i].uri, NULL));
  }
}

static void
test_refused (void)
{
  static const char *const uris[] = {
    "",
    "example.com",
    "//example.com",
    "javascript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "smb://server/share",
    "ftp://example.com",
    "https:example.com",
    "https://",
    "https:///path",
    "https://localhost",
    "https://example..com",
    "https://.example.com",
    "https://example.com.",
    "https://user:pass@example.com",
    "https://user@example.com",
    "https://example.com\\@evil.com/",
    "https://exa\nmple.com",
    "https://exa%6dple.com",
    "https://example.com:0/",
    "https://example.com:99999/",
    "https://example.com:80x/",
    "https://example.com:/",
    "https://[::1]/",
    "https://www.аmazon.com",
    "https://аррle.com",
    "https://example.com/\u202Egpj",
    "https://example.com/\u200B",
    "https://example.com/\u2500x",
    "https://example\u2044.com/",
    "https://example.com/a b",
    "https://example.com/<script>",
    "https://example.com/a\"b",
    "https://example.com/\xff",
    " https://example.com",
    "mailto:",
    "mailto:info",
    "mailto:@example.com",
    "mailto:a@b",
    "mailto:a@example.com?attach=/etc/passwd",
    "mailto:a@example.com?subject=x&cc=b@example.com",
    "mailto:a@example.com,b@example.com",
    "mailto:a@example.com@evil.com",
  };

  g_assert_false (uc_sanitize_link (NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (uris); i++) {
    char *host = NULL;

    if (uc_sanitize_link (uris[i], &host))
      g_error ("Allowed: %s", uris[i]);
    g_assert_null (host);
  }
}

static void
test_length (void)
{
  g_autofree char *at_limit = g_strnfill (4096, 'a');
  g_autofree char *past_limit = g_strnfill (4097, 'a');

  memcpy (at_limit, "https://example.com/", 20);
  memcpy (past_limit, "https://example.com/", 20);
  g_assert_true (uc_sanitize_link (at_limit, NULL));
  g_assert_false (uc_sanitize_link (past_limit, NULL));
}

static void
test_dup (void)
{
  g_autofree char *web = uc_sanitize_dup_link ("https://example.com/?attach=1");
  g_autofree char *mail =
      uc_sanitize_dup_link ("mailto:a@example.com?attach=/etc/passwd&subject=x&cc=y&body=z");
  g_autofree char *bare = uc_sanitize_dup_link ("mailto:a@example.com?attach=/etc/passwd");

  g_assert_cmpstr (web, ==, "https://example.com/?attach=1");
  g_assert_cmpstr (mail, ==, "mailto:a@example.com?subject=x&body=z");
  g_assert_cmpstr (bare, ==, "mailto:a@example.com");
  g_assert_null (uc_sanitize_dup_link ("javascript:alert(1)"));
  g_assert_null (uc_sanitize_dup_link ("mailto:?attach=x"));
  g_assert_null (uc_sanitize_dup_link (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/base/sanitize-link/allowed", test_allowed);
  g_test_add_func ("/base/sanitize-link/refused", test_refused);
  g_test_add_func ("/base/sanitize-link/length", test_length);
  g_test_add_func ("/base/sanitize-link/dup", test_dup);
  return g_test_run ();
}
