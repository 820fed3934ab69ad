/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who waits how long before the next try. It owns no timer. */

#include "config.h"

#include "uc-outbox-waits-private.h"

#include "uc-backoff.h"

#define RETRY_BASE_MS 3000
#define RETRY_MAX_MS  300000

typedef struct {
  UcBackoff backoff;
  gint64    due_us;
} Wait;

struct _UcOutboxWaits {
  GRand      *rand;  /* (unowned) (nullable) */
  GHashTable *waits; /* (owned) channel id to Wait */
};

UcOutboxWaits *
_uc_outbox_waits_new (GRand *rand)
{
  UcOutboxWaits *self = g_new0 (UcOutboxWaits, 1);

  self->rand = rand;
  self->waits = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
_uc_outbox_waits_free (UcOutboxWaits *self)
{
  g_hash_table_unref (self->waits);
  g_free (self);
}

static Wait *
ensure (UcOutboxWaits *self, const char *channel_id)
{
  Wait *wait = g_hash_table_lookup (self->waits, channel_id);

  if (wait == NULL) {
    wait = g_new0 (Wait, 1);
    uc_backoff_init (&wait->backoff, RETRY_BASE_MS, RETRY_MAX_MS, self->rand);
    g_hash_table_insert (self->waits, g_strdup (channel_id), wait);
  }
  return wait;
}

gint64
_uc_outbox_waits_fail (UcOutboxWaits *self, const char *channel_id, gint64 min_ms, gint64 now_us)
{
  Wait  *wait = ensure (self, channel_id);
  gint64 wait_ms = uc_backoff_next (&wait->backoff);

  wait_ms = MAX (wait_ms, min_ms);
  wait->due_us = now_us + wait_ms * 1000;
  return wait_ms;
}

void
_uc_outbox_waits_put (UcOutboxWaits *self, const char *channel_id, gint64 wait_ms, gint64 now_us)
{
  ensure (self, channel_id)->due_us = now_us + wait_ms * 1000;
}

void
_uc_outbox_waits_succeed (UcOutboxWaits *self, const char *channel_id)
{
  g_hash_table_remove (self->waits, channel_id);
}

void
_uc_outbox_waits_clear (UcOutboxWaits *self)
{
  g_hash_table_remove_all (self->waits);
}

gint64
_uc_outbox_waits_collect (UcOutboxWaits *self, gint64 now_us, GHashTable *channel_ids)
{
  gint64         earliest_us = G_MAXINT64;
  GHashTableIter iter;
  char          *channel_id;
  Wait          *wait;

  g_hash_table_iter_init (&iter, self->waits);
  while (g_hash_table_iter_next (&iter, (gpointer *) &channel_id, (gpointer *) &wait)) {
    if (wait->due_us <= now_us)
      continue;
    g_hash_table_add (channel_ids, channel_id);
    earliest_us = MIN (earliest_us, wait->due_us);
  }
  return earliest_us;
}
