/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Remembers when channels were read or marked as unread. */

#include "config.h"

#include "uc-views-private.h"

struct _UcViews {
  GHashTable *times; /* (owned) channel id to a moment in us (gint64) */
};

UcViews *
_uc_views_new (void)
{
  UcViews *self = g_new0 (UcViews, 1);

  self->times = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
_uc_views_free (UcViews *self)
{
  g_hash_table_unref (self->times);
  g_free (self);
}

void
_uc_views_note (UcViews *self, const char *channel_id)
{
  const gint64 now_us = g_get_monotonic_time ();

  g_hash_table_replace (self->times, g_strdup (channel_id), g_memdup2 (&now_us, sizeof now_us));
}

void
_uc_views_note_event (UcViews *self, const UcEvent *event)
{
  if (event->kind == UC_EVENT_POST_UNREAD && event->channel_id != NULL)
    _uc_views_note (self, event->channel_id);
  for (guint i = 0; event->kind == UC_EVENT_CHANNEL_VIEWED && event->channel_ids != NULL &&
                    event->channel_ids[i] != NULL;
       i++)
    _uc_views_note (self, event->channel_ids[i]);
}

gboolean
_uc_views_has_since (UcViews *self, const char *channel_id, gint64 since_us)
{
  const gint64 *time_us = g_hash_table_lookup (self->times, channel_id);

  return time_us != NULL && *time_us >= since_us;
}
