/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-sidebar-item-private.h"

G_BEGIN_DECLS

#define UC_N_SECTIONS (UC_SECTION_DIRECT + 1)

struct _UcSidebar
{
  GObject        parent_instance;

  UcSession     *session;     /* (owned) */
  UcStore       *store;       /* (owned) */
  UcDirectory   *directory;   /* (owned) */
  GCancellable  *cancellable; /* (owned) cancelled in dispose */

  GHashTable    *by_channel;  /* (owned) (key: unowned) (value: owned UcSidebarItem) all teams */
  UcSidebarItem *headings[UC_N_SECTIONS]; /* (owned) */
  GPtrArray     *items;       /* (owned) (element-type UcSidebarItem) what shows */
  GPtrArray     *teams;       /* (owned) (element-type UcTeam) by the user's order */
  char          *team_id;     /* (owned) */
  char          *team_order;  /* (owned) the preference: ids by comma */

  /* What is to be done before the next frame. */
  guint          update_id;
  GHashTable    *dirty;       /* (owned) a set of channel ids to read again */
  GHashTable    *renamed;     /* (owned) a set of user ids */
  gboolean       reads_all;
  gboolean       reads_teams;
  gboolean       asks_presence;
};

/* Of uc-sidebar.c. */
void _uc_sidebar_set_teams    (UcSidebar      *self,
                               GPtrArray      *teams);
/* Takes @state; (nullable) for a channel that is gone. */
void _uc_sidebar_set_state    (UcSidebar      *self,
                               const char     *channel_id,
                               UcChannelState *state);
/* Takes the elements of @states. */
void _uc_sidebar_set_states   (UcSidebar      *self,
                               GPtrArray      *states);

/* Of uc-sidebar-place.c: puts items where they belong by now. */
void _uc_sidebar_place_all    (UcSidebar      *self);
void _uc_sidebar_place_many   (UcSidebar      *self,
                               GPtrArray      *moved);

/* Of uc-sidebar-load.c: follows the store, beginning with reading all. */
void _uc_sidebar_connect      (UcSidebar      *self);

G_END_DECLS
