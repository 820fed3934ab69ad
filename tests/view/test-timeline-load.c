/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening: at the end, at the first unread message, empty, dropped on the way. */

#include "config.h"

#include "uc-timeline-test.h"

#include <string.h>

static void
test_open (Fixture *fixture, gconstpointer data)
{
  g_autofree char *last = NULL;

  g_assert_cmpint (fixture->open_position, ==, -1);
  g_assert_true (uc_timeline_is_at_newest (fixture->timeline));
  uc_timeline_test_check (fixture);
  last = uc_timeline_test_dup_rows (fixture, uc_timeline_test_count (fixture) - 2, 2);
  g_assert_cmpstr (last, ==, "p498 p499");
  g_assert_cmpuint (fixture->timeline->window->messages->len, ==, 120);
  g_assert_cmpstr (uc_timeline_get_channel_id (fixture->timeline), ==, TEST_CHANNEL);
  g_assert_cmpstr (uc_timeline_get_root_id (fixture->timeline), ==, "");
}

static void
test_open_empty (Fixture *fixture, gconstpointer data)
{
  uc_timeline_test_open (fixture, "");
  g_assert_cmpint (fixture->open_position, ==, -1);
  uc_timeline_test_assert_rows (fixture, "#");
  uc_view_test_page (fixture->account, 0, 2, TEST_MINUTE, UC_PAGE_LATEST, 0, TRUE, TRUE);
  uc_timeline_test_assert_rows (fixture, "^ D p0 p1");
}

static void
put_state (Fixture *fixture, gint64 total, gint64 read, gint64 viewed_at_ms)
{
  g_autoptr (UcChannel) channel = uc_test_channel (TEST_CHANNEL, "station-3", UC_CHANNEL_OPEN);
  g_autoptr (UcMember) member = uc_test_member (TEST_CHANNEL);
  UcBatch *batch = uc_batch_new ();

  channel->total_msg_count = total;
  channel->update_at_ms = 5;
  member->read_msg_count = read;
  member->last_viewed_at_ms = viewed_at_ms;
  member->last_update_at_ms = 5;
  uc_batch_put_channel (batch, channel);
  uc_batch_put_member (batch, member);
  uc_test_store_apply (fixture->account->store, batch);
}

static void
test_open_unread (Fixture *fixture, gconstpointer data)
{
  g_autofree char *around = NULL;

  uc_view_test_page (fixture->account, 0, 500, TEST_MINUTE, UC_PAGE_LATEST, 0, TRUE, TRUE);
  put_state (fixture, 500, 200, TEST_NOW_MS + 199 * TEST_MINUTE);
  uc_timeline_test_open (fixture, "");
  uc_timeline_test_check (fixture);
  g_assert_false (uc_timeline_is_at_newest (fixture->timeline));
  g_assert_cmpint (fixture->open_position, >, 5);
  around = uc_timeline_test_dup_rows (fixture, (guint) fixture->open_position - 6, 7);
  g_assert_cmpstr (around, ==, "p199 U p200 p201 p202 p203 p204");

  /* It stays, whatever is read meanwhile, until it is cleared. */
  put_state (fixture, 500, 500, TEST_NOW_MS + 499 * TEST_MINUTE);
  uc_view_test_settle (fixture->account);
  g_assert_nonnull (g_hash_table_lookup (fixture->timeline->by_key, "unread"));
  uc_timeline_clear_divider (fixture->timeline);
  uc_view_test_settle (fixture->account);
  g_assert_null (g_hash_table_lookup (fixture->timeline->by_key, "unread"));
  uc_timeline_test_check (fixture);
}

/* Who sets a message unread sees the divider above it. */
static void
test_set_unread (Fixture *fixture, gconstpointer data)
{
  UcBatch *batch = uc_batch_new ();

  uc_view_test_page (fixture->account, 0, 4, TEST_MINUTE, UC_PAGE_LATEST, 0, TRUE, TRUE);
  put_state (fixture, 4, 4, TEST_NOW_MS + 3 * TEST_MINUTE);
  uc_timeline_test_open (fixture, "");
  uc_timeline_test_assert_rows (fixture, "^ D p0 p1 p2 p3");
  uc_batch_set_unread (batch, TEST_CHANNEL, TEST_NOW_MS + 1 * TEST_MINUTE, 2, 0);
  uc_test_store_apply (fixture->account->store, batch);
  uc_timeline_test_assert_rows (fixture, "^ D p0 p1 U p2 p3");
  /* Read again, it stays. */
  batch = uc_batch_new ();
  uc_batch_mark_read (batch, TEST_CHANNEL, TEST_NOW_MS + 5 * TEST_MINUTE);
  uc_test_store_apply (fixture->account->store, batch);
  uc_timeline_test_assert_rows (fixture, "^ D p0 p1 U p2 p3");
}

static void
test_open_few_unread (Fixture *fixture, gconstpointer data)
{
  uc_view_test_page (fixture->account, 0, 3, TEST_MINUTE, UC_PAGE_LATEST, 0, TRUE, TRUE);
  put_state (fixture, 3, 1, TEST_NOW_MS);
  uc_timeline_test_open (fixture, "");
  g_assert_cmpint (fixture->open_position, ==, -1);
  uc_timeline_test_assert_rows (fixture, "^ D p0 U p1 p2");
}

/* A timeline that is dropped while it reads. */
static void
test_drop (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  UcTimeline *other =
      uc_timeline_new (fixture->account->session, fixture->account->directory, TEST_CHANNEL, "");

  uc_timeline_open_async (other, NULL, uc_test_result_cb, &result);
  g_object_run_dispose (G_OBJECT (other));
  uc_test_wait_result (&result);
  g_assert_false (uc_timeline_open_finish (other, result, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&result);
  uc_view_test_settle (fixture->account);
  g_assert_finalize_object (other);
}

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  TEST_ADD ("/view/timeline-load/open", set_up, test_open);
  TEST_ADD ("/view/timeline-load/empty", set_up_bare, test_open_empty);
  TEST_ADD ("/view/timeline-load/unread", set_up_bare, test_open_unread);
  TEST_ADD ("/view/timeline-load/few-unread", set_up_bare, test_open_few_unread);
  TEST_ADD ("/view/timeline-load/set-unread", set_up_bare, test_set_unread);
  TEST_ADD ("/view/timeline-load/drop", set_up, test_drop);
  return g_test_run ();
}
