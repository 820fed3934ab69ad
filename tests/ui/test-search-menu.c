/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Categories and priorities are offered with AI mode alone. */

#include "config.h"

#include "uc-search-menu.h"

#include "uc-display.h"

static guint
count (GMenuModel *menu)
{
  guint n = 0;

  for (int i = 0; i < g_menu_model_get_n_items (menu); i++) {
    static const char *const links[] = { G_MENU_LINK_SECTION, G_MENU_LINK_SUBMENU };
    gboolean                 has_link = FALSE;

    for (gsize j = 0; j < G_N_ELEMENTS (links); j++) {
      g_autoptr (GMenuModel) below = g_menu_model_get_item_link (menu, i, links[j]);

      has_link = has_link || below != NULL;
      n += below != NULL ? count (below) : 0;
    }
    n += has_link ? 0 : 1;
  }

  return n;
}

static void
test_flags (void)
{
  g_autoptr (GMenuModel) plain = uc_search_menu_new (FALSE);
  g_autoptr (GMenuModel) all = uc_search_menu_new (TRUE);

  /* Three to choose, three and four marks, copying; seven categories, four priorities. */
  g_assert_cmpuint (count (plain), ==, 11);
  g_assert_cmpuint (count (all), ==, 22);
}

int
main (int argc, char **argv)
{
  uc_display_init (&argc, &argv);
  g_test_add_func ("/ui/search-menu/flags", test_flags);

  return g_test_run ();
}
