/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-team.h"

static void
test_life (void)
{
  g_autoptr (UcTeam) team = uc_team_new ();
  g_autoptr (UcTeam) same = uc_team_ref (team);

  g_assert_true (same == team);
  g_assert_cmpint (team->type, ==, 'O');
  g_assert_cmpstr (team->invite_id, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/model/team/life", test_life);
  return g_test_run ();
}
