/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which rows a stretch of a conversation makes: its messages, and between them where a
 * day begins, where the unread ones begin, where history is missing. Pure.
 *
 * A thread has neither holes nor a beginning: it is fetched as a whole.
 */

#include "config.h"

#include "uc-timeline-layout-private.h"

#include "uc-format-private.h"

#include <string.h>

#define GROUP_MS (5 * 60 * 1000)

typedef struct {
  const UcTimelineWindow *window;
  const UcTimelineLayout *layout;
  GArray                 *rows;
  const UcMessage        *above; /* the message row right above, if nothing is between */
  guint                   next_span;
  gint64                  day_start_ms; /* the day that has been headed: [start, end) */
  gint64                  day_end_ms;
  gboolean                has_divider;
} Layout;

static void
clear_row (gpointer data)
{
  g_free (((UcTimelineRow *) data)->key);
}

/* Takes @key. */
static UcTimelineRow *
add_row (Layout *self, UcItemKind kind, char *key, gint64 time_ms)
{
  UcTimelineRow row = { .kind = kind, .key = key, .time_ms = time_ms };

  g_array_append_val (self->rows, row);
  self->above = NULL;
  return &g_array_index (self->rows, UcTimelineRow, self->rows->len - 1);
}

/* A hole is known by the history above it, which stays while it fills from below. */
static void
add_hole (Layout *self, const UcSpan *above, gint64 before_seq)
{
  char          *key = above != NULL ? g_strdup_printf ("hole:%" G_GINT64_FORMAT, above->hi_seq)
                                     : g_strdup ("hole:top");
  UcTimelineRow *row = add_row (self, UC_ITEM_HOLE, key, UC_SEQ_TO_MS (before_seq));

  row->before_seq = before_seq;
}

/* Before the first message of the window: does the conversation begin here? */
static void
add_top (Layout *self)
{
  const GArray *spans = self->window->spans;

  if (_uc_timeline_window_has_older (self->window))
    return;
  if (spans->len > 0 && g_array_index (spans, UcSpan, 0).reaches_start)
    add_row (self, UC_ITEM_START, g_strdup ("start"), 0);
}

/* Before a message: the holes between the spans that end above it and those that begin
 * at it. Messages that lie in a hole are known alone; the hole stands below them. */
static void
add_holes (Layout *self, gint64 seq)
{
  const GArray *spans = self->window->spans;

  for (; self->next_span < spans->len; self->next_span++) {
    const UcSpan *span = &g_array_index (spans, UcSpan, self->next_span);
    const UcSpan *above = self->next_span > 0 ? span - 1 : NULL;

    if (span->lo_seq > seq)
      return;
    /* What begins above the window has its hole there. */
    if (span->lo_seq < self->window->lo_seq || (above == NULL && span->reaches_start))
      continue;
    add_hole (self, above, span->lo_seq);
  }
}

/* Where nothing is known to be complete, all above the oldest message is missing. */
static void
add_unknown (Layout *self)
{
  const UcTimelineWindow *window = self->window;
  const UcMessage        *oldest = window->messages->len > 0 ? window->messages->pdata[0] : NULL;

  if (window->spans->len == 0 && !_uc_timeline_window_has_older (window))
    add_hole (self, NULL, oldest != NULL ? oldest->seq : 0);
}

static void
add_day (Layout *self, gint64 time_ms)
{
  if (time_ms >= self->day_start_ms && time_ms < self->day_end_ms)
    return;
  _uc_format_get_day_bounds (time_ms, &self->day_start_ms, &self->day_end_ms);
  add_row (self, UC_ITEM_DAY, g_strdup_printf ("day:%" G_GINT64_FORMAT, self->day_start_ms),
           self->day_start_ms);
}

/* Before the first message that was unread on opening and is not one's own, if what
 * comes before it is in the window. */
static void
add_divider (Layout *self, const UcMessage *message, guint index)
{
  const UcPost *post = message->post;

  if (self->has_divider || self->layout->divider_ms == 0 ||
      post->create_at_ms <= self->layout->divider_ms ||
      strcmp (post->user_id, self->layout->my_user_id) == 0)
    return;
  self->has_divider = TRUE;
  if (index == 0 && _uc_timeline_window_has_older (self->window))
    return;
  add_row (self, UC_ITEM_UNREAD, g_strdup ("unread"), post->create_at_ms);
}

static gboolean
continues (const UcMessage *above, const UcMessage *message)
{
  const UcPost *first, *second = message->post;
  gint64        distance;

  if (above == NULL)
    return FALSE;
  first = above->post;
  distance = second->create_at_ms - first->create_at_ms;
  return strcmp (first->user_id, second->user_id) == 0 &&
         strcmp (first->root_id, second->root_id) == 0 &&
         g_strcmp0 (first->override_name, second->override_name) == 0 && distance >= 0 &&
         distance < GROUP_MS;
}

static void
add_message (Layout *self, UcMessage *message, guint index)
{
  gboolean         is_system = uc_post_is_system (message->post);
  const UcMessage *above;
  UcTimelineRow   *row;

  if (*self->window->root_id == '\0')
    add_holes (self, message->seq);
  add_day (self, UC_SEQ_TO_MS (message->seq));
  add_divider (self, message, index);

  above = self->above;
  row = add_row (self, is_system ? UC_ITEM_SYSTEM : UC_ITEM_MESSAGE, g_strdup (message->key),
                 message->post->create_at_ms);
  row->message = message;
  row->is_grouped = !is_system && continues (above, message);
  self->above = is_system ? NULL : message;
}

GArray *
_uc_timeline_layout_rows (const UcTimelineWindow *window, const UcTimelineLayout *layout)
{
  Layout self = { .window = window, .layout = layout };

  self.rows = g_array_new (FALSE, FALSE, sizeof (UcTimelineRow));
  g_array_set_clear_func (self.rows, clear_row);
  if (*window->root_id == '\0') {
    add_top (&self);
    add_unknown (&self);
  }
  for (guint i = 0; i < window->messages->len; i++)
    add_message (&self, window->messages->pdata[i], i);
  /* A span that begins where no message is left, its first having been deleted. */
  if (*window->root_id == '\0' && !_uc_timeline_window_has_newer (window))
    add_holes (&self, G_MAXINT64);
  return self.rows;
}
