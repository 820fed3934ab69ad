/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a timeline follows its model: live rows move with their items, so that the layout
 * after a change still finds its anchor. An item that is taken out and put back by the
 * same change keeps its row. */

#include "config.h"

#include "uc-timeline-view-private.h"

#include "uc-row-announce.h"

/* Items that came are compared with those that went only while they are few: a whole
 * new list has nothing to keep. */
#define MAX_COMPARED 1024u

/* New rows that are read out one by one. */
#define MAX_ANNOUNCED 3u

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const UcTimelineRow *row_a = a, *row_b = b;

  return row_a->position < row_b->position ? -1 : row_a->position > row_b->position;
}

/* Where each live item of the removed stretch has come back to: item -> position + 1. */
static GHashTable *
find_returned (UcTimelineView *self, guint position, guint n_removed, guint n_added)
{
  g_autoptr (GHashTable) returned = g_hash_table_new (NULL, NULL);

  if (n_removed == 0 || n_added == 0 || n_added > MAX_COMPARED)
    return g_steal_pointer (&returned);

  for (guint i = 0; i < self->rows->len; i++) {
    UcTimelineRow *row = g_ptr_array_index (self->rows, i);

    if (row->position >= position && row->position < position + n_removed)
      g_hash_table_insert (returned, row->item, NULL);
  }
  for (guint i = 0; i < n_added && g_hash_table_size (returned) > 0; i++) {
    g_autoptr (GObject) item = g_list_model_get_item (self->model, position + i);

    if (g_hash_table_contains (returned, item))
      g_hash_table_insert (returned, item, GUINT_TO_POINTER (position + i + 1));
  }

  return g_steal_pointer (&returned);
}

static void
announce (UcTimelineView *self, guint position, guint n_added)
{
  if (self->funcs->dup_announcement == NULL || n_added > MAX_ANNOUNCED || !self->sticks_to_end)
    return;

  for (guint i = 0; i < n_added; i++) {
    g_autoptr (GObject) item = g_list_model_get_item (self->model, position + i);
    g_autofree char *text = self->funcs->dup_announcement (item, self->funcs_data);

    if (text != NULL)
      uc_row_announce (GTK_WIDGET (self), text);
  }
}

void
_uc_timeline_view_items_changed (UcTimelineView *self,
                                 guint           position,
                                 guint           n_removed,
                                 guint           n_added)
{
  const guint n_before = uc_timeline_heights_get_n (self->heights);
  g_autoptr (GHashTable) returned = find_returned (self, position, n_removed, n_added);
  double   lost_y = 0;
  gboolean is_any_lost = FALSE;

  uc_timeline_heights_splice (self->heights, position, n_removed, n_added);

  for (guint i = self->rows->len; i > 0; i--) {
    UcTimelineRow *row = g_ptr_array_index (self->rows, i - 1);

    if (row->position >= position + n_removed) {
      row->position += n_added - n_removed;
    } else if (row->position >= position) {
      const guint place = GPOINTER_TO_UINT (g_hash_table_lookup (returned, row->item));

      if (place > 0) {
        row->position = place - 1;
      } else {
        if (!row->is_pinned) {
          lost_y = row->y;
          is_any_lost = TRUE;
        }
        _uc_timeline_view_release_row (self, i - 1);
      }
    }
  }
  g_ptr_array_sort_values (self->rows, compare_rows);

  if (self->has_target && self->target_position >= position + n_removed)
    self->target_position += n_added - n_removed;
  if (self->focus_position != GTK_INVALID_LIST_POSITION &&
      self->focus_position >= position + n_removed)
    self->focus_position += n_added - n_removed;
  /* Everything that was seen is gone: what took its place stands where it stood. */
  if (self->rows->len == 0 && is_any_lost && !self->at_end && !self->has_target)
    _uc_timeline_view_set_target (self, position, UC_TIMELINE_TOP, lost_y);

  _uc_timeline_select_items_changed (self, position, n_removed, n_added);
  if (position == n_before && n_before > 0)
    announce (self, position, n_added);

  self->is_range_stale = TRUE;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}
