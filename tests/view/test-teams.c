/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-teams-private.h"

static void
add_team (GPtrArray *teams, const char *id, const char *name, gint64 delete_at_ms)
{
  UcTeam *team = uc_team_new ();

  g_free (team->id);
  g_free (team->display_name);
  team->id = g_strdup (id);
  team->display_name = g_strdup (name);
  team->delete_at_ms = delete_at_ms;
  g_ptr_array_add (teams, team);
}

static void
assert_order (GPtrArray *teams, const char *order, const char *expected)
{
  g_autoptr (GPtrArray) sorted = _uc_teams_sort (teams, order);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < sorted->len; i++)
    g_string_append (text, ((UcTeam *) sorted->pdata[i])->id);
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_order (void)
{
  g_autoptr (GPtrArray) teams = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_team_unref);

  assert_order (teams, "a,b", "");
  add_team (teams, "c", "Clinic", 0);
  add_team (teams, "a", "Zoo", 0);
  add_team (teams, "b", "Bakery", 0);
  add_team (teams, "d", "Archived", 5);
  assert_order (teams, "", "bca");
  assert_order (teams, "a,c", "acb");
  /* What is not there, twice there or empty does no harm. */
  assert_order (teams, "x,c,,c,a", "cab");
  g_assert_cmpstr (_uc_teams_find (teams, "b")->display_name, ==, "Bakery");
  g_assert_null (_uc_teams_find (teams, "x"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/view/teams/order", test_order);
  return g_test_run ();
}
