/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is shown: the pages of the store, with what only the server had put between them.
 * One that is older than the last page waits for the page it belongs to, so that nothing
 * is ever put in where somebody has scrolled past the end of what was known.
 */

#include "config.h"

#include "uc-search-private.h"

static gint64
get_seq (UcSearchItem *item)
{
  return uc_search_item_get_message (item)->seq;
}

static void
insert (UcSearch *self, guint position, UcSearchItem *item)
{
  g_ptr_array_insert (self->items, (int) position, g_object_ref (item));
  if (uc_search_item_is_from_server (item))
    self->n_from_server++;
}

/* Its place in time, which is that of the list. */
static guint
find_place (UcSearch *self, gint64 seq)
{
  guint lo = 0;
  guint hi = self->items->len;

  while (lo < hi) {
    guint middle = lo + (hi - lo) / 2;

    if (get_seq (g_ptr_array_index (self->items, middle)) > seq)
      lo = middle + 1;
    else
      hi = middle;
  }
  return lo;
}

static gboolean
is_due (UcSearch *self, UcSearchItem *item)
{
  return !self->has_more || (self->order == UC_SEARCH_NEWEST && get_seq (item) > self->last_seq);
}

/* One at a time: whoever shows the list keeps its place. */
static void
release_held (UcSearch *self)
{
  guint i = 0;

  while (i < self->held->len) {
    g_autoptr (UcSearchItem) item = g_object_ref (g_ptr_array_index (self->held, i));
    guint position;

    if (!is_due (self, item)) {
      i++;
      continue;
    }
    g_ptr_array_remove_index (self->held, i);
    position =
        self->order == UC_SEARCH_NEWEST ? find_place (self, get_seq (item)) : self->items->len;
    insert (self, position, item);
    g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
  }
}

/* By now the store has what the server had: it finds it too. */
static UcSearchItem *
take_held (UcSearch *self, gint64 seq)
{
  for (guint i = 0; i < self->held->len; i++) {
    if (get_seq (g_ptr_array_index (self->held, i)) == seq)
      return g_ptr_array_steal_index (self->held, i);
  }
  return NULL;
}

static gboolean
is_shown (UcSearch *self, gint64 seq)
{
  guint place;

  if (self->order == UC_SEARCH_NEWEST) {
    place = find_place (self, seq);
    return place < self->items->len && get_seq (g_ptr_array_index (self->items, place)) == seq;
  }
  for (guint i = 0; i < self->items->len; i++) {
    if (get_seq (g_ptr_array_index (self->items, i)) == seq)
      return TRUE;
  }
  return FALSE;
}

void
_uc_search_clear (UcSearch *self)
{
  guint n_removed = self->items->len;

  g_ptr_array_set_size (self->items, 0);
  g_ptr_array_set_size (self->held, 0);
  self->n_from_server = 0;
  self->last_seq = 0;
  self->has_more = FALSE;
  if (n_removed > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_removed, 0);
}

void
_uc_search_put_page (UcSearch *self, GPtrArray *hits, gboolean is_first, gboolean has_more)
{
  guint position = is_first ? 0 : self->items->len;
  guint n_removed = is_first ? self->items->len : 0;

  if (is_first) {
    g_ptr_array_set_size (self->items, 0);
    g_ptr_array_set_size (self->held, 0);
    self->n_from_server = 0;
  }
  self->has_more = has_more && self->order == UC_SEARCH_NEWEST;
  for (guint i = 0; i < hits->len; i++) {
    const UcSearchHit *hit = g_ptr_array_index (hits, i);
    g_autoptr (UcSearchItem) item = take_held (self, hit->message->seq);

    if (item == NULL)
      item = _uc_search_item_new (hit, FALSE);
    insert (self, self->items->len, item);
    self->last_seq = hit->message->seq;
  }
  if (n_removed > 0 || self->items->len > position)
    g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed,
                                self->items->len - position);
  release_held (self);
}

/* @hits in any order. */
void
_uc_search_put_from_server (UcSearch *self, GPtrArray *hits)
{
  for (guint i = 0; i < hits->len; i++) {
    const UcSearchHit *hit = g_ptr_array_index (hits, i);
    UcSearchItem      *held = take_held (self, hit->message->seq);

    g_clear_object (&held);
    if (!is_shown (self, hit->message->seq))
      g_ptr_array_add (self->held, _uc_search_item_new (hit, TRUE));
  }
  release_held (self);
}
