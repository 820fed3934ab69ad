/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-mime.h"

static void
test_extensions (void)
{
  g_assert_cmpstr (uc_mime_from_extension ("png"), ==, "image/png");
  g_assert_cmpstr (uc_mime_from_extension ("pdf"), ==, "application/pdf");
  g_assert_cmpstr (uc_mime_from_extension ("nothing"), ==, "");
  g_assert_cmpstr (uc_mime_from_extension (""), ==, "");
}

/* Whatever a file says it is, a browser runs nothing of it. */
static void
test_served (void)
{
  static const char *const active[] = { "html", "htm", "xhtml", "js", "css", "xml" };

  for (guint i = 0; i < G_N_ELEMENTS (active); i++) {
    const char *served = uc_mime_get_served (uc_mime_from_extension (active[i]));

    g_test_message ("%s: %s", active[i], served);
    g_assert_true (g_str_has_prefix (served, "text/plain") ||
                   g_str_has_prefix (served, "application/octet-stream"));
  }
  g_assert_cmpstr (uc_mime_get_served ("image/png"), ==, "image/png");
  g_assert_cmpstr (uc_mime_get_served ("text/html"), ==, "text/plain; charset=utf-8");
  g_assert_cmpstr (uc_mime_get_served ("application/x-unknown"), ==, "application/octet-stream");
  g_assert_cmpstr (uc_mime_get_served ("image/png\r\nX: y"), ==, "application/octet-stream");
}

static void
test_inline (void)
{
  g_assert_true (uc_mime_is_inline ("image/png"));
  g_assert_true (uc_mime_is_inline ("video/mp4"));
  g_assert_false (uc_mime_is_inline ("image/svg+xml"));
  g_assert_false (uc_mime_is_inline ("text/plain"));
  g_assert_false (uc_mime_is_inline ("application/pdf"));
  g_assert_false (uc_mime_is_inline (""));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mime/extensions", test_extensions);
  g_test_add_func ("/mime/served", test_served);
  g_test_add_func ("/mime/inline", test_inline);
  return g_test_run ();
}
