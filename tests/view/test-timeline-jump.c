/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Jumping to a message: stored, not stored, of another conversation, one after another. */

#include "config.h"

#include "uc-error.h"
#include "uc-timeline-test.h"

#include <string.h>

static int
jump (Fixture *fixture, const char *name, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *id = uc_test_id (name);

  uc_timeline_jump_async (fixture->timeline, id, NULL, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  return uc_timeline_jump_finish (fixture->timeline, result, error);
}

static void
test_jump (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *row = NULL;
  int              position = jump (fixture, "p100x", &error);

  g_assert_no_error (error);
  row = uc_timeline_test_dup_rows (fixture, (guint) position, 1);
  g_assert_cmpstr (row, ==, "p100");
  g_assert_false (uc_timeline_is_at_newest (fixture->timeline));
  uc_timeline_test_check (fixture);

  /* Already here. */
  g_assert_cmpint (jump (fixture, "p101x", &error), ==, position + 1);
  g_assert_no_error (error);

  uc_timeline_jump_newest (fixture->timeline);
  uc_view_test_settle (fixture->account);
  g_assert_true (uc_timeline_is_at_newest (fixture->timeline));
  uc_timeline_test_check (fixture);
}

static void
test_jump_fails (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) other_error = NULL;
  UcPost *post = uc_test_post ("elsewhere", TEST_BEN, TEST_MINUTE, "elsewhere");

  /* Not stored, and no server to ask. */
  g_assert_cmpint (jump (fixture, "nowhere", &error), ==, -1);
  g_assert_nonnull (error);
  uc_timeline_test_check (fixture);
  g_assert_true (uc_timeline_is_at_newest (fixture->timeline));

  uc_test_set (&post->channel_id, TEST_OTHER);
  uc_view_test_put (fixture->account, post);
  g_assert_cmpint (jump (fixture, "elsewhere", &other_error), ==, -1);
  g_assert_error (other_error, UC_ERROR, UC_ERROR_NOT_FOUND);
  uc_timeline_test_check (fixture);
}

/* The later one counts; the earlier is told. */
static void
test_jump_replaced (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *first_id = uc_view_test_id (100);
  g_autofree char *second_id = uc_view_test_id (200);
  g_autofree char *row = NULL;
  int              position;

  uc_timeline_jump_async (fixture->timeline, first_id, NULL, uc_test_result_cb, &first);
  uc_timeline_jump_async (fixture->timeline, second_id, NULL, uc_test_result_cb, &second);
  uc_test_wait_result (&second);
  uc_test_wait_result (&first);
  g_assert_cmpint (uc_timeline_jump_finish (fixture->timeline, first, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  position = uc_timeline_jump_finish (fixture->timeline, second, NULL);
  row = uc_timeline_test_dup_rows (fixture, (guint) position, 1);
  g_assert_cmpstr (row, ==, "p200");
  uc_timeline_test_check (fixture);
}

static int
jump_date (Fixture *fixture, gint64 time_ms)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  int position;

  uc_timeline_jump_date_async (fixture->timeline, time_ms, NULL, uc_test_result_cb, &result);
  position = uc_timeline_jump_finish (fixture->timeline, uc_test_wait_result (&result), &error);
  g_assert_no_error (error);
  uc_view_test_settle (fixture->account);
  uc_timeline_test_check (fixture);
  return position;
}

/* The nearest after, and the newest when nothing is. */
static void
test_date (Fixture *fixture, gconstpointer data)
{
  const struct {
    gint64      at_ms;
    const char *text;
  } cases[] = {
    { -1000 * TEST_MINUTE, "p0" },
    { 0, "p0" },
    { 1, "p1" },
    { 250 * TEST_MINUTE, "p250" },
    { 498 * TEST_MINUTE + 1, "p499" },
    { 10000 * TEST_MINUTE, "p499" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    int              position = jump_date (fixture, TEST_NOW_MS + cases[i].at_ms);
    g_autofree char *text = uc_timeline_test_dup_rows (fixture, (guint) position, 1);

    g_assert_cmpstr (text, ==, cases[i].text);
  }
}

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  TEST_ADD ("/view/timeline-jump/stored", set_up, test_jump);
  TEST_ADD ("/view/timeline-jump/fails", set_up, test_jump_fails);
  TEST_ADD ("/view/timeline-jump/replaced", set_up, test_jump_replaced);
  TEST_ADD ("/view/timeline-jump/date", set_up, test_date);
  return g_test_run ();
}
