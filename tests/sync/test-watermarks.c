/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Up to when a channel is known, over restarts and broken streams. */

#include "config.h"

#include "uc-watermarks-private.h"

#include "uc-sync-fixture.h"
#include "uc-test.h"

#define CHANNEL "x4k4sszftirbuqaozqoximb4oh"

static void
load (UcSyncFixture *fixture, UcWatermarks *marks)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (ids, (gpointer) CHANNEL);
  _uc_watermarks_load_async (marks, ids, NULL, uc_test_result_cb, &result);
  _uc_watermarks_load_finish (marks, uc_test_wait_result (&result), &error);
  g_assert_no_error (error);
}

static void
flush (UcSyncFixture *fixture, UcWatermarks *marks)
{
  UcBatch *batch = uc_batch_new ();

  _uc_watermarks_flush (marks, batch);
  uc_sync_fixture_apply (fixture, batch);
}

static void
verify (UcSyncFixture *fixture, UcWatermarks *marks, gint64 mark_ms)
{
  UcBatch *batch = uc_batch_new ();

  _uc_watermarks_verify (marks, CHANNEL, mark_ms, batch);
  uc_sync_fixture_apply (fixture, batch);
}

static void
test_kept (UcSyncFixture *fixture, gconstpointer data)
{
  g_autoptr (UcWatermarks) first = _uc_watermarks_new (fixture->context);
  g_autoptr (UcWatermarks) second = _uc_watermarks_new (fixture->context);

  load (fixture, first);
  g_assert_cmpint (_uc_watermarks_get (first, CHANNEL), ==, 0);
  verify (fixture, first, 1000);
  g_assert_true (_uc_watermarks_is_verified (first, CHANNEL));

  /* The next run knows the mark, but not whether it still holds. */
  load (fixture, second);
  g_assert_cmpint (_uc_watermarks_get (second, CHANNEL), ==, 1000);
  g_assert_false (_uc_watermarks_is_verified (second, CHANNEL));
}

static void
test_raised (UcSyncFixture *fixture, gconstpointer data)
{
  g_autoptr (UcWatermarks) marks = _uc_watermarks_new (fixture->context);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  verify (fixture, marks, 1000);
  _uc_watermarks_raise (marks, CHANNEL, 3000);
  _uc_watermarks_raise (marks, CHANNEL, 2000);
  g_assert_cmpint (_uc_watermarks_get (marks, CHANNEL), ==, 3000);
  before = uc_sync_fixture_load_fact (fixture, "since:" CHANNEL);
  g_assert_cmpstr (before, ==, "1000");
  flush (fixture, marks);
  after = uc_sync_fixture_load_fact (fixture, "since:" CHANNEL);
  g_assert_cmpstr (after, ==, "3000");
}

/* After a break an event says nothing of what came before it. */
static void
test_doubted (UcSyncFixture *fixture, gconstpointer data)
{
  g_autoptr (UcWatermarks) marks = _uc_watermarks_new (fixture->context);

  verify (fixture, marks, 1000);
  _uc_watermarks_doubt (marks);
  _uc_watermarks_raise (marks, CHANNEL, 9000);
  g_assert_cmpint (_uc_watermarks_get (marks, CHANNEL), ==, 1000);
  verify (fixture, marks, 5000);
  g_assert_cmpint (_uc_watermarks_get (marks, CHANNEL), ==, 5000);
  /* Never back. */
  verify (fixture, marks, 4000);
  g_assert_cmpint (_uc_watermarks_get (marks, CHANNEL), ==, 5000);
}

static void
test_forgotten (UcSyncFixture *fixture, gconstpointer data)
{
  g_autoptr (UcWatermarks) marks = _uc_watermarks_new (fixture->context);

  verify (fixture, marks, 1000);
  _uc_watermarks_raise (marks, CHANNEL, 3000);
  _uc_watermarks_forget (marks);
  load (fixture, marks);
  g_assert_cmpint (_uc_watermarks_get (marks, CHANNEL), ==, 1000);
}

/* What is stored of a channel that was left stays known: who comes back asks what changed. */
static void
test_left (UcSyncFixture *fixture, gconstpointer data)
{
  g_autoptr (UcWatermarks) marks = _uc_watermarks_new (fixture->context);
  g_autofree char *value = NULL;
  UcBatch         *batch = uc_batch_new ();

  verify (fixture, marks, 1000);
  _uc_watermarks_raise (marks, CHANNEL, 3000);
  _uc_watermarks_leave (marks, CHANNEL, batch);
  uc_sync_fixture_apply (fixture, batch);
  value = uc_sync_fixture_load_fact (fixture, "since:" CHANNEL);
  g_assert_cmpstr (value, ==, "3000");
  g_assert_false (_uc_watermarks_is_verified (marks, CHANNEL));
  _uc_watermarks_raise (marks, CHANNEL, 9000);
  g_assert_cmpint (_uc_watermarks_get (marks, CHANNEL), ==, 3000);
}

/* Read for the first time, and broken off before it was verified. */
static void
test_begun (UcSyncFixture *fixture, gconstpointer data)
{
  g_autoptr (UcWatermarks) marks = _uc_watermarks_new (fixture->context);
  UcBatch *batch = uc_batch_new ();

  _uc_watermarks_begin (CHANNEL, 1000, batch);
  uc_sync_fixture_apply (fixture, batch);
  g_assert_cmpint (_uc_watermarks_get (marks, CHANNEL), ==, 0);
  load (fixture, marks);
  g_assert_cmpint (_uc_watermarks_get (marks, CHANNEL), ==, 1000);
  g_assert_false (_uc_watermarks_is_verified (marks, CHANNEL));
}

#define ADD(name, func)                                                                            \
  g_test_add ("/sync/watermarks/" name, UcSyncFixture, NULL, uc_sync_fixture_set_up, func,         \
              uc_sync_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("kept", test_kept);
  ADD ("raised", test_raised);
  ADD ("doubted", test_doubted);
  ADD ("forgotten", test_forgotten);
  ADD ("left", test_left);
  ADD ("begun", test_begun);
  return g_test_run ();
}
