/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-error.h"
#include "uc-redirect-private.h"

#include <libsoup/soup.h>

static char *
dup_target (const char *method, guint status, const char *location)
{
  g_autoptr (GUri) from =
      g_uri_parse ("https://chat.example.org/sub/api/v4/users/me", SOUP_HTTP_URI_FLAGS, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GUri) to = _uc_redirect_dup_target (from, method, status, location, &error);

  if (to == NULL) {
    g_assert_error (error, UC_ERROR, UC_ERROR_PROTOCOL);
    return NULL;
  }
  g_assert_no_error (error);
  return g_uri_to_string (to);
}

static void
test_same_origin (void)
{
  static const struct {
    const char *location;
    const char *target;
  } cases[] = {
    { "/other", "https://chat.example.org/other" },
    { "me/", "https://chat.example.org/sub/api/v4/users/me/" },
    { "https://chat.example.org/x?y=1", "https://chat.example.org/x?y=1" },
    { "https://chat.example.org:443/x", "https://chat.example.org/x" },
    { "https://CHAT.example.org/x", "https://CHAT.example.org/x" },
    { "http://chat.example.org/x", NULL },
    { "https://chat.example.org:8443/x", NULL },
    { "https://evil.example/x", NULL },
    { "//evil.example/x", NULL },
    { "https://chat.example.org@evil.example/x", NULL },
    { "https://user:pw@chat.example.org/x", NULL },
    { "javascript:alert(1)", NULL },
    { "file:///etc/passwd", NULL },
    { "", "https://chat.example.org/sub/api/v4/users/me" },
    { NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *target = dup_target ("GET", 302, cases[i].location);

    g_assert_cmpstr (target, ==, cases[i].target);
  }
}

static void
test_method (void)
{
  static const guint statuses[] = { 301, 302, 303, 307, 308 };

  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++) {
    g_autofree char *get = dup_target ("GET", statuses[i], "/x");
    g_autofree char *post = dup_target ("POST", statuses[i], "/x");

    g_assert_true (_uc_redirect_is_one (statuses[i]));
    g_assert_nonnull (get);
    if (statuses[i] < 307)
      g_assert_null (post);
    else
      g_assert_nonnull (post);
  }
  g_assert_false (_uc_redirect_is_one (200));
  g_assert_false (_uc_redirect_is_one (304));
  g_assert_false (_uc_redirect_is_one (401));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/net/redirect/same-origin", test_same_origin);
  g_test_add_func ("/net/redirect/method", test_method);
  return g_test_run ();
}
