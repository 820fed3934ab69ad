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

/* What says that one came or went is never kept: it is what ends the waiting. */
static GQueue *
find (UcAwaited *self, const UcEvent *event)
{
  switch ((int) event->kind) {
  case UC_EVENT_POSTED:
  case UC_EVENT_POST_EDITED:
  case UC_EVENT_POST_DELETED:
    return event->post != NULL ? g_hash_table_lookup (self->channels, event->post->channel_id)
                               : NULL;

  case UC_EVENT_POST_UNREAD:
  case UC_EVENT_REACTION_ADDED:
  case UC_EVENT_REACTION_REMOVED:
    return event->channel_id != NULL ? g_hash_table_lookup (self->channels, event->channel_id)
                                     : NULL;

  case UC_EVENT_CHANNEL_VIEWED:
    for (guint i = 0; event->channel_ids != NULL && event->channel_ids[i] != NULL; i++) {
      GQueue *queue = g_hash_table_lookup (self->channels, event->channel_ids[i]);

      if (queue != NULL)
        return queue;
    }
    return NULL;

  default:
    return NULL;
  }
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
