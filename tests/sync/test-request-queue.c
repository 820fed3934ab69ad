/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which refusals end the session; the gate itself is tried in
 * tests/integration/test-sync-requests.c. */

#include "config.h"

#include "uc-request-queue-private.h"

#include "uc-error.h"

static void
test_session_end (void)
{
  g_autoptr (GError) auth = g_error_new_literal (UC_ERROR, UC_ERROR_AUTH, "no");
  g_autoptr (GError) forbidden = g_error_new_literal (UC_ERROR, UC_ERROR_FORBIDDEN, "no");

  g_assert_true (_uc_request_is_session_end (auth, "api.context.session_expired.app_error"));
  g_assert_true (_uc_request_is_session_end (auth, "api.context.invalid_token.error"));
  g_assert_false (_uc_request_is_session_end (auth, "api.team.delete.not_enabled.app_error"));
  g_assert_false (_uc_request_is_session_end (auth, ""));
  g_assert_false (_uc_request_is_session_end (forbidden, "api.context.session_expired.app_error"));
  g_assert_false (_uc_request_is_session_end (NULL, "api.context.session_expired.app_error"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/sync/request-queue/session-end", test_session_end);
  return g_test_run ();
}
