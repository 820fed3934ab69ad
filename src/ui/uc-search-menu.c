/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The menu “Add filter”. */

#include "config.h"

#include "uc-search-menu.h"

#include "uc-annotation.h"
#include "uc-format.h"

#include <glib/gi18n.h>

static void
append (GMenu *menu, const char *label, const char *action, GVariant *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target_value (item, action, target);
  g_menu_append_item (menu, item);
}

static void
append_begin (GMenu *menu, const char *label, const char *name)
{
  append (menu, label, "search.begin", g_variant_new_string (name));
}

static void
append_add (GMenu *menu, const char *label, const char *name, const char *value)
{
  append (menu, label, "search.add", g_variant_new ("(ss)", name, value));
}

static void
append_marks (GMenu *menu)
{
  g_autoptr (GMenu) has = g_menu_new ();
  g_autoptr (GMenu) is = g_menu_new ();

  append_add (has, _ ("A File"), "has", "file");
  append_add (has, _ ("A Link"), "has", "link");
  append_add (has, _ ("Reactions"), "has", "reaction");
  append_add (is, _ ("Unread"), "is", "unread");
  append_add (is, _ ("Saved"), "is", "saved");
  append_add (is, _ ("Pinned"), "is", "pinned");
  append_add (is, _ ("In a Thread"), "is", "thread");
  /* Translators: a menu of what a message has: a file, a link, reactions. */
  g_menu_append_submenu (menu, C_ ("filter", "With"), G_MENU_MODEL (has));
  /* Translators: a menu of what a message is: unread, saved, pinned. */
  g_menu_append_submenu (menu, C_ ("filter", "State"), G_MENU_MODEL (is));
}

static void
append_flags (GMenu *menu)
{
  g_autoptr (GMenu) categories = g_menu_new ();
  g_autoptr (GMenu) priorities = g_menu_new ();

  for (UcCategory category = UC_CATEGORY_NONE + 1; category < UC_N_CATEGORIES; category++)
    append_add (categories, uc_format_category (category), "category",
                uc_category_to_string (category));
  for (UcPriority priority = UC_PRIORITY_CRITICAL; priority > UC_PRIORITY_NONE; priority--)
    append_add (priorities, uc_format_priority (priority), "priority",
                uc_priority_to_string (priority));
  g_menu_append_submenu (menu, _ ("Category"), G_MENU_MODEL (categories));
  g_menu_append_submenu (menu, _ ("Priority"), G_MENU_MODEL (priorities));
}

/**
 * uc_search_menu_new:
 * @show_flags: whether messages have flags of AI mode
 *
 * Returns: (transfer full): the menu
 */
GMenuModel *
uc_search_menu_new (gboolean show_flags)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) choose = g_menu_new ();
  g_autoptr (GMenu) marks = g_menu_new ();
  g_autoptr (GMenu) rest = g_menu_new ();

  append_begin (choose, _ ("From a Person…"), "from");
  append_begin (choose, _ ("In a Conversation…"), "in");
  append (choose, _ ("Before, on or After a Day…"), "search.choose-day", NULL);
  append_marks (marks);
  if (show_flags)
    append_flags (marks);
  append (rest, _ ("_Copy the Search"), "search.copy", NULL);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (choose));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (marks));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (rest));

  return G_MENU_MODEL (menu);
}
