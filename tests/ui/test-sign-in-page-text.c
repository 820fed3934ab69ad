/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each way a sign-in can fail has words of its own. */

#include "config.h"

#include "uc-sign-in-page-text.h"

#include "uc-error.h"

static char *
dup_text (UcErrorCode code, UcSignInAttempt attempt)
{
  g_autoptr (GError) error = g_error_new (UC_ERROR, (int) code, "HTTP 4711");

  return uc_sign_in_page_dup_error_text (error, attempt);
}

/* No code may fall through to what only a programmer understands, but those whose
 * message is made for the user. */
static void
test_every_code (void)
{
  for (int code = UC_ERROR_OFFLINE; code <= UC_ERROR_DISABLED; code++) {
    g_autofree char *text = dup_text ((UcErrorCode) code, UC_SIGN_IN_PASSWORD);

    if (code == UC_ERROR_FORBIDDEN || code == UC_ERROR_INVALID)
      g_assert_cmpstr (text, ==, "HTTP 4711");
    else {
      g_assert_null (strstr (text, "4711"));
      g_assert_true (g_str_has_suffix (text, ".") || g_str_has_suffix (text, "?"));
    }
  }
}

static void
test_refusals_differ (void)
{
  g_autofree char *password = dup_text (UC_ERROR_AUTH, UC_SIGN_IN_PASSWORD);
  g_autofree char *code = dup_text (UC_ERROR_AUTH, UC_SIGN_IN_CODE);
  g_autofree char *token = dup_text (UC_ERROR_AUTH, UC_SIGN_IN_TOKEN);

  g_assert_cmpstr (password, !=, code);
  g_assert_cmpstr (password, !=, token);
  g_assert_nonnull (strstr (code, "code"));
  g_assert_nonnull (strstr (token, "token"));
}

static void
test_foreign_domain (void)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NO_SPACE, "No space");
  g_autofree char *text = uc_sign_in_page_dup_error_text (error, UC_SIGN_IN_ADOPTING);

  g_assert_cmpstr (text, ==, "No space");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/ui/sign-in-page-text/every-code", test_every_code);
  g_test_add_func ("/ui/sign-in-page-text/refusals-differ", test_refusals_differ);
  g_test_add_func ("/ui/sign-in-page-text/foreign-domain", test_foreign_domain);

  return g_test_run ();
}
