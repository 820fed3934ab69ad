/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-sidebar.h"

G_BEGIN_DECLS

/* The menu of a conversation in the sidebar and the actions behind it, which stand in a
 * group named "sidebar". */

GMenuModel *uc_sidebar_menu_new_model (UcSidebarItem *item) G_GNUC_WARN_UNUSED_RESULT;
void        uc_sidebar_menu_add_actions (GSimpleActionGroup *actions, UcSession *session);
void        uc_sidebar_menu_remove_actions (GSimpleActionGroup *actions);

G_END_DECLS
