/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keeps events in order until their channel is here. */

#include "config.h"

#include "uc-awaited-private.h"

/* Of one channel. A fetch takes a moment; whoever sends more than this meanwhile is read
 * as a page, and counted by the lists. */
#define MAX_EVENTS 1000

struct _UcAwaited {
  GHashTable *channels; /* (owned) id to GQueue of UcEvent */
};

static void
queue_free (gpointer data)
{
  g_queue_free_full (data, (GDestroyNotify) uc_event_free);
}

UcAwaited *
_uc_awaited_new (void)
{
  UcAwaited *self = g_new0 (UcAwaited, 1);

  self->channels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, queue_free);
  return self;
}

void
_uc_awaited_free (UcAwaited *self)
{
  g_hash_table_unref (self->channels);
  g_free (self);
}

void
_uc_awaited_begin (UcAwaited *self, const char *channel_id)
{
  if (!g_hash_table_contains (self->channels, channel_id))
    g_hash_table_insert (self->channels, g_strdup (channel_id), g_queue_new ());
}

/* What happens to posts. That one came or went ends the waiting; of what is read and
 * unread the record tells, which is fetched again when that changes meanwhile. */
static GQueue *
find (UcAwaited *self, const UcEvent *event)
{
  const char *channel_id = NULL;

  switch ((int) event->kind) {
  case UC_EVENT_POSTED:
  case UC_EVENT_POST_EDITED:
  case UC_EVENT_POST_DELETED:
    channel_id = event->post != NULL ? event->post->channel_id : NULL;
    break;

  case UC_EVENT_REACTION_ADDED:
  case UC_EVENT_REACTION_REMOVED:
    channel_id = event->channel_id;
    break;

  default:
    break;
  }
  return channel_id != NULL ? g_hash_table_lookup (self->channels, channel_id) : NULL;
}

gboolean
_uc_awaited_take (UcAwaited *self, UcEvent *event)
{
  GQueue *queue = find (self, event);

  if (queue == NULL)
    return FALSE;
  if (g_queue_get_length (queue) < MAX_EVENTS)
    g_queue_push_tail (queue, event);
  else
    uc_event_free (event);
  return TRUE;
}

GQueue *
_uc_awaited_end (UcAwaited *self, const char *channel_id)
{
  g_autofree char *key = NULL;
  GQueue          *queue = NULL;

  g_hash_table_steal_extended (self->channels, channel_id, (gpointer *) &key, (gpointer *) &queue);
  return queue;
}

void
_uc_awaited_clear (UcAwaited *self)
{
  g_hash_table_remove_all (self->channels);
}
