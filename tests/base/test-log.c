/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-log.h"

#include <glib/gstdio.h>
#include <string.h>

static void
test_redact (void)
{
  static const struct {
    const char *line;
    const char *shown;
  } cases[] = {
    { "GET /users/me", "GET /users/me" },
    { "Authorization: Bearer abc123def", "Authorization: …" },
    { "authorization: token abc", "authorization: …" },
    { "sent with bearer abc123, refused", "sent with bearer …, refused" },
    { "Bearer  a\tBearer b", "Bearer  …\tBearer …" },
    { "a token bearer", "a token bearer" },
    { "{\"token\":\"s3cret\",\"id\":\"x\"}", "{\"token\":\"…\",\"id\":\"x\"}" },
    { "{\"password\" : \"a\\\"b\", \"n\":1}", "{\"password\" : \"…\", \"n\":1}" },
    { "{\"new_password\":\"cut off", "{\"new_password\":\"…" },
    { "{\"Token\":\"A\"}", "{\"Token\":\"…\"}" },
    { "Token: abcdefg\r\nStatus: 200", "Token: …\r\nStatus: 200" },
    { "X-Csrf-Token: abc", "X-Csrf-Token: …" },
    { "Set-Cookie: MMAUTHTOKEN=abc; Path=/", "Set-Cookie: …" },
    { "/x?access_token=abc&page=1", "/x?access_token=…&page=1" },
    { "MMAUTHTOKEN=abc; other", "MMAUTHTOKEN=…; other" },
    { "\"message\":\"the token was lost\"", "\"message\":\"the token was lost\"" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *once = uc_log_redact (cases[i].line);
    g_autofree char *twice = uc_log_redact (once);

    g_assert_cmpstr (once, ==, cases[i].shown);
    g_assert_cmpstr (twice, ==, once);
  }
}

static void
test_redact_odd (void)
{
  g_autofree char *none = uc_log_redact (NULL);
  g_autofree char *broken = uc_log_redact ("\xff\xfe \"token\":\"s3cret\xff\"");
  g_autofree char *filler = g_strnfill (1000000, 'x');
  g_autofree char *line = g_strconcat ("{\"password\":\"", filler, "\"}", NULL);
  g_autofree char *shown = uc_log_redact (line);

  g_assert_cmpstr (none, ==, "");
  g_assert_cmpstr (broken, ==, "\xff\xfe \"token\":\"…\"");
  g_assert_null (strstr (shown, "xxxx"));
}

/* In a process of its own: a writer can be set only once. */
static void
test_ring (void)
{
  g_autofree char *recent = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_test_subprocess ()) {
    g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
    g_test_trap_assert_passed ();
    g_test_trap_assert_stdout_unmatched ("*marker*");
    /* Standard error may be in a character set without the ellipsis. */
    g_test_trap_assert_stderr ("*marker with \"token\":\"?\"*");
    g_test_trap_assert_stderr_unmatched ("*s3cret*");
    return;
  }

  uc_log_install ();
  for (guint i = 0; i < 600; i++)
    g_info ("line %u", i);
  g_message ("marker with \"token\":\"s3cret\"\nand a second line");

  recent = uc_log_dup_recent ();
  lines = g_strsplit (recent, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 501);
  g_assert_true (g_str_has_suffix (lines[0], "line 101"));
  g_assert_true (g_str_has_suffix (lines[498], "line 599"));
  g_assert_true (g_str_has_suffix (lines[499], "marker with \"token\":\"…\" and a second line"));
  g_assert_cmpstr (lines[500], ==, "");
}

/* G_DEBUG=fatal-warnings, under which the tests run, must hold with our writer. */
static void
test_fatal (void)
{
  if (g_test_subprocess ()) {
    uc_log_install ();
    g_warning ("this ends it");
    return;
  }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*this ends it*");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/base/log/redact", test_redact);
  g_test_add_func ("/base/log/redact-odd", test_redact_odd);
  g_test_add_func ("/base/log/ring", test_ring);
  g_test_add_func ("/base/log/fatal", test_fatal);
  return g_test_run ();
}
