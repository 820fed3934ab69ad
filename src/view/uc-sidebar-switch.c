/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conversations of all teams: those that fit what was typed into the quick switcher, those
 * with something unread, and what in: of a search names. */

#include "config.h"

#include "uc-match-private.h"
#include "uc-sidebar-private.h"
#include "uc-thread.h"

#include <string.h>

#define MAX_FOUND 50

typedef struct {
  UcSidebarItem *item; /* (unowned) */
  UcMatch        match;
  int            attention; /* 2: mentions, 1: unread */
} Found;

static UcMatch
match_item (UcSidebar *self, UcSidebarItem *item, const char *folded)
{
  const char *partner_id = uc_sidebar_item_get_partner_id (item);
  UcMatch     best = _uc_match_name (folded, uc_sidebar_item_get_title (item));
  UcUser     *partner;

  if (*partner_id == '\0')
    return MAX (best, _uc_match_name (folded, uc_sidebar_item_get_channel (item)->name));
  partner = uc_directory_get_user (self->directory, partner_id);
  if (partner != NULL) {
    best = MAX (best, _uc_match_name (folded, partner->username));
    best = MAX (best, _uc_match_name (folded, partner->nickname));
  }
  return best;
}

static int
compare_found (gconstpointer a, gconstpointer b)
{
  const Found *first = a, *second = b;
  gint64       newest = _uc_sidebar_item_get_newest (first->item);
  gint64       other_newest = _uc_sidebar_item_get_newest (second->item);

  if (first->attention != second->attention)
    return second->attention - first->attention;
  if (first->match != second->match)
    return (int) second->match - (int) first->match;
  if (newest != other_newest)
    return newest > other_newest ? -1 : 1;
  return _uc_sidebar_item_compare (first->item, second->item);
}

/**
 * uc_sidebar_switch_to:
 * @self: a sidebar
 * @text: what was typed; "" finds all
 *
 * Unread ones first, then how well they fit, then the newest. Main thread.
 *
 * Returns: (transfer full): a #GListModel of #UcSidebarItem; it does not change
 */
GListModel *
uc_sidebar_switch_to (UcSidebar *self, const char *text)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (Found));
  g_autofree char *folded = NULL;
  GListStore      *list;
  GHashTableIter   iter;
  gpointer         item;

  g_return_val_if_fail (UC_IS_SIDEBAR (self), NULL);
  g_return_val_if_fail (text != NULL, NULL);
  UC_ASSERT_MAIN_THREAD ();

  folded = g_strstrip (_uc_match_dup_folded (text));
  g_hash_table_iter_init (&iter, self->by_channel);
  while (g_hash_table_iter_next (&iter, NULL, &item)) {
    Found one = { .item = item, .match = match_item (self, item, folded) };

    if (one.match == UC_MATCH_NONE)
      continue;
    one.attention = uc_sidebar_item_get_mentions (item) > 0 ? 2
                    : uc_sidebar_item_get_unread (item) > 0 ? 1
                                                            : 0;
    /* All of nothing fit alike. */
    if (*folded == '\0')
      one.match = UC_MATCH_START;
    g_array_append_val (found, one);
  }
  g_array_sort (found, compare_found);

  list = g_list_store_new (UC_TYPE_SIDEBAR_ITEM);
  for (guint i = 0; i < MIN (found->len, MAX_FOUND); i++)
    g_list_store_append (list, g_array_index (found, Found, i).item);
  return G_LIST_MODEL (list);
}

/**
 * uc_sidebar_dup_unread:
 * @self: a sidebar
 *
 * Main thread.
 *
 * Returns: (transfer container) (element-type UcSidebarItem): conversations of all teams
 *   with something unread; of muted ones only those with a mention
 */
GPtrArray *
uc_sidebar_dup_unread (UcSidebar *self)
{
  GPtrArray     *unread;
  GHashTableIter iter;
  gpointer       item;

  g_return_val_if_fail (UC_IS_SIDEBAR (self), NULL);
  UC_ASSERT_MAIN_THREAD ();

  unread = g_ptr_array_new ();
  g_hash_table_iter_init (&iter, self->by_channel);
  while (g_hash_table_iter_next (&iter, NULL, &item)) {
    if (uc_sidebar_item_get_mentions (item) > 0 ||
        (uc_sidebar_item_get_unread (item) > 0 && !uc_sidebar_item_is_muted (item)))
      g_ptr_array_add (unread, item);
  }
  return unread;
}

/* As the store compares names. */
static char *
fold_name (const char *name)
{
  g_autofree char *normal = g_utf8_normalize (name, -1, G_NORMALIZE_ALL_COMPOSE);

  return g_utf8_casefold (normal != NULL ? normal : "", -1);
}

/**
 * uc_sidebar_find_named:
 * @self: a sidebar
 * @name: the name, the title or the id of a conversation
 *
 * Main thread.
 *
 * Returns: (transfer none) (nullable): the only conversation that is called so
 */
UcSidebarItem *
uc_sidebar_find_named (UcSidebar *self, const char *name)
{
  g_autofree char *folded = NULL;
  UcSidebarItem   *found = NULL;
  GHashTableIter   iter;
  gpointer         item;

  g_return_val_if_fail (UC_IS_SIDEBAR (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);
  UC_ASSERT_MAIN_THREAD ();

  folded = fold_name (name);
  g_hash_table_iter_init (&iter, self->by_channel);
  while (g_hash_table_iter_next (&iter, NULL, &item)) {
    const UcChannel *channel = uc_sidebar_item_get_channel (item);
    g_autofree char *title = fold_name (uc_sidebar_item_get_title (item));

    if (!g_str_equal (channel->name, folded) && !g_str_equal (channel->id, folded) &&
        !g_str_equal (title, folded))
      continue;
    if (found != NULL)
      return NULL;
    found = item;
  }
  return found;
}
