/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What follows from what the screen shows of a timeline: near an end more is read, far
 * from it some is let go, and a hole in view is filled.
 */

#include "config.h"

#include "uc-timeline-private.h"

#include "uc-thread.h"

#include <string.h>

/* Rows left on a side before more is read; messages kept at most; rows around the
 * shown ones in which a hole counts as seen. */
#define NEAR         40
#define MAX_MESSAGES 360
#define MIN_AROUND   (UC_TIMELINE_PAGE + NEAR)
#define SEEN_MARGIN  8

/* A place in the order of messages for any row. */
static gint64
get_seq (UcTimelineItem *item)
{
  UcMessage *message = uc_timeline_item_get_message (item);

  if (message != NULL)
    return message->seq;
  if (_uc_timeline_item_get_before_seq (item) != 0)
    return _uc_timeline_item_get_before_seq (item);
  return UC_SEQ_FROM_MS (uc_timeline_item_get_time_ms (item));
}

/* Lets go of messages on the side that is further from the shown rows. */
void
_uc_timeline_trim (UcTimeline *self)
{
  UcTimelineWindow *window = self->window;
  guint             n = window->messages->len;
  guint             n_above = n, n_below = 0;
  guint             n_excess;

  /* A page under way must fit where it was asked for. */
  if (n <= MAX_MESSAGES || self->load != NULL)
    return;
  n_excess = n - MAX_MESSAGES;
  if (self->first_shown != NULL && self->last_shown != NULL) {
    n_above = _uc_timeline_window_find (window, get_seq (self->first_shown));
    n_below = n - MIN (n, _uc_timeline_window_find (window, get_seq (self->last_shown)));
  }
  if (n_above >= n_below && n_above > MIN_AROUND)
    _uc_timeline_window_trim_older (window, MIN (n_excess, n_above - MIN_AROUND));
  else if (n_below > n_above && n_below > MIN_AROUND)
    _uc_timeline_window_trim_newer (window, MIN (n_excess, n_below - MIN_AROUND));
}

gboolean
_uc_timeline_update_hole (UcTimeline *self, UcTimelineItem *item)
{
  const char       *reason;
  const UcHoleState state = uc_session_get_hole (self->session, self->channel_id,
                                                 _uc_timeline_item_get_before_seq (item), &reason);

  return _uc_timeline_item_set_hole (item, state, reason);
}

void
_uc_timeline_hole_changed (UcSession  *session,
                           const char *channel_id,
                           gint64      before_seq,
                           UcTimeline *self)
{
  if (*self->root_id != '\0' || strcmp (channel_id, self->channel_id) != 0)
    return;
  for (guint i = 0; i < self->items->len; i++) {
    UcTimelineItem *item = self->items->pdata[i];

    if (uc_timeline_item_get_kind (item) != UC_ITEM_HOLE ||
        _uc_timeline_item_get_before_seq (item) != before_seq)
      continue;
    if (_uc_timeline_update_hole (self, item))
      _uc_timeline_item_emit_changed (item);
    return;
  }
}

/* Each hole in view is asked for once; one that left the view may be asked for again.
 * What cannot be had now sync asks for again when it can. */
static void
fill_holes (UcTimeline *self, guint first, guint last)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable) asked = NULL;

  first = first > SEEN_MARGIN ? first - SEEN_MARGIN : 0;
  last = MIN (last + SEEN_MARGIN, self->items->len - 1);
  for (guint i = first; i <= last; i++) {
    UcTimelineItem *item = self->items->pdata[i];
    gint64          before_seq = _uc_timeline_item_get_before_seq (item);

    if (uc_timeline_item_get_kind (item) == UC_ITEM_HOLE)
      g_hash_table_add (seen, g_memdup2 (&before_seq, sizeof before_seq));
  }

  asked = g_steal_pointer (&self->asked);
  self->asked = g_hash_table_ref (seen);
  if (g_hash_table_size (seen) > 0) {
    GHashTableIter iter;
    gpointer       key;

    g_hash_table_iter_init (&iter, seen);
    while (g_hash_table_iter_next (&iter, &key, NULL)) {
      if (!g_hash_table_contains (asked, key))
        uc_session_fill_hole (self->session, self->channel_id, *(gint64 *) key);
    }
  }
}

/* Unread messages are passed over when something newer is shown while some of them have
 * not been: one went to the end, or to a day. */
static void
look_for_skipped (UcTimeline *self, guint first, guint last)
{
  const UcTimelineWindow *window = self->window;
  const gint64            first_seq = get_seq (self->items->pdata[first]);
  const gint64            last_seq = get_seq (self->items->pdata[last]);

  if (self->divider_ms == 0)
    return;
  if (self->seen_seq == 0)
    self->seen_seq = UC_SEQ_FROM_MS (self->divider_ms + 1) - 1;
  if (first_seq <= self->seen_seq || (window->lo_seq <= self->seen_seq &&
                                      _uc_timeline_window_find (window, first_seq) <=
                                          _uc_timeline_window_find (window, self->seen_seq + 1))) {
    self->seen_seq = MAX (self->seen_seq, last_seq);
    _uc_timeline_set_skipped (self, 0);
  } else {
    _uc_timeline_set_skipped (self, MAX (self->n_unread, 1));
  }
}

/* After every change of what is there or what is shown. */
void
_uc_timeline_look_around (UcTimeline *self)
{
  guint first, last;

  if (!self->is_open || self->first_shown == NULL || self->last_shown == NULL ||
      !g_ptr_array_find (self->items, self->first_shown, &first) ||
      !g_ptr_array_find (self->items, self->last_shown, &last))
    return;

  /* Between two messages with nothing but a hole in view. */
  if (first > last) {
    guint lower = first;

    first = last;
    last = lower;
  }
  look_for_skipped (self, first, last);
  fill_holes (self, first, last);
  if (self->load != NULL)
    return;
  if (_uc_timeline_window_has_older (self->window) && first < NEAR)
    _uc_timeline_load_older (self);
  else if (_uc_timeline_window_has_newer (self->window) && self->items->len - 1 - last < NEAR)
    _uc_timeline_load_newer (self);
}

static gboolean
is_message (UcTimeline *self, guint position)
{
  return uc_timeline_item_get_message (self->items->pdata[position]) != NULL;
}

/* The row of a message at @position, or next to it in the direction of @step, or in the
 * other: a day or a hole moves away when something comes between, a message does not. */
static UcTimelineItem *
find_message (UcTimeline *self, guint position, int step)
{
  for (int direction = step; direction == step || direction == -step; direction -= 2 * step) {
    for (guint i = position; i < self->items->len; i += (guint) direction) {
      if (is_message (self, i))
        return self->items->pdata[i];
    }
  }
  return self->items->pdata[position];
}

/**
 * uc_timeline_set_shown:
 * @self: a timeline
 * @first: position of the first row that is shown
 * @last: position of the last row that is shown
 *
 * The window slides and holes fill by it. Main thread.
 */
void
uc_timeline_set_shown (UcTimeline *self, guint first, guint last)
{
  g_return_if_fail (UC_IS_TIMELINE (self));
  UC_ASSERT_MAIN_THREAD ();

  if (self->items->len == 0)
    return;
  last = MIN (last, self->items->len - 1);
  first = MIN (first, last);
  g_set_object (&self->first_shown, find_message (self, first, 1));
  g_set_object (&self->last_shown, find_message (self, last, -1));
  _uc_timeline_look_around (self);
}

/**
 * uc_timeline_retry_hole:
 * @self: a timeline
 * @hole: an item of it
 *
 * Asks once more for what is missing there. Main thread.
 */
void
uc_timeline_retry_hole (UcTimeline *self, UcTimelineItem *hole)
{
  g_return_if_fail (UC_IS_TIMELINE (self));
  g_return_if_fail (uc_timeline_item_get_kind (hole) == UC_ITEM_HOLE);
  UC_ASSERT_MAIN_THREAD ();

  uc_session_fill_hole (self->session, self->channel_id, _uc_timeline_item_get_before_seq (hole));
}

/**
 * uc_timeline_get_n_skipped:
 * @self: a timeline
 *
 * Returns: how many messages were unread on opening, while some of them were passed over;
 *   else 0
 */
guint
uc_timeline_get_n_skipped (UcTimeline *self)
{
  g_return_val_if_fail (UC_IS_TIMELINE (self), 0);

  return self->n_skipped;
}

/**
 * uc_timeline_clear_divider:
 * @self: a timeline
 *
 * The unread divider goes; nothing else brings it back but opening again. Main thread.
 */
void
uc_timeline_clear_divider (UcTimeline *self)
{
  g_return_if_fail (UC_IS_TIMELINE (self));
  UC_ASSERT_MAIN_THREAD ();

  if (self->divider_ms == 0)
    return;
  self->divider_ms = 0;
  _uc_timeline_set_skipped (self, 0);
  _uc_timeline_schedule (self);
}
