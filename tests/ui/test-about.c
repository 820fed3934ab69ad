/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The debug information says enough for a bug report, and nothing of what people wrote. */

#include "config.h"

#include "uc-about.h"

#include "uc-account-fixture.h"
#include "uc-display.h"

static void
test_without_account (void)
{
  g_autofree char *info = uc_about_dup_debug_info (NULL);

  g_assert_nonnull (strstr (info, "Unified Chat " UC_VERSION));
  g_assert_nonnull (strstr (info, "GTK 4."));
  g_assert_nonnull (strstr (info, "No account."));
}

static void
test_with_account (void)
{
  g_autoptr (UcAccountFixture) fixture = uc_account_fixture_new ();
  g_autofree char *info = uc_about_dup_debug_info (fixture->account);

  g_assert_nonnull (strstr (info, "Sync: "));
  g_assert_nonnull (strstr (info, "Store: read and write; teams: 2"));
  for (guint i = 0; i < UC_N_FLAGS; i++)
    g_assert_nonnull (strstr (info, uc_flag_get_name ((UcFlagId) i)));
  g_assert_null (strstr (info, "pump"));
  g_assert_null (strstr (info, "Keller"));
  g_assert_null (strstr (info, "Surgery"));
}

int
main (int argc, char **argv)
{
  uc_display_init (&argc, &argv);

  g_test_add_func ("/ui/about/without-account", test_without_account);
  g_test_add_func ("/ui/about/with-account", test_with_account);

  return g_test_run ();
}
