/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Looks at events, and ahead in those that are held back. Pure. */

#include "config.h"

#include "uc-ingest-held-private.h"

gint64
_uc_ingest_get_moment (const UcEvent *event)
{
  if (event->post != NULL)
    return event->post->update_at_ms;
  return event->reaction != NULL ? event->reaction->create_at_ms : 0;
}

gint64
_uc_ingest_next_post_ms (const GQueue *held, const char *channel_id)
{
  for (const GList *l = held->head; l != NULL; l = l->next) {
    const UcEvent *event = l->data;

    if (event->kind == UC_EVENT_POSTED && event->post != NULL &&
        g_str_equal (event->post->channel_id, channel_id))
      return event->post->create_at_ms;
  }
  return 0;
}

gboolean
_uc_ingest_has_counted (const GQueue *held)
{
  for (const GList *l = held->head; l != NULL; l = l->next) {
    UcEventKind kind = ((const UcEvent *) l->data)->kind;

    if (kind == UC_EVENT_POSTED || kind == UC_EVENT_CHANNEL_VIEWED || kind == UC_EVENT_POST_UNREAD)
      return TRUE;
  }
  return FALSE;
}
