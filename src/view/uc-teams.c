/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The teams in the user's order. Pure. */

#include "config.h"

#include "uc-teams-private.h"

#include <string.h>

UcTeam *
_uc_teams_find (GPtrArray *teams, const char *team_id)
{
  for (guint i = 0; i < teams->len; i++) {
    if (strcmp (((UcTeam *) teams->pdata[i])->id, team_id) == 0)
      return teams->pdata[i];
  }
  return NULL;
}

static int
compare_teams (gconstpointer a, gconstpointer b)
{
  const UcTeam *first = *(UcTeam *const *) a, *second = *(UcTeam *const *) b;
  int           order = g_utf8_collate (first->display_name, second->display_name);

  return order != 0 ? order : strcmp (first->id, second->id);
}

/* Those the user put in order, then the others by name. */
GPtrArray *
_uc_teams_sort (GPtrArray *teams, const char *order)
{
  GPtrArray *sorted = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_team_unref);
  g_autoptr (GPtrArray) others = g_ptr_array_new ();
  g_auto (GStrv) ids = g_strsplit (order, ",", -1);

  for (guint i = 0; ids[i] != NULL; i++) {
    UcTeam *team = _uc_teams_find (teams, ids[i]);

    if (team != NULL && _uc_teams_find (sorted, ids[i]) == NULL)
      g_ptr_array_add (sorted, uc_team_ref (team));
  }
  for (guint i = 0; i < teams->len; i++) {
    UcTeam *team = teams->pdata[i];

    if (team->delete_at_ms == 0 && _uc_teams_find (sorted, team->id) == NULL)
      g_ptr_array_add (others, team);
  }
  g_ptr_array_sort (others, compare_teams);
  for (guint i = 0; i < others->len; i++)
    g_ptr_array_add (sorted, uc_team_ref (others->pdata[i]));
  return sorted;
}
