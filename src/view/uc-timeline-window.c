/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The stretch of a conversation that a timeline holds: pages of the store put together,
 * and kept up to date by what the store reports. Pure: no loading, no items.
 *
 * A page may have been read before or after a change that is reported; applying a change
 * twice, or one that is already in the page, changes nothing.
 */

#include "config.h"

#include "uc-timeline-window-private.h"

#include <string.h>

#define OPEN_LO G_MININT64
#define OPEN_HI G_MAXINT64

UcTimelineWindow *
_uc_timeline_window_new (const char *channel_id, const char *root_id)
{
  UcTimelineWindow *self = g_new0 (UcTimelineWindow, 1);

  self->channel_id = g_strdup (channel_id);
  self->root_id = g_strdup (root_id);
  self->messages = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_message_unref);
  self->by_key = g_hash_table_new (g_str_hash, g_str_equal);
  self->spans = g_array_new (FALSE, FALSE, sizeof (UcSpan));
  self->lo_seq = OPEN_LO;
  self->hi_seq = OPEN_HI;
  return self;
}

void
_uc_timeline_window_free (UcTimelineWindow *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->by_key);
  g_ptr_array_unref (self->messages);
  g_array_unref (self->spans);
  g_free (self->channel_id);
  g_free (self->root_id);
  g_free (self);
}

gboolean
_uc_timeline_window_has_older (const UcTimelineWindow *self)
{
  return self->lo_seq != OPEN_LO;
}

gboolean
_uc_timeline_window_has_newer (const UcTimelineWindow *self)
{
  return self->hi_seq != OPEN_HI;
}

static UcMessage *
get_message (const UcTimelineWindow *self, guint index)
{
  return self->messages->pdata[index];
}

guint
_uc_timeline_window_find (const UcTimelineWindow *self, gint64 seq)
{
  guint low = 0, high = self->messages->len;

  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (get_message (self, middle)->seq < seq)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

gboolean
_uc_timeline_window_is_covered (const UcTimelineWindow *self, gint64 seq)
{
  for (guint i = 0; i < self->spans->len; i++) {
    const UcSpan *span = &g_array_index (self->spans, UcSpan, i);

    if (span->lo_seq <= seq && seq <= span->hi_seq)
      return TRUE;
  }
  return FALSE;
}

static void
remove_key (UcTimelineWindow *self, const char *key)
{
  UcMessage *message = g_hash_table_lookup (self->by_key, key);
  guint      index;

  if (message == NULL)
    return;
  index = _uc_timeline_window_find (self, message->seq);
  g_assert (index < self->messages->len && get_message (self, index) == message);
  g_hash_table_remove (self->by_key, key);
  g_ptr_array_remove_index (self->messages, index);
}

/* A message that takes the place of an older form of itself. The store gives each place
 * in the order once; one that holds another message by now is a change still to come. */
static void
put (UcTimelineWindow *self, UcMessage *message)
{
  guint index;

  remove_key (self, message->key);
  index = _uc_timeline_window_find (self, message->seq);
  if (index < self->messages->len && get_message (self, index)->seq == message->seq)
    remove_key (self, get_message (self, index)->key);
  g_ptr_array_insert (self->messages, (int) index, uc_message_ref (message));
  g_hash_table_insert (self->by_key, message->key, message);
}

static void
put_all (UcTimelineWindow *self, GPtrArray *messages)
{
  for (guint i = 0; i < messages->len; i++)
    put (self, messages->pdata[i]);
}

static void
update_bounds (UcTimelineWindow *self, gboolean has_older, gboolean has_newer)
{
  guint n = self->messages->len;

  self->lo_seq = has_older && n > 0 ? get_message (self, 0)->seq : OPEN_LO;
  self->hi_seq = has_newer && n > 0 ? get_message (self, n - 1)->seq : OPEN_HI;
}

void
_uc_timeline_window_replace (UcTimelineWindow *self, UcWindow *loaded)
{
  g_hash_table_remove_all (self->by_key);
  g_ptr_array_set_size (self->messages, 0);
  put_all (self, loaded->messages);
  update_bounds (self, loaded->has_older, loaded->has_newer);
}

void
_uc_timeline_window_extend_older (UcTimelineWindow *self, UcWindow *loaded)
{
  put_all (self, loaded->messages);
  update_bounds (self, loaded->has_older, _uc_timeline_window_has_newer (self));
}

void
_uc_timeline_window_extend_newer (UcTimelineWindow *self, UcWindow *loaded)
{
  put_all (self, loaded->messages);
  update_bounds (self, _uc_timeline_window_has_older (self), loaded->has_newer);
}

static gboolean
is_ours (const UcTimelineWindow *self, const UcMessageChange *change)
{
  const UcPost *post = change->message->post;

  if (strcmp (change->channel_id, self->channel_id) != 0)
    return FALSE;
  return *self->root_id == '\0' || strcmp (post->root_id, self->root_id) == 0 ||
         strcmp (post->id, self->root_id) == 0;
}

gboolean
_uc_timeline_window_apply (UcTimelineWindow *self, UcMessageChange *change)
{
  UcMessage *message = change->message;
  gboolean   was_here;

  if (!is_ours (self, change))
    return FALSE;
  was_here = g_hash_table_contains (self->by_key, message->key);
  if (change->kind == UC_MESSAGE_REMOVED) {
    remove_key (self, message->key);
    return was_here;
  }
  if (message->seq < self->lo_seq || message->seq > self->hi_seq) {
    remove_key (self, message->key);
    return was_here;
  }
  put (self, message);
  return TRUE;
}

void
_uc_timeline_window_trim_older (UcTimelineWindow *self, guint n)
{
  if (n == 0 || n >= self->messages->len)
    return;
  for (guint i = 0; i < n; i++)
    g_hash_table_remove (self->by_key, get_message (self, i)->key);
  g_ptr_array_remove_range (self->messages, 0, n);
  self->lo_seq = get_message (self, 0)->seq;
}

void
_uc_timeline_window_trim_newer (UcTimelineWindow *self, guint n)
{
  guint length = self->messages->len;

  if (n == 0 || n >= length)
    return;
  for (guint i = length - n; i < length; i++)
    g_hash_table_remove (self->by_key, get_message (self, i)->key);
  g_ptr_array_set_size (self->messages, (int) (length - n));
  self->hi_seq = get_message (self, length - n - 1)->seq;
}

void
_uc_timeline_window_set_spans (UcTimelineWindow *self, GArray *spans)
{
  g_array_set_size (self->spans, 0);
  if (spans->len > 0)
    g_array_append_vals (self->spans, spans->data, spans->len);
}
