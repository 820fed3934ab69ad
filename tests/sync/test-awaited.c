/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which events wait for their channel, and how they come back. */

#include "config.h"

#include "uc-awaited-private.h"

#define CHANNEL "x4k4sszftirbuqaozqoximb4oh"
#define OTHER   "b83r9wfnt7f6fkxwmdf3md41ja"

static UcEvent *
new_event (UcEventKind kind, const char *channel_id, gint64 seq)
{
  UcEvent *event = g_new0 (UcEvent, 1);

  event->kind = kind;
  event->seq = seq;
  event->channel_id = g_strdup (channel_id);
  if (kind == UC_EVENT_POSTED || kind == UC_EVENT_POST_EDITED || kind == UC_EVENT_POST_DELETED) {
    event->post = uc_post_new ();
    g_free (event->post->channel_id);
    event->post->channel_id = g_strdup (channel_id);
  }
  return event;
}

/* TRUE: it was taken. */
static gboolean
offer (UcAwaited *awaited, UcEventKind kind, const char *channel_id, gint64 seq)
{
  UcEvent *event = new_event (kind, channel_id, seq);

  if (_uc_awaited_take (awaited, event))
    return TRUE;
  uc_event_free (event);
  return FALSE;
}

static void
free_queue (GQueue *events)
{
  g_queue_free_full (events, (GDestroyNotify) uc_event_free);
}

static void
test_order (void)
{
  static const UcEventKind kinds[] = {
    UC_EVENT_POSTED,       UC_EVENT_REACTION_ADDED,   UC_EVENT_POST_EDITED,
    UC_EVENT_POST_DELETED, UC_EVENT_REACTION_REMOVED,
  };
  UcAwaited *awaited = _uc_awaited_new ();
  GQueue    *events;

  _uc_awaited_begin (awaited, CHANNEL);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_assert_true (offer (awaited, kinds[i], CHANNEL, i));
    /* That it is wanted once more changes nothing. */
    _uc_awaited_begin (awaited, CHANNEL);
  }
  events = _uc_awaited_end (awaited, CHANNEL);
  g_assert_cmpuint (g_queue_get_length (events), ==, G_N_ELEMENTS (kinds));
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_assert_cmpint (((UcEvent *) g_queue_peek_nth (events, i))->seq, ==, i);
  free_queue (events);
  /* It is here: nothing waits any more. */
  g_assert_false (offer (awaited, UC_EVENT_POSTED, CHANNEL, 1));
  g_assert_null (_uc_awaited_end (awaited, CHANNEL));
  _uc_awaited_free (awaited);
}

static void
test_others (void)
{
  UcAwaited *awaited = _uc_awaited_new ();

  _uc_awaited_begin (awaited, CHANNEL);
  g_assert_false (offer (awaited, UC_EVENT_POSTED, OTHER, 1));
  g_assert_false (offer (awaited, UC_EVENT_REACTION_ADDED, OTHER, 1));
  /* The record knows of it. */
  g_assert_false (offer (awaited, UC_EVENT_POST_UNREAD, CHANNEL, 1));
  /* What ends the waiting. */
  g_assert_false (offer (awaited, UC_EVENT_USER_ADDED, CHANNEL, 1));
  g_assert_false (offer (awaited, UC_EVENT_USER_REMOVED, CHANNEL, 1));
  g_assert_false (offer (awaited, UC_EVENT_CHANNEL_DELETED, CHANNEL, 1));
  _uc_awaited_clear (awaited);
  g_assert_false (offer (awaited, UC_EVENT_POSTED, CHANNEL, 1));
  _uc_awaited_free (awaited);
}

static void
test_bounded (void)
{
  UcAwaited *awaited = _uc_awaited_new ();
  GQueue    *events;

  _uc_awaited_begin (awaited, CHANNEL);
  for (guint i = 0; i < 3000; i++)
    g_assert_true (offer (awaited, UC_EVENT_POSTED, CHANNEL, i));
  events = _uc_awaited_end (awaited, CHANNEL);
  g_assert_cmpuint (g_queue_get_length (events), ==, 1000);
  free_queue (events);
  _uc_awaited_free (awaited);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/sync/awaited/order", test_order);
  g_test_add_func ("/sync/awaited/others", test_others);
  g_test_add_func ("/sync/awaited/bounded", test_bounded);
  return g_test_run ();
}
