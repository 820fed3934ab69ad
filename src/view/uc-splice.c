/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Makes one list of objects into another by the fewest contiguous changes, so that a
 * model can work out what it should hold and leave items-changed to this. Objects that
 * keep their order stay; one that moves goes and comes again.
 */

#include "config.h"

#include "uc-splice-private.h"

#define ABSENT G_MAXUINT

/* Of @positions (old positions in their new order, each once, or ABSENT) marks in @stays
 * a longest row that rises: what need not move. */
static void
mark_longest_rise (const guint *positions, guint n, gboolean *stays)
{
  g_autofree guint *tails = g_new (guint, n + 1);    /* where the best row of a length ends */
  g_autofree guint *previous = g_new (guint, n + 1); /* what comes before it there */
  guint             longest = 0;

  for (guint i = 0; i < n; i++) {
    guint low = 0, high = longest;

    stays[i] = FALSE;
    if (positions[i] == ABSENT)
      continue;
    while (low < high) {
      guint middle = low + (high - low) / 2;

      if (positions[tails[middle]] < positions[i])
        low = middle + 1;
      else
        high = middle;
    }
    previous[i] = low > 0 ? tails[low - 1] : ABSENT;
    tails[low] = i;
    longest = MAX (longest, low + 1);
  }
  for (guint i = longest > 0 ? tails[longest - 1] : ABSENT; i != ABSENT; i = previous[i])
    stays[i] = TRUE;
}

static void
replace (GListModel *model,
         GPtrArray  *items,
         guint       position,
         guint       n_removed,
         GPtrArray  *wanted,
         guint       first,
         guint       n_added)
{
  if (n_removed == 0 && n_added == 0)
    return;
  if (n_removed > 0)
    g_ptr_array_remove_range (items, position, n_removed);
  for (guint i = 0; i < n_added; i++)
    g_ptr_array_insert (items, (int) (position + i), g_object_ref (wanted->pdata[first + i]));
  g_list_model_items_changed (model, position, n_removed, n_added);
}

/* Writes down for each wanted object of the middle where it is in the old list. */
static void
find_positions (GPtrArray *items, GPtrArray *wanted, guint head, guint tail, guint *positions)
{
  g_autoptr (GHashTable) where = g_hash_table_new (NULL, NULL);

  for (guint i = head; i < items->len - tail; i++)
    g_hash_table_insert (where, items->pdata[i], GUINT_TO_POINTER (i + 1));
  for (guint i = head; i < wanted->len - tail; i++)
    positions[i - head] = GPOINTER_TO_UINT (g_hash_table_lookup (where, wanted->pdata[i])) - 1;
}

/* Takes out what is wanted elsewhere, so that no object is ever there twice. */
static gboolean
remove_movers (GListModel     *model,
               GPtrArray      *items,
               const guint    *positions,
               const gboolean *stays,
               guint           n,
               guint           head)
{
  g_autofree guint8 *is_mover = g_new0 (guint8, items->len + 1);
  gboolean           has_movers = FALSE;

  for (guint i = 0; i < n; i++) {
    if (positions[i] != ABSENT && !stays[i]) {
      is_mover[positions[i]] = 1;
      has_movers = TRUE;
    }
  }
  for (guint end = items->len; has_movers && end > head; end--) {
    guint start = end;

    while (start > head && is_mover[start - 1])
      start--;
    if (start < end) {
      replace (model, items, start, end - start, NULL, 0, 0);
      end = start + 1;
    }
  }
  return has_movers;
}

/**
 * _uc_splice_apply:
 * @model: whose items change
 * @items: (element-type GObject): what @model holds; frees with g_object_unref()
 * @wanted: (element-type GObject): what it should hold, each object once; owns them
 *
 * Emits items-changed for each contiguous change, with @items as they are by then.
 */
void
_uc_splice_apply (GListModel *model, GPtrArray *items, GPtrArray *wanted)
{
  guint                head = 0, tail = 0;
  guint                n_middle;
  g_autofree guint    *positions = NULL;
  g_autofree gboolean *stays = NULL;

  while (head < items->len && head < wanted->len && items->pdata[head] == wanted->pdata[head])
    head++;
  while (tail < items->len - head && tail < wanted->len - head &&
         items->pdata[items->len - 1 - tail] == wanted->pdata[wanted->len - 1 - tail])
    tail++;
  n_middle = wanted->len - head - tail;
  if (n_middle == 0 || items->len == head + tail) {
    replace (model, items, head, items->len - head - tail, wanted, head, n_middle);
    return;
  }

  positions = g_new (guint, n_middle);
  stays = g_new (gboolean, n_middle);
  find_positions (items, wanted, head, tail, positions);
  mark_longest_rise (positions, n_middle, stays);
  if (remove_movers (model, items, positions, stays, n_middle, head)) {
    _uc_splice_apply (model, items, wanted);
    return;
  }

  /* From the end, so that old positions further up hold. @old_end is how far the old
   * list has not been dealt with. */
  for (guint end = n_middle, old_end = items->len - tail;;) {
    guint start = end;
    guint old_start = head;

    while (start > 0 && !stays[start - 1])
      start--;
    if (start > 0)
      old_start = positions[start - 1] + 1;
    replace (model, items, old_start, old_end - old_start, wanted, head + start, end - start);
    if (start == 0)
      break;
    end = start - 1;
    old_end = positions[start - 1];
  }
}
