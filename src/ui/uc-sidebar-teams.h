/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-sidebar.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UcSidebarTeams:
 *
 * The title of the sidebar: the team that is shown, and a list of one's teams with
 * their unread counts to change it. With a single team it is only a title.
 */
#define UC_TYPE_SIDEBAR_TEAMS (uc_sidebar_teams_get_type ())
G_DECLARE_FINAL_TYPE (UcSidebarTeams, uc_sidebar_teams, UC, SIDEBAR_TEAMS, GtkWidget)

void uc_sidebar_teams_set_sidebar (UcSidebarTeams *self, UcSidebar *sidebar);

G_END_DECLS
