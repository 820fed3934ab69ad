/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-ingest-held-private.h"

static UcEvent *
new_event (UcEventKind kind, const char *channel_id, gint64 at_ms)
{
  UcEvent *event = g_new0 (UcEvent, 1);

  event->kind = kind;
  if (kind == UC_EVENT_POSTED) {
    event->post = uc_post_new ();
    g_set_str (&event->post->channel_id, channel_id);
    event->post->create_at_ms = at_ms;
  }
  return event;
}

static void
test_held (void)
{
  GQueue held = G_QUEUE_INIT;

  g_assert_false (_uc_ingest_has_counted (&held));
  g_queue_push_tail (&held, new_event (UC_EVENT_REACTION_ADDED, NULL, 0));
  g_assert_false (_uc_ingest_has_counted (&held));
  g_queue_push_tail (&held, new_event (UC_EVENT_CHANNEL_VIEWED, NULL, 0));
  g_assert_true (_uc_ingest_has_counted (&held));
  g_queue_push_tail (&held, new_event (UC_EVENT_POSTED, "other", 5));
  g_queue_push_tail (&held, new_event (UC_EVENT_POSTED, "talk", 7));
  g_queue_push_tail (&held, new_event (UC_EVENT_POSTED, "talk", 9));
  g_assert_cmpint (_uc_ingest_next_post_ms (&held, "talk"), ==, 7);
  g_assert_cmpint (_uc_ingest_next_post_ms (&held, "third"), ==, 0);
  g_queue_clear_full (&held, (GDestroyNotify) uc_event_free);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/sync/ingest-held", test_held);
  return g_test_run ();
}
