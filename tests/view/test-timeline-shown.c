/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What follows from what is shown: the window slides, holes fill. */

#include "config.h"

#include "uc-timeline-test.h"

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
  TEST_ADD ("/view/timeline-shown/hole-fills", set_up_bare, test_hole_fills);
  return g_test_run ();
}
