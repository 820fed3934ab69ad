/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What follows from what is shown: the window slides, holes fill. */

#include "config.h"

#include "uc-timeline-test.h"

#include <stdlib.h>
#include <string.h>

static void
test_slide_to_start (Fixture *fixture, gconstpointer data)
{
  g_autofree char *rows = NULL;

  /* As somebody who scrolls back sees it. */
  for (int i = 0; i < 40; i++) {
    g_autoptr (UcTimelineItem) first = g_list_model_get_item (G_LIST_MODEL (fixture->timeline), 0);
    guint position;

    if (uc_timeline_item_get_kind (first) == UC_ITEM_START)
      break;
    uc_timeline_set_shown (fixture->timeline, 0, 20);
    uc_view_test_settle (fixture->account);
    uc_timeline_test_check (fixture);
    g_assert_cmpuint (fixture->timeline->window->messages->len, <=, 360 + 60);
    /* What was seen is there still. */
    if (g_ptr_array_find (fixture->timeline->items, first, &position))
      g_assert_cmpuint (position, <, uc_timeline_test_count (fixture));
  }
  rows = uc_timeline_test_dup_rows (fixture, 0, 4);
  g_assert_cmpstr (rows, ==, "^ D p0 p1");
  g_assert_false (uc_timeline_is_at_newest (fixture->timeline));

  /* What is written now lies beyond the window. */
  uc_view_test_push (fixture->account, uc_test_post ("new", TEST_BEN, 500 * TEST_MINUTE, "new"));
  uc_view_test_settle (fixture->account);
  uc_timeline_test_check (fixture);

  /* And forward again. */
  for (int i = 0; i < 40 && !uc_timeline_is_at_newest (fixture->timeline); i++) {
    guint n = uc_timeline_test_count (fixture);

    uc_timeline_set_shown (fixture->timeline, n - 20, n - 1);
    uc_view_test_settle (fixture->account);
    uc_timeline_test_check (fixture);
  }
  g_assert_true (uc_timeline_is_at_newest (fixture->timeline));
}

/* -- A long way ------------------------------------------------------------------------- */

#define MANY 100000

/* Messages without a gap, in order; the first and the last by number. */
static void
check_run (Fixture *fixture, int *first, int *last)
{
  *first = *last = -1;
  for (guint i = 0; i < fixture->timeline->items->len; i++) {
    UcMessage *message = uc_timeline_item_get_message (fixture->timeline->items->pdata[i]);
    int        number;

    if (message == NULL)
      continue;
    number = atoi (message->post->message + 1);
    if (*last >= 0)
      g_assert_cmpint (number, ==, *last + 1);
    else
      *first = number;
    *last = number;
  }
  g_assert_cmpuint (fixture->timeline->items->len, <=, 460);
  g_assert_cmpuint (g_hash_table_size (fixture->timeline->by_key), ==,
                    fixture->timeline->items->len);
}

static gboolean
is_idle (gpointer user_data)
{
  Fixture *fixture = user_data;

  return fixture->timeline->load == NULL && fixture->timeline->flush_id == 0;
}

/* From the newest to the first and back, with the window never larger than a few pages
 * and nothing left out. */
static void
test_many (Fixture *fixture, gconstpointer data)
{
  int      first, last;
  guint    n_steps = 0;
  gboolean is_back = TRUE;

  for (int i = MANY; i > 0; i -= 1000)
    uc_view_test_page (fixture->account, i - 1000, 1000, TEST_MINUTE,
                       i == MANY ? UC_PAGE_LATEST : UC_PAGE_BEFORE, i, i == 1000, i == MANY);
  uc_timeline_test_open (fixture, "");
  check_run (fixture, &first, &last);
  g_assert_cmpint (last, ==, MANY - 1);
  while (is_back || last < MANY - 1) {
    const guint n = fixture->timeline->items->len;
    const guint at = is_back ? 20 : n - 40;

    uc_timeline_set_shown (fixture->timeline, at, at + 20);
    uc_test_wait_until (is_idle, fixture, 20000);
    check_run (fixture, &first, &last);
    if (is_back && first == 0)
      is_back = FALSE;
    g_assert_cmpuint (++n_steps, <, 2 * MANY / 30);
  }
  g_assert_true (uc_timeline_is_at_newest (fixture->timeline));
  uc_test_model_check (fixture->watched);
  g_test_message ("%u slides", n_steps);
}

/* -- What was passed over --------------------------------------------------------------- */

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
test_skipped (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *rows = NULL;
  int              position;

  uc_view_test_page (fixture->account, 0, 1000, TEST_MINUTE, UC_PAGE_LATEST, 0, TRUE, TRUE);
  put_state (fixture, 1000, 200, TEST_NOW_MS + 199 * TEST_MINUTE);
  uc_timeline_test_open (fixture, "");
  g_assert_true (uc_timeline_has_unread (fixture->timeline));
  uc_timeline_set_shown (fixture->timeline, fixture->open_position - 8, fixture->open_position);
  g_assert_cmpuint (uc_timeline_get_n_skipped (fixture->timeline), ==, 0);
  /* Who reads on passes over nothing, to the end. */
  for (int i = 0; i < 20; i++) {
    int at = uc_timeline_find (fixture->timeline,
                               uc_timeline_item_get_key (fixture->timeline->last_shown));

    uc_timeline_set_shown (fixture->timeline, (guint) at, (guint) at + 10);
    uc_view_test_settle (fixture->account);
    g_assert_cmpuint (uc_timeline_get_n_skipped (fixture->timeline), ==, 0);
  }

  /* Who goes to the end does, and can come back although the line is long gone. */
  uc_timeline_jump_newest (fixture->timeline);
  uc_view_test_settle (fixture->account);
  uc_timeline_set_shown (fixture->timeline, uc_timeline_test_count (fixture) - 10,
                         uc_timeline_test_count (fixture) - 1);
  g_assert_cmpuint (uc_timeline_get_n_skipped (fixture->timeline), ==, 800);
  uc_timeline_jump_unread_async (fixture->timeline, NULL, uc_test_result_cb, &result);
  position = uc_timeline_jump_finish (fixture->timeline, uc_test_wait_result (&result), &error);
  g_assert_no_error (error);
  rows = uc_timeline_test_dup_rows (fixture, (guint) position - 1, 2);
  g_assert_cmpstr (rows, ==, "U p200");
  uc_timeline_set_shown (fixture->timeline, (guint) position - 5, (guint) position + 5);
  g_assert_cmpuint (uc_timeline_get_n_skipped (fixture->timeline), ==, 0);

  uc_timeline_clear_divider (fixture->timeline);
  g_assert_false (uc_timeline_has_unread (fixture->timeline));
}

static void
test_hole_fills (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcTimelineItem) hole = NULL;
  g_autoptr (UcTimelineItem) same = NULL;

  uc_view_test_page (fixture->account, 0, 3, TEST_MINUTE, UC_PAGE_LATEST, 0, TRUE, FALSE);
  uc_view_test_page (fixture->account, 10, 2, TEST_MINUTE, UC_PAGE_LATEST, 0, FALSE, TRUE);
  uc_timeline_test_open (fixture, "");
  uc_timeline_test_assert_rows (fixture, "^ D p0 p1 p2 # p10 p11");
  hole = g_list_model_get_item (G_LIST_MODEL (fixture->timeline), 5);
  g_assert_cmpint (uc_timeline_item_get_kind (hole), ==, UC_ITEM_HOLE);

  /* The hole stays the same row while it fills from below. */
  uc_test_model_count (fixture->watched);
  uc_view_test_page (fixture->account, 7, 3, TEST_MINUTE, UC_PAGE_BEFORE, 10, FALSE, FALSE);
  uc_timeline_test_assert_rows (fixture, "^ D p0 p1 p2 # p7 p8 p9 p10 p11");
  g_assert_cmpuint (uc_test_model_count (fixture->watched), ==, 1);
  same = g_list_model_get_item (G_LIST_MODEL (fixture->timeline), 5);
  g_assert_true (same == hole);

  /* Seen with nobody to ask: nothing happens, nothing breaks. */
  uc_timeline_set_shown (fixture->timeline, 0, 10);
  uc_view_test_page (fixture->account, 2, 5, TEST_MINUTE, UC_PAGE_BEFORE, 7, FALSE, FALSE);
  uc_timeline_test_assert_rows (fixture, "^ D p0 p1 p2 p3 p4 p5 p6 p7 p8 p9 p10 p11");
  uc_timeline_test_check (fixture);
}

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  TEST_ADD ("/view/timeline-shown/slide", set_up, test_slide_to_start);
  TEST_ADD ("/view/timeline-shown/many", set_up_bare, test_many);
  TEST_ADD ("/view/timeline-shown/skipped", set_up_bare, test_skipped);
  TEST_ADD ("/view/timeline-shown/hole-fills", set_up_bare, test_hole_fills);
  return g_test_run ();
}
