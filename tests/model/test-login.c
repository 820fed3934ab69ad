/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-login.h"

static void
test_life (void)
{
  g_autoptr (UcLogin) login = uc_login_new ();
  g_autoptr (UcLogin) same = uc_login_ref (login);

  g_assert_true (same == login);
  g_assert_cmpstr (login->device, ==, "");
  g_assert_cmpint (login->expires_at_ms, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/model/login/life", test_life);
  return g_test_run ();
}
