/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which conversations the sidebar shows, and where. */

#include "config.h"

#include "uc-sidebar-private.h"

#include "uc-splice-private.h"

/* A conversation that was put away comes back while something in it is unread. */
static gboolean
is_shown (UcSidebar *self, UcSidebarItem *item)
{
  const UcChannelState *state = _uc_sidebar_item_get_state (item);

  return _uc_sidebar_item_is_in_team (item, self->team_id) &&
         (!state->is_hidden || state->unread > 0 || state->mentions > 0);
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  return _uc_sidebar_item_compare (*(UcSidebarItem *const *) a, *(UcSidebarItem *const *) b);
}

/* Puts @item into the sorted @items. */
static void
insert_sorted (GPtrArray *items, UcSidebarItem *item)
{
  guint low = 0, high = items->len;

  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (_uc_sidebar_item_compare (items->pdata[middle], item) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  g_ptr_array_insert (items, (int) low, g_object_ref (item));
}

/* Favourites are headed only when there are any; the others always, so that one can
 * begin a conversation there. */
static void
update_headings (UcSidebar *self, GPtrArray *wanted)
{
  UcSidebarItem *first = wanted->len > 0 ? wanted->pdata[0] : NULL;

  if (first != NULL && uc_sidebar_item_get_section (first) == UC_SECTION_FAVOURITES)
    insert_sorted (wanted, self->headings[UC_SECTION_FAVOURITES]);
  insert_sorted (wanted, self->headings[UC_SECTION_CHANNELS]);
  insert_sorted (wanted, self->headings[UC_SECTION_DIRECT]);
}

/* All anew. */
void
_uc_sidebar_place_all (UcSidebar *self)
{
  g_autoptr (GPtrArray) wanted = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer       item;

  g_hash_table_iter_init (&iter, self->by_channel);
  while (g_hash_table_iter_next (&iter, NULL, &item)) {
    if (is_shown (self, item))
      g_ptr_array_add (wanted, g_object_ref (item));
  }
  g_ptr_array_sort (wanted, compare_items);
  update_headings (self, wanted);
  _uc_splice_apply (G_LIST_MODEL (self), self->items, wanted);
}

/* @moved may no longer be where they belong, or no longer be at all; the others are. */
void
_uc_sidebar_place_many (UcSidebar *self, GPtrArray *moved)
{
  g_autoptr (GPtrArray) wanted = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) is_moved = g_hash_table_new (NULL, NULL);

  if (moved->len == 0)
    return;
  for (guint i = 0; i < moved->len; i++)
    g_hash_table_add (is_moved, moved->pdata[i]);
  for (guint i = 0; i < self->items->len; i++) {
    UcSidebarItem *item = self->items->pdata[i];

    if (!uc_sidebar_item_is_heading (item) && !g_hash_table_contains (is_moved, item))
      g_ptr_array_add (wanted, g_object_ref (item));
  }
  for (guint i = 0; i < moved->len; i++) {
    UcSidebarItem *item = moved->pdata[i];
    const char    *channel_id = uc_sidebar_item_get_channel (item)->id;

    if (g_hash_table_lookup (self->by_channel, channel_id) == item && is_shown (self, item))
      insert_sorted (wanted, item);
  }
  update_headings (self, wanted);
  _uc_splice_apply (G_LIST_MODEL (self), self->items, wanted);
}
