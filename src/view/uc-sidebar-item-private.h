/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-sidebar.h"

G_BEGIN_DECLS

UcSidebarItem  *_uc_sidebar_item_new_heading  (UcSection       section,
                                               const char     *title) G_GNUC_WARN_UNUSED_RESULT;
/* Takes @state. */
UcSidebarItem  *_uc_sidebar_item_new          (UcChannelState *state,
                                               const char     *my_user_id) G_GNUC_WARN_UNUSED_RESULT;
/* Takes @state. */
void            _uc_sidebar_item_set_state    (UcSidebarItem  *self,
                                               UcChannelState *state);
void            _uc_sidebar_item_set_title    (UcSidebarItem  *self,
                                               const char     *title);
void            _uc_sidebar_item_set_presence (UcSidebarItem  *self,
                                               UcPresence      presence);
void            _uc_sidebar_item_set_typing   (UcSidebarItem  *self,
                                               gboolean        is_typing);

UcChannelState *_uc_sidebar_item_get_state    (UcSidebarItem  *self);
gboolean        _uc_sidebar_item_is_in_team   (UcSidebarItem  *self,
                                               const char     *team_id);
gint64          _uc_sidebar_item_get_newest   (UcSidebarItem  *self);
/* The order of the sidebar; never 0 for two items. */
int             _uc_sidebar_item_compare      (UcSidebarItem  *first,
                                               UcSidebarItem  *second);

G_END_DECLS
