/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The menu that filters are added from. Its actions: `search.begin` with the name of an
 * operator whose value is still to be chosen, `search.choose-day`, `search.add` with name
 * and value, `search.copy`. */
GMenuModel *uc_search_menu_new (gboolean show_flags) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
