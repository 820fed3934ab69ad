/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the number of an event says; the connection itself is tried in
 * tests/integration/test-sync-stream.c. */

#include "config.h"

#include "uc-stream-private.h"

static void
test_judge (void)
{
  g_assert_cmpint (_uc_stream_judge (0, 0), ==, UC_STREAM_NEXT);
  g_assert_cmpint (_uc_stream_judge (7, 7), ==, UC_STREAM_NEXT);
  g_assert_cmpint (_uc_stream_judge (7, 6), ==, UC_STREAM_DUPLICATE);
  g_assert_cmpint (_uc_stream_judge (7, 0), ==, UC_STREAM_DUPLICATE);
  g_assert_cmpint (_uc_stream_judge (7, 8), ==, UC_STREAM_GAP);
  g_assert_cmpint (_uc_stream_judge (0, G_MAXINT64), ==, UC_STREAM_GAP);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/sync/stream/judge", test_judge);
  return g_test_run ();
}
