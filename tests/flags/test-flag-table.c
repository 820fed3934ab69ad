/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-flags.h"

#include <string.h>

static void
test_names (void)
{
  UcFlagId flag = UC_FLAG_realtime_features;

  for (guint i = 0; i < UC_N_FLAGS; i++) {
    const char *name = uc_flag_get_name ((UcFlagId) i);

    g_assert_cmpuint (strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789_"), ==, strlen (name));
    g_assert_cmpstr (uc_flag_get_description ((UcFlagId) i), !=, "");
    g_assert_true (uc_flag_from_name (name, &flag));
    g_assert_cmpuint (flag, ==, i);
  }
  g_assert_cmpstr (uc_flag_get_name (UC_FLAG_ai_mode), ==, "ai_mode");
  g_assert_true (uc_flag_from_name ("virtual-scrolling", &flag));
  g_assert_cmpuint (flag, ==, UC_FLAG_virtual_scrolling);
  g_assert_false (uc_flag_from_name ("Virtual_Scrolling", &flag));
  g_assert_false (uc_flag_from_name ("", &flag));
  g_assert_false (uc_flag_from_name ("ai_mode ", &flag));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/flags/table/names", test_names);
  return g_test_run ();
}
